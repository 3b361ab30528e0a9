from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class ComplaintLineJudgement(models.Model):
    """The first judgement of a return application: no return, repair, or return; dated and signed by quality.

    :source: S2.05-13
    """

    _name = "cx.complaint.line"
    _inherit = ["cx.complaint.line", "cx.by.verb.mixin", "cx.number.mixin"]

    _BY_VERB_ONLY = frozenset({
        "judged_decision", "judged_on", "judged_by_id",
        "warranty_override", "warranty_override_reason", "warranty_override_by_id", "warranty_override_on"})

    judged_decision = fields.Selection(
        lambda self: self._fields["return_decision"]._description_selection(self.env), string="Judged", readonly=True,
        copy=False, help="What quality judged; the return follows it.")
    judged_on = fields.Datetime(readonly=True, copy=False)
    judged_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    judgement_note = fields.Char(string="Reason of the Judgement", copy=False)
    is_judged = fields.Boolean(
        compute="_compute_is_judged", search="_search_is_judged",
        help="Quality judged what is now decided about the return.")

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name in self._BY_VERB_ONLY

    @api.depends("judged_decision", "return_decision")
    def _compute_is_judged(self):
        for line in self:
            line.is_judged = bool(line.judged_decision) and line.judged_decision == line.return_decision

    def _search_is_judged(self, operator, value):
        if operator != "in":
            return NotImplemented
        judged = self.sudo().search([("judged_decision", "!=", False)])  # sudo: cx.complaint.line - filtered by the caller
        return [("id", "in", judged.filtered("is_judged").ids)]

    def action_judge(self):
        """Sign the return decision of these lines as quality's first judgement.

        :raises AccessError: for everybody else
        :raises UserError: naming the lines about whose return nothing is decided
        """
        if not (self.env.su or self.env.user.has_group("cx_complaint.group_quality")):
            raise AccessError(self.env._("The first judgement of a return is quality's. Ask quality to judge."))
        self.check_access("write")
        open_lines = self.filtered(lambda line: not line.return_decision)
        if open_lines:
            raise UserError("\n".join(self.env._(
                "%(line)s: choose in “Return” what is judged, then sign it.", line=line.display_name)
                for line in open_lines))
        for decision, lines in self.grouped("return_decision").items():
            lines.sudo().write({  # sudo: cx.complaint.line - fields of this verb, rights are checked above
                "judged_decision": decision, "judged_on": fields.Datetime.now(), "judged_by_id": self.env.uid})
            label = dict(self._fields["return_decision"]._description_selection(self.env))[decision]
            for line in lines:
                line.complaint_id.message_post(body=self.env._(
                    "First judgement of %(goods)s: %(decision)s. %(reason)s", goods=line.product_id.display_name or line.name,
                    decision=label, reason=line.judgement_note or ""))
