from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ..rules import findings
from ..rules.findings import Finding
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestFindings(TransactionCase):
    """What findings add up to: a table."""

    def test_rates(self):
        """Good verdicts do not count; nothing inspected has no rate; a sample counts units without a finding."""
        good, bad = Finding(6.0, True), Finding(4.0, False)
        for rows, inspected, expected in (
            ([], 0.0, 0.0),
            ([good], 6.0, 0.0),
            ([good, bad], 10.0, 40.0),
            ([bad], 4.0, 100.0),
            ([bad], 20.0, 20.0),
        ):
            with self.subTest(rows=rows, inspected=inspected):
                self.assertAlmostEqual(findings.defect_rate(rows, inspected), expected)

    def test_majority(self):
        """More than half of what was inspected has one defect; exactly half is no majority."""
        for rows, inspected, expected in (
            ([], 0.0, None),
            ([Finding(5.0, False, "noise"), Finding(5.0, True)], 10.0, None),
            ([Finding(6.0, False, "noise"), Finding(4.0, True)], 10.0, "noise"),
            ([Finding(3.0, False, "noise"), Finding(3.0, False, "noise"), Finding(4.0, False, "leak")], 10.0, "noise"),
            ([Finding(6.0, False), Finding(4.0, True)], 10.0, None),
            ([Finding(6.0, True, "noise")], 6.0, None),
        ):
            with self.subTest(rows=rows, inspected=inspected):
                self.assertEqual(findings.majority_defect(rows, inspected), expected)

    def test_stages_that_saw_the_same_units_count_once(self):
        """Ten looked at first and ten analysed are ten."""
        self.assertEqual(findings.sorted_quantity([10.0, 10.0]), 10.0)
        self.assertEqual(findings.sorted_quantity([10.0, 4.0]), 10.0)
        self.assertEqual(findings.sorted_quantity([]), 0.0)


