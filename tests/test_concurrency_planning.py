"""Two planners at once on the same rate, on two connections; see two_people."""

from .two_people import GOODS, RACE


def test_a_rate_is_planned_once(installed):
    """Two planners plan the same line within the same second: one plan, one replenishment."""
    result = installed.shell(GOODS + RACE + """
line = rma.line_ids
inspection = env["cx.inspection"].create({
    "rma_line_id": line.id, "mode": "sample", "sample_qty": 2, "line_ids": [
        (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_scrap").id, "quantity": 1})]})
inspection.action_finish()
press = lambda env: env["cx.plan.rate"].create({"rma_line_ids": [(6, 0, line.ids)]}).action_plan()
outcome = race(press, press)
result = [outcome, env["cx.return.plan"].search_count([("rma_line_id", "=", line.id)]),
          env["cx.settlement"].search_count([("complaint_line_id", "=", line.complaint_line_id.id)])]
""")
    assert result == [["again", "passed"], 1, 1]


def test_a_period_is_reported_once(installed):
    """Two schedulers report extra issues at once: one report of the period."""
    result = installed.shell(GOODS + RACE + """
press = lambda env: env["cx.extra.issue.report"]._cron_report()
outcome = race(press, press)
result = [outcome, env["cx.extra.issue.report"].search_count([("company_id", "=", env.company.id)])]
""")
    assert result == [["again", "passed"], 1]
