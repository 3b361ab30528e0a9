from odoo import api, fields, models

from ...rules.blocker import Blocker


class RmaLine(models.Model):
    """What stands on the label of the goods."""

    _inherit = "cx.rma.line"

    mark_reason = fields.Char(
        string="Reason on the Label", help="Why these goods are not good, as it is written on them. Empty: defect and "
        "words of the complaint.")


class Rma(models.Model):
    """Goods are sorted, counted and labelled before they are returned; intact ones stay packed as they were.

    :source: S2.09-17, S2.12-16, S2.12-17
    """

    _inherit = "cx.rma"

    marker_name = fields.Char(
        string="Marks the Goods", help="Salesperson, line follower or regional manager who sorts, counts and labels the "
        "goods at the customer's.")
    marked_on = fields.Datetime(readonly=True, copy=False)
    marked_by_id = fields.Many2one("res.users", string="Marking Recorded By", readonly=True, copy=False)
    marking_text = fields.Text(
        string="Before the Return", compute="_compute_marking_text", help="What is done with the goods before they leave.")

    @api.depends("is_unused")
    @api.depends_context("lang")
    def _compute_marking_text(self):
        for rma in self:
            rma.marking_text = self.env._(
                "Unused goods come back as they were delivered: original packing and protection, nothing is opened."
            ) if rma.is_unused else self.env._(
                "Before the goods leave the customer they are sorted by reason, counted, and every box is labelled with "
                "the reason and the quantity.")

    def action_mark(self):
        """The goods were sorted, counted and labelled; unused ones were found packed as delivered."""
        self._transition("mark", {"marked_on": fields.Datetime.now(), "marked_by_id": self.env.uid})
        for rma in self:
            rma.message_post(body=self.env._(
                "Marked before the return by %(name)s: %(goods)s", name=rma.marker_name or self.env.user.name,
                goods="; ".join(f"{line.product_id.display_name}: {line._paper_reason()}" for line in rma.line_ids)))

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "mark":
            blockers += self._blockers_label()
        elif verb == "ship":
            blockers += self._blockers_marked()
        return blockers

    def _blockers_label(self):
        """A label without a reason marks nothing; unused goods need none."""
        return [] if self.is_unused else [Blocker(
            "label_without_reason", line.display_name, self.env._("It is not said what stands on the label."),
            self.env._("Enter the reason on the line, or the defect in the complaint."),
        ) for line in self.line_ids if not line._paper_reason()]

    def _blockers_marked(self):
        if self.marked_on or self.is_unused or not self.company_id.cx_is_return_marking_needed:
            return []
        return [Blocker(
            "not_marked", self.display_name,
            self.env._("Nobody has said that the goods are sorted, counted and labelled."),
            self.env._("Have them marked at the customer's and press “Marked”."))]
