from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .task_common import TaskCommon

# code of a milestone: its limit, begun on Monday 30 November at 9:00
LIMITS = {
    "hour": {"limit_value": 24, "limit_unit": "hour"},
    "work": {"limit_value": 4, "limit_unit": "working_hour"},
    "days": {"limit_value": 2, "limit_unit": "working_day"},
    "calendar": {"limit_value": 3, "limit_unit": "calendar_day"},
    "month": {"limit_value": 1, "limit_unit": "month"},
    "eighth": {"limit_value": 8, "limit_unit": "day_of_next_month"},
    "agreed": {"limit_unit": "agreed"},
    "far": {"band_ids": [
        (0, 0, {"up_to_km": 1000, "limit_value": 24, "limit_unit": "hour"}),
        (0, 0, {"from_km": 1000, "limit_value": 3, "limit_unit": "working_day"})]},
    "reach": {"limit_value": 2, "limit_unit": "working_day", "unreachable_value": 5},
    "firm": {"limit_value": 4, "limit_unit": "working_hour", "is_extendable": False},
}

REQUIRED = {"cx.task.extend": {"reason": "Curious"}, "cx.task.tell": {"customer_told": "Later"}}


@tagged("post_install", "-at_install")
class TestCaseExtension(TaskCommon):
    """More time for a task, told in advance: the dialog says what it may take, and when it will be due."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(*(
            (code, cls.quality, {"start_event": "received", "is_extendable": True, **limit}) for code, limit in LIMITS.items()))
        cls.worker = cls.users_by_login["cx_quality"]

    def setUp(self):
        super().setUp()
        self.case = self._complain(nature="quality", agreed_on=self._utc("2026-12-04 14:00"))

    def dialog(self, code, user=None, **vals):
        task = self.task(code).with_user(user or self.worker)
        action = task.action_extend()
        form = Form(self.env["cx.task.extend"].with_user(task.env.user).with_context(**action["context"]))
        for name, value in vals.items():
            setattr(form, name, value)
        return form

    # What is refused

    def test_in_advance_only(self):
        """Late, done, not extendable, waiting: each says what to do instead."""
        with self.assertRaisesRegex(UserError, "gives it no more time"):
            self.dialog("firm")
        self.at("2026-11-30 15:00")
        with self.assertRaisesRegex(UserError, "late already"):
            self.dialog("work")
        self.case._wait("customer", "Photos")
        with self.assertRaisesRegex(UserError, "Resume the case first"):
            self.dialog("days")
        self.case._resume()
        self.task("days").action_done("Done")
        with self.assertRaisesRegex(UserError, "done or not needed"):
            self.dialog("days")

    def test_what_is_no_extension(self):
        """Nothing, less than nothing, and more than anybody means."""
        due = self.task("days").due_on
        for amount in (0, -1, 1e9, float("nan")):
            with self.subTest(amount=amount), self.assertRaisesRegex(UserError, "no extension"):
                self.task("days").with_user(self.worker)._extend(amount, "More")
        self.assertEqual(self.task("days").due_on, due)

    def test_nobody_from_elsewhere_hears_of_it(self):
        """Neither who works in another company nor a customer with an account gets the message."""
        other = self.env["res.company"].create({"name": "Other company"})
        stranger = new_test_user(
            self.env, "cx_stranger", groups="base.group_user", company_id=other.id, company_ids=[(6, 0, other.ids)])
        portal = new_test_user(self.env, "cx_portal_x", groups="base.group_portal")
        for user in (stranger, portal):
            with self.assertRaisesRegex(UserError, "does not work in the company"):
                self.task("days").with_user(self.worker)._extend(1, "More", user)

    def test_a_task_that_one_does_not_see_shows_nothing(self):
        """A dialog on somebody else's task tells neither date nor limit, and extends nothing."""
        employee, task_id = self.users_by_login["cx_employee"], self.task("days").id

        def dialog(model):
            opened = self.env[model].with_user(employee).create({"task_id": task_id, **REQUIRED.get(model, {})})
            self.env.flush_all()
            self.env.invalidate_all()  # the next call knows nothing of this one
            return opened

        for model, names in (("cx.task.extend", ("due_on",)), ("cx.task.done", ("is_late",)),
                             ("cx.task.tell", ("due_on", "promised_on"))):
            for name in names:
                with self.subTest(name), self.assertRaises(AccessError):
                    dialog(model)[name]
        for model, verb in (("cx.task.extend", "action_extend"), ("cx.task.done", "action_done"), ("cx.task.tell", "action_tell")):
            with self.assertRaises(AccessError):
                getattr(dialog(model), verb)()
        self.assertFalse(dialog("cx.task.extend").unit or dialog("cx.task.extend").limit_text)

    # What the dialog says

    def test_each_limit_in_its_own_words(self):
        """Limit, unit of what is granted, and the date from then on: what the dialog says is what it does."""
        for code, limit, unit, amount, due in (
            ("hour", "24 hours", "hour", 6, "2026-12-01 15:00"),
            ("work", "4 working hours", "working_hour", 3, "2026-11-30 17:00"),
            ("days", "2 working days", "working_day", 1, "2026-12-03 09:00"),
            ("calendar", "3 calendar days", "calendar_day", 2, "2026-12-05 23:59"),
            ("month", "1 month", "calendar_day", 3, "2027-01-02 23:59"),
            ("eighth", "day 8 of the next month", "calendar_day", 2, "2026-12-10 23:59"),
            ("far", "24 hours, as long as no distance is entered", "hour", 12, "2026-12-01 21:00"),
            ("reach", "2 working days", "working_day", 2, "2026-12-04 09:00"),
        ):
            with self.subTest(code):
                dialog = self.dialog(code, amount=amount, reason="A second laboratory")
                self.assertEqual((dialog.limit_text, dialog.unit, self._local(dialog.new_due_on)), (limit, unit, due))
                dialog.save().action_extend()
                self.assertDue(code, due)

    def test_a_date_that_was_agreed(self):
        """So many hours behind it; and the customer is told, for he counts with it."""
        dialog = self.dialog("agreed", amount=3, reason="The fitter is late")
        self.assertEqual(
            (dialog.limit_text, dialog.unit, self._local(dialog.new_due_on)),
            ("date agreed with the customer", "hour", "2026-12-04 17:00"))
        with self.assertRaisesRegex(UserError, "Tell him first"):
            self.task("agreed").with_user(self.worker)._extend(3, "The fitter is late")
        dialog.customer_told = "Three hours later"
        dialog.save().action_extend()
        self.assertDue("agreed", "2026-12-04 17:00")

    def test_by_distance_and_unreachable(self):
        """Far away the unit of that band counts; a customer who cannot be reached has the limit for it."""
        self.case.distance_km = 1500
        dialog = self.dialog("far", amount=1)
        self.assertEqual(
            (dialog.limit_text, dialog.unit, self._local(dialog.new_due_on)),
            ("3 working days, at a distance of 1500 km", "working_day", "2026-12-04 09:00"))
        self.case.is_unreachable = True
        self.assertDue("reach", "2026-12-07 09:00")
        dialog = self.dialog("reach", amount=1)
        self.assertEqual(
            (dialog.limit_text, self._local(dialog.new_due_on)),
            ("5 working days, as the customer cannot be reached", "2026-12-08 09:00"))

    def test_nearby_and_unknown_count_as_near(self):
        """Next door, and as long as nobody has entered a distance, the shortest limit counts; it never stands without one."""
        for distance, due in ((0, "2026-12-01 09:00"), (1000, "2026-12-01 09:00"), (1500, "2026-12-03 09:00"),
                              (0, "2026-12-01 09:00")):
            self.case.distance_km = distance
            self.assertDue("far", due)

    def test_no_more_time_shows_no_date(self):
        """Nothing entered, nothing promised by the dialog."""
        self.assertFalse(self.dialog("days", amount=0).new_due_on)
        self.assertFalse(self.dialog("days", amount=-3).new_due_on)

    def test_who_is_told_is_told(self):
        """The message names both dates in the reader's time, and reaches whoever waits; it stays among the changes."""
        sales = self.users_by_login["cx_sales"]
        self.worker.tz = "America/New_York"
        self.task("days").with_user(self.worker)._extend(1, "A second laboratory", sales)
        message = self.case.message_ids[0]
        self.assertIn(sales.partner_id, message.partner_ids)
        # 9:00 in Shanghai is 20:00 of the day before in New York
        self.assertIn("due on 12/02/2026 08:00 PM instead of 12/01/2026 08:00 PM", message.body)
        self.assertRecordValues(self.task("days").change_ids, [{
            "kind": "extension", "old_due_on": self.task("days").due_on - timedelta(days=1),
            "new_due_on": self.task("days").due_on, "user_id": self.worker.id}])
