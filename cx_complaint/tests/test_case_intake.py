from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..rules.matching import phone_key, reference_key
from .common import CxCommon


@tagged("post_install", "-at_install")
class TestCaseMatching(CxCommon):
    """Numbers are recognised however people write them."""

    def test_phone_numbers_meet_however_they_are_written(self):
        """Country code, zeros, blanks and extensions do not matter; too few digits tell nobody."""
        for text, expected in (
            ("+41 44 668 18 00", "446681800"),
            ("0041 44/668-1800", "446681800"),
            ("044 668 18 00 ext 12", "446681800"),
            ("(044) 6681800 x7", "446681800"),
            ("138 1234 5678", "812345678"),
            ("+86 138 1234 5678", "812345678"),
            ("1234", False),
            ("", False),
            (None, False),
        ):
            with self.subTest(text=text):
                self.assertEqual(phone_key(text), expected)

    def test_customer_numbers_meet_however_they_are_written(self):
        """Case, blanks and marks do not matter; a number of marks only is none."""
        self.assertEqual(reference_key(" DN-47/11 "), reference_key("dn 4711"))
        self.assertNotEqual(reference_key("DN-4711"), reference_key("DN-4712"))
        self.assertEqual(reference_key("退货 88"), "退货88")
        self.assertFalse(reference_key(" -/ "))


