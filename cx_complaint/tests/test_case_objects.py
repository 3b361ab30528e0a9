from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from ..rules import phases, repeats
from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestCaseObjectRules(TransactionCase):
    """The rules over plain values."""

    def test_the_phase_that_started_last_holds(self):
        """Nothing without phases; of two that started on one day the one that ends first, and then the other."""
        ongoing = phases.Phase(1, 10, False, 0, "months")
        two_months = phases.Phase(2, 30, 7, 2, "months")
        completed = phases.Phase(3, 20, 7, 0, "months")
        events = {7: [date(2026, 3, 31)], 8: [date(2026, 4, 1)]}
        self.assertIsNone(phases.phase_on([], events, date(2026, 1, 1)))
        self.assertIsNone(phases.phase_on([two_months], events, date(2026, 3, 30)))
        for day, wanted in (
            (date(2026, 3, 30), 1), (date(2026, 3, 31), 2), (date(2026, 5, 31), 2), (date(2026, 6, 1), 3),
        ):
            with self.subTest(day=day):
                self.assertEqual(phases.phase_on([completed, ongoing, two_months], events, day).id, wanted)

    def test_a_phase_starts_again_with_each_event(self):
        """Three days after leaving the workshop: after the first visit and after the second, not between them."""
        fresh = phases.Phase(1, 10, 7, 3, "days")
        events = {7: [date(2026, 3, 1), date(2026, 3, 10)]}
        found = {day: bool(phases.phase_on([fresh], events, date(2026, 3, day))) for day in (1, 4, 5, 9, 10, 13, 14)}
        self.assertEqual(found, {1: True, 4: True, 5: False, 9: False, 10: True, 13: True, 14: False})

    def test_counting_back(self):
        """The own day counts, the day before the first one does not; the own case is not before itself."""
        days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), date(2026, 4, 1)]
        self.assertEqual(repeats.count_within(days, date(2026, 3, 31), 30), 2)
        self.assertEqual(repeats.count_within(days, date(2026, 3, 31), 0), 0)
        cases = {(day, number) for number, day in enumerate(days)}
        self.assertEqual(repeats.count_earlier(cases, (days[2], 2)), 2)
        self.assertEqual(repeats.count_earlier(cases, (days[2], 2), 29), 1)
        self.assertEqual(repeats.count_earlier(cases, (days[2], float("inf"))), 3)


