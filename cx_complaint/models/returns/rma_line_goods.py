from markupsafe import Markup

from odoo import api, fields, models

# quantity of the RMA line: colour; in the order in which goods travel
_SEGMENTS = (
    ("expected_qty", "bg-secondary"),
    ("quarantine_qty", "bg-warning"),
    ("in_work_qty", "bg-info"),
    ("final_qty", "bg-success"),
)


class RmaLine(models.Model):
    """A picture of where the goods of a line are."""

    _inherit = "cx.rma.line"

    goods_html = fields.Html(string="Where the Goods Are", compute="_compute_goods_html", sanitize=False)

    @api.depends("quantity", "expected_qty", "received_qty", "final_qty")
    def _compute_goods_html(self):
        for line in self:
            line.goods_html = line._goods_bar()

    def _goods_bar(self):
        """Bar and legend of where the goods of these lines are, in the product's unit; empty without lines."""
        live = self.filtered(
            lambda line: line.product_id and line.rma_id.state not in ("refused", "expired", "cancelled"))
        if not live:
            return False
        unit = live.product_uom_id[:1]
        totals = {name: unit.round(sum(live.mapped(name))) for name, _colour in _SEGMENTS}
        authorised = unit.round(sum(live.mapped("quantity")))
        whole = max(authorised, sum(totals.values())) or 1.0
        labels = {name: live._fields[name]._description_string(self.env) for name in totals}
        bar = Markup().join(
            Markup("<div class='progress-bar %s' style='width: %.1f%%' title='%s'></div>") % (
                colour, 100.0 * totals[name] / whole, f"{labels[name]}: {totals[name]:g}")
            for name, colour in _SEGMENTS if totals[name])
        legend = [self.env._("Authorised %(quantity)s", quantity=f"{authorised:g}")] + [
            f"{labels[name]} {totals[name]:g}" for name, _colour in _SEGMENTS if totals[name]]
        return Markup(
            "<div class='progress' style='height: 0.6rem; min-width: 8rem'>%s</div><small class='text-muted'>%s</small>"
        ) % (bar, " · ".join(legend))
