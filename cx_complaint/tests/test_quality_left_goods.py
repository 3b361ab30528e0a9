from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .quality_common import QualityCommon

PIXEL = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestLeftGoods(QualityCommon):
    """Goods that stay at the customer."""

    def _leave(self, line, quantity, login="cx_service", **vals):
        return self._as(login, self.env["cx.left.goods"]).create({
            "complaint_line_id": line.id, "quantity": quantity, "consent_on": "2026-05-02", "consent_by": "Mr Wu", **vals})

    def _prove(self, left):
        self.env["ir.attachment"].create(
            {"name": "pit.png", "datas": PIXEL, "res_model": "cx.left.goods", "res_id": left.id})

    def test_never_more_than_is_complained_of(self):
        """Ten complained of, six authorised: five cannot stay, four can; then nothing more, and nothing more comes."""
        rma = self._authorise(self._deliver(self.product, 10), 10)
        line = rma.line_ids.complaint_line_id
        with self.assertRaisesRegex(UserError, "1 Units of Cx Pump would stay .* 10 come back, but only 10"), self.env.cr.savepoint():
            self._leave(line, 1)
        rma.action_cancel()
        rma.action_redraft()
        rma.line_ids.quantity = 6
        rma.action_authorise()
        with self.assertRaisesRegex(UserError, "5 Units of Cx Pump would stay .* 6 come back, but only 10"), self.env.cr.savepoint():
            self._leave(line, 5)
        left = self._leave(line, 4)
        with self.assertRaisesRegex(UserError, "only 10 are complained of"), self.env.cr.savepoint():
            left.quantity = 5
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._leave(line, 1)
        self.assertEqual((line.left_qty, line.unhandled_qty), (4, 0))

    def test_what_stays_is_not_asked_back(self):
        """Ten complained of, four stay: the RMA drafts six, and refuses to be authorised for seven."""
        line = self._complain(self._deliver(self.product, 10), 10)
        self._leave(line, 4)
        rma = self._draft(line)
        self.assertEqual(rma.line_ids.quantity, 6)
        rma.line_ids.quantity = 7
        self.assertEqual(self._codes(rma, "authorise"), ["above_claimed"])
        rma.line_ids.quantity = 6
        rma.action_authorise()
        self._assert_line(rma.line_ids, expected=6, received=0)

    def test_customer_agrees_and_quality_approves(self):
        """Slight defect: business talks, the customer agrees on a day, quality approves. [S2.02-32]"""
        line = self._complain(self._deliver(self.product, 5), 5)
        left = self._leave(line, 5, what="used", reason="Scratch below the cover", consent_on=False, consent_by=False)
        quality = self._as("cx_quality", left)
        self.assertEqual(self._codes(quality, "approve"), ["consent_missing"])
        left.write({"consent_on": "2026-05-02", "consent_by": "Mr Wu"})
        with self.assertRaises(AccessError):
            left.action_approve()
        quality.action_approve()
        with self.assertRaisesRegex(UserError, "stays as it is"), self.env.cr.savepoint():
            left.quantity = 3
        left.action_finish()
        self.assertEqual((left.state, left.handled_qty, line.unhandled_qty), ("done", 5, 0))
        with self.assertRaisesRegex(UserError, "stays as it is"):
            left.consent_by = "Somebody else"

    def test_scrapped_there_needs_proof(self):
        """Out of warranty, the customer scraps three himself: a day, a name and a photo, or it is not done. [S2.18-23]"""
        line = self._complain(self._deliver(self.product, 3), 3, warranty_override="out")
        context = line.action_view_left_goods()["context"]
        self.assertEqual((context["default_what"], context["default_quantity"]), ("scrapped", 3))
        left = self._leave(line, 3, what="scrapped")
        self._as("cx_quality", left).action_approve()
        self.assertEqual(self._codes(left, "finish"), ["proof_missing", "certificate_missing"])
        left.write({"proof_on": "2026-05-09", "proof_by": "Mr Wu, scrap yard"})
        self._prove(left)
        left.action_finish()
        self.assertEqual(left.state, "done")

    def test_sorted_on_site(self):
        """Ten sorted at the customer's: seven good stay, three bad are open again and come back."""
        line = self._complain(self._deliver(self.product, 10), 10)
        left = self._leave(line, 10, what="sorted")
        self.assertFalse(line._prepare_rma_line_vals_list(), "nothing is asked back while it is sorted there")
        self._as("cx_quality", left).action_approve()
        left.write({"proof_on": "2026-05-09", "proof_by": "Our engineer", "good_qty": 7, "bad_qty": 2})
        self.assertEqual(self._codes(left, "finish"), ["counts_differ"])
        left.bad_qty = 3
        left.action_finish()
        self.env.invalidate_all()
        self.assertEqual((line.left_qty, line.unhandled_qty), (7, 3))
        self.assertIn("3 are bad", line.complaint_id.message_ids[0].body)
        self.assertIn("goods_unhandled", self._codes(line.complaint_id, "close"))
        rma = self._draft(line)
        self.assertEqual(rma.line_ids.quantity, 3)
        rma.action_authorise()
        self.assertNotIn("goods_unhandled", self._codes(line.complaint_id, "close"))

    def test_the_case_waits_for_it(self):
        """Proposed and approved, it keeps the case open; done or cancelled it does not."""
        line = self._complain(self._deliver(self.product, 4), 4, return_decision="none")
        complaint = line.complaint_id
        left = self._leave(line, 4)
        self.assertIn("left_goods_open", self._codes(complaint, "close"))
        self.assertIn("left_goods_open", self._codes(complaint, "cancel"))
        self._as("cx_quality", left).action_approve()
        self.assertIn("left_goods_open", self._codes(complaint, "close"))
        left.action_finish()
        codes = self._codes(complaint, "close")
        self.assertNotIn("left_goods_open", codes)
        self.assertNotIn("goods_unhandled", codes)

    def test_a_return_is_not_forgotten(self):
        """What was to come back keeps the case open until it is on a return, stays by decision, or need not come."""
        line = self._complain(self._deliver(self.product, 4), 4, return_decision="return")
        complaint = line.complaint_id
        self.assertIn("return_forgotten", self._codes(complaint, "close"))
        self.assertNotIn("return_forgotten", self._codes(complaint, "cancel"))
        rma = self._draft(line)
        self.assertNotIn("return_forgotten", self._codes(complaint, "close"), "it is an open return now")
        rma.action_cancel()
        self.assertIn("return_forgotten", self._codes(complaint, "close"))
        left = self._leave(line, 4)
        self.assertNotIn("return_forgotten", self._codes(complaint, "close"))
        self._as("cx_quality", left).action_cancel()
        self.assertIn("return_forgotten", self._codes(complaint, "close"))
        complaint.outcome = "withdrawn"
        self.assertNotIn("return_forgotten", self._codes(complaint, "close"))
        complaint.outcome = "established"
        line.return_decision = "none"
        self.assertNotIn("return_forgotten", self._codes(complaint, "close"))

    def test_refused_and_expired_returns_say_why(self):
        """Who refused a return gave a reason; the case need not say it again."""
        line = self._complain(self._deliver(self.product, 4), 4, return_decision="return")
        self._draft(line).action_refuse(reason="Damaged by the customer")
        self.assertNotIn("return_forgotten", self._codes(line.complaint_id, "close"))

    def test_kit_left_in_kits(self):
        """Two kits complained of, one of them comes back in components: one may stay, two may not."""
        kit = self._create_product("Cx Set", is_storable=False)
        part = self._create_product("Cx Lamp")
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom",
            "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": 3})]})
        self._put_in_stock(part, 6)
        order = self._sell((kit, 2))
        line = self._complain(kit, 2, sale_line_id=order.order_line.id)
        rma = self._draft(line)
        self.assertEqual(rma.line_ids.mapped("quantity"), [6])
        rma.line_ids.quantity = 3
        rma.action_authorise()
        self.assertEqual(line.unhandled_qty, 1)
        with self.assertRaisesRegex(UserError, "only 2 are complained of"), self.env.cr.savepoint():
            self._leave(line, 2)
        self._leave(line, 1)
        self.assertEqual(line.unhandled_qty, 0)


