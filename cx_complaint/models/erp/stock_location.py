from odoo import api, fields, models
from odoo.exceptions import UserError


class StockLocation(models.Model):
    _inherit = "stock.location"

    cx_warehouse_id = fields.Many2one(
        "stock.warehouse", string="Quarantine of", compute="_compute_cx_warehouse_id", store=True, recursive=True,
        precompute=True, index="btree_not_null", ondelete="set null", copy=False,
        help="Warehouse in whose quarantine tree the location stands; goods leave it by an approved disposition only.")
    cx_role = fields.Selection(
        [("root", "Quarantine"), ("returns", "Customer Returns"), ("rohs", "RoHS Returns"),
         ("reworked", "Reworked, to Check"), ("bonded", "Bonded Returns"), ("apart", "Kept Apart"),
         ("discount", "Discount Stock"), ("internal", "Internal Sale"), ("sample", "Sample Store"), ("aftersales", "After-Sales Warehouse")],
        string="Quarantine Role", readonly=True, copy=False)
    cx_root_warehouse_id = fields.Many2one(
        "stock.warehouse", copy=False, readonly=True, index="btree_not_null", ondelete="set null",
        help="Set on the root of a quarantine tree, and on the root of the goods kept apart.")

    @api.depends("cx_root_warehouse_id", "cx_role", "location_id.cx_warehouse_id")
    def _compute_cx_warehouse_id(self):
        for location in self:
            own = location.cx_root_warehouse_id if location.cx_role != "apart" else self.env["stock.warehouse"]
            location.cx_warehouse_id = own or location.location_id.cx_warehouse_id

    def _cx_is_stock(self):
        """Whether it is stock of its warehouse, and no dock or other station on the way there."""
        self.ensure_one()
        stock = self.warehouse_id.lot_stock_id
        return bool(stock) and self._child_of(stock)

    def _cx_read_together(self):
        """Read these places in one query; core reads them one by one, and the one between companies besides."""
        between = self.env["ir.model.data"]._xmlid_to_res_id("stock.stock_location_inter_company")
        (self | self.browse(between or ())).mapped("usage")

    def _has_field_access(self, field, operation):
        # the tree is the fence of quarantine: nobody declares a location inside or outside by hand
        if operation == "write" and field.name in (
            "cx_role", "cx_root_warehouse_id", "cx_warehouse_id") and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):
        fenced = self.filtered("cx_warehouse_id") if "location_id" in vals else self.browse()
        before = {location: location.cx_warehouse_id for location in fenced}
        res = super().write(vals)
        moved = fenced.filtered(lambda location: location.cx_warehouse_id != before[location])
        if moved and (quant := self.env["stock.quant"].sudo().search([  # sudo: stock.quant - only whether there is one
            ("location_id", "child_of", moved.ids), ("quantity", "!=", 0),
        ], limit=1)):
            raise UserError(self.env._(
                "%(location)s holds %(product)s in quarantine and cannot be moved out of it. Release, scrap or send "
                "back what is in it first.",
                location=quant.location_id.display_name, product=quant.product_id.display_name))
        for location in fenced.filtered(lambda location: location.cx_warehouse_id and location.warehouse_id):
            raise UserError(self.env._(
                "%(location)s is quarantine and cannot stand in %(parent)s: its goods would be on hand and free to "
                "promise. Leave it outside the warehouse.",
                location=location.name, parent=location.location_id.display_name))
        return res
