from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS212(RulebookGoodsCommon):
    """The maker with regional sales: managers confirm at the customer, marketing has the return loaded."""

    CODE = "s2_12"

    def test_regional_manager_registers_packs_and_hands_over(self):
        """He makes clear what is returned, and packs it as it was or sorts it, by the reason; before they go he classifies and
        labels the goods with what is wrong. [S2.12-2] [S2.12-14] [S2.12-16] [S2.12-17] [S2.12-18]
        """
        self.complain_of_goods(nature="quality")
        self.assertRoute("regional", "cx_sales_supervisor")
        self.assertQueue("register", "cx_sales_supervisor")
        self.assertNotMine("register", "cx_sales")
        self.authorise()
        self.assertQueue("sort", "cx_sales_supervisor")
        self.assertNotStarted("pack_original")
        self.assertNotStarted("mark")
        self.see_on_site("cx_sales_supervisor")
        self.assertQueue("mark", "cx_sales_supervisor")
        self.line.mark_reason = "Leaks"
        self._as("cx_sales_supervisor", self.line.rma_id).action_mark()
        self._refresh()
        self.assertDone("mark")
        self.assertDone("sort")
        self.do("ask_loading", "cx_sales_supervisor")
        self.assertQueue("load", "cx_sales")
        self.do("load", "cx_sales")
        self.assertQueue("drive", "cx_logistics")
        self.complaint.nature = "non_quality"
        self._refresh()
        self.assertQueue("pack_original", "cx_sales_supervisor")

    def test_keeper_counts_and_stocks_in(self):
        """Until the return is in the warehouse. [S2.12-3]"""
        self.complain_of_goods()
        self.authorise()
        self.assertNotStarted("ledger")
        self.receive()
        self.assertRole("stock_in", "keeper")
        self.assertQueue("stock_in", "cx_warehouse")
        self.assertDone("stock_in")
        self.assertUndecided("ledger")
        self.assertQueue("ledger", "cx_warehouse")
        self.assertDue("ledger", False)

    def test_quality_reviews_finds_and_counts(self):
        """Review, responsibility, statistics. [S2.12-4]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.assertQueue("review", "cx_quality")
        self.assertQueue("responsibility", "cx_quality")
        self.inspect()
        self.assertDone("review")
        self.complaint.cause_category_id = self.part("cause_making")
        self._refresh()
        self.assertDone("responsibility")
        self.see_on_site("cx_sales_supervisor")
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertQueue("statistics", "cx_quality")

    def test_manufacturing_joins_and_makes_scheme_and_costs(self):
        """Nothing is decided before they are there. [S2.12-5]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.assertQueue("join_review", "cx_production")
        self.assertNotStarted("scheme")
        self.inspect()
        self.assertQueue("scheme", "cx_production")
        self.assertBlocked("decide", "task_open")
        self.do("scheme", "cx_production", result="Two hours, 80 yuan")
        self.assertNotBlocked("decide", "task_open")

    def test_research_and_development_goes_along(self):
        """To batch and disputed returns; it answers with a report, and supervises all. [S2.12-6]"""
        self.complain()
        self.assertQueue("supervise", "cx_engineering")
        self.assertNotStarted("call_development")
        for trigger in ("batch_return", "disputed"):
            self.complain()
            self.complaint.trigger_ids = self.env.ref(f"cx_complaint.trigger_{trigger}")
            self.assertSeverity("major")
            self.assertRoute("development", "cx_engineering")
            self.see_on_site("cx_sales_supervisor", call=True)
            self.assertDone("call_development")
            self.do("negotiate", "cx_engineering")
            self.step("confirm")
            self.assertBlocked("answer", "task_open")
            self.do("rectify", "cx_engineering")
            self.assertNotBlocked("answer", "task_open")

    def test_reason_confirmed_at_the_end_user(self):
        """The regional manager, or whom he sends, confirms the reason where the goods are: at the customer's or the end
        user's. [S2.12-12]
        """
        self.complain_of_goods(2, end_customer_id=self.env["res.partner"].create({"name": "Workshop that uses it"}).id)
        self.assertQueue("confirm_reason", "cx_sales_supervisor")
        self.assertNotStarted("appraise")
        check = self.see_on_site("cx_sales_supervisor", confirmer_name="Fitter Ma")
        self.assertEqual(check.site_partner_id.name, "Workshop that uses it")
        self.assertDone("confirm_reason")
        self.assertIn("Fitter Ma", str(self.complaint.message_ids.mapped("body")))

    def test_development_is_told_of_batch_and_disputed_returns(self):
        """The regional manager asks research and development to go along and negotiate; nobody of quality is. [S2.12-13]"""
        self.complain_of_goods(2)
        check = self._as("cx_sales_supervisor", self.env["cx.site.check"]).create({
            "complaint_id": self.complaint.id, "confirmed_on": self._utc("2026-11-30 08:00"), "party": "unknown"})
        self.assertFalse(check.is_joint)
        check.line_ids.write({"result": "disputed", "found": "Fitted with a hammer"})
        self._refresh()
        self.assertQueue("call_development", "cx_sales_supervisor")
        self.assertEqual([blocker.code for blocker in check._blockers("finish")], ["specialist_not_called"])
        check.action_call()
        self._refresh()
        self.assertEqual(check.companion_ids.login, "cx_engineering")
        self.assertQueue("negotiate", "cx_engineering")
        check.action_finish()

    def test_appraisal_report(self):
        """After the reason is confirmed the regional manager issues the report under the title of the document; with that the
        task is done. [S2.12-15]
        """
        self.complain_of_goods(2)
        check = self.see_on_site("cx_sales_supervisor")
        self.assertQueue("appraise", "cx_sales_supervisor")
        self.assertNotMine("appraise", "cx_sales_supervisor")
        check.action_issue_paper()
        self._refresh()
        self.assertDone("appraise")
        paper = self.env["cx.paper"].search([("res_model", "=", "cx.site.check"), ("res_id", "=", check.id)])
        self.assertEqual(paper.form_id, self.part("form_appraisal"))
        self.assertEqual(paper.data["form"]["title"], "Customer Return Responsibility Appraisal Report")
        self.assertEqual(paper.data["procedure"]["name"], self.procedure.name)

    # Five causes

    def _assertCause(self, code, function):
        self.complain()
        self.complaint.cause_category_id = self.part(f"cause_{code}")
        self.assertEqual(self.complaint.responsible_department_id, self.departments[function])

    def test_cause_making(self):
        """Shape, dimension, performance and mixing are manufacturing's. [S2.12-7]"""
        self._assertCause("making", "production")

    def test_cause_quality(self):
        """Wrong and missed inspection is quality's. [S2.12-8]"""
        self._assertCause("quality", "quality")

    def test_cause_technology(self):
        """Drawings, tooling, process and packing design are research and development's. [S2.12-9]"""
        self._assertCause("technology", "engineering")

    def test_cause_purchasing(self):
        """Raw material is purchasing's. [S2.12-10]"""
        self._assertCause("purchasing", "purchasing")

    def test_cause_sales_and_no_other(self):
        """There is no class for the rest here. [S2.12-11]"""
        self._assertCause("sales", "sales")
        self.assertEqual(set(self.procedure.cause_ids.mapped("code")), {"making", "quality", "technology", "purchasing", "sales"})
        self.assertFalse(any(self.procedure.cause_ids.mapped("is_default")))
        self.assertBlocked("conclude", "task_open", "cx_quality")
