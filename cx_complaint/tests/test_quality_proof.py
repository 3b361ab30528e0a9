from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .quality_common import QualityCommon
from .test_quality_left_goods import PIXEL


@tagged("post_install", "-at_install")
class TestProofOfScheme(QualityCommon):
    """A scheme is proved on few pieces before everything is worked by it."""

    def _report(self, scheme, result="passed", **vals):
        return self._as("cx_engineering", self.env["cx.rework.proof"]).create({
            "scheme_id": scheme.id, "unit": "Piece 1", "analysis": "Bearing without grease",
            "repair": "Bearing replaced", "result": result, "photo": PIXEL, **vals})

    def _propose(self, line, quantity, scheme, **vals):
        return self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": quantity, "work": "rework", "destination": "reworked",
            "scheme_id": scheme.id, **vals})

    def test_released_scheme_where_the_company_wants_it(self):
        """Rework without a scheme, then with a draft: refused by name; released: approved. Switched off: as before."""
        line = self._receive_goods(self.product, 4)
        goods = self._propose(line, 4, self.env["cx.rework.scheme"])
        self.assertEqual(self._codes(goods, "approve"), [])
        self.env.company.cx_is_scheme_needed = True
        self.assertEqual(self._codes(goods, "approve"), ["scheme_missing"])
        goods.scheme_id = self._scheme()
        self.assertEqual(self._codes(goods, "approve"), ["scheme_not_released"])
        self._as("cx_engineering", goods.scheme_id).action_release()
        goods.action_approve()

    def test_release_needs_proof_where_the_company_wants_it(self):
        """No report, a failed one, one without photo: not released; a piece that passed with photo: released.

        [S2.18-18]
        """
        self.env.company.cx_is_proof_needed = True
        scheme = self._as("cx_engineering", self._scheme())
        self.assertEqual(self._codes(scheme, "release"), ["not_proved"])
        self.assertEqual(self._codes(scheme, "prove"), ["no_proof", "report_missing"])
        self._report(scheme, "failed")
        self.assertEqual(self._codes(scheme, "prove"), ["proof_failed", "report_missing"])
        self._report(scheme, unit="Piece 2", photo=False, proved_on="2099-01-01")
        self.assertEqual(self._codes(scheme, "prove"), ["report_missing"])
        report = self._report(scheme, unit="Piece 3", proved_on="2099-01-02")
        scheme.action_prove()
        scheme.action_release()
        self.assertEqual((scheme.state, report.proved_by_id.login), ("released", "cx_engineering"))
        with self.assertRaisesRegex(UserError, "Withdraw"):
            report.result = "failed"
        with self.assertRaisesRegex(UserError, "Withdraw"):
            self._report(scheme)

    def test_representatives_first_then_the_rest(self):
        """Twenty came. Two are drawn, repaired by the draft and reported; released, manufacturing gets the other 18.

        Twenty received; two planned; after the release of the scheme twenty planned, nothing undecided; the engineer
        is asked to assist. [S2.18-18] [S2.18-19]
        """
        self.env.company.write({"cx_is_scheme_needed": True, "cx_is_proof_needed": True, "cx_representative_max": 2})
        line = self._receive_goods(self.product, 20)
        scheme = self._scheme(engineer_id=self.users_by_login["cx_engineering"].id)
        drawn = self._propose(line, 3, scheme)
        self.assertEqual(self._codes(drawn, "approve"), ["scheme_not_released"])
        drawn.is_representative = True
        self.assertEqual(self._codes(drawn, "approve"), ["too_many_representatives"])
        drawn.quantity = 2
        drawn.action_approve()
        with self.assertRaisesRegex(UserError, "cannot be changed any more"):
            drawn.is_representative = False
        self._assert_line(line, received=20, planned=2, undecided=18)
        self._as("cx_planning", drawn).action_execute()
        drawn.sudo().production_ids.with_context(skip_redirection=True).button_mark_done()
        context = self._as("cx_engineering", drawn).action_view_proofs()["context"]
        self.assertEqual((context["default_scheme_id"], context["default_disposition_id"]), (scheme.id, drawn.id))
        self._report(scheme, disposition_id=drawn.id)
        with self.assertRaises(AccessError):
            self._as("cx_planning", drawn).action_rework_rest()
        action = drawn.action_rework_rest()
        rest = self._as("cx_quality", self.env["cx.disposition"]).browse(action["res_id"])
        self.assertEqual((rest.quantity, rest.scheme_id, rest.is_representative), (18, scheme, False))
        self.assertEqual(self._codes(rest, "approve"), ["scheme_not_released"])
        self._as("cx_engineering", scheme).action_prove()
        self._as("cx_engineering", scheme).action_release()
        rest.action_approve()
        self._as("cx_planning", rest).action_execute()
        self.assertEqual(self._todos(rest, "cx_engineering").summary, "Assist the rework")
        self.assertEqual(rest.sudo().production_ids.product_qty, 18)
        self._assert_line(line, received=20, planned=20, undecided=0)
        with self.assertRaisesRegex(UserError, "Nothing of .* is left"):
            drawn.action_rework_rest()

    def test_rest_by_lot(self):
        """Five of lot A and three of B, one of A drawn: the rest is four of A and three of B, each on its own."""
        product = self._create_product("Cx Cell", tracking="lot")
        lot_a, lot_b = self._create_lots(product, "A", "B")
        line = self._receive_goods(product, 8, lots={lot_a: 5, lot_b: 3})
        scheme = self._scheme(release=True)
        drawn = self._propose(line, 1, scheme, lot_ids=[(6, 0, lot_a.ids)], is_representative=True)
        drawn.action_approve()
        drawn.action_rework_rest()
        rest = line.disposition_ids - drawn
        self.assertEqual({(goods.lot_ids, goods.quantity) for goods in rest}, {(lot_a, 4.0), (lot_b, 3.0)})
        self._assert_line(line, received=8, planned=8, undecided=0)

    def test_samples_come_out_by_a_disposition(self):
        """One of three becomes a sample: its record is drafted at the approval and kept when it left quarantine."""
        line = self._receive_goods(self.product, 3)
        goods = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 1, "work": "none", "destination": "sample", "reason": "Typical crack"})
        goods.action_approve()
        sample = self._as("cx_quality", goods.sample_ids)
        self.assertEqual((sample.quantity, sample.rma_line_id, sample.state), (1, line, "draft"))
        sample.place = "Cabinet 1"
        self.assertEqual(self._codes(sample, "keep"), ["still_in_quarantine"])
        self._as("cx_warehouse", goods).action_execute()
        picking = goods.sudo().move_ids.picking_id
        picking.move_ids.picked = True
        picking.button_validate()
        sample.action_keep()
        self._assert_line(line, received=3, quarantine=2, final=1)
        other = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 1, "work": "none", "destination": "sample"})
        other.action_approve()
        other.action_cancel()
        self.assertFalse(other.sample_ids)
