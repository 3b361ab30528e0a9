from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestCasePromise(TaskCommon):
    """A date that is promised to the customer: he is told when it moves, and what he was told is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("arrive", cls.quality, {"start_event": "received", "limit_value": 2, "limit_unit": "working_day",
                                     "is_extendable": True, "is_promise": True}),
            ("report", cls.quality, {"start_event": "received", "limit_value": 2, "limit_unit": "working_day",
                                     "is_extendable": True}),
            ("visit", cls.quality, {"start_event": "received", "limit_unit": "agreed"}),
        )
        cls.worker = cls.users_by_login["cx_quality"]

    def setUp(self):
        super().setUp()
        self.case = self._complain(nature="quality")
        self.arrive = self.task("arrive")

    def promised(self, code="arrive"):
        return self._local(self.task(code).promised_on)

    def report(self, code):
        self.env.flush_all()
        return self.env["cx.clock.report"].search([("complaint_id", "=", self.case.id), ("milestone_id.code", "=", code)])

    # What is refused

    def test_more_time_is_told_to_the_customer_first(self):
        """An extension without a word to him is refused; what is no promise is extended without one."""
        for told in (None, "", "  "):
            with self.assertRaisesRegex(UserError, "Tell him first, and enter what he was told"):
                self.arrive.with_user(self.worker)._extend(1, "The road is closed", customer_told=told)
        self.task("report").with_user(self.worker)._extend(1, "A second laboratory")
        self.assertDue("report", "2026-12-03 09:00")
        self.assertDue("arrive", "2026-12-02 09:00")

    def test_who_has_nothing_to_do_with_it_tells_nothing(self):
        """Neither of somebody else's task, nor of what is no promise, nor without a word."""
        for login, error in (("cx_employee", AccessError), ("cx_sales", UserError)):
            with self.assertRaises(error):
                self.arrive.with_user(self.users_by_login[login])._tell_customer("Later")
        with self.assertRaisesRegex(UserError, "not promised"):
            self.task("report").with_user(self.worker)._tell_customer("Later")
        with self.assertRaisesRegex(UserError, "Nothing is said"):
            self.arrive.with_user(self.worker)._tell_customer(" ")
        with self.assertRaises(AccessError):
            self.arrive.with_user(self.worker).write({"promised_on": self._utc("2027-01-01 09:00")})

    # What is kept

    def test_the_first_date_is_what_he_is_told(self):
        """The case shows it to whoever speaks with him; other tasks are none of his business."""
        self.assertEqual(self.promised(), "2026-12-02 09:00")
        self.assertFalse(self.task("report").promised_on)
        shown = self.case.with_user(self.users_by_login["cx_service"]).with_context(tz="Asia/Shanghai").promise_text
        self.assertEqual(shown, "Arrive: 12/02/2026 09:00 AM")

    def test_an_extension_that_he_was_told_of(self):
        """The new date is promised; what he was told stands among the contacts, and among the changes."""
        action = self.arrive.with_user(self.worker).action_extend()
        form = Form(self.env["cx.task.extend"].with_user(self.worker).with_context(tz="Asia/Shanghai", **action["context"]))
        form.amount, form.reason, form.customer_told = 1, "The road is closed", "A day later; she agrees"
        form.save().action_extend()
        self.assertEqual(self.promised(), "2026-12-03 09:00")
        self.assertFalse(self.arrive.is_promise_moved)
        self.assertRecordValues(self.case.contact_ids.filtered(lambda contact: contact.kind == "told"), [{
            "summary": "Arrive by 12/03/2026 09:00 AM: A day later; she agrees", "user_id": self.worker.id}])
        self.assertEqual(self.arrive.change_ids.mapped("kind"), ["told", "extension"])

    def test_what_moves_it_otherwise_moves_no_promise(self):
        """Waiting for a supplier moves the due date; he has still been told the old one, until he is told otherwise."""
        self.case._wait("supplier", "A part")
        self.at("2026-12-01 09:00")
        self.case._resume()
        self.assertDue("arrive", "2026-12-03 09:00")
        self.assertEqual(self.promised(), "2026-12-02 09:00")
        moved = self.env["cx.task"].search([("complaint_id", "=", self.case.id), ("is_promise_moved", "=", True)])
        self.assertEqual(moved, self.arrive)
        self.assertEqual(moved, self.case.task_ids.filtered("is_promise_moved"))
        self.assertIn("which he has not been told", self.case.promise_text)
        action = self.arrive.with_user(self.worker).action_tell_customer()
        dialog = Form(self.env["cx.task.tell"].with_user(self.worker).with_context(**action["context"]))
        dialog.customer_told = "A day later"
        dialog.save().action_tell()
        self.assertEqual(self.promised(), "2026-12-03 09:00")
        self.assertNotIn("not been told", self.case.promise_text)

    def test_a_date_agreed_is_a_promise(self):
        """Agreed anew it is promised anew: he knows of it."""
        self.assertFalse(self.task("visit").promised_on)
        self.case.agreed_on = self._utc("2026-12-08 14:00")
        self.assertEqual(self.promised("visit"), "2026-12-08 14:00")
        self.case.agreed_on = self._utc("2026-12-09 14:00")
        self.assertEqual(self.promised("visit"), "2026-12-09 14:00")
        self.assertEqual(self.promised(), "2026-12-02 09:00", "what was promised beside it stays")

    def test_begun_while_it_waits(self):
        """What has no date yet is promised with the first date that it has."""
        self.case._wait("customer", "Photos")
        self.arrive.sudo().promised_on = False
        self.at("2026-11-30 10:00")
        self.case._resume()
        self.assertEqual(self.promised(), "2026-12-02 10:00")

    def test_the_report_counts_promises_by_what_he_was_told(self):
        """In time by a clock that stood, and a broken promise all the same; other tasks are not among the promises."""
        self.case._wait("supplier", "A part")
        self.at("2026-12-01 09:00")
        self.case._resume()
        self.at("2026-12-02 15:00")
        self.task("report").action_done("Done")
        self.arrive.action_done("There")
        self.assertRecordValues(self.report("arrive"), [{"is_promise": True, "on_time_rate": 100, "kept_rate": 0}])
        report = self.report("report")
        self.assertRecordValues(report, [{"is_promise": False, "on_time_rate": 100}])
        groups = self.env["cx.clock.report"]._read_group(
            [("complaint_id", "=", self.case.id)], ["is_promise"], ["kept_rate:avg"])
        self.assertEqual(dict(groups)[True], 0)
        self.assertFalse(dict(groups)[False])

    def test_over_it_is_no_promise_any_more(self):
        """Done, or the case is over: the case shows nothing to keep."""
        self.arrive.action_done("There")
        self.assertFalse(self.case.promise_text)