@tagged("post_install", "-at_install")
class TestCaseIntake(CxCommon):
    """Whoever picks up the phone registers the case, or learns that it is open already."""

    def _intake(self, login="cx_employee", **vals):
        """The dialog as this user fills it in."""
        form = Form(self._as(login, self.env["cx.complaint.intake"]))
        for name, value in {"summary": "It does not work", **vals}.items():
            setattr(form, name, value)
        return form

    def _registered(self, action, login="cx_employee"):
        return self._as(login, self.env["cx.complaint"].browse(action["res_id"]))

    def test_any_employee_registers_with_one_sentence(self):
        """An employee without any function writes who, what and how to call back; the customer may be unknown.

        [S2.13-14] [S0-5.2a] [S2.06-5] [S1-4.2a] [S2.13-17] [S3-II.3a]
        """
        action = self._intake(caller_name="Ms. Keller", phone="079 000 45 61").save().action_register()
        complaint = self._registered(action)
        self.assertRecordValues(complaint, [{
            "state": "new", "summary": "It does not work", "caller_name": "Ms. Keller", "partner_id": False,
            "receiver_id": self.users_by_login["cx_employee"].id,
            "first_responsible_id": self.users_by_login["cx_employee"].id, "contact_count": 1}])
        self.assertTrue(complaint.name.startswith("CMP/"))
        self.assertFalse(complaint.blocker_html, "what is missing is the business of customer service")
        contact = complaint.sudo().contact_ids
        self.assertRecordValues(contact, [{"kind": "intake", "nth": 1, "caller_name": "Ms. Keller"}])

    def test_somebody_must_be_reachable(self):
        """Without a name, customer, phone or mail nobody can be called back. [S3-5c]"""
        with self.assertRaisesRegex(UserError, "Nobody can be called back"):
            self._intake().save().action_register()

    def test_it_is_registered_later_with_its_true_time(self):
        """A call on Saturday night is registered on Monday with the time of the call; the future is refused.

        [S2.16-25] [S2.16-26]
        """
        action = self._intake(caller_name="Ms. Keller", received_on="2026-01-10 22:15:00").save().action_register()
        complaint = self._registered(action)
        self.assertEqual(str(complaint.received_on), "2026-01-10 22:15:00")
        self.assertGreater(complaint.registered_on, complaint.received_on)
        self.assertEqual(complaint.sudo().contact_ids.contacted_on, complaint.received_on)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._intake(caller_name="Ms. Keller", received_on="2126-01-10 22:15:00").save().action_register()

    def test_something_urgent_names_whom_to_call(self):
        """Judged urgent, the dialog names who is on duty, and the case carries it. [S2.16-25] [S3-3.1a]"""
        self.env["cx.department"].search([]).active = False
        self.env["cx.department"].create({
            "name": "Top", "function": "management", "head_id": self.users_by_login["cx_manager"].id})
        form = self._intake(caller_name="Ms. Keller")
        self.assertFalse(form.duty_text)
        form.urgency = "2"
        self.assertIn("cx_manager", form.duty_text)
        self.assertEqual(self._registered(form.save().action_register()).urgency, "2")

    def test_open_cases_of_the_caller_are_shown_first(self):
        """Same phone written otherwise, same mail, same company: number, date and summary, nothing else. [S2.16-24]"""
        person = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        by_phone = self.env["cx.complaint"].create({"summary": "A", "phone": "+41 79 000 45 61"})
        by_mail = self.env["cx.complaint"].create({"summary": "B", "email": "Keller <KELLER@example.com>"})
        by_company = self.env["cx.complaint"].create({"summary": "C", "partner_id": self.customer.id})
        over = self.env["cx.complaint"].create({"summary": "D", "partner_id": self.customer.id})
        over._cancel("Mistake")
        for vals, expected in (
            ({"phone": "079/0004561"}, by_phone),
            ({"email": "keller@example.com"}, by_mail),
            ({"partner_id": person}, by_company),
            ({"caller_name": "Keller"}, self.env["cx.complaint"]),
        ):
            with self.subTest(vals=vals):
                intake = self._intake(**vals).save()
                self.assertEqual(intake.case_ids.mapped("number"), expected.mapped("name"))
        shown = set(self.env["cx.complaint.intake.case"]._fields) - set(self.env["base"]._fields)
        self.assertEqual(shown - {
            "create_uid", "create_date", "write_uid", "write_date"}, {
            "intake_id", "number", "received_on", "summary", "is_it"})

    def test_a_second_call_joins_the_case(self):
        """The call is noted as the second and third contact; no second case appears. [S2.16-24] [S2.17-6]"""
        first = self._registered(self._intake(caller_name="Ms. Keller", phone="079 000 45 61").save().action_register())
        handler = self.users_by_login["cx_service"]
        first.sudo().handler_id = handler
        before = self.env["cx.complaint"].search_count([])
        for nth in (2, 3):
            form = self._intake("cx_sales", phone="0041790004561", summary=f"Call {nth}")
            with form.case_ids.edit(0) as row:
                row.is_it = True
            self.assertTrue(form.is_repeat)
            action = form.save().action_repeat()
            self.assertEqual(action["res_id"], first.id)
            first.invalidate_recordset()
            self.assertEqual(first.contact_count, nth)
        self.assertEqual(self.env["cx.complaint"].search_count([]), before)
        self.assertEqual(first.sudo().contact_ids.sorted("nth").mapped("nth"), [1, 2, 3])
        repeats = first.sudo().message_ids.filtered(
            lambda m: m.subtype_id == self.env.ref("cx_complaint.mt_complaint_repeat"))
        self.assertEqual(len(repeats), 2, "the handler hears of each call")
        self.assertIn("Call 3", repeats[:1].body)

    def test_an_employee_who_may_not_read_the_case_still_notes_the_call(self):
        """He learns that it is noted; the case itself stays closed to him."""
        case = self.env["cx.complaint"].create({"summary": "A", "phone": "+41 79 000 45 61"})
        form = self._intake(phone="079 000 45 61", summary="Calls again")
        with form.case_ids.edit(0) as row:
            row.is_it = True
        action = form.save().action_repeat()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("2 times", action["params"]["message"])
        self.assertEqual(case.contact_count, 2)
        with self.assertRaises(AccessError):
            self._as("cx_employee", case).read(["description"])

    def test_a_case_of_somebody_else_cannot_be_joined_by_its_number(self):
        """A number posted by hand finds nothing when the caller has no such case."""
        case = self.env["cx.complaint"].create({"summary": "A", "partner_id": self.customer.id})
        intake = self._as("cx_employee", self.env["cx.complaint.intake"]).create({
            "summary": "Tell me more", "phone": "079 000 45 61",
            "case_ids": [(0, 0, {"number": case.name, "is_it": True})]})
        with self.assertRaisesRegex(UserError, "not an open case of this caller"):
            intake.action_repeat()
        self.assertEqual(case.contact_count, 1)

    def test_photos_and_recordings_stay_with_the_case(self):
        """What the caller sent is attached to the case. [S2.19-6] [S3-II.1b]"""
        recording = self._as("cx_employee", self.env["ir.attachment"]).create({"name": "call.mp3", "raw": b"voice"})
        form = self._intake(caller_name="Ms. Keller")
        form.attachment_ids.add(recording)
        complaint = self._registered(form.save().action_register())
        self.assertRecordValues(recording.sudo(), [{"res_model": "cx.complaint", "res_id": complaint.id}])

    def test_files_of_others_are_not_drawn_into_a_case(self):
        """An attachment that the user did not upload stays where it is, and closed to him."""
        secret = self.env["ir.attachment"].create({"name": "salary.pdf", "raw": b"secret"})
        form = self._intake(caller_name="Ms. Keller")
        intake = form.save()
        intake.sudo().attachment_ids = secret
        self.assertTrue(intake.action_register())
        self.assertFalse(secret.res_id)

    def test_every_way_in_is_a_channel(self):
        """Each shipped channel registers a case; those of third parties ask who passed it on.

        [S2.07-6] [S2.13-1] [S3-II.00] [S2.19-11] [S2.19-13] [S2.19-16] [S2.19-18] [S2.19-22] [S2.19-23] [S4-1.1a]
        [S2.19-5] [S2.19-27] [S3-III.1]
        """
        channels = {code: self.env.ref(f"cx_complaint.channel_{code}") for code in (
            "phone", "hotline", "mail", "letter", "fax", "visit", "our_visit", "callback", "courier", "desk",
            "merchant", "colleague", "authority", "media")}
        for channel in channels.values():
            complaint = self._registered(
                self._intake(caller_name="Ms. Keller", channel_id=channel).save().action_register())
            self.assertEqual(complaint.channel_id, channel)
        self.assertEqual(
            {code for code, channel in channels.items() if channel.is_outside},
            {"merchant", "colleague", "authority", "media"})

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_an_employee_sees_what_he_registered_only(self):
        """His own case, its lines and numbers; nobody else's, and nothing to change."""
        own = self._registered(self._intake(caller_name="Ms. Keller").save().action_register())
        other = self.env["cx.complaint"].create({
            "summary": "B", "reference_ids": [(0, 0, {"number": "X1"})], "line_ids": [(0, 0, {"name": "Noise"})]})
        employee = self._as("cx_employee", self.env["cx.complaint"])
        self.assertIn(own, employee.search([]))
        self.assertNotIn(other, employee.search([]))
        for record in (other, other.line_ids, other.reference_ids, other.contact_ids):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                self._as("cx_employee", record).read(["display_name"])
        with self.assertRaises(AccessError):
            own.summary = "Changed"

    def test_an_employee_opens_the_form_of_his_case(self):
        """Also later, when goods are under way that he may not see. [S2.17-6]"""
        own = self._registered(self._intake(caller_name="Ms. Keller").save().action_register())
        own.sudo().write({"partner_id": self.customer.id, "is_read_back": True, "phone": "1",
                          "line_ids": [(0, 0, {"product_id": self.product.id, "wish": "repair"})]})
        own.sudo().action_confirm()
        own.invalidate_recordset()
        with Form(own) as form:  # reads every field that the view shows him, with his rights
            self.assertEqual(form.state, "confirmed")

    def test_a_case_that_is_passed_on_keeps_its_first_responsible(self):
        """Another handler takes over; who heard it first stays responsible and hears of it. [S3-III.2c]"""
        employee = self.users_by_login["cx_employee"]
        complaint = self.env["cx.complaint"].create({"summary": "It does not work", "receiver_id": employee.id})
        self._as("cx_service", complaint).handler_id = self.users_by_login["cx_quality"]
        self.assertEqual(complaint.first_responsible_id, employee)
        self.assertIn(employee.partner_id, complaint.sudo().message_partner_ids)
        self.assertIn(self.users_by_login["cx_quality"].partner_id, complaint.sudo().message_partner_ids)

    def test_a_category_routes_the_case(self):
        """The department that takes the category is proposed, its duty user gets the to-do; reassigning moves it.

        [S1-5.3.1c] [S2.16-14] [S4-1.2b] [S2.16-12]
        """
        self.env["cx.department"].search([]).active = False
        quality = self.users_by_login["cx_quality"]
        category = self.env.ref("cx_complaint.category_transport")
        department = self.env["cx.department"].create({
            "name": "Logistics", "function": "logistics", "duty_user_id": quality.id,
            "category_ids": [(6, 0, category.ids)]})
        complaint = self.env["cx.complaint"].create({"summary": "Crushed", "category_id": category.id})
        self.assertRecordValues(complaint, [{"department_id": department.id, "handler_id": quality.id}])
        self.assertEqual(complaint.activity_ids.user_id, quality)
        complaint.handler_id = self.users_by_login["cx_service"]
        self.assertEqual(complaint.activity_ids.user_id, self.users_by_login["cx_service"])
        complaint._cancel("Mistake")
        self.assertFalse(complaint.activity_ids)
