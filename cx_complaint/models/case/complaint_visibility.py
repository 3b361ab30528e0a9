from odoo import api, models
from odoo.fields import Domain


class Complaint(models.Model):
    """Which cases concern whom. Customer service, sales and complaint managers see them all; the record rules say so.

    What belongs to a case (lines, references, contacts, tasks and what became of them) is seen by who sees the case.
    """

    _inherit = "cx.complaint"

    @api.model
    def _domain_concerning(self, user):
        """The cases of a user who does not see them all: those he has a part in, and those of his functions.

        Record rules read it (``user._cx_cases()``) and keep it until groups or departments change.
        """
        return Domain.OR([
            self._domain_of_person(user),
            *(domain for group, domain in self._domains_by_group().items() if user.has_group(group)),
            *(domain for function, domain in self._domains_by_function().items()
              if function in self._departments_of(user).mapped("function")),
        ])

    @api.model
    def _domain_of_person(self, user):
        """What he registered, handles, answers for, has a task or a line in; and what his departments handle."""
        departments = self._departments_of(user).ids
        return Domain.OR([
            *(Domain(name, "=", user.id) for name in (
                "receiver_id", "create_uid", "handler_id", "first_responsible_id", "line_ids.responsible_id",
                "task_ids.user_id")),
            Domain("task_ids.queue_user_ids", "in", user.ids),
            Domain("department_id", "in", departments),
            Domain("responsible_department_id", "in", departments),
        ])

    @api.model
    def _domains_by_group(self):
        """What else concerns who has the rights of a function, by the group; rooms add theirs."""
        return {
            # quality is a door to the register as well: what is about goods, and whatever is not plainly of another nature
            "cx_complaint.group_quality":
                Domain("line_ids.product_id", "!=", False) | Domain("nature", "in", (False, "quality")),
        }

    @api.model
    def _domains_by_function(self):
        """What else concerns who belongs to a department of a function, also without rights of his own; rooms add theirs."""
        return {}

    @api.model
    def _departments_of(self, user):
        """Departments that name a user."""
        # sudo: cx.department - where he belongs, in every company; the rule of companies holds beside it
        return self.env["cx.department"].sudo().search(
            Domain.OR(Domain(name, "in", user.ids) for name in ("member_ids", "head_id", "duty_user_id", "substitute_ids")))
