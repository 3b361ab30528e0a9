from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .procedure_common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestProcedureCompanies(ProcedureCommon):
    """A procedure shared by companies: nobody changes how a company works in which he does not work himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Cx Sister"})
        cls.one, cls.both = (
            new_test_user(cls.env, login, groups="cx_complaint.group_manager", company_id=cls.company.id,
                          company_ids=[(6, 0, companies.ids)])
            for login, companies in (("cx_of_one", cls.company), ("cx_of_both", cls.company | cls.other)))
        cls.shared = cls._create_procedure("CS", company_id=False)
        cls.shared.action_put_in_force()
        cls.mine, cls.theirs = cls.env["cx.procedure.choice"].create([
            {"company_id": company.id, "procedure_id": cls.shared.id} for company in (cls.company, cls.other)])

    def _edition(self, user, **vals):
        """As he does it: button, dialog."""
        Edition = self.env["cx.procedure.edition"].with_user(user)
        action = self.shared.with_user(user).action_new_edition()
        wizard = Form(Edition.with_context(**action["context"]))
        wizard.change = "Shorter"
        for name, value in vals.items():
            setattr(wizard, name, value)
        return self.env["cx.procedure"].with_user(user).browse(wizard.save().action_make()["res_id"])

    def test_new_edition_of_one_company(self):
        """Who works in one of two companies makes an edition of his own, and the dialog says so; the other is not moved."""
        action = self.shared.with_user(self.one).action_new_edition()
        dialog = self.env["cx.procedure.edition"].with_user(self.one).with_context(**action["context"]).new({})
        self.assertIn("Cx Sister", dialog.scope_text)
        draft = self._edition(self.one)
        self.assertEqual(draft.company_id, self.company)
        draft.milestone_ids[0].limit_value = 9
        draft.action_put_in_force()
        self.assertEqual((self.mine.procedure_id, self.theirs.procedure_id), (draft, self.shared))
        self.assertEqual(self.shared.state, "in_force")

    def test_new_edition_of_both(self):
        """Who works in both makes one for both; their choices move together."""
        draft = self._edition(self.both)
        self.assertFalse(draft.company_id)
        draft.milestone_ids[0].limit_value = 9
        draft.action_put_in_force()
        self.assertEqual(self.mine.procedure_id | self.theirs.procedure_id, draft)
        self.assertEqual(self.shared.state, "retired")

    def test_for_all_by_somebody_of_one(self):
        """Sent past the dialog it is refused as well, with the company and the way out."""
        wizard = self.env["cx.procedure.edition"].with_user(self.one).create({
            "procedure_id": self.shared.id, "edition": "A/1", "change": "Shorter", "company_id": False})
        with self.assertRaisesRegex(UserError, r"Cx Sister work by Procedure CS \(A/0\) as well.*Choose the company"):
            wizard.action_make()

    def test_draft_that_others_rest_on(self):
        """A shared draft of the edition after theirs is neither changed, deleted nor put in force by somebody of one."""
        draft = self._edition(self.both).with_user(self.one)
        for attempt in (
            lambda: draft.write({"code": "CT"}),
            lambda: draft.write({"company_id": self.company.id}),
            lambda: draft.milestone_ids[0].write({"limit_value": 9}),
            lambda: draft.milestone_ids[0].unlink(),
            lambda: draft.env["cx.gate"].create({"procedure_id": draft.id, "code": "responsible_named"}),
            lambda: draft.unlink(),
        ):
            with self.assertRaisesRegex(
                    UserError, r"\(A/1\) is for Cx Sister as well, where you do not work.* new edition of Procedure CS \(A/0\)"):
                attempt()
        with self.assertRaisesRegex(UserError, "Cx Sister would work otherwise.* Make a new edition"):
            draft.action_put_in_force()
        self.assertEqual(self.theirs.procedure_id, self.shared)

    def test_to_come_is_not_withdrawn_by_others(self):
        """What the sister waits for is not retired by somebody who does not work there."""
        draft = self._edition(self.both)
        draft.effective_date = "2999-01-01"
        draft.action_put_in_force()
        with self.assertRaisesRegex(UserError, "Cx Sister would work otherwise"):
            draft.with_user(self.one).action_retire()
        draft.action_retire()
        self.assertEqual(self.shared.state, "in_force")

    def test_draft_of_nobody(self):
        """A shared draft on which nobody rests yet, such as one that was just loaded, is anybody's to change and put in force."""
        draft = self._create_procedure("CN", company_id=False).with_user(self.one)
        draft.milestone_ids[0].limit_value = 9
        draft.action_put_in_force()
        self.assertEqual(draft.state, "in_force")
        self.assertEqual(self.theirs.procedure_id, self.shared)

    def test_loaded_one_stays_shared(self):
        """What came with the addon is not taken away from the others by entering a company."""
        loaded = self.env["cx.procedure"]._load_shipped(["SMALL"])
        with self.assertRaisesRegex(UserError, "came with the addon and is there for every company"):
            loaded.with_user(self.one).company_id = self.company

    def test_own_edition_to_come(self):
        """An own edition of a later day takes over the own choices only, on that day."""
        draft = self._edition(self.one)
        draft.effective_date = "2999-01-01"
        draft.action_put_in_force()
        choices = self.env["cx.procedure.choice"]._by_company()
        self.assertEqual([len(choices[company.id][-1].later) for company in (self.company, self.other)], [1, 0])
