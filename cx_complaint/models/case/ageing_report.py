from odoo import fields, models
from odoo.tools import SQL

from ..procedure.rulebook_lists import SEVERITIES
from .complaint import STATES

# key, label, up to so many days
BUCKETS = (
    ("a", "Up to 3 days", 3), ("b", "4 to 7 days", 7), ("c", "8 to 14 days", 14), ("d", "15 to 30 days", 30),
    ("e", "31 to 90 days", 90), ("f", "Over 90 days", None))


class AgeingReport(models.Model):
    """How old the open cases are: days since they really reached us, now."""

    _name = "cx.ageing.report"
    _description = "Age of Open Cases"
    _auto = False
    _order = "age_days desc, id"
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one("cx.complaint", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    procedure_id = fields.Many2one("cx.procedure", readonly=True)
    category_id = fields.Many2one("cx.category", readonly=True)
    department_id = fields.Many2one("cx.department", readonly=True)
    handler_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    is_counted = fields.Boolean(string="Counts as Complaint", readonly=True)
    received_on = fields.Datetime(readonly=True)
    age_days = fields.Float(string="Age (Days)", readonly=True, aggregator="avg")
    bucket = fields.Selection([(key, label) for key, label, _days in BUCKETS], string="Age", readonly=True)

    _depends = {"cx.complaint": [
        "company_id", "partner_id", "procedure_id", "category_id", "department_id", "handler_id", "state", "severity",
        "is_counted", "received_on", "decision"]}

    @property
    def _table_query(self):
        steps = SQL(" ").join(
            SQL("WHEN old.age_days < %s THEN %s", days + 1, key) for key, _label, days in BUCKETS if days is not None)
        return SQL("""
            SELECT old.*, CASE %s ELSE %s END AS bucket FROM (
                SELECT id, id AS complaint_id, company_id, partner_id, procedure_id, category_id, department_id, handler_id,
                       state, severity, is_counted, received_on,
                       EXTRACT(EPOCH FROM (now() AT TIME ZONE 'UTC') - received_on) / 86400.0 AS age_days
                  FROM cx_complaint WHERE decision = 'open') old
        """, steps, BUCKETS[-1][0])
