from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, Form, tagged

from ..rules.editions import next_edition
from .procedure_common import ProcedureCommon


class TestProcedureEditionNames(BaseCase):
    """What the next edition is called."""

    def test_names_count_on(self):
        """The last number counts on, else the last letter; what exists is passed over."""
        for edition, taken, expected in (
            ("A/0", (), "A/1"), ("A/9", (), "A/10"), ("1.0", (), "1.1"), ("V2", (), "V3"), ("2014-05", (), "2014-06"),
            ("A", (), "B"), ("Z", (), "Z/1"), ("第", (), "第/1"), ("A/0", ("A/1", "A/2"), "A/3"), ("", (), "/1"),
        ):
            with self.subTest(edition=edition):
                self.assertEqual(next_edition(edition, taken), expected)


@tagged("post_install", "-at_install")
class TestProcedureBlockers(ProcedureCommon):
    """What is refused at once, and what holds up that a rulebook is put in force."""

    def _assert_blocked(self, code, sentence):
        found = [blocker.sentence() for blocker in self.procedure._blockers("put_in_force") if blocker.code == code]
        self.assertTrue(found, code)
        self.assertRegex(found[0], sentence)
        with self.assertRaisesRegex(UserError, sentence):
            self.procedure.action_put_in_force()
        self.assertEqual(self.procedure.state, "draft")

    def test_clean_one_has_no_blocker(self):
        """The small rulebook as it is made may be put in force."""
        self.assertFalse(self.procedure._blockers("put_in_force"))
        self.procedure.action_put_in_force()
        self.assertTrue(self.procedure.in_force_on)

    def test_only_the_manager(self):
        """Neither quality nor customer service puts a rulebook in force, retires or copies it."""
        for login in ("cx_quality", "cx_service", "cx_employee"):
            for verb in ("put_in_force", "retire", "new_edition"):
                with self.subTest(login=login, verb=verb), self.assertRaises(AccessError):
                    getattr(self._as(login, self.procedure), f"action_{verb}")()
        self._as("cx_manager", self.procedure).action_put_in_force()
        self.assertEqual(self.procedure.state, "in_force")

    def test_milestones_in_a_circle(self):
        """Two milestones that wait for each other are refused as they are entered."""
        first, second = self.procedure.milestone_ids.sorted("id")
        with self.assertRaisesRegex(ValidationError, "Reply would start after itself: it waits for Check"):
            first.after_id = second

    def test_roles_in_a_circle(self):
        """Two roles that fall to each other: nobody would ever get it."""
        with self.assertRaisesRegex(ValidationError, "Service would fall to itself: it falls to Quality"):
            self._role("service").falls_to_id = self._role("quality")

    def test_circular_routing(self):
        """A route to whoever handles the case asks what it has to answer."""
        handler = self._part(self.procedure, "role", name="Whoever has it", code="handler", resolver="handler")
        self._part(self.procedure, "route", role_id=handler.id)
        self._assert_blocked("route_circular", r"Procedure CX \(A/0\) · Whoever has it: the route leads to .* Let the route")

    def test_ladder_without_target(self):
        """A ladder with no step tells nobody."""
        self._part(self.procedure, "ladder", name="Nobody hears", code="nobody")
        self._assert_blocked("ladder_empty", "Nobody hears: the ladder has no step.* Add a step")

    def test_bands_overlap(self):
        """Up to 1000 km twice; a gap; no last band."""
        milestone = self.procedure.milestone_ids.sorted("id")[0]
        for bands, code in (
            ([(0, 1000), (500, 0)], "bands_overlap"), ([(0, 1000), (1200, 0)], "bands_gap"), ([(0, 1000)], "bands_no_last"),
            ([(0, 0), (0, 0)], "bands_overlap"),
        ):
            milestone.band_ids = [(5, 0, 0)] + [
                (0, 0, {"from_km": low, "up_to_km": high, "limit_value": 24}) for low, high in bands]
            with self.subTest(bands=bands):
                self._assert_blocked(code, "Reply: .*Let each limit begin where the one before ends")
        milestone.band_ids = [(5, 0, 0)] + [
            (0, 0, {"from_km": low, "up_to_km": high, "limit_value": 24}) for low, high in ((0, 1000), (1000, 0))]
        self.assertFalse(self.procedure._blockers("put_in_force"))

    def test_calendar_without_hours(self):
        """Working days of a calendar that has no working hours would never end."""
        self.procedure.calendar_id = self.env["resource.calendar"].create(
            {"name": "Empty week", "company_id": self.company.id, "attendance_ids": [(5, 0, 0)]})
        self._assert_blocked("calendar_empty", "Empty week: it has no working hours. Enter its hours")
        self.procedure.calendar_id = False
        self.company.resource_calendar_id.attendance_ids = [(5, 0, 0)]
        self._assert_blocked("calendar_empty", "it has no working hours")
        self.procedure.milestone_ids.sorted("id")[0].limit_unit = "calendar_day"
        self.assertFalse(self.procedure._blockers("put_in_force"), "nothing counts in working time")

    def test_milestone_without_a_start(self):
        """A duty that never begins, one that ends as it begins, one with a unit and no figure."""
        milestone = self._milestone(self.procedure, "never", self._role("quality"))
        self._assert_blocked("start_missing", "Never: nothing says when it begins")
        with self.assertRaisesRegex(ValidationError, "Never ends with the event that it starts with"):
            milestone.write({"start_event": "received", "stop_event": "received"})
        milestone.write({"start_event": "received", "stop_event": False, "limit_unit": "hour"})
        self._assert_blocked("limit_missing", "Never: its limit has a unit and no number")
        milestone.is_undecided = True
        self.assertFalse(self.procedure._blockers("put_in_force"), "what is to be decided does not hinder")
        with self.assertRaisesRegex(ValidationError, "“Limit” cannot be negative"):
            milestone.limit_value = -1

    def test_authority_and_severity_without_content(self):
        """An authority nobody has, a severity rule without its figure, a trigger rule without trigger."""
        self._part(self.procedure, "authority", verb="close", role_ids=False)
        self._assert_blocked("authority_empty", "Close: no role may take this step")
        self.procedure.authority_ids.unlink()
        rule = self._part(self.procedure, "severity.rule", kind="amount")
        self._assert_blocked("severity_incomplete", "Amount claimed: the severity rule does not say")
        rule.is_undecided = True
        self.assertFalse(self.procedure._blockers("put_in_force"))
        with self.assertRaisesRegex(ValidationError, "a severity rule does not say what has to be ticked"):
            rule.kind = "trigger"

    def test_parts_of_another_procedure(self):
        """A milestone whose role belongs to another rulebook."""
        other = self._create_procedure("CY")
        self.procedure.milestone_ids.sorted("id")[0].role_id = self._role("service", other)
        self._assert_blocked("foreign_part", "it names “Service” of another procedure")

    def test_all_at_once(self):
        """Whoever puts it in force reads everything that is missing, not the first thing."""
        self._part(self.procedure, "ladder", name="Nobody hears", code="nobody")
        self._milestone(self.procedure, "never", self._role("quality"))
        self._part(self.procedure, "authority", verb="close", role_ids=False)
        self.assertEqual(
            self._codes(self.procedure, "put_in_force"), ["start_missing", "ladder_empty", "authority_empty"])
        self.assertEqual(self.procedure.blocker_html.count("<li>"), 3)


