"""The job that tells of deadlines: twice at the same moment, and killed at any point; see two_people."""

from .two_people import RACE

# ``count`` cases with a task each that is late; ``chief`` is to hear of them. ``told()``: escalations, activities and
# messages to him per case, and how many cases there are.
LATE = """
from odoo.addons.cx_complaint.models.case import task_alarm_cron
task_alarm_cron._BATCH = 2
chief = env["res.users"].create({
    "name": "Chief", "login": "cx_chief_of_late", "group_ids": [(6, 0, [env.ref("cx_complaint.group_reader").id])]})
env["cx.role"].search([("function", "=", "management")]).active = False
env["cx.role"].create({"name": "Chief", "function": "management", "rank": "top", "user_ids": chief.ids})
procedure = env["cx.procedure"].create({"name": "House rules", "code": "LATE"})
role = env["cx.procedure.role"].create({
    "procedure_id": procedure.id, "name": "Chief", "code": "chief", "function": "management", "rank": "top"})
ladder = env["cx.ladder"].create({
    "procedure_id": procedure.id, "name": "Late", "code": "late",
    "rung_ids": [(0, 0, {"role_id": role.id, "is_quiet_outside_hours": False})]})
milestone = env["cx.milestone"].create({
    "procedure_id": procedure.id, "name": "Reply", "code": "reply", "role_id": role.id, "start_event": "received",
    "limit_value": 1, "limit_unit": "hour", "ladder_id": ladder.id})
procedure.action_put_in_force()
customer = env["res.partner"].create({"name": "Customer"})
for number in range(values["count"]):
    case = env["cx.complaint"].create({"summary": f"Late {number}", "partner_id": customer.id})
    env["cx.task"].create({
        "complaint_id": case.id, "milestone_id": milestone.id, "role_id": role.id, "started_on": "2026-01-01 08:00:00",
        "due_on": "2026-01-01 09:00:00"})
env.cr.commit()
"""

# per case: escalations, open activities and messages that say so
TOLD = """
    SELECT count(DISTINCT escalation.id), count(DISTINCT activity.id), count(DISTINCT message.id)
      FROM cx_task task
      JOIN cx_milestone milestone ON milestone.id = task.milestone_id AND milestone.code = 'reply'
      JOIN cx_procedure procedure ON procedure.id = milestone.procedure_id AND procedure.code = 'LATE'
      LEFT JOIN cx_escalation escalation ON escalation.task_id = task.id
      LEFT JOIN mail_activity activity ON activity.cx_task_id = task.id
      LEFT JOIN mail_message message ON message.model = 'cx.complaint' AND message.res_id = task.complaint_id
            AND message.subtype_id = (
                SELECT res_id FROM ir_model_data WHERE module = 'cx_complaint' AND name = 'mt_complaint_escalated')
     GROUP BY task.id
"""


def test_two_jobs_at_once(installed):
    """Two schedulers look at the same tasks at the same moment: each of them is told of once."""
    installed.shell(LATE + RACE + """
result = race(lambda env: env["cx.task"]._cron_alarms(), lambda env: env["cx.task"]._cron_alarms())
""", count=3)
    assert installed.sql(TOLD) == [(1, 1, 1)] * 3


def test_done_at_the_moment_of_the_deadline(installed):
    """Somebody ends the task while the job looks at it: nobody hears of what is done."""
    installed.shell(LATE + RACE + """
task = milestone.env["cx.task"].search([("milestone_id", "=", milestone.id)])
result = race(
    lambda env: task.with_env(env).write({"state": "done"}), lambda env: env["cx.task"]._cron_alarms())
""", count=1)
    assert installed.sql(TOLD) == [(0, 0, 0)]


# a process of its own tells what is due, and dies without a word before a write or a commit, after ``left`` others;
# whether it came to its end. Nothing is open when it forks, for two processes cannot share a connection.
KILLED = """
import os
import odoo
from contextlib import closing
registry = env.registry
POINTS = (
    ("cx.escalation", "create"), ("mail.activity", "create"), ("cx.task", "_post_escalation"),
    ("cx.task", "_schedule_alarms"), ("ir.cron", "_commit_progress"), ("cx.task", "_alarmed"))


def dying(original, left):
    def method(*args, **kwargs):
        if not left[0]:
            os._exit(9)
        left[0] -= 1
        return original(*args, **kwargs)
    return method


def run(left):
    pid = os.fork()
    if not pid:
        countdown, code = [left], 1
        for model, name in POINTS:
            setattr(registry[model], name, dying(getattr(registry[model], name), countdown))
        try:
            with closing(registry.cursor()) as cr:
                odoo.api.Environment(cr, 1, {})["cx.task"]._cron_alarms()
            code = 0
        finally:
            os._exit(code)  # whatever happens, the copy does not go on with the test
    status = os.waitpid(pid, 0)[1]
    return not status


def query(text):
    with closing(odoo.sql_db.db_connect(registry.db_name).cursor()) as cr:
        cr.execute(text)
        rows = cr.fetchall() if cr.description and not text.lstrip().startswith("DELETE") else None
        cr.commit()
    odoo.sql_db.close_all()
    return rows


env.cr.close()
odoo.sql_db.close_all()
result = []
for left in range(100):
    is_over = run(left)
    killed = query(values["told"])
    is_told = run(-1)
    result.append([killed, query(values["told"])])
    if is_over or not is_told:
        break
    for table in ("cx_escalation", "mail_activity"):
        query(f"DELETE FROM {table} WHERE {'cx_task_id' if table == 'mail_activity' else 'task_id'} IN"
              f" (SELECT id FROM cx_task WHERE milestone_id = {milestone_id})")
    query("DELETE FROM mail_message WHERE model = 'cx.complaint' AND subtype_id = " + str(subtype_id))
    query(f"UPDATE cx_task SET next_alarm_on = due_on WHERE milestone_id = {milestone_id}")
env = env(cr=registry.cursor())
"""


def test_killed_at_every_point(installed):
    """However far the job came, nothing is told by half, and the next run tells the rest: nobody twice, nobody never."""
    played = installed.shell(LATE + """
milestone_id = milestone.id
subtype_id = env.ref("cx_complaint.mt_complaint_escalated").id
env.cr.commit()
""" + KILLED, count=5, told=TOLD)
    for point, (killed, afterwards) in enumerate(played):
        assert {tuple(row) for row in killed} <= {(0, 0, 0), (1, 1, 1)}, f"point {point}: told by half: {killed}"
        assert afterwards == [[1, 1, 1]] * 5, f"point {point}: {afterwards}"
    assert len(played) > 15, "each batch has several points"
    assert {sum(row[0] for row in killed) for killed, _afterwards in played} == {0, 2, 4, 5}
