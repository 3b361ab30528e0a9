from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.matching import reference_key
from ...rules.parcels import BEFORE_PLACING


class Consignment(models.Model):
    """The goods of a consignment: its receipts, and what arrived for no RMA."""

    _inherit = "cx.consignment"

    # Finding

    @api.model
    def _find_by_waybill(self, text):
        """Consignments of the user's companies with this waybill, however it is written; the open ones first.

        A number that nobody announced may be the one that the customer gave with his RMA: then a new consignment of
        that RMA is returned, so that the clerk need not know it.
        """
        key = reference_key(text)
        if not key:
            return self
        found = self.search([("waybill_key", "=", key), ("company_id", "in", self.env.companies.ids)])
        found = found.filtered(lambda consignment: consignment.state in BEFORE_PLACING) or found
        if found:
            return found
        rmas = self.env["cx.rma"].search([
            ("tracking_number", "!=", False), ("company_id", "in", self.env.companies.ids),
            ("state", "in", ("authorised", "receiving"))])
        return self.create(self._prepare_vals_of_waybill(
            text.strip(), rmas.filtered(lambda rma: reference_key(rma.tracking_number) == key)))

    @api.model
    def _prepare_vals_of_waybill(self, waybill, rmas):
        vals = {"waybill": waybill}
        if rmas:
            vals.update(
                company_id=rmas[0].company_id.id, warehouse_id=rmas[0].warehouse_id.id,
                rma_ids=[Command.set(rmas.filtered(lambda rma: rma.company_id == rmas[0].company_id).ids)],
                carrier_name=rmas[0].carrier_name)
        return vals

    # Receipts

    def _open_receipts(self):
        return self.picking_ids._cx_incoming().filtered(lambda picking: picking.state not in ("done", "cancel"))

    def _receipts_to_link(self):
        """Open receipts of the RMAs that no other consignment has."""
        moves = self.rma_ids.sudo().line_ids._open_receipt_moves()  # sudo: stock.move - which receipts
        return moves.picking_id.filtered(lambda picking: not picking.cx_consignment_id).sudo(False)

    def _link_receipts(self):
        """The open receipts of its RMAs arrive with it, unless another consignment brings them."""
        for consignment in self.filtered(lambda consignment: consignment.state in ("announced", "arrived", "counted")):
            # sudo: stock.picking - the link only; who announces has no stock rights
            consignment._receipts_to_link().sudo().filtered(
                lambda picking, consignment=consignment: picking.company_id == consignment.company_id
            ).cx_consignment_id = consignment

    def action_view_pickings(self):
        """Open its transfers."""
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    def _on_received(self):
        """Goods of these consignments were received: record what nobody recorded, and tell who handles them."""
        now = fields.Datetime.now()
        for consignment in self:
            told = {"placed": ("arrived", "counted", "placed")}.get(consignment.state, (
                ("arrived",) if consignment._reached_by_receipt() == "arrived" else ("arrived", "counted")))
            vals = {}
            for event in told:
                if not consignment[f"{event}_on"]:
                    vals |= {f"{event}_on": now, f"{event}_by_id": self.env.uid}
            consignment.write(vals)
            if "counted_on" in vals:
                consignment._ask_for_papers()
            if "placed_on" in vals:
                consignment._tell_departments()

    # Goods for no RMA

    def _unassigned_moves(self):
        """What arrived with it and waits for an RMA or for its way back."""
        return self.sudo().picking_ids.move_ids.filtered(  # sudo: stock.move - which of them
            lambda move: move._cx_is_unassigned()).sudo(False)

    def _blockers_unassigned(self, verb):
        moves = self._unassigned_moves()
        blockers = []
        if not moves:
            blockers.append(Blocker(
                "nothing_unassigned", self.name, self.env._("It holds no goods that wait for an RMA."),
                self.env._("Goods that arrive for no RMA are received by the warehouse first.")))
        elif verb == "identify":
            if not moves._cx_unidentified():
                blockers.append(Blocker(
                    "nothing_unidentified", self.name, self.env._("All its goods are identified."),
                    self.env._("There is nothing to do.")))
        elif not self.partner_id:
            blockers.append(Blocker(
                "no_customer", self.name, self.env._("Nobody knows from which customer it is."),
                self.env._("Enter the customer.")))
        if verb == "open_case" and moves._cx_unidentified():
            blockers.append(Blocker(
                "unidentified", self.name, self.env._("Some of its goods are not identified."),
                self.env._("Say which product they are first.")))
        return blockers

    def action_receive_unassigned(self):
        """Ask what arrived for no RMA."""
        self._check_one()
        self._transition("receive_unassigned")
        return self._ask_goods(self.env._("Receive without RMA"))

    def action_identify(self):
        """Ask what the goods are that nobody knew at the dock."""
        self._check_one()
        self._transition("identify")
        return self._ask_goods(self.env._("Identify Goods"), self._unassigned_moves()._cx_unidentified())

    def _ask_goods(self, title, unidentified=()):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "cx.consignment.receive",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_consignment_id": self.id,
                "default_identified_move_ids": [move.id for move in unidentified],
            },
        }

    def _replace_unidentified(self, moves):
        """Book unidentified goods out, for what they turned out to be to be booked in; the goods stay where they are.

        :raises UserError: they are identified or assigned by now
        """
        self.env["cx.guard"]._take_for(moves)
        self._transition("identify")
        if moves - self._unassigned_moves()._cx_unidentified():
            raise UserError(self.env._(
                "%(consignment)s: some of these goods are identified, assigned or on their way back by now. Open it "
                "again.", consignment=self.name))
        # sudo: stock.move - the verb's own consequence; its rights are checked above
        back = moves.sudo()._cx_send_back()
        back.move_ids.picked = True
        back._action_done()

    def _receive_unassigned(self, vals_list):
        """Take goods into quarantine that belong to no RMA.

        Nobody agreed to take them back, so they stay their sender's and have no value until an RMA takes them over.

        :param vals_list: dicts of ``product_id``, ``quantity`` in the product's unit, ``lot_id``
        :return: the receipt, done
        """
        self.ensure_one()
        picking = self.env["stock.picking"].create(self._prepare_unassigned_vals())
        self.env["stock.move"].create([
            {**self._prepare_unassigned_move_vals(picking, vals), "picking_id": picking.id} for vals in vals_list])
        picking.move_ids._action_confirm(merge=False)
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def _ask_about_unknowns(self, pickings):
        """To-dos for what nobody could read or knew of the goods that were just received."""
        self.ensure_one()
        moves = pickings.sudo().move_ids  # sudo: stock.move - what was just received
        if lots := moves.move_line_ids.lot_id.filtered("cx_is_return_lot"):
            self._ask_service(self.env._("Which lot is it?"), self.env._(
                "%(lots)s stand for lots that could not be read. Ask the customer; the lots he got are named on them.",
                lots=", ".join(lots.mapped("display_name"))))
        if moves._cx_unidentified():
            self._ask_service(self.env._("Which product is it?"), self.env._(
                "%(consignment)s brought goods that the warehouse does not know. Look at the photos and identify them.",
                consignment=self.name))

    def _sender(self):
        """Whose the goods are until an RMA says more: the customer, or a stand-in where nobody knows him."""
        self.ensure_one()
        return self.partner_id.commercial_partner_id or self.env.ref("cx_complaint.partner_unknown_sender")

    def _customer_location(self):
        """Where goods come from: the customer's location, or that of all customers."""
        self.ensure_one()
        location = self.partner_id.with_company(self.company_id).property_stock_customer
        return location if location.usage == "customer" else self.warehouse_id._get_partner_locations()[0]

    def _prepare_unassigned_vals(self):
        self.ensure_one()
        picking_type = self.warehouse_id.cx_return_type_id
        return {
            "picking_type_id": picking_type.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "origin": self.display_name,
            "location_id": self._customer_location().id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "owner_id": self._sender().id,
            "cx_consignment_id": self.id,
            "user_id": False,
        }

    def _prepare_unassigned_move_vals(self, picking, vals):
        product = self.env["product.product"].browse(vals["product_id"])
        destination = self.warehouse_id._cx_first_place(picking.location_dest_id, product, self.profile_id)
        common = {
            "product_id": product.id,
            "company_id": self.company_id.id,
            "location_id": picking.location_id.id,
            "location_dest_id": destination.id,
        }
        return {
            **common,
            "product_uom": product.uom_id.id,
            "product_uom_qty": vals["quantity"],
            "picking_type_id": picking.picking_type_id.id,
            "warehouse_id": self.warehouse_id.id,
            "origin": picking.origin,
            "partner_id": self.partner_id.id,
            "restrict_partner_id": self._sender().id,
            "procure_method": "make_to_stock",
            "to_refund": False,
            "move_line_ids": [Command.create({
                **common, "picking_id": picking.id, "product_uom_id": product.uom_id.id, "quantity": vals["quantity"],
                "lot_id": vals.get("lot_id"), "owner_id": self._sender().id})],
        }

    # What becomes of them

    def action_adopt(self):
        """Choose the RMA lines that its unassigned goods belong to."""
        self._transition("adopt")
        return self._unassigned_moves()._cx_open_adoption()

    def action_open_case(self):
        """Open a case with an RMA for its unassigned goods; they belong to it at once where that is allowed."""
        self.env["cx.guard"]._take_for(self._unassigned_moves())
        self._transition("open_case")
        return self._unassigned_moves()._cx_open_cases()

    def action_send_back(self):
        """Customer service decides that its unassigned goods go back to who sent them; the warehouse ships them."""
        self.env["cx.guard"]._take_for(self._unassigned_moves())
        self._transition("send_back")
        moves = self._unassigned_moves().sudo()  # sudo: stock.move - the verb's own decision; rights are checked above
        pickings = moves._cx_send_back()
        for consignment in self:
            consignment.message_post(body=self.env._(
                "Unassigned goods go back to who sent them: %(transfers)s",
                transfers=", ".join(pickings.filtered(
                    lambda picking, consignment=consignment: picking.origin == consignment.display_name
                ).mapped("name"))))
        return pickings.sudo(False)._get_records_action()
