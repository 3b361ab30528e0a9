from odoo import api, fields, models
from odoo.exceptions import UserError


class ConsignmentReceive(models.TransientModel):
    """What arrived for no RMA: counted, and into quarantine at once. Customer service assigns it later."""

    _name = "cx.consignment.receive"
    _description = "Receive without RMA"

    consignment_id = fields.Many2one("cx.consignment", required=True, readonly=True)
    company_id = fields.Many2one(related="consignment_id.company_id")
    partner_id = fields.Many2one(related="consignment_id.partner_id", string="Customer")
    identified_move_ids = fields.Many2many(
        "stock.move", string="Instead of", readonly=True, help="Unidentified goods that turn out to be these.")
    line_ids = fields.One2many("cx.consignment.receive.line", "receive_id", string="Goods")
    has_lots = fields.Boolean(compute="_compute_has_lots")

    @api.depends("line_ids.tracking")
    def _compute_has_lots(self):
        for receive in self:
            receive.has_lots = any(line.tracking in ("lot", "serial") for line in receive.line_ids)

    def action_receive(self):
        """Take the goods into quarantine; what is not known becomes a to-do of customer service.

        :raises UserError: naming lines without quantity or lot
        """
        self.ensure_one()
        consignment = self.consignment_id
        self.env["cx.guard"]._take_for(self)
        if self.identified_move_ids:
            consignment._replace_unidentified(self.identified_move_ids)
        else:
            consignment._transition("receive_unassigned")
        self.line_ids._check_complete()
        vals_list = [line._prepare_goods_vals() for line in self.line_ids]
        # sudo: stock.picking - the clerk of the return zone needs no further stock rights
        picking = consignment.sudo()._receive_unassigned(vals_list).sudo(False)
        self._ask_about_unknowns(picking)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}

    def _ask_about_unknowns(self, picking):
        """Leave the to-dos."""
        consignment = self.consignment_id
        consignment._ask_about_unknowns(picking)
        if not self.identified_move_ids:
            consignment._ask_service(self.env._("Goods without RMA"), self.env._(
                "%(consignment)s brought goods for no RMA: link them to one, open a case, or send them back.",
                consignment=consignment.name))


class ConsignmentReceiveLine(models.TransientModel):
    """Goods of one product and lot that arrived for no RMA."""

    _name = "cx.consignment.receive.line"
    _description = "Goods Received without RMA"
    _inherit = ["cx.number.mixin"]

    receive_id = fields.Many2one("cx.consignment.receive", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="receive_id.company_id")
    is_unidentified = fields.Boolean(string="Not Identified", help="Nobody at the dock knows what it is.")
    product_id = fields.Many2one(
        "product.product", compute="_compute_product_id", store=True, readonly=False, check_company=True,
        domain="[('type', '=', 'consu')]")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", compute="_compute_lot_id", store=True, readonly=False, check_company=True,
        domain="[('product_id', '=', product_id)]")
    is_lot_unreadable = fields.Boolean(
        string="Lot Unreadable", help="A return lot is made, which remembers the lots that the customer got.")

    @api.depends("is_unidentified")
    def _compute_product_id(self):
        unidentified = self.env.ref("cx_complaint.product_unidentified")
        for line in self:
            if line.is_unidentified:
                line.product_id = unidentified
            elif line.product_id == unidentified:
                line.product_id = False

    @api.depends("product_id", "is_lot_unreadable")
    def _compute_lot_id(self):
        for line in self:
            if line.is_lot_unreadable or line.lot_id.product_id != line.product_id:
                line.lot_id = False

    def _check_complete(self):
        problems = []
        if not self:
            problems.append(self.env._("Nothing is entered. Enter what arrived, one line per product and lot."))
        for line in self:
            unit, names = line.product_uom_id, {"product": line.product_id.display_name or ""}
            if not line.product_id:
                problems.append(self.env._("A line has no product. Choose it, or tick “Not Identified”."))
            elif unit.compare(line.quantity, 0) <= 0:
                problems.append(self.env._("%(product)s: the quantity must be above zero.", **names))
            elif line.tracking != "none" and not line.lot_id and not line.is_lot_unreadable:
                problems.append(self.env._(
                    "%(product)s is tracked by lot or serial number. Scan it, or tick “Lot Unreadable”.", **names))
            elif line.tracking == "serial" and unit.compare(line.quantity, 1.0):
                problems.append(self.env._(
                    "%(product)s has serial numbers: one line with quantity 1 for each unit.", **names))
        if problems:
            raise UserError("\n".join(problems))

    def _prepare_goods_vals(self):
        self.ensure_one()
        consignment = self.receive_id.consignment_id
        lot = self.lot_id
        if self.is_lot_unreadable and self.tracking != "none":
            # sudo: stock.lot - the clerk of the return zone records what he sees
            lot = self.env["stock.lot"].sudo()._cx_create_return_lot(
                self.product_id, consignment.company_id, consignment.partner_id.commercial_partner_id)
        return {"product_id": self.product_id.id, "quantity": self.quantity, "lot_id": lot.id}
