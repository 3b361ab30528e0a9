from odoo import api, fields, models


class SettlementRevise(models.TransientModel):
    """Another quantity, amount, kind, product or customer of an approved settlement."""

    _name = "cx.settlement.revise"
    _description = "Revise a Settlement"
    _inherit = ["cx.number.mixin"]

    settlement_id = fields.Many2one("cx.settlement", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        selection=lambda self: self.env["cx.settlement"]._fields["kind"]._description_selection(self.env),
        required=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    product_id = fields.Many2one("product.product")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(digits="Product Unit")
    currency_id = fields.Many2one("res.currency", required=True)
    amount = fields.Monetary()
    keeps_approval = fields.Boolean(compute="_compute_keeps_approval")

    _CONTENT = ("kind", "partner_id", "product_id", "quantity", "currency_id", "amount")

    @api.model
    def default_get(self, fields):
        """What was approved, ready to be changed."""
        values = super().default_get(fields)
        settlement = self.env["cx.settlement"].browse(values.get("settlement_id"))
        if settlement:
            values.update({name: self._plain(settlement, name) for name in self._CONTENT if name in fields})
        return values

    @api.depends("settlement_id", *_CONTENT)
    def _compute_keeps_approval(self):
        for revision in self:
            revision.keeps_approval = revision.settlement_id._origin._is_reduction(revision._prepare_revised_vals())

    @api.model
    def _plain(self, record, name):
        return record[name]._origin.id if record._fields[name].type == "many2one" else record[name]

    def _prepare_revised_vals(self):
        """The content that differs from the settlement's. The amount of a credit for goods follows its quantity."""
        self.ensure_one()
        vals = {name: self._plain(self, name) for name in self._CONTENT}
        if self.kind != "allowance":  # of goods it follows the invoice line, of a charge its two prices
            vals.pop("amount")
        return {name: value for name, value in vals.items() if value != self._plain(self.settlement_id._origin, name)}

    def action_apply(self):
        self.ensure_one()
        vals = self._prepare_revised_vals()
        if vals:
            self.settlement_id._revise(vals)
        return {"type": "ir.actions.act_window_close"}
