from odoo.tests import BaseCase, tagged

from ..rules import leaving, ways
from ..rules.leaving import Account, Flow, Leaving

PUMP, SEAL, WANG = 1, 2, 7


def account(**values):
    """An approved decision: five loose pumps of ours go to stock."""
    return Account(**{
        "approved": True, "work": False, "destination": "stock", "product": PUMP, "owner": False, "quantity": 5.0,
        "lots": frozenset(), "released": 0.0, "released_lots": frozenset(), "into_work": {}, "worked": {},
        "final": {}, **values})


def goods(way="stock", quantity=1.0, lot=False, product=PUMP, owner=False):
    return Leaving(way, product, owner, lot, quantity)


SERIALS = frozenset({11, 12, 13})
REWORK = {"work": True, "into_work": {False: 5.0}, "worked": {False: 5.0}}
# decision, goods, reason why not (None: they may go), asked, allowed
CASES = [
    (None, [goods()], "no_disposition", 0, 0),
    (account(approved=False), [goods()], "not_approved", 0, 0),
    (account(), [goods(product=SEAL)], "other_product", 0, 0),
    (account(), [goods(owner=WANG)], "other_owner", 0, 0),
    (account(owner=WANG), [goods()], "other_owner", 0, 0),
    (account(), [goods("customer")], "other_way", 0, 0),
    (account(), [goods("scrap")], "other_way", 0, 0),
    (account(), [goods("production")], "other_way", 0, 0),
    (account(), [goods("undo")], "other_way", 0, 0),
    (account(), [goods("other")], "other_way", 0, 0),
    (account(), [goods(quantity=5)], None, 0, 0),
    (account(), [goods(quantity=3), goods(quantity=3)], "too_much", 6, 5),  # two lines, one allowance
    (account(final={False: 4.0}), [goods(quantity=2)], "too_much", 2, 1),
    (account(quantity=0.3), [goods(quantity=0.1), goods(quantity=0.2)], None, 0, 0),  # 0.1 + 0.2 is 0.3 here
    # work: first in, then out once released
    (account(work=True), [goods("production", 5)], None, 0, 0),
    (account(work=True), [goods("production", 6)], "too_much", 6, 5),
    (account(work=True), [goods(quantity=1)], "not_released", 1, 0),
    (account(**REWORK), [goods("production", 1)], "too_much", 1, 0),
    (account(**REWORK), [goods(quantity=5)], "not_released", 5, 0),
    (account(**REWORK, released=3.0), [goods(quantity=3)], None, 0, 0),
    (account(**REWORK, released=3.0), [goods(quantity=4)], "not_released", 4, 3),
    (account(**REWORK, released=5.0, final={False: 5.0}), [goods(quantity=1)], "too_much", 1, 0),
    (account(**REWORK, released=3.0, final={False: 3.0}), [goods("undo", 2)], None, 0, 0),
    (account(**REWORK, released=3.0, final={False: 3.0}), [goods("undo", 3)], "too_much", 3, 2),
    # serials: each once, and only the named ones
    (account(quantity=3.0, lots=SERIALS), [goods(lot=11), goods(lot=12)], None, 0, 0),
    (account(quantity=3.0, lots=SERIALS), [goods(lot=14)], "other_lot", 0, 0),
    (account(quantity=3.0, lots=SERIALS), [goods()], "other_lot", 0, 0),
    (account(quantity=3.0, lots=SERIALS), [goods(lot=11), goods(lot=11)], "too_much", 2, 1),
    (account(quantity=3.0, lots=SERIALS, final={11: 1.0}), [goods(lot=11)], "too_much", 1, 0),
    (account(quantity=3.0, lots=SERIALS, work=True, into_work=dict.fromkeys(SERIALS, 1.0),
             worked=dict.fromkeys(SERIALS, 1.0), released=1.0, released_lots=frozenset({11})),
     [goods(lot=12)], "not_released", 1, 0),
    # kept apart and to the vendor: the very place that was decided
    (account(destination="discount"), [goods("discount", 5)], None, 0, 0),
    (account(destination="discount"), [goods("stock")], "other_way", 0, 0),
    (account(destination="vendor"), [goods("vendor", 6)], "too_much", 6, 5),
    (account(destination="sample"), [goods("vendor")], "other_way", 0, 0),
    # used up: production is the end, nothing comes back and nothing else leaves
    (account(destination="production"), [goods("production", 5)], None, 0, 0),
    (account(destination="production"), [goods("production", 6)], "too_much", 6, 5),
    (account(destination="production", final={False: 3.0}), [goods("production", 3)], "too_much", 3, 2),
    (account(destination="production"), [goods("undo")], "other_way", 0, 0),
    (account(destination="production"), [goods("stock")], "other_way", 0, 0),
    (account(destination="production", quantity=3.0, lots=SERIALS), [goods("production", lot=11), goods("production", lot=11)],
     "too_much", 2, 1),
    # five came out of the work, two failed and left the decision
    (account(**{**REWORK, "quantity": 3.0}, released=3.0), [goods(quantity=3)], None, 0, 0),
    (account(**{**REWORK, "quantity": 3.0}, released=3.0, final={False: 3.0}), [goods(quantity=1)], "too_much", 1, 0),
    # one lot: as much of it as was decided
    (account(lots=frozenset({11})), [goods(lot=11, quantity=5)], None, 0, 0),
    (account(lots=frozenset({11})), [goods(lot=11, quantity=6)], "too_much", 6, 5),
]


