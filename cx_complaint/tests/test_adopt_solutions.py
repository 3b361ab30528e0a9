from odoo.exceptions import UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAdoptSolutions(SettlementCommon):
    """Established solutions are proposed by rule; a binding one is carried out, or another one is accepted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.material = cls.env["cx.defect"].create({"name": "Cracked casting", "is_material": True})
        cls.look = cls.env["cx.defect"].create({"name": "Scratch"})

    def _codes_of_closing(self, line):
        line.complaint_id.outcome = "established"
        return {blocker.code for blocker in line.complaint_id._blockers("close")} & {
            "solution_binding", "deviation_not_accepted"}

    def test_no_rule_no_proposal(self):
        """What no rule is meant for is left to people."""
        line = self._complain(self._sell_and_invoice(5), 2, defect_id=self.look.id)
        self.assertFalse(line.solution_id)
        self.assertFalse(self._codes_of_closing(line))
        with self.assertRaises(UserError):
            self._as("cx_service", line).action_propose_solution()

    def test_bad_material_must_be_replaced(self):
        """Bad material is replaced: proposed by rule, and the case is not closed before the customer has it. [S2.03-P3]
        [S3-3.3a]"""
        line = self._complain(self._sell_and_invoice(5), 2, defect_id=self.material.id)
        self.assertEqual(self._codes_of_closing(line), {"solution_binding"})
        self._as("cx_service", line).action_propose_solution()
        settlement = line.settlement_ids
        self.assertEqual((settlement.kind, settlement.quantity), ("replacement", 2))
        with self.assertRaises(UserError):
            self._as("cx_service", line).action_propose_solution()  # once
        self._approve(settlement)
        self._execute(settlement)
        self.assertEqual(self._codes_of_closing(line), {"solution_binding"})
        self._validate(settlement.move_ids.picking_id)
        self.assertFalse(self._codes_of_closing(line))

    def test_another_solution_satisfies_both_sides(self):
        """Where the rule does not fit, another solution has a reason, and the customer accepts it. [S3-3.3b]"""
        line = self._complain(self._sell_and_invoice(5), 2, defect_id=self.material.id)
        line.deviation_reason = "The customer does not need it any more and takes a credit"
        self.assertEqual(self._codes_of_closing(line), {"deviation_not_accepted"})
        line.complaint_id.acceptance = "accepted"
        self.assertFalse(self._codes_of_closing(line))

    def test_rules_of_the_company(self):
        """The first rule that fits wins; one of another company, or for another category, does not fit."""
        category = self.env["cx.category"].create({"name": "Delivery"})
        credit = self.env["cx.solution"].create({
            "name": "Scratches are credited", "defect_ids": self.look.ids, "category_ids": category.ids,
            "kind": "credit", "text": "<p>We credit it.</p>"})
        line = self._complain(self._sell_and_invoice(5), 2, defect_id=self.look.id)
        self.assertFalse(line.solution_id)
        line.complaint_id.category_id = category
        self.assertEqual(line.solution_id, credit)
        self._as("cx_service", line).action_propose_solution()
        self.assertEqual(line.settlement_ids.kind, "credit")
        self.assertIn("We credit it", line.complaint_id.solution)
        credit.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        line.invalidate_recordset(["solution_id"])
        self.assertFalse(line.solution_id)
