from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_is_analysis_complete = fields.Boolean(
        string="Complete Analyses", default=True,
        help="An analysis is finished only when it names the responsible department and, for what can be reworked, the"
             " rework scheme.")
    cx_is_return_sample_needed = fields.Boolean(
        string="Return Sample When All Are Defective",
        help="An analysis that finds every unit defective is finished only when a return sample was made.")
    cx_is_judgement_needed = fields.Boolean(
        string="First Judgement by Quality",
        help="A return is authorised only after quality has judged: no return, repair, or return.")
    cx_is_scheme_needed = fields.Boolean(
        string="Released Scheme for Rework",
        help="Rework and repair are approved only with a released rework scheme.")
    cx_is_proof_needed = fields.Boolean(
        string="Schemes Are Proved",
        help="A rework scheme is released only after it was proved on a representative piece.")
    cx_representative_max = fields.Integer(
        string="Representative Pieces", default=3,
        help="As many units of a return may be worked by a scheme that is not released yet, to prove it.")

    _cx_representative_max_not_negative = models.Constraint(
        "CHECK (cx_representative_max >= 0)", "The number of representative pieces cannot be below zero.")
