from odoo import models


class Department(models.Model):
    """Who does not belong to a department any more hands over what he handled for it."""

    _inherit = "cx.department"

    def write(self, vals):
        if {"member_ids", "head_id", "duty_user_id", "substitute_ids"}.isdisjoint(vals):
            return super().write(vals)
        before = {department: department._belonging() for department in self}
        result = super().write(vals)
        for department, people in before.items():
            if leavers := people - department._belonging():
                # sudo: cx.complaint - who handles a case follows from who is there, whoever changed that
                self.env["cx.complaint"].sudo().search([
                    ("department_id", "=", department.id), ("decision", "=", "open"), ("handler_id", "in", leavers.ids),
                ])._hand_over_of_department(leavers)
        return result

    def _belonging(self):
        """Everybody who is named in it."""
        return self.member_ids | self.head_id | self.duty_user_id | self.substitute_ids
