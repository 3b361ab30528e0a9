"""Two people set up the same company, or put two drafts of one edition in force, at the same moment; see two_people."""

from .two_people import RACE

# ``walk(env)``: the assistant up to its summary, one name for all
ASSISTANT = """
def walk(env):
    setup = env["cx.procedure.setup"].create({})
    setup.action_next()
    setup.pick_ids.filtered(lambda pick: pick.code == "SMALL").is_chosen = True
    setup.action_next()
    setup.one_user_id = env.ref("base.user_admin")
    setup.role_ids.user_ids = setup.one_user_id
    setup.action_next()
    return setup


for model in ("cx.role", "cx.department", "cx.procedure.choice"):
    env[model].search([]).active = False
setups = walk(env), walk(env)
"""

# ``first`` and ``second`` follow ``earlier``, which every case falls under
EDITIONS = """
earlier = env["cx.procedure"].create({"name": "House rules", "code": "HOUSE"})
earlier.action_put_in_force()
choice = env["cx.procedure.choice"].create({"procedure_id": earlier.id})
first, second = (earlier._make_edition(edition, "Shorter") for edition in ("A/1", "A/2"))
"""


def test_two_assistants_at_once(installed):
    """Both press Apply: the procedure, its choice, role and department are there once; the second is shown the rest."""
    told = installed.shell(ASSISTANT + RACE + """
told = race(*(lambda env, setup=setup: setup.with_env(env).action_apply() for setup in setups))
setups[1].invalidate_recordset()
result = [told, setups[1].is_summary_renewed]
""")
    assert told == [["again", "passed"], True]
    assert installed.sql("""
        SELECT (SELECT count(*) FROM cx_procedure WHERE code = 'SMALL' AND state = 'in_force'),
               (SELECT count(*) FROM cx_procedure_choice WHERE active), (SELECT count(*) FROM cx_role WHERE active),
               (SELECT count(*) FROM cx_department WHERE active)
    """) == [(1, 1, 1, 1)]


def test_two_drafts_of_one_edition(installed):
    """The second is told that the edition was followed already."""
    told = installed.shell(EDITIONS + RACE + """
result = race(*(lambda env, one=one: one.with_env(env).action_put_in_force() for one in (first, second)))
""")
    assert told[0] == "again" and "House rules (A/1) follows House rules (A/0) already" in told[1]
    assert installed.sql("SELECT edition, state FROM cx_procedure WHERE code = 'HOUSE' ORDER BY edition") == [
        ("A/0", "retired"), ("A/1", "in_force"), ("A/2", "draft")]


def test_two_jobs_at_once(installed):
    """Two schedulers on the day on which an edition comes into force: it does so once, and nothing is in between."""
    installed.shell(EDITIONS + RACE + """
from datetime import timedelta
first.effective_date = env.company._cx_today() + timedelta(days=1)
first.action_put_in_force()
assert (first.state, choice.procedure_id) == ("to_come", earlier)
env.flush_all()
env.cr.execute("UPDATE cx_procedure SET effective_date = effective_date - 1 WHERE id = %s", [first.id])
env.invalidate_all()
job = lambda env: env["cx.procedure"]._cron_come_into_force()
result = race(job, job)
""")
    assert installed.sql("SELECT edition, state FROM cx_procedure WHERE code = 'HOUSE' ORDER BY edition") == [
        ("A/0", "retired"), ("A/1", "in_force"), ("A/2", "draft")]
    assert installed.sql(
        "SELECT edition FROM cx_procedure_choice c JOIN cx_procedure p ON p.id = c.procedure_id WHERE code = 'HOUSE'"
    ) == [("A/1",)]
