from odoo.tests import TransactionCase, tagged

from ..rules.scan import (
    ALREADY,
    ASK_LOT,
    COUNT,
    SEVERAL,
    UNKNOWN,
    WHICH_PRODUCT,
    Code,
    Fill,
    Line,
    allocate,
    decide,
)

PUMP, VALVE, SERIAL, LOTTED = 1, 2, 3, 4
TRACKING = {PUMP: "none", VALVE: "none", SERIAL: "serial", LOTTED: "lot"}


def code(*products, lots=(), lot_name="", quantity=None):
    return Code(frozenset(products), lots, lot_name, quantity)


def counted(key, product, quantity, lot=None, lot_name=""):
    return Fill(key, product, lot, lot_name, quantity)


@tagged("post_install", "-at_install")
class TestDockRules(TransactionCase):
    """On which line a scan counts, how many, or what is asked."""

    def _decide(self, code, lines, counted=(), active=None):
        return decide(code, lines, list(counted), TRACKING, active)

    def _places(self, answer):
        return [(fill.key, fill.quantity) for fill in answer.fills]

    # What is asked

    def test_nobody_knows_it(self):
        """Neither a product nor a lot, and no lot was asked for."""
        answer = self._decide(code(lot_name="X"), [Line(10, PUMP, 1)])
        self.assertEqual((answer.kind, answer.fills), (UNKNOWN, ()))
        self.assertEqual(self._decide(code(), [], active=LOTTED).kind, UNKNOWN)

    def test_a_tracked_product_without_lot(self):
        """The lot is asked, unless there is no choice; a serial number is never guessed."""
        self.assertEqual(self._decide(code(SERIAL), [Line(10, SERIAL, 1, frozenset({7}))]).kind, ASK_LOT)
        self.assertEqual(self._decide(code(LOTTED), [Line(10, LOTTED, 3, frozenset({7, 8}))]).kind, ASK_LOT)
        self.assertEqual(self._decide(code(LOTTED), [Line(10, LOTTED, 3)]).kind, ASK_LOT)
        self.assertEqual(self._decide(code(LOTTED), []).kind, ASK_LOT)
        answer = self._decide(code(LOTTED), [Line(10, LOTTED, 3, frozenset({7}))])
        self.assertEqual(answer.fills, (Fill(10, LOTTED, 7, "", 1.0),))

    def test_a_serial_number_counts_once(self):
        """By the books or by its name, on any line or on none."""
        lines = [Line(10, SERIAL, 2, frozenset({7, 8}))]
        known = code(lots=((7, SERIAL),), lot_name="SN7")
        self.assertEqual(self._decide(known, lines, [counted(10, SERIAL, 1, lot=7)]).kind, ALREADY)
        self.assertEqual(self._decide(known, lines, [counted(None, SERIAL, 1, lot=7)]).kind, ALREADY)
        new = code(SERIAL, lot_name="NEW")
        self.assertEqual(self._decide(new, lines, [counted(10, SERIAL, 1, lot_name="NEW")]).kind, ALREADY)
        self.assertEqual(self._decide(new, lines, [counted(10, SERIAL, 1, lot_name="OLD")]).kind, COUNT)

    def test_a_serial_number_is_one_unit(self):
        """A label with one serial number and three units is asked about."""
        self.assertEqual(self._decide(code(SERIAL, lot_name="S", quantity=3), [Line(10, SERIAL, 3)]).kind, SEVERAL)
        self.assertEqual(self._decide(code(SERIAL, lot_name="S", quantity=1), [Line(10, SERIAL, 3)]).kind, COUNT)

    def test_a_name_of_several_products(self):
        """Two products have a lot of this name: the expected one is meant; both or none expected: which?"""
        named = code(lots=((7, LOTTED), (9, SERIAL)), lot_name="L1")
        self.assertEqual(self._decide(named, [Line(10, LOTTED, 3)]).fills, (Fill(10, LOTTED, 7, "L1", 1.0),))
        self.assertEqual(self._decide(named, [Line(10, LOTTED, 3), Line(11, SERIAL, 1)]).kind, WHICH_PRODUCT)
        self.assertEqual(self._decide(named, [Line(10, PUMP, 3)]).kind, WHICH_PRODUCT)
        answer = self._decide(named, [Line(10, LOTTED, 3), Line(11, SERIAL, 1)], active=SERIAL)
        self.assertEqual(answer.fills, (Fill(11, SERIAL, 9, "L1", 1.0),))

    # Where it counts

    def test_one_scan_is_one_unit(self):
        """A plain barcode counts one; the quantity in the code counts all of it."""
        lines = [Line(10, PUMP, 5)]
        self.assertEqual(self._places(self._decide(code(PUMP), lines)), [(10, 1)])
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=4), lines)), [(10, 4)])
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=0.5), lines)), [(10, 0.5)])
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=0), lines)), [(10, 1)])

    def test_the_older_rma_is_filled_first(self):
        """Two RMAs expect the same product: the older up to what it expects, then the younger."""
        lines = [Line(10, PUMP, 2), Line(20, PUMP, 3)]
        self.assertEqual(self._places(self._decide(code(PUMP), lines)), [(10, 1)])
        self.assertEqual(self._places(self._decide(code(PUMP), lines, [counted(10, PUMP, 2)])), [(20, 1)])
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=4), lines)), [(10, 2), (20, 2)])
        self.assertEqual(
            self._places(self._decide(code(PUMP, quantity=2), lines, [counted(10, PUMP, 1)])), [(10, 1), (20, 1)])

    def test_more_than_expected(self):
        """More of one line's product is more of that line; what two lines expect and is too much is of none."""
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=7), [Line(10, PUMP, 5)])), [(10, 7)])
        self.assertEqual(
            self._places(self._decide(code(PUMP), [Line(10, PUMP, 5)], [counted(10, PUMP, 5)])), [(10, 1)])
        lines = [Line(10, PUMP, 2), Line(20, PUMP, 3)]
        self.assertEqual(self._places(self._decide(code(PUMP, quantity=6), lines)), [(10, 2), (20, 3), (None, 1)])

    def test_another_product_than_announced(self):
        """It counts on no line, and is not refused."""
        self.assertEqual(self._places(self._decide(code(VALVE, quantity=2), [Line(10, PUMP, 5)])), [(None, 2)])
        self.assertEqual(self._decide(code(lots=((5, SERIAL),), lot_name="S5"), []).fills,
                         (Fill(None, SERIAL, 5, "S5", 1.0),))

    def test_the_lot_says_which_line(self):
        """A lot of the younger RMA counts there; one that nobody named, on the oldest with room."""
        lines = [Line(10, LOTTED, 2, frozenset({7})), Line(20, LOTTED, 2, frozenset({8}))]
        self.assertEqual(self._places(self._decide(code(lots=((8, LOTTED),), lot_name="L8"), lines)), [(20, 1)])
        self.assertEqual(self._places(self._decide(code(lots=((9, LOTTED),), lot_name="L9"), lines)), [(10, 1)])
        any_lot = [*lines, Line(30, LOTTED, 2)]
        self.assertEqual(self._places(self._decide(code(lots=((9, LOTTED),), lot_name="L9"), any_lot)), [(30, 1)])
        full = [counted(20, LOTTED, 2, lot=8)]
        self.assertEqual(self._places(self._decide(code(lots=((8, LOTTED),), lot_name="L8"), lines, full)), [(10, 1)])

    def test_the_lot_that_was_asked_for(self):
        """After a product without lot, a code that nobody knows is its lot; a product is a product."""
        lines = [Line(10, LOTTED, 3)]
        answer = self._decide(code(lot_name="NEW", quantity=2), lines, active=LOTTED)
        self.assertEqual(answer.fills, (Fill(10, LOTTED, None, "NEW", 2.0),))
        self.assertEqual(self._decide(code(PUMP), lines, active=LOTTED).product, PUMP)

    def test_a_lot_of_goods_that_have_none(self):
        """A lot on the label of a product without lots is passed over."""
        self.assertEqual(
            self._decide(code(PUMP, lot_name="L"), [Line(10, PUMP, 1)]).fills, (Fill(10, PUMP, None, "", 1.0),))

    def test_fractions_add_up(self):
        """Three tenths fill a line of three tenths, and leave no dust."""
        lines = [Line(10, PUMP, 0.3), Line(20, PUMP, 1)]
        full = [counted(10, PUMP, 0.1), counted(10, PUMP, 0.2)]
        self.assertEqual([(fill.key, fill.quantity) for fill in allocate(PUMP, None, "", 0.3, lines, full)], [(20, 0.3)])
