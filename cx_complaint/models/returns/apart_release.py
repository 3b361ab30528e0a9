from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.transition import transition
from ...rules.wording import figure

_DECIDE = ("cx_complaint.group_quality", "cx_complaint.group_finance")
_CONTENT = frozenset({
    "product_id", "lot_id", "quantity", "location_id", "destination", "partner_id", "warehouse_id"})


class ApartRelease(models.Model):
    """A decision that goods kept apart go another way than by their sale: to stock, to scrap, to a customer.

    Samples are let go by quality, goods for discount or internal sale by finance or quality.
    """

    _name = "cx.apart.release"
    _description = "Release of Kept-Apart Goods"
    _inherit = ["cx.series.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.apart.release"

    _TRANSITIONS = {
        "approve": transition("proposed", "approved", *_DECIDE),
        "cancel": transition("proposed approved", "cancelled", *_DECIDE),
    }
    _BY_VERB_ONLY = frozenset({"decision", "approved_on", "approved_by_id", "picking_id"})
    _SHOWN_VERBS = ("approve",)

    name = fields.Char(default="/", readonly=True, copy=False)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True, default=lambda self: self.env[
            "stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1))
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    location_id = fields.Many2one(
        "stock.location", string="Stands In", required=True, check_company=True, index=True, ondelete="restrict",
        domain="[('cx_apart_warehouse_id', '=', warehouse_id), ('usage', '=', 'internal')]")
    apart_role = fields.Selection(related="location_id.cx_apart_role")
    product_id = fields.Many2one(
        "product.product", required=True, index=True, check_company=True, ondelete="restrict",
        domain="[('is_storable', '=', True)]")
    tracking = fields.Selection(related="product_id.tracking")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", index="btree_not_null", check_company=True, ondelete="restrict",
        domain="[('product_id', '=', product_id)]")
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    destination = fields.Selection(
        [("stock", "Stock"), ("scrap", "Scrap"), ("customer", "Customer"), ("discount", "Discount Stock"),
         ("internal", "Internal Sale"), ("sample", "Sample Store")], required=True, default="stock")
    partner_id = fields.Many2one("res.partner", string="Customer", check_company=True, index="btree_not_null")
    reason = fields.Char(required=True)
    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="Status", store=True, index=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    move_ids = fields.One2many("stock.move", "cx_apart_release_id", string="Moves")
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", readonly=True, copy=False, check_company=True, index="btree_not_null",
        ondelete="set null")
    done_qty = fields.Float(string="Done", digits="Product Unit", compute="_compute_done_qty", compute_sudo=True)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a release must be above zero.")

    def _compute_done_qty(self):
        for release in self:
            release.done_qty = sum(
                release.move_ids.filtered(lambda move: move.state == "done").move_line_ids.mapped("quantity_product_uom"))

    # Records

    def write(self, vals):
        if vals.keys() & _CONTENT:
            for release in self:
                if release.decision != "proposed":
                    raise UserError(self.env._(
                        "%(release)s is decided; its goods and their way are not changed any more. Cancel it and "
                        "propose another one.", release=release.name))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for release in self:
            if release.decision == "approved":
                raise UserError(self.env._(
                    "%(release)s is approved and is kept as a record. Cancel it instead.", release=release.name))

    # Verbs

    def action_approve(self):
        """Let the goods go; the transfer waits for the warehouse."""
        self._take_guards()
        self._transition("approve", {"approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})
        for release in self.sudo():  # sudo: stock.picking - the verb's groups are checked
            picking = self.env["stock.picking"].sudo().create(release._prepare_transfer_vals())  # sudo: as above
            picking.action_confirm()
            picking.action_assign()
            release.picking_id = picking
        return True

    def action_cancel(self):
        """Take the decision back; what was not moved yet stays where it is."""
        self._take_guards()
        self._transition("cancel")
        self.sudo().move_ids.filtered(  # sudo: stock.move - the verb's groups are checked
            lambda move: move.state not in ("done", "cancel"))._action_cancel()
        return True

    def action_view_transfer(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": "stock.picking", "view_mode": "form",
                "res_id": self.picking_id.id}

    def _take_guards(self):
        """Serialise with everybody who decides about goods of the same products kept apart."""
        self.env["cx.guard"]._take_for(self.product_id, self)

    # What is in the way

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_approve()
        elif verb == "cancel" and self.decision == "approved" and self.done_qty:
            blockers.append(Blocker(
                "moved", self.name, self.env._("Its goods were moved."), self.env._("Move them back instead.")))
        return blockers

    def _blockers_approve(self):
        blockers = []
        if not self.apart_role:
            blockers.append(Blocker(
                "not_apart", self.name, self.env._("%(place)s keeps nothing apart.", place=self.location_id.display_name),
                self.env._("Name the place the goods stand in.")))
        if self.apart_role == "sample" and not self.env.su and not self.env.user.has_group("cx_complaint.group_quality"):
            blockers.append(Blocker(
                "sample", self.name, self.env._("Samples are let go by quality."), self.env._("Ask quality.")))
        if self.tracking != "none" and not self.lot_id:
            blockers.append(Blocker(
                "no_lot", self.name, self.env._("The lot or serial number is not named."), self.env._("Name it.")))
        if self.destination == "customer" and not self.partner_id:
            blockers.append(Blocker(
                "no_customer", self.name, self.env._("It goes to a customer who is not named."),
                self.env._("Name the customer.")))
        if self.destination == self.apart_role:
            blockers.append(Blocker(
                "same_place", self.name, self.env._("The goods stand there already."),
                self.env._("Choose another destination.")))
        return blockers + self._blockers_quantity()

    def _blockers_quantity(self):
        free = self.env["stock.quant"].sudo()._get_available_quantity(  # sudo: stock.quant - figures only
            self.product_id, self.location_id, lot_id=self.lot_id or None)
        if self.product_uom_id.compare(self.quantity, free) <= 0:
            return []
        return [Blocker(
            "too_much", self.name, self.env._(
                "%(asked)s %(unit)s of %(product)s are to go, %(free)s %(unit)s stand free in %(place)s.",
                asked=figure(self.quantity), free=figure(free), unit=self.product_uom_id.name,
                product=self.product_id.display_name, place=self.location_id.display_name),
            self.env._("Lower the quantity, or free what is reserved."))]

    # The transfer

    def _destination_location(self):
        self.ensure_one()
        warehouse = self.warehouse_id
        if self.destination == "customer":
            return self.partner_id.with_company(self.company_id).property_stock_customer
        if self.destination == "scrap":
            return self.company_id._cx_scrap_location()
        if self.destination == "stock":
            return warehouse.lot_stock_id
        return warehouse[f"cx_{self.destination}_loc_id"]

    def _prepare_transfer_vals(self):
        """Values of the transfer that carries the decision out."""
        self.ensure_one()
        destination = self._destination_location()
        to_customer = self.destination == "customer"
        return {
            "picking_type_id": (
                self.warehouse_id.out_type_id if to_customer else self.warehouse_id.cx_release_type_id).id,
            "partner_id": self.partner_id.id if to_customer else False,
            "company_id": self.company_id.id,
            "origin": self.name,
            "location_id": self.location_id.id,
            "location_dest_id": destination.id,
            "move_ids": [(0, 0, {
                "product_id": self.product_id.id,
                "product_uom": self.product_uom_id.id,
                "product_uom_qty": self.quantity,
                "company_id": self.company_id.id,
                "location_id": self.location_id.id,
                "location_dest_id": destination.id,
                "procure_method": "make_to_stock",
                "cx_apart_release_id": self.id,
            })],
        }
