from odoo import models
from odoo.fields import Command


class RmaLine(models.Model):
    """Goods that came back unused: quality confirms that they are intact, it does not look for a defect."""

    _inherit = "cx.rma.line"

    def _prepare_inspection_vals(self):
        vals = super()._prepare_inspection_vals()
        # a lot is looked at before it is called good; untracked goods are all alike
        if self.rma_id.is_unused and vals.get("stage") == "first" and self.tracking == "none" and "line_ids" not in vals:
            good = self.env["cx.verdict"].search([
                ("is_good", "=", True), ("destination", "=", "stock"), ("company_id", "in", (False, self.company_id.id)),
            ], limit=1)
            if good:
                vals["line_ids"] = [Command.create({"verdict_id": good.id, "quantity": self.to_inspect_qty})]
        return vals
