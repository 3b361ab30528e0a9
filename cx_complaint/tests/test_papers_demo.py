from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPapersDemo(TransactionCase):
    """The demo data tell their stories: told anew, they end where they say they end."""

    def _tell(self, story):
        """The complaint of a story that is told once more."""
        known = self.env["cx.complaint"].search([])
        getattr(self.env["cx.demo"].with_context(tracking_disable=True), f"_tell_{story}")()
        return self.env["cx.complaint"].search([]) - known

    def _quantities(self, lines):
        return [(line.quantity, line.received_qty, line.quarantine_qty, line.final_qty, line.undecided_qty)
                for line in lines]

    def test_small_batch(self):
        """Forty of two lots: good and scrap done, one rework order done and one waiting, nothing undecided."""
        self._rename_lots()
        complaint = self._tell("small_batch")
        self.assertEqual(self._quantities(complaint.rma_line_ids), [(40, 40, 12, 28, 0)])
        self.assertEqual(
            sorted(complaint.rma_line_ids.disposition_ids.mapped(lambda one: (one.quantity, one.destination, one.state))),
            [(4, "scrap", "done"), (6, "stock", "done"), (12, "reworked", "running"), (18, "reworked", "done")])

    def test_repaired_pump(self):
        """The hospital's own unit is repaired and back with the hospital; the case is closed."""
        self._rename_lots()
        complaint = self._tell("repaired_pump")
        self.assertEqual(complaint.rma_line_ids.goods_owner, "customer")
        self.assertEqual(self._quantities(complaint.rma_line_ids), [(1, 1, 0, 1, 0)])
        self.assertEqual((complaint.state, complaint.rma_line_ids.rma_id.state), ("closed", "done"))

    def test_old_pump(self):
        """Three years old: out of warranty by the rule of the demo data, with a price that waits for its approval."""
        line = self._tell("old_pump").line_ids
        self.assertEqual((line.warranty, line.charge), ("out", "chargeable"))
        self.assertEqual((line.settlement_ids.kind, line.settlement_ids.amount, line.settlement_ids.state),
                         ("charge", 226.0, "proposed"))

    def test_kit_in_parts(self):
        """The clamps are in quarantine, the lamps still expected."""
        lines = self._tell("kit_in_parts").rma_line_ids.sorted(lambda line: line.product_id.default_code)
        self.assertEqual(self._quantities(lines), [(4, 4, 4, 0, 4), (2, 0, 0, 0, 0)])
        self.assertEqual(lines.rma_id.state, "receiving")

    def test_credit_abroad(self):
        """A draft credit note in the currency of the invoice waits for finance."""
        settlement = self._tell("credit_abroad").line_ids.settlement_ids
        note = settlement.credit_line_ids.move_id
        self.assertEqual((note.state, note.currency_id.name, note.amount_untaxed), ("draft", "CNY", 1020))
        self.assertEqual(settlement.state, "running")

    def test_open_cases(self):
        """A call that only has a sentence and a number; a receipt that waits at the dock."""
        self._rename_lots()
        call = self._tell("new_call")
        self.assertEqual((call.state, bool(call.partner_id)), ("new", False))
        rma = self._tell("waiting_at_dock").rma_line_ids.rma_id
        self.assertEqual((rma.state, rma.picking_ids.state), ("authorised", "assigned"))
        self.assertTrue(rma.shipped_on)

    def test_bonded_return(self):
        """Customs has not answered: the return is authorised, and the customer is not told to ship."""
        self._rename_lots()
        rma = self._tell("bonded_return").rma_line_ids.rma_id
        contract = rma.customs_contract_id
        self.assertEqual((contract.state, contract.line_ids.quantity), ("applied", 60))
        self.assertEqual([blocker.code for blocker in rma._blockers("tell_customer")], ["contract_not_ok"])

    def test_after_returns(self):
        """A pump is offered to employees at 316 with its photo; a quotation sells a lamp out of discount stock."""
        self._rename_lots()
        self._tell("after_returns")
        item = self.env["cx.internal.sale.item"].search([("serial", "=", "P7-000388")])
        self.assertEqual((item.state, item.price, bool(item.image_1920)), ("published", 316, True))
        line = self.env["sale.order.line"].search([("cx_from_discount", "=", True)], order="id desc", limit=1)
        self.assertEqual((line.discount, line.state), (30, "draft"))

    def test_parcels(self):
        """One on its way with our driver, one at the dock, one for no RMA, one that nobody collected in time."""
        known = self.env["cx.consignment"].search([])
        self._tell("parcels")
        parcels = {parcel.channel: parcel for parcel in self.env["cx.consignment"].search([]) - known}
        self.assertEqual({channel: parcel.state for channel, parcel in parcels.items()}, {
            "driver": "announced", "express": "arrived", "air": "placed", "post": "placed"})
        self.assertTrue(parcels["driver"].return_note)
        self.assertEqual([parcels[channel].unassigned_count for channel in ("air", "post")], [1, 0])
        late = [("state", "=", "placed"), ("collect_by_date", "<", "today")]
        self.assertIn(parcels["post"], self.env["cx.consignment"].search(late))

    def test_rate_first(self):
        """Planned from the sample: of 24 lamps 15 good, 6 to rework, 3 scrap, 9 replenished; clamps wait for their rate;
        two broken units wait for the customer's answer, two lamps stand on a transfer to their vendor."""
        lines = self._tell("rate_first").rma_line_ids.sorted("id")
        planned, waiting, negotiated = lines
        plan = planned.return_plan_ids
        self.assertEqual((plan.good_qty, plan.rework_qty, plan.scrap_qty, plan.replenish_qty), (15, 6, 3, 9))
        self.assertEqual((plan.settlement_id.kind, plan.settlement_id.state), ("replacement", "proposed"))
        self.assertEqual(lines.mapped("is_waiting_for_rate"), [False, True, False])
        negotiation = self.env["cx.negotiation"].search([("rma_line_id", "=", negotiated.id)])
        self.assertEqual((negotiation.kind, negotiation.quantity, negotiation.state), ("user_damage", 2, "open"))
        back = negotiated.disposition_ids.filtered(lambda one: one.destination == "vendor")
        self.assertEqual((back.vendor_id.name, back.state), ("Foshan Lamp Works", "running"))
        self.assertEqual(self._quantities(lines), [(24, 24, 24, 0, 24), (16, 16, 16, 0, 16), (10, 10, 10, 0, 2)])

    def _rename_lots(self):
        """The stories were told at the installation; a lot has its number once."""
        products = self.env.ref("cx_complaint.product_driver") | self.env.ref("cx_complaint.product_pump")
        for lot in self.env["stock.lot"].search([("product_id", "in", products.ids)]):
            lot.name = f"{lot.name} (told before)"
