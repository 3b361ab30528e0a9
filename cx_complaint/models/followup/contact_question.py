from odoo import fields, models


class Contact(models.Model):
    """A question to the customer, with the day until which he is to answer."""

    _inherit = "cx.contact"

    kind = fields.Selection(selection_add=[("question", "Question")], ondelete={"question": "set default"})
    rma_id = fields.Many2one("cx.rma", string="RMA", index="btree_not_null", ondelete="cascade", check_company=True)
    is_reason_asked = fields.Boolean(string="Reason Asked")
    is_ship_date_asked = fields.Boolean(string="Shipping Date Asked")
    answer_by = fields.Date(help="The day until which we wait for the answer.")
    answer = fields.Char(copy=False)
    answered_on = fields.Datetime(copy=False)
