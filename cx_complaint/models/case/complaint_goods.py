from markupsafe import Markup

from odoo import api, fields, models


class Complaint(models.Model):
    """A picture of where the goods of a case are, product by product."""

    _inherit = "cx.complaint"

    goods_html = fields.Html(string="Where the Goods Are", compute="_compute_goods_html", sanitize=False)

    @api.depends("line_ids.goods_html")
    def _compute_goods_html(self):
        for complaint in self:
            complaint.goods_html = Markup().join(
                Markup("<div class='mb-2'><span class='fw-bold'>%s</span>%s</div>") % (
                    line.product_id.display_name, line.goods_html)
                for line in complaint.line_ids if line.goods_html) or False
