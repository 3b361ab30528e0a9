from markupsafe import Markup

from odoo import fields, models


class Procedure(models.Model):
    """The numbers to complain at, as they are published: hotline, duty phone, the manager's own line.

    :source: S1-6.1, S1-6.2
    """

    _inherit = "cx.procedure"

    phone_html = fields.Html(string="Numbers to Complain At", compute="_compute_phone_html", sanitize=False)

    def _compute_phone_html(self):
        kinds = dict(self.env["cx.procedure.role"]._fields["phone_list"]._description_selection(self.env))
        missing = self.env._("no phone number entered")
        for procedure in self:
            rows = procedure._phone_list(self.env.company)
            procedure.phone_html = rows and Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li>%s: %s, %s: <b>%s</b></li>") % (kinds[kind], role.name, user.name, user.phone or missing)
                for kind, role, user in rows)

    def _phone_list(self, company):
        """:return: list of ``(kind, role, user)`` of the company, in the order of the kinds; one person each"""
        self.ensure_one()
        # sudo: cx.procedure.role, res.users - names and phones that are meant for customers
        roles = self.sudo().role_ids.filtered("phone_list")
        fillers = roles._fillers(company)
        kinds = list(dict(roles._fields["phone_list"].selection))
        return [
            (role.phone_list, role, fillers[role][:1])
            for role in roles.sorted(lambda role: (kinds.index(role.phone_list), role.sequence))
            if fillers.get(role)]