@tagged("post_install", "-at_install")
class TestProcedureEditions(ProcedureCommon):
    """An edition in force stays as it is; a new one is a whole copy of it."""

    def _new_edition(self, login="cx_manager", **vals):
        """As the manager does it: the button, the dialog."""
        procedure = self._as(login, self.procedure)
        action = procedure.action_new_edition()
        wizard = Form(self.env["cx.procedure.edition"].with_user(self.users_by_login[login]).with_context(**action["context"]))
        wizard.change = "Three days are too long"
        for name, value in vals.items():
            setattr(wizard, name, value)
        return self.env["cx.procedure"].browse(wizard.save().action_make()["res_id"])

    def test_in_force_it_stays_as_it_is(self):
        """Neither head nor parts change, nothing is added, taken away or moved in; the sentence names the way out."""
        self._in_force()
        milestone = self.procedure.milestone_ids[0]
        guidance = self.env["cx.guidance"].create({"name": "Listen", "text": "Let him finish.", "company_id": self.company.id})
        for attempt in (
            lambda: self.procedure.write({"batch_limit": 50}),
            lambda: milestone.write({"limit_value": 3}),
            lambda: milestone.unlink(),
            lambda: self.procedure.ladder_ids.rung_ids.write({"offset": 5}),
            lambda: self._part(self.procedure, "route", role_id=self._role("quality").id),
            lambda: guidance.write({"procedure_id": self.procedure.id}),
            lambda: self._part(self.procedure, "form", name="Report", company_id=self.company.id),
        ):
            with self.assertRaisesRegex(UserError, "in force and stays as it is.* Make a new edition"):
                attempt()

    def test_new_edition_is_a_whole_copy(self):
        """Every part is copied and names its fellow copies, not the parts of the old edition."""
        quality = self._role("quality")
        self._part(self.procedure, "route", role_id=quality.id, nature="quality")
        self._part(self.procedure, "authority", verb="close", role_ids=[(6, 0, self._role("service").ids)])
        self._part(self.procedure, "cause.category", name="Making", function="quality")
        self._part(self.procedure, "gate", code="responsible_named")
        self._part(self.procedure, "severity.rule", kind="amount", threshold=10000)
        self._part(self.procedure, "guidance", name="Listen", text="Let him finish.", company_id=self.company.id)
        form = self._part(self.procedure, "form", name="Report", paper="complaint", company_id=self.company.id)
        form.block_ids = [(0, 0, {"code": "goods"})]
        self.procedure.milestone_ids.sorted("id")[0].band_ids = [(0, 0, {"limit_value": 24})]
        self._in_force()
        draft = self._new_edition()
        self.assertEqual((draft.state, draft.edition, draft.predecessor_id), ("draft", "A/1", self.procedure))
        reply, check = draft.milestone_ids.sorted("id")
        self.assertEqual((reply.role_id, check.role_id), (self._role("quality", draft), self._role("service", draft)))
        self.assertEqual((check.after_id, reply.ladder_id), (reply, draft.ladder_ids))
        self.assertEqual(reply.band_ids.limit_value, 24)
        self.assertEqual(draft.ladder_ids.rung_ids.role_id, self._role("service", draft))
        self.assertEqual(self._role("quality", draft).falls_to_id, self._role("service", draft))
        self.assertEqual(draft.route_ids.role_id, self._role("quality", draft))
        self.assertEqual(draft.authority_ids.role_ids, self._role("service", draft))
        self.assertEqual(draft.form_ids.block_ids.code, "goods")
        for name in ("cause_ids", "gate_ids", "severity_rule_ids", "guidance_ids", "form_ids"):
            self.assertEqual(len(draft[name]), 1, name)
        self.assertEqual(
            [(line.name, line.edition, line.revised_by) for line in draft.revision_ids],
            [("Three days are too long", "A/1", self.users_by_login["cx_manager"].name)])
        self.assertFalse(draft._blockers("put_in_force"))
        self.assertEqual(len(self.procedure.milestone_ids), 2, "the old one is untouched")

    def test_translations_come_along(self):
        """What was translated is translated in the copy."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.procedure.with_context(lang="zh_CN").name = "客诉程序"
        self.procedure.milestone_ids.sorted("id")[0].with_context(lang="zh_CN").name = "答复"
        self._in_force()
        draft = self._new_edition().with_context(lang="zh_CN")
        self.assertEqual((draft.name, draft.milestone_ids.sorted("id")[0].name), ("客诉程序", "答复"))

    def test_an_edition_exists_once(self):
        """The same letter again is refused; the proposal passes over what exists."""
        self._in_force()
        self._new_edition()
        self.assertEqual(self._new_edition().edition, "A/2")
        with self.assertRaisesRegex(UserError, r"There is a Procedure CX \(A/1\) already"):
            self._new_edition(edition="A/1")

    def test_draft_is_changed_not_copied(self):
        """A draft needs no new edition."""
        with self.assertRaisesRegex(UserError, "It is Draft"):
            self.procedure.action_new_edition()

    def test_put_in_force_takes_over(self):
        """The earlier edition retires and what it was chosen for falls under the new one."""
        choice = self._in_force()
        draft = self._new_edition()
        draft.milestone_ids.sorted("id")[0].limit_value = 3
        self._as("cx_manager", draft).action_put_in_force()
        self.assertEqual((self.procedure.state, draft.state), ("retired", "in_force"))
        self.assertTrue(self.procedure.retired_on)
        self.assertEqual(choice.procedure_id, draft)
        self.assertEqual(self.procedure.milestone_ids.sorted("id")[0].limit_value, 2)

    def test_own_edition_of_a_shared_one(self):
        """A company's own edition takes over its own choices only; the shared one stays in force for the others."""
        other = self.env["res.company"].create({"name": "Other company"})
        shared = self._create_procedure("CS", company_id=False)
        self.env["cx.guidance"].create({"name": "Listen", "text": "Let him finish.", "procedure_id": shared.id})
        shared.action_put_in_force()
        mine, theirs = self.env["cx.procedure.choice"].create([
            {"company_id": company.id, "procedure_id": shared.id} for company in (self.company, other)])
        self.procedure = shared
        action = shared.action_new_edition()
        wizard = self.env["cx.procedure.edition"].with_context(**action["context"]).create({
            "change": "Ours", "company_id": self.company.id})
        draft = self.env["cx.procedure"].browse(wizard.action_make()["res_id"])
        self.assertEqual(
            (draft.company_id, draft.milestone_ids.company_id, draft.guidance_ids.company_id), (self.company,) * 3)
        draft.action_put_in_force()
        self.assertEqual((mine.procedure_id, theirs.procedure_id, shared.state), (draft, shared, "in_force"))

    def test_retiring_needs_another_choice(self):
        """New cases must have a rulebook to fall under."""
        choice = self._in_force()
        with self.assertRaisesRegex(UserError, "new cases still fall under it.*Choose another procedure there"):
            self.procedure.action_retire()
        choice.unlink()
        self.procedure.action_retire()
        self.assertEqual(self.procedure.state, "retired")
        with self.assertRaisesRegex(ValidationError, "is not in force, so that no case can fall under it"):
            self.env["cx.procedure.choice"].create({"company_id": self.company.id, "procedure_id": self.procedure.id})

    def test_a_procedure_in_use_is_not_deleted(self):
        """One sentence that names it and the way out; a draft goes with all its parts."""
        roles = self.procedure.role_ids
        self._in_force()
        draft = self._new_edition()
        with self.assertRaisesRegex(UserError, r"Procedure CX \(A/0\) cannot be deleted: new cases of .* then retire and archive this one"):
            self._as("cx_manager", self.procedure).unlink()
        self._as("cx_manager", draft).unlink()
        self.assertFalse(draft.exists())
        self.assertTrue(roles.exists())

    def test_duplicate_in_the_list(self):
        """Odoo's own “Duplicate” makes a whole copy as well, under the next edition."""
        copy = self._as("cx_manager", self.procedure).copy()
        self.assertEqual((copy.edition, copy.state, bool(copy.predecessor_id)), ("A/1", "draft", False))
        self.assertFalse(copy._blockers("put_in_force"))
