from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ..rules.choices import Choice, on_day
from .procedure_common import ProcedureCommon

# a Friday and the Monday after it
FRIDAY, MONDAY = "2026-03-06", "2026-03-09"


class TestProcedureEffectiveRules(BaseCase):
    """Which edition a row stands for on a day."""

    def test_golden_cases(self):
        """Rows as ``(procedure, since, later)``: what is to come does not count, the last whose day has come does."""
        for row, day, expected in (
            ((1,), 5, [1]),
            ((1, 6), 5, []), ((1, 6), 6, [1]),
            ((1, None, ((6, 2),)), 5, [1]), ((1, None, ((6, 2),)), 6, [2]), ((1, None, ((6, 2),)), 60, [2]),
            ((1, None, ((6, 2), (8, 3))), 7, [2]), ((1, None, ((6, 2), (8, 3))), 8, [3]),
            ((1, None, ((6, 2), (6, 3))), 6, [3]),  # of the same day the later edition
            ((1, 6, ((8, 2),)), 5, []), ((1, 6, ((8, 2),)), 8, [2]),
        ):
            with self.subTest(row=row, day=day):
                procedure, since, later = (*row, None, ())[:3] if len(row) == 1 else (*row, ())[:3]
                standing = on_day((Choice(7, procedure, since=since, later=later),), day)
                self.assertEqual([choice.procedure for choice in standing], expected)