@tagged("post_install", "-at_install")
class TestCaseObjects(ObjectsCommon):
    """Vehicles, sites and purchases: told apart, found again, dated by what happened to them."""

    # One object, one number

    def test_a_number_is_taken_once(self):
        """However it is written; the refusal names the object that has it, also when that is archived."""
        one = self._object("粤B·12345", name="Sedan")
        for number in ("粤b 12345", "粤B-123-45"):
            with self.subTest(number=number), self.assertRaisesRegex(ValidationError, "粤B·12345 · Sedan .Vehicle."):
                self._object(number)
        other = self._object("粤B·99999")
        with self.assertRaisesRegex(ValidationError, "already"):
            other.identifier = "粤B 12345"
        with self.assertRaisesRegex(ValidationError, "already"):
            self._as("cx_service", self.env["cx.object"]).create(
                [{"identifier": number, "kind_id": self.vehicle.id} for number in ("X 1", "x1")])
        one.active = False
        with self.assertRaisesRegex(ValidationError, "is archived"):
            self._object("粤B12345")
        one.identifier = "粤B 12345"  # its own number written differently

    def test_the_number_of_another_kind_or_company_is_free(self):
        """Order 4711 and machine 4711 are two things, and so are those of two companies."""
        one = self._object("4711")
        machine = self._object("4711", self.env.ref("cx_complaint.object_kind_machine"))
        company = self.env["res.company"].create({"name": "Cx Company B"})
        foreign = self.env["cx.object"].create(
            {"identifier": "4711", "kind_id": self.vehicle.id, "company_id": company.id})
        self.assertEqual(len((one | machine | foreign).mapped("identifier_key")), 3)
        with self.assertRaisesRegex(ValidationError, "already"):
            machine.kind_id = self.vehicle.id

    def test_nobody_registers_a_nameless_object(self):
        with self.assertRaisesRegex(ValidationError, "Nobody can tell"):
            self._object(False, partner_id=False)
        self.assertTrue(self._object(False, name="Grey van at the gate", partner_id=False))

    def test_it_is_found_however_it_is_written(self):
        """By number with other blanks, dashes and capitals, by what it is, by who has it."""
        one = self._object("AB·123 C", name="Ambulance")
        for text in ("ab123c", "AB-123-C", "123 c", "Ambul", "Cx Customer"):
            with self.subTest(text=text):
                self.assertIn(one.id, [found for found, _name in self.env["cx.object"].name_search(text)])
        self.assertFalse(self.env["cx.object"].name_search("AB124C"))

    def test_what_is_complained_of_stays(self):
        """An object of a case is archived, not deleted; a kind in use is not deleted either."""
        one = self._object("AB 1")
        complaint = self._complain(one)
        with self.assertRaisesRegex(UserError, f"{complaint.name} and stays. Archive"):
            self._as("cx_manager", one).unlink()
        self._as("cx_manager", self._object("AB 2")).unlink()

    # Rights

    def test_who_may_what(self):
        """Customer service, sales and quality keep objects; others read them, an employee does not even that."""
        one = self._object("AB 1")
        for login in ("cx_sales", "cx_quality", "cx_manager"):
            self._happen(one, "shop_visit", "2026-06-01", login=login)
            self._as(login, one).name = login
        for login in ("cx_engineering", "cx_planning", "cx_warehouse", "cx_finance"):
            self.assertEqual(self._as(login, one).identifier, "AB 1")
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, one).name = "Mine"
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._happen(one, "shop_visit", "2026-06-01", login=login)
        with self.assertRaises(AccessError):
            self._as("cx_employee", one).read(["identifier"])
        with self.assertRaises(AccessError):
            self._as("cx_service", self.site).name = "Mine"

    def test_companies_are_apart(self):
        """A line takes no object of another company, an object no kind of it, and its user sees none of ours."""
        company = self.env["res.company"].create({"name": "Cx Company B"})
        user = new_test_user(self.env, "cx_service_b", groups="cx_complaint.group_service", company_id=company.id,
                             company_ids=[Command.set(company.ids)])
        foreign = self.env["cx.object"].create(
            {"identifier": "B 1", "kind_id": self.vehicle.id, "company_id": company.id})
        with self.assertRaisesRegex(UserError, "compan"):
            self.env["cx.complaint"].create({"summary": "Mixed", "line_ids": [
                Command.create({"object_id": foreign.id, "name": "Rattles"})]})
        kind = self.env["cx.object.kind"].create({"name": "Own", "company_id": company.id})
        with self.assertRaisesRegex(UserError, "compan"):
            self._object("AB 1", kind)
        ours = self._object("AB 2")
        self.assertFalse(self.env["cx.object"].with_user(user).search([("id", "=", ours.id)]))

    # What happened to it

    def test_dates_follow_the_events(self):
        """The first purchase counts; a date entered on the object is an event; what is still to come is refused."""
        one = self._object("AB 1", purchased_on="2026-01-10")
        self.assertEqual(one.event_ids.kind_id, self._event_kind("purchased").with_user(one.env.user))
        self._happen(one, "purchased", "2026-03-01", "2025-12-01")
        self.assertEqual(one.purchased_on, date(2025, 12, 1))
        one.purchased_on = "2025-11-11"
        self.assertEqual(len(one.event_ids), 3)
        self.assertEqual(one.event_ids.sorted("date")[0].date, date(2025, 11, 11))
        one.delivered_on = "2026-01-12"
        one.delivered_on = False
        self.assertEqual(len(one.event_ids), 3)
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._happen(one, "shop_visit", "2099-01-01")
        self._event_kind("accepted").warranty_start = False
        with self.assertRaisesRegex(UserError, "No kind of service event stands for “Accepted On”"):
            one.accepted_on = "2026-01-01"

    def test_phases_of_a_site(self):
        """Ongoing until the acceptance sheet is signed; from that day for two months, then completed. [S2.03-7]"""
        site = self._object("Riverside 12", self.site)
        ongoing, two_months, completed = self.site.phase_ids.sorted("sequence").mapped("name")
        self.assertEqual(site._phase_on(date(2026, 3, 31)).name, ongoing)
        before = self._complain(site, "2026-03-30 10:00:00").line_ids
        self.assertEqual(before.site_phase, "ongoing")
        sheet = self._happen(site, "accepted", "2026-03-31")
        for day, name in (
            (date(2026, 3, 30), ongoing), (date(2026, 3, 31), two_months), (date(2026, 5, 31), two_months),
            (date(2026, 6, 1), completed),
        ):
            with self.subTest(day=day):
                line = self._complain(site, f"{day} 10:00:00").line_ids
                self.assertEqual((site._phase_on(day).name, line.object_phase_id.name), (name, name))
                self.assertEqual(line.site_phase, "ongoing" if name == ongoing else "completed")
        after = self._complain(site, "2026-06-01 10:00:00").line_ids
        sheet.date = "2026-05-01"
        self.assertEqual((before.object_phase_id.name, after.object_phase_id.name), (ongoing, two_months))
        sheet.unlink()
        self.assertEqual((after.object_phase_id.name, after.site_phase, after.accepted_on), (ongoing, "ongoing", False))

    def test_changed_phases_hold_for_open_cases(self):
        """A closed case stays in the phase in which it was."""
        site = self._object("Riverside 12", self.site, accepted_on="2026-03-31")
        opened, closed = (self._complain(site, "2026-06-15 10:00:00").line_ids for _number in range(2))
        self.assertEqual(opened.object_phase_id, closed.object_phase_id)
        closed.complaint_id.sudo().decision = "closed"
        phase = self.site.phase_ids.sorted("sequence")[1]
        self._as("cx_manager", phase).duration = 3
        self.assertEqual((opened.object_phase_id, closed.object_phase_id == phase), (phase.with_user(opened.env.user), False))
        with self.assertRaisesRegex(ValidationError, "nothing that it starts with"):
            self._as("cx_manager", phase).start_kind_id = False

    def test_an_event_is_of_the_object_complained_of(self):
        """The repair of another vehicle is refused; choosing another vehicle lets the repair go."""
        one, other = self._object("AB 1"), self._object("AB 2")
        repair = self._happen(one, "repaired", "2026-06-10")
        line = self._complain(one, line={"service_event_id": repair.id}).line_ids
        with self.assertRaisesRegex(ValidationError, "belongs to AB 1"):
            self._complain(other, line={"service_event_id": repair.id})
        line.object_id = other
        self.assertFalse(line.service_event_id)

    # Warranty

    def _rule(self, **vals):
        return self._as("cx_manager", self.env["cx.warranty.rule"]).create({
            "name": "Rule", "product_length": 12, "labour_length": 12, **vals})

    def _found(self, line):
        return line.warranty, line.charge, line.warranty_end

    def test_warranty_starts_with_what_happened(self):
        """Purchase, delivery and acceptance of the object start the warranties that run from them."""
        self.env["cx.warranty.rule"].search([]).active = False
        one = self._object("AB 1")
        line = self._complain(one).line_ids
        self.assertEqual(self._found(line), ("unknown", "unknown", False))
        self.assertIn("No warranty rule holds for AB 1", line.warranty_reason)
        rule = self._rule(start="purchase", object_kind_id=self.vehicle.id)
        line.invalidate_recordset(["warranty_reason"])
        self.assertIn("not known yet", line.warranty_reason)
        self._happen(one, "purchased", "2025-06-15")
        self.assertEqual(self._found(line), ("in", "free", date(2026, 6, 15)))
        rule.start = "delivery"
        self.assertEqual(self._found(line), ("unknown", "unknown", False))
        delivered = self._happen(one, "delivered", "2025-06-14")
        self.assertEqual(self._found(line), ("out", "chargeable", date(2026, 6, 14)))
        delivered.date = "2025-07-01"
        self.assertEqual(self._found(line), ("in", "free", date(2026, 7, 1)))
        delivered.unlink()
        self.assertEqual(self._found(line), ("unknown", "unknown", False))

    def test_closed_cases_stay_as_they_were_judged(self):
        self.env["cx.warranty.rule"].search([]).active = False
        self._rule(start="purchase", object_kind_id=self.vehicle.id)
        one = self._object("AB 1", purchased_on="2025-08-01")
        line = self._complain(one).line_ids
        self.assertEqual(line.warranty, "in")
        line.complaint_id.sudo().decision = "closed"
        one.purchased_on = "2020-01-01"
        self.assertEqual(self._found(line), ("in", "free", date(2026, 8, 1)))

    def test_the_rule_for_the_kind_of_object(self):
        """Loses against one for the product, wins over one for a category, and holds for that kind only."""
        self.env["cx.warranty.rule"].search([]).active = False
        self.product.categ_id = self.env["product.category"].create({"name": "Machines"})
        rules = {
            "all": self._rule(name="All"),
            "category": self._rule(name="Category", category_id=self.product.categ_id.id),
            "kind": self._rule(name="Kind", object_kind_id=self.vehicle.id),
        }
        line = self._complain(self._object("AB 1", product_id=self.product.id)).line_ids
        other = self._complain(self._object("Riverside 12", self.site)).line_ids
        self.assertEqual(line.warranty_rule_id, rules["kind"].with_user(line.env.user))
        self.assertEqual(other.warranty_rule_id, rules["all"].with_user(line.env.user))
        own = self._rule(name="Product", product_tmpl_id=self.product.product_tmpl_id.id)
        self.assertEqual(line.warranty_rule_id, own.with_user(line.env.user))
        with self.assertRaisesRegex(ValidationError, "names a kind of object and"):
            rules["kind"].category_id = self.product.categ_id

    def test_another_object_brings_its_own_dates(self):
        """What came from the object goes with it; what somebody entered on the line stays."""
        one = self._object("AB 1", purchased_on="2026-01-01")
        line = self._complain(one, line={"accepted_on": "2026-02-02"}).line_ids
        self.assertEqual(line.purchased_on, date(2026, 1, 1))
        line.object_id = self._object("AB 2")
        self.assertEqual((line.purchased_on, line.accepted_on), (False, date(2026, 2, 2)))

    def test_a_machine_is_known_before_it_is_confirmed(self):
        """Where a kind is needed in full: customer, address, phone and model of the product. [S1-4.2b]"""
        kind = self.env.ref("cx_complaint.object_kind_installation")
        kind.is_complete_needed = True
        one = self._object("I-7", kind, partner_id=False)
        line = self._complain(one).line_ids
        blocker, = line._blockers_details()
        self.assertEqual((blocker.code, blocker.text), (
            "object_incomplete", "not known yet: Contact, Phone, Address, Product."))
        one.write({"partner_id": self.customer.id, "phone": "020 555 7788", "address": "Garden Road 8",
                   "name": "Boiler B 200"})
        self.assertFalse(line._blockers_details())

    def test_a_purchase_is_known_before_it_is_confirmed(self):
        """Customer, phone, city, mall, amount, dates, brand, address and order number are asked for, and whether the
        purchase is beyond its year is said at once. [S2.19-20]"""
        self.env["cx.warranty.rule"].search([]).active = False
        self._rule(start="purchase", object_kind_id=self.purchase.id, labour_length=0)
        one = self._object(False, self.purchase, name="Sofa", partner_id=False)
        complaint = self._complain(
            one, "2026-06-15 10:00:00", phone="138 1234 5678", demand="A new cover", is_read_back=True)
        with self.assertRaises(UserError) as refusal:
            complaint.action_confirm()
        for label in ("Order Number", "Contact", "Phone", "City of Purchase", "Mall or Shop", "Brand", "Amount Paid",
                      "Purchased On", "Delivered On", "Address"):
            self.assertIn(label, str(refusal.exception))
        one.write({
            "identifier": "SO-8812", "contact_name": "Ms. Lin", "phone": "138 1234 5678", "purchase_city": "Suzhou",
            "purchase_place": "East Mall", "brand": "Linden", "amount": 5200, "purchased_on": "2025-06-14",
            "delivered_on": "2025-06-20", "address": "Garden Road 8"})
        complaint.action_confirm()
        self.assertEqual(complaint.state, "confirmed")
        self.assertEqual(self._found(complaint.line_ids), ("out", "chargeable", date(2026, 6, 14)))
        one.purchased_on = "2025-06-15"
        self.assertEqual(self._found(complaint.line_ids)[:2], ("in", "free"))
        with self.assertRaisesRegex(UserError, "no possible number"):
            one.amount = float("nan")
