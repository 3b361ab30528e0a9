from odoo import fields, models


class Object(models.Model):
    """The owner of a site may declare that he wants no call-back.

    :source: S2.03-6
    """

    _inherit = "cx.object"

    declines_callback = fields.Boolean(
        string="Wants No Call-Back", tracking=True, copy=False,
        help="The customer has declared that he wants no call-back: open cases about it have no such tasks.")

    def write(self, vals):
        result = super().write(vals)
        if "declines_callback" in vals:
            self.env["cx.complaint"]._tell_rulebooks(self._open_lines(), "complaint_id")
        return result


class Complaint(models.Model):
    """So may whoever complains, for his case."""

    _inherit = "cx.complaint"

    declines_callback = fields.Boolean(
        string="Wants No Call-Back", tracking=True, copy=False,
        help="The customer has declared that he wants no call-back in this case. Kept with who wrote it down, and when.")

    def _condition_facts(self):
        return {
            case: facts._replace(declines_callback=case._is_callback_declined())
            for case, facts in super()._condition_facts().items()}

    def _is_callback_declined(self):
        """Whether he wants none in this case, or none about any of its objects."""
        if self.declines_callback or not self.company_id.sudo().cx_uses_objects:  # sudo: res.company - whether it has any
            return self.declines_callback
        objects = self.line_ids.object_id.sudo()  # sudo: cx.object - whether he wants a call, whoever asks
        return bool(objects) and all(objects.mapped("declines_callback"))


class Milestone(models.Model):
    """A call-back is not for those who want none."""

    _inherit = "cx.milestone"

    def _condition(self):
        return super()._condition()._replace(is_callback=self.is_callback)
