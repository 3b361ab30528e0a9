from odoo import api, fields, models


class ComplaintLine(models.Model):
    """A picture of where the goods of a line are."""

    _inherit = "cx.complaint.line"

    goods_html = fields.Html(string="Where the Goods Are", compute="_compute_goods_html", sanitize=False)

    @api.depends("rma_line_ids.expected_qty", "rma_line_ids.received_qty", "rma_line_ids.final_qty")
    def _compute_goods_html(self):
        for line in self:
            # sudo: cx.rma.line - quantities only, for who may read the complaint line
            line.goods_html = line.sudo().rma_line_ids._goods_bar()
