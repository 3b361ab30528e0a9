import base64
import hashlib

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestPapersIssue(PapersCommon):
    """An issued paper is frozen: file, data, edition, checksum; a later version stands beside it."""

    def _issue(self, login="cx_service"):
        self._as(login, self.rma).action_issue_paper()
        return self.env["cx.paper"].search([("res_model", "=", "cx.rma"), ("res_id", "=", self.rma.id)], limit=1)

    # nobody changes it

    def test_nobody_writes_or_deletes_an_issued_paper(self):
        """Neither the manager nor the administrator nor code, not even where an administrator grants the right."""
        paper = self._issue()
        self.env["ir.model.access"].create({
            "name": "everything", "model_id": self.env["ir.model"]._get_id("cx.paper"), "perm_read": True,
            "perm_write": True, "perm_create": True, "perm_unlink": True,
            "group_id": self.env.ref("cx_complaint.group_manager").id,
        })
        manager = self._as("cx_manager", paper)
        for vals in ({"version": 9}, {"pdf": base64.b64encode(b"forged")}, {"data": {}}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                manager.write(vals)
            with self.subTest(vals=vals, sudo=True), self.assertRaisesRegex(UserError, "never changed"):
                paper.sudo().write(vals)
        with self.assertRaises(AccessError):
            manager.copy()
        for record in (manager, paper.sudo()):
            with self.assertRaisesRegex(UserError, "never deleted"):
                record.unlink()

    def test_readers_do_not_issue(self):
        """Who may not write the RMA issues no paper of it; an outsider does not even see issued ones."""
        with self.assertRaises(AccessError):
            self._issue("cx_finance")
        paper = self._issue()
        self.assertEqual(self._as("cx_finance", paper).version, 1)
        with self.assertRaises(AccessError):
            self._as("stock_only", paper).read(["name"])

    def test_issue_is_no_remote_procedure(self):
        self.assertTrue(getattr(type(self.env["cx.paper"]).issue, "_api_private", False))

    def test_forged_file_is_not_intact(self):
        """Somebody with the database in his hands is found out."""
        paper = self._issue()
        self.assertTrue(paper.is_intact)
        attachment = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", "cx.paper"), ("res_id", "=", paper.id), ("res_field", "=", "pdf")])
        attachment.raw = b"forged"
        paper.invalidate_recordset()
        self.assertFalse(paper.is_intact)

    # what is kept

    def test_issued_paper_keeps_data_edition_and_checksum(self):
        form = self.env["cx.form"].create({
            "name": "Form", "paper": "rma", "company_id": self.env.company.id, "number": "F-1", "edition": "A/0",
            "sequence": 1,
        })
        paper = self._issue()
        form.write({"number": "F-1", "edition": "B/0"})
        self.rma.requirement = "Something else"
        self.assertEqual((paper.form_number, paper.form_edition, paper.version), ("F-1", "A/0", 1))
        self.assertEqual(paper.checksum, hashlib.sha256(base64.b64decode(paper.pdf)).hexdigest())
        self.assertIn("Rework within two weeks", str(paper.data))
        self.assertTrue(paper.is_intact)

    def test_unchanged_document_is_issued_once(self):
        """Pressed twice: the same paper; changed: version 2 beside version 1."""
        first = self._issue()
        self.assertEqual(self._issue(), first)
        self.rma.requirement = "Rework within one week"
        second = self._issue()
        self.assertEqual((second.version, first.version), (2, 1))
        self.assertTrue(second.is_latest and second.is_intact and first.is_intact)
        self.assertFalse(first.is_latest)
        self.assertEqual(self.rma.paper_count, 2)

    def test_issue_is_told_in_the_chatter(self):
        self._issue()
        self.assertIn("issued, version 1", self.rma.message_ids[0].body)

    def test_counting_papers_is_flat(self):
        """Ten documents count their papers with as many queries as two."""
        rmas = self.rma | self.rma.copy() | self.rma.copy()
        self.env.flush_all()
        costs = []
        for some in (rmas[:1], rmas):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("paper_count")
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(*costs)
