from odoo.tests import Form, tagged

from .roles_common import CxRoles


@tagged("post_install", "-at_install")
class TestCaseDeparture(CxRoles):
    """Nobody's departure leaves a case or a task without an owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss, cls.desk = (cls._person(login) for login in ("the_boss", "desk_clerk"))
        cls.seller, cls.sales_duty = (cls._person(login) for login in ("seller", "sales_duty"))
        cls.inspector, cls.colleague = (cls._person(login) for login in ("inspector", "colleague"))
        cls.management = cls._department("management", head=cls.boss)
        cls.service = cls._department("service", duty=cls.desk)
        cls.sales = cls._department("sales", duty=cls.sales_duty, members=cls.seller)
        cls.quality = cls._department("quality", duty=cls.inspector, members=cls.inspector + cls.colleague)
        cls.role = cls._role("inspector", "quality")
        cls.case = cls._case_under_rules(
            department_id=cls.quality.id, handler_id=cls.inspector.id, first_responsible_id=cls.seller.id)
        cls.task = cls._task(cls.case, cls.role)

    def _owners(self):
        return self.case.handler_id, self.case.first_responsible_id, self.task.user_id

    def test_the_next_one_takes_over(self):
        """Archived: tasks go to the next of the queue, handled cases to the department, answered ones to his own."""
        self.task.with_user(self.inspector).action_take()
        (self.inspector + self.seller).action_archive()
        self.assertEqual(self._owners(), (self.colleague, self.sales_duty, self.colleague))
        self.assertEqual(self.task.queue_user_ids, self.colleague)
        self.assertIn("left", self.task.change_ids[0].reason)
        log = " ".join(self.case.message_ids.mapped("body"))
        self.assertIn("inspector has left; handed over to colleague", log)
        self.assertIn("seller has left; handed over to sales_duty", log)
        self.assertIn("Find the cause: it is not any more with inspector", log)

    def test_the_last_one_of_a_role(self):
        """When the last inspector leaves, the desk does it; after the desk the top; after that a complaint manager."""
        managers = self.env["cx.role"]._staff(self.env.company.id).managers
        (self.inspector + self.colleague).action_archive()
        self.assertEqual(self._owners(), (self.desk, self.seller, self.desk))
        (self.desk + self.seller + self.sales_duty).action_archive()
        self.assertEqual(self._owners(), (self.boss, self.boss, self.boss))
        self.boss.action_archive()
        for owner in self._owners():
            self.assertIn(owner.id, managers)

    def test_who_leaves_the_company_hands_over(self):
        """Not archived, but moved to another company of the group: what he had here is handed over, there he keeps his."""
        company = self.env["res.company"].create({"name": "Second plant"})
        there = self._case(company_id=company.id, partner_id=False)
        self.inspector.write({"company_ids": [(4, company.id)]})
        there.handler_id = self.inspector
        self.inspector.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertEqual(self._owners(), (self.colleague, self.seller, self.colleague))
        self.assertEqual(there.handler_id, self.inspector)

    def test_who_leaves_the_department_hands_over(self):
        """He still works here: what he handled for the department goes to its duty, what he answers for stays his."""
        self.quality.write({"duty_user_id": self.colleague.id})
        self.assertEqual(self.case.handler_id, self.inspector, "he is a member still")
        self.quality.write({"member_ids": [(3, self.inspector.id)]})
        self.assertEqual(self._owners(), (self.colleague, self.seller, self.colleague))
        self.assertIn("handed over to colleague", " ".join(self.case.message_ids.mapped("body")))

    def test_the_heir_has_the_rank(self):
        """A case that a head or higher must handle goes to one, not to the clerk on duty. [S2.03-1a]"""
        head, above = self._person("quality_head"), self._person("plant_head")
        plant = self._department("production", head=above)
        self.quality.write({"head_id": head.id, "parent_id": plant.id})
        route = self.env["cx.route"].create({
            "procedure_id": self.procedure.id, "role_id": self.role.id, "min_rank": "head"})
        self.case.write({"route_id": route.id, "handler_id": head.id})
        head.action_archive()
        self.assertEqual(self.case.handler_id, above)
        self.assertIn("handed over to plant_head", " ".join(self.case.message_ids.mapped("body")))

    def test_what_is_over_stays_as_it_was(self):
        """Closed cases and done tasks keep their people: that is how it was."""
        self.case.decision = "closed"
        self.task.state = "done"
        (self.inspector + self.seller).action_archive()
        self.assertEqual(self._owners(), (self.inspector, self.seller, self.inspector))

    def test_who_is_deleted_was_archived_first(self):
        """Deleting a user hands over as archiving does."""
        helper = self._person("helper")
        self.case.handler_id = helper
        helper.unlink()
        self.assertEqual(self.case.handler_id, self.inspector)

    def test_a_portal_user_does_nothing(self):
        """Somebody who becomes a portal user hands over as well."""
        self.inspector.write({"group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]})
        self.assertEqual(self._owners(), (self.colleague, self.seller, self.colleague))

    def test_the_form_says_who_is_missing(self):
        """Department and role name who has left, and that nobody is on duty; the list finds them."""
        role = self._post("quality", "clerk", self.inspector)
        unattended = [("is_unattended", "=", True)]
        self.assertFalse(self.quality.blocker_html or role.blocker_html)
        self.assertNotIn(self.quality, self.env["cx.department"].search(unattended))
        self.inspector.action_archive()
        for record, sentences in [
            (self.quality, ["Nobody is on duty", "inspector (On Duty) does not work here any more"]),
            (role, ["Nobody fills it", "inspector (Named Users) does not work here any more"]),
        ]:
            record.invalidate_recordset()
            html = Form(record.with_user(self.users_by_login["cx_manager"])).blocker_html
            for sentence in sentences:
                self.assertIn(sentence, html)
        self.assertIn(self.quality, self.env["cx.department"].search(unattended))

    def test_no_new_case_goes_to_who_has_left(self):
        """A case of a department whose duty has left is proposed to who stands in."""
        self.inspector.action_archive()
        self.quality.substitute_ids = self.colleague
        self.assertEqual(self._case(department_id=self.quality.id).handler_id, self.colleague)
