import base64

from odoo.tests import tagged

from .papers_common import PapersCommon


@tagged("post_install", "-at_install")
class TestPapersInspection(PapersCommon):
    """The inspection report and the labels of inspected goods say what quality found."""

    def test_inspection_report_sums_in_python(self):
        """Findings with share, the rate below; the PDF need not calculate anything."""
        findings = self._section(self.inspection._paper("inspection"), "findings")
        unit = self.driver.uom_id.name
        self.assertEqual([row[-2:] for row in findings["rows"]], [[f"10 {unit}", "25 %"], [f"30 {unit}", "75 %"]])
        self.assertEqual(findings["total"][-2:], [f"40 {unit}", "75 %"])
        self.assertIn("✓", findings["rows"][1], "a repairable verdict is marked")

    def test_report_without_photos_has_no_photo_block(self):
        self.assertIsNone(self._section(self.inspection._paper("inspection"), "photos"))

    def test_inspected_goods_are_labelled_with_the_verdict(self):
        """Quality marks the goods with what was found. [S2.01-34]"""
        labels = self.inspection._return_labels()
        self.assertEqual(
            [(label["verdict"], label["lot"]) for label in labels],
            [("Good", ""), ("Defective, reworkable", "DRV-A"), ("Defective, reworkable", "DRV-B")])

    def test_quality_issues_the_inspection_report(self):
        """The report as PDF, with its pages numbered and marked as issued. [S2.18-14]"""
        action = self._as("cx_quality", self.inspection).with_context(
            force_report_rendering=True).action_issue_paper()
        paper = self.env["cx.paper"].browse(action["res_id"])
        self.assertEqual((paper.paper, paper.document_name), ("inspection", self.inspection.name))
        self.assertTrue(base64.b64decode(paper.pdf).startswith(b"%PDF"))
        self.assertTrue(paper.name.endswith("v1.pdf"))
        self.assertTrue(paper.is_intact)
