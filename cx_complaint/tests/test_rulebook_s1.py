from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS1(RulebookCommon):
    """The maker that sells through dealers and to users: customer relations, service after the sale, complaints."""

    CODE = "s1"

    def _kind(self, code):
        return self.env.ref(f"cx_complaint.complaint_kind_{code}").id

    def _codes(self):
        """What has to be done in the case by now."""
        return set(self.complaint.task_ids.milestone_id.mapped("code"))

    # What it covers

    def test_three_phases_of_service(self):
        """Before, during and after the sale are three kinds of their own, each with its own tasks. [S1-1a]"""
        expected = {
            "presales": {"presales", "customer_file"},
            "in_sales": {"in_sales", "customer_file"},
            "after_sales": {"damage_form", "urgent_unit", "customer_file"},
        }
        for kind, codes in expected.items():
            with self.subTest(kind=kind):
                self.complain(kind_id=self._kind(kind))
                self.assertEqual(self._codes(), codes)

    def test_three_systems_in_one(self):
        """Customer relations, service after the sale and complaints stand side by side: a complaint starts nothing of
        the service, a service nothing of the complaints, and both keep the customer's file. [S1-1b]
        """
        self.complain()
        complaint = self._codes()
        self.complain(kind_id=self._kind("after_sales"))
        service = self._codes()
        self.assertEqual(complaint & service, {"customer_file"})
        self.assertIn("investigate", complaint)
        self.assertIn("damage_form", service)

    # Customer data

    def test_information_administrator_keeps_the_customer_file(self):
        """Whatever the case is, he brings the file up to date, then gives the overview to the salespeople concerned.
        [S1-2.1.2d]
        """
        self.complain()
        self.assertQueue("customer_file", "cx_information")
        self.assertNotStarted("overview")
        self.do("customer_file", "cx_information")
        self.assertQueue("overview", "cx_information")
        self.assertIn("Customer status overview", self.procedure.form_ids.mapped("name"))

    def test_customer_data_are_kept_safe_by_him_alone(self):
        """The task about customer data is in nobody else's queue, and nobody else may say that it is done. [S1-2.1.3a]"""
        self.complain()
        self.assertQueue("customer_file", "cx_information")
        self.assertNotMine("customer_file", "cx_sales")

    def test_outsiders_consult_data_with_consent_only(self):
        """The sales manager consents, or the company manager; before it the applicant gets no answer. [S1-2.1.3b]"""
        self.complain(
            kind_id=self._kind("application"), category_id=self.env.ref("cx_complaint.category_customer_data").id)
        self.assertRoute("sales_manager", "cx_sales_head")
        self.assertQueue("consent", "cx_sales_head")
        self.step("confirm")
        self.assertBlocked("answer", "task_open")
        self.assertBlocked("decide", "not_entitled", "cx_sales")
        self.assertNotBlocked("decide", "not_entitled", "cx_sales_head")
        self.assertNotBlocked("decide", "not_entitled", "cx_management_top")
        self.do("consent", "cx_sales_head")
        self.assertNotBlocked("answer", "task_open")

    def test_other_applications_need_no_consent(self):
        """What a customer applies for himself, supply and sales handles and guides. [S1-3.1.3A]"""
        self.complain(kind_id=self._kind("application"))
        self.assertEqual(self._codes(), {"application"})
        self.assertQueue("application", "cx_sales")
        self.assertNotBlocked("answer", "task_open")

    # At the customer's

    def test_arrival_by_distance(self):
        """Within 1000 km in 24 hours, 1000 km itself included; counted through the night and the weekend. [S1-4.3b]"""
        for distance in (1, 999.5, 1000):
            with self.subTest(distance=distance):
                self.complain(at="2026-12-04 10:00", kind_id=self._kind("after_sales"), distance_km=distance)
                self.assertNotStarted("arrive")
                self.step("confirm", at="2026-12-04 16:00")
                self.assertDue("arrive", "2026-12-05 16:00")
                self.assertQueue("arrive", "cx_after_sales")

    def test_arrival_from_far_away(self):
        """Beyond 1000 km in 48 hours; who learns the distance later gets the other deadline. [S1-4.3c]"""
        self.complain(at="2026-12-04 10:00", kind_id=self._kind("after_sales"), distance_km=1000.5)
        self.step("confirm", at="2026-12-04 16:00")
        self.assertDue("arrive", "2026-12-06 16:00")
        self.complaint.distance_km = 300
        self.assertDue("arrive", "2026-12-05 16:00")

    def test_feedback_form_of_a_damage(self):
        """Sales registers the damage; the form carries name, address, phone and model. [S1-4.2b]"""
        self.customer.write({"street": "Harbour Road 8", "city": "Wenzhou"})
        self.complain(kind_id=self._kind("after_sales"), line_ids=[(0, 0, {"product_id": self.product.id, "quantity": 1})])
        self.assertQueue("damage_form", "cx_sales")
        form = self.env["cx.form"]._of("complaint", self.company, self.complaint._paper_procedure())
        self.assertEqual(form.name, "Product Feedback Handling Form")
        printed = str([self.complaint._paper_complaint_customer()["rows"], self.complaint._paper_complaint_goods()["rows"]])
        for text in ("Cx Customer", "Harbour Road 8", "13800000001", "Cx Pump"):
            self.assertIn(text, printed)

    # Complaints

    def test_quality_or_people(self):
        """A quality problem goes to quality inspection, what people caused to supply and sales. [S1-5.2]"""
        self.complain()
        self.assertRoute("dedicated", "cx_service")
        self.assertRoute("quality", "cx_quality", nature="quality")
        self.assertRoute("supply_sales", "cx_sales", nature="non_quality")

    def test_dedicated_person(self):
        """Sales names somebody who accepts complaints; where nobody is named, supply and sales does. [S1-5.3.1a]"""
        self.complain()
        self.assertRoute("dedicated", "cx_service")
        self.env["cx.role"].search([("function", "=", "service")]).active = False
        self.departments["service"].active = False
        self.complain(login="cx_information")
        self.assertRoute("dedicated", "cx_sales")

    def test_registered_at_once(self):
        """The information administrator registers at once; whoever takes an hour is an hour late. [S1-5.3.1b]"""
        self.complain(login="cx_information")
        self.assertDone("register")
        self.assertFalse(self.task("register").late_seconds)
        self.complain(at="2026-11-30 11:00", received="2026-11-30 10:00")
        self.assertRole("register", "information")
        self.assertDue("register", "2026-11-30 10:00")
        self.assertEqual(self.task("register").late_seconds, 3600)

    def test_supply_and_sales_from_register_to_effect(self):
        """It registers and investigates, then says who is responsible, how it is handled, what is improved and whether
        that worked. Nothing is closed before.

        [S1-5.3.2A1] [S1-5.3.2A2] [S1-5.3.2A3] [S1-5.3.2A4]
        """
        self.complain(login="cx_sales")
        self.assertDone("register")
        self.assertQueue("details", "cx_sales")
        self.assertQueue("investigate", "cx_sales")
        self.step("confirm", "cx_sales")
        self.step("investigate", "cx_quality")
        self.assertDone("investigate")
        self.assertQueue("responsibility", "cx_sales")
        self.name_department("production")
        self.assertDone("responsibility")
        self.step("conclude", "cx_quality")
        self.assertQueue("method", "cx_sales")
        self.step("decide", "cx_sales")
        self.assertDone("method")
        self.assertQueue("improvement", "cx_sales")
        self.assertQueue("convey", "cx_sales")
        self.step("answer", "cx_sales")
        self.assertBlocked("close", "task_open")
        self.do("improvement", "cx_sales", result="Two more checks; no case since")
        self.assertNotBlocked("close", "task_open")

    def test_quality_inspection_from_help_to_measures(self):
        """It confirms the quality by inspection, helps to investigate, proposes the responsible persons, drafts the
        measures and carries them through.

        [S1-5.3.2C1] [S1-5.3.2C2] [S1-5.3.2C3] [S1-5.3.2C4]
        """
        self.complain(nature="non_quality")
        self.assertNotStarted("inspection")
        self.complaint.nature = "quality"
        self.assertQueue("inspection", "cx_quality")
        self.step("confirm")
        self.step("investigate", "cx_quality")
        self.assertQueue("assist", "cx_quality")
        self.name_department("production")
        self.assertQueue("persons", "cx_quality")
        self.step("conclude", "cx_quality")
        self.assertDone("assist")
        self.assertQueue("measures", "cx_quality")

    def test_quick_and_with_improvement(self):
        """A case runs from the call to the end with everybody told what is his, within hours; what is not improved is
        not closed. [S1-5.1]
        """
        self.complain()
        self.step("confirm")
        self.step("investigate", "cx_quality")
        self.name_department("production")
        self.step("conclude", "cx_quality", at="2026-11-30 11:00")
        self.step("decide", "cx_sales")
        self.step("answer", "cx_sales", at="2026-11-30 15:00")
        self.assertBlocked("close", "task_open")
        self.do("improvement", "cx_sales")
        self.step("close", at="2026-11-30 16:00")
        self.assertEqual(self.complaint.state, "closed")
        self.assertDone("closing")
        self.assertEqual(self._local(self.task("closing").done_on), "2026-11-30 16:00")

    def test_closing_deadline_is_missing(self):
        """The document names none, nor who assesses by which measure: the tasks are there without a clock, and are listed as
        to be decided.
        """
        self.assertUndecided("closing", "assess")
        self.complain()
        self.assertDue("closing", False)

    def test_not_established_is_answered_too(self):
        """It is no reason to name a department, and the customer hears of it before it is closed. [S1-5.3.4]"""
        self.complain(line_ids=[(0, 0, {"name": "Leaks", "quantity": 1, "wish": "credit"})])
        self.step("confirm")
        self.step("conclude", "cx_quality", party="customer", outcome="not_established")
        self.assertBlocked("close", "unanswered")
        self.step("answer")
        self.assertBlocked("close", "line_unanswered")
        self.complaint.line_ids.is_answered = True
        self.assertNotBlocked("close", "line_unanswered")

    # Phones

    def test_phones_to_complain_at(self):
        """The numbers are published with the procedure: the office's in working hours, one that answers day and night,
        and the company manager's own, which goes past everybody.

        [S1-6.1a] [S1-6.1b] [S1-6.2]
        """
        for login, phone in (("cx_information", "100"), ("cx_service", "200"), ("cx_management_top", "300")):
            self.users_by_login[login].phone = phone
        self.assertEqual(
            [(kind, role.code, user.phone) for kind, role, user in self.procedure._phone_list(self.company)],
            [("hours", "information", "100"), ("always", "dedicated", "200"), ("direct", "company_manager", "300")])
        shown = str(self.procedure.phone_html)
        for phone in ("100", "200", "300"):
            self.assertIn(f"<b>{phone}</b>", shown)
