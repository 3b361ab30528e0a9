from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_list

from ...rules import leaving


class RmaLine(models.Model):
    """Everything of many lines that nobody decided about goes to rework at once, each lot on an order of its own."""

    _inherit = "cx.rma.line"

    def action_rework(self):
        """Rework what is undecided of the lines: a disposition and an order for each lot, any number of serials on one.

        :raises UserError: nothing of the lines is in quarantine and undecided
        """
        self.env["cx.guard"]._take_for(self)
        lines = self.sorted("id")
        vals_list = lines._prepare_rework_vals_list()
        if not vals_list:
            raise UserError(self.env._(
                "Nothing of %(lines)s is in quarantine and undecided. Receive the goods first, or execute what is decided.",
                lines=format_list(self.env, self.mapped("display_name"))))
        dispositions = self.env["cx.disposition"].create(vals_list)
        return dispositions.action_approve_execute()

    def _prepare_rework_vals_list(self):
        """Values of dispositions that rework what is undecided, by the scheme that fits each line best."""
        undecided = self._undecided_places()
        lines = self.filtered(lambda line: undecided[line.id])
        schemes = self.env["cx.rework.scheme"]._find_for_many([
            (line.company_id, line.product_id, line.complaint_line_id.defect_id) for line in lines])
        vals_list = []
        for line, scheme in zip(lines, schemes, strict=True):
            for owner, places in line._undecided_by_owner(undecided[line.id]).items():
                vals_list += [{
                    "rma_line_id": line.id,
                    "goods_owner": owner,
                    "quantity": quantity,
                    "lot_ids": [Command.set(lots)],
                    "source_location_id": location,
                    "work": "rework",
                    "destination": "customer" if owner == "customer" else "stock",
                    "scheme_id": scheme.id,
                } for (location, lots), quantity in line._units_by_order(places).items()]
        return vals_list

    def _undecided_by_owner(self, places):
        """The undecided units of the line by whose they are: ``{owner: {(location id, lot id): quantity}}``."""
        self.ensure_one()
        if not self._has_two_owners():
            return {self.goods_owner: places}
        return {
            owner: {(location.id, lot.id): quantity for (location, lot), quantity in self._undecided_of(owner).items()}
            for owner in ("company", "customer")}

    def _units_by_order(self, places):
        """``{(location id, lot ids): quantity}``: one entry for each lot, one for all serials of a place."""
        self.ensure_one()
        if self.product_id.tracking != "serial":
            return {(location, (lot,) if lot else ()): quantity for (location, lot), quantity in places.items()}
        serials = defaultdict(list)
        for location, lot in places:
            serials[location].append(lot)
        return {(location, tuple(lots)): float(len(lots)) for location, lots in serials.items()}

    def _undecided_places(self):
        """Goods in quarantine under no open disposition: ``{line id: {(location id, lot id): quantity}}``."""
        standing = self._standing_in_quarantine()
        dispositions = self.env["cx.disposition"].sudo().search([  # sudo: cx.disposition - figures only
            ("rma_line_id", "in", self.ids), ("decision", "in", ("proposed", "approved"))])
        for disposition, account in dispositions._accounts().items():
            places = standing[disposition.rma_line_id.id]
            for place, quantity in disposition._claims(account).items():
                places[place] = places.get(place, 0.0) - quantity
        return {line: leaving.above_zero(places) for line, places in standing.items()}
