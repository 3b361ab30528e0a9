from odoo import fields, models

_OF_RETURN = frozenset({"rma_id", "is_reason_asked", "is_ship_date_asked"})


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

    def _has_field_access(self, field, operation):
        # an open question keeps a return from being authorised
        if operation == "write" and field.name in _OF_RETURN and not self.env["cx.rma"]._may("ask_customer"):
            return False
        return super()._has_field_access(field, operation)
