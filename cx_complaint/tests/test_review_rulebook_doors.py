from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .settlement_common import SettlementCommon
from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestReviewRulebookDoors(TaskCommon):
    """What people may not write on cases under a rulebook, and on the rulebook itself, whatever client they use."""

    def test_context_of_a_client_opens_nothing(self):
        """Marks that code sets in the context do not count when a client sends them: rules are not got round."""
        safety = self.env.ref("cx_complaint.trigger_safety")
        self._part(self.procedure, "severity.rule", kind="trigger", trigger_id=safety.id, severity="critical")
        self._part(self.procedure, "route", role_id=self.quality.id)
        self._in_force()
        case = self._complain(trigger_ids=[(4, safety.id)])
        forged = self._as("cx_sales", case).with_context(cx_follows_rulebook=True, cx_is_registered=True)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            forged.severity = "minor"
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            forged.department_id = self.departments["warehouse"]
        forged.trigger_ids = False
        self.assertEqual(case.severity, "normal")

    def test_moments_of_a_case_are_written_by_verbs(self):
        """When a case was reopened or a date was agreed starts clocks: nobody writes it."""
        self._in_force()
        case = self._complain()
        for name in ("reopened_on", "agreed_set_on", "responsible_named_on"):
            with self.assertRaises(AccessError):
                self._as("cx_service", case)[name] = self._utc(self.START)
            with self.assertRaises(AccessError):
                self._complain(**{name: self._utc(self.START)})
            employee = self.env["cx.complaint"].with_user(self.users_by_login["cx_employee"])
            with self.assertRaises(AccessError):
                employee.with_context(**{f"default_{name}": self._utc(self.START)}).create({"summary": "It rattles"})

    def test_blocks_of_a_form_in_force_stay(self):
        """What a form of a procedure in force prints is neither changed, added, taken away nor moved into it."""
        own, other = self.env["cx.form"].create([
            {"name": name, "paper": "complaint", "procedure_id": procedure.id, "company_id": self.company.id,
             "block_ids": [(0, 0, {"code": "customer"})]}
            for name, procedure in (("Own", self.procedure), ("Other", self._create_procedure("OTHER")))])
        self._in_force()
        block = self._as("cx_manager", own.block_ids)
        with self.assertRaises(UserError):
            block.title = "Forged"
        with self.assertRaises(UserError):
            block.copy({"code": "cause"})
        with self.assertRaises(UserError):
            block.unlink()
        with self.assertRaises(UserError):
            self._as("cx_manager", other.block_ids).form_id = own

    def test_case_changes_company_by_transfer_only(self):
        """A case that people have tasks in is not moved to a company where none of them works."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        manager = self.users_by_login["cx_manager"]
        manager.company_ids |= other
        self._in_force()
        case = self._complain()
        self.assertTrue(case.task_ids)
        mine = case.with_user(manager).with_context(allowed_company_ids=(self.company | other).ids)
        with self.assertRaisesRegex(UserError, "Transfer"), self.env.cr.savepoint():
            mine.company_id = other
        self.assertEqual(case.company_id, self.company)

    def test_papers_are_seen_by_who_sees_the_case(self):
        """An issued paper of a case says what the case says: whom it does not concern does not read it."""
        case = self._complain()
        paper = self.env["cx.paper"].sudo().create({
            "name": "R v1.pdf", "paper": "complaint", "res_model": "cx.complaint", "res_id": case.id, "document_name": case.name,
            "company_id": self.company.id})
        for group, is_seen in (("cx_complaint.group_finance", False), ("cx_complaint.group_sales", True)):
            user = new_test_user(self.env, f"cx_paper_{is_seen}", f"base.group_user,{group}")
            papers = self.env["cx.paper"].with_user(user)
            self.assertEqual(bool(case.with_user(user).has_access("read")), is_seen)
            self.assertEqual(bool(papers.search([("id", "=", paper.id)])), is_seen)
            self.assertEqual(paper.with_user(user).has_access("read"), is_seen)

    def test_analyses_are_of_cases_that_one_sees(self):
        """Quality reads the figures of what concerns it; the rest is not told by an analysis either."""
        self._in_force()
        case = self._complain(nature="transport")
        self.env.flush_all()
        stranger = new_test_user(self.env, "cx_stranger", "base.group_user,cx_complaint.group_quality")
        for user, is_seen in ((stranger, False), (self.users_by_login["cx_service"], True)):
            self.assertEqual(case.with_user(user).has_access("read"), is_seen)
            for model in ("cx.clock.report", "cx.ageing.report"):
                rows = self.env[model].with_user(user).search([("complaint_id", "=", case.id)])
                self.assertEqual(bool(rows), is_seen, (user.login, model))

    def test_assistant_is_for_a_company_of_ones_own(self):
        """A manager does not set up a company in which he does not work, whatever his client sends."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            self._as("cx_manager", self.env["cx.procedure.setup"]).create({"company_id": other.id})

    def test_nothing_to_say_is_nothing(self):
        """Where a case is with nobody else and waits for nobody, no text says so."""
        case = self._complain()
        for name in ("transfer_text", "origin_text", "waiting_text", "ladder_html"):
            self.assertIs(case[name] or False, False, name)


