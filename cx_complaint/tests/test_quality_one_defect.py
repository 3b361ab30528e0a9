from odoo.tests import BaseCase, tagged

from ..rules import findings
from ..rules.findings import Finding


@tagged("post_install", "-at_install")
class TestQualityOneDefect(BaseCase):
    """The defect that more of what came back has than the share of the rulebook. Plain values."""

    def test_one_defect_in_more_than_the_share(self):
        """More than the share of what came back, over all lines; known since the finding that made it more; a sample stands
        for its line until every unit is looked at; stages that saw the same units count once.
        """
        def look(moment, line, *rows, stage="first", is_sample=False, inspected=0.0):
            return findings.Look(moment, line, stage, is_sample, inspected, tuple(rows))

        leak, noise, good = (lambda quantity, defect=defect, is_good=not defect: Finding(float(quantity), is_good, defect)
                             for defect in ("leak", "noise", None))
        for looks, came, share, expected in (
            ([], {}, 50, None),
            ([look(1, "a", leak(5), noise(5))], {"a": 10}, 50, None),
            ([look(1, "a", leak(6), noise(4))], {"a": 10}, 50, ("leak", 6, 10, 1)),
            ([look(1, "a", leak(4), noise(3))], {"a": 10}, 33, ("leak", 4, 10, 1)),
            ([look(1, "a", leak(4), noise(3))], {"a": 10}, 40, None),
            ([look(1, "a", leak(6), good(4))], {"a": 10, "b": 2}, 50, None),
            ([look(2, "b", leak(2)), look(1, "a", leak(5), good(5))], {"a": 10, "b": 3}, 50, ("leak", 7, 13, 2)),
            ([look(1, "a", leak(6), good(4)), look(2, "a", leak(6), stage="analysis")], {"a": 10}, 50, ("leak", 6, 10, 1)),
            ([look(1, "a", leak(3), is_sample=True, inspected=5)], {"a": 10}, 50, ("leak", 6, 10, 1)),
            ([look(1, "a", leak(3), is_sample=True, inspected=5), look(2, "a", leak(4), good(6))], {"a": 10}, 50, None),
            ([look(1, "a", Finding(6.0, True, "leak"))], {"a": 10}, 50, None),
        ):
            with self.subTest(looks=looks, came=came, share=share):
                self.assertEqual(findings.one_defect(looks, came, share), expected)
