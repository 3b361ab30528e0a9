from odoo import fields, models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    cx_apart_role = fields.Selection(related="location_id.cx_apart_role", string="Kept Apart as")
    cx_grade_id = fields.Many2one(related="lot_id.cx_grade_id", string="Grade")
    cx_is_reworked = fields.Boolean(
        string="Reworked", compute="_compute_cx_is_reworked", compute_sudo=True,
        search="_search_cx_is_reworked",
        help="Known by the number, or by the place where untracked reworked goods stand.")

    def _compute_cx_is_reworked(self):
        for quant in self:
            quant.cx_is_reworked = quant.lot_id.cx_is_reworked or quant.location_id._cx_holds_reworked()

    def _search_cx_is_reworked(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: stock.warehouse - where their reworked goods stand
        places = self.env["stock.warehouse"].sudo().search(
            [("cx_reworked_stock_loc_id", "!=", False)]).cx_reworked_stock_loc_id
        return ["|", ("lot_id.cx_is_reworked", "=", True), ("location_id", "child_of", places.ids)]

    def action_cx_release(self):
        """Propose a release for each of the selected goods kept apart; the rights on releases decide."""
        releases = self.env["cx.apart.release"].create([
            quant._cx_prepare_release_vals() for quant in self if quant.location_id.cx_apart_role])
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.apart_release_action")
        if len(releases) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=releases.id)
        return {**action, "domain": [("id", "in", releases.ids)]}

    def _cx_prepare_release_vals(self):
        self.ensure_one()
        return {
            "warehouse_id": self.location_id.cx_apart_warehouse_id.id,
            "location_id": self.location_id.id,
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "quantity": self.available_quantity,
            "reason": self.env._("Kept apart since %(date)s", date=fields.Date.to_string(self.in_date)),
        }

    def _gather(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, qty=0):
        quants = super()._gather(product_id, location_id, lot_id, package_id, owner_id, strict, qty)
        context = self.env.context
        if "cx_only_lot_id" in context:
            quants = quants.filtered(lambda quant: quant.lot_id.id == context["cx_only_lot_id"])
        if grade := context.get("cx_only_grade_id"):
            quants = quants.filtered(lambda quant: quant.lot_id.cx_grade_id.id in (False, grade))
        if context.get("cx_no_reworked"):
            quants = quants.filtered(lambda quant: not quant.cx_is_reworked)
        return quants
