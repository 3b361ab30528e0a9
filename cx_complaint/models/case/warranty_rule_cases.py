from odoo import api, models


class WarrantyRule(models.Model):
    """A changed rule holds for the open cases; closed ones stay as they were judged."""

    _inherit = "cx.warranty.rule"

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._judge_open_cases()
        return rules

    def write(self, vals):
        res = super().write(vals)
        self._judge_open_cases()
        return res

    def unlink(self):
        res = super().unlink()
        self._judge_open_cases()
        return res

    @api.model
    def _judge_open_cases(self):
        # sudo: cx.complaint.line - judged alike in every company
        self.env["cx.complaint.line"].sudo().search([
            ("complaint_id.decision", "=", "open"), "|", ("product_id", "!=", False), ("object_id", "!=", False),
        ])._judge_anew()
