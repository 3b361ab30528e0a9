from odoo import models

from .complaint_transfer import LINE_FIELDS


class ComplaintLine(models.Model):
    """A line of a case that another company handles."""

    _inherit = "cx.complaint.line"

    def _prepare_transferred_vals(self, company):
        """What the customer told of it, and the product where it is known there; no document of ours."""
        self.ensure_one()
        vals = {name: self[name] for name in LINE_FIELDS}
        is_known = self.complaint_id._is_known_in
        if is_known(self.product_id, company):
            vals.update(product_id=self.product_id.id, product_uom_id=self.product_uom_id.id)
        elif self.product_id:
            vals["name"] = " · ".join(filter(None, (self.product_id.display_name, self.name)))
        if is_known(self.defect_id, company):
            vals["defect_id"] = self.defect_id.id
        return vals
