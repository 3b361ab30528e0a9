from datetime import datetime

from odoo import api, fields, models

from ...rules.wording import figure


class RmaLineNews(models.Model):
    """Whom goods call that have come: minutes later than the dock, which waits for no message."""

    _inherit = "cx.rma.line"

    has_news = fields.Boolean(
        compute="_compute_has_news", store=True, copy=False,
        help="Something undecided came or changed, and nobody has looked yet whom that calls.")
    # few at any time, however much waits for its decision
    _with_news = models.Index("(id) WHERE has_news")

    @api.depends("is_to_decide", "inspection_ids.state")
    def _compute_has_news(self):
        self.fetch(["has_news"])  # unchanged: nothing is written
        for line in self:
            line.has_news = line.is_to_decide

    @api.model
    def _cron_call_quality(self):
        """Call people to what has come or changed since the last time."""
        lines = self.search([("has_news", "=", True), ("rma_id.state", "in", ("receiving", "received"))])
        lines -= lines._call_people()
        lines.sudo().has_news = False  # sudo: cx.rma.line - looked at; nobody decides anything by it

    @api.model
    def _cron_look_again(self):
        """A setting that was changed by day may call people to what came before."""
        self.search([("is_to_decide", "=", True), ("has_news", "=", False)]).sudo().has_news = True  # sudo: as above

    def _inspect_above_qty(self):
        """From how many on quality is called: as the procedure of the case says, else the company."""
        self.ensure_one()
        procedure = self.complaint_id.procedure_id
        return procedure and procedure.inspect_above_qty or self.company_id.cx_inspect_above_qty

    def _call_people(self):
        """Call quality to what has come since its last call, one to-do per return.

        :return: lines for which nobody is on duty, to be looked at again
        :source: S2.18-12, where quality is called above a number of units
        """
        lines = self.filtered(
            lambda line: line.product_uom_id.compare(line.to_inspect_qty, line._inspect_above_qty()) > 0)
        called_on = lines.rma_id._last_called_on()
        lines = lines.filtered(lambda line: line._last_arrived_on() > called_on[line.rma_id])
        on_duty = self.env["cx.department"]._on_duty("quality", lines.company_id)
        for rma, arrived in lines.grouped("rma_id").items():
            if on_duty.get(rma.company_id):
                rma.activity_schedule(
                    "cx_complaint.mail_activity_type_inspect", user_id=on_duty[rma.company_id].id,
                    note=self.env._("Arrived in quarantine: %(goods)s.", goods="; ".join(self.env._(
                        "%(quantity)s %(unit)s of %(product)s", quantity=figure(line.to_inspect_qty),
                        unit=line.product_uom_id.name, product=line.product_id.display_name) for line in arrived)))
        return lines.filtered(lambda line: not on_duty.get(line.company_id))

    def _last_arrived_on(self):
        """When goods of the line last came into quarantine, from the customer or a dock."""
        self.ensure_one()
        return max(
            (move.date for move in self.sudo().move_ids  # sudo: stock.move - a date
             if move.state == "done" and move.location_dest_id.cx_warehouse_id and not move.location_id.cx_warehouse_id
             and move.location_id.usage != "production" and not move.cx_is_owner_change), default=datetime.min)