@tagged("post_install", "-at_install")
class TestProcedureEffective(ProcedureCommon):
    """An edition holds from its effective date on, without anybody pressing a button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.choice = cls._in_force()

    def _edition(self, edition="A/1", of=None, **vals):
        draft = (of or self.procedure)._make_edition(edition, "Shorter")
        draft.write(vals)
        return draft

    def _at(self, moment):
        """From now on it is this moment, in UTC; Shanghai is eight hours ahead."""
        freezer = freeze_time(moment)
        freezer.start()
        self.addCleanup(freezer.stop)

    def _run_job(self):
        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 60):
            self.env["cx.procedure"]._cron_come_into_force()

    def test_the_day_comes_by_itself(self):
        """On Friday for Monday: until Sunday midnight of the company the old edition, then the new one; no job has run."""
        self._at(f"{FRIDAY} 08:00:00")
        draft = self._edition(effective_date=MONDAY)
        self._as("cx_manager", draft).action_put_in_force()
        self.assertEqual((draft.state, self.procedure.state), ("to_come", "in_force"))
        self.assertEqual(self._complain().procedure_id, self.procedure)
        self._at("2026-03-08 15:59:59")
        self.assertEqual(self._complain().procedure_id, self.procedure)
        self._at("2026-03-08 16:00:00")
        self.assertEqual(self._complain().procedure_id, draft)
        self.assertEqual(
            self.env["cx.procedure.choice"]._expected(self.company, self.customer, self.env["cx.channel"]), draft)

    def test_job_tidies_up(self):
        """The job retires the earlier edition and lets the choices name the new one, when the day has come and once."""
        self._at(f"{FRIDAY} 08:00:00")
        draft = self._edition(effective_date=MONDAY)
        draft.action_put_in_force()
        trigger = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.env.ref("cx_complaint.cron_procedure_come_into_force").id)])
        self.assertEqual(str(trigger.call_at), "2026-03-08 16:00:00", "as Monday begins in Shanghai")
        self._run_job()
        self.assertEqual((draft.state, self.choice.procedure_id), ("to_come", self.procedure), "not before")
        self._at(f"{MONDAY} 01:00:00")
        self._run_job()
        self.assertEqual((draft.state, self.procedure.state), ("in_force", "retired"))
        self.assertEqual(self.choice.procedure_id, draft)
        retired_on = self.procedure.retired_on
        self._at(f"{MONDAY} 09:00:00")
        self._run_job()
        self.assertEqual((self.procedure.retired_on, self._complain().procedure_id), (retired_on, draft))

    def test_without_an_earlier_edition(self):
        """A first edition that is to come leaves cases to the next row, or to none; from its day on it has them."""
        self._at(f"{FRIDAY} 08:00:00")
        other = self._create_procedure("NEW", effective_date=MONDAY)
        self._in_force(other, partner_id=self.customer.id)
        self.assertEqual(self._complain().procedure_id, self.procedure)
        self.choice.active = False
        self.assertFalse(self._complain().procedure_id)
        self._at(f"{MONDAY} 01:00:00")
        self.assertEqual(self._complain().procedure_id, other)
        self._run_job()
        self.assertEqual((other.state, self._complain().procedure_id), ("in_force", other))

    def test_empty_or_past_is_at_once(self):
        """Without a date, or with one that has passed, it holds from the click; no case is moved back in time."""
        case = self._complain()
        for edition, day in (("A/1", False), ("A/2", "2009-01-01")):
            earlier = self.choice.procedure_id
            draft = self._edition(edition, earlier, effective_date=day)
            draft.action_put_in_force()
            self.assertEqual((draft.state, earlier.state, self.choice.procedure_id), ("in_force", "retired", draft))
        self.assertEqual(case.procedure_id, self.procedure)

    def test_two_editions_to_come(self):
        """One for Monday, the one after it for the next Monday: each from its day on, also when the job never ran."""
        self._at(f"{FRIDAY} 08:00:00")
        first = self._edition(effective_date=MONDAY)
        first.action_put_in_force()
        second = self._edition("A/2", first, effective_date="2026-03-16")
        second.action_put_in_force()
        for day, expected in ((FRIDAY, self.procedure), ("2026-03-15", first), ("2026-03-16", second)):
            self._at(f"{day} 02:00:00")
            self.assertEqual(self._complain().procedure_id, expected, day)
        self._run_job()
        self.assertEqual(
            [one.state for one in (self.procedure, first, second)], ["retired", "retired", "in_force"])
        self.assertEqual(self.choice.procedure_id, second)

    def test_days_that_cross(self):
        """An edition cannot hold before the one it was made from."""
        self._at(f"{FRIDAY} 08:00:00")
        first = self._edition(effective_date=MONDAY)
        first.action_put_in_force()
        second = self._edition("A/2", first)
        self.assertIn("dates_crossed", self._codes(second, "put_in_force"))
        second.effective_date = MONDAY
        self.assertEqual(self._codes(second, "put_in_force"), [])

    def test_withdrawn_before_its_day(self):
        """Retired before it holds, it never does; the earlier edition stays, and another one can be made of it."""
        self._at(f"{FRIDAY} 08:00:00")
        draft = self._edition(effective_date=MONDAY)
        draft.action_put_in_force()
        with self.assertRaisesRegex(UserError, r"\(A/1\) follows Procedure CX \(A/0\) already.*retire it if it is still to come"):
            self.procedure._make_edition("A/2", "Again")
        self._as("cx_manager", draft).action_retire()
        self._at(f"{MONDAY} 08:00:00")
        self._run_job()
        self.assertEqual((self.procedure.state, draft.state), ("in_force", "retired"))
        self.assertEqual(self._complain().procedure_id, self.procedure)
        again = self._edition("A/2")
        again.action_put_in_force()
        self.assertEqual(self._complain().procedure_id, again)

    def test_one_in_between_is_withdrawn(self):
        """Of two to come the first is retired: the second takes over from the edition before both."""
        self._at(f"{FRIDAY} 08:00:00")
        first = self._edition(effective_date=MONDAY)
        first.action_put_in_force()
        second = self._edition("A/2", first, effective_date="2026-03-16")
        second.action_put_in_force()
        first.action_retire()
        for day, expected in (("2026-03-15", self.procedure), ("2026-03-16", second)):
            self._at(f"{day} 02:00:00")
            self.assertEqual(self._complain().procedure_id, expected, day)
        self._run_job()
        self.assertEqual((self.procedure.state, self.choice.procedure_id), ("retired", second))

    def test_two_drafts_of_one_edition(self):
        """The second draft lacks what the first has changed: it is not put in force over it in silence."""
        first, second = self._edition("A/1"), self._edition("A/1b")
        first.action_put_in_force()
        with self.assertRaisesRegex(UserError, r"\(A/1\) follows Procedure CX \(A/0\) already.* Make a new edition of that one"):
            second.action_put_in_force()
        with self.assertRaisesRegex(UserError, "follows"):
            self.procedure.action_new_edition()

    def test_number_series_of_what_follows(self):
        """From its day on cases have the numbers of the new edition, although the job has not run."""
        self._at(f"{FRIDAY} 08:00:00")
        sequence = self.env["ir.sequence"].create({"name": "CX", "prefix": "KT-", "company_id": self.company.id})
        self._edition(effective_date=MONDAY, sequence_id=sequence.id).action_put_in_force()
        self.assertTrue(self._complain().name.startswith("CMP"))
        self._at(f"{MONDAY} 08:00:00")
        self.assertTrue(self._complain().name.startswith("KT-"))

    def test_it_says_from_when(self):
        """Form, list, choices and the printed page say from when and until when."""
        self._at(f"{FRIDAY} 08:00:00")
        draft = self._edition(effective_date=MONDAY)
        self.assertIn("Put in force now, it holds from 03/09/2026 on. Until then new cases fall under Procedure CX (A/0)", draft.holding_text)
        draft.action_put_in_force()
        self.assertEqual(
            draft.holding_text, "It holds from 03/09/2026 on. Until then new cases fall under Procedure CX (A/0).")
        self.assertEqual(
            self.procedure.holding_text,
            "It holds until 03/08/2026. From 03/09/2026 on new cases fall under Procedure CX (A/1).")
        self.assertEqual(self.choice.holding_text, "From 03/09/2026 on: Procedure CX (A/1).")
        self.assertIn("It holds from 03/09/2026 on.", str(draft._page()["sections"][0]["rows"]))
        report = self.env["report.cx_complaint.report_procedure"]._prepare_print(draft)
        self.assertTrue(report["is_warned"])
        self.assertIn("Still to come", report["status"])

    def test_nobody_falls_under_it(self):
        """In force without a row that names it: the form says so."""
        self.assertFalse(self.procedure.holding_text)
        self.choice.unlink()
        self.assertIn("No new case falls under it", self.procedure.holding_text)

    def test_rows_that_are_never_reached(self):
        """A row after one that asks nothing more is marked; one that asks more of the same place is not."""
        other = self._create_procedure("CY")
        twin = self._in_force(other)
        special = self._in_force(self._create_procedure("CZ"), partner_id=self.customer.id)
        self.assertIn("Never reached: the row of Procedure CX (A/0) comes first", twin.holding_text)
        self.assertFalse(special.holding_text)
        special.sequence = 20
        self.assertIn("Never reached", special.holding_text)

    def test_in_force_is_not_archived(self):
        """What new cases fall under cannot be put out of sight; retired it can, and a draft can."""
        draft = self._edition()
        with self.assertRaisesRegex(UserError, r"Procedure CX \(A/0\) is in force and cannot be archived.* Retire it first"):
            self._as("cx_manager", self.procedure).action_archive()
        self._as("cx_manager", draft).action_archive()
        with self.assertRaisesRegex(UserError, "it is archived. Restore it first"):
            draft.action_put_in_force()
        draft.action_unarchive()
        draft.action_put_in_force()
        self._as("cx_manager", self.procedure).action_archive()
        self.assertFalse(self.procedure.active)

    def test_to_come_is_not_archived(self):
        """Nor can one that is still to come."""
        draft = self._edition(effective_date="2999-01-01")
        draft.action_put_in_force()
        with self.assertRaisesRegex(UserError, "cannot be archived"):
            draft.action_archive()

    def test_to_come_can_be_chosen_but_not_moved_to(self):
        """A row may name it in advance; an open case is not moved under what does not hold yet."""
        other = self._create_procedure("NEW", effective_date="2999-01-01")
        with self.assertRaises(ValidationError):
            self.env["cx.procedure.choice"].create({"company_id": self.company.id, "procedure_id": other.id})
        self._in_force(other)
        with self.assertRaisesRegex(UserError, "is not in force"):
            self._complain()._move_to_procedure(other, "Earlier")