@tagged("post_install", "-at_install")
class TestReworkRules(BaseCase):
    def test_refusal(self):
        """What may leave quarantine under which decision, case by case."""
        for number, (decision, leavings, code, asked, allowed) in enumerate(CASES):
            with self.subTest(case=number, goods=leavings):
                reason = leaving.refusal(decision, leavings)
                self.assertEqual(reason and reason.code, code)
                if reason:
                    self.assertEqual((reason.asked, reason.allowed), (asked, allowed))

    def test_fold(self):
        """Three go into work, three come out, one is taken apart again, one is released and comes back by a return."""
        into_work, worked, final = leaving.fold([
            Flow("tree", "production", False, 3.0), Flow("production", "tree", False, 3.0),
            Flow("tree", "production", False, 1.0, undoes=True), Flow("production", "tree", False, 1.0, undoes=True),
            Flow("tree", "stock", False, 2.0), Flow("stock", "tree", False, 1.0), Flow("tree", "tree", False, 9.0),
        ])
        self.assertEqual((into_work, worked, final), ({False: 2.0}, {False: 2.0}, {False: 1.0}))

    def test_used_up(self):
        """Where production is the end, what goes there is final and nothing is waited for."""
        into_work, worked, final = leaving.fold(
            [Flow("tree", "production", 11, 1.0), Flow("tree", "production", 12, 1.0), Flow("tree", "tree", 13, 1.0)], True)
        self.assertEqual((into_work, worked, final), ({}, {}, {11: 1.0, 12: 1.0}))

    def test_what_failed_waits_no_more(self):
        """Forty came out of sorting, thirty-one passed, nine left the decision: nothing is left to check."""
        sorted_out = account(work=True, quantity=31.0, into_work={False: 40.0}, worked={False: 40.0}, released=31.0)
        self.assertEqual((sorted_out.to_work <= 0, sorted_out.to_check, sorted_out.to_leave), (True, 0.0, 31.0))

    def test_above_zero(self):
        """What is claimed at one place and stands at another is taken from there; lots do not pay for each other."""
        self.assertEqual(
            leaving.above_zero({("04", 1): 5.0, ("zone", 1): -2.0, ("04", 2): 3.0, ("zone", 2): 0.0, ("04", 3): -1.0}),
            {("04", 1): 3.0, ("04", 2): 3.0})

    def test_the_table_of_ways(self):
        """Whatever a destination says about itself is complete, and some destination follows every work."""
        for code, destination in ways.DESTINATIONS.items():
            self.assertLessEqual(destination.works, set(ways.WORKS), code)
            self.assertEqual(bool(destination.operation), code != "scrap")
        for code, work in ways.WORKS.items():
            self.assertTrue(ways.destinations_after(code), code)
            self.assertEqual(ways.is_used_up(code), work.order in ("conversion", "dismantle"))

    def test_standing(self):
        """Goods stand where they went last; what went nowhere we look at is gone; dust is nothing."""
        self.assertEqual(
            leaving.standing([
                (None, "04", False, 0.3), ("04", "work", False, 0.1), ("work", "zone", False, 0.1),
                ("04", None, False, 0.2)]),
            {("zone", False): 0.1})
