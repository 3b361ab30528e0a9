from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...rules import severity
from ..procedure.rulebook_lists import SEVERITIES

_EXCUSING = ("cx_complaint.group_service", "cx_complaint.group_manager")
# kind of rule: what objects and earlier cases are counted as
_COUNTS = {
    "visits": "visits", "object_complaints": "complaints_on_object", "customer_complaints": "customer_complaints"}


class Complaint(models.Model):
    """How serious a case is: as people say, and at least what the rules of its procedure ask.

    :source: S2.04-5, S2.16-15 to S2.16-19, S0-5.2.3e
    """

    _inherit = "cx.complaint"

    severity_floor = fields.Selection(
        SEVERITIES, string="At Least", readonly=True, copy=False, help="What the rules of the procedure ask for.")
    severity_reason = fields.Char(
        string="Why Less Serious", copy=False, tracking=True,
        help="Why it is less serious than the rules ask for; customer service and the complaint manager may say so.")
    severity_text = fields.Char(string="Because Of", compute="_compute_severity_text")

    @api.depends("severity_floor")
    def _compute_severity_text(self):
        floored = self.filtered("severity_floor")
        found = floored._severity_hits()
        for case in self:
            case.severity_text = case._severity_words(found.get(case, ())) if case in floored else False

    def _severity_words(self, hits):
        """Names of the rules that ask for what the case is at least."""
        rules = self.env["cx.severity.rule"].sudo().browse(  # sudo: cx.severity.rule - of the case's own rulebook
            hit.key for hit in hits if hit.severity == severity.highest(hits))
        kinds = dict(rules._fields["kind"]._description_selection(self.env))
        return ", ".join(dict.fromkeys(
            rule.name or (rule.trigger_id.name if rule.kind == "trigger" else kinds[rule.kind]) for rule in rules))

    def _update_severity(self, said):
        """Raise each case to what the rules ask for, and let down what they asked for before.

        :param said: cases of which somebody has just said how serious they are, so that he is told when it is not enough
        """
        for case, hits in self._severity_hits().items():
            old, floor = case.severity_floor or None, severity.highest(hits)
            if case in said and severity.is_below(case.severity, floor):
                case._check_excused(floor, hits)
                new = case.severity
            else:
                new = severity.settle(case.severity, old, floor, bool(case.severity_reason))
            vals = {"severity_floor": floor} if floor != old else {}
            if new != case.severity:
                vals["severity"] = new
                case._keep_why(hits)
            if case.severity_reason and not severity.is_below(new, floor):
                vals["severity_reason"] = False
            if vals:
                case.sudo().write(vals)  # sudo: cx.complaint - follows from the rules, whoever changed what they look at

    def _keep_why(self, hits):
        """Say beside the tracked change which rules it comes from."""
        if self.env.context.get("mail_notrack") or self.env.context.get("tracking_disable"):
            return
        words = self._severity_words(hits)
        self._track_set_log_message(
            self.env._("By the rules of the procedure: %(rules)s", rules=words) if words
            else self.env._("The rules of the procedure ask for it no more."))

    def _check_excused(self, floor, hits):
        """:raises ValidationError: nobody says why the case is less serious than the rules ask
        :raises AccessError: the user may not say so
        """
        self.ensure_one()
        label = dict(self._fields["severity"]._description_selection(self.env))[floor]
        if not (self.severity_reason or "").strip():
            raise ValidationError(self.env._(
                "%(complaint)s is at least “%(severity)s” by the rules of its procedure (%(rules)s). Leave it at that, or let"
                " customer service say in “Why Less Serious” why it is not.",
                complaint=self.display_name, severity=label, rules=self._severity_words(hits)))
        if not self.env.su and not any(self.env.user.has_group(group) for group in _EXCUSING):
            raise AccessError(self.env._(
                "%(complaint)s is at least “%(severity)s” by the rules of its procedure. Customer service or the complaint"
                " manager may make it less serious; ask one of them.", complaint=self.display_name, severity=label))

    # What the rules look at

    def _severity_hits(self):
        """The rules that hold for each case: ``{complaint: [Rule, …]}``."""
        plain = {procedure: procedure._plain("severity_rules") for procedure in self.procedure_id}
        windows = {(rule.kind, rule.days) for rules in plain.values() for rule in rules
                   if rule.kind in severity.COUNTED and not rule.is_undecided}
        counts = {days: self._repeat_counts(days) for days in {days for _kind, days in windows}}
        found = {}
        for case in self:
            rules = plain.get(case.procedure_id, ())
            found[case] = rules and severity.hits(rules, case._severity_facts({
                (kind, days): counts[days][case][_COUNTS[kind]] for kind, days in windows},
                is_batch_asked=any(rule.kind == "batch" for rule in rules)))
        return found

    def _severity_facts(self, counts, is_batch_asked):
        self.ensure_one()
        company, day = self.company_id, fields.Date.to_date(self.received_on)
        return severity.Facts(
            triggers=frozenset(self.sudo().trigger_ids.ids),  # sudo: cx.trigger - what is ticked, by id
            amount=self.currency_id._convert(self.claimed_amount, company.currency_id, company, day)
            if self.claimed_amount else 0.0,
            quantity=self._batch_quantity() if is_batch_asked else 0.0, is_large_batch=self.batch_class == "large",
            is_outside=bool(self.is_outside_channel or self.transferred_by_id), counts=counts)


class Procedure(models.Model):
    """What makes cases severe, as the rules read it."""

    _inherit = "cx.procedure"

    def _read_severity_rules(self):
        return [severity.Rule(
            key=rule.id, kind=rule.kind, severity=rule.severity, trigger=rule.trigger_id.id or None,
            limit=rule.threshold, is_included=rule.is_included, days=rule.days, is_undecided=rule.is_undecided)
            for rule in self.severity_rule_ids]
