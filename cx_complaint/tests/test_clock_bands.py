from odoo.tests import BaseCase, tagged

from ..rules.bands import BandProblem, check_bands, pick_band


@tagged("post_install", "-at_install")
class TestClockBands(BaseCase):

    def test_pick(self):
        """Within 1000 km a day, beyond two."""
        bands = ((1000, "24h"), (None, "48h"))
        for figure, inclusive, expected in (
                (0, True, "24h"), (999, True, "24h"), (1000, True, "24h"), (1000, False, "48h"), (1001, True, "48h"),
                (None, True, None)):
            with self.subTest(figure=figure, inclusive=inclusive):
                self.assertEqual(pick_band(figure, bands, inclusive), expected)
        self.assertEqual(pick_band(5, reversed(bands)), "24h")
        self.assertIsNone(pick_band(1500, bands[:1]))
        floors = ((10, "a", 0), (30, "b", 20))
        self.assertEqual([pick_band(figure, floors) for figure in (0, 10, 15, 20, 21)], ["a", "a", None, None, "b"])

    def test_problems(self):
        cases = [
            ([], ["none"]),
            ([(1000, "a"), (None, "b")], []),
            ([(None, "a")], []),
            ([(1000, "a")], ["no_last"]),
            ([(1000, "a"), (1000, "b"), (None, "c")], ["overlap"]),
            ([(None, "a"), (None, "b")], ["overlap"]),
            ([(10, "a", 0), (20, "b", 5), (None, "c", 20)], ["overlap"]),
            ([(10, "a", 0), (None, "c", 12)], ["gap"]),
            ([(10, "a", 2), (None, "c")], ["gap"]),
            ([(0, "a"), (None, "c")], ["empty"]),
        ]
        for bands, codes in cases:
            with self.subTest(bands):
                self.assertEqual([problem.code for problem in check_bands(bands)], codes)
        self.assertEqual(
            check_bands([(10, "a"), (None, "b", 12)]), [BandProblem("gap", (None, "b", 12), (10, "a", None))])
