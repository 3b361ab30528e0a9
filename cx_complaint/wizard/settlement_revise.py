from odoo import api, fields, models


class SettlementRevise(models.TransientModel):
    """Another quantity, amount, kind or customer of an approved settlement."""

    _name = "cx.settlement.revise"
    _description = "Revise a Settlement"

    settlement_id = fields.Many2one("cx.settlement", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        related="settlement_id.kind", string="Approved Kind")
    new_kind = fields.Selection(
        [("replacement", "Replacement"), ("credit", "Credit for goods"), ("allowance", "Credit without goods")],
        string="Kind", required=True, compute="_compute_content", store=True, readonly=False, precompute=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, compute="_compute_content", store=True, readonly=False,
        precompute=True)
    product_id = fields.Many2one(
        "product.product", compute="_compute_content", store=True, readonly=False, precompute=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_content", store=True, readonly=False, precompute=True)
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_content", store=True, readonly=False, precompute=True)
    amount = fields.Monetary(compute="_compute_content", store=True, readonly=False, precompute=True)
    keeps_approval = fields.Boolean(compute="_compute_keeps_approval")

    @api.depends("settlement_id")
    def _compute_content(self):
        for wizard in self:
            settlement = wizard.settlement_id
            wizard.new_kind = settlement.kind
            wizard.partner_id = settlement.partner_id
            wizard.product_id = settlement.product_id
            wizard.quantity = settlement.quantity
            wizard.currency_id = settlement.currency_id
            wizard.amount = settlement.amount

    @api.depends("settlement_id", "new_kind", "partner_id", "product_id", "quantity", "currency_id", "amount")
    def _compute_keeps_approval(self):
        for wizard in self:
            wizard.keeps_approval = wizard.settlement_id._is_reduction(wizard._prepare_revised_vals())

    def _prepare_revised_vals(self):
        """The content that differs from the settlement's."""
        self.ensure_one()
        settlement = self.settlement_id
        vals = {
            "kind": self.new_kind, "partner_id": self.partner_id.id, "product_id": self.product_id.id,
            "quantity": self.quantity, "currency_id": self.currency_id.id,
        }
        if self.new_kind == "allowance":
            vals["amount"] = self.amount
        return {
            name: value for name, value in vals.items()
            if value != (settlement[name].id if settlement._fields[name].type == "many2one" else settlement[name])}

    def action_apply(self):
        self.ensure_one()
        vals = self._prepare_revised_vals()
        if vals:
            self.settlement_id._revise(vals)
        return {"type": "ir.actions.act_window_close"}
