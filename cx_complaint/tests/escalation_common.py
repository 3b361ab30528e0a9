from unittest.mock import patch

from odoo.tests import new_test_user

from .task_common import TaskCommon


class EscalationCommon(TaskCommon):
    """A reply within two working days: its clerk is reminded, its head hears of it, then the director, who is reminded
    each working day, three times in all; no test methods.

    A case of Monday 09:00 is due on Wednesday at 09:00.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss, cls.chief = (
            new_test_user(cls.env, login, groups="cx_complaint.group_reader", name=login) for login in ("boss", "chief"))
        for function, rank, user in (("quality", "head", cls.boss), ("management", "director", cls.chief)):
            cls.env["cx.role"].create({
                "name": f"{function} {rank}", "function": function, "rank": rank, "company_id": cls.company.id,
                "user_ids": user.ids, "sequence": -1})
        cls.head = cls._part(cls.procedure, "role", name="Head", code="head", function="quality", rank="head")
        cls.director = cls._part(
            cls.procedure, "role", name="Director", code="director", function="management", rank="director")
        cls.clerk = cls.users_by_login["cx_quality"]
        cls.ladder = cls.procedure.ladder_ids
        cls._steps(
            {"when": "before", "offset": 4, "unit": "working_hour", "role_id": cls.quality.id, "name": "Write it today"},
            {"when": "at", "role_id": cls.head.id},
            {"when": "after", "offset": 1, "unit": "working_day", "repeat_every": 1, "repeat_max": 3,
             "role_id": cls.director.id})

    @classmethod
    def _steps(cls, *steps):
        cls.ladder.rung_ids.unlink()
        cls.ladder.rung_ids = [(0, 0, {"sequence": 10 * number, **step}) for number, step in enumerate(steps, 1)]

    def run_cron(self):
        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 60):
            self.env["cx.task"]._cron_alarms()

    def look(self, at):
        """The scheduled job runs at this local time; who hears of what then, by login, in the order of the steps."""
        self.at(at)
        before = self.env["cx.escalation"].search([])
        self.run_cron()
        fired = self.env["cx.escalation"].search([]) - before
        return [(row.rung_id.role_id.code, row.occurrence, row.user_ids.mapped("login"))
                for row in fired.filtered(lambda row: not row.is_skipped).sorted("id")]

    def skipped(self, task=None):
        rows = (task or self.task("reply")).escalation_ids.filtered("is_skipped").sorted("id")
        return [(row.rung_id.role_id.code, row.occurrence) for row in rows]

    def activities(self, user, task=None):
        return self.env["mail.activity"].search([
            ("cx_task_id", "=", (task or self.task("reply")).id), ("user_id", "=", user.id)])

    def messages(self):
        subtype = self.env.ref("cx_complaint.mt_complaint_escalated")
        return self.case.message_ids.filtered(lambda message: message.subtype_id == subtype).sorted("id")
