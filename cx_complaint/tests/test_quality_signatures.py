from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ..rules import signatures
from ..rules.signatures import Step
from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestWhoSigns(TransactionCase):
    """Who may sign, and what one signature covers: tables."""

    def test_a_closed_step_moves_up(self):
        """Role, substitutes, next ranks, top; where nobody is left the top signs with a declared conflict."""
        for ladder, closed, expected in (
            ([{"ann"}], set(), ({"ann"}, False)),
            ([{"ann", "bob"}], {"ann"}, ({"bob"}, False)),
            ([{"ann"}, {"sue"}, {"head"}], {"ann"}, ({"sue"}, False)),
            ([{"ann"}, set(), {"head"}, {"boss"}], {"ann"}, ({"head"}, False)),
            ([set(), set(), {"head"}], set(), ({"head"}, False)),
            ([{"boss"}, set(), {"boss"}], {"boss"}, ({"boss"}, True)),
            ([{"ann"}, set(), set(), {"ann"}], {"ann"}, ({"ann"}, True)),
            ([set(), set()], {"ann"}, (set(), False)),
        ):
            with self.subTest(ladder=ladder, closed=closed):
                self.assertEqual(signatures.entitled(ladder, closed), (frozenset(expected[0]), expected[1]))

    def test_one_signature_covers_consecutive_steps(self):
        """Who holds consecutive steps signs once; a step of somebody else between them ends it."""
        def steps(*rows):
            return [Step(number, sequence, frozenset(people)) for number, (sequence, people) in enumerate(rows)]

        for rows, expected in (
            ([(10, {"ann"}), (20, {"ann"}), (30, {"bob"})], [0, 1]),
            ([(10, {"ann"}), (20, {"bob"}), (30, {"ann"})], [0]),
            ([(10, {"bob"}), (20, {"ann"})], []),
            ([(10, {"ann"}), (10, {"bob"}), (20, {"ann"})], [0]),
            ([(10, {"ann"}), (10, {"ann", "bob"}), (20, {"ann"})], [0, 1, 2]),
            ([], []),
        ):
            with self.subTest(rows=rows):
                self.assertEqual(signatures.signed_at_once(steps(*rows), "ann"), expected)

    def test_checksum_is_of_the_content(self):
        """The order of keys does not matter; any value does."""
        self.assertEqual(signatures.checksum({"a": 1, "b": [2.0]}), signatures.checksum({"b": [2.0], "a": 1}))
        self.assertNotEqual(signatures.checksum({"a": 1}), signatures.checksum({"a": 2}))
        self.assertEqual(len(signatures.checksum({})), 64)


