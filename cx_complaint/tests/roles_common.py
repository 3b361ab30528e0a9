from odoo import Command
from odoo.tests import new_test_user

from .common import CxCommon


class CxRoles(CxCommon):
    """A company with departments and a procedure that names roles; no test methods, so that anybody may build on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the departments of the story: whatever demo data has set up answers to nobody here
        cls._without_demo_rulebook()
        cls.env["cx.role"].search([]).action_archive()
        cls.env["cx.department"].search([]).action_archive()
        cls.procedure = cls.env["cx.procedure"].create({"name": "House rules", "code": "HOUSE"})

    @classmethod
    def _person(cls, login, groups="cx_complaint.group_reader", **vals):
        return new_test_user(cls.env, login, groups=groups, name=login, **vals)

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

    @classmethod
    def _task(cls, case, role, name="Find the cause", **vals):
        """A running task of a case, with whoever fills its role now."""
        milestone = cls.env["cx.milestone"].search([("procedure_id", "=", cls.procedure.id), ("name", "=", name)])
        milestone = milestone or cls.env["cx.milestone"].create({
            "procedure_id": cls.procedure.id, "name": name, "code": name, "role_id": role.id,
            "start_event": "agreed_date_set"})
        people = role._resolve(case)[role.id, case.id]
        return cls.env["cx.task"].create({
            "complaint_id": case.id, "milestone_id": milestone.id, "name": name, "role_id": role.id,
            "user_id": people[:1].id, "queue_user_ids": [Command.set(people.ids)],
            "started_on": "2026-01-05 08:00:00", **vals})

    @classmethod
    def _case_under_rules(cls, **vals):
        """A case of the procedure."""
        return cls._case(procedure_id=cls.procedure.id, **vals)
