from odoo.tests import tagged

from .rulebook_returns_common import RulebookReturnsCommon


@tagged("post_install", "-at_install")
class TestRulebookS201(RulebookReturnsCommon):
    """The electronics factory in bonded trade: planning passes the form on, and nobody waits for a word of mouth."""

    CODE = "s2_01"

    def test_a_return_goes_through_every_department(self):
        """Operations asks for the return; planning passes the form on; the warehouse receives; quality confirms the goods;
        planning opens the rework order. [S2.01-3] [S2.01-4] [S2.01-5] [S2.01-9] [S2.01-10]
        """
        self.complain_goods(login="cx_sales")
        self.assertRoute("operations", "cx_sales")
        self.assertQueue("form", "cx_sales")
        self.assertNotStarted("pass_on")
        self.authorise()
        self.assertDone("form")
        self.assertQueue("pass_on", "cx_planning")
        self.assertQueue("receive", "cx_warehouse")
        self.assertNotStarted("confirm_goods")
        self.receive()
        self.assertDone("receive")
        self.assertQueue("confirm_goods", "cx_quality")
        self.assertQueue("rework_order", "cx_planning")

    def test_the_days_that_the_document_lost(self):
        """How many days planning has is lost: the task is there, its clock is off, the procedure lists it; once the
        company has decided, the clock runs. [S2.01-15]
        """
        self.assertUndecided("pass_on")
        self.assertEqual([what for _clause, what, _open in self.procedure._to_be_decided()], [
            "Pass the form to quality, warehouse and import/export"])
        self.complain_goods()
        self.ask_return()
        self.assertDue("pass_on", False)
        edition = self._decide_days(2)
        self.complaint._move_to_procedure(edition, "Two days were decided")
        self.complain_goods(at="2026-12-01 09:00")
        self.ask_return()
        self.assertEqual(self.complaint.procedure_id, edition)
        self.assertTrue(self.task("pass_on").due_on)

    def _decide_days(self, days):
        """A new edition in which the company has filled in what was lost."""
        edition = self.procedure._make_edition("A/1", "Days of planning")
        edition.milestone_ids.filtered(lambda one: one.code == "pass_on").write({
            "limit_value": days, "limit_unit": "working_day", "is_undecided": False})
        edition.action_put_in_force()
        return edition

    def test_import_export_brings_goods_in_and_out(self):
        """Import/export applies for the contract when the form is passed on, and ships the goods out of the country
        again when planning has arranged it. [S2.01-6] [S2.01-7]
        """
        self.complain_goods()
        self.authorise()
        self.assertNotStarted("contract")
        self.do("pass_on", "cx_planning")
        self.assertQueue("contract", "cx_trade")
        duties = {one.code: one for one in self.procedure.milestone_ids}
        self.assertEqual(duties["reship"].start_event, "goods_released")
        self.assertEqual(duties["reship"].role_id.code, "planning")
        self.assertEqual((duties["reexport"].after_id.code, duties["reexport"].role_id.code), ("reship", "trade"))

    def test_manufacturing_reworks_and_reports(self):
        """With the rework order manufacturing has a task that ends when the goods are reworked. [S2.01-8]"""
        self.complain_goods()
        self.authorise()
        self.receive()
        self.decide()
        self.assertNotStarted("rework")
        self.goods.action_execute()
        self.complaint.invalidate_recordset()
        self.assertDone("rework_order")
        self.assertQueue("rework", "cx_production")

    def test_number_of_a_return(self):
        """The prefix TQA, two characters for the year, dashes, three digits: a series of the company's own. [S2.01-13]"""
        self.env["ir.sequence"].create({
            "name": "Returns", "code": "cx.rma.return", "company_id": self.company.id, "prefix": "TQA%(y)s---", "padding": 3})
        self.complain_goods()
        self.authorise()
        self.assertRegex(self.rma.return_number, r"^TQA\d\d---001$")
