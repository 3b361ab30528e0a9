from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ..rules.choices import Case, Choice, choose
from .procedure_common import ProcedureCommon


class TestProcedureChoiceRules(BaseCase):
    """First by rank, then whatever asks most, then the nearest."""

    def _pick(self, case, *choices):
        choice = choose([Choice(key, key, *conditions) for key, conditions in enumerate(choices)], case)
        return choice and choice.key

    def test_golden_cases(self):
        """Rows as ``(rank, customer, product category, complaint category, channel)``."""
        case = Case(partners=(1, 10), product_categories=((5, 3),), categories=(7, 6), channel=9)
        for choices, expected in (
            ([], None),
            ([(0, 2)], None),
            ([(0, 2), (0,)], 1),
            ([(0,), (0, 10)], 1),  # asks more
            ([(0, 10), (0, 1)], 1),  # nearer
            ([(1, 1), (2,)], 0), ([(2, 1), (1,)], 1),  # rank before everything
            ([(0, None, 3), (0, None, 5)], 1),
            ([(0, None, None, 6), (0, None, None, 7)], 1),
            ([(0, None, None, None, 9), (0, 1, None, None, 9)], 1),
            ([(0, 1, None, None, 8)], None),
            ([(0, 1), (0, 1)], 0),
        ):
            with self.subTest(choices=choices):
                self.assertEqual(self._pick(case, *choices), expected)
        self.assertIsNone(self._pick(Case(), (0, None, None, None, 9)))
        self.assertEqual(self._pick(Case(product_categories=((8,), (5, 3))), (0, None, 3)), 0)


