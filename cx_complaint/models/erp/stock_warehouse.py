import logging
from typing import NamedTuple

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class Place(NamedTuple):
    """A location of the quarantine tree, or of the one of goods kept apart.

    Told are the warehouse's field, its role, the field of its parent and what it is called.

    ``suffix`` follows the short name of the warehouse in the barcode, by which a reinstalled addon finds it again.
    """

    field: str
    role: str
    parent: str | None
    suffix: str
    usage: str
    name: str | None


class Operation(NamedTuple):
    """An operation type of quarantine; ``source`` and ``destination`` are fields of the warehouse."""

    field: str
    role: str
    code: str
    sequence_code: str
    source: str | None
    destination: str | None


# parents stand before their children
PLACES = (
    Place("cx_quarantine_loc_id", "root", None, "-RET", "view", None),
    Place("cx_returns_loc_id", "returns", "cx_quarantine_loc_id", "-RET-04", "internal", "04"),
    Place("cx_reworked_loc_id", "reworked", "cx_quarantine_loc_id", "-RET-RWK", "internal", "Reworked, to Check"),
    Place("cx_bonded_loc_id", "bonded", "cx_quarantine_loc_id", "-RET-BND", "internal", "Bonded"),
    Place("cx_rohs_loc_id", "rohs", "cx_returns_loc_id", "-RET-ROHS", "internal", "RoHS"),
    Place("cx_apart_loc_id", "apart", None, "-APT", "view", None),
    Place("cx_discount_loc_id", "discount", "cx_apart_loc_id", "-APT-DSC", "internal", "Discount Stock"),
    Place("cx_internal_loc_id", "internal", "cx_apart_loc_id", "-APT-INT", "internal", "Internal Sale"),
    Place("cx_sample_loc_id", "sample", "cx_apart_loc_id", "-APT-SMP", "internal", "Sample Store"),
    Place("cx_aftersales_loc_id", "aftersales", "cx_quarantine_loc_id", "-RET-AS", "internal", "After-Sales"),
)
OPERATIONS = (
    Operation("cx_return_type_id", "return", "incoming", "RET", None, "cx_returns_loc_id"),
    Operation("cx_back_type_id", "back", "outgoing", "BACK", "cx_returns_loc_id", None),
    Operation("cx_release_type_id", "release", "internal", "REL", "cx_reworked_loc_id", "lot_stock_id"),
    Operation("cx_vendor_type_id", "vendor", "outgoing", "RTV", "cx_returns_loc_id", None),
    Operation("cx_rework_type_id", "rework", "mrp_operation", "RWK", "lot_stock_id", "cx_reworked_loc_id"),
    Operation("cx_store_type_id", "store", "internal", "STO", "cx_returns_loc_id", "cx_aftersales_loc_id"),
)


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    cx_quarantine_loc_id = fields.Many2one("stock.location", "Quarantine", check_company=True, copy=False)
    cx_returns_loc_id = fields.Many2one("stock.location", "Customer Returns", check_company=True, copy=False)
    cx_rohs_loc_id = fields.Many2one("stock.location", "RoHS Returns", check_company=True, copy=False)
    cx_reworked_loc_id = fields.Many2one("stock.location", "Reworked, to Check", check_company=True, copy=False)
    cx_bonded_loc_id = fields.Many2one("stock.location", "Bonded Returns", check_company=True, copy=False)
    cx_return_type_id = fields.Many2one("stock.picking.type", "Returns In", check_company=True, copy=False)
    cx_back_type_id = fields.Many2one("stock.picking.type", "Back to Customer", check_company=True, copy=False)
    cx_release_type_id = fields.Many2one("stock.picking.type", "Release", check_company=True, copy=False)
    cx_vendor_type_id = fields.Many2one("stock.picking.type", "Back to Vendor", check_company=True, copy=False)
    cx_rework_type_id = fields.Many2one("stock.picking.type", "Rework", check_company=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._cx_ensure_quarantine()
        return warehouses

    def write(self, vals):
        res = super().write(vals)
        if "active" in vals:
            # archived with its warehouse; core refuses as long as goods are in it
            self._cx_roots().write({"active": vals["active"]})
        return res

    def unlink(self):
        trees = self._cx_roots()
        res = super().unlink()
        trees.write({"active": False})
        return res

    def _update_name_and_code(self, new_name=False, new_code=False):
        res = super()._update_name_and_code(new_name, new_code)
        if new_code:
            for warehouse in self:
                warehouse._cx_rename_quarantine(new_code)
        return res

    # Making and adopting

    def _cx_ensure_quarantine(self):
        """Make or adopt the quarantine tree and the operation types of each warehouse; may be called again any time.

        The tree stands outside the warehouse's view location, so that what is in it is neither on hand nor free.
        """
        for place in PLACES:
            missing = self.filtered(lambda warehouse, place=place: not warehouse[place.field])
            locations = missing._cx_ensure_locations(place)
            for warehouse, location in zip(missing, locations, strict=True):
                warehouse[place.field] = location
        for operation in OPERATIONS:
            missing = self.filtered(lambda warehouse, operation=operation: not warehouse[operation.field])
            for warehouse, picking_type in zip(missing, missing._cx_ensure_types(operation), strict=True):
                warehouse[operation.field] = picking_type

    def _cx_ensure_locations(self, place):
        """One location for each warehouse of ``self``: the one that an earlier installation left, or a new one."""
        Location = self.env["stock.location"].sudo().with_context(active_test=False)  # sudo: stock.location - ours only
        taken = {
            (location.company_id.id, location.barcode): location
            for location in Location.search([
                ("barcode", "in", [warehouse._cx_barcode(place.suffix) for warehouse in self]),
                ("company_id", "in", self.company_id.ids),
            ])
        }
        locations = {}
        vals_list = []
        for warehouse in self:
            vals = warehouse._cx_prepare_location_vals(place)
            found = taken.get((warehouse.company_id.id, vals["barcode"]))
            if found and warehouse._cx_is_left_behind(found, place):
                found.write({key: vals[key] for key in ("active", "cx_role", "cx_root_warehouse_id")})
                locations[warehouse] = found
            else:
                vals_list.append({**vals, "barcode": False if found else vals["barcode"]})
        created = iter(Location.create(vals_list))
        return [locations.get(warehouse) or next(created) for warehouse in self]

    def _cx_is_left_behind(self, location, place):
        """Whether a location with our barcode was made by an earlier installation, not by somebody else."""
        self.ensure_one()
        parent = self[place.parent] if place.parent else location.browse()
        return location.usage == place.usage and location.location_id == parent and not location.warehouse_id

    def _cx_prepare_location_vals(self, place):
        self.ensure_one()
        return {
            "name": place.name or f"{self.code}{place.suffix}",
            "usage": place.usage,
            "location_id": self[place.parent].id if place.parent else False,
            "company_id": self.company_id.id,
            "barcode": self._cx_barcode(place.suffix),
            "cx_role": place.role,
            "cx_root_warehouse_id": False if place.parent else self.id,
            "active": self.active,
        }

    def _cx_ensure_types(self, operation):
        """One operation type for each warehouse of ``self``: the one that an earlier installation left, or a new one."""
        PickingType = self.env["stock.picking.type"].sudo().with_context(active_test=False)  # sudo: ours only
        left_behind = {
            picking_type.warehouse_id: picking_type
            for picking_type in PickingType.search([
                ("warehouse_id", "in", self.ids),
                ("code", "=", operation.code),
                ("barcode", "in", [warehouse._cx_barcode(f"-RET{operation.sequence_code}") for warehouse in self]),
            ])
        }
        # behind every other type: core takes the first of a code for purchases and manufacturing
        sequence = max(PickingType.search([], order="sequence desc", limit=1).sequence, 1000)
        vals_list = []
        for warehouse in self:
            vals = warehouse._cx_prepare_type_vals(operation)
            if found := left_behind.get(warehouse):
                found.write({key: vals[key] for key in (
                    "active", "cx_role", "default_location_src_id", "default_location_dest_id")})
            else:
                vals_list.append({**vals, "sequence": sequence + 1})
        created = iter(PickingType.create(vals_list))
        return [left_behind.get(warehouse) or next(created) for warehouse in self]

    def _cx_prepare_type_vals(self, operation):
        self.ensure_one()
        customers, suppliers = self._get_partner_locations()
        outside = suppliers if operation.role == "vendor" else customers
        names = {
            "return": self.env._("Customer Returns"),
            "back": self.env._("Back to Customer"),
            "release": self.env._("Release from Quarantine"),
            "rework": self.env._("Rework of Returns"),
            "vendor": self.env._("Back to Vendor"),
            "store": self.env._("Within Quarantine"),
        }
        return {
            "name": names[operation.role],
            "code": operation.code,
            "cx_role": operation.role,
            "warehouse_id": self.id,
            "company_id": self.company_id.id,
            "sequence_code": operation.sequence_code,
            "barcode": self._cx_barcode(f"-RET{operation.sequence_code}"),
            "default_location_src_id": (self[operation.source] if operation.source else outside).id,
            "default_location_dest_id": (self[operation.destination] if operation.destination else outside).id,
            # an unknown lot is recorded at the dock, never refused
            "use_existing_lots": True,
            "use_create_lots": operation.role == "return",
            # what did not come stays expected until it is closed short with a reason
            "create_backorder": "always" if operation.role == "return" else "ask",
            "active": self.active,
        }

    def _cx_barcode(self, suffix, code=None):
        return (code or self.code).replace(" ", "").upper() + suffix

    def _cx_rename_quarantine(self, new_code):
        """Follow the warehouse's new short name, where nobody chose another name."""
        self.ensure_one()
        self = self.sudo()  # noqa: PLW0642  sudo: stock.location, ir.sequence - the warehouse's own; core does the same
        for place in PLACES:
            location = self[place.field]
            if not place.name and location.name == f"{self.code}{place.suffix}":
                location.name = f"{new_code}{place.suffix}"
            if location.barcode == self._cx_barcode(place.suffix):
                location.barcode = self._valid_barcode(
                    self._cx_barcode(place.suffix, new_code), self.company_id.id)
        for operation in OPERATIONS:
            picking_type = self[operation.field]
            suffix = f"-RET{operation.sequence_code}"
            if picking_type.barcode == self._cx_barcode(suffix):
                picking_type.barcode = self._cx_barcode(suffix, new_code)
            picking_type.sequence_id.prefix = f"{new_code}/{picking_type.sequence_code}/"

    # Leaving

    def _cx_retire_quarantine(self):
        """Archive the trees and types of each warehouse where they are empty; log the names of those in use.

        Goods and open transfers stay where they are: their locations and types go on working as core's own.
        """
        types = self._cx_operation_types()
        tree = self.env["stock.location"].with_context(active_test=False).search([
            "|", ("cx_warehouse_id", "in", self.ids), ("cx_apart_warehouse_id", "in", self.ids)])
        open_moves = self.env["stock.move"].search([
            ("state", "not in", ("done", "cancel")),
            "|", ("picking_type_id", "in", types.ids),
            "|", ("location_id", "in", tree.ids), ("location_dest_id", "in", tree.ids),
        ])
        busy_types = types & open_moves.picking_type_id
        (types - busy_types).write({"active": False})
        holding = self.env["stock.quant"].search([("location_id", "in", tree.ids), ("quantity", "!=", 0)]).location_id
        used = holding | (tree & (
            open_moves.location_id | open_moves.location_dest_id
            | busy_types.default_location_src_id | busy_types.default_location_dest_id))
        kept = tree & self.env["stock.location"].with_context(active_test=False).search([("id", "parent_of", used.ids)])
        (tree - kept).write({"active": False})
        for location in holding:
            _logger.info("Location %s still holds goods and is left as it is.", location.display_name)
        for picking_type in busy_types:
            _logger.info("Operation type %s still has open transfers and is left as it is.", picking_type.display_name)

    def _cx_roots(self):
        """The roots of what we made for these warehouses."""
        return self.cx_quarantine_loc_id | self.cx_apart_loc_id

    def _cx_operation_types(self):
        """The operation types of quarantine, archived ones too."""
        types = self.env["stock.picking.type"]
        for operation in OPERATIONS:
            types |= self[operation.field]
        return types
