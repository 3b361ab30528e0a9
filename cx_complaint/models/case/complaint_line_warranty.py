from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ...rules import warranty

RESULTS = [("in", "In warranty"), ("out", "Out of warranty"), ("unknown", "Unknown")]
# who decides otherwise than the rules, and who says whose fault it is
_OVERRIDES = ("cx_complaint.group_manager",)
_JUDGES = ("cx_complaint.group_quality", "cx_complaint.group_manager")
# what follows from rules and dates, and what a verb writes
_JUDGED = ("warranty_rule_id", "warranty", "warranty_end", "labour_warranty_end", "charge")
_OVERRIDE_FIELDS = (
    "warranty_override", "warranty_override_reason", "warranty_override_by_id", "warranty_override_on")


class ComplaintLine(models.Model):
    """Whether the goods of a line are in warranty, and what of a repair the customer pays."""

    _inherit = "cx.complaint.line"

    purchased_on = fields.Date(
        help="When the customer, or his customer, bought it, as he says; starts warranties that run from the purchase.")
    accepted_on = fields.Date(
        help="When the completion-acceptance sheet (竣工验收单) of the site was signed; starts warranties that run from it.")
    site_phase = fields.Selection(
        [("ongoing", "Ongoing site"), ("completed", "Completed site")],
        compute="_compute_site_phase", store=True, readonly=False,
        help="Ongoing until the acceptance is signed; by the date of the acceptance where it is known.")
    fault = fields.Selection(
        [("ours", "Ours"), ("customer", "Damaged by the customer")], copy=False,
        help="What quality says. Damage by people is charged also in warranty; what is our fault is free also after it.")
    warranty_rule_id = fields.Many2one(
        "cx.warranty.rule", compute="_compute_warranty", store=True, index="btree_not_null", ondelete="set null",
        help="The most specific rule for the product on the day of the judgement.")
    warranty = fields.Selection(RESULTS, compute="_compute_warranty", store=True)
    warranty_end = fields.Date(
        compute="_compute_warranty", store=True, help="Last day on which the goods are guaranteed.")
    labour_warranty_end = fields.Date(
        string="Work Free Until", compute="_compute_warranty", store=True,
        help="Last day on which advice and work are free.")
    charge = fields.Selection(
        [("free", "Free of charge"), ("labour_free", "Work free, parts charged"), ("chargeable", "Chargeable"),
         ("unknown", "Unknown")],
        compute="_compute_warranty", store=True,
        help="What the customer pays of a repair. Chargeable: the goods and the service.")
    warranty_reason = fields.Char(string="Why", compute="_compute_warranty_reason")
    warranty_override = fields.Selection(RESULTS[:2], string="Decided Otherwise", readonly=True, copy=False)
    warranty_override_reason = fields.Char(string="Reason of the Decision", readonly=True, copy=False)
    warranty_override_by_id = fields.Many2one("res.users", string="Decided By", readonly=True, copy=False)
    warranty_override_on = fields.Datetime(string="Decided On", readonly=True, copy=False)
    return_agreed_on = fields.Date(
        copy=False, help="When the customer agreed to send the goods back, and on which terms.")
    return_agreed_with = fields.Char(copy=False, help="Who agreed for the customer.")
    convenient_on = fields.Datetime(
        string="Convenient for the Customer", copy=False, help="When the work suits the customer; rework is planned for then.")

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su:
            if field.name in _OVERRIDE_FIELDS or field.name in _JUDGED:
                return False
            if field.name == "fault" and not any(self.env.user.has_group(group) for group in _JUDGES):
                return False
        return super()._has_field_access(field, operation)

    # Judgement

    @api.depends("accepted_on", "complaint_id.received_on")
    def _compute_site_phase(self):
        for line in self:
            if line.accepted_on:
                line.site_phase = warranty.site_phase(line._complained_on(), line.accepted_on)
            else:
                line.site_phase = line.site_phase

    @api.depends("product_id", "shipped_date", "purchased_on", "accepted_on", "site_phase", "fault",
                 "warranty_override", "complaint_id.received_on", "complaint_id.procedure_id", "company_id")
    def _compute_warranty(self):
        judgements = self._judge()
        for line in self:
            rule, judgement = judgements[line]
            line.warranty_rule_id = rule and rule.id
            line.warranty = judgement.result
            line.warranty_end = judgement.product_end
            line.labour_warranty_end = judgement.labour_end
            line.charge = judgement.charge

    def _judge_anew(self):
        """What the judgement rests on has changed elsewhere."""
        for name in _JUDGED:
            self.env.add_to_compute(self._fields[name], self)

    def _judge(self):
        """:return: ``{line: (rules.warranty.Rule or None, rules.warranty.Judgement)}``"""
        judged = self.filtered(lambda line: line._is_under_warranty_rules())
        rules = judged and self.env["cx.warranty.rule"].sudo().search(  # sudo: cx.warranty.rule - the rulebook
            [("company_id", "in", [False, *self.company_id.ids])])._plain()
        result = {}
        for line in self:
            product = line._warranty_product().product_tmpl_id
            rule = warranty.choose(
                rules, product._origin.id, line._warranty_categories(), line.company_id.id,
                line._warranty_object_kind(), line.complaint_id.procedure_id._origin.id) if line in judged else None
            result[line] = rule, warranty.judge(rule, line._warranty_facts())
        return result

    def _is_under_warranty_rules(self):
        """Whether the line is about something that can be guaranteed."""
        return bool(self.product_id)

    def _warranty_product(self):
        """The product whose rules hold."""
        return self.product_id

    def _warranty_object_kind(self):
        """Id of the kind of object whose rules hold."""
        return False

    def _warranty_categories(self):
        """Ids of the product's category and its parents, the nearest first."""
        path = self._warranty_product().categ_id.parent_path or ""
        return [int(category) for category in reversed(path.split("/")) if category]

    def _warranty_facts(self):
        self.ensure_one()
        return warranty.Facts(
            complained_on=self._complained_on(),
            dates={"delivery": self.shipped_date, "purchase": self.purchased_on, "acceptance": self.accepted_on},
            phase=self.site_phase, fault=self._fault(), override=self.warranty_override)

    def _complained_on(self):
        """Day on which the complaint reached us, as the user's calendar says."""
        received = self.complaint_id.received_on or fields.Datetime.now()
        return fields.Date.to_date(fields.Datetime.context_timestamp(self.with_context(
            tz=self.company_id.partner_id.tz or "UTC"), received))

    def _fault(self):
        """Whose fault it is, where it is said."""
        return self.fault

    # Words

    @api.depends("warranty", "charge", "warranty_override_reason", "warranty_rule_id")
    def _compute_warranty_reason(self):
        judgements = self._judge()
        for line in self:
            rule, judgement = judgements[line]
            line.warranty_reason = line._is_under_warranty_rules() and line._warranty_words(rule, judgement)

    def _warranty_words(self, rule, judgement):
        self.ensure_one()
        starts = dict(self.env["cx.warranty.rule"]._fields["start"]._description_selection(self.env))
        names = {
            "rule": rule and self.env["cx.warranty.rule"].sudo().browse(rule.id).name or "",  # sudo: its name
            "start": rule and starts[rule.start] or "",
            "day": rule and format_date(self.env, self._warranty_facts().dates.get(rule.start)) or "",
            "end": format_date(self.env, judgement.product_end) or "",
            "labour_end": format_date(self.env, judgement.labour_end) or "",
            "user": self.sudo().warranty_override_by_id.name or "",  # sudo: res.users - a name
            "reason": self.warranty_override_reason or "",
        }
        return {
            "override": lambda: self.env._("Decided by %(user)s: %(reason)s", **names),
            "user_damage": lambda: self.env._("Damaged by the customer, which is charged also in warranty."),
            "our_fault": lambda: self.env._("Our fault: the cost is ours, in warranty and after it."),
            "no_rule": lambda: self.env._("No warranty rule holds for the product."),
            "no_start": lambda: self.env._(
                "%(rule)s starts with: %(start)s. That date is not known yet.", **names),
            "ongoing": lambda: self.env._("%(rule)s: the site is not accepted yet.", **names),
            "product": lambda: self.env._(
                "%(rule)s: the goods are guaranteed until %(end)s, from %(start)s on %(day)s.", **names),
            "labour": lambda: self.env._(
                "%(rule)s: the goods were guaranteed until %(end)s, work is free until %(labour_end)s.", **names)
            if judgement.product_end else self.env._("%(rule)s: work is free until %(labour_end)s.", **names),
            "over": lambda: self.env._(
                "%(rule)s: the warranty from %(start)s on %(day)s is over.", **names),
        }[judgement.why]()

    # Deciding otherwise

    def action_override_warranty(self):
        """Ask what is decided instead of the rules, and why."""
        self._check_may_override()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide Warranty"),
            "res_model": "cx.warranty.override",
            "view_mode": "form",
            "target": "new",
            "context": {"default_line_ids": self.ids},
        }

    def _check_may_override(self):
        if not self.env.su and not any(self.env.user.has_group(group) for group in _OVERRIDES):
            raise AccessError(self.env._(
                "%(line)s: only a complaint manager decides otherwise than the warranty rules. Ask one of them.",
                line=self[:1].display_name))
        self.check_access("write")

    def _override_warranty(self, result, reason):
        """Decide otherwise than the rules, or leave it to them again.

        :param result: ``in``, ``out``, or False: what the rules say
        """
        self._check_may_override()
        self.sudo().write({  # sudo: cx.complaint.line - fields that only this verb writes; its right is checked
            "warranty_override": result,
            "warranty_override_reason": reason,
            "warranty_override_by_id": self.env.uid,
            "warranty_override_on": fields.Datetime.now(),
        })
        labels = dict(self._fields["warranty"]._description_selection(self.env))
        for line in self:
            line.complaint_id.message_post(body=self.env._(
                "%(line)s: %(result)s. %(reason)s", line=line.display_name, result=labels[line.warranty],
                reason=reason))