@tagged("post_install", "-at_install")
class TestProcedureChoice(ProcedureCommon):
    """A case falls under the procedure that its company chose, and stays there until somebody moves it."""

    def _move(self, cases, procedure, login="cx_manager", reason="The contract says so"):
        """As the manager does it: button, dialog."""
        user = self.users_by_login[login]
        action = cases.with_user(user).action_change_procedure()
        self.env["cx.complaint.change.procedure"].with_user(user).with_context(**action["context"]).create({
            "procedure_id": procedure.id, "reason": reason}).action_move()

    def test_without_a_choice_nothing_changes(self):
        """A company that chose nothing has cases without a procedure, numbered as ever."""
        self.procedure.action_put_in_force()
        case = self._complain()
        self.assertFalse(case.procedure_id)
        self.assertTrue(case.name.startswith("CMP"), case.name)

    def test_nobody_writes_the_procedure(self):
        """Not even the manager puts a case under a procedure by hand; there is a verb for it."""
        self._in_force()
        for name in ("procedure_id", "severity_floor", "batch_class", "route_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._complain("cx_manager", **{name: 1})

    def test_every_employee_s_case_has_its_procedure(self):
        """Whoever registers a case, it falls under the company's choice."""
        self._in_force()
        for login in ("cx_employee", "cx_service", "cx_warehouse"):
            self.assertEqual(self._complain(login).procedure_id, self.procedure, login)

    def test_customer_product_category_channel(self):
        """The row that asks most wins; a product category holds for those below it, a category for its sub-categories.

        [S2.04-2]
        """
        procedures = {code: self._create_procedure(code) for code in ("CUS", "PRO", "CAT", "CHA")}
        above = self.env["product.category"].create({"name": "Lamps"})
        self.product.categ_id = self.env["product.category"].create({"name": "LED lamps", "parent_id": above.id})
        channel = self.env.ref("cx_complaint.channel_phone")
        self._in_force()
        self._in_force(procedures["CUS"], partner_id=self.customer.id)
        self._in_force(procedures["PRO"], product_categ_id=above.id)
        self._in_force(procedures["CAT"], category_id=self.env.ref("cx_complaint.category_service").id)
        self._in_force(procedures["CHA"], channel_id=channel.id, partner_id=self.customer.id)
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        other = self.env["res.partner"].create({"name": "Other"})
        line = [(0, 0, {"product_id": self.product.id})]
        attitude = self.env.ref("cx_complaint.category_attitude").id
        for vals, expected in (
            ({"partner_id": other.id}, self.procedure),
            ({}, procedures["CUS"]),
            ({"partner_id": contact.id}, procedures["CUS"]),
            ({"partner_id": other.id, "line_ids": line}, procedures["PRO"]),
            ({"partner_id": other.id, "category_id": attitude}, procedures["CAT"]),
            ({"channel_id": channel.id}, procedures["CHA"]),
        ):
            with self.subTest(vals=vals):
                self.assertEqual(self._complain(**vals).procedure_id, expected)

    def test_chosen_anew_until_it_is_confirmed(self):
        """The customer named later, a line added later; after the confirmation nothing moves it."""
        mine = self._create_procedure("CUS")
        lamps = self._create_procedure("PRO")
        self._in_force()
        self._in_force(mine, partner_id=self.customer.id)
        self.product.categ_id = self.env["product.category"].create({"name": "Lamps"})
        self._in_force(lamps, sequence=1, product_categ_id=self.product.categ_id.id)
        case = self._complain(partner_id=False, phone="1", demand="Repair it", is_read_back=True)
        self.assertEqual(case.procedure_id, self.procedure)
        self._as("cx_service", case).partner_id = self.customer
        self.assertEqual(case.procedure_id, mine)
        line = self._as("cx_service", self.env["cx.complaint.line"]).create(
            {"complaint_id": case.id, "product_id": self.product.id, "wish": "repair"})
        self.assertEqual(case.procedure_id, lamps)
        line.unlink()
        self.assertEqual(case.procedure_id, mine)
        self._as("cx_service", case).action_confirm()
        self._as("cx_service", case).partner_id = self.env["res.partner"].create({"name": "Other"})
        self.assertEqual(case.procedure_id, mine)

    def test_other_companies_choose_for_themselves(self):
        """The choice of one company is none of another's; a procedure of one cannot be chosen by the other."""
        other = self.env["res.company"].create({"name": "Other company"})
        self._in_force()
        case = self.env["cx.complaint"].create({"summary": "There", "company_id": other.id})
        self.assertFalse(case.procedure_id)
        with self.assertRaisesRegex(UserError, "compan"):
            self.env["cx.procedure.choice"].create({"company_id": other.id, "procedure_id": self.procedure.id})

    def test_draft_cannot_be_chosen(self):
        """A case falls under what is in force only."""
        with self.assertRaisesRegex(ValidationError, "is not in force, so that no case can fall under it"):
            self.env["cx.procedure.choice"].create({"company_id": self.company.id, "procedure_id": self.procedure.id})

    def test_a_new_edition_moves_nobody(self):
        """Open cases stay under their edition, whatever of them changes; new ones fall under the new edition."""
        self._in_force()
        old = self._complain()
        draft = self.env["cx.procedure"].browse(self.procedure._make_edition("A/1", "Shorter").id)
        draft.action_put_in_force()
        old.category_id = self.env.ref("cx_complaint.category_price")
        self.assertEqual(old.procedure_id, self.procedure)
        self.assertEqual(self._complain().procedure_id, draft)
        with self.assertRaisesRegex(UserError, r"Procedure CX \(A/0\) cannot be deleted: CMP\S+ is handled by it"):
            self._as("cx_manager", self.procedure).unlink()

    def test_moving_is_asked_for_and_kept(self):
        """Manager or head of customer service move cases, with a reason that stands in the chatter with old and new."""
        self._in_force()
        self._part_of_closed()
        case = self._complain()
        new = self._create_procedure("CY")
        self.departments["service"].head_id = self.users_by_login["cx_quality"]
        for login in ("cx_service", "cx_quality", "cx_employee", "cx_sales"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._move(case, new, login)
        with self.assertRaisesRegex(UserError, r"Procedure CY \(A/0\) is not in force"):
            self._move(case, new)
        new.action_put_in_force()
        self.departments["service"].head_id = self.users_by_login["cx_service"]
        self._move(case, new, "cx_service")
        self.assertEqual(case.procedure_id, new)
        self.assertIn(
            "Moved from Procedure CX (A/0) to Procedure CY (A/0): The contract says so", case.message_ids[0].body)
        case.category_id = self.env.ref("cx_complaint.category_price")
        self.assertEqual(case.procedure_id, new, "what somebody decided is not chosen anew")

    def _part_of_closed(self):
        """A case that is over does not move."""
        case = self._complain()
        case._cancel("Nothing wrong")
        with self.assertRaisesRegex(UserError, f"{case.name}.* is over and stays under the procedure"):
            self._move(case, self.procedure)

    def test_a_case_from_before_the_first_procedure(self):
        """Registered when the company had none, it is put under one when somebody asks: logged, and its tasks begin."""
        case = self._complain(
            phone="1", demand="Repair it", is_read_back=True, received_on="2026-01-05 08:00:00",
            line_ids=[(0, 0, {"product_id": self.product.id, "wish": "repair"})])
        self.env.registry.clear_cache()
        self.assertFalse(case.can_change_procedure, "there is nothing to be under")
        self._as("cx_service", case).action_confirm()
        self._in_force()
        case.invalidate_recordset()
        self.assertTrue(case.can_change_procedure)
        self._move(case, self.procedure)
        self.assertEqual(case.procedure_id, self.procedure)
        self.assertIn("Moved from no procedure to Procedure CX (A/0): The contract says so", case.message_ids[0].body)
        reply = case.task_ids
        self.assertEqual((reply.name, reply.state, str(reply.started_on)), ("Reply", "running", "2026-01-05 08:00:00"))
        case._cancel("Nothing wrong")
        self.assertFalse(case.can_change_procedure)

    def test_only_procedures_of_its_company_are_offered(self):
        """The dialog offers what the company of the cases may work by; for cases of several companies what is shared."""
        other = self.env["res.company"].create({"name": "Other company"})
        dialog = self.env["cx.complaint.change.procedure"].new({"complaint_ids": self._complain().ids})
        self.assertEqual(dialog.company_id, self.company)
        theirs = self.env["cx.complaint"].create({"summary": "There", "company_id": other.id})
        dialog.complaint_ids |= theirs
        self.assertFalse(dialog.company_id)

    def test_open_cases_of_earlier_editions(self):
        """From the new edition: the open cases of the earlier ones, of which the manager takes some out."""
        self._in_force()
        cases = self._complain() | self._complain() | self._complain()
        over = self._complain()
        over._cancel("Nothing wrong")
        self.env["cx.procedure.choice"].search([]).unlink()
        new = self.procedure._make_edition("A/1", "Shorter")
        new.action_put_in_force()
        self.assertEqual(self.procedure.complaint_count, 4)
        manager = self._as("cx_manager", new)
        action = manager.action_move_open_cases()
        self.assertEqual(set(action["context"]["default_complaint_ids"]), set(cases.ids))
        wizard = self._as("cx_manager", self.env["cx.complaint.change.procedure"]).with_context(**action["context"]).create(
            {"reason": "Shorter is better"})
        wizard.complaint_ids -= cases[2]
        wizard.action_move()
        self.assertEqual(cases.mapped("procedure_id"), new | self.procedure)
        self.assertEqual(cases[2].procedure_id, self.procedure)
        with self.assertRaises(AccessError):
            self._as("cx_quality", new).action_move_open_cases()
        self._move(cases[2], new)
        with self.assertRaisesRegex(UserError, "there is nothing to move"):
            manager.action_move_open_cases()

    def test_a_cause_goes_with_its_namesake(self):
        """Moved, the cause is the one of the same code; without one it has to be chosen again."""
        making = self._part(self.procedure, "cause.category", name="Making", code="making")
        odd = self._part(self.procedure, "cause.category", name="Odd", code="odd")
        new = self._create_procedure("CY")
        own = self._part(new, "cause.category", name="Making too", code="making")
        self._in_force()
        new.action_put_in_force()
        cases = self._complain() | self._complain()
        cases[0].cause_category_id, cases[1].cause_category_id = making, odd
        self._move(cases, new)
        self.assertEqual([case.cause_category_id for case in cases], [own, own.browse()])
        with self.assertRaisesRegex(ValidationError, "the cause “Making” belongs to another procedure"):
            cases[0].cause_category_id = making

    def test_tasks_follow_the_move(self):
        """A duty of the same code carries on with its start, one that is gone is switched off, a new one begins."""
        self._milestone(self.procedure, "visit", self._role("service"), start_event="received")
        new = self._create_procedure("CY")
        self._milestone(new, "call", self._role("service", new), start_event="received")
        new.milestone_ids.filtered(lambda milestone: milestone.code == "reply").limit_value = 5
        self._in_force()
        new.action_put_in_force()
        case = self._complain(received_on="2026-01-05 08:00:00")
        reply = case.task_ids.filtered(lambda task: task.milestone_id.code == "reply")
        due, started = reply.due_on, reply.started_on
        self.assertEqual({task.name: task.state for task in case.task_ids}, {"Reply": "running", "Visit": "running"})
        self._move(case, new)
        case.invalidate_recordset()
        self.assertEqual(
            {task.name: task.state for task in case.task_ids}, {"Reply": "running", "Visit": "off", "Call": "running"})
        kept = case.task_ids.filtered(lambda task: task.name == "Reply")
        self.assertEqual((kept, kept.started_on), (reply, started))
        self.assertGreater(kept.due_on, due, "measured by the new edition")

    def test_numbers_of_the_procedure(self):
        """Cases are numbered by the series of their procedure, the others by the company's."""
        self.procedure.sequence_id = self.env["ir.sequence"].create(
            {"name": "CX", "prefix": "KT-", "padding": 3, "company_id": self.company.id})
        plain = self._create_procedure("CY")
        self._in_force(partner_id=self.customer.id)
        self._in_force(plain)
        cases = self.env["cx.complaint"].with_user(self.users_by_login["cx_employee"]).create([
            {"summary": "One", "partner_id": self.customer.id}, {"summary": "Two"},
            {"summary": "Three", "partner_id": self.customer.id}])
        self.assertEqual([cases[0].name, cases[2].name], ["KT-001", "KT-002"])
        self.assertTrue(cases[1].name.startswith("CMP"), cases[1].name)

    def test_advice_of_the_procedure_comes_first(self):
        """At intake and on the case: what the procedure says, to this type of customer, before what the company says."""
        self.env["cx.guidance"].search([]).active = False
        for name, vals in {
            "House": {}, "Ours": {"procedure_id": self.procedure.id},
            "Dealers": {"procedure_id": self.procedure.id, "customer_type": "dealer"},
            "Theirs": {"procedure_id": self._create_procedure("CY").id},
        }.items():
            self.env["cx.guidance"].create({"name": name, "text": "…", "company_id": self.company.id, **vals})
        intake = self.env["cx.complaint.intake"].new({})
        self.assertNotIn("Ours", intake.guidance_html)
        self._in_force()
        intake = self.env["cx.complaint.intake"].new({"partner_id": self.customer.id})
        case = self._complain()
        for shown in (intake.guidance_html, case.guidance_html):
            self.assertLess(shown.index("Ours"), shown.index("House"))
            self.assertNotIn("Theirs", shown)
            self.assertNotIn("Dealers", shown)
        case.customer_type = "dealer"
        self.assertIn("Dealers", case.guidance_html)

    def test_forms_and_edition_of_the_procedure(self):
        """Papers of the case carry the procedure's form, and keep its edition when they are issued."""
        self._part(self.procedure, "form", name="8D report", paper="complaint", number="Q-4004", company_id=self.company.id)
        self._in_force(partner_id=self.customer.id)
        paper = self._complain()._paper("complaint")
        self.assertEqual((paper["form"]["title"], paper["form"]["number"]), ("8D report", "Q-4004"))
        self.assertEqual(paper["procedure"], {"name": "Procedure CX", "edition": "A/0"})
        other = self._complain(partner_id=False)._paper("complaint")
        self.assertNotEqual(other["form"]["title"], "8D report")
        self.assertNotIn("procedure", other)

    def test_intake_costs_no_query_without_choices(self):
        """A company without choices pays nothing for procedures that others use."""
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._complain(category_id=self.env.ref("cx_complaint.category_quality").id)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        cost()
        bare = cost()
        self.procedure.action_put_in_force()
        cost()  # fills the caches
        self.assertLessEqual(cost(), bare)
