from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestNegotiation(QualityCommon):
    """Units that wait for the customer's answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.misreturn, cls.concession = (
            cls.env.ref(f"cx_complaint.verdict_{code}") for code in ("misreturn", "concession"))

    def _find(self, line, *rows):
        inspection = self._inspect(line, *rows)
        inspection.action_finish()
        return inspection, self._as("cx_sales", inspection.negotiation_ids.with_env(self.env))

    def _decide(self, line, quantity, destination="stock", lots=None, **vals):
        return self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": quantity, "destination": destination,
            "lot_ids": [(6, 0, lots.ids)] if lots else False, **vals})

    def _answer(self, negotiation, result, **vals):
        negotiation.write({"result": result, "answered_on": "2026-05-04", "answered_by": "Ms Roth", **vals})
        negotiation.action_settle()

    def test_user_damage_leaves_the_ordinary_way(self):
        """Ten back: seven good, three broken by use. Seven go to stock, the three wait until business has negotiated.

        Ten received, seven planned; scrapping eight in all is refused until the customer agreed to pay. [S2.02-34]
        """
        line = self._receive_goods(self.product, 10)
        inspection, negotiation = self._find(line, (self.good, 7), (self.user_damage, 3))
        self.assertEqual((negotiation.kind, negotiation.quantity, negotiation.state), ("user_damage", 3, "open"))
        self._assert_line(line, received=10, planned=7, undecided=3)
        inspection.disposition_ids.action_approve()
        scrap = self._decide(line, 3, "scrap")
        self.assertEqual(self._codes(scrap, "approve"), ["waits_for_customer"])
        with self.assertRaisesRegex(UserError, f"3 Units are decided, 0 are free.*{negotiation.name}"):
            scrap.action_approve()
        self.assertEqual(self._codes(negotiation, "settle"), ["result_missing", "answer_missing"])
        negotiation.result = "send_back"
        self.assertIn("result_missing", self._codes(negotiation, "settle"), "that is the answer to another question")
        negotiation.result = "share"
        self.assertIn("share_missing", self._codes(negotiation, "settle"))
        with self.assertRaises(AccessError):
            self._as("cx_quality", negotiation).action_settle()
        self._answer(negotiation, "charge")
        self.assertIn("He pays", line.complaint_id.message_ids[0].body)
        scrap.action_approve()
        self._assert_line(line, received=10, planned=10, undecided=0)
        with self.assertRaisesRegex(UserError, "Ask the customer again"):
            negotiation.result = "goodwill"
        self.assertEqual(self._codes(inspection, "reopen"), ["disposition_approved", "negotiation_settled"])

    def test_only_free_units_are_decided(self):
        """Three of ten wait: eight decided by hand are one too many, seven are not."""
        line = self._receive_goods(self.product, 10)
        self._find(line, (self.user_damage, 3))
        many = self._decide(line, 8)
        self.assertEqual(self._codes(many, "approve"), ["waits_for_customer"])
        many.quantity = 7
        many.action_approve()
        self._assert_line(line, received=10, planned=7, undecided=3)

    def test_misreturn_waits_for_the_answer(self):
        """Nothing is wrong with them: market asks; sent back only when he says so, else decided anew. [S2.08-7]"""
        line = self._receive_goods(self.product, 4)
        inspection, negotiation = self._find(line, (self.misreturn, 4))
        back = inspection.disposition_ids
        self.assertEqual((back.destination, back.state), ("customer", "proposed"))
        self.assertEqual(self._codes(back, "approve"), ["waits_for_customer"])
        self._answer(negotiation, "send_back")
        back.action_approve()
        self.assertEqual(self._codes(negotiation, "ask_again"), ["disposition_approved"])
        other = self._receive_goods(self.product, 2)
        inspection, negotiation = self._find(other, (self.misreturn, 2))
        self._answer(negotiation, "keep")
        self.assertEqual(inspection.disposition_ids.state, "cancelled", "he gave them up: not sent back")
        self._assert_line(other, received=2, undecided=2)
        self._decide(other, 2).action_approve()

    def test_concession_is_negotiated(self):
        """A slight defect: quality and business ask the customer; he refuses, and quality decides anew. [S2.02-32]"""
        line = self._receive_goods(self.product, 5)
        inspection, negotiation = self._find(line, (self.concession, 5, {"note": "Mark of his own mould"}))
        self.assertEqual((negotiation.kind, negotiation.note), ("concession", "Mark of his own mould"))
        self.assertEqual(self._codes(inspection.disposition_ids, "approve"), ["waits_for_customer"])
        self._answer(negotiation, "refused")
        self.assertEqual(inspection.disposition_ids.state, "cancelled")
        accepted, negotiation = self._find(self._receive_goods(self.product, 5), (self.concession, 5))
        self._answer(negotiation, "accepted")
        accepted.disposition_ids.action_approve()
        self.assertEqual(accepted.disposition_ids.destination, "customer")

    def test_serials_wait_by_name(self):
        """One of two serials waits: the other one goes, this one does not, whoever asks."""
        product = self._create_product("Cx Drive", tracking="serial")
        s1, s2 = serials = self._create_lots(product, "NG1", "NG2")
        line = self._receive_goods(product, 2, lots=dict.fromkeys(serials, 1))
        inspection, _negotiation = self._find(
            line, (self.user_damage, 1, {"lot_ids": s1.ids}), (self.good, 1, {"lot_ids": s2.ids}))
        inspection.disposition_ids.action_approve()
        self.assertEqual(self._codes(self._decide(line, 1, lots=s1), "approve"), ["waits_for_customer"])

    def test_judged_anew_nobody_negotiates(self):
        """The first look says user damage, the analysis finds our fault: the customer is not asked; reopened, neither."""
        line = self._receive_goods(self.product, 4)
        _first, negotiation = self._find(line, (self.user_damage, 4))
        analysis = self._inspect(
            line, (self.scrap, 4), cause="Cable crushed at assembly",
            responsible_department_id=self._department("production").id)
        analysis.action_finish()
        self.assertEqual(negotiation.state, "withdrawn")
        analysis.disposition_ids.action_approve()
        other = self._receive_goods(self.product, 4)
        first, negotiation = self._find(other, (self.user_damage, 4))
        first.action_reopen()
        self.assertEqual(negotiation.state, "withdrawn")
        first.action_finish()
        self.assertEqual(sorted(first.negotiation_ids.mapped("state")), ["open", "withdrawn"])

    def test_nobody_invents_a_negotiation(self):
        """They follow from findings; sales answers and does not create, and what is negotiated is not edited."""
        line = self._receive_goods(self.product, 4)
        inspection, _negotiation = self._find(line, (self.user_damage, 4))
        for login in ("cx_sales", "cx_quality"):
            with self.assertRaises(AccessError):
                self._as(login, self.env["cx.negotiation"]).create({
                    "inspection_line_id": inspection.line_ids.id, "kind": "misreturn", "quantity": 1.0})

    def test_a_verdict_is_one_case(self):
        """User damage and mis-return at once: refused, with both names."""
        with self.assertRaisesRegex(ValidationError, "User Damage / Returned by Mistake"):
            self.user_damage.is_misreturn = True


@tagged("post_install", "-at_install")
class TestRawMaterials(QualityCommon):
    """What came back need not be a finished product."""

    def test_raw_material_goes_the_same_way(self):
        """Six of a raw material that we sold come back as defective: inspected, scrapped, nothing left. [S2.14-3]"""
        material = self._create_product("Cx Copper Strip", purchase_ok=True, uom_id=self.env.ref("uom.product_uom_kgm").id)
        pump = self._create_product("Cx Wound Pump")
        self.env["mrp.bom"].create({
            "product_tmpl_id": pump.product_tmpl_id.id, "bom_line_ids": [(0, 0, {"product_id": material.id})]})
        line = self._receive_goods(material, 6)
        self._assert_line(line, received=6, undecided=6)
        inspection = self._inspect(
            line, (self.scrap, 6, {"defect_id": self.env.ref("cx_complaint.defect_material").id}))
        inspection.action_finish()
        inspection.disposition_ids.action_approve()
        self._as("cx_warehouse", inspection.disposition_ids).action_execute()
        for scrap in inspection.disposition_ids.sudo().scrap_ids.filtered(lambda scrap: scrap.state != "done"):
            scrap.action_validate()
        self._assert_line(line, received=6, quarantine=0, final=6)
