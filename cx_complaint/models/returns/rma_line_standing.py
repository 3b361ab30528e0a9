from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...rules import leaving, ways


class RmaLine(models.Model):
    """Where the goods of an RMA line stand, and what is decided about them."""

    _inherit = "cx.rma.line"

    def _owner(self):
        """The partner whose goods they are, or nobody: ours."""
        self.ensure_one()
        return self.partner_id.commercial_partner_id if self.goods_owner == "customer" else self.partner_id.browse()

    def _standing_in_quarantine(self):
        """Goods of the lines in quarantine, from done moves, without what is in work.

        :return: ``{line id: {(location id, lot id): quantity}}``, quantities above zero in the product's unit
        """
        stands = self._standing()
        return {
            line: {
                (location, lot): quantity for (location, lot), quantity in places.items()
                if location != "production" and quantity > 0
            } for line, places in stands.items()
        }

    def _standing(self):
        """Goods of the lines in quarantine and in work: ``{line id: {(location id or "production", lot id): quantity}}``."""
        ids = self._origin.ids
        rows = {line_id: [] for line_id in ids}
        if ids:
            for line, disposition, source, destination, lot, quantity in self.env["stock.move.line"].sudo()._read_group(
                # sudo: stock.move.line - figures only
                [("move_id.cx_rma_line_id", "in", ids), ("state", "=", "done")],
                ["move_id.cx_rma_line_id", "move_id.cx_disposition_id", "location_id", "location_dest_id", "lot_id"], ["quantity_product_uom:sum"],
            ):
                is_used_up = disposition and ways.is_used_up(disposition.work)
                rows[line.id].append((
                    _place(source), None if is_used_up else _place(destination), lot.id, quantity))
        return {line_id: leaving.standing(moved) for line_id, moved in rows.items()}

    def _open_decisions(self):
        """Quantity that dispositions still have to bring to its destination: ``{line id: quantity}``."""
        open_quantities = dict.fromkeys(self.ids, 0.0)
        dispositions = self.env["cx.disposition"].sudo().search([  # sudo: cx.disposition - figures only
            ("rma_line_id", "in", self.ids), ("decision", "in", ("proposed", "approved"))])
        for disposition, account in dispositions._accounts().items():
            rest = disposition.quantity - leaving.total(account.final)
            open_quantities[disposition.rma_line_id.id] += max(rest, 0.0)
        return open_quantities

    def action_execute_dispositions(self):
        """Create the documents that the approved dispositions of the lines still owe.

        :raises UserError: none of the lines has an approved disposition that is not done
        """
        dispositions = self.disposition_ids.filtered(lambda disposition: disposition.state in ("approved", "running"))
        if not dispositions:
            raise UserError(self.env._(
                "Nothing is approved and open for %(lines)s. Ask quality to decide about the goods.",
                lines=format_list(self.env, self.mapped("display_name"))))
        return dispositions.action_execute()

    def _propose_dispositions(self):
        """Propose what the findings of the lines' finished inspections say; may be called again any time.

        :return: the new dispositions
        """
        inspections = self.inspection_ids.filtered(lambda inspection: inspection.state == "done")
        return self.env["cx.disposition"]._propose_from_findings(inspections.sorted("id"))


def _place(location):
    """Key of a location in the sums: its id inside quarantine, one word for work, None elsewhere."""
    if location.cx_warehouse_id:
        return location.id
    return "production" if location.usage == "production" else None
