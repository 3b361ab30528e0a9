from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import days

_BATCH = 50  # returns per transaction


class Rma(models.Model):
    """After shipment the liaison sheet is copied to those who learn from it."""

    _inherit = "cx.rma"

    sheet_copied_on = fields.Datetime(
        readonly=True, copy=False,
        help="When production and quality got the liaison sheet with what was shipped.")

    @api.model
    def _cron_copy_sheets(self):
        """Copy the sheets of returns whose goods went back to the customer, each once; in batches that are kept.

        :source: S2.02-30
        """
        companies = self.env["res.company"].search([("cx_is_sheet_copied", "=", True)])
        since = Domain.OR(
            Domain("company_id", "=", company.id) & (Domain.TRUE if not company.cx_sheet_copied_from else Domain(
                "move_ids.date", ">=", days.midnight(company.cx_sheet_copied_from, company._cx_timezone())))
            for company in companies)
        shipped = self.env["cx.disposition"]._read_group(since & Domain([
            ("destination", "=", "customer"), ("state", "=", "done"), ("rma_id.sheet_copied_on", "=", False),
        ]), ["rma_id"], limit=_BATCH + 1)
        rmas = self.concat(*(rma for rma, in shipped[:_BATCH]))
        rmas._copy_sheets()
        self.env["ir.cron"]._commit_progress(len(rmas), remaining=len(shipped) - len(rmas))

    def _copy_sheets(self):
        """Issue the sheet as it reads after the shipment, and send it to production and quality."""
        if not self:
            return
        self.env["cx.guard"]._take_for(self)
        self.invalidate_recordset(["sheet_copied_on"])
        departments = self.env["cx.department"]
        readers = [departments._on_duty(function, self.company_id) for function in ("production", "quality")]
        for rma in self.filtered(lambda rma: not rma.sheet_copied_on):
            paper = rma._issue_paper("liaison")
            partners = self.env["res.partner"].union(*(
                on_duty[rma.company_id].partner_id for on_duty in readers if rma.company_id in on_duty))
            rma.sudo().sheet_copied_on = fields.Datetime.now()  # sudo: cx.rma - the job's own mark
            rma.message_post(
                body=self.env._("Shipped to the customer. Here is the liaison sheet of the return for your records."),
                partner_ids=partners.ids, message_type="notification", subtype_xmlid="mail.mt_comment",
                attachment_ids=self.env["ir.attachment"].create({"name": paper.name, "datas": paper.pdf}).ids)
