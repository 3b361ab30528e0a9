from odoo import api, fields, models

from ...rules.wording import figure


class Rma(models.Model):
    """The customer wants goods at once: planning has it the same day, and waits for the rate.

    :source: S2.02-20
    """

    _inherit = "cx.rma"

    @api.model_create_multi
    def create(self, vals_list):
        rmas = super().create(vals_list)
        rmas.filtered("is_replenishment_wanted")._tell_planning_of_replenishment()
        return rmas

    def write(self, vals):
        asked = self.filtered(lambda rma: not rma.is_replenishment_wanted) if vals.get(
            "is_replenishment_wanted") else self.browse()
        res = super().write(vals)
        if asked:
            asked._tell_planning_of_replenishment()
        return res

    def _tell_planning_of_replenishment(self):
        """A to-do of today for planning, once per return."""
        on_duty = self.env["cx.department"]._on_duty("planning", self.company_id)
        told = self._told_of_replenishment()
        for rma in self:
            if rma in told or rma.company_id not in on_duty:
                continue
            rma.activity_schedule(
                "cx_complaint.mail_activity_type_replenish", user_id=on_duty[rma.company_id].id,
                date_deadline=fields.Date.context_today(rma),
                note=self.env._(
                    "%(customer)s wants goods at once%(goods)s. Quality finds out the defect rate first; it is told to"
                    " you here.", customer=rma.partner_id.display_name, goods="".join(self.env._(
                        ": %(quantity)s %(unit)s of %(product)s", quantity=figure(line.quantity),
                        unit=line.product_uom_id.name, product=line.product_id.display_name)
                        for line in rma.line_ids)))

    def _told_of_replenishment(self):
        """Returns for which planning has had its to-do, done ones among them."""
        rows = self.env["mail.activity"].sudo().with_context(active_test=False)._read_group(  # sudo: of other users too
            [("res_model", "=", self._name), ("res_id", "in", self.ids),
             ("activity_type_id", "=", self.env.ref("cx_complaint.mail_activity_type_replenish").id)], ["res_id"])
        return self.browse([res_id for (res_id,) in rows])