@tagged("post_install", "-at_install")
class TestReviewTaskLife(TaskCommon):
    """Tasks in odd situations: no working hours, waiting, taken back, goods paid."""

    def test_calendar_without_hours_holds_nothing_up(self):
        """Somebody empties the working time: tasks are done all the same, and cases go on."""
        self._replace_milestones(
            ("call", self.service, {"start_event": "received", "limit_value": 1, "limit_unit": "working_day"}),
            ("reply", self.service, {"start_event": "received", "stop_event": "confirmed", "limit_value": 8,
                                     "limit_unit": "working_hour"}))
        self.case = self._complain()
        self.calendars["K4"].attendance_ids.unlink()
        self.at("2026-12-01 09:00")
        self._as("cx_service", self.task("call")).action_done("Called")
        self._as("cx_service", self.case).write({"is_read_back": True})
        self.task("reply")._measures(self.env.cr.now())
        self.case.sudo().confirmed_on = self._utc("2026-12-01 09:00")
        self.case._sync_tasks()
        self.assertEqual(self.task("call").state, "done")
        self.assertEqual(self.task("reply").state, "done")
        self.company.resource_calendar_id = False
        other = self.case = self._complain()
        self._as("cx_service", self.task("call")).action_done("Called")
        # a company without a working time is one in which every hour is worked, as everywhere in Odoo
        self.assertEqual((self.task("reply").clock_problem, bool(self.task("reply").due_on)), (False, True))
        self.assertEqual(self.task("call", other).state, "done")

    def test_waiting_ends_with_the_case(self):
        """A case that was closed while it waited does not go on waiting when it is taken up again."""
        self._in_force()
        self.case = self._complain()
        self.case._wait("customer", "Asked for a photo")
        self.assertEqual(self.task("reply").state, "paused")
        self.case._cancel("Withdrawn")
        self.assertFalse(self.case.is_waiting)
        self.at("2026-12-01 09:00")
        self.case._reopen("new", "A photo has come")
        self.assertFalse(self.case.is_waiting)
        self.assertEqual(self.task("reply").state, "running")

    def test_needed_again_while_the_case_waits(self):
        """A task that is needed again waits with its case; its ladder is silent."""
        self._replace_milestones(
            ("check", self.service, {"start_event": "received", "limit_value": 1, "limit_unit": "hour", "nature": "quality"}))
        self.case = self._complain(nature="quality")
        self.case.nature = "transport"
        self.assertEqual(self.task("check").state, "off")
        self.case._wait("customer", "Asked for a photo")
        self.case.nature = "quality"
        self.assertEqual(self.task("check").state, "paused")
        self.case._resume()
        self.assertEqual(self.task("check").state, "running")

    def test_what_follows_a_task_taken_back_is_off(self):
        """What begins after a task does not go on when the task is not done after all."""
        self._replace_milestones(
            ("call", self.service, {"start_event": "received"}),
            ("check", self.service, {"after": "call"}))
        self.case = self._complain()
        self._as("cx_service", self.task("call")).action_done("Called")
        self.assertEqual(self.task("check").state, "running")
        self._as("cx_manager", self.task("call")).action_take_back()
        self.assertTasks({"call": "running", "check": "off"})
        self._as("cx_service", self.task("call")).action_done("Called")
        self.assertEqual(self.task("check").state, "running")


@tagged("post_install", "-at_install")
class TestReviewMoneyMoment(SettlementCommon):
    """When the money was posted, as the rulebook hears of it."""

    def test_posting_has_one_moment(self):
        """What is written on a settlement afterwards does not post it anew: no task begins a second time."""
        order = self._sell_and_invoice(2)
        line = self._complain(order, 1)
        settlement = self._propose(line, "credit")
        self._approve(settlement)
        self._execute(settlement)
        self.assertNotIn("money_posted", line.complaint_id._event_times({"money_posted"})[line.complaint_id])
        self._notes(settlement).action_post()
        self.assertEqual(settlement.state, "done")
        moment = settlement.done_on
        self.assertTrue(moment)
        with freeze_time(moment + timedelta(days=3)):
            settlement.reason = "Written later"
            self.env.flush_all()
        fact = line.complaint_id._event_times({"money_posted"})[line.complaint_id]["money_posted"]
        self.assertEqual([one.replace(tzinfo=None) for one in fact.moments], [moment])
