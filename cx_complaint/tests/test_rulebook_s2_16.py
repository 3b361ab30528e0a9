from odoo.tests import Form, tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS216(RulebookCommon):
    """The car dealership: half an hour to the customer department, half an hour to the manager whose matter it is."""

    CODE = "s2_16"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({
            "cx_uses_objects": True, "cx_object_kind_id": cls.env.ref("cx_complaint.object_kind_vehicle").id})
        cls.vehicle = cls.env["cx.object"].create({
            "kind_id": cls.env.ref("cx_complaint.object_kind_vehicle").id, "identifier": "粤B 54321",
            "partner_id": cls.customer.id})

    def _complain_about(self, category, **vals):
        return self.complain(category_id=self.env.ref(f"cx_complaint.category_{category}").id, **vals)

    def _tick(self, *triggers):
        self.complaint.trigger_ids = [(6, 0, [self.env.ref(f"cx_complaint.trigger_{code}").id for code in triggers])]

    # Whose matter it is

    def test_customer_service_passes_it_to_quality_inspection(self):
        """It collects and tracks, and passes every complaint on; then the section has it. [S2.16-3]"""
        self._complain_about("repair")
        self.assertQueue("to_inspection", "cx_service")
        self.assertNotStarted("inspect")
        self.do("to_inspection", "cx_service")
        self.assertQueue("inspect", "cx_quality")

    def test_sales_manager(self):
        """Complaints about the sales department. [S2.16-5]"""
        self._complain_about("sales_service")
        self.assertRoute("sales_manager", "cx_sales_head")

    def test_business_manager(self):
        """General complaints about the repair: quality, attitude, standard, price; on the spot he handles it at once.

        [S2.16-6]
        """
        for category in ("repair", "quality", "attitude", "price"):
            with self.subTest(category=category):
                self._complain_about(category)
                self.assertRoute("business_manager", "cx_after_sales_supervisor")
        self._complain_about("repair", channel_id=self.env.ref("cx_complaint.channel_desk").id)
        self.assertQueue("on_spot", "cx_after_sales_supervisor")

    def test_service_manager(self):
        """A repair complaint that becomes major, by compensation or an accident, moves on to him. [S2.16-7]"""
        self._complain_about("repair")
        self.assertRoute("business_manager", "cx_after_sales_supervisor")
        self._tick("compensation")
        self.assertRoute("service_manager", "cx_after_sales_head")
        self._tick("accident")
        self.assertRoute("service_manager", "cx_after_sales_head")

    def test_general_affairs_manager(self):
        """Complaints about the customer department; and he assesses the result of every case before it is closed.

        [S2.16-8]
        """
        self._complain_about("other")
        self.assertRoute("general_affairs", "cx_personnel_head")
        self._complain_about("parts")
        self.step("confirm")
        self.step("answer")
        self.assertQueue("assess", "cx_personnel_head")
        self.assertBlocked("close", "task_open")

    def test_finance_manager(self):
        """Complaints about finance staff. [S2.16-9]"""
        self._complain_about("finance_service")
        self.assertRoute("finance_manager", "cx_finance_head")

    def test_spare_parts_supervisor(self):
        """Parts that do not come in time or are not right, and the people who hand them out. [S2.16-10]"""
        self._complain_about("parts")
        self.assertRoute("parts", "cx_warehouse_supervisor")

    def test_general_manager_decides(self):
        """The last word on measures and scheme is his; no manager below him decides. [S2.16-11]"""
        self._complain_about("repair")
        self.step("confirm")
        self.do("to_inspection", "cx_service")
        self.step("conclude", "cx_quality")
        self.assertQueue("decision", "cx_management_top")
        self.assertBlocked("decide", "not_entitled", "cx_sales_head")
        self.step("decide", "cx_management_top")
        self.assertDone("decision")

    # By when

    def test_handed_in_within_half_an_hour(self):
        """Whoever received it has half an hour, but for what the business manager handles on the spot. [S2.16-13]"""
        self._complain_about("repair", at="2026-11-30 09:20", received="2026-11-30 09:00", login="cx_sales",
                             channel_id=self.env.ref("cx_complaint.channel_phone").id)
        self.assertDue("hand_in", "2026-11-30 09:30")
        self.assertQueue("hand_in", "cx_sales")
        self.assertFalse(self.task("hand_in").late_seconds)
        self._complain_about("repair", at="2026-11-30 09:40", received="2026-11-30 09:00", login="cx_sales",
                             channel_id=self.env.ref("cx_complaint.channel_phone").id)
        self.assertEqual(self.task("hand_in").late_seconds, 600)
        self._complain_about("repair", channel_id=self.env.ref("cx_complaint.channel_desk").id)
        self.assertNotStarted("hand_in")

    def test_major_ones_within_half_an_hour_and_supervised(self):
        """On the spot as well; the customer department tracks and supervises them until they are closed. [S2.16-20]"""
        self._complain_about("repair", received="2026-11-30 08:45", channel_id=self.env.ref("cx_complaint.channel_desk").id)
        self.assertNotStarted("track")
        self._tick("safety")
        self.assertDue("hand_in_major", "2026-11-30 09:15")
        self.assertQueue("track", "cx_service_supervisor")
        self.assertRunning("track")

    def test_distributed_within_half_an_hour(self):
        """By the customer department, to the managers. [S2.16-23]"""
        self._complain_about("repair")
        self.assertQueue("distribute", "cx_service_supervisor")
        self.assertDue("distribute", "2026-11-30 09:30")

    def test_other_departments_pass_it_on(self):
        """At once; how long at most is lost with the end of the document, so there is no clock until it is decided.

        [S2.16-28]
        """
        self._complain_about("repair", login="cx_warehouse", channel_id=self.env.ref("cx_complaint.channel_colleague").id)
        self.assertQueue("pass_on", "cx_warehouse")
        self.assertDue("pass_on", False)
        self.assertUndecided("pass_on", "inspect", "handle", "feedback", "close")
        self.assertIn("half an hour", self.milestone("pass_on").undecided_note)

    def test_at_night_the_clock_waits_for_the_opening(self):
        """What is not urgent takes the normal way: it starts when work starts. [S2.16-27]"""
        self._complain_about("repair", at="2026-11-29 21:00")
        self.assertDue("distribute", "2026-11-30 08:30")
        self._complain_about("repair", at="2026-11-29 21:00", urgency="1")
        self.assertDue("distribute", "2026-11-29 21:30")

    # What is major

    def test_compensation_safety_damage(self):
        """Each of the three makes it major; the figure of a large damage is to be decided. [S2.16-15]"""
        self._assertMajor("compensation", "safety", "large_damage")
        self.assertTrue(self.part("severity_damage_amount").is_undecided)

    def test_frequent_visits(self):
        """The document gives no figures: the counter is off until somebody enters them in a new edition. Then the visits
        of the vehicle count. [S2.16-16]
        """
        self._assertMajor("frequent_repair")
        self.assertTrue(self.part("severity_visits").is_undecided)
        for day in (10, 17, 24):
            self._visit(f"2026-11-{day}")
        self._complain_about("repair", line_ids=[(0, 0, {"name": "Squeals again", "object_id": self.vehicle.id})])
        self.assertSeverity("normal")
        edition = self.procedure._make_edition("B/0", "Figures of frequent visits")
        edition.severity_rule_ids.filtered(lambda rule: rule.kind == "visits").write({
            "is_undecided": False, "threshold": 2, "days": 30})
        edition.action_put_in_force()
        self._complain_about("repair", line_ids=[(0, 0, {"name": "Squeals again", "object_id": self.vehicle.id})])
        self.assertSeverity("major")

    def test_media_lawyer_police_association_government(self):
        """Whoever else is involved makes it major. [S2.16-17]"""
        self._assertMajor("media", "lawyer", "police", "consumers", "government")

    def test_harm_to_be_feared(self):
        """A strong opinion that may lead to exposure, a court or worse. [S2.16-18]"""
        self._assertMajor("exposure")

    def test_transferred_by_an_authority(self):
        """What an association or an authority passes on. [S2.16-19]"""
        self._assertMajor("transferred")

    # The whole way

    def test_standard_flow(self):
        """From the call to the end in a day: whose it is, what is said, decided, answered; the loophole is named before the
        case is closed. [S2.16-1]
        """
        self._complain_about("repair", received="2026-11-30 08:50", channel_id=self.env.ref("cx_complaint.channel_phone").id)
        self.assertBlocked("confirm", "read_back_missing")
        self.step("confirm")
        self.do("distribute", "cx_service_supervisor", at="2026-11-30 09:20")
        self.do("to_inspection", "cx_service")
        self.step("conclude", "cx_quality", at="2026-11-30 11:00")
        self.step("decide", "cx_management_top", at="2026-11-30 14:00")
        self.step("answer", at="2026-11-30 15:00")
        self.assertBlocked("close", "task_open")
        self.do("assess", "cx_personnel_head", result="Final check now signed by two")
        self.step("close", at="2026-11-30 17:00")
        self.assertEqual(self.complaint.state, "closed")
        self.assertDone("close")

    def test_register_names_customer_plate_and_contact(self):
        """Who registers enters them; the plate finds the vehicle and its owner. [S2.16-21]"""
        form = Form(self._as("cx_employee", self.env["cx.complaint.intake"]))
        form.summary = "The brakes squeal"
        form.caller_name = "Ms. Wu"
        form.phone = "13900000000"
        form.object_number = "粤b-54321"
        complaint = self.env["cx.complaint"].browse(form.save().action_register()["res_id"])
        self.assertEqual((complaint.caller_name, complaint.phone), ("Ms. Wu", "13900000000"))
        self.assertEqual(complaint.line_ids.object_id, self.vehicle)

    # Help

    def _assertMajor(self, *triggers):
        for trigger in triggers:
            with self.subTest(trigger=trigger):
                self._complain_about("repair")
                self.assertSeverity("normal")
                self._tick(trigger)
                self.assertSeverity("major")

    def _visit(self, day):
        self.env["cx.service.event"].create({
            "object_id": self.vehicle.id, "kind_id": self.env.ref("cx_complaint.service_event_kind_shop_visit").id, "date": day})