@tagged("post_install", "-at_install")
class TestInspection(QualityCommon):
    """Verdicts and rates on what came back."""

    def test_what_was_not_received_is_not_inspected(self):
        """Six of six are on the way: nothing to inspect yet; the sentence has both figures."""
        rma = self._authorise(self._deliver(self.product, 6), 6)
        with self.assertRaisesRegex(UserError, "0 of 6 Units are received"):
            self._as("cx_quality", rma.line_ids).action_inspect()
        self.assertFalse(rma.line_ids.inspection_ids)
        self.assertFalse(rma.line_ids.is_to_inspect)

    def test_more_than_received_is_refused(self):
        """Five counted, six judged: refused with both figures, and what is missing is not invented."""
        line = self._receive_goods(self.product, 6, received=5)
        inspection = self._inspect(line, (self.good, 6))
        self.assertEqual(self._codes(inspection, "finish"), ["more_than_received"])
        with self.assertRaisesRegex(UserError, "6 Units are inspected, 5 Units are there"):
            inspection.action_finish()
        self.assertEqual(inspection.state, "draft")

    def test_nothing_and_samples_are_checked(self):
        """An empty inspection, a sample larger than the receipt, findings beyond the sample: each says so."""
        line = self._receive_goods(self.product, 5)
        inspection = self._inspect(line)
        self.assertEqual(self._codes(inspection, "finish"), ["nothing_inspected"])
        inspection.write({"mode": "sample", "sample_qty": 6})
        self.assertEqual(self._codes(inspection, "finish"), ["sample_too_large"])
        inspection.write({"sample_qty": 2, "line_ids": [(0, 0, {"verdict_id": self.scrap.id, "quantity": 3})]})
        self.assertEqual(self._codes(inspection, "finish"), ["findings_above_sample"])

    def test_only_quality_inspects(self):
        """Sales, planning and the warehouse see the result and cannot write it."""
        line = self._receive_goods(self.product, 5)
        for login in ("cx_sales", "cx_planning", "cx_warehouse"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._as(login, line).action_inspect()
        inspection = self._inspect(line, (self.good, 5))
        for login in ("cx_sales", "cx_planning", "cx_warehouse"):
            self.assertEqual(self._as(login, inspection).inspected_qty, 5)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._as(login, inspection).action_finish()

    def test_full_inspection_proposes_dispositions(self):
        """Ten came back: six good, three to rework, one to scrap: rate 40 %, three dispositions, nothing undecided.

        The report states category, grade and whether it can be repaired. [S2.18-15]
        """
        line = self._receive_goods(self.product, 10)
        self.assertEqual((line.to_inspect_qty, line.is_to_inspect), (10.0, True))
        inspection = self._inspect(
            line, (self.good, 6), (self.rework, 3, {"defect_id": self.noise.id}),
            (self.scrap, 1, {"defect_id": self.surface.id}), cause="Bearing without grease")
        self.assertEqual(inspection.unsorted_qty, 0)
        inspection.action_finish()
        self.assertEqual((inspection.state, inspection.inspected_by_id.login), ("done", "cx_quality"))
        self.assertAlmostEqual(inspection.defect_rate, 40.0)
        self.assertEqual(
            [(row.defect_id.name, row.grade, row.is_repairable) for row in inspection.line_ids[1:]],
            [("Noise or vibration", "minor", True), ("Surface or appearance", "minor", False)])
        self.assertEqual(
            {(d.work, d.destination, d.quantity, d.state) for d in inspection.disposition_ids},
            {("none", "stock", 6, "proposed"), ("rework", "reworked", 3, "proposed"), ("none", "scrap", 1, "proposed")})
        self._assert_line(line, received=10, undecided=0, inspected=10)
        self.assertFalse(line.is_to_inspect)

    def test_unsorted_rest_stays_to_inspect(self):
        """Ten came, seven judged: three unsorted, still in the list; a second inspection takes them."""
        line = self._receive_goods(self.product, 10)
        inspection = self._inspect(line, (self.good, 7))
        self.assertEqual(inspection.unsorted_qty, 3)
        inspection.action_finish()
        self._assert_line(line, received=10, undecided=3, inspected=7, to_inspect=3)
        self.assertIn(line, self.env["cx.rma.line"].search([("is_to_inspect", "=", True)]))
        second = self._inspect(line, (self.scrap, 3))
        self.assertNotEqual(second, inspection)
        second.action_finish()
        self.assertNotIn(line, self.env["cx.rma.line"].search([("is_to_inspect", "=", True)]))
        self.assertIn(line, self.env["cx.rma.line"].search([("is_to_inspect", "=", False)]))

    def test_sample_gives_a_rate_only(self):
        """A sample of twenty with three bad: 15 %, no disposition, all still undecided."""
        line = self._receive_goods(self.product, 100)
        inspection = self._inspect(line, (self.rework, 3), mode="sample", sample_qty=20)
        inspection.action_finish()
        self.assertAlmostEqual(inspection.defect_rate, 15.0)
        self.assertFalse(inspection.disposition_ids)
        self._assert_line(line, received=100, undecided=100, inspected=0)
        self.assertTrue(line.is_to_inspect)

    def test_first_inspection_then_analysis(self):
        """The analysis follows the first inspection, states the cause, and counts the same units once.

        [S2.08-15] [S2.01-33]
        """
        line = self._receive_goods(self.product, 4)
        first = self._inspect(line, (self.user_damage, 4))
        self.assertEqual(first.stage, "first")
        first.action_finish()
        analysis = self._inspect(line, (self.rework, 4))
        self.assertEqual(analysis.stage, "analysis")
        self.assertEqual(self._codes(analysis, "finish"), ["cause_missing", "responsible_missing", "scheme_missing"])
        analysis.write({
            "cause": "Cable crushed at assembly", "responsible_department_id": self._department("production").id})
        analysis.line_ids.scheme_id = self._scheme()
        analysis.action_finish()
        self._assert_line(line, received=4, inspected=4, undecided=0)

    def test_cause_and_handling_department(self):
        """Quality states the cause and the department that handles it. [S2.02-25]"""
        department = self.env["cx.department"].create({"name": "Assembly", "function": "production"})
        line = self._receive_goods(self.product, 2)
        inspection = self._inspect(
            line, (self.rework, 2, {"scheme_id": self._scheme().id}), stage="analysis", cause="Screw missing",
            department_id=department.id, responsible_department_id=department.id)
        inspection.action_finish()
        by_department = self.env["cx.inspection"].search([("department_id", "=", department.id)])
        self.assertEqual((by_department, by_department.cause), (inspection.sudo(), "Screw missing"))

    def test_majority_of_one_defect_is_shown(self):
        """Three of four have the same defect: shown at once, before anything is finished."""
        line = self._receive_goods(self.product, 4)
        inspection = self._inspect(line, (self.rework, 3, {"defect_id": self.noise.id}), (self.good, 1))
        self.assertEqual(inspection.majority_defect_id, self.noise)
        inspection.line_ids[0].quantity = 1
        self.assertFalse(inspection.majority_defect_id, "half is no majority")

    def test_pressed_twice_starts_once(self):
        """Inspect on a selection makes one draft each; pressed again it opens the same ones."""
        lines = self._receive_goods(self.product, 3) + self._receive_goods(self.product, 2)
        for _press in range(2):
            action = self._as("cx_quality", lines).action_inspect()
        self.assertEqual(len(lines.inspection_ids), 2)
        self.assertEqual(self.env["cx.inspection"].search(action["domain"]), lines.inspection_ids)

    def test_reopening_takes_proposals_back(self):
        """Reopened, the proposals are cancelled; finished again, they stand as the findings then say."""
        line = self._receive_goods(self.product, 5)
        inspection = self._inspect(line, (self.scrap, 5))
        inspection.action_finish()
        with self.assertRaisesRegex(UserError, "Reopen"), self.env.cr.savepoint():
            inspection.line_ids.write({"quantity": 4})
        with self.assertRaisesRegex(UserError, "Reopen"), self.env.cr.savepoint():
            inspection.write({"line_ids": [(5,)]})
        inspection.action_reopen()
        self.assertEqual(inspection.disposition_ids.mapped("state"), ["cancelled"])
        self._assert_line(line, undecided=5)
        inspection.line_ids.verdict_id = self.good
        inspection.action_finish()
        live = inspection.disposition_ids.filtered(lambda disposition: disposition.state == "proposed")
        self.assertEqual(live.mapped("destination"), ["stock"])

    def test_approved_disposition_keeps_the_findings(self):
        """Once a disposition rests on it, the inspection stays; the blocker names the disposition."""
        line = self._receive_goods(self.product, 5)
        inspection = self._inspect(line, (self.scrap, 5))
        inspection.action_finish()
        inspection.disposition_ids.action_approve()
        self.assertEqual(self._codes(inspection, "reopen"), ["disposition_approved"])
        with self.assertRaisesRegex(UserError, inspection.disposition_ids.name):
            inspection.action_reopen()

    def test_marking_may_be_required(self):
        """Where every unit carries a mark, a full inspection is finished only then. [S2.18-13]"""
        self.env.company.cx_is_marking_required = True
        line = self._receive_goods(self.product, 5)
        inspection = self._inspect(line, (self.good, 5))
        self.assertEqual(self._codes(inspection, "finish"), ["not_marked"])
        inspection.is_marked = True
        self.assertEqual(self._codes(inspection, "finish"), [])

    def test_photos_are_counted(self):
        """Photos are attachments of the inspection; a text file is none."""
        line = self._receive_goods(self.product, 1)
        inspection = self._inspect(line, (self.good, 1))
        pixel = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
        self.env["ir.attachment"].with_user(self.users_by_login["cx_quality"]).create([
            {"name": "unit.png", "datas": pixel, "res_model": "cx.inspection", "res_id": inspection.id},
            {"name": "note.txt", "raw": b"x", "res_model": "cx.inspection", "res_id": inspection.id},
        ])
        self.assertEqual(inspection.photo_count, 1)
        self.assertEqual(self.env["ir.attachment"].search(inspection.action_view_photos()["domain"]).name, "unit.png")

    def test_numbers_run_per_company(self):
        """The number comes from the series of the goods' company, whichever company the inspector works in."""
        line = self._receive_goods(self.product, 1)
        self.env["ir.sequence"].create({
            "name": "Own", "code": "cx.inspection", "prefix": "Q-", "company_id": line.company_id.id})
        other = self.env["res.company"].create({"name": "Cx Company B"})
        inspection = self.env["cx.inspection"].with_company(other).create({"rma_line_id": line.id})
        self.assertTrue(inspection.name.startswith("Q-"), inspection.name)


@tagged("post_install", "-at_install")
class TestInspectionLots(QualityCommon):
    """Serials and lots: every unit says which it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.serial_product = cls._create_product("Cx Drive", tracking="serial")
        cls.serials = cls._create_lots(cls.serial_product, "S1", "S2", "S3")
        cls.lot_product = cls._create_product("Cx Paint", tracking="lot")
        cls.lots = cls._create_lots(cls.lot_product, "L1", "L2")

    def test_serials_are_named_once_each(self):
        """Three serials: a finding counts its serials; none in two findings, none without a number."""
        s1, s2, s3 = self.serials
        line = self._receive_goods(self.serial_product, 3, lots=dict.fromkeys(self.serials, 1))
        inspection = self._inspect(line, (self.rework, 2), (self.good, 1, {"lot_ids": s2.ids}))
        self.assertEqual(self._codes(inspection, "finish"), ["lot_missing"])
        with self.assertRaisesRegex(ValidationError, "two findings"), self.env.cr.savepoint():
            inspection.line_ids[0].lot_ids = s1 + s2
        inspection.line_ids[0].lot_ids = s1 + s3
        self.assertEqual(inspection.line_ids[0].quantity, 2)
        inspection.action_finish()
        rework = inspection.disposition_ids.filtered(lambda disposition: disposition.work == "rework")
        self.assertEqual((rework.quantity, rework.lot_ids), (2, (s1 + s3)))
        self._assert_line(line, received=3, undecided=0, inspected=3)

    def test_lots_of_another_product_are_refused(self):
        """A lot of other goods cannot be judged here."""
        line = self._receive_goods(self.serial_product, 1, lots={self.serials[0]: 1})
        with self.assertRaisesRegex(ValidationError, "is a lot of Cx Paint"):
            self._inspect(line, (self.good, 1, {"lot_ids": self.lots[0].ids}))

    def test_lots_are_bounded_by_what_came(self):
        """Three of L1 and two of L2 came: four of L1 are too many, though five are there in all."""
        l1, l2 = self.lots
        line = self._receive_goods(self.lot_product, 5, lots={l1: 3, l2: 2})
        inspection = self._inspect(
            line, (self.good, 4, {"lot_ids": l1.ids}), (self.scrap, 1, {"lot_ids": l2.ids}))
        self.assertEqual(self._codes(inspection, "finish"), ["lot_above_received"])
        self.assertIn("4 Units of L1 are inspected, 3 Units of it came back", inspection.blocker_html)
        inspection.line_ids[0].quantity = 3
        inspection.line_ids[1].lot_ids = self.lots
        self.assertEqual(self._codes(inspection, "finish"), ["lot_missing"], "one lot per finding")
        inspection.line_ids[1].lot_ids = l2
        inspection.line_ids[1].quantity = 2
        inspection.action_finish()
        self.assertEqual(
            {(d.lot_ids.name, d.quantity, d.destination) for d in inspection.disposition_ids},
            {("L1", 3, "stock"), ("L2", 2, "scrap")})

    def test_a_sample_names_no_lots(self):
        """A rate needs no serial numbers."""
        line = self._receive_goods(self.serial_product, 3, lots=dict.fromkeys(self.serials, 1))
        inspection = self._inspect(line, (self.rework, 1), mode="sample", sample_qty=2)
        inspection.action_finish()
        self.assertAlmostEqual(inspection.defect_rate, 50.0)


@tagged("post_install", "-at_install")
class TestInspectionNews(QualityCommon):
    """Whom inspections call and tell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for function in ("planning", "sales", "quality", "engineering"):
            cls.env["cx.department"].search([("function", "=", function)]).active = False
            cls.env["cx.department"].create({
                "name": function, "function": function, "duty_user_id": cls.users_by_login[f"cx_{function}"].id})

    def test_rate_goes_to_planning_first(self):
        """The customer wants goods at once: his return is first in the list, and planning gets the rate.

        [S2.02-27] [S2.02-28] [S2.08-13]
        """
        calm = self._receive_goods(self.product, 5)
        hurried = self._receive_goods(self.product, 4)
        hurried.rma_id.urgency = "1"
        urgent = self._receive_goods(self.product, 8)
        urgent.rma_id.is_replenishment_wanted = True
        action = self.env.ref("cx_complaint.rma_line_action_inspect")
        arch = self.env["cx.rma.line"].get_view(
            action.view_ids.filtered(lambda view: view.view_mode == "list").view_id.id, "list")["arch"]
        order = arch.split('default_order="')[1].split('"')[0]
        found = self.env["cx.rma.line"].search([("is_to_inspect", "=", True)], order=order)
        self.assertEqual(found.filtered(lambda line: line in calm + hurried + urgent), urgent + hurried + calm)
        inspection = self._inspect(urgent, (self.rework, 2), mode="sample", sample_qty=4)
        inspection.action_finish()
        todo = self._todos(urgent.rma_id, "cx_planning")
        self.assertEqual(todo.mapped("summary"), ["Plan replenishment and rework"])
        self.assertIn("50.0 %", todo.note)
        self.assertIn("50.0 %", urgent.rma_id.message_ids[0].body)
        self._inspect(calm, (self.good, 5)).action_finish()
        self.assertFalse(self._todos(calm.rma_id, "cx_planning"))

    def test_misreturn_and_user_damage_go_to_sales(self):
        """Sales talks to a customer who returned by mistake or broke it himself. [S2.08-7] [S2.02-34]"""
        line = self._receive_goods(self.product, 3)
        inspection = self._inspect(
            line, (self.user_damage, 1), (self.env.ref("cx_complaint.verdict_misreturn"), 1), (self.good, 1))
        inspection.action_finish()
        todo = self._todos(inspection, "cx_sales")
        self.assertIn("Damaged by the user", todo.summary)
        self.assertIn("Returned by mistake", todo.summary)
        self.assertIn("2 Units", todo.note)

    def test_our_standard_goes_to_engineering(self):
        """What meets our standard and not the customer's is neither good nor bad: engineering takes it. [S2.08-6]"""
        line = self._receive_goods(self.product, 3)
        inspection = self._inspect(
            line, (self.env.ref("cx_complaint.verdict_our_standard"), 2, {"note": "Ripple 40 mV"}), (self.good, 1))
        self.assertEqual(self._codes(inspection, "finish"), ["use_conditions_missing"])
        inspection.use_conditions = "Outdoors at 45 °C, two shifts"
        inspection.action_finish()
        note = self._todos(inspection, "cx_engineering").note
        for told in ("2 Units", "Ripple 40 mV", "Outdoors at 45 °C, two shifts"):
            self.assertIn(told, note)
        self._assert_line(line, received=3, undecided=2)

    def test_receipt_calls_quality(self):
        """Goods arrive by the ordinary receipt of the clerk: quality has a to-do minutes later, once.

        [S2.05-22] [S2.14-7]
        """
        line = self._receive_goods(self.product, 3)
        line.move_ids.date = fields.Datetime.subtract(fields.Datetime.now(), minutes=5)
        line._cron_call_quality()
        line._cron_call_quality()
        todo = self._todos(line.rma_id, "cx_quality")
        self.assertEqual(len(todo), 1)
        self.assertIn("3 Units", todo.note)

    def test_small_receipts_need_not_call_quality(self):
        """Above 20 units quality is called; 20 or fewer arrive without a call. [S2.18-12]"""
        self.env.company.cx_inspect_above_qty = 20
        few, many = self._receive_goods(self.product, 20), self._receive_goods(self.product, 21)
        many._cron_call_quality()
        self.assertFalse(self._todos(few.rma_id, "cx_quality"))
        self.assertEqual(len(self._todos(many.rma_id, "cx_quality")), 1)
        self.assertTrue(few.is_to_inspect, "quality may inspect without being called")
