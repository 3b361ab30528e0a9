from odoo.exceptions import UserError
from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS204(RulebookCommon):
    """The LED maker: four hours to quality control, and each cause has the department that answers for it."""

    CODE = "s2_04"

    def test_general_and_serious(self):
        """Slight appearance or transport damage is general; performance, key dimension, function and a batch return are
        serious. [S2.04-4] [S2.04-5]
        """
        self.complain()
        self.assertSeverity("normal")
        for trigger in ("performance", "key_dimension", "function", "batch_return"):
            with self.subTest(trigger=trigger):
                self.complain(trigger_ids=[(6, 0, self.env.ref(f"cx_complaint.trigger_{trigger}").ids)])
                self.assertSeverity("major")

    def test_each_cause_has_its_department(self):
        """Wrong shipment is marketing's, failed detection quality control's, documents technology's, occasional dimensions
        manufacturing's, late delivery material control's; another department cannot be named.
        [S2.04-6] [S2.04-9] [S2.04-12] [S2.04-13] [S2.04-14]
        """
        for cause, function in (
            ("shipment", "sales"), ("detection", "quality"), ("documents", "engineering"), ("dimension", "production"),
            ("late", "planning"),
        ):
            with self.subTest(cause=cause):
                self.complain()
                self._as("cx_quality", self.complaint).cause_category_id = self.part(f"cause_{cause}")
                self.assertEqual(self.complaint.responsible_department_id, self.departments[function])
                self.assertEqual(self.complaint.party, "company")
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self._as("cx_quality", self.complaint).responsible_department_id = self.departments["finance"]

    def test_marketing_passes_it_on_in_four_hours(self):
        """Marketing registers, and quality control has it within four hours. [S2.04-7] [S2.04-17]"""
        self.complain(at="2026-11-30 09:00", login="cx_sales")
        self.assertQueue("pass_on", "cx_sales")
        self.assertDue("pass_on", "2026-11-30 13:00")
        self.assertRoute("marketing", "cx_sales")
        self.assertNotStarted("analyse")
        self.do("pass_on", "cx_sales")
        self.assertQueue("analyse", "cx_quality")

    def test_out_of_hours_the_clock_waits_for_the_opening(self):
        """What comes in on Saturday and is not urgent has four hours from Monday morning on."""
        self.complain(at="2026-11-28 22:00")
        self.assertDue("pass_on", "2026-11-30 12:00")

    def test_details_first(self):
        """Before it is confirmed, defect, lot and the rest are entered exactly."""
        self.complain(line_ids=[(0, 0, {"product_id": self.product.id, "quantity": 1})])
        self.assertTrue(self.complaint._is_gate_on("details"))
        self.company.cx_confirm_needs_details = False
        self.assertTrue(self.complaint._is_gate_on("details"))

    def test_quality_control_analyses_and_proposes(self):
        """Quality control judges whose it is before anything is concluded, organises the analysis, proposes measures and
        checks them before the case is closed. [S2.04-10] [S2.04-18]
        """
        self.complain()
        self.do("pass_on", "cx_sales")
        self.assertQueue("judge", "cx_quality")
        self.assertQueue("analyse", "cx_quality")
        self.assertBlocked("conclude", "task_open", "cx_quality")
        self._conclude()
        self.assertDone("analyse")
        self.assertQueue("measures", "cx_quality")
        self.assertBlocked("close", "task_open")
        self.do("measures", "cx_quality")
        self.assertNotBlocked("close", "task_open")

    def test_at_the_customers(self):
        """Where it is needed the head of marketing or of quality control goes there; serious or not."""
        self.complain()
        self.do("pass_on", "cx_sales")
        self.assertNotStarted("site_control")
        self.do("judge", "cx_quality")
        self.assertQueue("site_control", "cx_quality_head")
        self.assertQueue("site_marketing", "cx_sales_head")

    def test_marketing_answers_and_helps_on_site(self):
        """Marketing answers with the reports of the measures, and helps on site. [S2.04-8]"""
        self._conclude()
        self.assertQueue("site_marketing", "cx_sales_head")
        self.assertQueue("reply", "cx_sales")
        self.step("answer", "cx_sales")
        self.assertDone("reply")

    def test_customer_s_responsibility_is_explained(self):
        """Quality control passes the analysis to marketing, which answers only then. [S2.04-20]"""
        self._conclude(cause="customer")
        self.assertEqual(self.complaint.party, "customer")
        self.assertNotStarted("measures")
        self.assertNotStarted("team")
        self.assertQueue("explain", "cx_quality")
        self.assertBlocked("answer", "task_open", "cx_sales")
        self.do("explain", "cx_quality")
        self.assertNotBlocked("answer", "task_open", "cx_sales")

    def test_rectification_team(self):
        """Where the company is responsible, quality control sets up a team. [S2.04-21]"""
        self._conclude()
        self.assertQueue("team", "cx_quality")
        self.assertNotStarted("explain")

    def test_departments_cooperate(self):
        """Technology in what is technical, manufacturing in quality, material control in late delivery."""
        for category, codes in (("quality", {"technology", "manufacturing"}), ("delivery", {"material"})):
            with self.subTest(category=category):
                self._conclude(category_id=self.env.ref(f"cx_complaint.category_{category}").id)
                self.assertEqual({
                    code for code in ("technology", "manufacturing", "material") if self.task(code)}, codes)

    def test_interim_measures_on_schedule(self):
        """Interim measures and 8D are due on schedule, and the document names no number: both clocks are off until the
        company decides. [S2.04-11]
        """
        self.assertUndecided("interim", "report_8d")
        self._conclude()
        self.assertQueue("interim", "cx_quality")
        self.assertDue("interim", False)
        self.do("interim", "cx_quality")
        self.assertQueue("report_8d", "cx_quality")

    def _conclude(self, cause="detection", **vals):
        """Quality control finds the cause."""
        self.complain(**vals)
        self.do("pass_on", "cx_sales")
        self.step("confirm")
        self.do("judge", "cx_quality")
        self._as("cx_quality", self.complaint).cause_category_id = self.part(f"cause_{cause}")
        self.step("conclude", "cx_quality")
