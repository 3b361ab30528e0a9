from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS210(RulebookCommon):
    """The LED maker: to quality control within four hours; who answers for the cause improves it. Same rules as S2.04."""

    CODE = "s2_10"

    def _complain_of_lamps(self, **vals):
        return self.complain(line_ids=[(0, 0, {
            "name": "Lamps flicker", "product_id": self.product.id, "quantity": 3.0, "wish": "exchange",
            "return_decision": "return"})], **vals)

    def _tick(self, *triggers):
        self.complaint.trigger_ids = [(6, 0, [self.env.ref(f"cx_complaint.trigger_{code}").id for code in triggers])]

    def _complete(self):
        """Everything that 5.1 asks for is confirmed with the customer."""
        self.complaint.line_ids.write({
            "defect_id": self.env.ref("cx_complaint.defect_function").id, "defect_rate": 100.0,
            "occurred_on": "2026-11-28", "at_stock_qty": 3.0})

    # How serious

    def test_general_complaint(self):
        """What does not touch the product's own characteristics stays general. [S2.10-6] [S2.04-4]"""
        self._complain_of_lamps(category_id=self.env.ref("cx_complaint.category_transport").id)
        self.assertSeverity("normal")
        self.assertFalse(self.complaint.severity_floor)
        self._tick("performance")
        self.assertSeverity("major")
        self._tick()
        self.assertSeverity("normal")

    def test_serious_complaint(self):
        """Performance, key dimension, use function, and any batch return by the customer. [S2.10-7] [S2.04-5]"""
        for trigger in ("performance", "key_dimension", "function", "batch_return"):
            with self.subTest(trigger=trigger):
                self._complain_of_lamps()
                self.assertSeverity("normal")
                self._tick(trigger)
                self.assertSeverity("major")

    # By when

    def test_passed_on_within_four_hours(self):
        """From when it came in, whatever the working time, exact details first. [S2.10-15] [S2.04-17]"""
        self._complain_of_lamps(received="2026-11-30 08:30")
        self.assertDue("pass_on", "2026-11-30 12:30")
        self.assertQueue("pass_on", "cx_sales")
        self.assertNotStarted("judge")
        self.assertBlocked("confirm", "defect_missing")
        self._complete()
        self.step("confirm", at="2026-11-30 13:00")
        self.assertDone("pass_on")
        self.assertEqual(self.task("pass_on").late_seconds, 1800)
        self.assertQueue("judge", "cx_quality")

    def test_interim_measures_and_8d_on_schedule(self):
        """Both are quality control's, promised to the customer; which schedule is lost, so there is no clock until it is
        decided. [S2.10-10] [S2.04-11]
        """
        self._confirm()
        self.assertQueue("interim", "cx_quality")
        self.assertTrue(self.task("interim").milestone_id.is_promise)
        self.step("investigate", "cx_quality")
        self.assertQueue("eight_d", "cx_quality")
        self.assertUndecided("interim", "eight_d")
        self.assertDue("interim", False)
        self.assertDue("eight_d", False)

    # Who

    def _confirm(self, **vals):
        self._complain_of_lamps(**vals)
        self._complete()
        self.step("confirm")

    def test_marketing_centre_accepts_and_replies(self):
        """It has every complaint [S2.10-8], registers and sends it to quality control [S2.04-7], replies and helps on the
        spot [S2.04-8]; it answers for over-, short and wrong shipment [S2.04-6].
        """
        self._complain_of_lamps()
        self.assertRoute("marketing", "cx_sales")
        self.assertQueue("pass_on", "cx_sales")
        self.assertIn("lot", self.task("pass_on").milestone_id.instruction)
        self._complete()
        self.step("confirm")
        self.do("judge", "cx_quality")
        self.assertQueue("site_marketing", "cx_sales_head")
        self.assertQueue("site_control", "cx_quality_head")
        self.complaint.cause_category_id = self.part("cause_shipment")
        self.assertEqual(self.complaint.responsible_department_id, self.departments["sales"])
        self.step("conclude", "cx_quality")
        self.assertQueue("reply", "cx_sales")
        self.step("answer")
        self.assertDone("reply")

    def test_quality_control_finds_the_cause_and_checks(self):
        """It analyses, and nobody else concludes; it checks what was improved before the case is closed [S2.10-9] [S2.04-10];
        it answers for failed detection [S2.04-9].
        """
        self._confirm()
        self.step("investigate", "cx_quality")
        self.assertQueue("causes", "cx_quality")
        self.assertBlocked("conclude", "not_entitled", "cx_service")
        self.do("judge", "cx_quality")
        self.complaint.cause_category_id = self.part("cause_detection")
        self.assertEqual(self.complaint.responsible_department_id, self.departments["quality"])
        self._refresh()
        self.assertNotStarted("check")
        self.do("improve", "cx_quality")
        self.assertQueue("check", "cx_quality")
        self.assertBlocked("close", "task_open")

    def _assertImproves(self, cause, function):
        self._confirm()
        self.assertNotStarted("improve")
        self.complaint.cause_category_id = self.part(f"cause_{cause}")
        self._refresh()
        self.assertEqual(self.complaint.responsible_department_id, self.departments[function])
        self.assertQueue("improve", f"cx_{function}", f"cx_{function}_head")
        self.assertNotMine("improve", "cx_warehouse")

    def test_technology_improves_documents(self):
        """Technical documents that are missing or wrong. [S2.10-11] [S2.04-12]"""
        self._assertImproves("documents", "engineering")

    def test_manufacturing_improves_dimensions(self):
        """Occasional deviations. [S2.10-12] [S2.04-13]"""
        self._assertImproves("dimension", "production")

    def test_material_control_improves_deliveries(self):
        """Late delivery. [S2.10-13] [S2.04-14]"""
        self._assertImproves("late", "planning")

    # The whole way

    def test_customer_is_responsible(self):
        """Then there is no team and nothing to improve: the analysis goes to marketing, which explains."""
        self._confirm()
        self.do("judge", "cx_quality")
        self.complaint.cause_category_id = self.part("cause_customer")
        self.name_department("sales")
        self._refresh()
        self.assertEqual(self.complaint.party, "customer")
        self.assertNotStarted("team")
        self.step("conclude", "cx_quality")
        self.assertBlocked("answer", "task_open")
        self.do("explain", "cx_quality", result="Mounted without heat sink")
        self.step("answer")

    def test_recognised_answered_and_not_again(self):
        """From the call to the end: how serious, passed on in time, answered, and not closed before the improvement was
        checked. [S2.10-3] [S2.04-1]
        """
        self._complain_of_lamps()
        self._tick("function")
        self.assertSeverity("major")
        self._complete()
        self.step("confirm", at="2026-11-30 10:00")
        self.assertFalse(self.task("pass_on").late_seconds)
        self.step("investigate", "cx_quality")
        self.do("judge", "cx_quality")
        self.complaint.cause_category_id = self.part("cause_dimension")
        self._refresh()
        self.do("team", "cx_quality", result="Production, technology, quality")
        self.step("conclude", "cx_quality")
        self.step("decide")
        self.step("answer")
        self.complaint.line_ids.write({"is_answered": True, "return_decision": "none"})
        self.do("improve", "cx_production", result="Gauge at the third station")
        self.assertBlocked("close", "task_open")
        self.do("check", "cx_quality", result="300 pieces, none")
        self.step("close", at="2026-12-04 10:00")
        self.assertEqual(self.complaint.state, "closed")

    def test_edition_and_its_revisions(self):
        """Edition A.1 and its three changes stand on the procedure."""
        self.assertEqual(self.procedure.edition, "A.1")
        self.assertEqual(len(self.procedure.revision_ids), 3)

    def _refresh(self):
        self.env.flush_all()
        self.env.invalidate_all()
