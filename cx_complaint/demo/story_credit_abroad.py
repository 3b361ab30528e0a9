from odoo import api, fields, models
from odoo.fields import Command


class DemoCreditAbroad(models.AbstractModel):
    """A customer who pays in renminbi keeps short-delivered goods out of his books: finance holds the draft."""

    _inherit = "cx.demo"

    @api.model
    def _tell_credit_abroad(self):
        ref = self.env.ref
        capacitor, partner = ref("cx_complaint.product_capacitor"), ref("cx_complaint.partner_pearl")
        self._stock(capacitor, 6000)
        order = self._sell(partner, capacitor, 500, days=18, pricelist_id=self._renminbi(capacitor).id)
        complaint = self._complain(
            {
                "summary": "120 capacitors with oxidised leads",
                "partner_id": partner.id, "channel_id": ref("cx_complaint.channel_mail").id,
                "email": "quality@pearl-river.example.com", "received_on": self._ago(5),
                "currency_id": order.currency_id.id, "claimed_amount": 1020.0,
                "reference_ids": [Command.create({"kind": "debit_note", "number": "DN-2026-077"})],
            },
            {
                "product_id": capacitor.id, "quantity": 120, "sale_line_id": order.order_line.id,
                "origin_move_id": order.picking_ids.move_ids.id,
                "defect_id": ref("cx_complaint.defect_surface").id, "name": "Leads oxidised, not solderable",
                "detection_point": "incoming", "wish": "credit", "return_decision": "none",
                "invoice_text": order.invoice_ids[:1].name,
            })
        complaint.action_confirm()
        complaint.line_ids.action_propose_credit()
        settlements = complaint.line_ids.settlement_ids
        self._as("manager", settlements).action_approve()
        settlements.action_consent()
        settlements.action_execute()
        self._leave_there(complaint.line_ids)

    def _leave_there(self, line):
        """Not worth the freight: the customer scraps them himself; quality waits for the certificate."""
        left = self._as("service", self.env["cx.left.goods"]).create({
            "complaint_line_id": line.id, "quantity": 120, "what": "scrapped",
            "reason": "Not worth the freight and the customs", "consent_on": self._ago(3).date(), "consent_by": "Mr Wu",
        })
        self._as("quality", left).action_approve()
        sample = self._as("quality", self.env["cx.sample"]).create({
            "product_id": line.product_id.id, "defect_id": line.defect_id.id, "partner_id": line.partner_id.id,
            "description": "Leads dull but solderable: as far as this it is good.", "place": "Cabinet 3, shelf 2",
            "agreed_on": self._ago(2).date(), "agreed_with": "Mr Wu", "valid_until": self._ago(-365).date(),
        })
        sample.action_keep()

    def _renminbi(self, product):
        """A price list in renminbi, with a rate where the company has none yet."""
        currency = self.env.ref("base.CNY")
        currency.active = True
        company = self.env.ref("base.main_company")
        if not self.env["res.currency.rate"].search_count(
                [("currency_id", "=", currency.id), ("company_id", "in", (company.id, False))], limit=1):
            self.env["res.currency.rate"].create({
                "currency_id": currency.id, "company_id": company.id, "rate": 7.1,
                "name": fields.Date.to_date(f"{fields.Date.today().year}-01-01"),
            })
        return self.env["product.pricelist"].create({
            "name": "Renminbi", "currency_id": currency.id, "company_id": company.id,
            "item_ids": [Command.create({
                "applied_on": "0_product_variant", "product_id": product.id, "compute_price": "fixed",
                "fixed_price": 8.5,
            })],
        })
