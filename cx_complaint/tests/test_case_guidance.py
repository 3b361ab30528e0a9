from odoo.tests import Form, tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestCaseGuidance(CxCommon):
    """Advice stands where it is needed: at the step, the channel and the mood it is meant for."""

    def _advice(self, **vals):
        return self.env["cx.complaint"].create({"summary": "It fails", **vals}).guidance_html

    def _channel(self, code):
        return self.env.ref(f"cx_complaint.channel_{code}").id

    def test_everybody_who_registers_reads_how(self):
        """An employee opens the dialog: accept at once, what not to say, listen first.

        [S2.11-1] [S2.15-1] [S2.17-10] [S3-1c]
        """
        form = Form(self._as("cx_employee", self.env["cx.complaint.intake"]))
        for text in ("Accept at once", "Please wait", "Listen first", "note the key points", "the whole course"):
            with self.subTest(text=text):
                self.assertIn(text, form.guidance_html)

    def test_each_channel_has_its_own_advice(self):
        """On the phone, by letter and in person are three ways. [S3-II.1a] [S3-II.2b] [S2.17-5] [S2.19-7]"""
        for code, text in (("phone", "On the phone"), ("letter", "Find out a phone number"),
                           ("visit", "reception room"), ("desk", "reception room")):
            with self.subTest(code=code):
                self.assertIn(text, self._advice(channel_id=self._channel(code)))
                self.assertNotIn(text, self._advice(channel_id=self._channel("fax" if code != "letter" else "phone")))

    def test_the_mood_decides_the_way(self):
        """Angry, anxious, sad and agitated customers each get their own step. [S2.17-11] [S3-1b]"""
        texts = {"angry": "do not argue", "anxious": "keep that promise", "sad": "take time", "agitated": "quiet room"}
        for mood, text in texts.items():
            with self.subTest(mood=mood):
                shown = self._advice(mood=mood)
                self.assertIn(text, shown)
                self.assertFalse([other for key, other in texts.items() if key != mood and other in shown])

    def test_advice_changes_with_the_stage(self):
        """Once confirmed, the wish is asked before anything is offered; a closed case needs no advice. [S2.11-7]"""
        case = self.env["cx.complaint"].create({
            "summary": "It fails", "partner_id": self.customer.id, "phone": "079 000 45 65", "is_read_back": True,
            "demand": "A new one"})
        self.assertNotIn("Ask before you offer", case.guidance_html)
        case.action_confirm()
        self.assertIn("Ask before you offer", case.guidance_html)
        case._cancel("Mistake")
        self.assertFalse(case.guidance_html)

    def test_a_company_keeps_its_own_advice(self):
        """Advice of another company is not shown; what is written there cannot become markup."""
        company = self.env["res.company"].create({"name": "Cx Second"})
        self.env["cx.guidance"].create([
            {"name": "Theirs", "text": "x", "company_id": company.id},
            {"name": "Ours", "text": "<script>alert(1)</script>", "company_id": self.env.company.id}])
        shown = self._advice()
        self.assertNotIn("Theirs", shown)
        self.assertIn("&lt;script&gt;", shown)
