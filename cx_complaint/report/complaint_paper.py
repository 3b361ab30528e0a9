from markupsafe import Markup

from odoo import models
from odoo.tools import format_datetime, html2plaintext, is_html_empty


class Complaint(models.Model):
    """The complaint handling report: the case from what the customer said to what was done, on one paper."""

    _name = "cx.complaint"
    _inherit = ["cx.complaint", "cx.paper.mixin"]

    _PAPERS = {"complaint": "cx_complaint.complaint_report_form"}

    def _paper_lang(self, paper):
        return self.env.lang or self.env.user.lang  # for the house; what the customer gets is his answer

    def _paper_number(self, paper):
        return self.name

    def _paper_complaint_header(self):
        return {
            "kind": "fields",
            "title": self.env._("Case"),
            "rows": [
                [(self.env._("Number"), self.name), (self.env._("Kind"), self.kind_id.name or "")],
                [(self.env._("Received on"), self._paper_day(self.received_on)),
                 (self.env._("Received by"), self.receiver_id.name or "")],
                [(self.env._("Channel"), self.channel_id.name or ""), (self.env._("Category"), self.category_id.name or "")],
                [(self.env._("Severity"), self._paper_label(self, "severity")),
                 (self.env._("Urgency"), self._paper_label(self, "urgency"))],
                [(self.env._("Department"), self.department_id.name or ""),
                 (self.env._("Handler"), self.handler_id.name or "")],
            ],
        }

    def _paper_complaint_customer(self):
        partner = self.partner_id
        return {
            "kind": "fields",
            "title": self.env._("Customer"),
            "rows": [
                [(self.env._("Customer"), partner.commercial_partner_id.name or partner.name or ""),
                 (self.env._("Caller"), self.caller_name or self.complainant_id.name or "")],
                [(self.env._("Address"), ", ".join(
                    line.strip() for line in partner._display_address(True).split("\n") if line.strip())),
                 (self.env._("Phone / e-mail"), " / ".join(filter(None, (self.phone, self.email))))],
                [(self.env._("End customer"), self.end_customer_id.name or ""),
                 (self.env._("Customer's reference"), ", ".join(self.reference_ids.mapped("number")))],
            ],
        }

    def _paper_complaint_goods(self):
        return {
            "kind": "table",
            "title": self.env._("What is complained of"),
            "columns": [
                ("#", "center", 4), (self.env._("Product"), "left", 20), (self.env._("Order"), "left", 11),
                (self.env._("Lots/Serials"), "left", 13), (self.env._("Quantity"), "right", 10),
                (self.env._("Shipped on"), "left", 11), (self.env._("What is wrong"), "left", 20),
                (self.env._("Wish"), "left", 11),
            ],
            "rows": [
                [
                    str(number), self._paper_product(line.product_id), line.order_id.name or "",
                    ", ".join(line.lot_ids.mapped("name")),
                    self._paper_qty(line.quantity, line.product_uom_id) if line.product_id else "",
                    self._paper_day(line.shipped_date), ": ".join(filter(None, (line.defect_id.name, line.name))),
                    self._paper_label(line, "wish"),
                ]
                for number, line in enumerate(self.line_ids, 1)
            ],
            "total": None,
        }

    def _paper_complaint_requirement(self):
        return {
            "kind": "fields",
            "title": self.env._("Demand"),
            "rows": [
                [(self.env._("Summary"), self.summary)],
                [(self.env._("Demand"), self.demand or "")],
                [(self.env._("Reason"), self.demand_reason or "")],
                *self._paper_event_rows(),
                [(self.env._("First judgement"), self.judgement or "")],
            ],
        }

    def _paper_event_rows(self):
        """When, where, who, what and how it ended; only what is known, so that other papers stay short."""
        known = [
            (self.env._("Occurred on"), self.occurred_on and format_datetime(self.env, self.occurred_on) or ""),
            (self.env._("Place of the event"), self.occurred_place), (self.env._("Persons"), self.persons),
            (self.env._("Course of events"), html2plaintext(self.description or "")),
            (self.env._("How it ended"), self.event_result),
        ]
        return [[(label, value)] for label, value in known if value]

    def _paper_complaint_solution(self):
        decided = [
            (self.env._("Return"), ", ".join(dict.fromkeys(
                self._paper_label(line, "return_decision") for line in self.line_ids if line.return_decision))),
            (self.env._("Outcome"), self._paper_label(self, "outcome")),
            (self.env._("Answered on"), self._paper_day(self.answered_on)),
            (self.env._("Customer's reaction"), self._paper_label(self, "acceptance")),
        ]
        return {
            "kind": "text",
            "title": self.env._("Solution and answer"),
            "text": "\n".join(f"{label}: {value}" for label, value in decided if value),
            "html": "".join(filter(None, (self.solution, self.answer))),
            "lines": 0 if self.solution or self.answer else 3,
        }

    def _paper_complaint_cause(self):
        causes = [inspection.cause for inspection in self.rma_line_ids.inspection_ids if inspection.cause]
        return {
            "kind": "text",
            "title": self.env._("Finding and cause"),
            "text": "\n".join(dict.fromkeys(causes)),
            "html": "".join(filter(None, (self.conclusion, self._paper_improvement()))),
            "lines": 0 if causes or self.conclusion or self.improvement else 3,
        }

    def _paper_improvement(self):
        if is_html_empty(self.improvement):
            return ""
        return Markup("<p><b>%s</b></p>%s") % (self.env._("Improvement"), Markup(self.improvement))

    def _paper_complaint_returns(self):
        if not self.rma_line_ids:
            return None
        return {
            "kind": "table",
            "title": self.env._("Returned goods"),
            "columns": [
                (self.env._("Return No."), "left", 16), (self.env._("Product"), "left", 26),
                (self.env._("Authorised"), "right", 11), (self.env._("Received"), "right", 11),
                (self.env._("Carrier / tracking no."), "left", 22), (self.env._("State"), "left", 14),
            ],
            "rows": [
                [
                    line.rma_id._paper_return_number(), self._paper_product(line.product_id),
                    self._paper_qty(line.quantity, line.product_uom_id),
                    self._paper_qty(line.received_qty, line.product_uom_id),
                    " / ".join(filter(None, (line.rma_id.carrier_name, line.rma_id.tracking_number))),
                    self._paper_label(line.rma_id, "state"),
                ]
                for line in self.rma_line_ids
            ],
            "total": None,
        }

    def _paper_complaint_settlements(self):
        settlements = self.line_ids.settlement_ids.filtered(lambda one: one.state not in ("cancelled", "refused"))
        if not settlements:
            return None
        return {
            "kind": "table",
            "title": self.env._("What the customer gets"),
            "columns": [
                (self.env._("Number"), "left", 18), (self.env._("Kind"), "left", 22), (self.env._("Product"), "left", 24),
                (self.env._("Quantity"), "right", 12), (self.env._("Amount"), "right", 12), (self.env._("State"), "left", 12),
            ],
            "rows": [
                [
                    settlement.name, self._paper_label(settlement, "kind"), self._paper_product(settlement.product_id),
                    self._paper_qty(settlement.quantity, settlement.product_uom_id) if settlement.product_id else "",
                    f"{settlement.amount:.2f} {settlement.currency_id.name}" if settlement.amount else "",
                    self._paper_label(settlement, "state"),
                ]
                for settlement in settlements.sorted("id")
            ],
            "total": None,
        }

    def _paper_complaint_photos(self):
        photos = self._paper_photos()
        return {"kind": "photos", "title": self.env._("Photos"), "photos": photos} if photos else None

    def _paper_complaint_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Customer service"), (self.env._("Handled"),)),
            (self.env._("Quality"), (self.env._("Reviewed"),)),
            (self.env._("Responsible department"), (self.env._("Acknowledged"),)),
            (self.env._("Management"), (self.env._("Approved"),)),
        ])
