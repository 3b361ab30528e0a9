from odoo import fields, models


class WarrantyOverride(models.TransientModel):
    """Asks what is decided about the warranty instead of the rules, and why."""

    _name = "cx.warranty.override"
    _description = "Decide Warranty"

    line_ids = fields.Many2many("cx.complaint.line", string="Lines", readonly=True)
    result = fields.Selection(
        [("in", "In warranty"), ("out", "Out of warranty"), ("rules", "As the rules say")], required=True, default="in")
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Decide, with the reason; the lines check who may."""
        self.ensure_one()
        self.line_ids._override_warranty(self.result if self.result != "rules" else False, self.reason)
        return {"type": "ir.actions.act_window_close"}
