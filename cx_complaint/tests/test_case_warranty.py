import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import TransactionCase, tagged

from ..rules import warranty
from .common import CxCommon


def make_rule(**vals):
    return warranty.Rule(**{
        "id": 1, "sequence": 10, "company": False, "product": False, "category": False, "start": "delivery",
        "product_length": 12, "product_unit": "months", "labour_length": 24, "labour_unit": "months", **vals})


@tagged("post_install", "-at_install")
class TestCaseWarrantyRules(TransactionCase):
    """The rules over plain values."""

    def test_the_last_day_counts(self):
        """Twelve months from 15 January: in on the next 15 January, labour only from the 16th on, over after two years."""
        rule, start = make_rule(), date(2026, 1, 15)

        def judged(day):
            found = warranty.judge(rule, warranty.Facts(day, {"delivery": start}))
            return found.result, found.charge, found.why

        self.assertEqual(judged(date(2027, 1, 15)), ("in", "free", "product"))
        self.assertEqual(judged(date(2027, 1, 16)), ("in", "labour_free", "labour"))
        self.assertEqual(judged(date(2028, 1, 15)), ("in", "labour_free", "labour"))
        self.assertEqual(judged(date(2028, 1, 16)), ("out", "chargeable", "over"))

    def test_months_end_where_the_month_ends(self):
        """A month from 31 January is the last day of February; days are counted, not months of thirty."""
        self.assertEqual(warranty.end_of(date(2027, 1, 31), 1, "months"), date(2027, 2, 28))
        self.assertEqual(warranty.end_of(date(2027, 1, 31), 30, "days"), date(2027, 3, 2))
        self.assertIsNone(warranty.end_of(None, 12, "months"))
        self.assertIsNone(warranty.end_of(date(2027, 1, 31), 0, "months"))

    def test_the_most_specific_rule_wins(self):
        """Product before nearest category before its parent before all; the company's own before the shared one."""
        rules = [
            make_rule(id=1), make_rule(id=2, category=7), make_rule(id=3, category=5), make_rule(id=4, product=9),
            make_rule(id=5, company=1), make_rule(id=6, category=7, company=2), make_rule(id=7, sequence=1)]
        for product, categories, company, wanted in (
            (9, [7, 5], 3, 4), (8, [7, 5], 3, 2), (8, [7, 5], 2, 6), (8, [5], 3, 3), (8, [], 3, 7), (8, [], 1, 5),
        ):
            with self.subTest(product=product, categories=categories, company=company):
                self.assertEqual(warranty.choose(rules, product, categories, company).id, wanted)
        self.assertIsNone(warranty.choose([make_rule(company=2)], 8, [], 3))
        bound = [make_rule(id=8, procedure=4), *rules]
        self.assertEqual(warranty.choose(bound, 8, [], 1, procedure=4).id, 8, "of the same kind that of the procedure")
        self.assertEqual(warranty.choose(bound, 8, [], 1, procedure=5).id, 5, "under another procedure it does not hold")
        self.assertEqual(warranty.choose(bound, 8, [7], 1, procedure=4).id, 2, "the nearer one before it")

    def test_whatever_the_order_the_same_rule(self):
        """Property: the choice does not depend on the order of the list, and the chosen one always holds."""
        rng = random.Random(5)
        for _round in range(200):
            rules = [make_rule(
                id=number, sequence=rng.randint(1, 3), company=rng.choice([False, 1, 2]),
                **rng.choice([{}, {"product": rng.randint(1, 3)}, {"category": rng.randint(1, 4)}]),
            ) for number in range(rng.randint(0, 8))]
            product, company = rng.randint(1, 3), rng.randint(1, 2)
            categories = rng.sample(range(1, 5), rng.randint(0, 3))
            chosen = warranty.choose(rules, product, categories, company)
            rng.shuffle(rules)
            self.assertEqual(warranty.choose(rules, product, categories, company), chosen)
            if chosen:
                self.assertIn(chosen.company, (False, company))
                self.assertTrue(not chosen.category or chosen.category in categories)
                if any(rule.product == product and rule.company in (False, company) for rule in rules):
                    self.assertEqual(chosen.product, product)

    def test_later_complaints_are_never_better_off(self):
        """Property: waiting a day never makes a repair cheaper; damage is charged and our fault is free on any day."""
        rank = {"free": 0, "labour_free": 1, "chargeable": 2}
        rng = random.Random(6)
        for _round in range(200):
            rule = make_rule(product_length=rng.randint(0, 30), labour_length=rng.randint(0, 30),
                             product_unit=rng.choice(["days", "months"]), labour_unit=rng.choice(["days", "months"]))
            start = date(2026, 1, 1) + timedelta(days=rng.randint(0, 400))
            day = start + timedelta(days=rng.randint(0, 1000))
            facts = warranty.Facts(day, {"delivery": start})
            before, after = (warranty.judge(rule, facts._replace(complained_on=day + timedelta(days=more)))
                             for more in (0, 1))
            self.assertLessEqual(rank[before.charge], rank[after.charge])
            self.assertEqual(before.result == "out", before.charge == "chargeable")
            self.assertEqual(warranty.judge(rule, facts._replace(fault="customer")).charge, "chargeable")
            self.assertEqual(warranty.judge(rule, facts._replace(fault="ours")).charge, "free")
            self.assertEqual(warranty.judge(rule, facts._replace(fault="customer")).result, before.result)


