from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestCaseRegister(CxCommon):
    """One register: numbers, foreign numbers, doubles, rights, companies, and what a list costs."""

    def _create(self, number=None, **vals):
        references = [(0, 0, {"number": number})] if number else []
        return self.env["cx.complaint"].create({
            "summary": "It fails", "partner_id": self.customer.id, "reference_ids": references, **vals})

    # Numbers

    def test_a_case_is_found_by_its_number_the_customers_and_his_name(self):
        """Typing any of them in a case field or the search bar finds the case. [S2.07-8] [S2.13-19]"""
        case = self._create("DN-88/1234")
        for text in (case.name, "88/1234", "Cx Customer"):
            with self.subTest(text=text):
                found = [case_id for case_id, _name in self._as("cx_service", case).name_search(text)]
                self.assertIn(case.id, found)
        self.assertFalse(self.env["cx.complaint"].name_search("DN-88/9999"))

    def test_the_same_number_of_the_same_customer_is_warned_about(self):
        """Written differently, by another person of the company: a link, not an error; other customers do not count."""
        first = self._create("DN-4711")
        person = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        second = self._create("dn 4711", partner_id=person.id)
        stranger = self._create("DN-4711", partner_id=self.env["res.partner"].create({"name": "Cx Other"}).id)
        self.assertIn(f"/odoo/complaints/{first.id}", second.twin_html)
        self.assertIn(first.name, second.twin_html)
        self.assertIn(second.name, first.twin_html)
        self.assertFalse(stranger.twin_html)
        draft = self.env["cx.complaint"].new({
            "partner_id": self.customer.id, "reference_ids": [(0, 0, {"number": "DN4711"})]})
        self.assertIn(first.name, draft.twin_html, "already while it is being typed")

    def test_a_hostile_summary_is_shown_as_text(self):
        """What a caller dictates cannot become markup in the warning of another case."""
        self._create("X-1", summary="<img src=x onerror=alert(1)>")
        self.assertNotIn("<img", self._create("x1").twin_html)

    def test_each_company_counts_for_itself(self):
        """A company with a series of its own gets its numbers, the others go on with the shared one."""
        company = self.env["res.company"].create({"name": "Cx Second"})
        self.env["ir.sequence"].create({
            "name": "Cx Second", "code": "cx.complaint", "prefix": "C2-", "padding": 3, "company_id": company.id})
        ours, theirs = self.env["cx.complaint"].create([
            {"summary": "A"}, {"summary": "B", "company_id": company.id}])
        self.assertTrue(ours.name.startswith("CMP/"))
        self.assertEqual(theirs.name, "C2-001")

    # Kinds

    def test_kinds_say_whether_they_count(self):
        """Delivery date, quality, quantity are complaints; an enquiry or a suggestion is registered and not counted.

        [S2.04-3] [S2.10-5] [S4-1.1b]
        """
        cases = {code: self._create(kind_id=self.env.ref(f"cx_complaint.complaint_kind_{code}").id)
                 for code in ("complaint", "dissatisfaction", "commercial_return", "enquiry", "suggestion")}
        counted = self.env["cx.complaint"].search([("is_counted", "=", True), ("id", "in", [
            case.id for case in cases.values()])])
        self.assertEqual(counted, cases["complaint"] | cases["dissatisfaction"])
        for code in ("quality", "delivery", "quantity"):
            self._create(category_id=self.env.ref(f"cx_complaint.category_{code}").id)
        self.assertTrue(self._create().is_counted, "without choosing it is a complaint")

    # What is refused

    def test_inside_matters_are_no_customer_complaints(self):
        """Our own company is not a customer of ours. [S2.04-2] [S2.10-4]"""
        with self.assertRaisesRegex(ValidationError, "is your own company"):
            self._create(partner_id=self.env.company.partner_id.id)

    def test_two_doors_lead_to_one_register(self):
        """Sales and quality both register, and each finds the other's case in the same list. [S2.06-6] [S2.07-8]"""
        cases = [self._as(login, self.env["cx.complaint"]).create({"summary": login})
                 for login in ("cx_sales", "cx_quality")]
        for login in ("cx_sales", "cx_quality"):
            found = self._as(login, self.env["cx.complaint"]).search([("id", "in", [case.id for case in cases])])
            self.assertEqual(len(found), 2)

    def test_a_negative_claim_is_refused(self):
        """The customer claims an amount, in his currency, in a form he names. [S3-3.1b]"""
        case = self._create(claimed_amount=120, claimed_form="Voucher", has_business_loss=True)
        self.assertEqual(case.currency_id, self.env.company.currency_id)
        with self.assertRaisesRegex(ValidationError, "cannot claim"):
            case.claimed_amount = -1

    def test_a_call_cannot_have_been_tomorrow(self):
        """A call-back may be planned and does not count as a repeat contact; a repeat call has happened. [S4-1.1a]"""
        case = self._create()
        vals = {"complaint_id": case.id, "summary": "Call", "contacted_on": "2126-01-01 08:00:00"}
        self.assertEqual(self.env["cx.contact"].create({**vals, "kind": "callback"}).nth, 0)
        self.assertEqual(case.contact_count, 1)
        with self.assertRaisesRegex(ValidationError, "said in the future"):
            self.env["cx.contact"].create({**vals, "kind": "repeat"})

    # Rights and companies

    def test_no_contact_is_written_on_a_case_one_may_not_see(self):
        """An employee cannot count up other people's cases."""
        case = self._create()
        with self.assertRaises(AccessError):
            self._as("cx_employee", self.env["cx.contact"]).create({"complaint_id": case.id, "summary": "Again"})

    def test_another_companys_case_is_closed(self):
        """Who works in one company neither finds nor reads the cases of the other."""
        company = self.env["res.company"].create({"name": "Cx Second"})
        theirs = self._create(company_id=company.id, partner_id=False)
        service = self._as("cx_service", self.env["cx.complaint"])
        self.assertFalse(service.search([("id", "=", theirs.id)]))
        with self.assertRaises(AccessError):
            self._as("cx_service", theirs).read(["summary"])
        with self.assertRaises(UserError):
            self._create().duplicate_of_id = theirs

    def test_intake_matches_in_its_company_only(self):
        """The same phone number in another company is another company's business."""
        company = self.env["res.company"].create({"name": "Cx Second"})
        self._create(company_id=company.id, partner_id=False, phone="079 000 45 62")
        intake = self.env["cx.complaint.intake"].create({"summary": "A", "phone": "079 000 45 62"})
        self.assertFalse(intake.case_ids)

    # The customer

    def test_the_customer_shows_his_complaints(self):
        """Those of the whole company, counted at once; the list opens on exactly them. [S2.07-2] [S2.13-5]"""
        person = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        cases = self._create() | self._create(partner_id=person.id)
        for partner in (self.customer, person):
            as_service = self._as("cx_service", partner)
            self.assertEqual(as_service.cx_complaint_count, 2)
            self.assertEqual(self.env["cx.complaint"].search(as_service.action_view_cx_complaints()["domain"]), cases)

    def test_who_passed_it_on_and_the_end_customer_stand_beside_the_customer(self):
        """Dealer, his customer and the authority are three parties of one case, each found. [S2.11-10] [S2.19-17]"""
        authority, user = self.env["res.partner"].create([{"name": "Authority"}, {"name": "Household"}])
        case = self._create(transferred_by_id=authority.id, end_customer_id=user.id)
        self.assertEqual(case.commercial_partner_id, self.customer)
        self.assertIn(case, self.env["cx.complaint"].search([("end_customer_id", "=", user.id)]))

    # What it costs

    def test_the_list_of_cases_is_flat(self):
        """Forty cases with lines, numbers and contacts cost no more queries than two."""
        cases = self.env["cx.complaint"].create([{
            "summary": f"Case {number}", "partner_id": self.customer.id,
            "reference_ids": [(0, 0, {"number": f"N-{number}"})],
            "line_ids": [(0, 0, {"product_id": self.product.id})]} for number in range(40)])
        shown = ["name", "state", "reference_text", "contact_count", "rma_count", "disposition_count",
                 "settlement_count", "handler_id", "has_open_work"]
        self._cost(cases, shown)
        self.assertEqual(self._cost(cases[:2], shown), self._cost(cases, shown))

    def test_confirming_many_is_not_slower_per_case(self):
        """A selection of forty is confirmed with hardly more queries per case than two."""
        cases = self.env["cx.complaint"].create([{
            "summary": f"Case {number}", "partner_id": self.customer.id, "phone": "079 000 45 63",
            "is_read_back": True, "line_ids": [(0, 0, {"product_id": self.product.id, "wish": "repair"})],
        } for number in range(42)])
        self.env.flush_all()
        few = self._count(cases[:2].action_confirm)
        many = self._count(cases[2:].action_confirm)
        self.assertLess(many, few + 20)

    def _cost(self, cases, names):
        self.env.invalidate_all()
        return self._count(lambda: self._as("cx_service", cases).read(names))

    def _count(self, action):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.cr.sql_log_count - before
