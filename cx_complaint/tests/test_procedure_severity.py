from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, tagged

from ..rules.batches import batch_class
from ..rules.severity import Facts, Rule, highest, hits, settle
from .procedure_common import ProcedureCommon


class TestProcedureSeverityRules(BaseCase):
    """What the rules ask for, and what becomes of a severity when they ask for something else."""

    def test_limits(self):
        """A limit counts itself only where the document says so."""
        for limit, is_included, amount, expected in (
            (10000, False, 10000, None), (10000, False, 10000.01, "major"), (10000, True, 10000, "major"),
            (10000, True, 9999.99, None), (10000, False, 0, None),
        ):
            rule = Rule(1, "amount", "major", limit=limit, is_included=is_included)
            with self.subTest(limit=limit, is_included=is_included, amount=amount):
                self.assertEqual(highest(hits([rule], Facts(amount=amount))), expected)

    def test_kinds(self):
        """What is ticked, a batch by class or by number, who passed it on, what was counted in which days."""
        for rule, facts, expected in (
            (Rule(1, "trigger", "major", trigger=7), Facts(triggers=frozenset({7, 8})), True),
            (Rule(1, "trigger", "major", trigger=9), Facts(triggers=frozenset({7, 8})), False),
            (Rule(1, "batch", "major"), Facts(is_large_batch=True), True),
            (Rule(1, "batch", "major"), Facts(quantity=99), False),
            (Rule(1, "batch", "major", limit=50), Facts(quantity=51), True),
            (Rule(1, "batch", "major", limit=50), Facts(quantity=50, is_large_batch=True), False),
            (Rule(1, "outside_channel", "major"), Facts(is_outside=True), True),
            (Rule(1, "visits", "major", limit=2, days=30), Facts(counts={("visits", 30): 3, ("visits", 0): 9}), True),
            (Rule(1, "visits", "major", limit=2, days=30), Facts(counts={("visits", 0): 9}), False),
            (Rule(1, "amount", "major", limit=1, is_undecided=True), Facts(amount=5), False),
        ):
            with self.subTest(rule=rule, facts=facts):
                self.assertEqual(bool(hits([rule], facts)), expected)
        rules = [Rule(1, "amount", "major", limit=1), Rule(2, "outside_channel", "critical"), Rule(3, "amount", "minor", limit=2)]
        self.assertEqual(highest(hits(rules, Facts(amount=5, is_outside=True))), "critical")
        self.assertIsNone(highest([]))

    def test_settle(self):
        """Rows: severity before, floor before, floor now, excused, severity then."""
        for current, old, new, is_excused, expected in (
            ("normal", None, None, False, "normal"), ("minor", None, None, False, "minor"),
            ("normal", None, "major", False, "major"), ("critical", None, "major", False, "critical"),
            ("major", "major", None, False, "normal"),  # what the rules raised goes down with them
            ("critical", "critical", "major", False, "major"),
            ("critical", "major", None, False, "critical"),  # what people raised stays
            ("major", "major", "major", False, "major"),
            ("minor", "minor", None, False, "minor"),
            ("normal", "major", "major", True, "normal"),  # excused stays
            ("normal", "major", "critical", True, "critical"),  # excused for less than is asked for now
            ("normal", "critical", "major", True, "normal"),
            ("normal", "major", "minor", False, "normal"),
        ):
            with self.subTest(current=current, old=old, new=new, is_excused=is_excused):
                self.assertEqual(settle(current, old, new, is_excused), expected)

    def test_batches(self):
        """Exactly 50 is small or large as the procedure says; where it does not say, it is treated as large."""
        for quantity, limit, is_large, is_undecided, expected in (
            (49, 50, False, False, "small"), (51, 50, False, False, "large"), (50, 50, False, False, "small"),
            (50, 50, True, False, "large"), (50, 50, False, True, "large"), (49.5, 50, True, True, "small"),
            (10, 0, False, False, None), (0, 50, True, False, None),
        ):
            with self.subTest(quantity=quantity, limit=limit):
                self.assertEqual(batch_class(quantity, limit, is_large, is_undecided), expected)


