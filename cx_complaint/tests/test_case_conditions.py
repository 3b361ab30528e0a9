from odoo.tests import BaseCase, tagged

from ..rules.conditions import ANY, CaseFacts, Condition, holds
from .common import CxCommon


class TestConditionRules(BaseCase):
    """Whether a rule holds, without a database."""

    def test_what_is_asked_and_not_known_does_not_hold(self):
        """A rule about a nature, a party or a type of customer waits until it is known."""
        nothing = CaseFacts()
        for condition in (
            Condition(categories=frozenset({1})), Condition(channels=frozenset({1})), Condition(kinds=frozenset({1})),
            Condition(nature="quality"), Condition(party="carrier"), Condition(batch_class="large"),
            Condition(customer_type="dealer"), Condition(technical="yes"), Condition(min_severity="major"),
            Condition(is_urgent_only=True),
        ):
            self.assertFalse(holds(condition, nothing), condition)

    def test_table(self):
        """Condition, case, whether it holds."""
        case = CaseFacts(
            categories=frozenset({1, 2}), channel=3, kind=4, nature="quality", is_technical=True, party="company",
            batch_class="small", severity="major", is_urgent=True, customer_type="agent")
        for condition, expected in (
            (ANY, True),
            (Condition(categories=frozenset({2, 9})), True),
            (Condition(categories=frozenset({9})), False),
            (Condition(channels=frozenset({3})), True),
            (Condition(channels=frozenset({4})), False),
            (Condition(kinds=frozenset({4, 5})), True),
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
