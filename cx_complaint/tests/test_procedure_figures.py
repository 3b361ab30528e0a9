from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ..rules.figures import figure_problem
from .procedure_common import ProcedureCommon


class TestProcedureFigureRules(BaseCase):
    """Which figures a clock can count."""

    def test_golden_cases(self):
        """Ten years at most, whole days and months, a day that a month may have."""
        for value, unit, expected in (
            (0, "hour", None), (-1, "hour", "negative"), (-1, None, "negative"), (1e12, None, None), (2.5, "hour", None),
            (87_600, "hour", None), (87_601, "hour", "too_long"), (1e9, "month", "too_long"), (2.5, "month", "whole"),
            (1.5, "calendar_day", "whole"), (0.5, "working_day", None), (1e9, "working_day", "too_long"),
            (31, "day_of_next_month", None), (32, "day_of_next_month", "day_of_month"), (0, "day_of_next_month", None),
            (0.5, "day_of_next_month", "day_of_month"), (7.5, "day_of_next_month", "whole"), (1e9, "agreed", None),
        ):
            with self.subTest(value=value, unit=unit):
                self.assertEqual(figure_problem(value, unit), expected)


@tagged("post_install", "-at_install")
class TestProcedureFigures(ProcedureCommon):
    """Figures that stop every case from being registered are refused where they are entered."""

    def test_limits_that_no_clock_counts(self):
        """A limit of a million years made each new case fail with a traceback; below nothing as well."""
        milestone = self.procedure.milestone_ids.sorted("id")[0]
        rung = self.procedure.ladder_ids.rung_ids
        band = self.env["cx.milestone.band"].create({"milestone_id": milestone.id, "limit_value": 1})
        rule = self._part(self.procedure, "severity.rule", kind="customer_complaints", threshold=2)
        for record, vals, words in (
            (milestone, {"limit_value": 1e9}, "Reply: “Limit” is longer than ten years"),
            (milestone, {"limit_value": 2.5, "limit_unit": "month"}, "Reply: “Limit” is counted in whole ones"),
            (milestone, {"limit_value": 45, "limit_unit": "day_of_next_month"}, "from 1 to 31"),
            (milestone, {"repeat_days": 2**31 - 1}, "longer than ten years"),
            (milestone, {"unreachable_value": -1}, "cannot be negative"),
            (band, {"limit_value": -1}, "Reply: “Limit” cannot be negative"),
            (band, {"limit_value": 1e9}, "longer than ten years"),
            (rung, {"offset": -5}, "Late: “Offset” cannot be negative"),
            (rung, {"offset": 1e9, "unit": "working_day"}, "longer than ten years"),
            (rung, {"repeat_every": -1}, "cannot be negative"), (rung, {"consecutive": -1}, "cannot be negative"),
            (rule, {"days": -5}, "cannot be negative"), (rule, {"days": 2**31 - 1}, "longer than ten years"),
            (self.procedure, {"batch_limit": -1}, "cannot be negative"),
            (self.procedure, {"inspect_above_qty": -1}, "cannot be negative"),
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(
                    ValidationError, words), self.env.cr.savepoint():
                record.with_user(self.users_by_login["cx_manager"]).write(vals)

    def test_limit_without_unit_or_number(self):
        """A number without unit would have no clock, a limit by distance without number would be late at once."""
        milestone = self.procedure.milestone_ids.sorted("id")[0]
        milestone.limit_unit = False
        self.assertIn("unit_missing", self._codes(self.procedure, "put_in_force"))
        milestone.write({"limit_unit": "hour", "band_ids": [(0, 0, {"limit_value": 0})]})
        self.assertEqual(self._codes(self.procedure, "put_in_force"), ["bands_limit_missing"])

    def test_names_that_say_nothing(self):
        """Neither procedure nor edition is called nothing, nor a blank."""
        for name in ("name", "code", "edition"):
            for value in ("", "  "):
                with self.subTest(field=name), self.assertRaisesRegex(
                        ValidationError, "is empty. Fill it in"), self.env.cr.savepoint():
                    self.procedure[name] = value
        self._in_force()
        for edition, change in ((" ", "Shorter"), ("A/1", " ")):
            with self.assertRaisesRegex(UserError, "say what the new edition is called and what changes"):
                self.procedure._make_edition(edition, change)
        with self.assertRaisesRegex(UserError, r"There is a Procedure CX \(A/0\) already"):
            self.procedure._make_edition("A/0 ", "Shorter")

    def test_assistant_does_not_go_beyond_its_end(self):
        """Called once more at the summary, “Next” stays there."""
        setup = self.env["cx.procedure.setup"].create({"step": "summary"})
        setup.action_next()
        self.assertEqual(setup.step, "summary")
