from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_uses_objects = fields.Boolean(
        string="Objects", help="Complaints are about vehicles, sites, machines or purchases that are served, too.")
    cx_object_kind_id = fields.Many2one(
        "cx.object.kind", string="Usual Kind of Object", ondelete="set null",
        domain="[('company_id', 'in', [id, False])]", help="Proposed for new objects.")
    cx_visit_days = fields.Integer(
        string="Days of Visits", default=30, help="Visits of so many days before a complaint are counted.")
    cx_repeat_days = fields.Integer(
        string="Days of Repeated Complaints", default=90,
        help="Complaints of a customer within so many days before a complaint are counted.")

    _cx_days_of_repeats_not_negative = models.Constraint(
        "CHECK (cx_visit_days >= 0 AND cx_repeat_days >= 0)",
        "The days in which visits and complaints are counted cannot be below zero.")
