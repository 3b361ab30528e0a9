from odoo import fields, models
from odoo.tools import is_html_empty

# reason and field of what is written down about the handling
_HANDLING = (("result_missing", "solution"), ("cause_unwritten", "conclusion"), ("improvement_missing", "improvement"))


class Complaint(models.Model):
    """The record of the event as whoever received it writes it down, and what is changed because of it.

    :source: S2.13-15, S4-1.8a
    """

    _inherit = "cx.complaint"

    event_result = fields.Char(
        string="How It Ended", help="Result of the event, as the customer tells it.")
    improvement = fields.Html(
        copy=False, help="What is changed so that it does not happen again; the department that answers for the cause writes it.")

    def _blockers_handling(self):
        """What the department that answers for the cause has not written down yet, where the rulebook asks for it."""
        if self.outcome == "duplicate":
            return []
        result = (self.env._("the result of the handling is not written down."),
                  self.env._("Write it on the page “Solution & Answer”."))
        cause = (self.env._("the cause is not written down."), self.env._("Write it on the page “Finding”."))
        improvement = (self.env._("the improvement is not written down."),
                       self.env._("Write on the page “Finding” what is changed so that it does not happen again."))
        needed = zip(_HANDLING, (result, cause, improvement), strict=True)
        return [self._blocker(code, text, way_out) for (code, name), (text, way_out) in needed if is_html_empty(self[name])]
