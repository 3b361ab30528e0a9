from odoo.exceptions import UserError
from odoo.tests import tagged

from .roles_common import CxRoles


@tagged("post_install", "-at_install")
class TestCasePassUp(CxRoles):
    """Who cannot settle a task alone asks the next step of its ladder, without waiting for the deadline."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.head, cls.director, cls.outsider = (
            cls._person(login) for login in ("sales_clerk", "sales_head", "director", "outsider"))
        cls._department("sales", duty=cls.clerk, head=cls.head, members=cls.clerk)
        cls._post("management", "director", cls.director)
        seller, boss = cls._role("seller", "sales"), cls._role("boss", "sales", "head")
        director = cls._role("director", "management", "director")
        ladder = cls.env["cx.ladder"].create({
            "procedure_id": cls.procedure.id, "name": "Up", "code": "up", "rung_ids": [
                (0, 0, {"sequence": 10, "when": "at", "role_id": boss.id, "name": "Decide"}),
                (0, 0, {"sequence": 20, "when": "after", "offset": 4, "role_id": director.id})]})
        case = cls._case_under_rules()
        cls.task = cls._task(case, seller)
        cls.alone = cls._task(case, seller, name="Read it")
        cls.task.milestone_id.ladder_id = ladder

    def _refused(self, sentence, task, user):
        with self.assertRaisesRegex(UserError, sentence):
            task.with_user(user)._pass_up("Too much for me")
        self.assertFalse(task.with_user(user).can_pass_up)

    def test_a_stranger_asks_nobody(self):
        """Who sees the case and has nothing to do with the task is told whose it is."""
        self.task.complaint_id.department_id = self._department("logistics", members=self.outsider)
        self._refused("It is not among your tasks. It belongs to .*sales_clerk", self.task, self.outsider)

    def test_nobody_is_named(self):
        """Without a ladder there is nobody to ask; the way out is said."""
        self._refused("names nobody further to ask. Hand the task over", self.alone, self.clerk)

    def test_what_is_done_is_not_passed_up(self):
        """A task that is over needs no help."""
        self.task.state = "done"
        self._refused("done or not needed", self.task, self.clerk)

    def test_step_by_step(self):
        """The first step hears of it first, then the second, each once; both may take the task now, the reason is kept."""
        mine = self.task.with_user(self.clerk)
        self.assertTrue(mine.can_pass_up)
        mine._pass_up("He wants a new machine")
        self.assertEqual(self.task.escalation_ids.user_ids, self.head)
        self.assertIn(self.head, self.task.queue_user_ids)
        self.assertEqual(self.task.change_ids.mapped("reason"), ["He wants a new machine"])
        notice = self.task.complaint_id.message_ids.search([
            ("model", "=", "cx.complaint"), ("res_id", "=", self.task.complaint_id.id),
            ("partner_ids", "in", self.head.partner_id.ids)])
        self.assertIn("He wants a new machine", notice.body)
        self.task.with_user(self.head)._pass_up("I cannot promise that either")
        self.assertEqual(self.task.escalation_ids.user_ids, self.head | self.director)
        self._refused("nobody further", self.task, self.clerk)

    def test_dialog(self):
        """The button asks for the reason first."""
        action = self.task.with_user(self.clerk).action_pass_up()
        dialog = self.env["cx.task.pass.up"].with_user(self.clerk).with_context(**action["context"]).create({"reason": "Help"})
        dialog.action_pass_up()
        self.assertEqual(self.task.escalation_ids.user_ids, self.head)
