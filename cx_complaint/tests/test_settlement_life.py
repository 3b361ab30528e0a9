from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementLife(SettlementCommon):
    """Who proposes, who approves, what freezes, what an approval survives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sell_and_invoice(5.0)
        cls.line = cls._complain(cls.order, 3.0)

    def _approvals(self, settlement):
        return self.env["cx.approval"].search([("res_model", "=", "cx.settlement"), ("res_id", "=", settlement.id)])

    # Who may

    def test_only_the_manager_approves(self):
        """Nobody but the complaint manager approves or refuses."""
        settlement = self._propose(self.line, "replacement")
        settlement.refusal_reason = "No"
        for login in ("cx_service", "cx_sales", "cx_quality", "cx_finance", "cx_warehouse", "cx_employee"):
            for verb in ("action_approve", "action_refuse"):
                with self.subTest(login=login, verb=verb), self.assertRaises(AccessError):
                    getattr(self._as(login, settlement), verb)()
        self.assertEqual(settlement.decision, "proposed")

    def test_nobody_approves_his_own_proposal(self):
        """Closed to who proposed it; the sentence names who may."""
        settlement = self._propose(self.line, "replacement", login="cx_manager")
        self.assertEqual(self._codes(settlement, "approve", "cx_manager"), {"own_proposal"})
        with self.assertRaisesRegex(UserError, "You proposed it yourself.*Somebody else must approve"):
            self._approve(settlement)
        other = new_test_user(self.env, "cx_manager_2", groups="cx_complaint.group_manager")
        settlement.with_user(other).action_approve()
        self.assertEqual(settlement.approved_by_id, other)
        self.assertFalse(self._approvals(settlement).is_conflict)

    def test_last_one_signs_with_declared_conflict(self):
        """Where nobody else is entitled, the proposer signs, and the conflict stays on the signature."""
        manager = self.users_by_login["cx_manager"]
        group = self.env.ref("cx_complaint.group_manager")
        (group.all_user_ids - manager).write({"group_ids": [(3, group.id)]})
        settlement = self._propose(self.line, "replacement", login="cx_manager")
        self._approve(settlement)
        signature = self._approvals(settlement)
        self.assertEqual((signature.user_id, signature.is_conflict), (manager, True))

    def test_states_are_nobodys_to_write(self):
        """Neither writing nor creating sets a decision, an approver, a date of consent."""
        settlement = self._as("cx_service", self._propose(self.line, "replacement"))
        for vals in ({"decision": "approved"}, {"approved_by_id": 1}, {"consented_on": "2026-01-01 00:00:00"},
                     {"proposed_by_id": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                settlement.write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                settlement.create({"complaint_line_id": self.line.id, **vals})

    def test_refusal_needs_a_reason(self):
        """Refused only with a reason; refused is proposed again after talking."""
        settlement = self._propose(self.line, "replacement")
        self.assertEqual(self._codes(settlement, "refuse"), {"no_reason"})
        with self.assertRaises(UserError):
            self._as("cx_manager", settlement).action_refuse()
        self._as("cx_manager", settlement).refusal_reason = "Wear and tear"
        self._as("cx_manager", settlement).action_refuse()
        self.assertEqual(settlement.state, "refused")
        self._as("cx_sales", settlement).action_propose()
        self.assertEqual(settlement.state, "proposed")
        self.assertEqual(settlement.proposed_by_id, self.users_by_login["cx_sales"])

    def test_consent_where_the_company_wants_it(self):
        """Without the customer's consent nothing is executed, if the company says so. [S3-5a]"""
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        self.env.company.cx_is_consent_needed = True
        self.assertEqual(self._codes(settlement, "execute"), {"no_consent"})
        self._as("cx_service", settlement).action_consent()
        self.assertTrue(settlement.consented_on)
        self._execute(settlement)
        self.assertEqual(settlement.state, "running")

    def test_running_is_not_cancelled(self):
        """What is on the way is cancelled with its documents, then itself."""
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        with self.assertRaises(UserError):
            self._as("cx_service", settlement).action_cancel()
        settlement.move_ids.picking_id.action_cancel()
        self.assertEqual(settlement.state, "approved")
        self._as("cx_service", settlement).action_cancel()
        self.assertEqual(settlement.state, "cancelled")
        self.assertEqual(self._approvals(settlement).state, "void")

    def test_approved_is_not_deleted(self):
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        with self.assertRaisesRegex(UserError, "Cancel .* instead"):
            self._as("cx_manager", settlement).unlink()

    # What is frozen

    def test_approved_content_is_frozen(self):
        """No write over RPC changes what was approved; the sentence names the way."""
        settlement = self._propose(self.line, "credit")
        self._approve(settlement)
        other = self.env["res.partner"].create({"name": "Other"})
        for vals in ({"quantity": 5.0}, {"quantity": 1.0}, {"amount": 1.0}, {"kind": "allowance"},
                     {"partner_id": other.id}, {"product_id": False}, {"currency_id": self.env.ref("base.EUR").id},
                     {"is_goodwill": True}, {"origin_move_id": False}, {"invoice_line_id": False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "is decided"):
                self._as("cx_service", settlement).write(vals)
        self._as("cx_service", settlement).planned_date = "2026-12-01"

    def test_less_keeps_the_approval(self):
        """Two instead of three: approved as before."""
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        self._as("cx_service", settlement)._revise({"quantity": 2.0})
        self.assertEqual((settlement.quantity, settlement.decision), (2.0, "approved"))
        self.assertEqual(self._approvals(settlement).state, "signed")

    def test_more_or_other_voids_the_approval(self):
        """More, another customer, another kind or product: proposed again, the signature void."""
        other = self.env["res.partner"].create({"name": "Other"})
        spare = self._create_product("Cx Spare")
        for vals in ({"quantity": 4.0}, {"partner_id": other.id}, {"kind": "credit"}, {"product_id": spare.id}):
            with self.subTest(vals=vals):
                settlement = self._propose(self._complain(self._sell_and_invoice(5.0), 3.0), "replacement")
                self._approve(settlement)
                self._as("cx_service", settlement)._revise(vals)
                self.assertEqual((settlement.decision, settlement.approved_on), ("proposed", False))
                self.assertEqual(settlement.proposed_by_id, self.users_by_login["cx_service"])
                self.assertEqual(self._approvals(settlement).state, "void")

    def test_documents_stand_against_a_change(self):
        """Three on the way: neither two nor four of them."""
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        with self.assertRaisesRegex(UserError, r"3\.0 .* under way.*2\.0"):
            self._as("cx_service", settlement)._revise({"quantity": 2.0})
        with self.assertRaisesRegex(UserError, "already has documents"):
            self._as("cx_service", settlement)._revise({"quantity": 4.0})
        self._validate(settlement.move_ids.picking_id, {self.product: 2.0})
        settlement.move_ids.filtered(lambda move: move.state != "done")._action_cancel()
        self.assertEqual(settlement.state, "running")
        self._as("cx_service", settlement)._revise({"quantity": 2.0})
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2.0))

    def test_revise_dialog(self):
        """The dialog says before the click whether the approval stays."""
        settlement = self._propose(self.line, "replacement")
        self._approve(settlement)
        action = self._as("cx_service", settlement).action_revise()
        Revise = self.env[action["res_model"]].with_user(self.users_by_login["cx_service"])
        form = Form(Revise.with_context(**action["context"]))
        self.assertEqual(form.quantity, 3.0)
        form.quantity = 2.0
        self.assertTrue(form.keeps_approval)
        form.quantity = 4.0
        self.assertFalse(form.keeps_approval)
        form.quantity = 1.0
        revise = form.save()
        revise.action_apply()
        self.assertEqual((settlement.quantity, settlement.decision), (1.0, "approved"))

    def test_blockers_are_shown_before_the_click(self):
        """The form tells what stands in the way of the next step."""
        settlement = self._propose(self.line, "replacement", quantity=9.0)
        self.assertIn("9.0 Units", self._as("cx_manager", settlement).blocker_html)

    def test_form_of_service(self):
        """Customer service proposes on the form; what the line knows is filled in."""
        form = Form(self.env["cx.settlement"].with_user(self.users_by_login["cx_service"]))
        form.complaint_line_id = self.line
        self.assertEqual(form.partner_id, self.customer)
        self.assertEqual(form.product_id, self.product)
        form.quantity = 2.0
        settlement = form.save()
        self.assertEqual(settlement.origin_move_id, self.order.order_line.move_ids)
        self.assertEqual(settlement.sale_line_id, self.order.order_line)
        self.assertEqual(settlement.warehouse_id, self.warehouse)
        self.assertNotEqual(settlement.name, "/")

    # Proposing for a selection

    def test_proposed_for_a_selection(self):
        """The list's action proposes one replacement per line; a line without product is named."""
        lines = self.line | self._complain(self.order, 1.0)
        action = self._as("cx_sales", lines).action_propose_replacement()
        settlements = lines.settlement_ids
        self.assertEqual(self.env["cx.settlement"].search(action["domain"]), settlements)
        self.assertEqual(sorted(settlements.mapped("quantity")), [1.0, 3.0])
        words = self.line.copy({
            "complaint_id": self.line.complaint_id.id, "product_id": False, "name": "Rude driver",
            "sale_line_id": False, "origin_move_id": False})
        with self.assertRaisesRegex(UserError, "Rude driver"):
            self._as("cx_sales", lines | words).action_propose_credit()

    def test_amount_of_a_credit_is_the_invoice_line_s(self):
        """Nobody types another amount beside a quantity that says something else."""
        credit = self._propose(self.line, "credit")
        self.assertEqual(credit.amount, 60.0)
        with self.assertRaisesRegex(ValidationError, "60.00 by the invoice line, not .*1.00"):
            self._as("cx_service", credit).amount = 1.0

    # Companies

    def test_of_one_company(self):
        """A settlement belongs to the company of its case; invoice, delivery and warehouse of another are refused."""
        other = self.env["res.company"].create({"name": "Cx Other Company"})
        self.env.user.company_ids |= other
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        settlement = self._propose(self.line, "replacement")
        self.assertEqual(settlement.company_id, self.env.company)
        with self.assertRaises(UserError):
            settlement.warehouse_id = warehouse
        colleague = self.users_by_login["cx_service"]
        colleague.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            settlement.with_user(colleague).read(["name"])
