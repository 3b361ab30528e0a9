from odoo import fields, models


class CatalogueMixin(models.AbstractModel):
    """An entry of a list that the complaint manager keeps: shared by all companies, or of one company only."""

    _name = "cx.catalogue.mixin"
    _description = "Entry of a Catalogue"
    _check_company_auto = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name used on lists and papers.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    active = fields.Boolean(default=True)
