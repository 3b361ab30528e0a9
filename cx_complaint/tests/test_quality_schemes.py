from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ..rules.scheme_choice import Offer, best
from .common import CxCommon


@tagged("post_install", "-at_install")
class TestSchemeChoice(TransactionCase):
    """Which scheme is proposed: a table."""

    def test_choice(self):
        """The product counts more than the defect; what does not fit is never proposed."""
        offers = [
            Offer("any", frozenset(), frozenset()),
            Offer("any noise", frozenset(), frozenset({"noise"})),
            Offer("pump", frozenset({"pump"}), frozenset()),
            Offer("pump noise", frozenset({"pump"}), frozenset({"noise", "leak"})),
        ]
        for product, defects, expected in (
            ("fan", {"crack"}, "any"),
            ("fan", {"noise"}, "any noise"),
            ("fan", set(), "any"),
            ("pump", {"crack"}, "pump"),
            ("pump", set(), "pump"),
            ("pump", {"noise"}, "pump noise"),
            ("pump", {"leak", "crack"}, "pump noise"),
        ):
            with self.subTest(product=product, defects=defects):
                self.assertEqual(best(offers, product, defects), expected)
        self.assertIsNone(best(offers[1:2], "pump", {"crack"}))
        self.assertIsNone(best([], "pump", {"noise"}))


@tagged("post_install", "-at_install")
class TestReworkScheme(CxCommon):
    """The life of a rework scheme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.noise, cls.crack = cls.env["cx.defect"].create([{"name": "Cx Noise"}, {"name": "Cx Crack"}])
        cls.part = cls._create_product("Cx Bearing", standard_price=3.0)
        cls.bench = cls.env["mrp.workcenter"].create({"name": "Cx Bench", "costs_hour": 60.0})
        cls.scheme = cls._create_scheme("Replace the bearing", cls.noise)

    @classmethod
    def _create_scheme(cls, name, defects, **vals):
        return cls.env["cx.rework.scheme"].with_user(cls.users_by_login["cx_engineering"]).create({
            "name": name,
            "product_tmpl_ids": cls.product.product_tmpl_id.ids,
            "defect_ids": defects.ids,
            "operation_ids": [(0, 0, {"name": "Open, press, close", "workcenter_id": cls.bench.id, "minutes": 12.0})],
            "part_ids": [(0, 0, {"product_id": cls.part.id, "quantity": 2.0})],
            **vals,
        })

    def test_released_scheme_is_frozen(self):
        """Nobody changes what is worked by: header, operation or part, not even by moving a line into it."""
        self.scheme.action_release()
        other = self._create_scheme("Another one", self.crack)
        attempts = (
            lambda: self.scheme.write({"note": "quietly changed"}),
            lambda: self.scheme.write({"defect_ids": [(6, 0, self.crack.ids)]}),
            lambda: self.scheme.operation_ids.write({"minutes": 1.0}),
            lambda: self.scheme.part_ids.write({"quantity": 1.0}),
            lambda: self.scheme.part_ids.unlink(),
            lambda: self.scheme.write({"operation_ids": [(5,)]}),
            lambda: other.operation_ids.write({"scheme_id": self.scheme.id}),
            lambda: self.env["cx.rework.part"].create({"scheme_id": self.scheme.id, "product_id": self.part.id}),
            lambda: self.scheme.unlink(),
        )
        for attempt in attempts:
            with self.assertRaisesRegex(UserError, "Withdraw"), self.env.cr.savepoint():
                attempt()
        self.scheme.action_withdraw()
        self.scheme.operation_ids.minutes = 10.0
        self.assertEqual(self.scheme.state, "draft")

    def test_only_engineering_releases(self):
        """Quality and planning read schemes; only engineering writes and releases them."""
        for login in ("cx_quality", "cx_planning", "cx_service"):
            self.assertEqual(self._as(login, self.scheme).name, "Replace the bearing")
            with self.assertRaises(AccessError):
                self._as(login, self.scheme).action_release()
            with self.assertRaises(AccessError):
                self._as(login, self.scheme).write({"name": "x"})

    def test_empty_scheme_is_not_released(self):
        """A scheme that says nothing cannot be released, nor proved without a piece."""
        empty = self._create_scheme("Empty", self.noise, operation_ids=[], part_ids=[])
        self.assertEqual([blocker.code for blocker in empty._blockers("release")], ["empty"])
        self.assertEqual([blocker.code for blocker in empty._blockers("prove")], ["empty", "no_proof"])
        with self.assertRaisesRegex(UserError, "no operations and no parts"):
            empty.action_release()

    def test_proved_on_a_representative_piece(self):
        """Engineering tries the scheme on a representative piece, says which and how it went, then releases.

        [S2.18-18]
        """
        with self.assertRaisesRegex(UserError, "which piece"):
            self.scheme.action_prove()
        self.scheme.proof_note = "Serial 4711, quiet after 2 h"
        self.scheme.action_prove()
        self.assertEqual(self.scheme.proved_by_id, self.users_by_login["cx_engineering"])
        with self.assertRaisesRegex(UserError, "Withdraw"):
            self.scheme.operation_ids.minutes = 5.0
        self.scheme.action_release()
        self.assertEqual(self.scheme.state, "released")
        self.assertTrue(self.scheme.released_on and self.scheme.proved_on)

    def test_cost_estimate_is_of_the_scheme_s_company(self):
        """Twelve minutes at 60 an hour and two parts at 3 cost 18, also seen from another company."""
        self.assertAlmostEqual(self.scheme.cost_per_unit, 18.0)
        company_b = self.env["res.company"].create({"name": "Cx Company B"})
        self.part.with_company(company_b).standard_price = 100.0
        self.scheme.invalidate_recordset()
        self.assertAlmostEqual(self.scheme.sudo().with_company(company_b).cost_per_unit, 18.0)

    def test_found_for_goods(self):
        """Only released schemes of the company are proposed; the one for product and defect first."""
        schemes = self.env["cx.rework.scheme"]
        general = self._create_scheme("Clean", self.env["cx.defect"], product_tmpl_ids=[])
        self.assertFalse(schemes._find_for(self.product, self.noise), "a draft is not proposed")
        (self.scheme + general).action_release()
        self.assertEqual(schemes._find_for(self.product, self.noise), self.scheme)
        self.assertEqual(schemes._find_for(self.product, self.crack), general)
        self.assertEqual(schemes._find_for(self.part, self.noise), general)
        company_b = self.env["res.company"].create({"name": "Cx Company B"})
        self.assertFalse(schemes._find_for(self.product, self.noise, company=company_b))

    def test_a_copy_starts_as_a_draft(self):
        """A released scheme is varied by copying it; the copy has its lines and no release."""
        self.scheme.action_release()
        copy = self.scheme.copy()
        self.assertEqual(copy.name, "Replace the bearing (copy)")
        self.assertEqual((copy.state, copy.released_by_id, len(copy.operation_ids)), (
            "draft", self.env["res.users"], 1))
        copy.operation_ids.minutes = 3.0
