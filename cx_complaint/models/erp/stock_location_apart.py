from odoo import api, fields, models
from odoo.exceptions import UserError

APART_ROLES = ("discount", "internal", "sample")


class StockLocation(models.Model):
    """Places of goods that are ours but not for ordinary orders: discount stock, internal sale, sample store."""

    _inherit = "stock.location"

    cx_apart_warehouse_id = fields.Many2one(
        "stock.warehouse", string="Kept Apart by", compute="_compute_cx_apart", store=True, recursive=True,
        precompute=True, index="btree_not_null", ondelete="set null", copy=False,
        help="Warehouse that keeps goods apart here: ordinary orders cannot reserve them.")
    cx_apart_role = fields.Selection(
        [("discount", "Discount Stock"), ("internal", "Internal Sale"), ("sample", "Sample Store")],
        string="Kept Apart as", compute="_compute_cx_apart", store=True, recursive=True, precompute=True, copy=False)

    @api.depends("cx_root_warehouse_id", "cx_role", "location_id.cx_apart_warehouse_id", "location_id.cx_apart_role")
    def _compute_cx_apart(self):
        for location in self:
            own = location.cx_root_warehouse_id if location.cx_role == "apart" else self.env["stock.warehouse"]
            location.cx_apart_warehouse_id = own or location.location_id.cx_apart_warehouse_id
            role = location.cx_role if location.cx_role in APART_ROLES else False
            location.cx_apart_role = role or location.location_id.cx_apart_role

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in ("cx_apart_warehouse_id", "cx_apart_role") and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):
        fenced = self.filtered("cx_apart_warehouse_id") if "location_id" in vals else self.browse()
        before = {location: (location.cx_apart_warehouse_id, location.cx_apart_role) for location in fenced}
        res = super().write(vals)
        moved = fenced.filtered(
            lambda location: (location.cx_apart_warehouse_id, location.cx_apart_role) != before[location])
        if moved and (quant := self.env["stock.quant"].sudo().search([  # sudo: stock.quant - only whether there is one
            ("location_id", "child_of", moved.ids), ("quantity", "!=", 0),
        ], limit=1)):
            raise UserError(self.env._(
                "%(location)s holds %(product)s, which is kept apart, and cannot be moved elsewhere. Sell, release or "
                "scrap what is in it first.",
                location=quant.location_id.display_name, product=quant.product_id.display_name))
        for location in fenced.filtered(lambda location: location.cx_role and location.warehouse_id):
            raise UserError(self.env._(
                "%(location)s keeps goods apart and cannot stand in %(parent)s: ordinary orders would reserve them. "
                "Leave it outside the warehouse.",
                location=location.name, parent=location.location_id.display_name))
        return res

    def _cx_holds_reworked(self):
        """Whether released untracked goods stand here that were reworked."""
        self.ensure_one()
        places = self.env["stock.warehouse"].sudo().search(  # sudo: stock.warehouse - its places
            [("cx_reworked_stock_loc_id", "!=", False), ("company_id", "=", self.company_id.id)],
        ).cx_reworked_stock_loc_id
        return any(self._child_of(place) for place in places)
