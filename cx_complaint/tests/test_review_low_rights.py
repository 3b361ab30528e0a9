from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from . import house
from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestReviewLowRights(TaskCommon):
    """What somebody with few rights and a client of his own tries on cases under a rulebook."""

    def test_dialogs_are_ones_own(self):
        """What somebody is filling in is nobody else's: neither what a caller told him nor what he is about to do."""
        dialog = self._as("cx_service", self.env["cx.complaint.intake"]).create(
            {"summary": "It rattles", "caller_name": "Li Na", "phone": "13800000002"})
        strange = self._as("cx_employee", dialog)
        self.assertFalse(strange.search([("id", "=", dialog.id)]))
        for attempt in (lambda: strange.read(["phone"]), lambda: strange.write({"phone": "1"})):
            with self.assertRaises(AccessError):
                attempt()
        for name, model in house.own_models(self.env).items():
            if model._transient:
                rules = self.env["ir.model"]._get(name).rule_ids.filtered(lambda rule: not rule.groups)
                self.assertTrue(any("create_uid" in (rule.domain_force or "") for rule in rules), name)

    def test_intake_tells_nothing_of_other_companies(self):
        """Who is on duty in a company where one does not work is not told, whatever company the dialog names."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env, "cx_stranger", "base.group_user", company_id=other.id, company_ids=[Command.set(other.ids)])
        self.env["cx.department"].create({
            "name": "Service", "function": "service", "company_id": other.id, "duty_user_id": stranger.id})
        values = {"summary": "It rattles", "company_id": other.id, "urgency": "2"}
        intakes = self._as("cx_employee", self.env["cx.complaint.intake"])
        told = intakes.onchange(values, ["company_id"], {"duty_text": {}, "guidance_html": {}})["value"]
        self.assertFalse(told.get("duty_text"))
        self.assertFalse(intakes.create(values).duty_text)

    def test_contact_of_a_case_that_one_does_not_see(self):
        """No contact is put on a case of others by a default of the client; what waits for the customer goes on waiting."""
        case = self._complain()
        case._wait("customer", "Asked for a photo")
        contacts = self._as("cx_employee", self.env["cx.contact"])
        with self.assertRaises(AccessError):
            contacts.with_context(default_complaint_id=case.id).create({"summary": "Forged"})
        self.assertTrue(case.is_waiting)

    def test_contacts_are_counted(self):
        """How often the customer came is counted: a figure that a client sends does not count."""
        case = self._complain("cx_employee")
        contacts = self._as("cx_employee", self.env["cx.contact"])
        told = contacts.create({"complaint_id": case.id, "summary": "Told", "kind": "told", "nth": 2147483647})
        self.assertEqual(told.nth, 0)
        self.assertEqual(contacts.create({"complaint_id": case.id, "summary": "Again"}).nth, 2)
        with self.assertRaises(AccessError):
            self._as("cx_service", told).nth = 5

    def test_number_and_registration_are_of_the_register(self):
        """Nobody takes a number of his own or says that he registered a case earlier."""
        case = self._complain()
        for vals in ({"name": "CMP/2020/00001"}, {"registered_on": "2020-01-01 00:00:00"}):
            with self.assertRaises(AccessError):
                self._complain("cx_employee", **vals)
            with self.assertRaises(AccessError):
                self._as("cx_sales", case).write(vals)

    def test_activity_of_a_task_is_of_its_ladder(self):
        """Nobody plants an activity that the escalation of a task would be written into."""
        self._in_force()
        self.case = self._complain()
        planter = new_test_user(self.env, "cx_planter", "base.group_user,base.group_partner_manager")
        activities = self.env["mail.activity"].with_user(planter)
        with self.assertRaises(AccessError):
            activities.create({
                "res_model_id": self.env["ir.model"]._get_id("res.partner"), "res_id": self.customer.id,
                "activity_type_id": self.env.ref("cx_complaint.mail_activity_type_escalation").id,
                "user_id": self.users_by_login["cx_service"].id, "cx_task_id": self.task("reply").id})

    def test_handler_without_the_rank_is_not_registered(self):
        """Who shall handle a case has the rank of its route, also when he was entered with it."""
        clerk = new_test_user(self.env, "cx_clerk", "base.group_user,cx_complaint.group_warehouse")
        self.departments["warehouse"].member_ids = clerk
        self._part(self.procedure, "route", role_id=self.quality.id, min_rank="head")
        self._in_force()
        case = self._complain("cx_employee", handler_id=clerk.id)
        self.assertEqual(case.handler_id, self.users_by_login["cx_quality"])
        head = self.users_by_login["cx_sales"]
        self.assertEqual(self._complain("cx_employee", handler_id=head.id).handler_id, head)

    def test_papers_are_not_searched_by_what_one_does_not_see(self):
        """A search for papers asks of their cases only what the user sees himself."""
        case = self._complain("cx_employee")
        elsewhere = self._complain()
        case.sudo().duplicate_of_id = elsewhere
        self.env["cx.paper"].sudo().create({
            "name": "R v1.pdf", "paper": "complaint", "res_model": "cx.complaint", "res_id": case.id,
            "document_name": case.name, "company_id": self.company.id})
        reader = new_test_user(self.env, "cx_reader", "base.group_user,cx_complaint.group_reader")
        case.handler_id = reader
        papers = self.env["cx.paper"].with_user(reader)
        self.assertFalse(elsewhere.with_user(reader).has_access("read"))
        self.assertTrue(papers.search([("complaint_id", "any", [("id", "=", case.id)])]))
        self.assertFalse(papers.search([("complaint_id", "any", [("duplicate_of_id.summary", "=", elsewhere.summary)])]))


@tagged("post_install", "-at_install")
class TestReviewWideRules(TaskCommon):
    """A rule in force never becomes wider, and no date of a case stops its clocks."""

    def test_rule_keeps_what_it_names(self):
        """Archiving a channel does not make a rule of a procedure in force hold for every case; deleting it is refused."""
        channel = self.env["cx.channel"].create({"name": "Fax"})
        route = self._part(self.procedure, "route", role_id=self.quality.id, channel_ids=[Command.set(channel.ids)])
        self._in_force()
        channel.active = False
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        self.assertFalse(self._complain().route_id)
        self.assertIn("Fax", route.condition_text)
        channel.active = True
        with self.assertRaisesRegex(UserError, "Procedure CX"), self.env.cr.savepoint():
            self._as("cx_manager", channel).unlink()
        advice = self.env["cx.guidance"].create({"name": "Patience", "text": "Wait", "channel_ids": [Command.set(channel.ids)]})
        self.assertEqual(self._as("cx_manager", self.env["cx.channel"].create({"name": "Telex"})).unlink(), True)
        self.assertEqual(advice.channel_ids, channel)

    def test_categories_stand_in_no_circle(self):
        """A category does not stand below itself."""
        above = self.env["cx.category"].create({"name": "Above"})
        below = self.env["cx.category"].create({"name": "Below", "parent_id": above.id})
        with self.assertRaises(ValidationError):
            above.parent_id = below

    def test_moments_of_a_case_are_within_reach(self):
        """A date in another century is refused in a sentence: nobody waits while working time is counted until then."""
        self._in_force()
        for vals in ({"received_on": "0001-01-01 00:00:00"}, {"received_on": "1900-01-01 00:00:00"},
                     {"agreed_on": "9999-12-31 23:00:00"}, {"agreed_on": "3000-01-01 00:00:00"}):
            with self.assertRaisesRegex(ValidationError, "no possible"), self.env.cr.savepoint():
                self._complain("cx_employee", **vals)
