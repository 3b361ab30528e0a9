from odoo import api, fields, models
from odoo.tools import format_list

from ...rules import ways
from ...rules.wording import figure


class Disposition(models.Model):
    """What a disposition will create, told before the click."""

    _inherit = "cx.disposition"

    preview = fields.Text(string="Creates", compute="_compute_preview", compute_sudo=True)

    @api.depends("work", "destination", "quantity", "rma_line_id", "source_location_id", "vendor_id", "output_product_id",
                 "output_qty", "output_location_id", "component_ids.fate", "component_ids.product_id",
                 "component_ids.quantity", "state")
    def _compute_preview(self):
        for disposition in self:
            is_open = disposition.state in ("proposed", "approved") and disposition.rma_line_id
            fits = disposition.work and disposition.destination and ways.fits(disposition.work, disposition.destination)
            disposition.preview = disposition._preview() if is_open and fits else False

    def _preview(self):
        self.ensure_one()
        names = {
            "quantity": figure(self.quantity),
            "unit": self.rma_line_id.product_uom_id.name,
            "product": self.rma_line_id.product_id.display_name,
            "stands_in": self.source_location_id.display_name or "",
            "way": self._preview_way(),
        }
        return {
            None: lambda: self._preview_leaving(names),
            "rework": lambda: self.env._(
                "A sorting order over %(quantity)s %(unit)s of %(product)s; what is found good then goes %(way)s.", **names)
            if self.work == "sort" else self.env._(
                "A rework order of %(quantity)s %(unit)s of %(product)s; what passes the check then goes %(way)s.", **names),
            "conversion": lambda: self.env._(
                "A manufacturing order that uses up %(quantity)s %(unit)s of %(product)s and brings %(made)s of %(output)s "
                "to %(place)s.", made=figure(self.output_qty), output=self.output_product_id.display_name or "?",
                place=self.output_location_id.display_name or "?", **names),
            "dismantle": lambda: self.env._(
                "An unbuild order of %(quantity)s %(unit)s of %(product)s, done at once. Kept: %(kept)s. Scrapped: "
                "%(scrapped)s.", kept=self._preview_components("keep"), scrapped=self._preview_components("scrap"), **names),
        }[ways.WORKS[self.work].order]()

    def _preview_leaving(self, names):
        if self.destination == "scrap":
            return self.env._("%(quantity)s %(unit)s of %(product)s are scrapped out of %(stands_in)s at once.", **names)
        return self.env._(
            "A transfer of %(quantity)s %(unit)s of %(product)s out of %(stands_in)s, %(way)s.", **names)

    def _preview_way(self):
        if self.destination == "scrap":
            return ""
        if self.destination == "customer":
            return self.env._("back to %(partner)s", partner=self.rma_line_id.partner_id.display_name)
        if self.destination == "vendor":
            return self.env._("back to %(partner)s", partner=self.vendor_id.display_name or "?")
        place = self.rma_line_id.rma_id.warehouse_id[ways.DESTINATIONS[self.destination].location]
        return self.env._("to %(place)s", place=place.display_name)

    def _preview_components(self, fate):
        return format_list(self.env, [
            f"{figure(component.quantity * self.quantity)} {component.product_id.display_name}"
            for component in self.component_ids if component.fate == fate and component.product_id]) or "–"
