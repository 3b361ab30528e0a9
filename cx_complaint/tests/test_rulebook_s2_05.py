from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS205(RulebookGoodsCommon):
    """The subsidiary that sells through dealers: inspection before stock-in, and every return shows its loss."""

    CODE = "s2_05"

    def test_quality_analyses_and_judges(self):
        """Quality has the application, judges it first and analyses the cause. [S2.05-4]"""
        self.complain_of_goods(ask=False)
        self.assertRoute("quality", "cx_quality")
        self.assertQueue("judge", "cx_quality")
        self.assertQueue("analyse", "cx_quality")
        self.assertNotMine("judge", "cx_finance")
        self.do("judge", "cx_quality", result="B: repair in the factory")

    def test_nothing_is_invented(self):
        """The document has no revision log and no distribution list, so the procedure has neither."""
        self.assertFalse(self.procedure.revision_ids)
        self.assertFalse(self.procedure.role_ids.filtered("is_distributed"))

    def test_form_is_signed_then_approved(self):
        """Quality issues it once a return is asked for; production and the units concerned sign, then the general manager
        of the subsidiary approves.
        """
        self.complain_of_goods(ask=False)
        self.assertNotStarted("form")
        self.ask_return()
        self.assertQueue("form", "cx_quality")
        self.do("form", "cx_quality")
        self.assertQueue("review", "cx_production")
        self.assertNotStarted("approve")
        self.do("review", "cx_production")
        self.assertQueue("approve", "cx_management_top")

    def test_warehouse_fetches_and_notifies(self):
        """When the customer was told to return, quality gets carrier and tracking number from him and the warehousing
        section fetches the goods; when they are there it tells quality, who inspects them before they are stocked in.
        [S2.05-5] [S2.05-6]
        """
        self.complain_of_goods()
        self.authorise()
        self.assertNotStarted("fetch")
        self.assertNotStarted("tracking")
        self.rma.action_tell_customer()
        self._refresh()
        self.assertQueue("tracking", "cx_quality")
        self.assertQueue("fetch", "cx_warehouse")
        self._as("cx_quality", self.rma).action_ship("SF", "SF 4711")
        self._refresh()
        self.assertDone("tracking")
        self.assertRunning("fetch")
        self.receive()
        self.assertDone("fetch")
        self.assertQueue("notify", "cx_warehouse")
        self.assertQueue("inspect", "cx_quality")
        self.assertNotStarted("stock_in")
        self.inspect()
        self.assertDone("inspect")
        self.assertQueue("stock_in", "cx_warehouse")

    def test_production_and_planning_repair(self):
        """Production decides the scheme with quality; quality hands the papers to planning, which splits and issues the
        order; the warehouse issues the goods; production repairs. [S2.05-7] [S2.05-9] [S2.05-10] [S2.05-11]
        """
        self._decide_repair()
        self.assertQueue("scheme", "cx_production")
        self.assertNotStarted("hand_over")
        self.do("scheme", "cx_production")
        self.assertQueue("hand_over", "cx_quality")
        self.assertNotStarted("order")
        self.do("hand_over", "cx_quality")
        self.assertQueue("order", "cx_planning")
        self.assertNotStarted("issue")
        self.order_rework()
        self.assertDone("order")
        self.assertQueue("issue", "cx_warehouse")
        self.assertQueue("repair", "cx_production")
        self.rework()
        self.assertDone("repair")

    def test_scrap_needs_no_scheme(self):
        """What is not repaired has no scheme and no order; its loss is calculated all the same."""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self._decide(self.line, destination="scrap", reason="Not worth it")
        self._refresh()
        self.assertNotStarted("scheme")
        self.assertQueue("loss", "cx_finance")

    def test_warehouse_ships_the_repaired(self):
        """What was repaired and released is shipped by the warehousing section, and by nobody else. [S2.05-8]"""
        self._decide_repair()
        self.order_rework()
        self.rework()
        self.assertNotStarted("ship")
        self.release()
        self.assertQueue("ship", "cx_warehouse")

    def test_finance_calculates_loss_and_cost(self):
        """No return is closed before finance has calculated its loss. [S2.05-12]"""
        self._decide_repair()
        self.assertQueue("loss", "cx_finance")
        self.assertIn("Calculate the loss", self._open_texts())
        self.do("loss", "cx_finance", result="Loss 120")
        self.assertNotIn("Calculate the loss", self._open_texts())

    def test_document_control(self):
        """Version and effective date of the document; its number is blank there."""
        self.assertEqual((self.procedure.edition, str(self.procedure.effective_date)), ("1.0", "2014-05-01"))
        self.assertFalse(self.procedure.number)

    # Help

    def _open_texts(self):
        return " ".join(one.sentence() for one in self.complaint._blockers("close") if one.code == "task_open")

    def _decide_repair(self):
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.inspect()
        self.decide_rework()
