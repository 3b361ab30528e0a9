from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS214(RulebookGoodsCommon):
    """Our own driver brings defectives back; quality names department and scheme, the department answers."""

    CODE = "s2_14"

    def test_from_the_pick_up_to_the_end(self):
        """Fetched, received, analysed, reworked, inspected; countermeasures before the answer."""
        self.complain_of_goods(2)
        self.assertRoute("business", "cx_sales")
        self.authorise()
        self.step("confirm")
        self.do("fetch", "cx_sales")
        self.assertQueue("bring", "cx_logistics")
        self.receive()
        self.assertDone("bring")
        self.assertQueue("enter", "cx_warehouse")
        self.assertRole("receive", "materials")
        self.assertQueue("inspect", "cx_quality")
        self.assertQueue("help_engineering", "cx_engineering")
        self.inspect()
        self.assertNotStarted("scrap")
        self.decide_rework()
        self.assertQueue("order", "cx_quality")
        self.order_rework()
        self.assertDone("order")
        self.assertQueue("rework", "cx_production")
        self.rework()
        self.assertDone("rework")
        self.assertQueue("check", "cx_quality")
        self.release()
        self.assertDone("check")
        self.assertBlocked("conclude", "responsible_missing", "cx_quality")
        self.name_department("production")
        self._refresh()
        self.assertQueue("measures", "cx_production", "cx_production_head")
        self.step("conclude", "cx_quality")
        self.assertDone("analyse")
        self.assertBlocked("answer", "task_open")
        self.do("measures", "cx_production", result="Interim: sorted. Long-term: new gauge.")
        self.step("answer")
        self.assertDone("answer")
        self.assertQueue("close", "cx_production", "cx_production_head")

    def test_what_has_no_rework_value_is_scrapped(self):
        """The warehouse applies for it once quality finds so; there is no rework to order."""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.assertNotStarted("scrap")
        self.inspect("scrap")
        self.assertQueue("scrap", "cx_warehouse_supervisor")
        self._as("cx_quality", self.line.disposition_ids).action_approve()
        self._refresh()
        self.assertDone("scrap")
        self.assertNotStarted("order")

    def test_what_stays_defective_after_rework(self):
        """The warehouse applies for scrapping only what failed the check after rework."""
        self.complain_of_goods(2)
        self.authorise()
        self.receive()
        self.inspect()
        self.decide_rework()
        self.order_rework()
        self.rework()
        self.assertNotStarted("rest")
        self._as("cx_quality", self.disposition)._fail(1, self.env["stock.lot"], {
            "work": "none", "destination": "scrap", "reason": "Still leaks"})
        self._refresh()
        self.assertQueue("rest", "cx_warehouse_supervisor")

    def test_nothing_is_invented(self):
        """The document names no causes; the administration department is only who answers for the driver with business."""
        self.assertFalse(self.procedure.cause_ids)
        self.assertFalse(self.procedure.milestone_ids.filtered(lambda one: one.role_id == self.role("administration")))
        self.assertEqual(self.role("driver").falls_to_id, self.role("administration"))

    def test_document_control(self):
        """Number, edition and date are those of the document; five of its forms are papers of ours."""
        self.assertEqual((self.procedure.number, self.procedure.edition), ("ZX-3-A-006", "A/0"))
        self.assertEqual(str(self.procedure.effective_date), "2015-01-13")
        self.assertEqual(
            set(self.procedure.form_ids.mapped("paper")), {"return_note", "handling", "scrap", "traveller", "issue_note", False})
