from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestCaseWaiting(TaskCommon):
    """Who says that a case waits, and that it does not any more: one rule for button and check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("reply", cls.service, {"start_event": "received", "limit_value": 4, "limit_unit": "working_hour"}),
            ("fetch", cls._part(cls.procedure, "role", name="Store", code="store", function="warehouse"),
             {"start_event": "received", "nature": "transport"}))

    def setUp(self):
        super().setUp()
        self.case = self._complain(nature="transport")

    def buttons(self, login):
        """Whether the buttons show, and whether pressing them is let through."""
        case = self.case.with_user(self.users_by_login[login])
        case.invalidate_recordset(["can_wait"])
        shown = case.can_wait
        for press in (case.action_wait, case.action_resume):
            if shown:
                press()
            else:
                with self.assertRaisesRegex(AccessError, "who handles the case or has a task of it|read"):
                    press()
        return shown

    def test_who_has_nothing_to_do_with_it_does_not(self):
        """Whoever only registered it, reads it, or had a task that is over."""
        self.case.receiver_id = self.users_by_login["cx_employee"]
        self.assertFalse(self.buttons("cx_employee"))
        self.assertTrue(self.buttons("cx_warehouse"))
        self.task("fetch").action_done("Fetched")
        self.assertFalse(self.buttons("cx_warehouse"))

    def test_who_handles_it_or_has_a_task_does(self):
        """Functions that wait as ever, the handler whatever he is, and who has one of its tasks."""
        for login in ("cx_service", "cx_sales", "cx_warehouse"):
            self.assertTrue(self.buttons(login), login)
        self.assertFalse(self.buttons("cx_finance"))
        self.case.handler_id = self.users_by_login["cx_finance"]
        self.assertTrue(self.buttons("cx_finance"))

    def test_the_store_waits_for_the_carrier(self):
        """From the button to the clock, and back."""
        store = self.users_by_login["cx_warehouse"]
        case = self.case.with_user(store)
        view = "cx_complaint.complaint_view_form"
        self.assertTrue(Form(case, view=view).can_wait)
        action = case.action_wait()
        dialog = Form(self.env["cx.complaint.wait"].with_user(store).with_context(**action["context"]))
        dialog.waiting_for, dialog.reason = "carrier", "The lorry is late"
        dialog.save().action_wait()
        self.assertEqual(self.task("fetch").state, "paused")
        case.action_resume()
        self.assertEqual(self.task("fetch").state, "running")

    def test_of_several_cases_each_must_be_his(self):
        """One that is none of his business stops the whole."""
        other = self._complain(nature="transport")
        other.task_ids.filtered(lambda task: task.name == "Fetch").action_done("Fetched")
        with self.assertRaisesRegex(AccessError, other.name):
            (self.case | other).with_user(self.users_by_login["cx_warehouse"])._wait("carrier", "Late")
        self.assertFalse(self.case.is_waiting)

    def test_when_it_can_have_begun(self):
        """The sentence names the moment on the clock of who reads it, in his language's form."""
        service = self.users_by_login["cx_service"]
        service.tz = "America/New_York"
        with self.assertRaisesRegex(UserError, r"begun to wait on 11/29/2026 07:00 PM"):
            self.case.with_user(service)._wait("customer", "Photos", self._utc("2026-11-30 08:00"))
