"""The reason of a return is confirmed where the goods are, and the appraisal report says what came of it."""

import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .returns_common import ReturnsCommon

PIXEL = base64.b64encode(base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="))


class SiteCheckCommon(ReturnsCommon):
    """Two kinds of goods that a dealer's end user complains of; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump = cls._create_product("Cx Site Pump", default_code="PMP-7")
        cls.valve = cls._create_variant("Cx Site Valve", "60 mm", default_code="VLV-60")
        cls.user = cls.env["res.partner"].create({"name": "Cx End User"})
        cls.complaint = cls._complain(cls._deliver(cls.pump, 10), 10, name="Leaks at the seal").complaint_id
        cls.complaint.write({"end_customer_id": cls.user.id, "line_ids": [Command.create({
            "product_id": cls.valve.id, "origin_move_id": cls._deliver(cls.valve, 4).id, "quantity": 4, "name": "Sticks",
            "return_decision": "return"})]})

    @classmethod
    def _create_variant(cls, name, value, **vals):
        """The variant of a product that comes in two lengths."""
        lengths = cls.env["product.attribute"].create({
            "name": "Cx Length", "value_ids": [Command.create({"name": "40 mm"}), Command.create({"name": value})]})
        template = cls.env["product.template"].create({
            "name": name, "type": "consu", "is_storable": True, "attribute_line_ids": [Command.create({
                "attribute_id": lengths.id, "value_ids": [Command.set(lengths.value_ids.ids)]})]})
        variant = template.product_variant_ids.filtered(
            lambda product: product.product_template_attribute_value_ids.mapped("name") == [value])
        variant.write(vals)
        return variant

    def _begin(self, login="cx_sales", complaint=None):
        action = self._as(login, complaint or self.complaint).action_confirm_on_site()
        return self.env["cx.site.check"].browse(action["res_id"]).with_user(self.users_by_login[login])

    def _fill(self, check, **vals):
        """What somebody writes down who was there: all as the customer says."""
        check.line_ids.result = "confirmed"
        check.write({"confirmed_on": fields.Datetime.now(), "party": "company", **vals})
        return check


@tagged("post_install", "-at_install")
class TestSiteCheck(SiteCheckCommon):
    """On-site confirmation without any rulebook."""

    def test_nothing_is_confirmed_without_where_when_and_what(self):
        """All that is missing is said at once, the goods by name."""
        check = self._begin()
        check.site_partner_id = False
        codes = sorted(blocker.code for blocker in check._blockers("finish"))
        self.assertEqual(codes, ["moment_missing", "party_missing", "result_missing", "result_missing", "site_missing"])
        self.assertIn("Cx Site Valve", check.blocker_html)
        with self.assertRaises(UserError):
            check.action_finish()

    def test_another_reason_is_written_down(self):
        """“Another reason” or “disputed” without words says nothing."""
        check = self._fill(self._begin())
        check.line_ids[0].result = "other"
        self.assertIn("result_missing", [blocker.code for blocker in check._blockers("finish")])
        check.line_ids[0].found = "Fitted without its seal"
        check.action_finish()
        self.assertIn("Fitted without its seal", self.complaint.message_ids[0].body)

    def test_nobody_was_there_tomorrow(self):
        """What is still to come is not confirmed."""
        check = self._fill(self._begin(), confirmed_on=fields.Datetime.now() + timedelta(hours=2))
        self.assertEqual([blocker.code for blocker in check._blockers("finish")], ["moment_ahead"])

    def test_goods_of_another_case(self):
        """Only goods of the case are confirmed in it."""
        other = self._complain(self._deliver(self.pump, 1), 1)
        with self.assertRaises(ValidationError):
            self._begin().line_ids = [Command.create({"complaint_line_id": other.id})]

    def test_what_was_confirmed_stays(self):
        """Neither the finding nor a line changes, nor is anything deleted; reopened it is open again."""
        check = self._fill(self._begin())
        check.action_finish()
        for change in (
            lambda: check.write({"finding": "Nothing"}),
            lambda: check.line_ids[0].write({"result": "other", "found": "Nothing"}),
            lambda: check.line_ids[0].unlink(),
            lambda: check.write({"line_ids": [Command.create({"complaint_line_id": self.complaint.line_ids[0].id})]}),
            check.unlink,
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        check.action_reopen()
        self.assertFalse(check.finished_on)
        check.finding = "Nothing"

    def test_nobody_decides_by_hand(self):
        """When it was done and who was asked is written by the verbs alone."""
        check = self._begin()
        for name in ("decision", "finished_on", "called_on", "appraised_on"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                check.write({name: "done" if name == "decision" else fields.Datetime.now()})

    def test_who_may(self):
        """Planning and who only reads confirm nothing; engineering writes what it saw, and begins nothing."""
        with self.assertRaises(AccessError):
            self._begin("cx_planning")
        check = self._begin()
        with self.assertRaises(AccessError):
            self._as("cx_planning", check).write({"finding": "Seen"})
        self._as("cx_engineering", check).write({"finding": "Seal brittle"})
        with self.assertRaises(AccessError):
            self._as("cx_engineering", check).action_cancel()
        with self.assertRaises(AccessError):
            self._as("cx_engineering", self.env["cx.site.check"]).create({"complaint_id": self.complaint.id})

    def test_other_company(self):
        """The confirmations of a company are its own."""
        check = self._begin()
        company = self.env["res.company"].create({"name": "Cx Site Company"})
        seller = self.users_by_login["cx_sales"].copy({
            "login": "cx_site_seller", "company_id": company.id, "company_ids": [Command.set(company.ids)]})
        self.assertFalse(self.env["cx.site.check"].with_user(seller).search([("id", "=", check.id)]))
        self.assertFalse(self.env["cx.site.check.line"].with_user(seller).search([("check_id", "=", check.id)]))

    def test_begun_with_all_goods_at_the_end_users(self):
        """The goods, as many as are complained of and with the customer's reason; at the end user's, if there is one. Pressed
        again it is the same one.
        """
        check = self._begin()
        self.assertEqual(check.site_partner_id, self.user)
        self.assertEqual(check.user_id.login, "cx_sales")
        self.assertEqual(
            [(line.product_id, line.quantity, line.claim) for line in check.line_ids],
            [(self.pump, 10, "Leaks at the seal"), (self.valve, 4, "Sticks")])
        self.assertEqual(self._begin(), check)
        self.assertEqual(self.complaint.site_check_count, 1)
        self.complaint.end_customer_id = False
        self.assertEqual(check.site_partner_id, self.user)

    def test_by_form(self):
        """Sales writes it down in the form; only the goods that were there are confirmed."""
        check = self._begin()
        with Form(check) as form:
            form.confirmed_on = fields.Datetime.now()
            form.confirmer_name = "Line follower Zhou"
            form.party = "company"
            form.line_ids.remove(1)
            with form.line_ids.edit(0) as row:
                row.quantity = 9
                row.result = "confirmed"
        check.action_finish()
        self.assertEqual(check.line_ids.quantity, 9)
        self.assertIn("Line follower Zhou", self.complaint.message_ids[0].body)

    def test_who_goes_along_is_told_and_sees_the_case(self):
        """Whoever is asked has it among his to-dos and sees the case, whatever his function; nobody to ask is said."""
        engineer = self.users_by_login["cx_engineering"]
        with self.assertRaises(AccessError):
            self.complaint.with_user(engineer).read(["summary"])
        check = self._begin()
        self.env["cx.department"].search([("function", "=", "quality")]).active = False
        with self.assertRaises(UserError):
            check.action_call()
        check.companion_ids = engineer
        check.action_call()
        self.env.invalidate_all()
        self.assertTrue(self.complaint.with_user(engineer).read(["summary"]))
        self.assertEqual(check.activity_ids.user_id, engineer)
        self._fill(check)
        self._as("cx_engineering", check).action_finish()
        self.assertFalse(check.activity_ids)

    def test_disputed_is_known_at_once(self):
        """As soon as somebody says so the case is ticked, though he may not tick it himself; once."""
        check = self._begin()
        self.env.flush_all()
        self._as("cx_engineering", check).line_ids[1].write({"result": "disputed", "found": "Dirt of his own"})
        disputed = self.env.ref("cx_complaint.trigger_disputed")
        self.assertEqual(self.complaint.trigger_ids, disputed)


@tagged("post_install", "-at_install")
class TestAppraisalReport(SiteCheckCommon):
    """The return responsibility appraisal report."""

    def setUp(self):
        super().setUp()
        self.check = self._fill(
            self._begin(), finding="Seal of batch 7 brittle", agreement="He keeps the valves", department_id=self.env[
                "cx.department"].create({"name": "Cx Seals", "function": "production"}).id)

    def _values(self, paper, code):
        section = next(section for section in paper["sections"] if section["code"] == code)
        return {label: value for row in section["rows"] for label, value in row}

    def test_what_the_report_says(self):
        """Who the regional manager is; of each of the goods product name, model, quantity, reason and what was found; the
        finding, the responsible party and department; room for the signatures, the carrier's among them.

        [S2.12-15] [S2.12-19]
        """
        self.check.line_ids[1].write({"result": "other", "found": "Dirt"})
        paper = self.check._paper("appraisal")
        self.assertEqual(self._values(paper, "header")["Regional manager"], self.check.user_id.name)
        goods = next(section for section in paper["sections"] if section["code"] == "goods")
        self.assertEqual(goods["rows"], [
            ["1", "Cx Site Pump", "PMP-7", "", "10 Units", "Leaks at the seal", "Confirmed"],
            ["2", "Cx Site Valve", "VLV-60 60 mm", "", "4 Units", "Sticks", "Another reason: Dirt"]])
        cause = self._values(paper, "cause")
        self.assertEqual(cause["Finding"], "Seal of batch 7 brittle")
        self.assertEqual((cause["Responsible party"], cause["Responsible department"]), ("Our company", "Cx Seals"))
        signatures = next(section for section in paper["sections"] if section["code"] == "signatures")
        self.assertEqual([column[0] for column in signatures["columns"]], [
            "Regional manager", "Went along", "Responsible department", "Carrier"])

    def test_photos_are_printed(self):
        """What was photographed there is on the report."""
        self.assertNotIn("photos", [section["code"] for section in self.check._paper("appraisal")["sections"]])
        self.env["ir.attachment"].create({
            "name": "seal.png", "datas": PIXEL, "res_model": "cx.site.check", "res_id": self.check.id})
        photos = next(section for section in self.check._paper("appraisal")["sections"] if section["code"] == "photos")
        self.assertEqual(photos["photos"][0][1], "seal.png")
        self.assertEqual(self.check.photo_count, 1)

    def test_frozen_when_issued(self):
        """What was issued stays; a later version stands beside it, and pressing again makes none."""
        self.check.action_finish()
        self.check.action_issue_paper()
        self.check.action_issue_paper()
        paper = self.env["cx.paper"].search([("res_model", "=", "cx.site.check"), ("res_id", "=", self.check.id)])
        self.assertEqual((paper.version, paper.document_name), (1, self.check.name))
        issued_on = self.check.appraised_on
        self.assertTrue(issued_on)
        self.check.action_reopen()
        self.check.finding = "Seal of batch 8 brittle"
        self.check.action_finish()
        self.check.action_issue_paper()
        papers = self.env["cx.paper"].search([("res_id", "=", self.check.id), ("res_model", "=", "cx.site.check")], order="version")
        self.assertEqual(papers.mapped("version"), [1, 2])
        self.assertIn("batch 7", str(papers[0].data))
        self.assertTrue(all(papers.mapped("is_intact")))
        self.assertEqual(self.check.appraised_on, issued_on)
