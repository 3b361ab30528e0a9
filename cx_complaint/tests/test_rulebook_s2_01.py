from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS201(RulebookGoodsCommon):
    """The electronics factory in bonded trade: planning passes the form on, and nobody waits for a word of mouth."""

    CODE = "s2_01"

    def test_a_return_goes_through_every_department(self):
        """Operations asks for the return; planning passes the form on; the warehouse receives; quality confirms the goods;
        planning opens the rework order. [S2.01-3] [S2.01-4] [S2.01-5] [S2.01-9] [S2.01-10]
        """
        self.complain_of_goods(login="cx_sales", ask=False)
        self.assertRoute("operations", "cx_sales")
        self.assertQueue("form", "cx_sales")
        self.assertNotMine("form", "cx_planning")
        self.assertNotStarted("pass_on")
        self.ask_return()
        self.assertDone("form")
        self.assertQueue("pass_on", "cx_planning")
        self.assertNotStarted("receive")
        self.authorise()
        self.assertQueue("receive", "cx_warehouse")
        self.assertNotStarted("confirm_goods")
        self.receive()
        self.assertDone("receive")
        self.assertQueue("confirm_goods", "cx_quality")
        self.assertQueue("rework_order", "cx_planning")
        self.inspect()
        self.assertDone("confirm_goods")

    def test_every_return_has_its_form(self):
        """A return without any complaint has one as well; a question has none."""
        for kind, is_there in (("commercial_return", True), ("enquiry", False)):
            with self.subTest(kind=kind):
                self.complain_of_goods(kind_id=self.env.ref(f"cx_complaint.complaint_kind_{kind}").id, ask=False)
                self.assertEqual(bool(self.task("form")), is_there)

    def test_passed_on_with_the_button(self):
        """Planning passes the form on where the form is, and need not say so twice."""
        self.complain_of_goods()
        self.authorise()
        self.assertRunning("pass_on")
        self._pass_on()
        self.assertDone("pass_on")

    def test_the_days_that_the_document_lost(self):
        """How many days planning has is lost: the task is there, its clock is off, the procedure lists it; once the
        company has decided, the clock runs. [S2.01-15]
        """
        self.assertUndecided("pass_on")
        self.assertEqual([what for _clause, what, _open in self.procedure._to_be_decided()], [
            "Pass the form to quality, warehouse and import/export"])
        self.complain_of_goods()
        self.assertDue("pass_on", False)
        edition = self._decide_days(2)
        self.complaint._move_to_procedure(edition, "Two days were decided")
        self.assertDue("pass_on", "2026-12-02 09:00")
        self.complain_of_goods(at="2026-12-01 09:00")
        self.assertEqual(self.complaint.procedure_id, edition)
        self.assertDue("pass_on", "2026-12-03 09:00")

    def _decide_days(self, days):
        """A new edition in which the company has filled in what was lost."""
        edition = self.procedure._make_edition("A/1", "Days of planning")
        edition.milestone_ids.filtered(lambda one: one.code == "pass_on").write({
            "limit_value": days, "limit_unit": "working_day", "is_undecided": False})
        edition.action_put_in_force()
        return edition

    def test_goods_that_do_not_match_the_paper(self):
        """Quality tells planning at once, in one step. [S2.01-37]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.assertTold("confirm_goods", ("at", 0, "hour", "planning"))
        self._as("cx_quality", self.task("confirm_goods"))._pass_up("Two models instead of one")
        self.assertEqual(self.task("confirm_goods").escalation_ids.user_ids, self.users_by_login["cx_planning"])

    def test_import_export_brings_goods_in_and_out(self):
        """Import/export applies for the contract when the form is passed on, and ships the goods out of the country
        again when planning has arranged it, as soon as they are reworked and released. [S2.01-6] [S2.01-7]
        """
        self.complain_of_goods()
        self.authorise()
        self.assertNotStarted("contract")
        self._pass_on()
        self.assertQueue("contract", "cx_trade")
        self._rework_all()
        self.assertNotStarted("reship")
        self.release()
        self.assertQueue("reship", "cx_planning")
        self.assertNotStarted("reexport")
        self.do("reship", "cx_planning")
        self.assertQueue("reexport", "cx_trade")
        self.assertQueue("store_out", "cx_warehouse")

    def test_manufacturing_reworks_and_reports(self):
        """With the rework order manufacturing has a task that ends when the goods are reworked. [S2.01-8]"""
        self.complain_of_goods()
        self.authorise()
        self.receive()
        self.inspect()
        self.decide_rework()
        self.assertNotStarted("rework")
        self.order_rework()
        self.assertDone("rework_order")
        self.assertQueue("rework", "cx_production")
        self.rework()
        self.assertDone("rework")

    def test_number_of_a_return(self):
        """The prefix TQA, two characters for the year, dashes, three digits: a series of the company's own. [S2.01-13]"""
        self.env["ir.sequence"].create({
            "name": "Returns", "code": "cx.rma.return", "company_id": self.company.id, "prefix": "TQA%(y)s---", "padding": 3})
        self.complain_of_goods()
        self.authorise()
        self.assertRegex(self.rma.return_number, r"^TQA\d\d---001$")

    def test_register_carries_its_number(self):
        """The register of returns and the rework rules keep the numbers of the document."""
        self.assertEqual(self.part("form_register").number, "T1QC-3-032-F01")
        self.assertIn("T1QC-3-023", self.procedure.related_documents)

    # Help

    def _pass_on(self):
        self._as("cx_planning", self.rma).action_distribute()
        self._refresh()

    def _rework_all(self):
        """From the dock to the last reworked unit."""
        self.receive()
        self.inspect()
        self.decide_rework()
        self.order_rework()
        self.rework()
