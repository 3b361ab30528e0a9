from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ..rules import findings
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestRateRange(TransactionCase):
    """How sure a rate is: a table."""

    def test_ranges(self):
        """Small samples say little, large ones much; of everything the rate is known; it is never beyond the possible."""
        for bad, inspected, at_hand, low, high in (
            (0, 0, 100, 0.0, 100.0),
            (3, 20, 20, 15.0, 15.0),
            (3, 20, 1_000_000, 5.2, 36.0),
            (0, 10, 1_000_000, 0.0, 27.8),
            (5, 5, 5, 100.0, 100.0),
        ):
            with self.subTest(bad=bad, inspected=inspected, at_hand=at_hand):
                found = findings.rate_range(bad, inspected, at_hand)
                self.assertAlmostEqual(found[0], low, 1)
                self.assertAlmostEqual(found[1], high, 1)
        wide, narrow = findings.rate_range(3, 20, 100), findings.rate_range(15, 90, 100)
        self.assertLess(narrow[1] - narrow[0], wide[1] - wide[0])
        self.assertGreaterEqual(findings.rate_range(15, 90, 100)[0], 15.0, "fifteen of the hundred are bad for certain")


@tagged("post_install", "-at_install")
class TestInspectionChain(QualityCommon):
    """First inspection, analysis, after rework: one chain, in which units are handed on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyse = cls.env.ref("cx_complaint.verdict_analyse")

    def _finish_first(self, line, *rows):
        first = self._inspect(line, *rows)
        first.action_finish()
        return first, self._as("cx_quality", first.successor_ids)

    def test_first_inspection_opens_the_analysis(self):
        """Ten came: six good, four not good and unclear. The analysis opens by itself with these four, and no more.

        Ten received, six planned for stock, four undecided until the analysis; then three rework by their scheme and
        one scrap. [S2.08-15]
        """
        line = self._receive_goods(self.product, 10)
        self.assertEqual(line.next_stage, "first")
        first, analysis = self._finish_first(line, (self.good, 6), (self.analyse, 4, {"defect_id": self.noise.id}))
        self._assert_line(line, received=10, inspected=10, planned=6, undecided=4)
        self.assertEqual((analysis.stage, analysis.state, analysis.predecessor_id), ("analysis", "draft", first))
        self.assertEqual((analysis.available_qty, analysis.line_ids.quantity), (4, 4))
        self.assertEqual((line.next_stage, first.next_stage), ("analysis", "analysis"))
        self.assertEqual(first.action_inspect_next()["res_id"], analysis.id)
        analysis.line_ids.write({"verdict_id": self.rework.id, "quantity": 5})
        self.assertIn("more_than_received", self._codes(analysis, "finish"), "five of the four it was handed")
        scheme = self._scheme(release=True)
        analysis.write({
            "cause": "Bearing without grease", "responsible_department_id": self._department("production").id,
            "line_ids": [(1, analysis.line_ids.id, {"quantity": 3, "scheme_id": scheme.id}),
                         (0, 0, {"verdict_id": self.scrap.id, "quantity": 1})]})
        analysis.action_finish()
        self._assert_line(line, received=10, inspected=10, planned=10, undecided=0)
        self.assertEqual(
            {(d.work, d.destination, d.quantity, d.scheme_id) for d in analysis.disposition_ids},
            {("rework", "reworked", 3, scheme), ("none", "scrap", 1, scheme.browse())})
        self.assertFalse(line.next_stage)

    def test_analysis_ends_with_a_verdict(self):
        """An analysis that leaves the decision to an analysis is none."""
        line = self._receive_goods(self.product, 2)
        _first, analysis = self._finish_first(line, (self.analyse, 2))
        analysis.write({"cause": "?", "responsible_department_id": self._department("production").id})
        self.assertEqual(self._codes(analysis, "finish"), ["still_to_analyse"])

    def test_analysis_names_department_and_scheme(self):
        """Responsible department and, where goods can be reworked, the scheme: each missing one is named. [S2.14-8]

        A company that works otherwise switches it off.
        """
        line = self._receive_goods(self.product, 2)
        analysis = self._inspect(line, (self.rework, 1), (self.scrap, 1), stage="analysis", cause="Screw missing")
        self.assertEqual(self._codes(analysis, "finish"), ["responsible_missing", "scheme_missing"])
        self.env.company.cx_is_analysis_complete = False
        self.assertEqual(self._codes(analysis, "finish"), [])
        self.env.company.cx_is_analysis_complete = True
        analysis.responsible_department_id = self._department("production")
        analysis.line_ids[0].scheme_id = self._scheme()
        analysis.action_finish()
        with self.assertRaisesRegex(UserError, "Reopen"):
            analysis.responsible_department_id = False
        rework = analysis.disposition_ids.filtered(lambda goods: goods.work == "rework")
        self.assertEqual(self._codes(rework, "approve"), ["scheme_not_released"], "a draft says how, it does not allow it")

    def test_departments_are_asked_to_join(self):
        """Production and engineering get a to-do when asked, once each; it is gone when the analysis is finished.

        [S2.14-8]
        """
        production = self._department("production", duty_user_id=self.users_by_login["cx_planning"].id)
        engineering = self._department("engineering")
        line = self._receive_goods(self.product, 2)
        analysis = self._inspect(
            line, (self.scrap, 2), stage="analysis", cause="Cracked", responsible_department_id=production.id,
            join_department_ids=[(6, 0, production.ids)])
        analysis.join_department_ids += engineering
        analysis.join_department_ids = production | engineering
        for login in ("cx_planning", "cx_engineering"):
            self.assertEqual(len(self._todos(analysis, login)), 1, login)
        analysis.action_finish()
        self.assertFalse(analysis.activity_ids)

    def test_analysis_of_a_part_leaves_the_rest_to_the_next(self):
        """Four handed over, three analysed: the fourth still waits, and the next analysis has room for one."""
        line = self._receive_goods(self.product, 4)
        first, analysis = self._finish_first(line, (self.analyse, 4))
        analysis.line_ids.write({"verdict_id": self.scrap.id, "quantity": 3})
        analysis.write({"cause": "Crack", "responsible_department_id": self._department("production").id})
        analysis.action_finish()
        self._assert_line(line, received=4, planned=3, undecided=1)
        self.assertEqual(line.next_stage, "analysis")
        self._as("cx_quality", line).action_inspect()
        second = first.successor_ids - analysis
        self.assertEqual((second.stage, second.available_qty, len(second.line_ids)), ("analysis", 1, 0))

    def test_goods_that_come_later_get_their_own_first_inspection(self):
        """Two of five came and wait for analysis; the other three come: Inspect starts anew and not in the analysis."""
        line = self._receive_goods(self.product, 5, received=2)
        _first, analysis = self._finish_first(line, (self.analyse, 2))
        backorder = line._open_receipt_moves().picking_id
        self._receive(backorder)
        self.assertEqual((line.next_stage, line.to_inspect_qty), ("first", 3))
        self._as("cx_quality", line).action_inspect()
        later = line.inspection_ids - analysis.predecessor_id - analysis
        self.assertEqual((later.stage, later.predecessor_id), ("first", analysis))

    def test_first_stays_while_an_analysis_rests_on_it(self):
        """What was handed over is not changed behind the analysis; the way out is named."""
        line = self._receive_goods(self.product, 2)
        first, analysis = self._finish_first(line, (self.analyse, 2))
        self.assertEqual(self._codes(first, "reopen"), ["analysis_rests_on_it"])
        with self.assertRaisesRegex(UserError, analysis.name):
            first.action_reopen()
        analysis.unlink()
        first.action_reopen()
        self.assertEqual(first.state, "draft")
        first.action_finish()
        self.assertEqual(len(first.successor_ids), 1, "finished again, it opens the analysis again")

    def test_serials_carry_over(self):
        """Two of three serials are handed over: the analysis knows which, and refuses the third."""
        product = self._create_product("Cx Drive", tracking="serial")
        s1, s2, s3 = serials = self._create_lots(product, "CH1", "CH2", "CH3")
        line = self._receive_goods(product, 3, lots=dict.fromkeys(serials, 1))
        _first, analysis = self._finish_first(
            line, (self.analyse, 2, {"lot_ids": (s1 + s2).ids}), (self.good, 1, {"lot_ids": s3.ids}))
        self.assertEqual((analysis.unit_lot_ids, analysis.line_ids.lot_ids), (s1 + s2, s1 + s2))
        analysis.line_ids.write({"verdict_id": self.scrap.id, "lot_ids": [(6, 0, (s1 + s3).ids)]})
        self.assertIn("lot_above_received", self._codes(analysis, "finish"))

    def test_a_chain_stays_with_its_goods(self):
        """An inspection follows one of the same goods, never one of others or of itself."""
        line, other = self._receive_goods(self.product, 2), self._receive_goods(self.product, 2)
        first = self._inspect(line, (self.good, 2))
        foreign = self._inspect(other, (self.good, 2))
        for before in (foreign, first):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                first.predecessor_id = before

    def test_rate_comes_first_and_is_replaced(self):
        """A hundred came and goods are wanted at once: the sample's rate goes to planning, the full one replaces it.

        Twenty looked at, three bad: 15 %, between 5.8 and 33.6 %. All hundred looked at, eight bad: 8 %. [S2.02-27]
        """
        self._department("planning")
        line = self._receive_goods(self.product, 100)
        line.rma_id.is_replenishment_wanted = True
        sample = self._inspect(line, (self.rework, 3), mode="sample", sample_qty=20)
        self.assertTrue(sample.is_rate_wanted)
        sample.action_finish()
        self.assertEqual((sample.rate_confirmed_by_id.login, sample.is_rate_wanted), ("cx_quality", False))
        self.assertIn("15.0 % (3 of 20 Units inspected, 100 Units at hand)", self._todos(line.rma_id, "cx_planning").note)
        self.assertIn("between 5.8 and 33.6 %", self._todos(line.rma_id, "cx_planning").note)
        full = self._inspect(line, (self.rework, 8), (self.good, 92))
        self.assertEqual((full.stage, full.predecessor_id, sample.superseded_by_id.id), ("first", sample, False))
        full.action_finish()
        self.env.invalidate_all()
        self.assertEqual(sample.superseded_by_id, full)
        self.assertIn(f"It replaces the 15.0 % of {sample.name}", line.rma_id.message_ids[0].body)
        self._assert_line(line, received=100, planned=100, undecided=0)

    def test_rate_is_confirmed_before_all_is_inspected(self):
        """Half is looked at, and planning waits: the rate so far is told, the inspection goes on. [S2.02-27]"""
        self._department("planning")
        line = self._receive_goods(self.product, 10)
        line.rma_id.is_replenishment_wanted = True
        inspection = self._inspect(line)
        self.assertEqual(self._codes(inspection, "confirm_rate"), ["nothing_inspected"])
        inspection.line_ids = [(0, 0, {"verdict_id": self.scrap.id, "quantity": 2}),
                               (0, 0, {"verdict_id": self.good.id, "quantity": 3})]
        with self.assertRaises(AccessError):
            self._as("cx_planning", inspection).action_confirm_rate()
        inspection.action_confirm_rate()
        self.assertEqual(inspection.state, "draft")
        self.assertIn("40.0 % (2 of 5 Units inspected, 10 Units at hand)", self._todos(line.rma_id, "cx_planning").note)


@tagged("post_install", "-at_install")
class TestSamples(QualityCommon):
    """Limit samples and what else is kept."""

    def _limit_sample(self, **vals):
        return self._as("cx_quality", self.env["cx.sample"]).create({
            "product_id": self.product.id, "defect_id": self.surface.id, "place": "Cabinet 3", **vals})

    def test_limit_sample_is_agreed_and_placed(self):
        """Without place, defect and the customer's agreement it is no limit sample; only quality keeps it. [S2.02-26]"""
        sample = self._limit_sample(place=False, defect_id=False, partner_id=self.customer.id)
        self.assertEqual(self._codes(sample, "keep"), ["place_missing", "defect_missing", "not_agreed"])
        sample.write({"place": "Cabinet 3", "defect_id": self.surface.id, "agreed_on": "2026-03-01",
                      "agreed_with": "Ms Chen, incoming inspection"})
        with self.assertRaises(AccessError):
            self._as("cx_engineering", sample).action_keep()
        sample.action_keep()
        with self.assertRaisesRegex(UserError, "is kept"):
            sample.product_id = self._create_product("Cx Other")

    def test_the_next_inspector_compares_with_it(self):
        """The limit sample that quality made goes on with the goods to whoever inspects after the work. [S2.02-26]"""
        line = self._receive_goods(self.product, 4)
        first = self._inspect(line, (self.rework, 4, {"defect_id": self.surface.id}))
        context = first.action_view_made_samples()["context"]
        sample = self._as("cx_quality", self.env["cx.sample"]).with_context(**context).create({"place": "Shelf 2"})
        self.assertEqual((sample.kind, sample.defect_id, sample.inspection_id), ("return", self.surface, first))
        sample.kind = "limit"
        first.sample_ids = sample
        self.assertEqual(self._codes(first, "finish"), ["sample_not_kept"])
        sample.write({"agreed_on": "2026-03-01", "agreed_with": "Ms Chen"})
        sample.action_keep()
        first.action_finish()
        goods = first.disposition_ids
        goods.action_approve()
        self._as("cx_planning", goods).action_execute()
        goods.sudo().production_ids.with_context(skip_redirection=True).button_mark_done()
        self.assertEqual(line.next_stage, "after_rework")
        self._as("cx_quality", line).action_inspect()
        after = line.inspection_ids - first
        self.assertEqual((after.stage, after.sample_ids, after.predecessor_id), ("after_rework", sample, first))

    def test_expired_sample_judges_nothing(self):
        """Valid until yesterday: neither an inspection nor a scheme goes by it any more."""
        sample = self._limit_sample(valid_until="2026-01-31")
        sample.action_keep()
        line = self._receive_goods(self.product, 1)
        inspection = self._inspect(line, (self.good, 1), sample_ids=[(6, 0, sample.ids)])
        self.assertEqual(self._codes(inspection, "finish"), ["sample_expired"])
        self.assertIn(sample, self.env["cx.sample"].search([("is_expired", "=", True)]))

    def test_all_defective_needs_a_return_sample(self):
        """Everything is defective: the analysis is finished only with a return sample, where the company wants it.

        [S2.02-35]
        """
        self.env.company.cx_is_return_sample_needed = True
        line = self._receive_goods(self.product, 3)
        analysis = self._inspect(
            line, (self.scrap, 3), stage="analysis", cause="Mould worn",
            responsible_department_id=self._department("production").id)
        self.assertEqual(self._codes(analysis, "finish"), ["return_sample_missing"])
        context = analysis.action_view_made_samples()["context"]
        self.assertEqual(context["default_kind"], "return")
        self._as("cx_quality", self.env["cx.sample"]).with_context(**context).create({"place": "Shelf 1"})
        analysis.action_finish()
        good = self._receive_goods(self.product, 3)
        second = self._inspect(
            good, (self.scrap, 2), (self.good, 1), stage="analysis", cause="Mould worn",
            responsible_department_id=analysis.responsible_department_id.id)
        self.assertEqual(self._codes(second, "finish"), [], "not all are defective")

    def test_lending_is_recorded(self):
        """Lent to a person until a day, brought back, scrapped: each stands in the history; lent it is not scrapped."""
        sample = self._limit_sample()
        sample.action_keep()
        self.assertEqual(self._codes(sample, "lend"), ["borrower_missing"])
        sample.write({"borrower_id": self.users_by_login["cx_engineering"].id, "due_back_date": "2026-04-01"})
        sample.action_lend()
        self.assertEqual(self._codes(sample, "scrap"), ["wrong_state"])
        sample.action_take_back()
        self.assertFalse(sample.borrower_id)
        sample.action_scrap()
        history = " ".join(sample.message_ids.mapped("body"))
        for told in ("Lent to cx_engineering", "Brought back by cx_engineering"):
            self.assertIn(told, history)
        self.assertEqual((sample.state, sample.ended_by_id.login), ("scrapped", "cx_quality"))
