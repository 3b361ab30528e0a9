from odoo import api, fields, models
from odoo.fields import Domain


class Paper(models.Model):
    """The case that an issued paper is of: what the paper says is seen by who sees the case."""

    _inherit = "cx.paper"

    complaint_id = fields.Many2one("cx.complaint", compute="_compute_complaint_id", search="_search_complaint_id")

    @api.depends("res_model", "res_id")
    def _compute_complaint_id(self):
        for paper in self:
            paper.complaint_id = paper.res_id if paper.res_model == "cx.complaint" else False

    @api.model
    def _search_complaint_id(self, operator, value):
        if operator not in ("any", "any!", "in"):
            return NotImplemented
        # the record rule asks as superuser and says itself which cases are seen; a client asks of what he sees
        cases = self.env["cx.complaint"]._search(Domain("id", "in", value) if operator == "in" else value)
        return Domain("res_model", "=", "cx.complaint") & Domain("res_id", "in", cases)
