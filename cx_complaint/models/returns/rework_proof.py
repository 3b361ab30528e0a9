from odoo import fields, models


class ReworkProof(models.Model):
    """The product repair report of a representative piece: analysed, repaired, and how it went.

    :source: S2.18-18
    """

    _name = "cx.rework.proof"
    _description = "Product Repair Report"
    _inherit = ["cx.by.verb.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _rec_name = "unit"
    _order = "proved_on desc, id desc"

    _FROZEN_WITH = "scheme_id"
    _BY_VERB_ONLY = frozenset({"proved_by_id"})

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, check_company=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    disposition_id = fields.Many2one(
        "cx.disposition", string="Representative Pieces", check_company=True, index="btree_not_null",
        ondelete="restrict", help="The decision by which the pieces were drawn from the return.")
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    unit = fields.Char(string="Which Unit", required=True, help="What tells it apart: serial, mark, number of the piece.")
    analysis = fields.Text(required=True, help="What was wrong with it, and why.")
    repair = fields.Text(required=True, help="What was done to it.")
    result = fields.Selection([("passed", "Passed"), ("failed", "Failed")], required=True)
    photo = fields.Image(max_width=1920, max_height=1920)
    proved_on = fields.Datetime(string="On", required=True, default=fields.Datetime.now)
    proved_by_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, default=lambda self: self.env.user)
