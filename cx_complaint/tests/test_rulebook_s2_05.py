from odoo.tests import tagged

from .rulebook_returns_common import RulebookReturnsCommon


@tagged("post_install", "-at_install")
class TestRulebookS205(RulebookReturnsCommon):
    """The subsidiary that sells through dealers: inspection before stock-in, and every return shows its loss."""

    CODE = "s2_05"

    def test_quality_analyses_and_judges(self):
        """Quality has the application, judges it first and analyses the cause. [S2.05-4]"""
        self.complain_goods()
        self.assertRoute("quality", "cx_quality")
        self.assertQueue("judge", "cx_quality")
        self.assertQueue("analyse", "cx_quality")
        self.assertNotMine("judge", "cx_finance")
        self.do("judge", "cx_quality", result="B: repair in the factory")

    def test_signed_before_it_is_approved(self):
        """Production and the units concerned sign the form, then the general manager of the subsidiary approves it."""
        self.complain_goods()
        self.ask_return()
        self.do("form", "cx_quality")
        self.assertNotStarted("approve")
        self.do("review", "cx_production")
        self.assertQueue("approve", "cx_management_top")

    def test_nothing_is_invented(self):
        """The document has no revision log and no distribution list, so the procedure has neither."""
        self.assertFalse(self.procedure.revision_ids)
        self.assertFalse(self.procedure.role_ids.filtered("is_distributed"))

    def test_warehouse_fetches_and_notifies(self):
        """When the customer was told to return, the warehousing section fetches the goods; when they are there it tells
        quality, who inspects them before they are stocked in. [S2.05-5] [S2.05-6]
        """
        self.complain_goods()
        self.authorise()
        self.assertNotStarted("fetch")
        self.rma.action_tell_customer()
        self.complaint.invalidate_recordset()
        self.assertQueue("fetch", "cx_warehouse")
        self.receive()
        self.assertDone("fetch")
        self.assertQueue("notify", "cx_warehouse")
        self.assertQueue("inspect", "cx_quality")
        self.assertNotStarted("stock_in")

    def test_production_and_planning_repair(self):
        """Production decides the scheme with quality; planning splits and issues the order; the warehouse issues the goods;
        production repairs. [S2.05-7] [S2.05-9] [S2.05-10] [S2.05-11]
        """
        self._decide_repair()
        self.assertQueue("scheme", "cx_production")
        self.assertNotStarted("order")
        self.do("scheme", "cx_production")
        self.assertQueue("order", "cx_planning")
        self.goods.action_execute()
        self.complaint.invalidate_recordset()
        self.assertDone("order")
        self.assertQueue("issue", "cx_warehouse")
        self.assertQueue("repair", "cx_production")

    def test_warehouse_ships_the_repaired(self):
        """What was repaired and released is shipped by the warehousing section, and nobody else. [S2.05-8]"""
        ship = self.milestone("ship")
        self.assertEqual((ship.start_event, ship.stop_event), ("goods_released", "goods_shipped_back"))
        self._decide_repair()
        people = ship.role_id._resolve(self.complaint)[ship.role_id.id, self.complaint.id]
        self.assertEqual(people.mapped("login"), ["cx_warehouse"])

    def test_finance_calculates_loss_and_cost(self):
        """No return is closed before finance has calculated its loss. [S2.05-12]"""
        self._decide_repair()
        self.assertQueue("loss", "cx_finance")
        self.assertBlocked("close", "task_open")
        self.do("loss", "cx_finance", result="Loss 120")
        self.assertNotIn(
            "Calculate the loss", " ".join(one.text for one in self.complaint._blockers("close") if one.code == "task_open"))

    def _decide_repair(self):
        self.complain_goods()
        self.authorise()
        self.receive()
        self.decide()