@tagged("post_install", "-at_install")
class TestProcedureSeverity(ProcedureCommon):
    """A case is at least as serious as the rules of its procedure ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.safety = cls.env.ref("cx_complaint.trigger_safety")
        cls.media = cls.env.ref("cx_complaint.trigger_media")
        for vals in (
            {"kind": "trigger", "trigger_id": cls.safety.id, "severity": "critical"},
            {"kind": "trigger", "trigger_id": cls.media.id, "severity": "major"},
            {"kind": "amount", "threshold": 10000, "severity": "major", "name": "Claims above 10 000"},
            {"kind": "batch", "severity": "major"},
            {"kind": "customer_complaints", "threshold": 1, "days": 30, "severity": "major"},
            {"kind": "outside_channel", "severity": "major"},
        ):
            cls._part(cls.procedure, "severity.rule", **vals)
        cls.procedure.write({"batch_limit": 50, "is_batch_limit_undecided": True})
        cls._in_force()

    def test_without_a_procedure_it_is_what_people_say(self):
        """Ticks and amounts raise nothing where no procedure says so."""
        self.env["cx.procedure.choice"].search([]).unlink()
        case = self._complain(trigger_ids=[(4, self.safety.id)], claimed_amount=99999, severity="minor")
        self.assertEqual((case.severity, case.severity_floor), ("minor", False))

    def test_safety_is_never_of_low_priority(self):
        """Neither at registration nor later, neither by the employee nor by the manager without a word."""
        for login in ("cx_employee", "cx_service", "cx_manager"):
            with self.subTest(login=login), self.assertRaisesRegex(
                    ValidationError, r"is at least “Critical” by the rules of its procedure \(Safety involved\).* Leave it at that"):
                self._complain(login, trigger_ids=[(4, self.safety.id)], severity="minor")
        case = self._complain(trigger_ids=[(4, self.safety.id)])
        self.assertEqual((case.severity, case.severity_floor, case.severity_text), ("critical", "critical", "Safety involved"))
        with self.assertRaises(ValidationError):
            self._as("cx_service", case).severity = "normal"

    def test_less_serious_needs_a_reason_of_service(self):
        """Quality and sales may not; customer service may, with the reason, which is kept."""
        case = self._complain(trigger_ids=[(4, self.media.id)])
        for login in ("cx_quality", "cx_sales"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, case).write({"severity": "normal", "severity_reason": "A school paper"})
        self._as("cx_service", case).write({"severity": "normal", "severity_reason": "A school paper"})
        self.assertEqual((case.severity, case.severity_floor), ("normal", "major"))
        case.summary = "It rattles loudly"
        case.claimed_amount = 20000
        self.assertEqual(case.severity, "normal", "asked for no more than when it was excused")
        case.trigger_ids |= self.safety
        self.assertEqual((case.severity, case.severity_reason), ("critical", False), "excused for less")

    def test_people_raise_and_rules_go_down(self):
        """What people raised stays when the rules ask for less; what the rules raised goes down with them."""
        case = self._complain(trigger_ids=[(4, self.media.id)])
        case.trigger_ids = False
        self.assertEqual((case.severity, case.severity_floor), ("normal", False))
        self._as("cx_service", case).severity = "critical"
        case.trigger_ids = self.media
        case.trigger_ids = False
        self.assertEqual(case.severity, "critical")

    def test_amount_in_the_currency_of_the_company(self):
        """Claimed in another currency, at the rate of the day it was received; exactly the limit is not above it."""
        company = self.company.currency_id
        other = self.env["res.currency"].with_context(active_test=False).search([("id", "!=", company.id)], limit=1)
        other.active = True
        for day, rate in (("2026-01-01", 0.5), ("2026-03-01", 2.0)):
            self.env["res.currency.rate"].create(
                {"currency_id": other.id, "name": day, "rate": rate, "company_id": self.company.id})
        for received, amount, currency, expected in (
            ("2026-02-01 08:00:00", 5000, other, "normal"), ("2026-02-01 08:00:00", 5001, other, "major"),
            ("2026-03-02 08:00:00", 5001, other, "normal"), ("2026-03-02 08:00:00", 20001, other, "major"),
            ("2026-03-02 08:00:00", 10000, company, "normal"), ("2026-03-02 08:00:00", 10001, company, "major"),
        ):
            with self.subTest(received=received, amount=amount, currency=currency.name):
                case = self._complain(received_on=received, claimed_amount=amount, currency_id=currency.id,
                                      partner_id=self.env["res.partner"].create({"name": "Once"}).id)
                self.assertEqual(case.severity, expected)

    def test_batch_return(self):
        """Above 50 pieces; of exactly 50 the procedure does not say, so it is treated as large and says so.

        [S2.02-3] [S2.02-4]
        """
        case = self._complain(partner_id=False, line_ids=[(0, 0, {"product_id": self.product.id, "quantity": 49})])
        self.assertEqual((case.batch_class, case.severity, case.batch_text), ("small", "normal", False))
        self._as("cx_service", case.line_ids).quantity = 50
        self.assertEqual((case.batch_class, case.severity), ("large", "major"))
        self.assertRegex(case.batch_text, "Exactly 50: the procedure leaves open whether that is large")
        case.line_ids = [(0, 0, {"product_id": self.product.id, "quantity": 5, "return_decision": "return"})]
        self.assertEqual((case.batch_class, case.severity), ("small", "normal"), "only what comes back at once counts")

    def test_frequency_and_third_party(self):
        """The third complaint of a customer in a month; whatever an authority passes on."""
        customer = self.env["res.partner"].create({"name": "Often"})
        cases = [self._complain(partner_id=customer.id) for _turn in range(3)]
        self.assertEqual([case.severity for case in cases], ["normal", "normal", "major"])
        channel = self.env["cx.channel"].search([("is_outside", "=", True)], limit=1)
        case = self._complain(partner_id=False, channel_id=channel.id)
        self.assertEqual(case.severity, "major")

    def test_history_is_kept(self):
        """The chatter says from what to what, and which rule."""
        case = self._complain().with_context(tracking_disable=False)
        self.env.cr.precommit.run()
        case.with_user(self.users_by_login["cx_service"]).trigger_ids = self.safety
        self.env.flush_all()
        self.env.cr.precommit.run()
        message = case.message_ids.filtered("tracking_value_ids")[:1]
        values = message.tracking_value_ids.filtered(lambda value: value.field_id.name == "severity")
        self.assertEqual((values.old_value_char, values.new_value_char), ("Normal", "Critical"))
        self.assertIn("By the rules of the procedure: Safety involved", message.body)
