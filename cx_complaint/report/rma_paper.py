import base64

from odoo import models


class Rma(models.Model):
    _name = "cx.rma"
    _inherit = ["cx.rma", "cx.paper.mixin"]

    _PAPERS = {
        "rma": "cx_complaint.rma_report_form",
        "instructions": "cx_complaint.rma_report_instructions",
        "liaison": "cx_complaint.rma_report_liaison",
        "handling": "cx_complaint.rma_report_handling",
    }
    _PAPERS_OF_THE_HOUSE = frozenset({"liaison", "handling"})  # in our language, not in the customer's

    def _paper_lang(self, paper):
        if paper in self._PAPERS_OF_THE_HOUSE:
            return self.env.lang or self.env.user.lang
        return super()._paper_lang(paper)

    def _paper_number(self, paper):
        return self.name

    def _paper_rma_header(self):
        kinds = self.env["cx.rma.kind"].search([("company_id", "in", (self.company_id.id, False))]) | self.kind_id
        return {
            "kind": "checks",
            "title": self.env._("Kind"),
            "rows": [
                [(self.name != "/", self.env._("RMA No."), _number(self.name)),
                 (self.return_number != "/", self.env._("Return No."), _number(self.return_number))],
                [(kind == self.kind_id, kind.name, "") for kind in kinds],
            ],
        }

    def _paper_rma_customer(self):
        partner = self.partner_id
        complaints = self.line_ids.complaint_id
        references = complaints.reference_ids
        return {
            "kind": "fields",
            "title": self.env._("Customer"),
            "rows": [
                [(self.env._("Customer"), partner.commercial_partner_id.name or partner.name),
                 (self.env._("Customer No."), partner.commercial_partner_id.ref or "")],
                [(self.env._("Address"), ", ".join(
                    line.strip() for line in partner._display_address(True).split("\n") if line.strip())),
                 (self.env._("Phone / e-mail"), " / ".join(filter(None, (partner.phone, partner.email))))],
                [(self.env._("Complaint"), ", ".join(complaints.mapped("name"))),
                 (self.env._("Customer's reference"), ", ".join(references.mapped("number")))],
                [(self.env._("Responsible"), self.user_id.name or ""),
                 (self.env._("Date"), self._paper_day(self.submitted_on or self.create_date))],
                [(self.env._("Authorised by"), self.authorised_by_id.name or ""),
                 (self.env._("Authorised on"), self._paper_day(self.authorised_on))],
            ],
        }

    def _paper_rma_goods(self):
        return {
            "kind": "table",
            "title": self.env._("Defect information"),
            "columns": [
                ("#", "center", 4), (self.env._("Product"), "left", 24), (self.env._("Lot/Serial"), "left", 15),
                (self.env._("Quantity"), "right", 10), (self.env._("Defect and reason for return"), "left", 25),
                (self.env._("Detected at"), "left", 12), (self.env._("Goods are"), "left", 10),
            ],
            "rows": [
                [
                    str(number), self._paper_product(line.product_id), ", ".join(line._label_lots().mapped("name")),
                    self._paper_qty(line.quantity, line.product_uom_id), line._paper_reason(),
                    self._paper_label(line.complaint_line_id, "detection_point"),
                    self._paper_label(line, "goods_owner"),
                ]
                for number, line in enumerate(self.line_ids, 1)
            ],
            "total": None,
        }

    def _paper_rma_requirement(self):
        warehouse = self.warehouse_id
        return {
            "kind": "fields",
            "title": self.env._("Customer's requirement"),
            "rows": [
                [(self.env._("Requirement"), self.requirement or "")],
                [(self.env._("To be handled by"), self._paper_day(self.limit_date)),
                 (self.env._("Urgency"), self._paper_label(self, "urgency"))],
                [(self.env._("Replenish at once"), self._paper_yes_no(self.is_replenishment_wanted)),
                 (self.env._("Returned unused"), self._paper_yes_no(self.is_unused))],
                [(self.env._("Return to"), ", ".join(filter(None, (
                    warehouse.name, *(line.strip() for line in warehouse.partner_id._display_address(True).split("\n")
                                      if line.strip())))))],
                [(self.env._("Authorisation valid until"), self._paper_day(self.expiry_date)),
                 (self.env._("Carrier / tracking no."), " / ".join(
                     filter(None, (self.carrier_name, self.tracking_number))))],
            ],
        }

    def _paper_rma_contract(self):
        if not (self.company_id.cx_has_bonded_trade or self.is_contract_needed or self.customs_contract_id):
            return None
        rows = [[
            (self.is_contract_needed, self.env._("Contract to be applied for"), ""),
            (not self.is_contract_needed, self.env._("No contract needed"), ""),
        ]]
        if (contract := self.customs_contract_id).decision == "granted":
            rows.append([(True, self.env._("Contract OK"), self.env._(
                "%(number)s, until %(day)s", number=contract.number, day=self._paper_day(contract.valid_until)))])
        return {"kind": "checks", "title": self.env._("Customs contract"), "rows": rows}

    def _paper_rma_attachments(self):
        invoices = self._paper_invoice_numbers()
        notes = self.line_ids.complaint_id.reference_ids.filtered(lambda reference: reference.kind == "return_note")
        return {
            "kind": "checks",
            "title": self.env._("Attachments"),
            "rows": [
                [(bool(invoices), self.env._("Original shipment invoice No."), ", ".join(invoices))],
                [(bool(notes), self.env._("Sales return note (return request)"), ", ".join(notes.mapped("number")))],
            ],
        }

    def _paper_rma_signatures(self):
        kinds, company = (self.env._("Handled"), self.env._("Reviewed")), self.company_id
        rows = [(self.env._("Sales"), kinds), (self.env._("Quality"), kinds)]
        if company.cx_has_bonded_trade or self.is_contract_needed:
            rows.append((self.env._("Import/export and customs"), kinds))
        if company.cx_has_production:
            rows.append((self.env._("Production planning"), kinds))
        return self._paper_signatures(self.env._("Signatures"), rows)

    def _paper_invoice_numbers(self):
        """Numbers of the invoices the goods were shipped with: as the customer gave them, else as we posted them."""
        given = [line.invoice_text for line in self.line_ids.complaint_line_id if line.invoice_text]
        # sudo: account.move - numbers only, of invoices of the order lines on this RMA
        sale_lines = self.line_ids.complaint_line_id.sale_line_id | self.line_ids.origin_move_id.sudo().sale_line_id
        invoices = sale_lines.sudo().invoice_lines.move_id.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice")
        return list(dict.fromkeys(given or invoices.mapped("name")))

    def _paper_yes_no(self, value):
        return self.env._("Yes") if value else self.env._("No")

    def _return_instructions(self):
        """The goods that the customer is asked to send: rows of product, quantity and lots, as he reads them."""
        self.ensure_one()
        return [
            {
                "product": line._paper_product(line.product_id),
                "quantity": line._paper_qty(line.quantity, line.product_uom_id),
                "lots": ", ".join(line._label_lots().mapped("name")),
            }
            for line in self.line_ids
        ]

    def _send_instructions(self):
        """Send the customer what he needs to return the goods: instructions, labels, and the form as issued."""
        template = self.env.ref("cx_complaint.mail_template_rma_instructions")
        labels = self.env.ref("cx_complaint.rma_report_label")
        for rma in self:
            paper = rma._issue_paper("rma")
            printed, kind = labels._render_qweb_pdf(labels.report_name, rma.ids)
            attachments = self.env["ir.attachment"].create([
                {"name": name, "raw": content, "res_model": "mail.compose.message", "res_id": 0}
                for name, content in (
                    (paper.name, base64.b64decode(paper.pdf)),
                    (rma._label_file_name(kind), printed),
                )
            ])
            rma.message_post_with_source(
                template, subtype_xmlid="mail.mt_comment", email_layout_xmlid="mail.mail_notification_light",
                attachment_ids=attachments.ids)

    def _label_file_name(self, kind):
        return self.env._("Labels %(number)s.%(kind)s", number=self.name.replace("/", "-"), kind=kind)

    def _return_labels(self):
        """The labels of all lines, see ``cx.rma.line``."""
        return self.line_ids._return_labels()


def _number(number):
    return "" if number == "/" else number