@tagged("post_install", "-at_install")
class TestFirstJudgement(QualityCommon):
    """Quality's first word about a return application."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.cx_is_judgement_needed = True

    def test_return_follows_the_judgement(self):
        """No judgement, no return; judged for repair, the return is one for repair and is authorised. [S2.05-13]"""
        line = self._complain(self._deliver(self.product, 5), 5, return_decision="repair")
        rma = self._draft(line)
        self.assertEqual(self._codes(rma, "authorise"), ["not_judged"])
        self._as("cx_quality", line).write({"judgement_note": "Worth repairing"})
        self._as("cx_quality", line).action_judge()
        self.assertEqual((line.judged_decision, line.judged_by_id.login, bool(line.judged_on)), ("repair", "cx_quality", True))
        self.assertIn("Worth repairing", line.complaint_id.message_ids[0].body)
        self.assertEqual((rma.kind_id, rma.line_ids.goods_owner), (self.kind_repair, "customer"))
        self._as("cx_service", rma).action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_no_return_goes_the_way_of_the_complaint(self):
        """Judged that it does not come back: the return is refused, the complaint goes on without one. [S2.05-13]"""
        line = self._complain(self._deliver(self.product, 5), 5)
        rma = self._draft(line)
        line.return_decision = "none"
        self._as("cx_quality", line).action_judge()
        self.assertEqual(self._codes(rma, "authorise"), ["judged_no_return"])
        self.assertFalse(line.complaint_id.is_return_decided)

    def test_a_changed_decision_is_judged_again(self):
        """Service decides otherwise after the judgement: it counts no more, and the sentence has both."""
        line = self._complain(self._deliver(self.product, 5), 5, return_decision="analysis")
        rma = self._draft(line)
        self._as("cx_quality", line).action_judge()
        self.assertEqual(self._codes(rma, "authorise"), [])
        self._as("cx_service", line).return_decision = "return"
        with self.assertRaisesRegex(UserError, "judged “For analysis”, and now “Return”"):
            rma.action_authorise()
        self.assertIn(line, self.env["cx.complaint.line"].search([("is_judged", "=", False)]))

    def test_only_quality_judges(self):
        """Neither by the button nor by hand; an empty decision is no judgement."""
        line = self._complain(self._deliver(self.product, 5), 5)
        with self.assertRaises(AccessError):
            self._as("cx_service", line).action_judge()
        for login in ("cx_service", "cx_quality", "cx_manager"):
            for vals in ({"judged_decision": "return"}, {"judged_on": "2026-01-01"}):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._as(login, line).write(vals)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._as("cx_service", line).with_context(default_judged_decision="return").copy()
        line.return_decision = False
        with self.assertRaisesRegex(UserError, "choose in “Return”"):
            self._as("cx_quality", line).action_judge()

    def test_companies_that_do_not_want_it(self):
        """Switched off, returns are authorised as before."""
        self.env.company.cx_is_judgement_needed = False
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5))
        self.assertEqual(self._codes(rma, "authorise"), [])
