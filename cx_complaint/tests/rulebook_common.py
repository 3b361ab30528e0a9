from datetime import datetime, timedelta, timezone
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .common import CxCommon

PLACE = ZoneInfo("Asia/Shanghai")
# function: groups of its people; functions without rights of their own read
GROUPS = {
    "service": "cx_complaint.group_service",
    "after_sales": "cx_complaint.group_service",
    "information": "cx_complaint.group_service",
    "sales": "cx_complaint.group_sales",
    "quality": "cx_complaint.group_quality",
    "engineering": "cx_complaint.group_engineering",
    "planning": "cx_complaint.group_planning",
    "warehouse": "cx_complaint.group_warehouse",
    "trade": "cx_complaint.group_trade",
    "finance": "cx_complaint.group_finance",
    "management": "cx_complaint.group_manager",
}
# what a step of a case needs to be written down before it
READY = {
    "confirm": {"is_read_back": True, "demand": "Put it right"},
    "conclude": {"conclusion": "<p>Found</p>"},
    "decide": {"solution": "<p>We put it right</p>"},
    "answer": {"answer": "<p>It will be put right</p>"},
    "close": {"outcome": "established", "acceptance": "accepted"},
}


class RulebookCommon(CxCommon):
    """A shipped procedure in force in a company that works Monday to Friday 08-12 and 13-17 in Shanghai; no test methods.

    People are called after what they are: ``cx_quality`` is the clerk of quality, ``cx_quality_head`` the head, and so on;
    each role of the procedure is filled by exactly the person of its function and rank. Moments are local:
    ``"2026-11-30 09:00"`` is a Monday.
    """

    CODE = None  # as in the names of the files: s2_08
    START = "2026-11-30 09:00"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._without_demo_rulebook()
        freezer = freeze_time(cls._utc("2026-11-02 09:00"))
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.company = cls.env.company
        cls.company.resource_calendar_id = cls._create_calendar()
        cls.customer.write({"phone": "13800000001", "email": "customer@example.com"})
        cls._create_departments()
        cls.procedure = cls._load(cls.CODE)
        cls._prepare_procedure()
        cls._fill_roles()
        cls.procedure.action_put_in_force()
        cls.env["cx.procedure.choice"].create({"company_id": cls.company.id, "procedure_id": cls.procedure.id})

    def setUp(self):
        super().setUp()
        self.at(self.START)

    # The house

    @classmethod
    def _create_calendar(cls):
        return cls.env["resource.calendar"].create({
            "name": "08-12, 13-17", "company_id": cls.company.id, "tz": PLACE.key,
            "attendance_ids": [(5, 0, 0)] + [
                (0, 0, {"name": f"{day} {hour}", "dayofweek": str(day), "hour_from": hour, "hour_to": hour + 4,
                        "day_period": period})
                for day in range(5) for hour, period in ((8, "morning"), (13, "afternoon"))],
        })

    @classmethod
    def _create_departments(cls):
        """One department of each function, with a head, a member and the member on duty; no other."""
        Department = cls.env["cx.department"]
        Department.search([]).active = False
        cls.departments = {}
        for function, label in Department._fields["function"]._description_selection(cls.env):
            clerk = cls._person(function)
            cls.departments[function] = Department.create({
                "name": label, "function": function, "head_id": cls._person(function, "head").id,
                "member_ids": clerk.ids, "duty_user_id": clerk.id})

    @classmethod
    def _fill_roles(cls):
        """Each function and rank that the procedure names is filled by its person, and nothing else is."""
        cls.env["cx.role"].search([]).active = False
        roles = cls.procedure.role_ids.filtered(lambda role: role.resolver == "role")
        for function, rank in sorted({(role.function, role.rank) for role in roles}):
            cls.env["cx.role"].create({
                "name": f"{function} {rank}", "function": function, "rank": rank,
                "user_ids": cls._person(function, rank).ids})

    @classmethod
    def _person(cls, function, rank="clerk"):
        """The user of this function and rank, made when he is asked for."""
        login = f"cx_{function}" if rank == "clerk" else f"cx_{function}_{rank}"
        if login not in cls.users_by_login:
            cls.users_by_login[login] = new_test_user(
                cls.env, login, groups=f"base.group_user,{GROUPS.get(function, 'cx_complaint.group_reader')}")
        return cls.users_by_login[login]

    # The procedure

    @classmethod
    def _load(cls, code):
        """The procedure as it is shipped, in draft."""
        return cls.env["cx.procedure"]._load_shipped([code.upper().replace("_", ".")], cls.company)

    @classmethod
    def _prepare_procedure(cls):
        """What the company fills in before it puts the procedure in force; nothing."""

    def part(self, name):
        """A part of the procedure by the end of its id: ``milestone_reply``."""
        return self.env.ref(f"cx_complaint.procedure_{self.CODE}_{name}")

    def role(self, code):
        return self.procedure.role_ids.filtered(lambda role: role.code == code)

    def milestone(self, code):
        found = self.procedure.milestone_ids.filtered(lambda milestone: milestone.code == code)
        self.assertTrue(found, f"no milestone {code}")
        return found

    # Time

    @staticmethod
    def _utc(local):
        """A moment of the place as Odoo stores it."""
        moment = datetime.fromisoformat(local).replace(tzinfo=PLACE)
        return moment.astimezone(timezone.utc).replace(tzinfo=None)

    @staticmethod
    def _local(moment):
        """A stored moment as people at the place write it."""
        return moment and moment.replace(tzinfo=timezone.utc).astimezone(PLACE).strftime("%Y-%m-%d %H:%M")

    def at(self, local):
        """It is now this time at the place."""
        self.clock.move_to(self._utc(local))

    def run_cron(self):
        """The job that tells whoever has to hear of deadlines runs now."""
        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 60):
            self.env["cx.task"]._cron_alarms()

    def pass_time(self, **span):
        """Time goes by: ``hours=2``."""
        self.clock.tick(timedelta(**span))

    # The case

    def complain(self, at=None, login="cx_service", received=None, **vals):
        """Register a complaint at this local time; ``received`` when it really arrived before."""
        if at:
            self.at(at)
        if received:
            vals["received_on"] = self._utc(received)
        vals = {"summary": "It does not work", "partner_id": self.customer.id, **vals}
        self.complaint = self._as(login, self.env["cx.complaint"]).create(vals).with_user(self.env.user)
        return self.complaint

    def step(self, verb, login="cx_service", at=None, **vals):
        """Take a step of the case, with what it needs to be written down."""
        if at:
            self.at(at)
        self.complaint.write({**READY.get(verb, {}), **vals})
        getattr(self._as(login, self.complaint), f"action_{verb}")()
        self.complaint.invalidate_recordset()

    def name_department(self, function):
        """Quality names who answers for the cause."""
        self.complaint.responsible_department_id = self.departments[function]

    # Tasks

    def task(self, code, complaint=None):
        """The task of a milestone in the case, the latest turn; none when it has not started."""
        tasks = (complaint or self.complaint).task_ids.filtered(lambda task: task.milestone_id.code == code)
        return tasks.sorted("nth")[-1:]

    def do(self, code, login, result="Done", late_reason=False, at=None):
        """Whoever has the task says that it is done."""
        if at:
            self.at(at)
        task = self.task(code)
        self.assertTrue(task, f"{code} has not started")
        self._as(login, task).action_done(result, late_reason)
        self.complaint.invalidate_recordset()

    def give_reason(self, code, login, reason):
        """Whoever has the task says why it is late."""
        self._as(login, self.task(code))._explain(reason)

    def assertNotStarted(self, code):
        self.assertFalse(self.task(code), f"{code} has started")

    def assertRunning(self, code):
        self.assertEqual(self.task(code).state, "running", code)

    def assertDone(self, code):
        self.assertEqual(self.task(code).state, "done", code)

    def assertDue(self, code, local):
        """The task is due at this local time; False: it has no clock."""
        task = self.task(code)
        self.assertTrue(task, f"{code} has not started")
        self.assertEqual(self._local(task.due_on), local, code)

    def assertQueue(self, code, *logins):
        """The task stands in the queue of exactly these people."""
        task = self.task(code)
        self.assertTrue(task, f"{code} has not started")
        self.assertEqual(set(task.queue_user_ids.mapped("login")), set(logins), code)

    def assertNotMine(self, code, login):
        """The task is not this person's to do."""
        with self.assertRaises(UserError):
            self.do(code, login)
        self.assertRunning(code)

    def assertRole(self, code, role):
        """The task belongs to this role of the procedure."""
        self.assertEqual(self.task(code).role_id.code, role, code)

    def assertTold(self, milestone, *rungs):
        """The ladder of a milestone: ``(when, offset, unit, role code)`` of each step, in order."""
        ladder = self.milestone(milestone).ladder_id
        self.assertEqual(
            [(rung.when, rung.offset, rung.unit, rung.role_id.code) for rung in ladder.rung_ids.sorted("sequence")],
            [tuple(rung) for rung in rungs], milestone)

    def assertUndecided(self, *codes):
        """Exactly these milestones wait for a value that the document has lost."""
        undecided = self.procedure.milestone_ids.filtered("is_undecided")
        self.assertEqual(set(undecided.mapped("code")), set(codes))

    # Classes and gates

    def assertRoute(self, role, *logins, **vals):
        """With these values, if any, the case goes to this role, which is filled by these people, the first of whom has it."""
        if vals:
            self.complaint.write(vals)
        route = self.complaint.route_id
        self.assertEqual(route.role_id.code, role)
        people = route.role_id._resolve(self.complaint)[route.role_id.id, self.complaint.id]
        self.assertEqual(set(people.mapped("login")), set(logins))
        self.assertEqual(self.complaint.handler_id, people[:1])

    def assertSeverity(self, severity):
        self.assertEqual(self.complaint.severity, severity)

    def assertBlocked(self, verb, code, login="cx_service"):
        """The step is held up for this reason, among others."""
        codes = [blocker.code for blocker in self._as(login, self.complaint)._blockers(verb)]
        self.assertIn(code, codes)

    def assertNotBlocked(self, verb, code, login="cx_service"):
        codes = [blocker.code for blocker in self._as(login, self.complaint)._blockers(verb)]
        self.assertNotIn(code, codes)
