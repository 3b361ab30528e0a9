from io import BytesIO

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from ..models.case.paper import Issue
from ..report.barcode import code128_uri
from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestPapersForms(PapersCommon):
    """Title, number and order of blocks come from the form; the paper says what the documents say."""

    # the form record

    def test_block_of_another_paper_is_refused(self):
        """An inspection report has no customs contract to print."""
        form = self.env["cx.form"].create({"name": "Report", "paper": "inspection"})
        with self.assertRaisesRegex(ValidationError, "Report: a paper of this kind has no block “Customs contract”"):
            form.block_ids = [(0, 0, {"code": "contract"})]

    def test_own_form_wins_over_shared(self):
        """The company's own title, number and edition; the other company keeps the shared one."""
        self.env["cx.form"].search([("paper", "=", "rma"), ("company_id", "!=", False)]).action_archive()
        other = self.env["res.company"].create({"name": "Other company"})
        self.env["cx.form"].create({
            "name": "退貨處理單", "paper": "rma", "company_id": self.env.company.id, "number": "T1-F01", "edition": "C/2",
        })
        head = self.rma._paper("rma")["form"]
        self.assertEqual((head["title"], head["number"], head["edition"]), ("退貨處理單", "T1-F01", "C/2"))
        shared = self.env["cx.form"]._of("rma", other)
        self.assertEqual(shared, self.env.ref("cx_complaint.form_rma"))

    def test_blocks_are_printed_in_the_order_of_the_form(self):
        """Two blocks, the second first, one with a heading of the company's own."""
        self.env["cx.form"].create({
            "name": "Short form", "paper": "rma", "company_id": self.env.company.id, "sequence": 1,
            "block_ids": [(0, 0, {"code": "requirement", "sequence": 20}),
                          (0, 0, {"code": "goods", "sequence": 10, "title": "不良品 INFORMATION"})],
        })
        sections = self.rma._paper("rma")["sections"]
        self.assertEqual([section["code"] for section in sections], ["goods", "requirement"])
        self.assertEqual(sections[0]["title"], "不良品 INFORMATION")

    def test_paper_speaks_the_customers_language(self):
        """Title and kind in Chinese for a customer who reads Chinese, whatever the clerk reads."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        self.env["cx.form"].search([("paper", "=", "rma"), ("company_id", "!=", False)]).action_archive()
        form = self.env.ref("cx_complaint.form_rma")
        form.with_context(lang="zh_CN").name = "RMA & 退货处理单"
        self.rma.kind_id.with_context(lang="zh_CN").name = "退货"
        paper = self.rma.with_context(lang="en_US")._paper("rma")
        self.assertEqual((paper["lang"], paper["form"]["title"]), ("zh_CN", "RMA & 退货处理单"))
        self.assertIn("退货", self._texts(self._section(paper, "header")))

    # RMA & return form

    def test_rma_form_says_what_is_asked(self):
        """Kind with both numbers, customer's requirement, reason for the return.

        [S2.01-12] [S2.01-14] [S2.01-2] [S2.01-19] [S2.05-3]
        """
        paper = self.rma._paper("rma")
        kinds = self._section(paper, "header")["rows"]
        self.assertEqual(kinds[0][0], (True, "RMA No.", self.rma.name))
        self.assertIn((True, self.rma.kind_id.name, ""), kinds[1])
        self.assertEqual(sum(ticked for ticked, _label, _value in kinds[1]), 1, "one choice")
        self.assertIn("Rework within two weeks", self._texts(self._section(paper, "requirement")))
        goods = self._section(paper, "goods")
        self.assertEqual(goods["rows"][0][2:5], [
            "DRV-A, DRV-B", f"40 {self.driver.uom_id.name}", "No or wrong function: No output after two hours"])
        self.assertLessEqual(  # not only what is broken comes back
            {"Return of goods", "Return for repair", "Return for analysis", "Commercial return"},
            {label for _ticked, label, _value in kinds[1]})
        for point, printed in (("incoming", "Incoming inspection"), ("production", "Customer's production")):
            self.complaint.line_ids.detection_point = point
            self.assertEqual(self._section(self.rma._paper("rma"), "goods")["rows"][0][5], printed)

    def test_contract_box_follows_the_rma(self):
        """One of the two boxes is ticked, never both. [S2.01-18]"""
        for needed in (True, False):
            self.rma.is_contract_needed = needed
            boxes = self._section(self.rma._paper("rma"), "contract")["rows"][0]
            self.assertEqual([box[0] for box in boxes], [needed, not needed])

    def test_attachments_name_invoice_and_return_note(self):
        """Original shipment invoice and the customer's return note by number. [S2.01-20] [S2.01-21]"""
        rows = self._section(self.rma._paper("rma"), "attachments")["rows"]
        self.assertEqual([row[0][0::2] for row in rows], [(True, "INV-0815"), (True, "RN-12")])

    def test_four_departments_sign_handled_and_reviewed(self):
        """Without signatures asked, each of the four departments has two empty boxes.
        [S2.01-22] [S2.01-23] [S2.01-24] [S2.01-25]
        """
        columns = self._section(self.rma._paper("rma"), "signatures")["columns"]
        self.assertEqual(
            [department for department, _boxes in columns],
            ["Sales", "Quality", "Import/export and customs", "Production planning"])
        for _department, boxes in columns:
            self.assertEqual(boxes, [("Handled", "", ""), ("Reviewed", "", "")])

    def test_given_signature_is_printed_with_name_and_conflict(self):
        role = self.env["cx.role"].create({"name": "QA", "function": "quality"})
        self.env["cx.approval"].sudo().create({
            "res_model": "cx.rma", "res_id": self.rma.id, "company_id": self.rma.company_id.id, "kind": "approved",
            "role_id": role.id, "state": "signed", "signer_name": "Li Na", "signed_on": "2026-11-20 08:00:00",
            "is_conflict": True,
        })
        columns = self._section(self.rma._paper("rma"), "signatures")["columns"]
        self.assertEqual(columns[0][0], "Quality")
        self.assertEqual(columns[0][1][0][:2], ("Approved", "Li Na (declared conflict)"))

    # labels

    def test_a_label_per_lot_with_the_reason(self):
        """Each lot gets a label with number, reason for return, RoHS sign; of two lots nobody knows the split.
        [S2.12-14]
        """
        labels = self.rma._return_labels()
        self.assertEqual([label["lot"] for label in labels], ["DRV-A", "DRV-B"])
        for label in labels:
            self.assertEqual((label["number"], label["quantity"]), (self.rma.name, ""))
            self.assertEqual(label["reason"], "No or wrong function: No output after two hours")
            self.assertTrue(label["is_rohs"])
            self.assertFalse(label["is_customers"])

    def test_label_of_customers_goods_says_so(self):
        self.rma.line_ids.goods_owner = "customer"
        self.assertTrue(all(label["is_customers"] for label in self.rma._return_labels()))

    def test_bars_for_ascii_only(self):
        """A number in Chinese has no Code 128; the label prints it as text."""
        self.assertTrue(code128_uri("TQA-000001").startswith("data:image/svg+xml"))
        self.assertEqual((code128_uri("批次一"), code128_uri("")), ("", ""))

    # PDF

    def test_two_documents_make_one_pdf_with_numbered_pages(self):
        """Both wkhtmltopdf builds: one document at a time, page numbers and form number on each page."""
        self.env["cx.form"].create({
            "name": "Form", "paper": "rma", "company_id": self.env.company.id, "number": "F-99", "sequence": 1})
        other = self.rma.copy()
        report = self.env.ref("cx_complaint.rma_report_form").with_context(force_report_rendering=True)
        pdf, kind = report._render_qweb_pdf(report.report_name, (self.rma | other).ids)
        reader = PdfFileReader(BytesIO(pdf))
        self.assertEqual((kind, reader.getNumPages()), ("pdf", 2))
        for number, rma in enumerate(self.rma | other):
            text = " ".join(reader.getPage(number).extract_text().split())
            for wanted in (rma.name, "F-99", "1 / 1", "Not issued"):
                self.assertIn(wanted, text)

    def test_every_label_is_one_page(self):
        """A long reason and a long address do not push a label onto a second page."""
        self.complaint.line_ids.name = "The output fails after two hours of operation at sixty degrees " * 4
        self.rma.line_ids.goods_owner = "customer"
        report = self.env.ref("cx_complaint.rma_report_label").with_context(force_report_rendering=True)
        pdf, _kind = report._render_qweb_pdf(report.report_name, self.rma.ids)
        self.assertEqual(PdfFileReader(BytesIO(pdf)).getNumPages(), 2)

    def test_a_request_cannot_make_an_issued_paper(self):
        """What a client sends as ``issue`` is data, not an issue."""
        report = self.env["report.cx_complaint.report_rma"]
        fake = list(Issue({}, 7, None, "Nobody"))
        paper = report._get_report_values(self.rma.ids, {"issue": fake})["papers"][0]
        self.assertIn("Not issued", paper["status"])
