from odoo import api, fields, models
from odoo.exceptions import UserError

_LATER = {"lot_ids"}  # read off the component when it is in the hand


class DispositionComponent(models.Model):
    """What of a dismantled unit is kept and what is scrapped; decided before, so that nobody decides at the bench."""

    _name = "cx.disposition.component"
    _description = "Component of a Dismantled Unit"
    _inherit = ["cx.number.mixin"]
    _check_company_auto = True
    _order = "sequence, id"

    disposition_id = fields.Many2one(
        "cx.disposition", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="disposition_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product", string="Component", required=True, check_company=True, domain="[('type', '=', 'consu')]")
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(string="Quantity per Unit", digits="Product Unit", required=True, default=1.0)
    total_qty = fields.Float(string="Quantity", digits="Product Unit", compute="_compute_total_qty")
    fate = fields.Selection([("keep", "Kept"), ("scrap", "Scrapped")], default="keep", required=True)
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots/Serials", check_company=True, domain="[('product_id', '=', product_id)]")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of a component must be above zero.")

    @api.depends("quantity", "disposition_id.quantity")
    def _compute_total_qty(self):
        for component in self:
            component.total_qty = component.quantity * component.disposition_id.quantity

    @api.model_create_multi
    def create(self, vals_list):
        self.env["cx.disposition"].browse(
            {vals["disposition_id"] for vals in vals_list if vals.get("disposition_id")})._check_components_open()
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() <= _LATER:
            self._check_not_dismantled()
            return super().write(vals)
        self.disposition_id._check_components_open()
        result = super().write(vals)
        self.disposition_id._check_components_open()  # nor may it be moved into a decided one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.disposition_id._check_components_open()

    def _check_not_dismantled(self):
        """:raises UserError: the unit is in pieces already"""
        for disposition in self.disposition_id:
            if disposition.state in ("done", "cancelled"):
                raise UserError(self.env._(
                    "%(disposition)s is %(state)s; the numbers of its components cannot be changed any more.",
                    disposition=disposition.name, state=disposition._state_label()))

    def _lots_for(self, quantity, done):
        """Lots of so many units of the component, after so many that were taken before.

        :return: list of ``(lot, quantity)``
        """
        self.ensure_one()
        if self.tracking == "serial":
            start = int(done)
            return [(lot, 1.0) for lot in self.lot_ids[start:start + int(quantity)]]
        return [(self.lot_ids, quantity)]

    def _is_lots_complete(self):
        """Whether the numbers of all units are known, as far as the component is tracked."""
        self.ensure_one()
        if self.tracking == "none":
            return True
        return len(self.lot_ids) == (self.total_qty if self.tracking == "serial" else 1)
