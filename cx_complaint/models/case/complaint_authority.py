from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError


class Complaint(models.Model):
    """Who may take which step, where the rulebook of the case names roles for it.

    The groups of the table of verbs say who works with cases at all; the authorities of a rulebook narrow that down for
    the cases they hold for, the first row that holds. Buttons, checks, blockers and the printed procedure read the same
    rows. Without a row nothing is narrowed down.
    """

    _inherit = "cx.complaint"

    authority_html = fields.Html(
        string="Steps of Others", compute="_compute_authority_html", sanitize=False,
        help="Steps that are possible now and belong to others.")

    @api.depends("state", "procedure_id", "severity", "category_id", "nature", "party", "is_technical", "kind_id")
    @api.depends_context("uid")
    def _compute_authority_html(self):
        verbs = {verb: label for verb, label in self.env["cx.authority"]._fields["verb"]._description_selection(self.env)
                 if verb in self._TRANSITIONS}
        for complaint in self:
            shown = complaint._next_verb() if complaint.procedure_id else None  # stands among its blockers already
            lines = [
                self.env._("%(step)s: %(people)s", step=label, people=", ".join(people.mapped("name")))
                for verb, label in verbs.items()
                if verb != shown and complaint.procedure_id and complaint.state in self._TRANSITIONS[verb].sources
                and self._may(verb) and (people := complaint._entitled(verb).get(complaint))
                and self.env.user not in people]
            complaint.authority_html = lines and Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % line for line in lines)

    def _check_may(self, verb):
        result = super()._check_may(verb)
        blockers = [blocker for complaint in self for blocker in complaint._blockers_authority(verb)]
        if blockers:
            raise AccessError("\n".join(blocker.sentence() for blocker in blockers))
        return result

    def _blockers(self, verb):
        return super()._blockers(verb) + self._blockers_authority(verb)

    def _blockers_authority(self, verb):
        """The step belongs to others in this case."""
        self.ensure_one()
        people = None if self.env.su else self._entitled(verb).get(self)
        if people is None or self.env.user in people:
            return []
        return [self._blocker(
            "not_entitled", self.env._("under %(procedure)s this step is not yours.",
                                       procedure=self.procedure_id.sudo().display_name),  # sudo: cx.procedure - its name
            self.env._("Ask %(people)s.", people=", ".join(people.mapped("name"))))]

    def _entitled(self, verb):
        """Who may take a step in the cases whose rulebook names roles for it.

        Of the people of the roles those who work with such steps at all; where none of them does, the complaint
        managers, so that no case stands still.
        :return: ``{complaint: users}``, without the cases in which whoever is in a group of the verb may
        """
        cases = self.filtered("procedure_id")
        # sudo: cx.procedure, cx.authority - who may is the same for whoever asks
        rows = cases.procedure_id.sudo().authority_ids.filtered(lambda row: row.verb == verb)
        if not rows:
            return {}
        groups = self._groups_of(verb)
        answers = {}
        for case, found in rows._matching(cases).items():
            if row := found.filtered(lambda row, case=case: row.procedure_id == case.sudo().procedure_id)[:1]:
                people = row.role_ids._fill_together(case)
                answers[case] = people.filtered(lambda user: any(
                    user.has_group(group) for group in groups)) or case._managers() or people
        return answers

    @api.model
    def _groups_of(self, verb):
        """The groups that take a step at all."""
        return self._TRANSITIONS[verb].groups

    def _managers(self):
        """Complaint managers of the company of the case."""
        return self.env["res.users"].browse(self.env["cx.role"]._staff(self.company_id.id).managers)
