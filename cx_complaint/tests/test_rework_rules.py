from odoo.tests import BaseCase, tagged

from ..rules import leaving
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

    def test_standing(self):
        """Goods stand where they went last; what went nowhere we look at is gone; dust is nothing."""
        self.assertEqual(
            leaving.standing([
                (None, "04", False, 0.3), ("04", "work", False, 0.1), ("work", "zone", False, 0.1),
                ("04", None, False, 0.2)]),
            {("zone", False): 0.1})
