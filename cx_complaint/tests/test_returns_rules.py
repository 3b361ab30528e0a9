from odoo.tests import BaseCase, tagged

from ..rules import quantities
from ..rules.caps import Returnable, split_over
from ..rules.quantities import Step

CUSTOMER, ZONE, SHELF, WORK, STOCK, DOCK, SCRAP = range(1, 8)
ZONES = {
    CUSTOMER: quantities.CUSTOMER, ZONE: quantities.QUARANTINE, SHELF: quantities.QUARANTINE, WORK: quantities.WORK,
    STOCK: quantities.INSIDE, DOCK: quantities.INSIDE, SCRAP: quantities.OUTSIDE,
}


@tagged("post_install", "-at_install")
class TestReturnsRules(BaseCase):

    def test_whereabouts(self):
        """Golden cases: what moved; then arriving, received, in quarantine, in work, final."""
        cases = [
            ("nothing moved", [], (0, 0, 0, 0, 0)),
            ("five came", [Step(CUSTOMER, ZONE, 5)], (0, 5, 5, 0, 0)),
            ("put on a shelf of quarantine", [Step(CUSTOMER, ZONE, 5), Step(ZONE, SHELF, 5)], (0, 5, 5, 0, 0)),
            ("at a dock outside the tree", [Step(CUSTOMER, DOCK, 5)], (5, 0, 0, 0, 0)),
            ("two of them carried in", [Step(CUSTOMER, DOCK, 5), Step(DOCK, ZONE, 2)], (3, 2, 2, 0, 0)),
            ("released to where the dock is", [Step(CUSTOMER, DOCK, 5), Step(DOCK, ZONE, 5), Step(ZONE, DOCK, 4)],
             (0, 5, 1, 0, 4)),
            ("in work, one back", [Step(CUSTOMER, ZONE, 5), Step(ZONE, WORK, 3), Step(WORK, SHELF, 1)],
             (0, 5, 3, 2, 0)),
            ("released, scrapped, sent back",
             [Step(CUSTOMER, ZONE, 6), Step(ZONE, STOCK, 3), Step(ZONE, SCRAP, 2), Step(ZONE, CUSTOMER, 1)],
             (0, 6, 0, 0, 6)),
            ("sent back and returned again on the same line",
             [Step(CUSTOMER, ZONE, 2), Step(ZONE, CUSTOMER, 2), Step(CUSTOMER, ZONE, 2)], (0, 4, 2, 0, 2)),
            ("straight to stock by a transfer of somebody's own", [Step(CUSTOMER, SCRAP, 1)], (0, 1, 0, 0, 1)),
        ]
        for name, steps, expected in cases:
            with self.subTest(name):
                found = quantities.whereabouts(steps, ZONES)
                self.assertEqual(tuple(found), expected)
                self.assertEqual(found.received, found.quarantine + found.work + found.final)

    def test_in_zone_tells_lots_apart(self):
        steps = [("A", Step(CUSTOMER, ZONE, 5)), ("B", Step(CUSTOMER, ZONE, 2)), ("A", Step(ZONE, SHELF, 1)),
                 ("B", Step(ZONE, STOCK, 2))]
        found = quantities.in_zone([((lot,), step) for lot, step in steps], ZONES)
        self.assertEqual(found, {(ZONE, "A"): 4, (SHELF, "A"): 1, (ZONE, "B"): 0})

    def test_state(self):
        """Per line: still waited for, something came, something in hand."""
        cases = [
            ("draft", [(False, False, False)], "draft"),
            ("refused", [(True, True, True)], "refused"),
            ("authorised", [], "authorised"),
            ("authorised", [(True, False, False), (True, False, False)], "authorised"),
            ("authorised", [(True, False, False), (False, True, True)], "receiving"),
            ("authorised", [(True, True, False)], "receiving"),
            ("authorised", [(False, True, True), (False, True, False)], "received"),
            ("authorised", [(False, True, False), (False, False, False)], "done"),
        ]
        for decision, lines, expected in cases:
            with self.subTest(decision=decision, lines=lines):
                self.assertEqual(quantities.rma_state(decision, lines), expected)

    def test_missing_and_undecided(self):
        self.assertEqual(quantities.missing(6, 5, 0, False), 1)
        self.assertEqual(quantities.missing(6, 5, 1, False), 0)
        self.assertEqual(quantities.missing(6, 8, 0, False), 0, "too many is not missing")
        self.assertEqual(quantities.missing(6, 5, 0, True), 0, "closed short")
        self.assertEqual(quantities.undecided(5, 3), 2)
        self.assertEqual(quantities.undecided(5, 7), 0)

    def test_returnable(self):
        self.assertEqual(Returnable(12, 4, 3).shown, 5)
        self.assertEqual(Returnable(5, 7, 0).left, -2, "core's own wizard took back more than was delivered")
        self.assertEqual(Returnable(5, 7, 0).shown, 0)

    def test_split_over(self):
        cases = [
            (5, [("a", 3), ("b", 4)], [("a", 3), ("b", 2)], 0),
            (9, [("a", 3), ("b", 0), ("c", 4)], [("a", 3), ("c", 4)], 2),
            (1, [], [], 1),
            (2, [("a", -1), ("b", 2)], [("b", 2)], 0),
        ]
        for wanted, offers, shares, rest in cases:
            with self.subTest(wanted=wanted, offers=offers):
                self.assertEqual(split_over(wanted, offers), (shares, rest))
