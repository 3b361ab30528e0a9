from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .roles_common import CxRoles


@tagged("post_install", "-at_install")
class TestCaseTransfer(CxRoles):
    """A case that somebody else handles: there under its own number, followed here, counted once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.env.company
        cls.mall = cls.env["res.company"].create({"name": "East Mall"})
        cls.centre = cls._clerk("call_centre", cls.here)
        cls.desk = cls._clerk("mall_desk", cls.mall)
        cls._department("service", duty=cls.desk, company_id=cls.mall.id)
        cls.case = cls._case(
            receiver_id=cls.centre.id, handler_id=cls.centre.id, description="<p>It creaks</p>", phone="138",
            demand="A new one", line_ids=[(0, 0, {
                "name": "Creaks", "product_id": cls.product.id, "quantity": 2.0, "wish": "exchange"})])
        cls.case.line_ids.origin_move_id = cls._sell((cls.product, 2.0)).picking_ids.move_ids

    @classmethod
    def _clerk(cls, login, company):
        return new_test_user(
            cls.env, login, groups="cx_complaint.group_service", name=login, company_id=company.id,
            company_ids=[(6, 0, company.ids)])

    def _transfer(self, case=None, user=None, company=None, **vals):
        """Press the button and fill in the dialog, as the user does."""
        case = (case or self.case).with_user(user or self.centre)
        action = case.action_transfer()
        dialog = Form(self.env["cx.complaint.transfer"].with_user(case.env.user).with_context(**action["context"]))
        dialog.reason = "Bought there"
        for name, value in {"company_choice": str((company or self.mall).id), **vals}.items():
            setattr(dialog, name, value)
        dialog.save().action_transfer()
        return case.sudo().transfer_ids.sorted("id")[-1:]

    def _there(self):
        """The case of the other company, as its desk sees it."""
        return self._transfer().to_complaint_id.with_user(self.desk).with_company(self.mall)

    def _close(self, case, **vals):
        """Through to the end."""
        case.write({"is_read_back": True, "phone": "138", "solution": "Exchange", "answer": "Exchanged", "partner_id": self.customer.id,
                    "outcome": "established", "acceptance": "accepted", **vals})
        case.line_ids.write({"is_answered": True, "return_decision": "none"})
        case.action_confirm()
        case.action_decide()
        case.action_answer()
        case.action_close()

    # What is refused

    def test_only_service_transfers(self):
        """Quality, sales and whoever registered it do not; a closed case is not transferred."""
        for login in ("cx_quality", "cx_sales"):
            with self.assertRaises(AccessError):
                self._as(login, self.case).action_transfer()
        self.case.decision = "cancelled"
        with self.assertRaisesRegex(UserError, "Cancelled"):
            self.case.with_user(self.centre).action_transfer()

    def test_it_is_transferred_once(self):
        """What is with somebody else cannot be transferred, closed or cancelled here."""
        self._transfer()
        for verb in ("transfer", "close", "cancel"):
            blockers = self.case.with_user(self.centre)._blockers(verb)
            self.assertIn("transferred", [blocker.code for blocker in blockers], verb)
        with self.assertRaisesRegex(UserError, "East Mall handles it"):
            self._transfer()
        self.assertEqual(self.env["cx.complaint"].search_count([("company_id", "=", self.mall.id)]), 1)

    def test_it_does_not_run_in_a_circle(self):
        """A case that came from a company is given back to it, not transferred as a third one; neither to oneself."""
        there = self._there()
        for company, sentence in [(self.here, "Press “Give Back”"), (self.mall, "Choose another company")]:
            with self.assertRaisesRegex(UserError, sentence):
                there._transfer("Not ours", company=company)
        group = self.env["res.company"].create({"name": "Group"})
        boss = self._clerk("group_clerk", group)
        further = self._transfer(there, self.desk, group).to_complaint_id.with_user(boss).with_company(group)
        for company in (self.here, self.mall):
            with self.assertRaisesRegex(UserError, "where it would be a case twice"):
                further._transfer("Not ours", company=company)

    def test_nothing_to_give_back(self):
        """Only what came from another company is given back; only what a dealer handles has a result."""
        for verb, sentence in [("give_back", "no other company waits"), ("record_result", "no dealer or tenant handles")]:
            with self.assertRaisesRegex(UserError, sentence):
                getattr(self.case.with_user(self.centre), f"action_{verb}")()

    def test_what_another_company_waits_for_is_not_deleted(self):
        """The case there is given back, not deleted."""
        with self.assertRaisesRegex(UserError, "Give it back instead"):
            self._there().sudo().unlink()

    # To another company of the group

    def test_there_it_is_a_case_of_its_own(self):
        """Own number, own desk, what the customer told; none of our documents. [S2.19-19]"""
        there = self._there()
        self.assertRecordValues(there, [{
            "company_id": self.mall.id, "receiver_id": self.desk.id, "partner_id": self.customer.id, "phone": "138",
            "summary": "It leaks", "demand": "A new one", "origin_text": f"{self.here.name}, {self.case.name}"}])
        self.assertIn("It creaks", there.description)
        self.assertRecordValues(there.line_ids, [{
            "name": "Creaks", "product_id": self.product.id, "quantity": 2.0, "wish": "exchange",
            "origin_move_id": False, "sale_line_id": False}])
        self.assertNotEqual(there.name, self.case.name)

    def test_private_products_are_told_in_words(self):
        """A product that is not known there becomes text; so does nothing of a customer who is ours only."""
        self.product.company_id = self.here
        self.customer.company_id = self.here
        there = self._there()
        self.assertFalse(there.line_ids.product_id or there.partner_id)
        self.assertEqual(there.line_ids.name, "Cx Pump · Creaks")
        self.assertEqual(there.phone, "138")

    def test_each_side_sees_its_own(self):
        """Here number and stage there are seen, there where it came from; neither reads the other's case. [S2.19-19]"""
        there = self._there()
        here = self.case.with_user(self.centre)
        self.assertIn(f"East Mall, {there.name}, New", Form(here).transfer_text)
        there.write({"is_read_back": True})
        there.action_confirm()
        here.invalidate_recordset()
        self.assertIn("Confirmed", here.transfer_text)
        self.assertEqual(here.transfer_ids.state_there, "Confirmed")
        for user, record in [(self.centre, there), (self.desk, self.case), (self.desk, self.case.transfer_ids)]:
            self.assertFalse(self.env[record._name].with_user(user).browse(record.id).has_access("read"), record)
        self.assertTrue(Form(there).origin_text)
        self.assertNotIn(self.centre.partner_id, there.sudo().message_partner_ids)

    def test_it_is_counted_once(self):
        """The case there counts, ours does not; when it comes back it is the other way round."""
        self.assertTrue(self.case.is_counted)
        there = self._there()
        self.assertEqual((self.case.is_counted, there.is_counted), (False, True))
        there._give_back("Not bought here")
        self.assertEqual((self.case.is_counted, there.is_counted), (True, False))

    def test_each_has_its_own_clock(self):
        """Here the result is followed within 48 hours of the transfer; there the procedure of that company counts.

        [S2.19-14] [S2.19-19]
        """
        theirs = self.env["cx.procedure"].create({"name": "Mall rules", "code": "MALL"})
        for procedure, code, event, hours in [
                (self.procedure, "follow", "transferred", 48), (theirs, "call", "received", 24)]:
            role = self.env["cx.procedure.role"].create({
                "procedure_id": procedure.id, "name": "Handler", "code": "handler", "resolver": "handler"})
            self.env["cx.milestone"].create({
                "procedure_id": procedure.id, "name": code, "code": code, "role_id": role.id, "start_event": event,
                "limit_value": hours, "limit_unit": "hour"})
            procedure.action_put_in_force()
        self.env["cx.procedure.choice"].create({"company_id": self.mall.id, "procedure_id": theirs.id})
        self.case.procedure_id = self.procedure
        self.assertFalse(self.case.task_ids)
        transfer = self._transfer()
        there = transfer.to_complaint_id
        self.assertEqual((self.case.procedure_id, there.procedure_id), (self.procedure, theirs))
        for case, name, hours, user in [(self.case, "follow", 48, self.centre), (there, "call", 24, self.desk)]:
            task = case.task_ids
            self.assertEqual((task.milestone_id.code, task.user_id), (name, user))
            self.assertEqual(task.due_on - task.started_on, timedelta(hours=hours))

    def test_its_end_is_told_here(self):
        """Closed there: noted here, and ours is closed without an answer of our own. [S2.19-19]"""
        there = self._there()
        self._close(there)
        transfer = self.case.transfer_ids
        self.assertTrue(transfer.returned_on)
        self.assertFalse(transfer.came_back)
        self.assertIn("was closed there", self.case.message_ids[0].body)
        here = self.case.with_user(self.centre)
        here.write({"is_read_back": True})
        here.action_confirm()
        here.action_close()
        self.assertRecordValues(here, [{"state": "closed", "outcome": "transferred", "answered_on": False}])
        there._reopen("solution", "Creaks again")
        self.assertFalse(transfer.returned_on)
        self.assertIn("taken up again", self.case.message_ids[0].body)

    def test_it_comes_back(self):
        """Given back with a reason: the handler here gets a to-do, and the case has no outcome any more."""
        there = self._there()
        action = there.action_give_back()
        dialog = Form(self.env["cx.complaint.transfer"].with_user(self.desk).with_context(**action["context"]))
        dialog.reason = "Not bought here"
        dialog.save().action_transfer()
        self.assertEqual(there.state, "cancelled")
        self.assertRecordValues(self.case.transfer_ids, [{"came_back": True, "result": "Not bought here"}])
        self.assertFalse(self.case.outcome)
        todo = self.case.activity_ids.filtered(lambda activity: "came back: Not bought here" in (activity.note or ""))
        self.assertEqual(todo.user_id, self.centre)
        with self.assertRaisesRegex(UserError, "it went back to"):
            there.action_reopen()
        again = self._transfer()
        self.assertNotEqual(again.to_complaint_id, there.sudo())

    def test_a_case_at_work_is_given_back_as_it_is(self):
        """Confirmed there, and then found to be ours: no answer, no reason, no task has to be finished first."""
        theirs = self.env["cx.procedure"].create({"name": "Mall rules", "code": "MALL"})
        role = self.env["cx.procedure.role"].create({
            "procedure_id": theirs.id, "name": "Handler", "code": "handler", "resolver": "handler"})
        for code, vals in (("call", {"is_reason_required": True}), ("file", {"blocks_verb": "close"}),
                           ("name", {"is_reason_required": True, "stop_event": "responsible_named"}),
                           ("shut", {"start_event": "closed"})):
            self.env["cx.milestone"].create({
                "procedure_id": theirs.id, "name": code, "code": code, "role_id": role.id, "start_event": "received",
                "limit_value": 1, "limit_unit": "minute", **vals})
        self.env["cx.gate"].create({"procedure_id": theirs.id, "code": "tasks_done", "is_on": True})
        theirs.action_put_in_force()
        self.env["cx.procedure.choice"].create({"company_id": self.mall.id, "procedure_id": theirs.id})
        there = self._there()
        there.sudo().received_on -= timedelta(days=3)
        there.write({"is_read_back": True})
        there.action_confirm()
        there.sudo().responsible_department_id = self.env["cx.department"].search([("company_id", "=", self.mall.id)])
        there._wait("other", "The factory")
        self.assertIn("late_reason_missing", [blocker.code for blocker in there._blockers("close")])
        there._give_back("The factory has to decide")
        self.assertRecordValues(there, [{
            "state": "cancelled", "outcome": "transferred", "cancel_reason": "The factory has to decide", "is_waiting": False}])
        self.assertEqual({task.name: task.state for task in there.sudo().task_ids}, {
            "call": "off", "file": "off", "name": "done"})
        self.assertEqual(self.case.transfer_ids.state_there, "Came back")
        self.assertIn("Came back", self.case.transfer_text)

    def test_goods_under_way_hold_it_there(self):
        """What was begun with goods or money is finished or cancelled before it goes back."""
        there = self._there()
        self.env["cx.settlement"].sudo().create({"complaint_line_id": there.line_ids.id, "kind": "credit", "quantity": 1})
        with self.assertRaisesRegex(UserError, "the settlement .* is proposed"):
            there._give_back("Not bought here")
        self.assertEqual(there.state, "new")

    # What the dialog offers

    def _dialog(self, case=None, user=None):
        case = (case or self.case).with_user(user or self.centre)
        action = case.action_transfer()
        return self.env["cx.complaint.transfer"].with_user(case.env.user).with_context(**action["context"]).new(
            {"complaint_id": case.id})

    def test_only_companies_that_can_take_it_are_offered(self):
        """Not its own, not where nobody handles complaints, not where it has come from."""
        empty = self.env["res.company"].create({"name": "Holding"})
        dialog = self._dialog()
        self.assertIn(str(self.mall.id), dialog.company_choices)
        self.assertFalse({str(self.here.id), str(empty.id)} & set(dialog.company_choices))
        self.assertEqual((dialog.to, dialog.no_company_text), ("company", False))
        with self.assertRaisesRegex(UserError, "nobody in Holding handles complaints"):
            self.case.with_user(self.centre)._transfer("There", company=empty)
        there = self._there()
        offered = self._dialog(there, self.desk)
        self.assertFalse({str(self.mall.id), str(self.here.id)} & set(offered.company_choices))

    def test_the_case_counts_and_not_the_company_of_the_menu(self):
        """Who works in both companies is offered what this case can go to, whichever company he has chosen above."""
        both = self._clerk("both_clerk", self.here)
        both.company_ids |= self.mall
        case = self.case.with_user(both).with_context(allowed_company_ids=(self.mall | self.here).ids)
        dialog = self.env["cx.complaint.transfer"].with_user(both).with_context(
            allowed_company_ids=(self.mall | self.here).ids).new({"complaint_id": case.id})
        self.assertIn(str(self.mall.id), dialog.company_choices)
        self.assertNotIn(str(self.here.id), dialog.company_choices)

    def test_where_none_can_take_it_the_dialog_says_why(self):
        """It offers dealers instead, and names what is missing."""
        self.env["cx.department"].search([("company_id", "=", self.mall.id)]).active = False
        self.desk.sudo().active = False
        for user in self.env.ref("cx_complaint.group_service").all_user_ids.filtered(lambda one: self.mall in one.company_ids):
            user.company_ids -= self.mall
        dialog = self._dialog()
        self.assertNotIn(str(self.mall.id), dialog.company_choices)
        if not dialog.company_choices:
            self.assertEqual(dialog.to, "partner")
            self.assertIn("nobody in East Mall handles complaints", dialog.no_company_text)

    def test_a_company_of_the_group_is_no_dealer(self):
        """It would be followed as one, and counted here instead of there."""
        for company in (self.mall, self.here):
            with self.assertRaisesRegex(UserError, "is a company of the group"):
                self.case.with_user(self.centre)._transfer("Theirs", partner=company.partner_id)

    # To a dealer or tenant

    def test_a_dealer_handles_it(self):
        """It stays ours in the figures; he tells his number, and the result is recorded. [S2.19-14]"""
        dealer = self.env["res.partner"].create({"name": "Shop 12"})
        transfer = self._transfer(to="partner", partner_id=dealer, reference="S-7", company_choice=False)
        self.assertFalse(transfer.to_complaint_id)
        here = self.case.with_user(self.centre)
        self.assertTrue(here.is_counted and here.is_with_partner)
        self.assertEqual(here.transfer_text, "Shop 12, S-7, Under way")
        here._record_result("He does not want to", False, "S-8")
        self.assertRecordValues(transfer, [{"came_back": True, "reference": "S-8", "state_there": "Came back"}])
        self.assertFalse(here.outcome or here.is_with_partner)
        self._transfer(to="partner", partner_id=dealer, company_choice=False)
        action = here.action_record_result()
        dialog = Form(self.env["cx.complaint.transfer"].with_user(self.centre).with_context(**action["context"]))
        dialog.reason = "Exchanged"
        dialog.save().action_transfer()
        self.assertEqual((here.transfer_ids.sorted("id")[-1].state_there, here.outcome), ("Settled", "transferred"))

    def test_nobody_is_chosen(self):
        """Without a party the dialog asks for one."""
        dialog = self.env["cx.complaint.transfer"].with_user(self.centre).create(
            {"complaint_id": self.case.id, "reason": "Theirs"})
        with self.assertRaisesRegex(UserError, "Choose the company"):
            dialog.action_transfer()
        dialog.to = "partner"
        with self.assertRaisesRegex(UserError, "Choose the dealer"):
            dialog.action_transfer()
