from odoo import fields, models

from ...rules.wording import figure


class Disposition(models.Model):
    """After the repair the goods wait for after-sales, who ships them back by the customer's date."""

    _inherit = "cx.disposition"

    def _create_transfers(self, parts):
        pickings = super()._create_transfers(parts)
        back = [part for part in parts if part[0].destination == "customer"]
        for rma in self.browse().concat(*(part[0] for part in back)).rma_id:
            rma._ask_to_ship_back([part for part in back if part[0].rma_id == rma])
        return pickings


class Rma(models.Model):
    """Who is asked to ship back, and until when."""

    _inherit = "cx.rma"

    def _ask_to_ship_back(self, parts):
        """Tell after-sales, else customer service, that goods are ready; once as long as it is not done.

        :param parts: list of ``(disposition, quantity, lots)`` that go back
        """
        self.ensure_one()
        kind = self.env.ref("cx_complaint.mail_activity_type_ship_back")
        todo = self.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        user = self._on_duty_to_ship_back()
        if todo or not user:
            return
        self.activity_schedule(
            "cx_complaint.mail_activity_type_ship_back", user_id=user.id,
            date_deadline=self.limit_date or fields.Date.context_today(self),
            note=self.env._("Ready to go back to %(customer)s: %(goods)s.", customer=self.partner_id.display_name,
                            goods="; ".join(self.env._(
                                "%(quantity)s %(unit)s of %(product)s", quantity=figure(quantity),
                                unit=disposition.product_uom_id.name, product=disposition.product_id.display_name)
                                for disposition, quantity, _lots in parts)))

    def _on_duty_to_ship_back(self):
        """Who is on duty in after-sales; a company without one has customer service do it."""
        departments = self.env["cx.department"]
        for function in ("after_sales", "service"):
            if user := departments._on_duty(function, self.company_id).get(self.company_id):
                return user
        return self.env["res.users"]

    def _on_shipped_back(self):
        """Goods went back: whoever was asked has done it, if nothing of the return waits any more."""
        for rma in self:
            waiting = rma.picking_ids.filtered(lambda picking: (
                picking.picking_type_id.cx_role == "back" and picking.state not in ("done", "cancel")))
            if not waiting:
                rma.activity_feedback(["cx_complaint.mail_activity_type_ship_back"])
