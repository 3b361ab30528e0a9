from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...rules.blocker import Blocker
from ...rules.wording import figure

_MAY = ("cx_complaint.group_service", "cx_complaint.group_sales")


class ComplaintLine(models.Model):
    """Wrong, too many, too few: first the books are made to say what was really delivered.

    A pair of transfers is proposed and the warehouse confirms it: the goods that never left come back on paper, those
    that left instead are delivered. From then on return, credit and replacement are ordinary.
    """

    _inherit = "cx.complaint.line"

    shipment_error = fields.Selection(
        [("wrong", "Wrong product"), ("over", "Too many"), ("short", "Too few")], copy=False,
        help="What was delivered is not what the delivery says. The quantity of the line is what was wrong, too many or"
             " too few.")
    shipped_product_id = fields.Many2one(
        "product.product", string="Delivered Instead", check_company=True, copy=False, index="btree_not_null")
    shipped_qty = fields.Float(
        string="Quantity Delivered Instead", digits="Product Unit", compute="_compute_shipped_qty", store=True,
        readonly=False, precompute=True, copy=False, help="In the unit of the product delivered instead.")
    correction_move_ids = fields.One2many("stock.move", "cx_correction_line_id", string="Correcting Moves")
    correction_state = fields.Selection(
        [("none", "To propose"), ("proposed", "Waits for the warehouse"), ("done", "Corrected")],
        string="Correction", compute="_compute_correction_state", compute_sudo=True)

    @api.depends("shipment_error", "quantity")
    def _compute_shipped_qty(self):
        for line in self:
            line.shipped_qty = line.quantity if line.shipment_error == "wrong" else 0.0

    @api.depends("shipment_error", "correction_move_ids.state")
    def _compute_correction_state(self):
        for line in self:
            line.correction_state = line.shipment_error and line._correction_progress()

    def _correction_progress(self):
        states = set(self.correction_move_ids.mapped("state")) - {"cancel"}
        return "none" if not states else "done" if states == {"done"} else "proposed"

    @api.constrains("shipment_error", "shipped_product_id", "shipped_qty", "product_id")
    def _check_shipped(self):
        for line in self.filtered(lambda line: line.shipment_error == "wrong" and line.shipped_product_id):
            if line.shipped_product_id == line.product_id:
                raise ValidationError(self.env._(
                    "%(line)s: %(product)s cannot have been delivered instead of itself. Choose what came.",
                    line=line.display_name, product=line.product_id.display_name))
            if not line.shipped_qty > 0:
                raise ValidationError(self.env._(
                    "%(line)s: enter how many %(product)s came instead.",
                    line=line.display_name, product=line.shipped_product_id.display_name))

    def write(self, vals):
        if {"shipment_error", "shipped_product_id", "shipped_qty", "quantity", "product_id"} & vals.keys():
            self._check_not_corrected(vals)
        return super().write(vals)

    def _check_not_corrected(self, vals):
        """:raises UserError: the books were corrected by what the line said"""
        for line in self.filtered(lambda line: line.shipment_error and line.correction_state in ("proposed", "done")):
            changed = [
                name for name in ("shipment_error", "shipped_product_id", "shipped_qty", "quantity", "product_id")
                if name in vals and vals[name] != (
                    line[name].id if line._fields[name].type == "many2one" else line[name])]
            if changed:
                raise UserError(self.env._(
                    "%(line)s: its correction is %(state)s. Cancel the proposed transfers first; what is done is corrected"
                    " by another line.", line=line.display_name,
                    state=dict(self._fields["correction_state"]._description_selection(self.env))[line.correction_state]))

    # Verbs

    def action_propose_correction(self):
        """Propose the transfers that make the books say what was really delivered; the warehouse confirms them.

        :raises UserError: with everything that is missing for it
        """
        if not self.env.su and not any(self.env.user.has_group(group) for group in _MAY):
            raise AccessError(self.env._("Corrections are proposed by customer service or sales. Ask one of them."))
        self.check_access("write")
        lines = self.filtered("shipment_error")
        self.env["cx.guard"]._take_for(lines.origin_move_id, lines)
        lines.invalidate_recordset(["correction_state"])
        if blockers := [blocker for line in lines for blocker in line._blockers_correction()]:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        for line in lines.filtered(lambda line: line.correction_state == "none"):
            line.sudo()._create_correction()  # sudo: stock.picking - drafts; the warehouse confirms them
        return lines.action_view_corrections()

    def action_view_corrections(self):
        """Open the correcting transfers, for whoever may see transfers."""
        if not self.env["stock.picking"].has_access("read"):
            return None
        pickings = self.sudo().correction_move_ids.picking_id.sudo(False)  # sudo: stock.move - ids only
        return pickings._get_records_action() if pickings else None

    def _create_correction(self):
        """Draft transfers: what never left comes back, what really left goes out."""
        self.ensure_one()
        origin = self.origin_move_id
        warehouse = origin.picking_type_id.warehouse_id or origin.warehouse_id
        if self.shipment_error != "over":
            back_type = origin.picking_type_id.return_picking_type_id or warehouse.in_type_id
            self._create_correcting_transfer(
                back_type, origin.location_dest_id, warehouse.lot_stock_id,
                self._prepare_taken_back_vals(origin))
        if self.shipment_error != "short":
            self._create_correcting_transfer(
                warehouse.out_type_id, warehouse.lot_stock_id, origin.location_dest_id,
                self._prepare_sent_vals(origin))
        for picking in self.correction_move_ids.picking_id:
            picking.message_post(body=self.env._(
                "Corrects what %(delivery)s really delivered, as %(line)s says. Nothing is carried: confirm it once you"
                " have checked the stock.", delivery=origin.reference, line=self.display_name))

    def _create_correcting_transfer(self, picking_type, source, destination, move_vals):
        origin = self.origin_move_id
        picking = self.env["stock.picking"].create({
            "picking_type_id": picking_type.id,
            "company_id": self.company_id.id,
            "partner_id": (origin.picking_id.partner_id or self.partner_id).id,
            "origin": self.env._("Correction of %(delivery)s, %(complaint)s", delivery=origin.reference or "",
                                 complaint=self.complaint_id.name),
            "location_id": source.id,
            "location_dest_id": destination.id,
            "scheduled_date": origin.date,
            "user_id": False,
        })
        self.env["stock.move"].create({
            **move_vals,
            "company_id": self.company_id.id,
            "picking_id": picking.id,
            "picking_type_id": picking_type.id,
            "warehouse_id": picking_type.warehouse_id.id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "location_final_id": False,
            "procure_method": "make_to_stock",
            "reference_ids": [Command.clear()],
            "date": origin.date,
            "date_deadline": False,
            "cx_correction_line_id": self.id,
            "move_line_ids": [Command.create({**vals, "picking_id": picking.id, "location_id": source.id,
                                              "location_dest_id": destination.id, "company_id": self.company_id.id})
                              for vals in move_vals["move_line_ids"]],
        })

    def _prepare_taken_back_vals(self, origin):
        """The copy of the delivered move that takes back on paper what never left; the order is delivered less."""
        quantity = self._get_product_quantity()
        lots = self.lot_ids.filtered(lambda lot: lot in origin.move_line_ids.lot_id) or (
            origin.move_line_ids.lot_id if len(origin.move_line_ids.lot_id) == 1 else self.lot_ids.browse())
        return {
            **origin.copy_data({"picking_id": False, "reference_ids": []})[0],
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "origin_returned_move_id": origin.id,
            "move_orig_ids": [Command.set(origin.ids)],
            "to_refund": True,
            "value": 0.0,
            "additional": False,
            "move_line_ids": self._prepare_correction_units(self.product_id, quantity, lots),
        }

    def _prepare_sent_vals(self, origin):
        """The move that delivers what really left: more of the same for the order, or another product for nobody's."""
        if self.shipment_error == "over":
            quantity = self._get_product_quantity()
            return {
                **origin.copy_data({"picking_id": False, "reference_ids": []})[0],
                "product_uom": self.product_id.uom_id.id,
                "product_uom_qty": quantity,
                "origin_returned_move_id": False,
                "move_orig_ids": [Command.clear()],
                "to_refund": False,
                "value": 0.0,
                "additional": False,
                "move_line_ids": self._prepare_correction_units(self.product_id, quantity, self.lot_ids - (
                    origin.move_line_ids.lot_id)),
            }
        return {
            "product_id": self.shipped_product_id.id,
            "product_uom": self.shipped_product_id.uom_id.id,
            "product_uom_qty": self.shipped_qty,
            "partner_id": origin.partner_id.id,
            "move_line_ids": self._prepare_correction_units(self.shipped_product_id, self.shipped_qty, self.lot_ids.filtered(
                lambda lot: lot.product_id == self.shipped_product_id)),
        }

    def _prepare_correction_units(self, product, quantity, lots):
        """Units where there is no choice; else the warehouse says which they were."""
        common = {"product_id": product.id, "product_uom_id": product.uom_id.id}
        if product.tracking == "serial" and len(lots) == quantity:
            return [{**common, "lot_id": lot.id, "quantity": 1.0} for lot in lots]
        if product.tracking == "none" or (product.tracking == "lot" and len(lots) == 1):
            return [{**common, "lot_id": lots.id, "quantity": quantity}]
        return []

    # Blockers

    def _blockers_correction(self):
        """What is missing before a correction can be proposed."""
        self.ensure_one()
        name, found = self.display_name, []
        origin = self.sudo().origin_move_id  # sudo: stock.move - the delivery it is about
        if origin.state != "done" or origin.product_id != self.product_id:
            return [Blocker(
                "no_delivery", name, self.env._("It names no delivery of %(product)s.",
                                                product=self.product_id.display_name or "?"),
                self.env._("Choose the delivery; of a kit, make a line of the part that was wrong."))]
        if self.shipment_error == "wrong" and not self.shipped_product_id:
            found.append(Blocker("no_product", name, self.env._("It does not say what came instead."),
                                 self.env._("Choose it in “Delivered Instead”.")))
        if self.correction_state == "none" and self.shipment_error != "over":
            left = self.env["cx.rma.line"]._returnable_of(self.origin_move_id)[self.origin_move_id].shown
            wanted = self._get_product_quantity()
            if self.product_id.uom_id.compare(wanted, left) > 0:
                found.append(Blocker(
                    "above_delivered", name,
                    self.env._("%(wanted)s %(unit)s would not have been delivered, of %(delivery)s %(left)s can be: the rest"
                               " came back or is to come back.", wanted=figure(wanted), left=figure(left),
                               unit=self.product_id.uom_id.name, delivery=origin.reference or ""),
                    self.env._("Lower the quantity, or cancel the return first.")))
        return found

    def _blockers_uncorrected(self):
        """Return, credit and replacement wait until the books say what was really delivered."""
        return [
            Blocker(
                "correction_open", line.display_name,
                self.env._("the delivery says something else than what came (%(error)s), and that is not corrected yet.",
                           error=dict(line._fields["shipment_error"]._description_selection(self.env))[
                               line.shipment_error].lower()),
                self.env._("Press “Propose Correction” on the line and have the warehouse confirm the transfers."))
            for line in self if line.shipment_error and line.correction_state != "done"]

    # What comes back then

    def _to_come_back(self):
        # what was too few never left
        return super()._to_come_back().filtered(lambda line: line.shipment_error != "short")

    def _goods_wanted(self):
        if self.shipment_error == "wrong" and self.shipped_product_id:
            return {self.shipped_product_id: self.shipped_qty}
        return super()._goods_wanted()

    def _origins_wanted(self):
        sent = self._sent_by_correction()
        return sent if self.shipment_error in ("wrong", "over") and sent else super()._origins_wanted()

    def _sent_by_correction(self):
        """Done moves by which the correction delivered what really left."""
        return self.sudo().correction_move_ids.filtered(  # sudo: stock.move - what may come back of it
            lambda move: move.state == "done" and move.location_dest_id._is_outgoing()).sudo(False)
