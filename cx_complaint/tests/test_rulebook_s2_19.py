from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS219(RulebookCommon):
    """The furniture mall: the channel says who receives, and the customer hears again within 24 hours."""

    CODE = "s2_19"

    def _complain_by(self, channel, **vals):
        return self.complain(channel_id=self.env.ref(f"cx_complaint.channel_{channel}").id, **vals)

    # Who receives

    def test_channel_says_who_receives(self):
        """Specialist, merchant, manager or call centre."""
        for channel, role, login in (
            ("visit", "specialist", "cx_service"), ("desk", "specialist", "cx_service"), ("merchant", "merchant", "cx_sales"),
            ("authority", "service_manager", "cx_service_head"), ("media", "call_centre", "cx_service_headquarters"),
            ("hotline", "call_centre", "cx_service_headquarters"), ("colleague", "call_centre", "cx_service_headquarters"),
            ("group", "call_centre", "cx_service_headquarters"),
        ):
            with self.subTest(channel=channel):
                self._complain_by(channel)
                self.assertRoute(role, login)

    # By when

    def test_progress_within_24_hours(self):
        """At the mall: verified with the merchant, the customer told, over night and weekend as well. [S2.19-10]"""
        self._complain_by("visit", at="2026-11-30 10:00", received="2026-11-30 09:15")
        self.assertDue("verify", "2026-12-01 09:15")
        self.assertQueue("verify", "cx_service")
        self.assertTrue(self.task("verify").milestone_id.is_promise)
        self.do("verify", "cx_service", at="2026-12-01 09:45", result="Merchant comes on Wednesday")
        self.assertEqual(self.task("verify").late_seconds, 1800)
        self._complain_by("visit", received="2026-11-28 16:00", at="2026-11-28 16:00")
        self.assertDue("verify", "2026-11-29 16:00")
        self.assertNotStarted("mall_contact")

    def test_mall_contacts_within_24_hours(self):
        """What came by media is passed to the mall, which calls within the day promised. [S2.19-21]"""
        self._complain_by("media", received="2026-11-30 08:20")
        self.assertQueue("details", "cx_service_headquarters")
        self.assertQueue("mall_contact", "cx_service")
        self.assertDue("mall_contact", "2026-12-01 08:20")
        self.assertNotStarted("verify")

    def test_no_promise_where_the_document_makes_none(self):
        """On the hotline the centre only learns, transfers and follows; of a customer at the group nothing is said after who
        receives him.
        """
        self._complain_by("hotline")
        self.assertQueue("details", "cx_service_headquarters")
        self.assertNotStarted("mall_contact")
        self._complain_by("group")
        self.assertEqual(self.complaint.task_ids.milestone_id.mapped("code"), ["at_group"])

    def test_call_centre_contacts_within_24_hours(self):
        """What a colleague of the group passes on: the call centre asks for the details, then transfers. [S2.19-24]"""
        self._complain_by("colleague", received="2026-11-30 08:20", login="cx_finance")
        self.assertQueue("contact", "cx_service_headquarters")
        self.assertDue("contact", "2026-12-01 08:20")
        self.assertNotStarted("transfer")
        self.step("confirm", "cx_service", at="2026-11-30 15:00")
        self.assertDone("contact")
        self.assertQueue("transfer", "cx_service_headquarters")
        self.complaint._transfer("Bought in the East Mall", partner=self.env["res.partner"].create({"name": "East Mall"}))
        self.complaint.invalidate_recordset()
        self.assertDone("transfer")
        self.assertRunning("follow")

    # Who hears of it

    def test_merchant_does_not_settle(self):
        """Then it goes to customer service and the furniture department at once; how long he may take is to be decided.

        [S2.19-14]
        """
        self._complain_by("merchant")
        self.assertQueue("merchant", "cx_sales")
        self.assertTold("merchant", ("at", 0, "hour", "specialist"), ("at", 0, "hour", "furniture"))
        self._as("cx_sales", self.task("merchant"))._pass_up("He wants his money back")
        told = self.task("merchant").escalation_ids.user_ids
        self.assertEqual(set(told.mapped("login")), {"cx_service", "cx_sales_head"})
        self.assertQueue("merchant", "cx_sales", "cx_service", "cx_sales_head")
        self.assertUndecided("merchant", "at_group")

    def test_authority_gets_a_reply(self):
        """Once it is settled; the case is not closed before."""
        self._complain_by("authority")
        self.assertQueue("discuss", "cx_service_head")
        self.step("confirm")
        self.step("decide", "cx_service")
        self.assertDone("discuss")
        self.step("answer")
        self.assertQueue("reply_authority", "cx_service_head")
        self.assertBlocked("close", "task_open")
        self.do("reply_authority", "cx_service_head", result="By letter")
        self.step("close")
        self.assertEqual(self.complaint.state, "closed")

    # What was bought

    def test_one_year_from_the_purchase(self):
        """The warranty of what a consumer bought comes with the procedure and starts with the purchase."""
        self.company.cx_uses_objects = True
        purchase = self.env["cx.object"].create({
            "kind_id": self.env.ref("cx_complaint.object_kind_purchase").id, "identifier": "HX-1",
            "partner_id": self.customer.id})
        self.env["cx.service.event"].create({
            "object_id": purchase.id, "kind_id": self.env.ref("cx_complaint.service_event_kind_purchased").id,
            "date": "2025-11-28"})
        rule = self.env.ref("cx_complaint.procedure_s2_19_warranty")
        self.assertEqual((rule.start, rule.product_length, rule.product_unit), ("purchase", 12, "months"))
        self._complain_by("visit", line_ids=[(0, 0, {"name": "Sofa creaks", "object_id": purchase.id})])
        self.assertEqual(self.complaint.line_ids.warranty, "out")
        self.env["cx.procedure.choice"].search([]).active = False
        other = self.env["cx.complaint"].create({
            "summary": "Sofa creaks", "partner_id": self.customer.id, "line_ids": [(0, 0, {"name": "Sofa", "object_id": purchase.id})]})
        self.assertFalse(other.procedure_id)
        self.assertEqual(other.line_ids.warranty, "unknown", "what the procedure brings holds for its own cases only")
