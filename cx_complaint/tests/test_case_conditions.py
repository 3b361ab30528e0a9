from odoo.tests import BaseCase, tagged

from ..rules.conditions import ANY, CaseFacts, Condition, holds
from .common import CxCommon
from .objects_common import ObjectsCommon


class TestConditionRules(BaseCase):
    """Whether a rule holds, without a database."""

    def test_what_is_asked_and_not_known_does_not_hold(self):
        """A rule about a nature, a party or a type of customer waits until it is known."""
        nothing = CaseFacts()
        for condition in (
            Condition(categories=frozenset({1})), Condition(channels=frozenset({1})), Condition(kinds=frozenset({1})),
            Condition(nature="quality"), Condition(party="carrier"), Condition(batch_class="large"),
            Condition(customer_type="dealer"), Condition(technical="yes"), Condition(min_severity="major"),
            Condition(is_urgent_only=True), Condition(phases=frozenset({1})),
        ):
            self.assertFalse(holds(condition, nothing), condition)

    def test_table(self):
        """Condition, case, whether it holds."""
        case = CaseFacts(
            categories=frozenset({1, 2}), channel=3, kind=4, nature="quality", is_technical=True, party="company",
            batch_class="small", severity="major", is_urgent=True, customer_type="agent", phases=frozenset({7, 8}))
        for condition, expected in (
            (ANY, True),
            (Condition(categories=frozenset({2, 9})), True),
            (Condition(categories=frozenset({9})), False),
            (Condition(channels=frozenset({3})), True),
            (Condition(channels=frozenset({4})), False),
            (Condition(kinds=frozenset({4, 5})), True),
            (Condition(phases=frozenset({8, 9})), True),
            (Condition(phases=frozenset({9})), False),
            (Condition(nature="quality", party="company"), True),
            (Condition(nature="quality", party="carrier"), False),
            (Condition(technical="yes"), True),
            (Condition(technical="no"), False),
            (Condition(min_severity="major"), True),
            (Condition(min_severity="critical"), False),
            (Condition(max_severity="major"), True),
            (Condition(max_severity="normal"), False),
            (Condition(min_severity="normal", max_severity="critical"), True),
            (Condition(is_urgent_only=True), True),
            (Condition(customer_type="agent", batch_class="small"), True),
            (Condition(customer_type="dealer"), False),
        ):
            self.assertEqual(holds(condition, case), expected, condition)


@tagged("post_install", "-at_install")
class TestConditionMatching(CxCommon):
    """Rules of a procedure against cases."""

    def test_a_rule_about_a_category_holds_below_it(self):
        """Quality holds for leaks; the first route that holds comes first; all cases are answered at once."""
        quality = self.env["cx.category"].create({"name": "Quality of things"})
        leaks = self.env["cx.category"].create({"name": "Leaks", "parent_id": quality.id})
        self.customer.cx_customer_type = "dealer"
        complaints = self.env["cx.complaint"].create([
            {"summary": "Leaks", "category_id": leaks.id, "partner_id": self.customer.id},
            {"summary": "Late", "urgency": "1"}])
        procedure = self.env["cx.procedure"].create({"name": "Own", "code": "OWN"})
        role = self.env["cx.procedure.role"].create({"name": "Q", "code": "q", "procedure_id": procedure.id})
        routes = self.env["cx.route"].create([
            {"procedure_id": procedure.id, "role_id": role.id, **condition} for condition in (
                {"category_ids": quality.ids}, {"customer_type": "dealer"}, {"is_urgent_only": True}, {})])
        found = self._as("cx_service", routes)._matching(self._as("cx_service", complaints))
        self.assertEqual([rules.ids for rules in found.values()], [
            (routes[0] + routes[1] + routes[3]).ids, (routes[2] + routes[3]).ids])


@tagged("post_install", "-at_install")
class TestConditionPhases(ObjectsCommon):
    """Rules about the life of an object: a site in the two months after its acceptance."""

    def setUp(self):
        super().setUp()
        self.one = self._object("12 Lake Road", self.site)
        procedure = self.env["cx.procedure"].create({"name": "Sites", "code": "SITES"})
        role = self.env["cx.procedure.role"].create({"name": "Q", "code": "q", "procedure_id": procedure.id})
        self.route = self.env["cx.route"].create({
            "procedure_id": procedure.id, "role_id": role.id,
            "phase_ids": self.env.ref("cx_complaint.object_phase_site_two_months").ids})

    def _holds(self, complaint):
        return bool(self._as("cx_service", self.route)._matching(self._as("cx_service", complaint))[complaint])

    def test_only_in_the_two_months_after_acceptance(self):
        """Not while the site is under way, not without any site; from the signature on for two months, then no more.
        [S2.03-7]
        """
        self.assertFalse(self._holds(self._complain()))
        self.assertFalse(self._holds(self._complain(self.one, received_on="2026-03-30 10:00:00")))
        self._happen(self.one, "accepted", "2026-03-31")
        for received, expected in (("2026-03-30", False), ("2026-03-31", True), ("2026-05-31", True), ("2026-06-01", False)):
            with self.subTest(received=received):
                self.assertEqual(self._holds(self._complain(self.one, received_on=f"{received} 10:00:00")), expected)

    def test_a_date_that_was_wrong(self):
        """The acceptance is corrected: the open case is in another phase, and the rule follows."""
        event = self._happen(self.one, "accepted", "2026-01-31")
        complaint = self._complain(self.one, received_on="2026-06-01 10:00:00")
        self.assertFalse(self._holds(complaint))
        event.date = "2026-05-31"
        self.assertTrue(self._holds(complaint))

    def test_a_company_without_objects(self):
        """It is not asked for phases; the words of a rule that has some name them all the same."""
        complaint = self._complain(self.one)
        self.env.company.cx_uses_objects = False
        self.assertFalse(self._holds(complaint))
        self.assertEqual(self.route.condition_text, "Within two months after acceptance")
