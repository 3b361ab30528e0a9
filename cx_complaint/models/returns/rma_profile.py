from odoo import fields, models
from odoo.tools import format_list

from ...rules.wording import figure


class Rma(models.Model):
    """How the goods of an RMA are received: as its kind says, else the warehouse, else the company."""

    _inherit = "cx.rma"

    def _receipt_profile(self):
        """The receipt profile; none where nobody chose one."""
        self.ensure_one()
        kind = self.kind_id.with_company(self.company_id)
        return (kind.receipt_profile_id or self.warehouse_id.cx_receipt_profile_id
                or self.company_id.cx_receipt_profile_id)

    def _goods_text(self, lines):
        """What came of these lines, as a list of quantities and products."""
        return format_list(self.env, [
            f"{figure(line.received_qty)} {line.product_uom_id.name} {line.product_id.display_name}" for line in lines])

    def _ask_for_decision_about(self, lines, user):
        """The to-do to decide method and handling department of what was counted."""
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id,
            summary=self.env._("Decide method and handling department"),
            note=self.env._("%(rma)s is counted: %(goods)s.", rma=self.display_name, goods=self._goods_text(lines)))

    def _tell_of_mismatch(self, lines, text, user):
        """Tell a person now, by to-do and by message, that goods and paper do not match."""
        self.ensure_one()
        body = self.env._(
            "Content and paper do not match: %(goods)s. %(text)s", goods=self._goods_text(lines), text=text)
        self.message_post(body=body, partner_ids=user.partner_id.ids)
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, date_deadline=fields.Date.context_today(self),
                summary=self.env._("Content and paper do not match"), note=body)

    def _tell_functions(self, functions, summary, note):
        """To-dos for who is on duty in these functions."""
        for function in functions:
            on_duty = self.env["cx.department"]._on_duty(function, self.company_id)
            for rma in self:
                if user := on_duty.get(rma.company_id):
                    rma.activity_schedule(
                        "mail.mail_activity_data_todo", user_id=user.id, summary=summary, note=note)
