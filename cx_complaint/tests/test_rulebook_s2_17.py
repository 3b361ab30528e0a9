from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS217(RulebookCommon):
    """Skills of whoever receives a customer: first the mood, then the matter."""

    CODE = "s2_17"

    def test_who_comes_in_person_is_led_to_the_reception(self):
        """Who calls is not; everybody is listened to, recorded in detail and calmed before it is confirmed."""
        self.complain(login="cx_sales", channel_id=self.env.ref("cx_complaint.channel_phone").id)
        self.assertNotStarted("receive")
        self.assertQueue("record", "cx_sales")
        self.complain(login="cx_sales", channel_id=self.env.ref("cx_complaint.channel_visit").id)
        self.assertQueue("receive", "cx_sales")
        self.assertQueue("calm", "cx_sales")
        self.assertRoute("handler", "cx_service")
        self.assertBlocked("confirm", "read_back_missing")
        self.step("confirm")
        for code in ("receive", "record", "calm"):
            self.assertDone(code)
        self.assertQueue("settle", "cx_service")
        self.assertUndecided("settle")
        self.assertDue("settle", False)
        self.step("decide")
        self.assertDone("settle")
        self.step("answer")
        self.step("close")
        self.assertEqual(self.complaint.state, "closed")

    def test_scripts_by_mood(self):
        """The angry and the anxious hear other words; for each mood that the document names there are some."""
        texts = {row.mood: row.text for row in self.procedure.guidance_ids if row.mood}
        self.assertEqual(set(texts), {"angry", "anxious", "sad", "agitated"})
        self.assertIn("Please do not be angry", texts["angry"])
        self.assertIn("face it together", texts["anxious"])
