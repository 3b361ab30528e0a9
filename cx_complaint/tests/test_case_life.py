from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CxCommon


class CxCaseCommon(CxCommon):
    """Complaints ready for the next verb; no test methods."""

    @classmethod
    def _create_complaint(cls, **vals):
        """A complaint of the customer about one delivered pump, as the phone call told it."""
        return cls.env["cx.complaint"].create({
            "summary": "The pump leaks",
            "partner_id": cls.customer.id,
            "phone": "+41 44 668 18 00",
            "line_ids": [(0, 0, {"product_id": cls.product.id, "quantity": 2, "name": "Leaks", "wish": "exchange"})],
            **vals,
        })

    @classmethod
    def _create_confirmed(cls, **vals):
        complaint = cls._create_complaint(is_read_back=True, **vals)
        complaint.action_confirm()
        return complaint

    def _codes(self, complaint, verb):
        return [blocker.code for blocker in complaint._blockers(verb)]

    def _settle_by_words(self, complaint):
        """Everything that closing asks for and that needs neither goods nor money."""
        complaint.write({"answer": "<p>We are sorry and explain why.</p>", "outcome": "established"})
        complaint.line_ids.is_answered = True
        complaint.action_answer()


@tagged("post_install", "-at_install")
class TestCaseLife(CxCaseCommon):
    """The way of a case through its gates, and everything that may stand in the way."""

    def test_confirming_lists_everything_that_is_missing(self):
        """Customer, contact, read-back, wish and quantity are named at once, each with its way out.

        [S2.06-7] [S2.16-22] [S3-II.3b] [S3-5c]
        """
        complaint = self._create_complaint(
            partner_id=False, phone=False,
            line_ids=[(0, 0, {"product_id": self.product.id, "quantity": 0})])
        self.assertEqual(self._codes(complaint, "confirm"), [
            "customer_missing", "contact_missing", "read_back_missing", "wish_missing", "quantity_missing"])
        with self.assertRaisesRegex(UserError, "(?s)Choose or create the customer.*Read Back.*enter his wish"):
            self._as("cx_service", complaint).action_confirm()
        self.assertEqual(complaint.state, "new")
        self.assertIn("read_back_missing", [b.code for b in complaint._blockers("confirm")])
        self.assertIn("Read Back", complaint.blocker_html)

    def test_nothing_is_investigated_before_it_is_confirmed(self):
        """Investigation, finding, solution and answer are refused for a new case. [S2.06-7]"""
        complaint = self._create_complaint()
        for verb in ("investigate", "conclude", "decide", "answer", "close"):
            with self.subTest(verb=verb):
                self.assertIn("wrong_state", self._codes(complaint, verb))

    def test_the_company_may_ask_for_the_details_of_the_defect(self):
        """Model, defect, rate, date, lot, whereabouts and picture are needed where the company says so.

        [S2.06-8] [S2.06-9] [S2.06-10] [S2.06-11] [S2.06-12] [S2.04-16] [S2.10-14]
        """
        product = self._create_product("Cx Lot Pump", tracking="lot")
        complaint = self._create_complaint(is_read_back=True, line_ids=[
            (0, 0, {"product_id": product.id, "quantity": 2, "wish": "exchange"})])
        self.assertFalse(self._codes(complaint, "confirm"))
        self.env.company.cx_confirm_needs_details = True
        self.assertEqual(self._codes(complaint, "confirm"), [
            "defect_missing", "rate_missing", "occurrence_missing", "lot_missing", "place_missing",
            "evidence_missing"])
        complaint.line_ids.write({
            "defect_id": self.env.ref("cx_complaint.defect_function").id, "defect_rate": 4.0,
            "occurred_on": "2026-01-05", "is_lot_unknown": True, "at_stock_qty": 1, "built_in_qty": 1})
        self.assertEqual(self._codes(complaint, "confirm"), ["evidence_missing"])
        complaint.message_post(attachments=[("leak.jpg", b"photo")])
        self.assertFalse(self._codes(complaint, "confirm"))
        complaint.action_confirm()
        self.assertEqual(complaint.state, "confirmed")

    def test_the_stage_is_the_earliest_gate_not_passed(self):
        """Confirmed, investigated, concluded, decided, answered, closed: who and when are written by the verbs.

        [S2.06-1] [S0-5.2b] [S3-3.0]
        """
        complaint = self._create_complaint(is_read_back=True)
        service, quality = self._as("cx_service", complaint), self._as("cx_quality", complaint)
        service.action_confirm()
        self.assertRecordValues(complaint, [{
            "state": "confirmed", "confirmed_by_id": self.users_by_login["cx_service"].id}])
        quality.action_investigate()
        self.assertRecordValues(complaint, [{
            "state": "investigation", "handler_id": self.users_by_login["cx_quality"].id}])
        self.assertEqual(self._codes(complaint, "conclude"), ["conclusion_missing"])
        quality.conclusion = "<p>The seal was mounted upside down.</p>"
        quality.action_conclude()
        self.assertEqual(complaint.state, "solution")
        self.assertEqual(self._codes(complaint, "decide"), ["return_undecided", "solution_missing"])
        service.write({"solution": "<p>A new seal is sent.</p>"})
        service.line_ids.return_decision = "none"
        service.action_decide()
        self.assertEqual(complaint.state, "followup", "no goods or money are under way")
        self.assertIn("unanswered", self._codes(complaint, "close"))
        self._settle_by_words(service)
        self.assertTrue(complaint.settled_on, "nothing is owed to the customer any more")
        service.action_close()
        self.assertRecordValues(complaint, [{
            "state": "closed", "closed_by_id": self.users_by_login["cx_service"].id,
            "concluded_by_id": self.users_by_login["cx_quality"].id,
            "decided_by_id": self.users_by_login["cx_service"].id}])

    def test_what_is_settled_at_once_skips_the_stages(self):
        """A confirmed case is answered and closed in one go; no stage is stamped that did not happen. [S3-II.3d]"""
        complaint = self._create_confirmed()
        self._settle_by_words(complaint)
        complaint.outcome = "settled_at_once"
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertFalse(complaint.investigation_on or complaint.concluded_on or complaint.decided_on)

    def test_the_wish_is_asked_before_our_solution(self):
        """No solution is decided while the wish of a line is open, nor for words only without a demand.

        [S2.11-7] [S2.15-5] [S1-5.3.2B2]
        """
        complaint = self._create_confirmed()
        complaint.solution = "<p>Credit</p>"
        complaint.line_ids.write({"wish": False, "return_decision": "none"})
        self.assertEqual(self._codes(complaint, "decide"), ["wish_missing"])
        talk = self._create_complaint(is_read_back=True, line_ids=[(0, 0, {"name": "Rude driver"})])
        self.assertEqual(self._codes(talk, "confirm"), ["demand_missing"])
        talk.demand = "An apology"
        self.assertFalse(self._codes(talk, "confirm"))

    def test_closing_lists_everything_that_is_open(self):
        """Outcome, answer, every unanswered line and who passed it on, in one message. [S2.19-17] [S2.19-25] [S0-5.2b]"""
        authority = self.env["res.partner"].create({"name": "Consumers' Association"})
        complaint = self._create_confirmed(
            channel_id=self.env.ref("cx_complaint.channel_authority").id, transferred_by_id=authority.id)
        self.assertEqual(self._codes(complaint, "close"), [
            "outcome_missing", "unanswered", "line_unanswered", "passed_on_unanswered"])
        with self.assertRaisesRegex(UserError, "(?s)outcome.*no answer yet.*Cx Pump.*Consumers' Association"):
            complaint.action_close()
        self._settle_by_words(complaint)
        self.assertEqual(self._codes(complaint, "close"), ["passed_on_unanswered"])
        self.env["cx.contact"].create({
            "complaint_id": complaint.id, "partner_id": authority.id, "kind": "told", "summary": "Told the result"})
        self.assertFalse(self._codes(complaint, "close"))
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")

    def test_a_duplicate_names_its_original_and_needs_no_answer_of_its_own(self):
        """The customer is answered once, under the case that is handled."""
        original, complaint = self._create_complaint(), self._create_confirmed()
        complaint.outcome = "duplicate"
        self.assertEqual(self._codes(complaint, "close"), ["original_missing"])
        complaint.duplicate_of_id = original
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(original.duplicate_ids, complaint)

    def test_money_under_way_holds_the_case(self):
        """A proposed settlement keeps the case from closing and from being settled with the customer."""
        complaint = self._create_confirmed()
        money = self.env["cx.settlement"].create({
            "complaint_line_id": complaint.line_ids.id, "partner_id": self.customer.id, "kind": "allowance",
            "amount": 20.0})
        self._settle_by_words(complaint)
        self.assertFalse(complaint.settled_on)
        self.assertEqual(self._codes(complaint, "close"), ["settlement_open"])
        self.assertEqual(self._codes(complaint, "cancel"), ["settlement_open"])
        money.action_cancel()
        self.assertFalse(complaint.has_open_work)
        complaint.action_close()
        self.assertTrue(complaint.settled_on)

    def test_a_refused_answer_is_never_passed_over(self):
        """Not accepted: closed only as disputed; the company may also insist on knowing the reaction. [S2.06-2]"""
        complaint = self._create_confirmed()
        self._settle_by_words(complaint)
        self.assertFalse(self._codes(complaint, "close"))
        self.env.company.cx_close_needs_reaction = True
        self.assertEqual(self._codes(complaint, "close"), ["reaction_missing"])
        complaint.acceptance = "refused"
        self.assertEqual(self._codes(complaint, "close"), ["not_accepted"])
        complaint.outcome = "disputed"
        self.assertFalse(self._codes(complaint, "close"))
        complaint.write({"outcome": "established", "acceptance": "accepted"})
        complaint.action_close()

    def test_each_line_has_its_own_responsible_and_due_date(self):
        """Whoever works on a line gets its to-do, due when the line is; solved takes it away. [S4-1.3a]"""
        complaint = self._create_confirmed()
        quality = self.users_by_login["cx_quality"]
        complaint.line_ids.write({"responsible_id": quality.id, "due_date": "2126-02-01"})
        todo = complaint.activity_ids.filtered(lambda activity: activity.user_id == quality)
        self.assertEqual(str(todo.date_deadline), "2126-02-01")
        self.assertIn("Cx Pump", todo.summary)
        complaint.line_ids.is_solved = True
        self.assertFalse(complaint.activity_ids.filtered(lambda activity: activity.user_id == quality))

    def test_cancelling_asks_for_the_reason_and_keeps_the_case(self):
        """A cancelled case stays in the register with its reason and the case it repeats."""
        original, complaint = self._create_complaint(), self._create_complaint()
        service = self._as("cx_service", complaint)
        action = service.action_cancel()
        wizard = self._as("cx_service", self.env[action["res_model"]]).with_context(**action["context"]).create(
            {"reason": "Registered twice", "duplicate_of_id": original.id})
        wizard.action_cancel()
        self.assertRecordValues(complaint, [{
            "state": "cancelled", "cancel_reason": "Registered twice", "duplicate_of_id": original.id}])
        with self.assertRaisesRegex(UserError, "It is Cancelled"):
            service.action_close()

    def test_reopening_goes_back_to_the_stage_that_failed(self):
        """The solution did not work: finding stays, solution and answer are undone, the chatter keeps what was.

        [S3-4b]
        """
        complaint = self._create_confirmed()
        complaint.action_investigate()
        complaint.conclusion = "<p>Seal</p>"
        complaint.action_conclude()
        complaint.write({"solution": "<p>New seal</p>"})
        complaint.line_ids.return_decision = "none"
        complaint.action_decide()
        self._settle_by_words(complaint)
        complaint.action_close()
        closed_on = complaint.closed_on
        action = self._as("cx_service", complaint).action_reopen()
        form = Form(self._as("cx_service", self.env[action["res_model"]]).with_context(**action["context"]))
        form.stage = "solution"
        form.reason = "It leaks again"
        form.save().action_reopen()
        self.assertEqual(complaint.state, "solution")
        self.assertTrue(complaint.concluded_on)
        self.assertFalse(complaint.decided_on or complaint.answered_on or complaint.closed_on or complaint.settled_on)
        self.assertFalse(complaint.outcome)
        note = complaint.message_ids.filtered(lambda m: m.subtype_id == self.env.ref(
            "cx_complaint.mt_complaint_reopened"))
        self.assertIn("It leaks again", note.body)
        self.assertIn(closed_on.strftime("%Y"), note.body)

    def test_reopening_puts_the_case_where_it_says(self):
        """Each stage that may have failed is where the case stands afterwards, also when stages had been skipped."""
        for stage in ("new", "investigation", "solution", "followup"):
            with self.subTest(stage=stage):
                complaint = self._create_confirmed()
                self._settle_by_words(complaint)
                complaint.action_close()
                complaint._reopen(stage, "Failed")
                self.assertEqual(complaint.state, stage)
                self.assertFalse(complaint.answered_on)

    def test_a_cancelled_case_is_reopened(self):
        """What was cancelled by mistake stands again where it stood; its reason is gone from the record."""
        complaint = self._create_complaint()
        complaint._cancel("Mistake")
        complaint._reopen("new", "The customer insists")
        self.assertRecordValues(complaint, [{"state": "new", "cancel_reason": False}])

    def test_nobody_writes_the_life_by_hand(self):
        """Neither write nor create nor copy nor a default sets a stamp or a decision."""
        complaint = self._create_confirmed()
        service = self._as("cx_service", complaint)
        for vals in ({"decision": "closed"}, {"confirmed_on": "2026-01-01"}, {"closed_by_id": self.env.uid}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                service.write(vals)
        copied = service.copy()
        self.assertRecordValues(copied, [{
            "state": "new", "confirmed_on": False, "is_read_back": False, "outcome": False}])
        self.assertNotEqual(copied.name, complaint.name)
        self.assertEqual(len(copied.line_ids), 1)

    def test_verbs_belong_to_their_functions(self):
        """Quality may conclude but not close, the warehouse may do neither."""
        complaint = self._create_confirmed()
        for login, verb in (("cx_quality", "close"), ("cx_warehouse", "investigate"), ("cx_employee", "confirm")):
            with self.subTest(login=login, verb=verb), self.assertRaises(AccessError):
                getattr(self._as(login, complaint), f"action_{verb}")()

    def test_a_case_that_was_worked_on_is_not_deleted(self):
        """Only what was never confirmed leaves the register."""
        complaint, new = self._create_confirmed(), self._create_complaint()
        with self.assertRaisesRegex(UserError, "stays in the register"):
            self._as("cx_manager", complaint).unlink()
        self._as("cx_manager", new).unlink()
        self.assertFalse(new.exists())
