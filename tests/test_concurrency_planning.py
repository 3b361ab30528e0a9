"""Two planners at once on the same rate, on two connections; see test_concurrency_rework."""

from .test_concurrency_rework import GOODS, RACE


def test_a_rate_is_planned_once(installed):
    """Two planners plan the same line within the same second: one plan, one replenishment."""
    result = installed.shell(GOODS + RACE + """
line = rma.line_ids
inspection = env["cx.inspection"].create({
    "rma_line_id": line.id, "mode": "sample", "sample_qty": 2, "line_ids": [
        (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_scrap").id, "quantity": 1})]})
inspection.action_finish()
env.cr.commit()
press = lambda env: env["cx.plan.rate"].create({"rma_line_ids": [(6, 0, line.ids)]}).action_plan()
outcome = race(press, press)
env.cr.rollback()
env.invalidate_all()
result = [outcome, env["cx.return.plan"].search_count([("rma_line_id", "=", line.id)]),
          env["cx.settlement"].search_count([("complaint_line_id", "=", line.complaint_line_id.id)])]
""")
    assert result == ["repeated", 1, 1]


def test_a_period_is_reported_once(installed):
    """Two schedulers report extra issues at once: one report of the period."""
    result = installed.shell(GOODS + RACE + """
env.cr.commit()
press = lambda env: env["cx.extra.issue.report"]._cron_report()
outcome = race(press, press)
env.cr.rollback()
env.invalidate_all()
result = [outcome, env["cx.extra.issue.report"].search_count([("company_id", "=", env.company.id)])]
""")
    assert result == ["repeated", 1]
