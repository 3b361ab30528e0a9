from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import CxCommon

CODE = "SMALL"


@tagged("post_install", "-at_install")
class TestProcedureSetup(CxCommon):
    """The set-up assistant: few questions, no surprise, to be run as often as wanted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Cx One Person", "cx_has_bonded_trade": True})
        cls.person = new_test_user(
            cls.env, "cx_person", groups="cx_complaint.group_manager", company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)])
        cls.env = cls.env(context=dict(cls.env.context, allowed_company_ids=cls.company.ids))

    def _start(self, user=None, **answers):
        Setup = self.env["cx.procedure.setup"].with_user(user or self.person).with_context(
            allowed_company_ids=self.company.ids)
        with Form(Setup) as form:
            for name, answer in answers.items():
                form[name] = answer
        return form.record

    def _pick(self, setup, code=CODE):
        self.assertEqual(setup.step, "company")
        setup.action_next()
        pick = setup.pick_ids.filtered(lambda pick: pick.code == code)
        pick.is_chosen = True
        return pick

    def _to_summary(self, user=None, one=None, **answers):
        setup = self._start(user, **answers)
        self._pick(setup)
        setup.action_next()
        if one:
            with Form(setup) as form:
                form.one_user_id = one
        setup.action_next()
        self.assertEqual(setup.step, "summary")
        return setup

    def _standing(self):
        """What the assistant may have made, with its last change."""
        return [
            (record._name, record.id, record.write_date)
            for model in ("cx.role", "cx.department", "cx.procedure.choice", "cx.procedure", "cx.milestone")
            for record in self.env[model].search([("company_id", "in", (self.company.id, False))], order="id")]

    def test_only_the_manager(self):
        """Nobody else sets up who does what."""
        for login in ("cx_service", "cx_employee"):
            with self.assertRaises(AccessError):
                self.env["cx.procedure.setup"].with_user(self.users_by_login[login]).create({})

    def test_nothing_picked(self):
        """Without a procedure there is nothing to ask; the sentence says what to do."""
        setup = self._start()
        setup.action_next()
        with self.assertRaisesRegex(UserError, "Pick at least one"):
            setup.action_next()

    def test_two_for_the_same_cases(self):
        """Two procedures for every case contradict each other; both are named."""
        other = self.env["cx.procedure"].create({"name": "Our own way", "code": "OWN", "company_id": self.company.id})
        setup = self._start()
        self._pick(setup)
        setup.pick_ids.filtered(lambda pick: pick.procedure_id == other).is_chosen = True
        with self.assertRaisesRegex(UserError, "one-person company.*Our own way|Our own way.*one-person company"):
            setup.action_next()

    def test_a_retired_one(self):
        """What is retired is not taken up again in passing."""
        procedure = self.env["cx.procedure"]._load_shipped([CODE])
        procedure.action_put_in_force()
        procedure.action_retire()
        setup = self._start()
        self._pick(setup)
        with self.assertRaisesRegex(UserError, "retired"):
            setup.action_next()

    def test_what_fits_comes_first(self):
        """A procedure whose needs the company does not meet is offered last, and says what is missing."""
        own = self.env["cx.procedure"].create(
            {"name": "For bonded goods", "code": "BOND", "company_id": self.company.id, "needs_bonded": True})
        setup = self._start(has_bonded=True)
        setup.action_next()
        self.assertTrue(setup.pick_ids.filtered(lambda pick: pick.procedure_id == own).is_fitting)
        setup.action_back()
        setup.has_bonded = False
        setup.action_next()
        pick = setup.pick_ids.filtered(lambda pick: pick.procedure_id == own)
        self.assertEqual((pick.is_fitting, pick.missing), (False, "Bonded Trade"))
        fitting = setup.pick_ids.search([("setup_id", "=", setup.id)]).mapped("is_fitting")
        self.assertEqual(fitting, sorted(fitting, reverse=True))

    def test_every_shipped_procedure_is_offered_and_none_is_loaded_for_it(self):
        """Looking costs nothing."""
        before = self.env["cx.procedure"].search([])
        setup = self._start()
        setup.action_next()
        codes = {shipped["code"] for shipped in self.env["cx.procedure"]._shipped()}
        self.assertLessEqual(codes, set(setup.pick_ids.mapped("code")))
        self.assertEqual(self.env["cx.procedure"].search([]), before)

    def test_nothing_happens_before_the_end(self):
        """Up to the summary nothing is there that was not, not even a draft: the assistant may be abandoned at any step."""
        before, ids = self._standing(), self.env["ir.model.data"].search_count([])
        setup = self._to_summary(one=self.person, has_bonded=False)
        self.assertEqual(setup.role_ids.mapped("name"), ["Owner"])
        self.assertIn("Complaints in a one-person company (A/0) is put in force", setup.summary_html)
        self.assertEqual(self._standing(), before)
        self.assertFalse(setup.pick_ids.procedure_id & setup._picked().procedure_id)
        self.assertEqual(self.env["ir.model.data"].search_count([]), ids)
        self.assertFalse(self.env.ref("cx_complaint.procedure_small", raise_if_not_found=False))
        self.assertTrue(self.company.cx_has_bonded_trade)

    def test_two_people_at_once(self):
        """Two walk through it; the second is shown what is left to do by then, and nothing is there twice."""
        first, second = self._to_summary(one=self.person), self._to_summary(one=self.person)
        first.action_apply()
        before = self._standing()
        action = second.action_apply()
        self.assertEqual((action["res_model"], action["res_id"]), (second._name, second.id))
        self.assertTrue(second.is_summary_renewed)
        self.assertIn("everything stands already", second.summary_html)
        self.assertEqual(second.action_apply()["res_model"], "cx.procedure")
        self.assertEqual(self._standing(), before)

    def test_apply_twice(self):
        """A second click does nothing a second time."""
        setup = self._to_summary(one=self.person)
        setup.action_apply()
        before = self._standing()
        setup.action_apply()
        self.assertEqual(self._standing(), before)

    def test_apply_without_having_seen_the_summary(self):
        """Called past the steps it does nothing, and shows what it would do."""
        before = self._standing()
        setup = self._start()
        self._pick(setup)
        setup.action_apply()
        self.assertEqual(setup.step, "summary")
        self.assertIn("is put in force", setup.summary_html)
        self.assertEqual(self._standing(), before)
        with self.assertRaisesRegex(UserError, "Pick at least one"):
            self._start().action_apply()

    def test_what_was_retired_meanwhile(self):
        """Somebody retired the procedure after the summary: the last step says so and does nothing."""
        setup = self._to_summary(one=self.person)
        procedure = self.env["cx.procedure"]._load_shipped([CODE])
        procedure.action_put_in_force()
        procedure.action_retire()
        before = self._standing()
        with self.assertRaisesRegex(UserError, "retired"), self.env.cr.savepoint():
            setup.action_apply()
        self.assertEqual(self._standing(), before)

    def test_one_name_for_all(self):
        """One person: every role is his, a department is there, the procedure is in force and chosen, menus are short."""
        setup = self._to_summary(one=self.person, has_bonded=False, has_production=False)
        setup.invalidate_recordset()  # the last step is another request
        for words in ("does without: Bonded Trade", "New role Owner: cx_person", "approve what he proposed", "put in force", "New cases fall under"):
            self.assertIn(words, setup.summary_html)
        setup.action_apply()
        procedure = setup._picked().procedure_id
        self.assertEqual(procedure.state, "in_force")
        self.assertFalse(self.company.cx_has_bonded_trade or self.company.cx_has_production)
        self.assertTrue(self.company.cx_is_one_person)
        roles = self.env["cx.role"].search([("company_id", "=", self.company.id)])
        self.assertEqual((roles.mapped("name"), roles.user_ids), (["Owner"], self.person))
        self.assertEqual(self.env["cx.department"].search([("company_id", "=", self.company.id)]).duty_user_id, self.person)
        choice = self.env["cx.procedure.choice"].search([("company_id", "=", self.company.id)])
        self.assertEqual(choice.procedure_id, procedure)

    def test_menus_of_what_there_is_not(self):
        """Without production and bonded trade their menus are gone, and come back with them."""
        hidden = ("menu_rework_scheme", "menu_disposition_rework", "menu_customs_contract")
        self._to_summary(one=self.person, has_bonded=False, has_production=False).action_apply()
        menus = self.env["ir.ui.menu"].with_user(self.person)
        for name in hidden:
            self.assertNotIn(self.env.ref(f"cx_complaint.{name}").id, menus.load_menus(False))
        self._to_summary(has_bonded=True, has_production=True).action_apply()
        for name in hidden:
            self.assertIn(self.env.ref(f"cx_complaint.{name}").id, menus.load_menus(False))

    def test_run_again(self):
        """Nothing to do the second time: it says so, proposes what stands, and touches no record."""
        self._to_summary(one=self.person).action_apply()
        before = self._standing()
        setup = self._start()
        setup.action_next()
        self.assertEqual(setup._picked().code, CODE)
        setup.action_next()
        self.assertEqual(setup.role_ids.user_ids, self.person)
        setup.action_next()
        self.assertIn("everything stands already", setup.summary_html)
        setup.action_apply()
        self.assertEqual(self._standing(), before)

    def test_what_was_set_is_changed_only_when_it_says_so(self):
        """Another choice and other people than the company has: the summary names before and after."""
        own = self.env["cx.procedure"].create({"name": "Our own way", "code": "OWN", "company_id": self.company.id})
        self.env["cx.procedure.role"].create({
            "procedure_id": own.id, "name": "Boss", "code": "boss", "function": "management", "rank": "top"})
        self.env["cx.milestone"].create({
            "procedure_id": own.id, "name": "Answer", "code": "answer", "role_id": own.role_ids.id, "start_event": "received"})
        own.action_put_in_force()
        choice = self.env["cx.procedure.choice"].create({"company_id": self.company.id, "procedure_id": own.id})
        other = new_test_user(self.env, "cx_other", groups="cx_complaint.group_manager", company_id=self.company.id,
                              company_ids=[(6, 0, self.company.ids)])
        role = self.env["cx.role"].create({
            "name": "The boss", "function": "management", "rank": "top", "company_id": self.company.id,
            "user_ids": other.ids})
        setup = self._start()
        self._pick(setup)
        setup.pick_ids.filtered(lambda pick: pick.procedure_id == own).is_chosen = False
        setup.action_next()
        self.assertEqual(setup.role_ids.user_ids, other, "who does it already is proposed")
        setup.role_ids.user_ids = self.person
        setup.action_next()
        self.assertIn("The boss: cx_other", setup.summary_html)
        self.assertIn("instead of", setup.summary_html)
        self.assertEqual((role.user_ids, choice.procedure_id), (other, own))
        setup.action_apply()
        self.assertEqual((role.user_ids, choice.procedure_id.code), (self.person, CODE))

    def test_people_by_department_are_left_to_the_department(self):
        """Who fills a role as head of a department stays in it, and the summary says where to change that."""
        head = new_test_user(self.env, "cx_head", groups="cx_complaint.group_manager", company_id=self.company.id,
                             company_ids=[(6, 0, self.company.ids)])
        department = self.env["cx.department"].create({
            "name": "Board", "function": "management", "head_id": head.id, "company_id": self.company.id})
        role = self.env["cx.role"].create({
            "name": "The boss", "function": "management", "rank": "top", "company_id": self.company.id,
            "department_ids": department.ids})
        setup = self._to_summary(one=self.person)
        self.assertRegex(setup.summary_html, r"cx_head \S+ by the department")
        setup.action_apply()
        self.assertEqual(role._users(), self.person | head)
        self.assertEqual(department.head_id, head)

    def test_rights_are_not_given_in_passing(self):
        """Who lacks the rights for what he is named for is listed; the manager cannot give them, the administrator can."""
        clerk = new_test_user(self.env, "cx_new_clerk", groups="base.group_user", company_id=self.company.id,
                              company_ids=[(6, 0, self.company.ids)])
        setup = self._to_summary(one=clerk)
        self.assertRegex(setup.rights_html, r"cx_new_clerk \S+ needs: Complaint Manager")
        with self.assertRaises(AccessError):
            setup.action_grant()
        setup.action_apply()
        self.assertFalse(clerk.has_group("cx_complaint.group_manager"))
        admin = new_test_user(
            self.env, "cx_admin", groups="cx_complaint.group_manager,base.group_erp_manager", company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)])
        setup = self._to_summary(admin, one=clerk)
        setup.action_grant()
        self.assertTrue(clerk.has_group("cx_complaint.group_manager"))
        self.assertFalse(setup.rights_html)

    def test_what_is_to_be_decided(self):
        """The summary lists what the document leaves open."""
        procedure = self.env["cx.procedure"]._load_shipped([CODE])
        procedure.milestone_ids[0].write({
            "limit_value": 0, "limit_unit": False, "is_undecided": True, "undecided_note": "How many days"})
        self.assertIn("How many days", self._to_summary(one=self.person).summary_html)

    def test_two_procedures_for_different_cases(self):
        """Several may be picked when each says for which cases it is; the one for the rest comes last."""
        own = self.env["cx.procedure"].create({"name": "Our own way", "code": "OWN", "company_id": self.company.id})
        self.env["cx.procedure.role"].create({
            "procedure_id": own.id, "name": "Clerk", "code": "clerk", "function": "service", "rank": "clerk"})
        self.env["cx.milestone"].create({
            "procedure_id": own.id, "name": "Answer", "code": "answer", "role_id": own.role_ids.id, "start_event": "received"})
        channel = self.env["cx.channel"].search([], limit=1)
        setup = self._start()
        self._pick(setup)
        setup.pick_ids.filtered(lambda pick: pick.procedure_id == own).write(
            {"is_chosen": True, "channel_id": channel.id})
        setup.action_next()
        self.assertEqual(set(setup.role_ids.mapped("function")), {"management", "service"})
        clerk = new_test_user(self.env, "cx_clerk", groups="cx_complaint.group_service", company_id=self.company.id,
                              company_ids=[(6, 0, self.company.ids)])
        for row in setup.role_ids:
            row.user_ids = clerk if row.function == "service" else self.person
        self.company.cx_is_one_person = True
        setup.action_next()
        self.assertIn("Nobody approves any more", setup.summary_html)
        setup.action_apply()
        self.assertFalse(self.company.cx_is_one_person, "two people are four eyes")
        choices = self.env["cx.procedure.choice"].search([("company_id", "=", self.company.id)])
        self.assertEqual([(choice.procedure_id.code, choice.channel_id) for choice in choices],
                         [("OWN", channel), (CODE, channel.browse())])
