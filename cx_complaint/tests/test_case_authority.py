from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .roles_common import CxRoles


@tagged("post_install", "-at_install")
class TestCaseAuthority(CxRoles):
    """Who may take a step of a case, where its rulebook names roles for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._person("desk_clerk", "cx_complaint.group_service")
        cls.head = cls._person("desk_head", "cx_complaint.group_service")
        cls.manager = cls.users_by_login["cx_manager"]
        cls._department("service", duty=cls.clerk, head=cls.head, members=cls.clerk)
        cls.leader = cls._role("service_head", "service", "head")
        cls.case = cls._case_under_rules(
            is_read_back=True, demand="Money back", phone="1", severity="normal", handler_id=cls.head.id)

    def _authority(self, verb, roles, **vals):
        return self.env["cx.authority"].create({
            "procedure_id": self.procedure.id, "verb": verb, "role_ids": roles.ids, **vals})

    def _codes(self, user, verb="confirm"):
        return [blocker.code for blocker in self.case.with_user(user)._blockers(verb)]

    def test_without_a_row_nothing_changes(self):
        """A procedure that names nobody for a step leaves it to the groups; so does one for another step."""
        self._authority("close", self.leader)
        self.assertEqual(self._codes(self.clerk), [])
        self.case.with_user(self.clerk).action_confirm()
        self.assertTrue(self.case.confirmed_on)

    def test_the_step_belongs_to_a_role(self):
        """Who is not of the role is told whom to ask, before the click and after it; nothing is written."""
        self._authority("confirm", self.leader)
        self.assertEqual(self._codes(self.clerk), ["not_entitled"])
        self.assertIn("under House rules", self.case.with_user(self.clerk).blocker_html)
        with self.assertRaisesRegex(AccessError, "this step is not yours. Ask desk_head"):
            self.case.with_user(self.clerk).action_confirm()
        with self.assertRaises(AccessError):
            self.case.with_user(self.manager).action_confirm()
        self.assertFalse(self.case.confirmed_on)
        self.case.with_user(self.head).action_confirm()
        self.assertEqual(self.case.confirmed_by_id, self.head)

    def test_the_condition_decides(self):
        """The first row that holds for the case: a serious one belongs to the top, others to the head."""
        top = self._person("top_one", "cx_complaint.group_manager")
        self._post("management", "top", top)
        self._authority("confirm", self._role("top", "management", "top"), min_severity="major", sequence=1)
        self._authority("confirm", self.leader, sequence=2)
        self.assertEqual([self._codes(user) for user in (self.head, top)], [[], ["not_entitled"]])
        self.case.severity = "critical"
        self.assertEqual([self._codes(user) for user in (self.head, top)], [["not_entitled"], []])

    def test_steps_of_others_are_named(self):
        """The form lists the steps that are possible now and are somebody else's."""
        self._authority("cancel", self.leader)
        self.assertIn("Cancel: desk_head", Form(self.case.with_user(self.clerk)).authority_html)
        self.assertFalse(Form(self.case.with_user(self.head)).authority_html)
        with self.assertRaises(AccessError):
            self.case.with_user(self.clerk).action_cancel()

    def test_several_roles_share_a_step(self):
        """One of them is enough; a role that nobody fills does not hand its step to the desk while the other is filled."""
        self._authority("confirm", self.leader + self._role("trade", "trade", "director"))
        self.assertEqual([self._codes(user) for user in (self.head, self.clerk)], [[], ["not_entitled"]])

    def test_nothing_stands_still(self):
        """A role without people falls on; one whose people do not work with cases leaves the step to the managers."""
        self._authority("confirm", self._role("trade", "trade"))
        self.assertEqual(self._codes(self.clerk), [], "the desk does it")
        reader = self._person("trade_clerk")
        self._post("trade", "clerk", reader)
        self.assertEqual(self._codes(self.clerk), ["not_entitled"])
        self.assertEqual(self._codes(self.manager), [])

    def test_one_person_does_it_all(self):
        """In a company of one every step is his, whatever the rulebook says."""
        self.env["cx.department"].search([]).action_archive()
        only = self._person("only_one", "cx_complaint.group_manager")
        self._department("management", head=only)
        for verb, _label in self.env["cx.authority"]._fields["verb"]._description_selection(self.env):
            self._authority(verb, self._role(verb, "quality", "director"))
            self.assertEqual(self.case._entitled(verb)[self.case], only, verb)
        self.case.with_user(only).action_confirm()

    def test_other_procedures_say_nothing(self):
        """A case under no procedure, or another one, is not bound."""
        self._authority("confirm", self.leader)
        self.case.procedure_id = False
        self.assertEqual(self._codes(self.clerk), [])
        self.case.procedure_id = self.procedure.copy({"code": "OTHER"})
        self.case.procedure_id.authority_ids.unlink()
        self.assertEqual(self._codes(self.clerk), [])

    def test_no_procedure_costs_nothing(self):
        """Asking who may take a step of a case without a rulebook asks the database nothing."""
        case = self._case().with_user(self.clerk)
        case.procedure_id  # noqa: B018 - read it first
        with self.assertQueryCount(0):
            self.assertFalse(case._entitled("close"))
