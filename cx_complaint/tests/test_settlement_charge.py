from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .ownership_common import OwnershipCommon


@tagged("post_install", "-at_install")
class TestSettlementCharge(OwnershipCommon):
    """Repairs that the customer pays: price, approval, agreement, then the goods go back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.warranty.rule"].search([]).active = False
        cls.rule = cls.env["cx.warranty.rule"].create({
            "name": "Pumps", "product_tmpl_id": cls.product.product_tmpl_id.id, "product_length": 0, "labour_length": 0})
        cls.env.company._cx_charge_product().lst_price = 30.0
        cls.seller = new_test_user(cls.env, "cx_seller", groups="sales_team.group_sale_salesman_all_leads")

    @classmethod
    def _complain(cls, order, quantity, **vals):
        return super()._complain(order, quantity, return_agreed_on="2026-11-01", **vals)

    def _repair(self, line, quantity, **vals):
        """Repaired; waits for its release."""
        disposition = self._decide(line, quantity, work="repair", destination="customer", **vals)
        self._as("cx_planning", disposition).action_execute()
        disposition.production_ids.with_context(skip_redirection=True).button_mark_done()
        self.env.invalidate_all()
        return disposition

    def _charge(self, line, **vals):
        before = line.complaint_line_id.settlement_ids
        self._as("cx_service", line.complaint_line_id).action_propose_charge()
        settlement = (line.complaint_line_id.settlement_ids - before).with_env(self.env)
        self._as("cx_service", settlement).write(vals)
        return settlement

    def _release_codes(self, disposition):
        self.env.invalidate_all()
        return [blocker.code for blocker in self._as("cx_quality", disposition)._blockers("release")]

    def test_repaired_goods_wait_for_the_agreement(self):
        """Out of warranty: the price is approved by the manager before the customer hears of it; the goods go back
        when he has confirmed, not before. [S1-4.1a] [S2.05-30]"""
        line = self._send_in(2)
        self.assertEqual(line.complaint_line_id.charge, "chargeable")
        disposition = self._repair(line, 2)
        self.assertEqual(self._release_codes(disposition), ["no_charge"])
        settlement = self._charge(line, parts_amount=12.0)
        self.assertEqual((settlement.labour_amount, settlement.amount, settlement.waiver), (60.0, 72.0, "none"))
        self.assertEqual(self._release_codes(disposition), ["charge_not_agreed"])
        with self.assertRaises(UserError):
            self._execute(settlement)
        with self.assertRaises(AccessError):
            self._as("cx_service", settlement).action_approve()
        self._approve(settlement)
        self.assertFalse(settlement.charge_order_id, "not told to the customer yet")
        self._execute(settlement)
        order = settlement.charge_order_id
        self.assertEqual((order.state, order.amount_untaxed, settlement.state), ("draft", 72.0, "running"))
        with self.assertRaisesRegex(UserError, "has not agreed to the price"):
            self._as("cx_quality", disposition).action_release()
        order.with_user(self.seller).action_confirm()
        self.assertEqual(settlement.state, "done")
        self.assertFalse(order.picking_ids, "services only: nothing is delivered by it")
        self._as("cx_quality", disposition).action_release()
        self._move(disposition)
        self._assert_goods(line, 2, 0, final=2)
        self._assert_order(self.order, 2.0, 2.0)
        self._assert_nothing_to_invoice(self.order)
        invoice = order._create_invoices()
        self.assertEqual(invoice.amount_untaxed, 72.0)

    def test_less_than_approved_is_not_confirmed(self):
        """Sales lowers the price on the quotation: it shows on the charge, and the customer cannot agree to it."""
        settlement = self._charge(self._send_in(2))
        self._approve(settlement)
        self._execute(settlement)
        order = settlement.charge_order_id.with_user(self.seller)
        order.order_line[0].price_unit = 40.0
        self.env.invalidate_all()
        self.assertEqual((settlement.quoted_amount, settlement.is_charge_lowered), (40.0, True))
        with self.assertRaisesRegex(UserError, "60.00 are approved"):
            order.action_confirm()
        order.order_line[0].price_unit = 65.0
        order.action_confirm()
        self.env.invalidate_all()
        self.assertEqual((settlement.state, settlement.is_charge_lowered), ("done", False))

    def test_charge_is_on_the_report(self):
        """The inspection report and the traveller of the rework order say that it is charged, and how much. [S2.05-30]"""
        line = self._send_in(2)
        settlement = self._charge(line)
        self._approve(settlement)
        inspection = self.env["cx.inspection"].create({"rma_line_id": line.id})
        rows = str(inspection._paper_inspection_goods()["rows"])
        self.assertIn("Out of warranty", rows)
        self.assertIn("Chargeable: $", rows.replace("\\xa0", " "))
        disposition = self._repair(line, 2)
        self.assertIn("Chargeable", str(disposition.production_ids._paper_traveller_header()))

    def test_he_does_not_agree(self):
        """The quotation is cancelled, and so is the charge: the goods go back as they are."""
        line = self._send_in(2)
        disposition = self._repair(line, 2)
        settlement = self._charge(line)
        self._approve(settlement)
        self._execute(settlement)
        settlement.charge_order_id.action_cancel()
        self.assertEqual(settlement.state, "approved")
        self._as("cx_service", settlement).action_cancel()
        self.assertEqual(self._release_codes(disposition), ["no_charge"])
        self._as("cx_quality", disposition).action_close_short()
        back = self._decide(line, 2, destination="customer", source_location_id=self.warehouse.cx_reworked_loc_id.id)
        self._move(back)
        self._assert_goods(line, 2, 0, final=2)

    def test_executed_twice_is_one_quotation(self):
        line = self._send_in(1)
        settlement = self._charge(line)
        self._approve(settlement)
        self._execute(settlement)
        order = settlement.charge_order_id
        self._execute(settlement)
        self.assertEqual(settlement.charge_order_id, order)
        order.action_cancel()
        self._execute(settlement)
        self.assertNotEqual(settlement.charge_order_id, order)

    def test_work_is_free_by_the_warranty(self):
        """Advice and work are guaranteed longer than the goods: the parts alone are charged. [S1-4.1b]"""
        self.rule.labour_length = 240
        line = self._send_in(2)
        settlement = self._charge(line, labour_amount=60.0, parts_amount=12.0)
        self.assertEqual((settlement.waiver, settlement.amount), ("labour", 12.0))
        self._approve(settlement)
        self._execute(settlement)
        self.assertEqual(settlement.charge_order_id.order_line.mapped("price_unit"), [0.0, 12.0])
        self.assertIn("free by the warranty", settlement.charge_order_id.order_line[0].name)

    def test_guaranteed_goods_are_not_charged(self):
        """Within the guarantee goods and service are free: there is nothing to approve, and nothing waits. [S1-4.1c]"""
        self.rule.product_length = 240
        line = self._send_in(2)
        settlement = self._charge(line)
        self.assertEqual((settlement.waiver, settlement.amount), ("all", 0.0))
        self.assertEqual(self._codes(settlement, "approve"), {"waived"})
        self._as("cx_service", settlement).action_cancel()
        self.assertEqual(self._release_codes(self._repair(line, 2)), [])

    def test_damage_is_charged_in_warranty(self):
        """The units that the customer damaged are charged although the line is guaranteed. [S2.18-10]"""
        self.rule.product_length = 240
        line = self._send_in(2)
        inspection = self._as("cx_quality", self.env["cx.inspection"]).create({
            "rma_line_id": line.id, "is_marked": True, "line_ids": [
                (0, 0, {"verdict_id": self.env.ref("cx_complaint.verdict_user_damage").id, "quantity": 1}),
                (0, 0, {"verdict_id": self.env.ref("cx_complaint.verdict_scrap").id, "quantity": 1})]})
        inspection.action_finish()
        damaged = inspection.line_ids.filtered("verdict_id.is_user_damage")
        inspection.disposition_ids.filtered(lambda disposition: disposition.decision == "proposed").action_cancel()
        disposition = self._repair(line, 1)
        self.assertEqual(self._release_codes(disposition), [])
        disposition.sudo().inspection_line_id = damaged
        self.assertEqual(self._release_codes(disposition), ["no_charge"])

    def test_our_fault_is_at_our_cost_when_it_suits_him(self):
        """Really our problem, long after the warranty: no price, and the work is planned when it suits the customer.
        [S2.13-9]"""
        line = self._send_in(2)
        self._as("cx_quality", line.complaint_line_id).fault = "ours"
        self._as("cx_service", line.complaint_line_id).convenient_on = "2027-01-12 08:00:00"
        self.assertEqual(self._codes(self._charge(line), "approve"), {"waived"})
        line.complaint_line_id.settlement_ids.action_cancel()
        disposition = self._decide(line, 2, work="repair", destination="customer")
        self._as("cx_planning", disposition).action_execute()
        self.assertEqual(str(disposition.production_ids.date_start), "2027-01-12 08:00:00")
        disposition.production_ids.with_context(skip_redirection=True).button_mark_done()
        self.assertEqual(self._release_codes(disposition), [])

    def test_charge_is_no_making_good(self):
        """What he pays takes nothing of what can be replaced or credited, and is frozen when approved."""
        line = self._send_in(2)
        settlement = self._charge(line)
        self._approve(settlement)
        with self.assertRaisesRegex(UserError, "is decided"):
            self._as("cx_service", settlement).write({"labour_amount": 1.0})
        replacement = self._propose(line.complaint_line_id, "replacement", quantity=2.0)
        self.assertEqual(replacement.good_left_qty, 2.0)
