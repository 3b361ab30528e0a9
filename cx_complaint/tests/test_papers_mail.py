from odoo.tests import tagged

from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestPapersMail(PapersCommon):
    """Telling the customer sends him number, goods, address, labels and the form as issued."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "customer@example.com"
        cls.rma.sudo().write({
            "name": "TOP-900001", "return_number": "TQA-900001", "decision": "authorised",
            "authorised_on": "2026-11-10 09:00:00"})

    def test_customer_gets_instructions_labels_and_the_issued_form(self):
        """The message names number and goods; its form is the frozen one, byte for byte."""
        self._as("cx_service", self.rma).action_tell_customer()
        paper = self.env["cx.paper"].search([("res_model", "=", "cx.rma"), ("res_id", "=", self.rma.id)])
        self.assertEqual((paper.paper, paper.version), ("rma", 1))
        message = self.rma.message_ids.filtered(lambda message: message.partner_ids == self.customer)
        for text in ("TQA-900001", "TOP-900001", "Cx Driver", "DRV-A, DRV-B"):
            self.assertIn(text, message.body)
        self.assertEqual(len(message.attachment_ids), 2)
        form = message.attachment_ids.filtered(lambda attachment: attachment.name == paper.name)
        self.assertEqual(form.datas, paper.pdf)

    def test_told_again_after_a_change_sends_the_new_version(self):
        told = self._as("cx_service", self.rma)
        told.action_tell_customer()
        self.rma.sudo().authorised_on = "2026-11-12 09:00:00"
        told.action_tell_customer()
        papers = self.env["cx.paper"].search([("res_model", "=", "cx.rma"), ("res_id", "=", self.rma.id)])
        self.assertEqual(sorted(papers.mapped("version")), [1, 2])
