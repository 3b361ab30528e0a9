from odoo.tests import tagged

from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestCaseTaskPerformance(TaskCommon):
    """What a rulebook costs does not grow with its length, nor with the number of cases and clocks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={})  # as users have it: the chatter is written
        cls.customer, cls.company = cls.customer.with_env(cls.env), cls.company.with_env(cls.env)

    def _queries(self, call):
        """Queries of ``call`` as a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _register(self, count=1):
        self.env["cx.complaint"].create([
            {"summary": "It rattles", "partner_id": self.customer.id} for _number in range(count)])

    def _cost_of_intake(self):
        self._register()  # what is kept of rulebook and working time is read
        return self._queries(self._register)

    def _put_in_force(self, code, length):
        """A rulebook of so many duties that begin with the receipt, which every case falls under."""
        procedure = self._create_procedure(code)
        for number in range(length):
            self._milestone(
                procedure, f"m{number}", self._role("quality", procedure), start_event="received", limit_value=1 + number,
                limit_unit="working_hour")
        self.env["cx.procedure.choice"].search([]).active = False
        self._in_force(procedure)

    def test_length_of_a_rulebook_costs_nothing(self):
        """A case under thirty duties needs as many queries as one under three, and few more than one under no rulebook."""
        bare = self._cost_of_intake()
        self._put_in_force("SHORT", 3)
        short = self._cost_of_intake()
        self._put_in_force("LONG", 30)
        long = self._cost_of_intake()
        self.assertEqual(len(self.env["cx.complaint"].search([], order="id desc", limit=1).task_ids), 31)
        self.assertEqual(long, short)
        self.assertLessEqual(long / bare, 1.4)

    def test_many_cases_at_once(self):
        """The tasks of twenty cases that are registered at once cost hardly more queries than those of one."""
        self._put_in_force("LONG", 30)
        single = self._cost_of_intake()
        many = self._queries(lambda: self._register(20))
        self.env["cx.procedure.choice"].search([]).active = False
        bare_single, bare_many = self._cost_of_intake(), self._queries(lambda: self._register(20))
        self.assertLessEqual(many - bare_many, 3 * (single - bare_single))

    def test_many_clocks_after_a_holiday(self):
        """A holiday moves eighty clocks in hardly more queries than eight: rows are written in batches."""
        self._put_in_force("LONG", 8)
        self._register()
        few = self._queries(lambda: self._holiday("2026-12-01"))
        self._register(9)
        tasks = self.env["cx.task"].search([("milestone_id.code", "=like", "m%"), ("state", "=", "running")])
        self.assertEqual(len(tasks), 80)
        before = {task: task.due_on for task in tasks}
        many = self._queries(lambda: self._holiday("2026-11-30"))
        self.assertTrue(all(task.due_on > before[task] for task in tasks))
        self.assertLessEqual(many, few + 5)

    def test_working_time_is_read_anew_when_it_changes(self):
        """What is kept of a calendar is forgotten with every change: hours, holidays, time zone, kind of schedule."""
        self._put_in_force("LONG", 4)
        case = self._complain()
        self.assertEqual(self._local(self.task("m3", case).due_on), "2026-11-30 14:00")
        calendar = self.company.resource_calendar_id
        holiday = self._holiday("2026-11-30")
        self.assertEqual(self._local(self.task("m3", case).due_on), "2026-12-01 12:00")
        self.assertEqual(self._local(self.task("m3", self._complain()).due_on), "2026-12-01 12:00")
        holiday.unlink()
        calendar.attendance_ids.filtered(lambda hours: hours.hour_from == 13).unlink()
        self.assertEqual(self._local(self.task("m3", self._complain()).due_on), "2026-12-01 09:00")
        calendar.tz = "Asia/Tokyo"
        self.assertEqual(self._local(self.task("m3", self._complain()).due_on), "2026-12-01 09:00")
        self.assertEqual(self._local(self.task("m0", self._complain()).due_on), "2026-11-30 10:00")
        calendar.schedule_type = "flexible"
        self.assertEqual(self._local(self.task("m3", case).due_on), "2026-11-30 13:00")
