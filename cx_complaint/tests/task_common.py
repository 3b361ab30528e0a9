from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from .procedure_common import ProcedureCommon

PLACE = ZoneInfo("Asia/Shanghai")
# name of a calendar: its hours from Monday to Friday
HOURS = {
    "K1": ((10, 18),),
    "K2": ((9, 17),),
    "K3": ((8, 17),),
    "K4": ((8, 12), (13, 17)),
}


class TaskCommon(ProcedureCommon):
    """A rulebook in a company that works in Shanghai; moments are local, ``"2026-11-30 09:00"`` is a Monday."""

    CALENDAR = "K4"
    START = "2026-11-30 09:00"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        freezer = freeze_time(cls._utc(cls.START))
        cls.clock = freezer.start()
        cls.addClassCleanup(freezer.stop)
        cls.calendars = {name: cls._create_calendar(name) for name in HOURS}
        cls.company.resource_calendar_id = cls.calendars[cls.CALENDAR]
        cls.service, cls.quality = cls._role("service"), cls._role("quality")

    def setUp(self):
        super().setUp()
        self.at(self.START)

    @classmethod
    def _create_calendar(cls, name, hours=None, zone=PLACE.key):
        return cls.env["resource.calendar"].create({
            "name": name, "company_id": cls.company.id, "tz": zone,
            "attendance_ids": [(5, 0, 0)] + [
                (0, 0, {"name": f"{day} {begin}", "dayofweek": str(day), "hour_from": begin, "hour_to": end,
                        "day_period": "morning" if begin < 12 else "afternoon"})
                for day in range(5) for begin, end in (HOURS[name] if hours is None else hours)],
        })

    @classmethod
    def _holiday(cls, day, calendar=None, name="Holiday"):
        """A public holiday of the company on a local day."""
        return cls.env["resource.calendar.leaves"].create({
            "name": name, "company_id": cls.company.id, "calendar_id": calendar.id if calendar else False,
            "date_from": cls._utc(f"{day} 00:00"), "date_to": cls._utc(f"{day} 23:59")})

    @classmethod
    def _replace_milestones(cls, *milestones):
        """The procedure has these duties and no other: ``(code, role, values)``; it is put in force with them."""
        cls.procedure.milestone_ids.sorted("after_id").unlink()
        made = {}
        for code, role, vals in milestones:
            if after := vals.pop("after", None):
                vals["after_id"] = made[after].id
            made[code] = cls._milestone(cls.procedure, code, role, **vals)
        cls._in_force()
        return made

    # Time

    @staticmethod
    def _utc(local):
        """A local moment as Odoo stores it."""
        return datetime.fromisoformat(local).replace(tzinfo=PLACE).astimezone(timezone.utc).replace(tzinfo=None)

    @staticmethod
    def _local(moment):
        return moment and moment.replace(tzinfo=timezone.utc).astimezone(PLACE).strftime("%Y-%m-%d %H:%M")

    def at(self, local):
        """It is now this time at the place."""
        self.clock.move_to(self._utc(local))

    # Tasks

    def task(self, code, complaint=None):
        """The latest turn of a task of the case."""
        return (complaint or self.case).task_ids.filtered(lambda task: task.milestone_id.code == code).sorted("nth")[-1:]

    def assertTasks(self, expected, complaint=None):
        """State and local due date of each turn, by code and number: ``{"reply": "running 2026-12-01 12:00"}``."""
        tasks = (complaint or self.case).task_ids.sorted(lambda task: (task.milestone_id.code, task.nth))
        self.assertEqual({
            task.milestone_id.code if task.nth == 1 else f"{task.milestone_id.code} {task.nth}":
            " ".join(filter(None, (task.state, self._local(task.due_on)))) for task in tasks}, expected)

    def assertDue(self, code, local):
        self.assertEqual(self._local(self.task(code).due_on), local, code)
