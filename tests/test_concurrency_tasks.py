"""Two people at the same moment, and what the rulebook makes of one case; see two_people."""

from .two_people import RACE

# ``case`` under a rulebook whose second duty begins when it is confirmed, whose third one after the second
RULES = """
procedure = env["cx.procedure"].create({"name": "House rules", "code": "RACE"})
role = env["cx.procedure.role"].create({
    "procedure_id": procedure.id, "name": "Service", "code": "service", "function": "service"})


def milestone(code, **vals):
    return env["cx.milestone"].create({
        "procedure_id": procedure.id, "name": code, "code": code, "role_id": role.id, "limit_value": 1, "limit_unit": "hour",
        **vals})


milestone("receive", start_event="received")
search = milestone("search", start_event="confirmed")
milestone("report", after_id=search.id)
procedure.action_put_in_force()
env["cx.procedure.choice"].create({"procedure_id": procedure.id, "company_id": env.company.id, "sequence": -1})
customer = env["res.partner"].create({"name": "Customer", "phone": "1"})
case = env["cx.complaint"].create({
    "summary": "Broken", "partner_id": customer.id, "phone": "1", "is_read_back": True, "demand": "Put it right"})
env.cr.commit()
"""

TASKS = """
    SELECT milestone.code, task.nth, task.state
      FROM cx_task task
      JOIN cx_milestone milestone ON milestone.id = task.milestone_id
      JOIN cx_procedure procedure ON procedure.id = milestone.procedure_id AND procedure.code = 'RACE'
     ORDER BY task.id
"""


def test_confirmed_by_two(installed):
    """Two confirm one case at the same moment: the task that begins with it begins once, the second one is told."""
    told = installed.shell(RULES + RACE + """
result = race(lambda env: case.with_env(env).action_confirm(), lambda env: case.with_env(env).action_confirm())
""")
    assert told[0] == "again", told
    assert "It is confirmed" in told[1].replace("Confirmed", "confirmed"), told
    assert installed.sql(TASKS) == [("receive", 1, "running"), ("search", 1, "running")]


def test_confirmed_while_a_line_is_added(installed):
    """One confirms, one adds a line: both make the rulebook look at the case, and the task is there once."""
    told = installed.shell(RULES + RACE + """
result = race(
    lambda env: case.with_env(env).action_confirm(),
    lambda env: env["cx.complaint.line"].create({"complaint_id": case.id, "name": "Handle", "quantity": 1})
    and case.with_env(env)._sync_tasks())
""")
    assert told == ["again", "passed"] or told == ["passed"], told
    assert installed.sql(TASKS) == [("receive", 1, "running"), ("search", 1, "running")]


def test_done_by_two(installed):
    """Two end one task at the same moment: what comes after it begins once, the second one is told that it is done."""
    told = installed.shell(RULES + """
case.action_confirm()
task = case.task_ids.filtered(lambda task: task.milestone_id == search)
""" + RACE + """
result = race(lambda env: task.with_env(env).action_done("Found"), lambda env: task.with_env(env).action_done("Found too"))
""")
    assert told[0] == "again", told
    assert len(told) == 2 and told[1] != "passed", told
    assert installed.sql(TASKS) == [("receive", 1, "running"), ("search", 1, "done"), ("report", 1, "running")]
