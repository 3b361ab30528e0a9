from odoo import models

from ...rules.blocker import Blocker


class ComplaintLine(models.Model):
    """What has to be known about goods before a complaint is confirmed."""

    _inherit = "cx.complaint.line"

    def _blockers_details(self):
        """:return: :class:`Blocker` list; the longer one where the company asks for details"""
        self.ensure_one()
        if not self.product_id:
            return []
        needed = self._details_always()
        if self.complaint_id._is_gate_on("details"):
            needed += self._details_on_request()
        return [Blocker(code, self.display_name, text, way_out) for code, known, text, way_out in needed if not known]

    def _details_always(self):
        """``(code, what is known, what is wrong without it, way out)`` of every complaint about goods."""
        return [(
            "quantity_missing", self.quantity, self.env._("the quantity is not known."),
            self.env._("Ask how many are concerned."),
        )]

    def _details_on_request(self):
        """As above, of complaints that engineers have to work with."""
        return [
            ("defect_missing", self.defect_id, self.env._("the defect is not named."),
             self.env._("Choose the defect that the customer describes.")),
            ("rate_missing", self.defect_rate, self.env._("the defect rate is not known."),
             self.env._("Ask how many of how many are defective.")),
            ("occurrence_missing", self.occurred_on, self.env._("it is not known when it happened."),
             self.env._("Enter the date of occurrence.")),
            ("lot_missing", self.tracking in (False, "none") or self.lot_ids or self.is_lot_unknown,
             self.env._("the lot or serial number is not known."),
             self.env._("Ask for the label, or tick “Lot Unknown”.")),
            ("place_missing", self.at_stock_qty or self.in_transit_qty or self.built_in_qty,
             self.env._("it is not known where the goods are."),
             self.env._("Ask how many are in stock, in transit and built in.")),
        ]