class SignaturesCommon(ReturnsCommon):
    """A return whose kind is signed by planning, then approved by quality; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.role"].search([]).active = False
        cls.planner, cls.inspector, cls.manager, cls.clerk = (
            cls.users_by_login[login] for login in ("cx_planning", "cx_quality", "cx_manager", "cx_service"))
        cls.role_planning = cls._create_role("Planning", "planning", cls.planner)
        cls.role_quality = cls._create_role("Quality", "quality", cls.inspector)
        cls.role_head = cls._create_role("Head of Quality", "quality", cls.manager, rank="head")
        cls.template = cls.env["cx.approval.template"].create({
            "name": "Two signatures",
            "step_ids": [
                (0, 0, {"sequence": 10, "role_id": cls.role_planning.id, "kind": "agreed"}),
                (0, 0, {"sequence": 20, "role_id": cls.role_quality.id, "kind": "approved"}),
            ],
        })
        cls.kind = cls.env["cx.rma.kind"].create({"name": "Signed return", "approval_template_id": cls.template.id})

    @classmethod
    def _create_role(cls, name, function, users, **vals):
        return cls.env["cx.role"].create({"name": name, "function": function, "user_ids": users.ids, **vals})

    def _submit(self, quantity=5, login="cx_service"):
        """A return of the signed kind, submitted."""
        rma = self._draft(self._complain(self._deliver(self.product, quantity), quantity), kind_id=self.kind.id)
        self._as(login, rma).action_submit()
        return rma

    def _assert_rows(self, rma, *rows):
        """The signatures as ``(role, state)``, in the order of their steps."""
        self.env.invalidate_all()
        found = [(row.role_name, row.state) for row in rma.approval_ids.sorted(lambda row: (row.sequence, row.id))]
        self.assertEqual(found, list(rows))

    def _todo_logins(self, rma):
        todos = rma.activity_ids.filtered(
            lambda todo: todo.activity_type_id == self.env.ref("cx_complaint.mail_activity_type_signature"))
        return sorted(todos.user_id.mapped("login"))


@tagged("post_install", "-at_install")
class TestSignatures(SignaturesCommon):
    """A return is signed step by step; the last signature authorises it."""

    def test_without_template_one_person_authorises(self):
        """No template: one entitled person authorises at once, and nothing is asked."""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5))
        self._as("cx_service", rma).action_authorise()
        self.assertEqual(rma.state, "authorised")
        self.assertFalse(rma.approval_ids)

    def test_the_last_signature_authorises(self):
        """Planning agrees, quality approves, the goods are expected; to-dos follow the turn. [S2.05-16]"""
        rma = self._submit()
        self._assert_rows(rma, ("Planning", "asked"), ("Quality", "asked"))
        self.assertEqual(self._todo_logins(rma), ["cx_planning"])
        self.assertEqual(self.env["cx.rma"].with_user(self.planner).search([("is_my_turn", "=", True)]), rma)
        self.assertFalse(self.env["cx.rma"].with_user(self.inspector).search([("is_my_turn", "=", True)]))
        self._as("cx_planning", rma).action_sign()
        self._assert_rows(rma, ("Planning", "signed"), ("Quality", "asked"))
        self.assertEqual((rma.state, self._todo_logins(rma)), ("submitted", ["cx_quality"]))
        self._as("cx_quality", rma).action_sign()
        self._assert_rows(rma, ("Planning", "signed"), ("Quality", "signed"))
        self.assertEqual((rma.state, rma.authorised_by_id, self._todo_logins(rma)), ("authorised", self.inspector, []))
        self.assertTrue(rma.picking_ids, "the warehouse expects the goods")
        self.assertFalse(any(rma.approval_ids.mapped("is_conflict")))

    def test_nobody_skips_the_signatures(self):
        """Neither from draft nor after submitting may anybody authorise past them; the blocker names whom to ask."""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5), kind_id=self.kind.id)
        with self.assertRaisesRegex(UserError, "signed first"):
            self._as("cx_manager", rma).action_authorise()
        self._as("cx_service", rma).action_submit()
        with self.assertRaisesRegex(UserError, "Ask cx_planning"):
            self._as("cx_manager", rma).action_authorise()
        self.assertIn("unsigned", [blocker.code for blocker in rma._blockers("authorise")])

    def test_only_who_is_asked_signs_in_his_turn(self):
        """Quality not before planning, sales never; nobody writes a signature by hand."""
        rma = self._submit()
        for login in ("cx_quality", "cx_sales", "cx_service"):
            with self.assertRaisesRegex(UserError, "is missing"):
                self._as(login, rma).action_sign()
        with self.assertRaises(AccessError):
            self._as("cx_employee", rma).action_sign()
        row = rma.approval_ids[0]
        for attempt in (
            lambda: self._as("cx_manager", row).write({"state": "signed"}),
            lambda: self._as("cx_manager", row).create({
                "res_model": "cx.rma", "res_id": rma.id, "company_id": rma.company_id.id, "kind": "approved",
                "state": "signed"}),
            lambda: self._as("cx_manager", row).unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_who_proposed_does_not_approve(self):
        """The quality clerk submitted it himself: substitutes sign, else the head; he himself never."""
        self.inspector.group_ids |= self.env.ref("cx_complaint.group_service")
        rma = self._submit(login="cx_quality")
        self._as("cx_planning", rma).action_sign()
        with self.assertRaisesRegex(UserError, "Ask cx_manager"):
            self._as("cx_quality", rma).action_sign()
        self.role_quality.substitute_ids = self.users_by_login["cx_engineering"]
        with self.assertRaisesRegex(UserError, "Ask cx_engineering"):
            self._as("cx_manager", rma).action_sign()
        self._as("cx_engineering", rma).action_sign()
        self.assertEqual(rma.state, "authorised")
        self.assertFalse(any(rma.approval_ids.mapped("is_conflict")))

    def test_one_person_company_signs_with_declared_conflict(self):
        """One person holds every role: he signs once, both steps are recorded, the approval declares the conflict."""
        boss = self.manager
        (self.role_planning + self.role_quality + self.role_head).user_ids = boss
        rma = self._submit(login="cx_manager")
        self._as("cx_manager", rma).action_sign()
        self._assert_rows(rma, ("Planning", "signed"), ("Quality", "signed"))
        self.assertEqual(rma.approval_ids.mapped("is_conflict"), [False, True])
        self.assertEqual(rma.state, "authorised")

    def test_changed_content_voids_signatures(self):
        """Planning agreed to five; now it is four: void, asked again, and the old signature stays on record."""
        rma = self._submit()
        self._as("cx_planning", rma).action_sign()
        self._as("cx_service", rma.line_ids).write({"quantity": 4})
        self._assert_rows(rma, ("Planning", "void"), ("Planning", "asked"), ("Quality", "asked"))
        self.assertEqual(self._todo_logins(rma), ["cx_planning"])
        with self.assertRaises(UserError):
            self._as("cx_quality", rma).action_sign()
        self._as("cx_planning", rma).action_sign()
        self._as("cx_service", rma).write({"carrier_name": "Post"})
        self._assert_rows(rma, ("Planning", "void"), ("Planning", "signed"), ("Quality", "asked"))
        self._as("cx_service", rma).write({"requirement": "Replace all"})
        self._assert_rows(
            rma, ("Planning", "void"), ("Planning", "void"), ("Planning", "asked"), ("Quality", "asked"))

    def test_content_changed_past_the_hooks_is_noticed(self):
        """Even where a change told nobody, the checksum does not fit and the authorisation is refused."""
        rma = self._submit()
        self._as("cx_planning", rma).action_sign()
        self.env.flush_all()
        self.env.cr.execute("UPDATE cx_rma_line SET quantity = 4 WHERE rma_id = %s", [rma.id])
        self.env.invalidate_all()
        self.assertEqual([blocker.code for blocker in rma._blockers_unsigned()], ["unsigned", "unsigned"])
        self._as("cx_planning", rma).action_sign()
        self._assert_rows(rma, ("Planning", "void"), ("Planning", "signed"), ("Quality", "asked"))

    def test_a_refused_signature_refuses_the_return(self):
        """Planning refuses and says why: the return is refused; drafted anew, everybody is asked again."""
        rma = self._submit()
        wizard = self.env["cx.approval.sign"].with_user(self.planner).create({"document": f"cx.rma,{rma.id}"})
        with self.assertRaisesRegex(UserError, "why"):
            wizard.action_refuse()
        wizard.remark = "No capacity before May"
        wizard.action_refuse()
        self.assertEqual((rma.state, rma.refusal_reason), ("refused", "No capacity before May"))
        self._assert_rows(rma, ("Planning", "refused"))
        self._as("cx_service", rma).action_redraft()
        self._as("cx_service", rma).action_submit()
        self._assert_rows(rma, ("Planning", "refused"), ("Planning", "asked"), ("Quality", "asked"))

    def test_given_signatures_are_kept_as_they_were(self):
        """Name as of then, no deletion, no change, not even by a superuser; the document cannot take them along."""
        rma = self._submit()
        self._as("cx_planning", rma).action_sign()
        given = rma.approval_ids[0]
        name = self.planner.name
        self.planner.name = "Renamed"
        self.role_planning.name = "Scheduling"
        self.assertEqual((given.signer_name, given.role_name), (name, "Planning"))
        for attempt in (
            lambda: given.sudo().write({"signer_name": "Somebody"}),
            lambda: given.sudo().write({"state": "asked"}),
            lambda: given.sudo().unlink(),
            lambda: self._as("cx_service", rma).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "given|stay"), self.env.cr.savepoint():
                attempt()
        self._as("cx_service", rma).action_cancel()
        self.assertEqual(rma.approval_ids.mapped("state"), ["void"])
        self.assertEqual(self._todo_logins(rma), [])

    def test_an_unfilled_role_says_so(self):
        """Nobody fills the role or a higher one: the sentence says where to name somebody."""
        (self.role_planning + self.role_quality + self.role_head).user_ids = False
        rma = self._submit()
        with self.assertRaisesRegex(UserError, "Nobody fills the role"):
            self._as("cx_manager", rma).action_sign()

    def test_roles_are_filled_by_departments(self):
        """A clerk's role: members and head; a head's role: heads only; who left or works elsewhere is out."""
        department = self.env["cx.department"].create({
            "name": "QA", "function": "quality", "head_id": self.manager.id, "member_ids": self.inspector.ids})
        clerks = self._create_role("QA clerk", "quality", self.env["res.users"], department_ids=department.ids)
        heads = self._create_role(
            "QA head", "quality", self.env["res.users"], rank="head", department_ids=department.ids)
        self.assertEqual(clerks._users(), self.manager + self.inspector)
        self.assertEqual(heads._users(), self.manager)
        self.assertTrue(clerks._includes(self.inspector))
        self.assertFalse(heads._includes(self.inspector))
        self.assertTrue(self._as("cx_employee", heads)._includes(self.manager), "the answer is the same for all")
        self.inspector.active = False
        self.assertEqual(clerks._users(), self.manager)

    def test_signing_now_declares_a_conflict(self):
        """A decision without a template leaves a signature; one's own proposal is marked."""
        rma = self._submit()
        own = self._as("cx_service", rma)._sign_now("handled", self.clerk)
        other = self._as("cx_manager", rma)._sign_now("approved", self.clerk)
        self.assertEqual((own.is_conflict, other.is_conflict), (True, False))
        self.assertEqual((other.state, other.signer_name, other.checksum), (
            "signed", self.manager.name, rma._content_checksum()))

    def test_a_batch_costs_no_more_than_a_few(self):
        """Signing ten returns asks who may sign once, not ten times."""
        few = [self._submit(1) for _number in range(2)]
        many = [self._submit(1) for _number in range(8)]
        counts = []
        for rmas in (few, many):
            rmas = self._as("cx_planning", self.env["cx.rma"].union(*rmas))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(rma.is_my_turn for rma in rmas))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
