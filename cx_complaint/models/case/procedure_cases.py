from odoo import fields, models
from odoo.exceptions import UserError


class Procedure(models.Model):
    """The cases that a rulebook is used for."""

    _inherit = "cx.procedure"

    complaint_ids = fields.One2many("cx.complaint", "procedure_id", string="Cases")
    complaint_count = fields.Integer(string="Number of Cases", compute="_compute_complaint_count")

    def _compute_complaint_count(self):
        counts = dict(self.env["cx.complaint"]._read_group(
            [("procedure_id", "in", self.ids)], ["procedure_id"], ["__count"]))
        for procedure in self:
            procedure.complaint_count = counts.get(procedure._origin, 0)

    def action_view_complaints(self):
        """Cases under these procedures."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_action")
        return {**action, "domain": [("procedure_id", "in", self.ids)], "context": {}}

    def action_move_open_cases(self):
        """Ask which open cases of the earlier editions shall come under this one, and why."""
        self._check_one()
        cases = self._cases_of_earlier_editions()
        if not cases:
            raise UserError(self.env._(
                "No open case is under an earlier edition of %(procedure)s; there is nothing to move.",
                procedure=self.display_name))
        cases._check_may_move()
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_change_procedure_action")
        return {**action, "context": {"default_complaint_ids": cases.ids, "default_procedure_id": self.id}}

    def _cases_of_earlier_editions(self):
        """Open cases that the user may see, under other editions of this procedure in the same company or a shared one."""
        domain = [("procedure_id.code", "=", self.code), ("procedure_id", "!=", self.id), ("decision", "=", "open")]
        if self.company_id:
            domain.append(("company_id", "=", self.company_id.id))
        return self.env["cx.complaint"].search(domain)

    def _check_unused(self):
        result = super()._check_unused()
        # sudo: cx.complaint - of all companies; the number of one is named to who may delete the rulebook
        case = self.env["cx.complaint"].sudo().search([("procedure_id", "in", self.ids)], limit=1)
        if case:
            raise UserError(self.env._(
                "%(procedure)s cannot be deleted: %(complaint)s is handled by it, and others may be. Archive it instead; its"
                " cases keep it.", procedure=case.procedure_id.display_name, complaint=case.name))
        return result
