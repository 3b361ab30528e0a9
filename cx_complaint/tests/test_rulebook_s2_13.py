from odoo.tests import Form, tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS213(RulebookCommon):
    """The car shop."""

    CODE = "s2_13"

    def test_record_of_the_event(self):
        """Whoever receives an opinion writes down time, place, persons, course and result, and what he thinks of it; all of
        it stands on the case and is printed. [S2.13-15]
        """
        form = Form(self._as("cx_employee", self.env["cx.complaint.intake"]))
        form.summary = "The brakes squeal again"
        form.caller_name = "Mr. Lin"
        form.has_record = True
        form.occurred_on = self._utc("2026-11-30 08:15")
        form.occurred_place = "Ring road"
        form.persons = "Mr. Lin and his wife"
        form.description = "<p>Braked at the lights</p>"
        form.event_result = "Drove on slowly"
        form.judgement = "A quality problem"
        complaint = self.env["cx.complaint"].browse(form.save().action_register()["res_id"])
        self.assertRecordValues(complaint, [{
            "occurred_on": self._utc("2026-11-30 08:15"), "occurred_place": "Ring road",
            "persons": "Mr. Lin and his wife", "event_result": "Drove on slowly", "judgement": "A quality problem"}])
        self.assertIn("Braked at the lights", complaint.description)
        printed = [text for row in complaint._paper_complaint_requirement()["rows"] for _label, text in row]
        for text in ("Ring road", "Mr. Lin and his wife", "Braked at the lights", "Drove on slowly", "A quality problem"):
            self.assertIn(text, printed)
