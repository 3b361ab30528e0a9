from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError

from ...rules.wording import figure


class StockMoveLine(models.Model):
    """The gate of the goods kept apart: they leave as they were sold, or by a release, whoever presses what."""

    _inherit = "stock.move.line"

    def _cx_check_leaving(self, are_done=False):
        res = super()._cx_check_leaving(are_done=are_done)
        lines = self.filtered(lambda line: line._cx_leaves_apart())
        if lines:
            lines.sudo()._cx_check_leaving_apart()  # sudo: cx.apart.release - who moves goods may not read it
        return res

    def _cx_leaves_apart(self):
        self.ensure_one()
        here, there = self.location_id, self.location_dest_id
        return bool(here.cx_apart_role) and (
            (there.cx_apart_role, there.cx_apart_warehouse_id) != (here.cx_apart_role, here.cx_apart_warehouse_id))

    def _cx_check_leaving_apart(self):
        """:raises UserError: some of the lines take out goods that were not sold so, and that nobody released"""
        by_release, by_item = defaultdict(self.browse), defaultdict(self.browse)
        for line in self:
            item = line.move_id.sale_line_id.cx_internal_item_id
            if release := line.move_id.cx_apart_release_id:
                by_release[release] |= line
            elif line.location_id.cx_apart_role == "internal" and item:
                by_item[item] |= line
            elif not line._cx_is_sold_at_discount() and not line._cx_is_count_of_manager():
                line._cx_refuse_leaving_apart()
        for release, lines in by_release.items():
            lines._cx_check_released(release)
        for item, lines in by_item.items():
            lines._cx_check_item(item)

    def _cx_is_sold_at_discount(self):
        """Whether an order says that it takes from discount stock, and this is a unit of the grade it says."""
        self.ensure_one()
        order_line = self.move_id.sale_line_id
        if self.location_id.cx_apart_role != "discount" or not order_line.cx_from_discount:
            return False
        if order_line.cx_grade_id and self.lot_id.cx_grade_id not in (order_line.cx_grade_id, self.env["cx.grade"]):
            raise UserError(self.env._(
                "%(lot)s of %(product)s is of grade %(found)s, %(order)s sells grade %(sold)s. Pick a unit of that "
                "grade.",
                lot=self.lot_id.name, product=self.product_id.display_name, found=self.lot_id.cx_grade_id.name,
                order=order_line.order_id.name, sold=order_line.cx_grade_id.name))
        return self.move_id._cx_is_bound_for_customer()

    def _cx_refuse_leaving_apart(self):
        """:raises UserError: always, in the words of the place"""
        names = {
            "product": self.product_id.display_name + (f" ({self.lot_id.name})" if self.lot_id else ""),
            "location": self.location_id.display_name}
        raise UserError({
            "discount": lambda: self.env._(
                "%(product)s stands in discount stock (%(location)s) and leaves it by an order line marked *From "
                "Discount Stock*. Mark the line, or ask finance or quality for a release.", **names),
            "internal": lambda: self.env._(
                "%(product)s stands for internal sale (%(location)s) and leaves it as an item sold to an employee. Sell "
                "it from the list, or ask finance or quality for a release.", **names),
            "sample": lambda: self.env._(
                "%(product)s is a sample (%(location)s) and stays until quality releases it. Ask quality for a release "
                "to stock, scrap or the customer.", **names),
        }[self.location_id.cx_apart_role]())

    def _cx_check_released(self, release):
        """:raises UserError: these goods, or this way, are not what the release lets go"""
        destination = release._destination_location()
        for line in self:
            if (
                release.decision != "approved" or line.product_id != release.product_id
                or (release.lot_id and line.lot_id != release.lot_id)
                or not line.location_id._child_of(release.location_id)
                or not line.location_dest_id._child_of(destination)
            ):
                raise UserError(self.env._(
                    "%(release)s lets %(goods)s go from %(place)s to %(destination)s once it is approved, and nothing "
                    "else. Ask for a release of its own.",
                    release=release.name, goods=release.product_id.display_name + (
                        f" ({release.lot_id.name})" if release.lot_id else ""),
                    place=release.location_id.display_name, destination=destination.display_name))
        done = release.move_ids.move_line_ids.filtered(lambda line: line.state == "done") | self
        self._cx_check_not_more(done, release.product_id, release.quantity, release.name)

    def _cx_check_item(self, item):
        """:raises UserError: not the very unit that was sold, or more of it"""
        for line in self:
            if line.product_id != item.product_id or line.lot_id != item.lot_id:
                raise UserError(self.env._(
                    "%(item)s was sold; %(found)s is another unit. Pick the one on the order.",
                    item=item.display_name, found=line.product_id.display_name + (
                        f" ({line.lot_id.name})" if line.lot_id else "")))
            if not line.move_id._cx_is_bound_for_customer():
                line._cx_refuse_leaving_apart()
        done = item.sale_line_ids.move_ids.move_line_ids.filtered(
            lambda line: line.state == "done" and line._cx_leaves_apart()) | self
        self._cx_check_not_more(done, item.product_id, item.quantity, item.display_name)

    def _cx_check_not_more(self, done, product, allowed, name):
        asked = sum(done.mapped("quantity_product_uom"))
        if product.uom_id.compare(asked, allowed) > 0:
            raise UserError(self.env._(
                "%(name)s lets %(allowed)s %(unit)s go, not %(asked)s %(unit)s. Lower the quantity.",
                name=name, allowed=figure(allowed), asked=figure(asked), unit=product.uom_id.name))
