from odoo.tests import tagged

from .quality_common import QualityCommon

MANY = 12


@tagged("post_install", "-at_install")
class TestQualityNews(QualityCommon):
    """Every few minutes people are called to what has come; what they were called to already costs nothing more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._department("quality")
        cls._call()

    @classmethod
    def _department(cls, function, **vals):
        cls.env["cx.department"].search([("function", "=", function)]).active = False
        return cls.env["cx.department"].create({
            "name": function, "function": function, "duty_user_id": cls.users_by_login[f"cx_{function}"].id, **vals})

    @classmethod
    def _call(cls):
        cls.env["cx.rma.line"]._cron_call_quality()

    def _arrive(self, count=1):
        lines = self.env["cx.rma.line"].concat(*[self._receive_goods(self.product, 2) for _line in range(count)])
        lines.move_ids.date = "2020-01-01 08:00:00"  # a call comes later than the goods
        return lines

    def _cost_of_call(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_what_waits_costs_nothing(self):
        """With nothing new a call is one search, and with one return new it costs the same, whatever is undecided."""
        self._arrive()
        self._call()
        idle = self._cost_of_call()
        self._arrive()
        one = self._cost_of_call()
        lines = self._arrive(MANY)
        self._call()
        self.assertEqual(set(lines.mapped("is_to_decide")), {True})
        self.assertEqual(self._cost_of_call(), idle)
        self.assertLessEqual(idle, 2)
        with self.subTest("one new"):
            line = self._arrive()
            self.assertEqual(self._cost_of_call(), one)
            self.assertEqual(len(self._todos(line.rma_id, "cx_quality")), 1)
        self.assertEqual({len(self._todos(line.rma_id, "cx_quality")) for line in lines}, {1})

    def test_without_anybody_on_duty_it_is_called_later(self):
        """Nobody is on duty, or only for another company: whoever is next gets the call."""
        self.env["cx.department"].search([("function", "=", "quality")]).active = False
        line = self._arrive()
        self._call()
        self.assertFalse(line.rma_id.activity_ids)
        self._department("quality")
        self._call()
        self.assertEqual(len(self._todos(line.rma_id, "cx_quality")), 1)

    def test_a_changed_setting_counts_from_the_next_night(self):
        """What came below the number of units is called when the number is lowered, and is called once."""
        self.env.company.cx_inspect_above_qty = 20
        line = self._arrive()
        self._call()
        self.env.company.cx_inspect_above_qty = 0
        self._call()
        self.assertFalse(line.rma_id.activity_ids)
        for _night in range(2):
            self.env["cx.rma.line"]._cron_look_again()
            self._call()
        self.assertEqual(len(self._todos(line.rma_id, "cx_quality")), 1)

    def test_a_decision_taken_back_calls(self):
        """Decided before anybody was called, then undecided again: quality is called."""
        line = self._arrive()
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 2, "destination": "scrap"})
        disposition.action_approve()
        self._call()
        self.assertFalse(self._todos(line.rma_id, "cx_quality"))
        disposition.action_cancel()
        self._call()
        self.assertEqual(len(self._todos(line.rma_id, "cx_quality")), 1)
