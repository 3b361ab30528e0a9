from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .objects_common import ObjectsCommon


@tagged("post_install", "-at_install")
class TestCaseObjectRepeats(ObjectsCommon):
    """How often it happened before, for the form and for the rules of severity."""

    def _count(self, complaint):
        return complaint._repeat_counts()[complaint]

    def test_visits_shortly_before(self):
        """Visits of the thirty days before the complaint count, not older or later ones, nor what is no visit; as many
        days as the company says. [S2.16-16]"""
        one = self._object("AB 1")
        complaint = self._complain(one, "2026-06-30 10:00:00")
        self.assertEqual(self._count(complaint)["visits"], 0)
        self._happen(one, "shop_visit", "2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01")
        self._happen(one, "repaired", "2026-06-02")
        self._happen(self._object("AB 2"), "shop_visit", "2026-06-10")
        self.assertEqual(self._count(complaint)["visits"], 2)
        self.assertEqual(complaint._repeat_counts(within=0)[complaint]["visits"], 3, "ever")
        self.env.company.cx_visit_days = 31
        self.assertEqual(self._count(complaint)["visits"], 3)
        complaint.invalidate_recordset()
        self.assertEqual(complaint.visit_count, 3)
        self.assertIn("Visits in the last 31 days: 3.", complaint.repeat_text)

    def test_complaints_before_on_the_object(self):
        """Those that count and came before, whoever complained; not the cancelled, the duplicate, the enquiry."""
        one = self._object("AB 1")
        enquiry = self.env["cx.complaint.kind"].search([("is_counted", "=", False)], limit=1)
        other = self.env["res.partner"].create({"name": "Former holder"})
        self._complain(one, "2020-01-01 10:00:00", partner_id=other.id)
        self._complain(one, "2026-06-02 10:00:00", kind_id=enquiry.id)
        self._complain(one, "2026-06-03 10:00:00").sudo().decision = "cancelled"
        self._complain(one, "2026-06-04 10:00:00", outcome="duplicate")
        self._complain(one, "2026-06-05 10:00:00", outcome="withdrawn")
        self._complain(self._object("AB 2"), "2026-06-06 10:00:00")
        complaint = self._complain(one, "2026-06-15 10:00:00")
        self._complain(one, "2026-06-16 10:00:00")
        self.assertEqual(self._count(complaint)["complaints_on_object"], 2)
        self.assertEqual((one.complaint_count, complaint.object_complaint_count), (4, 2))
        self.assertEqual(complaint._repeat_counts(within=30)[complaint]["complaints_on_object"], 1)

    def test_complaints_of_the_customer(self):
        """Of his whole company, in the days that the company looks back; with or without an object."""
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self._complain(None, "2026-03-16 09:00:00")
        self._complain(None, "2026-03-17 11:00:00", partner_id=contact.id)
        self._complain(None, "2026-06-01 10:00:00", partner_id=self.env["res.partner"].create({"name": "Other"}).id)
        complaint = self._complain(None, "2026-06-15 10:00:00")
        self.assertEqual(self._count(complaint), {"complaints_on_object": 0, "visits": 0, "customer_complaints": 1})
        self.assertEqual(complaint._repeat_counts(within=0)[complaint]["customer_complaints"], 2, "ever")
        self.assertEqual(complaint._repeat_counts(within=14)[complaint]["customer_complaints"], 0)
        self.env.company.cx_repeat_days = 365
        self.assertEqual(self._count(complaint)["customer_complaints"], 2)
        self.assertEqual(self._count(self._complain(None, partner_id=False))["customer_complaints"], 0)

    def test_a_clerk_without_rights_counts_the_same(self):
        """Nobody needs to read the other cases to know that there were some."""
        one = self._object("AB 1")
        self._complain(one, "2026-06-01 10:00:00")
        intake = self._as("cx_employee", self.env["cx.complaint"]).create({
            "summary": "Again", "partner_id": self.customer.id, "received_on": "2026-06-15 10:00:00",
            "line_ids": [Command.create({"object_id": one.id, "name": "Again"})]})
        self.assertEqual(self._count(intake)["complaints_on_object"], 1)

    def test_other_companies_do_not_count(self):
        """The same customer complained to another company of the group: not of us."""
        company = self.env["res.company"].create({"name": "Cx Company B"})
        self.env["cx.complaint"].create({
            "summary": "There", "company_id": company.id, "partner_id": self.customer.id,
            "received_on": "2026-06-14 10:00:00"})
        self.assertEqual(self._count(self._complain())["customer_complaints"], 0)

    def test_counting_many_costs_as_much_as_counting_two(self):
        """Forty complaints cost no more queries than two; without objects and customer nothing is asked."""
        objects = [self._object(f"AB {number}") for number in range(40)]
        for one in objects:
            self._happen(one, "shop_visit", "2026-06-01", "2026-06-10")
        cases = self.env["cx.complaint"].union(*(self._complain(one) for one in objects)).sudo(False)

        def cost(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            counts = self.env["cx.complaint"].browse(some.ids)._repeat_counts()
            self.assertEqual({count["visits"] for count in counts.values()}, {2})
            return self.cr.sql_log_count - before

        cost(cases)
        self.assertEqual(cost(cases), cost(cases[:2]))
        self.assertLess(cost(cases), 12)

    def test_the_list_of_objects_is_flat(self):
        objects = self.env["cx.object"].union(*(
            self._object(f"S {number}", self.site, accepted_on="2026-03-31").sudo(False) for number in range(20)))

        def cost(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["cx.object"].browse(some.ids).mapped(lambda one: (
                one.phase_id.name, one.visit_count, one.complaint_count, one.event_count))
            return self.cr.sql_log_count - before

        cost(objects)
        self.assertEqual(cost(objects), cost(objects[:2]))


@tagged("post_install", "-at_install")
class TestCaseObjectIntake(ObjectsCommon):
    """Whoever picks up the phone writes the number down."""

    def _intake(self, login="cx_employee", **vals):
        form = Form(self._as(login, self.env["cx.complaint.intake"]))
        for name, value in {"summary": "It rattles", "caller_name": "Mr. Chen", "phone": "139 0000 4561", **vals}.items():
            setattr(form, name, value)
        return form

    def test_a_new_plate_is_registered_with_the_case(self):
        """An employee without any function writes name, plate and phone; the register shows plate, who filled it in and
        the content in brief. [S2.16-21] [S2.13-19]"""
        action = self._intake(object_number="粤B 12345", object_kind_id=self.vehicle).save().action_register()
        complaint = self.env["cx.complaint"].browse(action["res_id"])
        one = complaint.line_ids.object_id
        self.assertRecordValues(one, [{
            "identifier": "粤B 12345", "kind_id": self.vehicle.id, "contact_name": "Mr. Chen", "phone": "139 0000 4561"}])
        self.assertEqual(self._as("cx_employee", complaint).object_text, "粤B 12345")
        with Form(self._as("cx_employee", complaint)) as form:
            self.assertEqual(len(form.line_ids), 1, "he may open what he registered")
        arch = etree.fromstring(self._as("cx_service", self.env["cx.complaint"]).get_view(view_type="list")["arch"])
        self.assertLessEqual({"object_text", "receiver_id", "summary"}, {node.get("name") for node in arch})
        found = self._as("cx_service", self.env["cx.complaint"]).search([("line_ids.object_id", "ilike", "粤b-123 45")])
        self.assertEqual(found.ids, complaint.ids)

    def test_a_known_plate_is_used(self):
        """Typed differently and without its kind: found, not made again; who may read it is offered its holder."""
        one = self._object("粤B·12345", contact_name="Mr. Chen")
        form = self._intake(object_number="粤b-123-45")
        self.assertEqual(form.object_text, "Known: 粤B·12345")
        self.assertFalse(form.partner_id)
        complaint = self.env["cx.complaint"].browse(form.save().action_register()["res_id"])
        self.assertEqual(complaint.line_ids.object_id, one.sudo(False).with_env(self.env))
        self.assertEqual(self._intake("cx_service", object_number="粤B12345").partner_id.id, self.customer.id)

    def test_an_open_case_of_the_vehicle_is_shown(self):
        """The wife rings about the car that her husband complained of yesterday."""
        complaint = self._complain(self._object("粤B·12345"), partner_id=False)
        form = self._intake(object_number="粤B12345", phone="020 555 7788")
        self.assertEqual([case["number"] for case in form.case_ids._records], [complaint.name])

    def test_unknown_or_ambiguous_numbers_ask(self):
        """Of an unknown number the kind is needed, and of one that several objects have."""
        with self.assertRaisesRegex(UserError, "“X 1” is not known yet. Choose what kind"):
            self._intake(object_number="X 1").save().action_register()
        self._object("4711")
        self._object("4711", self.site)
        with self.assertRaisesRegex(UserError, "several objects: Vehicle, Site"):
            self._intake(object_number="4711").save().action_register()
        self.env.company.cx_object_kind_id = self.site
        complaint = self.env["cx.complaint"].browse(self._intake(object_number="4711").save().action_register()["res_id"])
        self.assertEqual(complaint.line_ids.object_id.kind_id, self.site)

    def test_made_at_once_from_the_line(self):
        """The number typed on the line of a complaint makes the object of the usual kind, for the customer."""
        self.env.company.cx_object_kind_id = self.vehicle
        made = self._as("cx_service", self.env["cx.object"]).with_context(
            default_partner_id=self.customer.id).name_create("AB 77")[0]
        self.assertRecordValues(self.env["cx.object"].browse(made), [{
            "identifier": "AB 77", "kind_id": self.vehicle.id, "partner_id": self.customer.id}])

    def test_the_demo_van(self):
        """Three visits and a complaint stand before the one of the story."""
        known = self.env["cx.complaint"].search([])
        self.env["cx.object"].search([("identifier", "=", "MA·7KX 204")]).identifier = "MA told before"
        self.env["cx.demo"].with_context(tracking_disable=True)._tell_vehicle()
        last = (self.env["cx.complaint"].search([]) - known).sorted("received_on")[-1:]
        self.assertEqual((last.visit_count, last.object_complaint_count), (3, 1))