@tagged("post_install", "-at_install")
class TestCaseWarranty(CxCommon):
    """What a line of a complaint says about its warranty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.warranty.rule"].search([]).active = False
        cls.parent = cls.env["product.category"].create({"name": "Machines"})
        cls.category = cls.env["product.category"].create({"name": "Pumps", "parent_id": cls.parent.id})
        cls.product.categ_id = cls.category
        cls.rule = cls._rule(name="Pumps", category_id=cls.parent.id)

    @classmethod
    def _rule(cls, **vals):
        return cls.env["cx.warranty.rule"].with_user(cls.users_by_login["cx_manager"]).create({
            "product_length": 12, "labour_length": 24, **vals})

    def _line(self, received_on="2026-06-15 10:00:00", **vals):
        complaint = self.env["cx.complaint"].with_user(self.users_by_login["cx_service"]).create({
            "summary": "Broken", "partner_id": self.customer.id, "received_on": received_on,
            "line_ids": [(0, 0, {"product_id": self.product.id, **vals})]})
        return complaint.line_ids

    def _found(self, line):
        return line.warranty, line.charge

    def test_unknown_without_rule_or_date(self):
        """Nothing is guessed: without a rule, or without the day on which it starts, the warranty is unknown."""
        other = self._create_product("Cx Valve")
        self.assertEqual(self._found(self._line(product_id=other.id)), ("unknown", "unknown"))
        line = self._line()
        self.assertEqual(self._found(line), ("unknown", "unknown"))
        self.assertIn("not known yet", line.warranty_reason)

    def test_from_delivery(self):
        """Guaranteed for a year: goods and service are free; afterwards guidance is free; then both are charged.
        [S1-4.1b] [S1-4.1c]"""
        self.assertEqual(self._found(self._line(shipped_date="2025-08-01")), ("in", "free"))
        self.assertEqual(self._found(self._line(shipped_date="2024-08-01")), ("in", "labour_free"))
        line = self._line(shipped_date="2023-08-01")
        self.assertEqual(self._found(line), ("out", "chargeable"))
        self.assertEqual(
            (line.warranty_end, line.labour_warranty_end), (date(2024, 8, 1), date(2025, 8, 1)))
        self.assertEqual(line.warranty_rule_id, self.rule.with_user(line.env.user))
        self.assertIn("is over", line.warranty_reason)

    def test_the_complaint_counts_not_today(self):
        """What was complained of in time stays in warranty however long the case takes."""
        line = self._line(shipped_date="2025-06-15")
        self.assertEqual(self._found(line), ("in", "free"))
        line = self._line(received_on="2026-06-16 10:00:00", shipped_date="2025-06-15")
        self.assertEqual(self._found(line), ("in", "labour_free"))

    def test_from_purchase(self):
        """A product's own rule wins over that of its category, and starts with the customer's purchase."""
        self._rule(name="This pump", product_tmpl_id=self.product.product_tmpl_id.id, start="purchase",
                   product_length=30, product_unit="days", labour_length=0)
        line = self._line(shipped_date="2025-08-01")
        self.assertEqual(self._found(line), ("unknown", "unknown"))
        line.purchased_on = "2026-06-01"
        self.assertEqual(self._found(line), ("in", "free"))
        line.purchased_on = "2026-05-01"
        self.assertEqual(self._found(line), ("out", "chargeable"))

    def test_site_is_ongoing_until_its_acceptance(self):
        """Complained of before the completion sheet was signed: an ongoing site, in warranty; afterwards a completed
        one, whose warranty runs from the signature. [S2.03-7]"""
        self.rule.start = "acceptance"
        line = self._line()
        self.assertEqual(self._found(line), ("unknown", "unknown"))
        line.site_phase = "ongoing"
        self.assertEqual(self._found(line), ("in", "free"))
        line.accepted_on = "2026-07-01"
        self.assertEqual((line.site_phase, *self._found(line)), ("ongoing", "in", "free"))
        line.accepted_on = "2026-06-15"
        self.assertEqual((line.site_phase, *self._found(line)), ("completed", "in", "free"))
        self.assertEqual(line.warranty_end, date(2027, 6, 15))
        line.accepted_on = "2024-01-01"
        self.assertEqual((line.site_phase, *self._found(line)), ("completed", "out", "chargeable"))

    def test_damage_by_people_is_charged_in_warranty(self):
        """Said by quality: product and service are charged although the warranty runs. [S1-4.1a] [S2.18-10]"""
        line = self._line(shipped_date="2026-06-01")
        for login in ("cx_service", "cx_sales", "cx_engineering"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, line).fault = "customer"
        self._as("cx_quality", line).fault = "customer"
        self.assertEqual(self._found(line), ("in", "chargeable"))
        self.assertIn("charged also in warranty", line.warranty_reason)

    def test_our_fault_is_free_after_warranty(self):
        """Really our problem: the costs are ours, whatever the calendar says."""
        line = self._line(shipped_date="2020-06-01")
        self._as("cx_quality", line).fault = "ours"
        self.assertEqual(self._found(line), ("out", "free"))

    def test_only_the_manager_decides_otherwise(self):
        """With a reason, which is kept with name and date; nobody writes result or decision by hand."""
        line = self._line(shipped_date="2020-06-01")
        for vals in ({"warranty": "in"}, {"charge": "free"}, {"warranty_override": "in"},
                     {"warranty_override_reason": "x"}, {"warranty_end": "2030-01-01"}):
            for login in ("cx_service", "cx_manager"):
                with self.subTest(vals=vals, login=login), self.assertRaises(AccessError):
                    self._as(login, line).write(vals)
        with self.assertRaises(AccessError):
            self._as("cx_service", line).action_override_warranty()
        with self.assertRaises(AccessError):
            self._as("cx_service", line)._override_warranty("in", "friend")
        action = self._as("cx_manager", line).action_override_warranty()
        self._as("cx_manager", self.env["cx.warranty.override"]).with_context(**action["context"]).create(
            {"result": "in", "reason": "Stood in their stock for two years"}).action_confirm()
        self.assertEqual(self._found(line), ("in", "free"))
        self.assertEqual(line.warranty_override_by_id, self.users_by_login["cx_manager"])
        self.assertIn("Stood in their stock", line.warranty_reason)
        self._as("cx_manager", line)._override_warranty(False, "The rules hold")
        self.assertEqual(self._found(line), ("out", "chargeable"))

    def test_a_changed_rule_judges_open_cases_anew(self):
        """A longer warranty holds for open cases; a closed one stays as it was judged."""
        opened, closed = (self._line(shipped_date="2025-01-01") for _number in range(2))
        self.assertEqual(self._found(opened), ("in", "labour_free"))
        closed.complaint_id.sudo().decision = "closed"
        self._as("cx_manager", self.rule).product_length = 36
        self.assertEqual(self._found(opened), ("in", "free"))
        self.assertEqual(self._found(closed), ("in", "labour_free"))
        self._as("cx_manager", self.rule).unlink()
        self.assertEqual(self._found(opened), ("unknown", "unknown"))

    def test_rule_is_about_one_thing(self):
        with self.assertRaises(ValidationError):
            self._rule(name="Both", product_tmpl_id=self.product.product_tmpl_id.id, category_id=self.category.id)
        for login in ("cx_service", "cx_quality", "cx_finance"):
            with self.assertRaises(AccessError):
                self._as(login, self.rule).product_length = 99
