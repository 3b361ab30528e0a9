from odoo import api, fields, models
from odoo.fields import Command

from ..models.procedure.department import FUNCTIONS
from ..models.procedure.function_rights import GROUP_OF_FUNCTION, READER
from ..models.procedure.role import RANKS


class ProcedureSetupRole(models.TransientModel):
    """One question: who does what the chosen procedures give to this function and rank."""

    _name = "cx.procedure.setup.role"
    _description = "Who Fills a Role"

    setup_id = fields.Many2one("cx.procedure.setup", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="setup_id.company_id")
    function = fields.Selection(FUNCTIONS, readonly=True, required=True)
    rank = fields.Selection(RANKS, readonly=True, required=True)
    name = fields.Char(string="Role", readonly=True, help="As the chosen procedures call it.")
    duties = fields.Text(readonly=True)
    user_ids = fields.Many2many(
        "res.users", string="Who", domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: it falls to the next rank, then to the complaint desk.")

    @api.model
    def _prepare_rows(self, company, procedures):
        """One row per function and rank that the procedures name, with those who seem to do it already."""
        rows = {}
        for role in procedures.role_ids.filtered(lambda role: role.resolver == "role" and role.function):
            rows.setdefault((role.function, role.rank), []).append(role)
        functions, ranks = ([value for value, _label in values] for values in (FUNCTIONS, RANKS))
        return [
            {
                "function": function, "rank": rank, "name": ", ".join(dict.fromkeys(role.name for role in roles)),
                "duties": "\n".join(dict.fromkeys(role.duties for role in roles if role.duties)),
                "user_ids": [Command.set(self._suggested(company, function, rank).ids)],
            }
            for (function, rank), roles in sorted(
                rows.items(), key=lambda row: (functions.index(row[0][0]), ranks.index(row[0][1])))
        ]

    @api.model
    def _known_roles(self, company, function, rank):
        return self.env["cx.role"].search(
            [("company_id", "=", company.id), ("function", "=", function), ("rank", "=", rank)])

    @api.model
    def _suggested(self, company, function, rank):
        """Who fills the role already; else who has that place in a department; else the only one with its rights."""
        if users := self._known_roles(company, function, rank)._users():
            return users
        departments = self.env["cx.department"].search([("company_id", "=", company.id), ("function", "=", function)])
        # sudo: cx.department, res.users - who works where; the manager keeps both lists
        found = departments.sudo().duty_user_id or departments.sudo().member_ids if rank == "clerk" else departments.sudo().head_id
        if not found and rank == "clerk" and function in GROUP_OF_FUNCTION:
            found = self.env.ref(GROUP_OF_FUNCTION[function]).sudo().user_ids  # sudo: res.groups - as above
            found = found._cx_working_in(company)
            found = found if len(found) == 1 else found.browse()
        return found._cx_working_in(company).sudo(False)

    def _group(self):
        """The rights that the function needs."""
        return self.env.ref(GROUP_OF_FUNCTION.get(self.function, READER))
