from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkDecisions(ReworkCommon):
    """What may be decided about goods that came back, by whom, and what a decision holds."""

    def _codes(self, disposition, verb):
        return {blocker.code for blocker in disposition._blockers(verb)}

    # Caps

    def test_never_more_than_came_back(self):
        """Three of five are decided: three more are refused with both figures; two fit."""
        line = self._come_back(self.product, 5)
        self._decide(line, 3)
        with self.assertRaisesRegex(UserError, "6 Units of .* would be decided, 5 are in quarantine"), \
                self.env.cr.savepoint():
            self._decide(line, 3, approve=False)
        proposed = self._decide(line, 2, destination="scrap", approve=False)
        with self.assertRaisesRegex(UserError, "7 Units"), self.env.cr.savepoint():
            proposed.quantity = 4
        proposed.action_cancel()
        self._decide(line, 2, "rework")

    def test_nothing_came_yet(self):
        line = self._come_back(self.product, 2)
        other = line.copy({"rma_id": line.rma_id.id})
        with self.assertRaisesRegex(UserError, "1 Units of .* would be decided, 0 are in quarantine"):
            self._decide(other, 1, approve=False)

    def test_done_goods_are_not_decided_twice(self):
        line = self._come_back(self.product, 5)
        self._execute(self._decide(line, 4, destination="scrap"))
        with self.assertRaisesRegex(UserError, "2 Units of .* would be decided, 1 are in quarantine"), \
                self.env.cr.savepoint():
            self._decide(line, 2)
        self._decide(line, 1)

    def test_serials(self):
        """Each serial under one open disposition, of this line, in quarantine, and as many as units."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        self._decide(line, 1, "rework", lots=first)
        self.assertEqual(self._codes(self._decide(line, 2, lots=first | second, approve=False), "approve"),
                         {"lot_taken"})
        line.disposition_ids.filtered(lambda one: one.state == "proposed").action_cancel()
        elsewhere = self._create_lots(self.serial_product, "SN9")
        self._put_in_stock(self.serial_product, 1, elsewhere)
        self.assertEqual(self._codes(self._decide(line, 1, lots=elsewhere, approve=False), "approve"),
                         {"lot_not_there"})
        line.disposition_ids.filtered(lambda one: one.state == "proposed").action_cancel()
        nameless = self._decide(line, 1, approve=False)
        self.assertEqual(self._codes(nameless, "approve"), {"serial_count"})
        nameless.lot_ids = second | third
        self.assertEqual(nameless.quantity, 2)
        self.assertFalse(self._codes(nameless, "approve"))

    def test_lots(self):
        """A lot-tracked product is decided lot by lot, never above what came back of the lot."""
        one, other = self._create_lots(self.lot_product, "L1", "L2")
        line = self._come_back(self.lot_product, 6, one)
        both = self._decide(line, 2, lots=one | other, approve=False)
        self.assertEqual(self._codes(both, "approve"), {"one_lot"})
        both.lot_ids = other
        self.assertEqual(self._codes(both, "approve"), {"lot_not_there"})
        both.lot_ids = one
        both.action_approve()
        self._decide(line, 4, destination="scrap", lots=one)

    def test_work_and_scheme(self):
        """Work follows a scheme that engineering released for this product, and nothing is worked on in vain. [S2.05-27]"""
        line = self._come_back(self.product, 5)
        scheme = self.env["cx.rework.scheme"].create({
            "name": "Draft", "product_tmpl_ids": [(6, 0, self.lot_product.product_tmpl_id.ids)]})
        disposition = self._decide(line, 1, "rework", "scrap", approve=False, scheme_id=scheme.id)
        self.assertEqual(self._codes(disposition, "approve"),
                         {"scrap_needs_no_work", "scheme_not_released", "scheme_other_product"})
        disposition.work = "none"
        self.assertEqual(self._codes(disposition, "approve"), {"scheme_without_work", "scheme_other_product"})
        self.assertIn("scheme", disposition.blocker_html)
        with self.assertRaisesRegex(UserError, "Choose rework or repair"):
            self._as("cx_quality", disposition).action_approve()

    # What is approved

    def test_approved_content_is_frozen(self):
        """What was approved is not changed by form or RPC; other fields and unchanged values may be written."""
        line = self._come_back(self.product, 5)
        disposition = self._as("cx_quality", self._decide(line, 3, "rework"))
        for vals in ({"quantity": 2}, {"destination": "customer"}, {"work": "none"}, {"lot_ids": [(5,)], "quantity": 1},
                     {"rma_line_id": line.copy({"rma_id": line.rma_id.id}).id}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "cannot be changed any more"), \
                    self.env.cr.savepoint():
                disposition.write(vals)
        disposition.write({"quantity": 3, "reason": "As agreed"})
        self.assertEqual(disposition.reason, "As agreed")

    def test_decision_is_by_verb_only(self):
        line = self._come_back(self.product, 5)
        Disposition = self._as("cx_quality", self.env["cx.disposition"])
        for vals in ({"decision": "approved"}, {"released_qty": 5}, {"approved_by_id": self.env.uid}):
            with self.subTest(vals=vals), self.assertRaises(AccessError), self.env.cr.savepoint():
                Disposition.create({"rma_line_id": line.id, "quantity": 1, **vals})
        disposition = self._as("cx_quality", self._decide(line, 1, "rework"))
        with self.assertRaises(AccessError):
            disposition.released_qty = 1

    def test_cancel_and_delete(self):
        """Goods of a cancelled disposition are undecided again; a decided one is a record and stays."""
        line = self._come_back(self.product, 5)
        disposition = self._decide(line, 5)
        with self.assertRaisesRegex(UserError, "Cancel it instead"), self.env.cr.savepoint():
            disposition.unlink()
        self._execute(disposition)
        with self.assertRaisesRegex(UserError, "It is Running"), self.env.cr.savepoint():
            self._as("cx_quality", disposition).action_cancel()
        disposition._open_leaving_moves().picking_id.action_cancel()
        self._as("cx_quality", disposition).action_cancel()
        self.assertEqual(disposition.state, "cancelled")
        self._decide(line, 5, destination="scrap")
        disposition.unlink()

    def test_closed_short_lets_nothing_go(self):
        line = self._come_back(self.product, 5)
        disposition = self._execute(self._decide(line, 5))
        transfer = disposition._open_leaving_moves().picking_id
        transfer.move_ids.quantity = 2
        transfer.move_ids.picked = True
        transfer.with_context(skip_backorder=True).button_validate()
        disposition._open_leaving_moves().picking_id.action_cancel()
        self._as("cx_quality", disposition).action_close_short()
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 2))
        with self.assertRaisesRegex(UserError, "It is Done"):
            self._execute(disposition)

    # From findings

    def test_proposed_from_findings(self):
        """Verdicts propose, once; a good finding without destination, a sample and decided goods propose nothing."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        repairable = self.env["cx.verdict"].create({"name": "Repairable", "work": "repair", "destination": "customer"})
        hopeless = self.env["cx.verdict"].create({"name": "Hopeless", "work": "none", "destination": "scrap"})
        unsure = self.env["cx.verdict"].create({"name": "Unsure"})
        inspection = self.env["cx.inspection"].create({
            "rma_line_id": line.id, "mode": "full", "line_ids": [
                (0, 0, {"verdict_id": verdict.id, "quantity": 1, "lot_ids": [(6, 0, lot.ids)]})
                for verdict, lot in ((repairable, first), (hopeless, second), (unsure, third))]})
        Disposition = self._as("cx_quality", self.env["cx.disposition"])
        proposals = Disposition._propose_from_findings(inspection)
        self.assertRecordValues(proposals, [
            {"work": "repair", "destination": "customer", "lot_ids": first.ids, "quantity": 1, "state": "proposed",
             "reason": "Repairable"},
            {"work": "none", "destination": "scrap", "lot_ids": second.ids, "quantity": 1, "state": "proposed",
             "reason": "Hopeless"}])
        self.assertFalse(Disposition._propose_from_findings(inspection))
        proposals[0].action_cancel()
        self.assertEqual(Disposition._propose_from_findings(inspection).lot_ids, first)
        sample = inspection.copy({"mode": "sample", "sample_qty": 1})
        self.assertFalse(Disposition._propose_from_findings(sample))

    def test_where_goods_stand(self):
        """A disposition takes its goods from where they were received, or where the work left them."""
        line = self._come_back(self.serial_product, 3, self.serials)
        rework = self._decide(line, 1, "rework", lots=self.serials[0])
        self.assertEqual(rework.source_location_id, self.returns_zone)
        self._execute(rework)
        self._finish(rework.production_ids)
        self._as("cx_quality", rework).action_close_short()
        self.assertEqual(self._decide(line, 1, lots=self.serials[0]).source_location_id, self.reworked_zone)
        self.assertEqual(self._decide(line, 1, lots=self.serials[1]).source_location_id, self.returns_zone)
