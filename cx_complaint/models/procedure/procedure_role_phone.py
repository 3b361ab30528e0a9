from odoo import fields, models

from ...rules.filling import fill


class ProcedureRole(models.Model):
    """Roles whose phone is one that customers are told to complain at.

    :source: S1-6.1, S1-6.2
    """

    _inherit = "cx.procedure.role"

    phone_list = fields.Selection(
        [("hours", "In working hours"), ("always", "Day and night"), ("direct", "Direct line to management")],
        string="Published Phone", help="Customers are told the phone of whoever fills this role. Empty: they are not.")

    def _fillers(self, company):
        """Who fills roles of the kind “function and rank” in a company, whatever the case: ``{role: users}``."""
        staff = self.env["cx.role"]._staff(company.id)
        named = self.filtered(lambda role: role.resolver == "role")
        chains = {role: role._chain().filtered(lambda link: link.resolver == "role") for role in named}
        return {
            role: self.env["res.users"].browse(fill(staff, [link._asked(staff) for link in chain]))
            for role, chain in chains.items()}
