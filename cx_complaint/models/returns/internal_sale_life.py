from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.blocker import Blocker


class InternalSaleItem(models.Model):
    """The life of an item: listed, priced, published, wanted, sold."""

    _inherit = "cx.internal.sale.item"

    # Listing

    @api.model
    def action_collect(self):
        """An item to price for every unit that stands for internal sale and has none; lists nothing twice."""
        self.check_access("create")
        company = self.env.company
        self.env["cx.guard"]._take([f"cx.internal.sale.item.collect,{company.id}"])
        vals_list = []
        for (warehouse, product, lot), quantity in sorted(
                self.sudo()._unlisted(company).items(),  # sudo: stock.quant - figures only
                key=lambda entry: [record.id for record in entry[0]]):
            while product.uom_id.compare(quantity, 0.0) > 0:
                vals_list.append({
                    "warehouse_id": warehouse.id, "product_id": product.id, "lot_id": lot.id,
                    "grade_id": lot.sudo().cx_grade_id.id,  # sudo: stock.lot - finance need not be able to read it
                    "quantity": min(quantity, 1.0)})
                quantity -= 1.0
        self.create(vals_list)
        return self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.internal_sale_item_action")

    @api.model
    def _unlisted(self, company):
        """What stands for internal sale and is on no item: ``{(warehouse, product, lot): quantity}``."""
        unlisted = defaultdict(float)
        for location, product, lot, quantity in self.env["stock.quant"]._read_group(
                [("location_id.cx_apart_role", "=", "internal"), ("company_id", "=", company.id), ("quantity", ">", 0)],
                ["location_id", "product_id", "lot_id"], ["quantity:sum"]):
            unlisted[location.cx_apart_warehouse_id, product, lot] += quantity
        for item in self.search([("company_id", "=", company.id), ("decision", "!=", "withdrawn")]):
            if not item._is_delivered():
                unlisted[item.warehouse_id, item.product_id, item.lot_id] -= item.quantity
        return unlisted

    def _is_delivered(self):
        self.ensure_one()
        return any(move.state == "done" for move in self.sudo().sale_line_ids.move_ids)  # sudo: stock.move - states only

    # Verbs

    def action_publish(self):
        """Offer the items to every employee at their prices."""
        self._take_guards()
        self._transition("publish", {"published_on": fields.Datetime.now(), "published_by_id": self.env.uid})
        return True

    def action_reprice(self):
        """Take items that nobody wants off the list, to price them anew."""
        self._take_guards()
        self._transition("reprice", {"published_on": False, "published_by_id": False})
        return True

    def action_withdraw(self):
        """Take items off the list for good; what becomes of the goods is decided by a release."""
        self._take_guards()
        self._transition("withdraw")
        return True

    def action_request(self):
        """“I want it”: the first employee who says so gets the item."""
        self.check_access("read")
        self._take_guards()
        for item in self:
            if item.state != "published":
                raise UserError(self.env._(
                    "%(item)s is not to be had any more. Choose another one from the list.", item=item.display_name))
        self.sudo().write({  # sudo: cx.internal.sale.item - the employee only reads it; he reserves for himself
            "requested_by_id": self.env.uid, "requested_on": fields.Datetime.now()})
        return True

    def action_let_go(self):
        """Give a reserved item back to the list: who wanted it, or finance."""
        self.check_access("read")
        self._take_guards()
        for item in self:
            if item.requested_by_id != self.env.user and not self.env.user.has_group("cx_complaint.group_finance"):
                raise AccessError(self.env._(
                    "%(item)s is reserved for %(user)s. Only he or finance can give it back.",
                    item=item.display_name, user=item.requested_by_id.name))
            if item.state != "reserved":
                raise UserError(self.env._(
                    "%(item)s is not reserved, or sold already. Cancel its order first.", item=item.display_name))
        self.sudo().write({  # sudo: cx.internal.sale.item - his own reservation
            "requested_by_id": False, "requested_on": False})
        return True

    def action_sell(self):
        """One confirmed order per employee for what he wanted, at the prices of the list; pressed again, nothing twice."""
        self._take_guards()
        self._transition("sell")
        by_order = self.grouped(lambda item: (item.requested_by_id, item.company_id, item.warehouse_id))
        orders = self.env["sale.order"].sudo().create(  # sudo: sale.order - the verb's groups are checked
            [items.sudo()._prepare_order_vals() for items in by_order.values()])
        orders.action_confirm()
        return {
            "type": "ir.actions.act_window", "res_model": "sale.order", "name": self.env._("Internal Sales"),
            "view_mode": "list,form", "domain": [("id", "in", orders.ids)],
        }

    def action_view_orders(self):
        orders = self.sale_line_ids.order_id
        return {
            "type": "ir.actions.act_window", "res_model": "sale.order", "name": self.env._("Internal Sales"),
            "view_mode": "list,form", "domain": [("id", "in", orders.ids)],
        }

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "sell":
            blockers += self._blockers_sell()
        return blockers

    def _blockers_sell(self):
        orders = self.sudo().sale_line_ids.filtered(  # sudo: sale.order - names only
            lambda line: line.state != "cancel").order_id
        return [Blocker(
            "on_order", self.name, self.env._("It stands on %(order)s already.", order=order.name),
            self.env._("Confirm or cancel that one."),
        ) for order in orders]

    def _prepare_order_vals(self):
        """Values of one order for items of one employee, company and warehouse."""
        item = self[:1]
        return {
            "partner_id": item.requested_by_id.partner_id.id,
            "company_id": item.company_id.id,
            "warehouse_id": item.warehouse_id.id,
            "origin": ", ".join(self.mapped("name")),
            "order_line": [(0, 0, line._prepare_order_line_vals()) for line in self],
        }

    def _prepare_order_line_vals(self):
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "cx_internal_item_id": self.id,
        }

    def _take_guards(self):
        """Serialise with everybody who wants, sells or withdraws the same items."""
        self.env["cx.guard"]._take_for(self)
