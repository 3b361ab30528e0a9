from odoo import fields, models


class Form(models.Model):
    """A controlled form: the company's own title and number of a paper, and the blocks it prints."""

    _name = "cx.form"
    _description = "Controlled Form"
    _check_company_auto = True
    _order = "paper, sequence, id"

    name = fields.Char(string="Title", required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    paper = fields.Selection(
        [
            ("rma", "RMA and return form"),
            ("inspection", "Return inspection report"),
            ("label", "Return label"),
            ("traveller", "Rework traveller"),
        ],
        required=True,
    )
    number = fields.Char(help="The form's number in the company's document control.")
    edition = fields.Char(default="A/0")
    effective_date = fields.Date()
    block_ids = fields.One2many("cx.form.block", "form_id", string="Blocks", copy=True)
    active = fields.Boolean(default=True)


class FormBlock(models.Model):
    """A block of a paper, in the order in which it is printed."""

    _name = "cx.form.block"
    _description = "Form Block"
    _order = "sequence, id"

    form_id = fields.Many2one("cx.form", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="Which part of the paper is printed here.")
    title = fields.Char(translate=True, help="Heading printed above the block; empty: its usual heading.")
