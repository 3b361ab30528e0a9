from odoo import Command
from odoo.tests import new_test_user

from .common import CxCommon


class CxRoles(CxCommon):
    """A company with departments and a procedure that names roles; no test methods, so that anybody may build on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the departments of the story: whatever demo data has set up answers to nobody here
        cls.env["cx.role"].search([]).action_archive()
        cls.env["cx.department"].search([]).action_archive()
        cls.procedure = cls.env["cx.procedure"].create({"name": "House rules", "code": "HOUSE"})

    @classmethod
    def _person(cls, login, groups="cx_complaint.group_reader", **vals):
        return new_test_user(cls.env, login, groups=groups, **vals)

    @classmethod
    def _department(cls, function, duty=None, head=None, members=(), **vals):
        """A department with people given by user."""
        return cls.env["cx.department"].create({
            "name": function.capitalize(), "function": function, "company_id": cls.env.company.id,
            "duty_user_id": duty and duty.id, "head_id": head and head.id,
            "member_ids": [Command.link(user.id) for user in members], **vals,
        })

    @classmethod
    def _post(cls, function, rank, *users, **vals):
        """A role of the company that is filled by name."""
        return cls.env["cx.role"].create({
            "name": f"{function} {rank}", "function": function, "rank": rank, "company_id": cls.env.company.id,
            "user_ids": [Command.link(user.id) for user in users], **vals})

    @classmethod
    def _role(cls, code, function=None, rank="clerk", **vals):
        """A role of the procedure."""
        return cls.env["cx.procedure.role"].create({
            "procedure_id": cls.procedure.id, "name": code, "code": code, "function": function, "rank": rank, **vals})

    @classmethod
    def _case(cls, **vals):
        return cls.env["cx.complaint"].create({"summary": "It leaks", "partner_id": cls.customer.id, **vals})
