from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS209(RulebookGoodsCommon):
    """The auto-parts supplier: what is returned is confirmed at the plant, reviewed, and belongs to one of six causes."""

    CODE = "s2_09"

    def test_sales_point_registers_and_hands_over(self):
        """It registers what is returned, and hands over goods and data once the return is authorised. [S2.09-2]"""
        self.complain_of_goods(2)
        self.assertRoute("sales_point", "cx_sales")
        self.assertQueue("register", "cx_sales")
        self.assertNotMine("register", "cx_warehouse")
        self.assertNotStarted("hand_over")
        self.authorise()
        self.assertQueue("hand_over", "cx_sales")
        self.receive()
        self.assertDone("hand_over")

    def test_sales_point_counts_what_the_transport_costs(self):
        """Once the goods are here. [S2.09-3]"""
        self.complain_of_goods()
        self.authorise()
        self.assertNotStarted("transport_cost")
        self.receive()
        self.assertQueue("transport_cost", "cx_sales")

    def test_factory_quality_reviews_finds_and_counts(self):
        """Review, responsibility and statistics are the factory's quality assurance. [S2.09-5]"""
        self.complain_of_goods()
        self.authorise()
        self.assertNotStarted("review")
        self.receive()
        self.assertQueue("review", "cx_quality")
        self.assertQueue("responsibility", "cx_quality")
        self.inspect()
        self.assertDone("review")
        self.complaint.cause_category_id = self.part("cause_branch")
        self._refresh()
        self.assertDone("responsibility")
        self.assertNotStarted("statistics")
        self.see_on_site()
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertQueue("statistics", "cx_quality")

    def test_goods_go_through_branch_engineering_and_warehouse(self):
        """The branch joins the review [S2.09-6] and re-stocks what is kept; engineering makes scheme and costs of what is to be
        reworked, without which nothing is decided [S2.09-7]; what is not scrapped is not the warehouse's to dismantle.
        """
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.assertQueue("join_review", "cx_production")
        self.assertNotStarted("scheme")
        self.inspect()
        self.assertQueue("scheme", "cx_engineering")
        self.assertIn("task_open", [blocker.code for blocker in self.complaint._blockers("decide")])
        self.do("scheme", "cx_engineering", result="Press the bearing anew: 3 minutes, 12 yuan")
        self.assertNotStarted("restock")
        self.decide_rework()
        self.assertNotStarted("dismantle")
        self.assertQueue("restock", "cx_production")
        self.order_rework()
        self.rework()
        self.assertRunning("restock")
        self.release()
        self.assertDone("restock")

    def test_confirmed_scrap_is_the_warehouses(self):
        """Once scrap is approved the warehouse counts it and has it dismantled; there is nothing to rework. [S2.09-4]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.inspect("scrap")
        self.assertNotStarted("scheme")
        self.assertNotStarted("dismantle")
        self._as("cx_quality", self.line.disposition_ids).action_approve()
        self._refresh()
        self.assertQueue("dismantle", "cx_warehouse")
        self.assertNotStarted("restock")

    def test_what_is_kept_for_use_is_restocked_without_rework(self):
        """Good ones are drawn, checked, packed and re-stocked by the branch as well. [S2.09-6]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.inspect("good")
        self._as("cx_quality", self.line.disposition_ids).action_approve()
        self._refresh()
        self.assertQueue("restock", "cx_production")
        self._execute(self.line.disposition_ids)
        self.line.disposition_ids._open_leaving_moves().picking_id.button_validate()
        self._refresh()
        self.assertDone("restock")

    def test_batch_and_disputed_returns(self):
        """Quality management goes along, answers with a rectification report before the customer is answered, and
        supervises every return. [S2.09-8]
        """
        self.complain()
        self.assertQueue("supervise", "cx_quality_supervisor")
        self.assertNotStarted("call_quality")
        for trigger in ("batch_return", "disputed"):
            self.complain()
            self.complaint.trigger_ids = self.env.ref(f"cx_complaint.trigger_{trigger}")
            self.assertSeverity("major")
            self.assertRoute("quality_management", "cx_quality_supervisor")
            self.assertQueue("call_quality", "cx_sales")
            self.assertNotStarted("negotiate")
            self.see_on_site(call=True)
            self.assertDone("call_quality")
            self.assertQueue("negotiate", "cx_quality_supervisor")
            self.do("negotiate", "cx_quality_supervisor")
            self.step("confirm")
            self.assertBlocked("answer", "task_open")
            self.do("rectify", "cx_quality_supervisor")
            self.assertNotBlocked("answer", "task_open")

    def test_reason_confirmed_at_the_plant(self):
        """Whatever the reason: sales, or whom they send, confirm it at the customer's plant; nothing is concluded before all of
        the goods were seen there, and nobody just says that it is done. [S2.09-15]
        """
        self.complain_of_goods(2)
        self.complaint.line_ids = [(0, 0, {"product_id": self.product.id, "quantity": 1, "name": "Rusty", "wish": "exchange"})]
        self.step("confirm")
        self.assertQueue("confirm_reason", "cx_sales")
        self.assertNotMine("confirm_reason", "cx_sales")
        self.assertTrue(self.complaint.is_site_check_due)
        first, second = self.complaint.line_ids
        check = self._as("cx_sales", self.env["cx.site.check"]).create({
            "complaint_id": self.complaint.id, "line_ids": [(0, 0, {"complaint_line_id": first.id, "result": "confirmed"})],
            "confirmed_on": self._utc("2026-11-30 08:00"), "confirmer_name": "Line follower Zhou", "party": "company"})
        check.action_finish()
        self._refresh()
        self.assertRunning("confirm_reason")
        self.assertBlocked("conclude", "task_open", "cx_quality")
        other = check.copy({"line_ids": [(0, 0, {"complaint_line_id": second.id, "result": "other", "found": "Stood in rain"})]})
        other.confirmed_on = self._utc("2026-11-30 08:30")
        other.action_finish()
        self._refresh()
        self.assertDone("confirm_reason")
        self.assertNotBlocked("conclude", "task_open", "cx_quality")
        self.assertFalse(self.complaint.is_site_check_due)
        self.assertEqual(self.complaint.site_check_ids.mapped("site_partner_id"), self.customer)

    def test_quality_engineer_goes_along(self):
        """To a batch return, and to one that turns out to be disputed on site: without him it is not confirmed. Quality
        management is asked, whoever is on duty in quality; other returns sales sees alone. [S2.09-16]
        """
        self.complain_of_goods(2)
        alone = self.see_on_site()
        self.assertFalse(alone.is_joint)
        for disputed in (False, True):
            with self.subTest(disputed=disputed):
                self.complain_of_goods(2)
                check = self._as("cx_sales", self.env["cx.site.check"]).create({
                    "complaint_id": self.complaint.id, "confirmed_on": self._utc("2026-11-30 08:00"), "party": "unknown"})
                if disputed:
                    check.line_ids.write({"result": "disputed", "found": "Dented in his own store"})
                else:
                    check.line_ids.result = "confirmed"
                    self.complaint.trigger_ids = self.env.ref("cx_complaint.trigger_batch_return")
                self._refresh()
                self.assertTrue(check.is_joint)
                self.assertEqual([blocker.code for blocker in check._blockers("finish")], ["specialist_not_called"])
                check.action_call()
                self._refresh()
                self.assertEqual(check.companion_ids.login, "cx_quality_supervisor")
                self.assertEqual(check.activity_ids.user_id.login, "cx_quality_supervisor")
                self.assertDone("call_quality")
                self.assertQueue("negotiate", "cx_quality_supervisor")
                check.companion_ids = False
                self.assertEqual([blocker.code for blocker in check._blockers("finish")], ["nobody_went_along"])
                check.companion_ids = self.users_by_login["cx_quality"]
                check.action_finish()

    # Six causes

    def _assertCause(self, code, function):
        self.complain()
        self.complaint.cause_category_id = self.part(f"cause_{code}")
        self.assertEqual(self.complaint.responsible_department_id, self.departments[function])
        self.assertEqual(self.complaint.party, "company")

    def test_cause_branch_factory(self):
        """Manual work is the branch's. [S2.09-9]"""
        self._assertCause("branch", "production")

    def test_cause_quality(self):
        """Wrong and missed inspection is the inspectors'. [S2.09-10]"""
        self._assertCause("quality", "quality")

    def test_cause_technology(self):
        """Drawings, tooling, process and packing design are engineering's. [S2.09-11]"""
        self._assertCause("technology", "engineering")

    def test_cause_purchasing(self):
        """Raw material is purchasing's. [S2.09-12]"""
        self._assertCause("purchasing", "purchasing")

    def test_cause_sales(self):
        """Plans, loading, transport, use and model changes are sales'. [S2.09-13]"""
        self._assertCause("sales", "sales")

    def test_reported_too_late_is_always_sales(self):
        """Nobody else can be named. [S2.09-14]"""
        self._assertCause("other", "sales")
        with self.assertRaises(ValidationError):
            self.name_department("production")

    def test_nothing_is_concluded_without_place_and_cause(self):
        """The reason is confirmed at the plant and the department is named; where nobody can tell the cause any more it was
        reported too late, and sales answers for it.
        """
        self.complain()
        self.step("confirm")
        for code in ("task_open", "responsible_missing"):
            self.assertBlocked("conclude", code, "cx_quality")
        self.see_on_site()
        self.step("conclude", "cx_quality")
        self.assertEqual(self.complaint.cause_category_id, self.part("cause_other"))
        self.assertEqual(self.complaint.responsible_department_id, self.departments["sales"])
        self.assertUndecided("mark")
        self.assertDue("mark", False)
