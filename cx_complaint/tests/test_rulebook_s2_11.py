from odoo.tests import tagged

from .rulebook_common import RulebookCommon


class Methods:
    """Feed company and any company: the same steps, another sample sentence; no test methods."""

    SAMPLE = None

    def test_accept_clarify_ask_propose_thank(self):
        """Nothing is proposed before the customer was asked; the four sentences come before the end."""
        self.complain()
        self.assertDone("accept")
        self.assertUndecided("accept")
        self.assertDue("accept", False)
        self.assertFalse(self.complaint.route_id)
        self.assertQueue("clarify", "cx_service")
        self.assertBlocked("confirm", "demand_missing")
        self.assertBlocked("confirm", "read_back_missing")
        self.step("confirm")
        self.assertDone("clarify")
        self.assertQueue("propose", "cx_service")
        self.step("decide")
        self.assertDone("propose")
        self.assertNotStarted("thank")
        self.step("answer")
        self.assertBlocked("close", "task_open")
        self.do("thank", "cx_service", result="Apologised, thanked, promised")
        self.step("close")
        self.assertEqual(self.complaint.state, "closed")

    def test_words_to_say_and_not_to_say(self):
        """Who listens sees the sample sentence of his company, and what not to say."""
        advice = self._advice("intake")
        self.assertIn(self.SAMPLE, advice)
        self.assertIn("Please wait a moment", advice)
        self.assertIn("How do you think", self._advice("solution"))
        self.assertIn("We promise to improve", self._advice("answer"))

    def _advice(self, step, mood=False):
        found = self.procedure.guidance_ids.filtered(
            lambda row: row.step in (False, step) and row.mood in (False, mood))
        return " ".join(f"{row.name} {row.text} {row.avoid}" for row in found)


@tagged("post_install", "-at_install")
class TestRulebookS211(Methods, RulebookCommon):
    """The feed company: complaints of dealers about what happens at their users."""

    CODE = "s2_11"
    SAMPLE = "laying rate"

    def test_end_user_of_the_dealer(self):
        """The case holds the dealer who complains and the user at whom it happened."""
        user = self.env["res.partner"].create({"name": "Hen keeper in Shijiazhuang"})
        self.complain(end_customer_id=user.id)
        self.assertEqual((self.complaint.partner_id, self.complaint.end_customer_id), (self.customer, user))
        self.assertEqual(self.complaint.procedure_id, self.procedure)
