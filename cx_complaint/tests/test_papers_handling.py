"""The papers that go with returned goods through the house: liaison sheet, handling form, case report, scrap, rework."""

import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_common import ReturnsCommon


class HandlingPapersCommon(ReturnsCommon):
    """Ten pumps are authorised to come back; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump = cls._create_product("Cx Paper Pump", default_code="PMP")
        cls.rma = cls._authorise(cls._deliver(cls.pump, 10), 10, name="Leaks at the seal")
        cls.rma.write({"requirement": "Repair within two weeks", "limit_date": "2027-01-15", "urgency": "1"})
        cls.line = cls.rma.line_ids

    def _section(self, paper, code):
        return next((section for section in paper["sections"] if section["code"] == code), None)

    def _values(self, section):
        """What a block of fields says, by label."""
        return {label: value for row in section["rows"] for label, value in row}

    def _inspect(self, **findings):
        """A finished inspection in full; verdicts by name with their quantities."""
        inspection = self.env["cx.inspection"].create({
            "rma_line_id": self.line.id, "is_marked": True, "cause": "Seal brittle",
            "line_ids": [Command.create({
                "verdict_id": self.env.ref(f"cx_complaint.verdict_{verdict}").id, "quantity": quantity,
            }) for verdict, quantity in findings.items()]})
        inspection.action_finish()
        return inspection


@tagged("post_install", "-at_install")
class TestPapersHandling(HandlingPapersCommon):
    """One set of blocks serves the papers of all companies; what they say is read from the records."""

    # The liaison sheet

    def test_liaison_sheet_follows_the_goods(self):
        """Time limit and requirement, then the count with its difference, then rate, cause and handling.
        [S2.02-18] [S2.02-19]
        """
        sheet = self.rma._paper("liaison")
        demand = self._values(self._section(sheet, "requirement"))
        self.assertEqual(demand["Requirement"], "Repair within two weeks")
        self.assertIn("2027", demand["To be handled by"])
        self.assertEqual(self._section(sheet, "goods")["rows"][0][3:6], ["10 Units", "", ""], "nothing came yet")
        self._receive(self.rma.picking_ids, {self.pump: 8})
        self.env.invalidate_all()
        self.assertEqual(
            self._section(self.rma._paper("liaison"), "goods")["rows"][0][3:6], ["10 Units", "8 Units", "-2"])
        self._inspect(good=6, rework=2)
        self.env.invalidate_all()
        sheet = self.rma._paper("liaison")
        found = self._section(sheet, "findings")["rows"][0]
        self.assertEqual(found[3:6], ["8 Units", "25 %", "Seal brittle"])
        handled = self._section(sheet, "dispositions")["rows"]
        self.assertEqual(sorted((row[3], row[4]) for row in handled), [("2 Units", "Rework"), ("6 Units", "None")])

    def test_sheet_is_copied_after_shipment(self):
        """When the goods went back, production and quality get the sheet with the shipment on it; once. [S2.02-30]"""
        self.env["cx.department"].search([("company_id", "=", self.env.company.id)]).active = False
        self.env["cx.department"].create([
            {"name": function, "function": function, "duty_user_id": self.users_by_login[login].id}
            for function, login in (("production", "cx_planning"), ("quality", "cx_quality"))])
        self._receive(self.rma.picking_ids)
        back = self.env["cx.disposition"].create({
            "rma_line_id": self.line.id, "quantity": 10, "destination": "customer"})
        back.action_approve()
        back.action_execute()
        self.env.company.cx_is_sheet_copied = True
        self._run_copies()
        self.assertFalse(self.rma.sheet_copied_on, "not shipped yet")
        self._validate(back.move_ids.picking_id)
        self.env.company.cx_is_sheet_copied = False
        self._run_copies()
        self.assertFalse(self.rma.sheet_copied_on, "the company wants no copies")
        self.env.company.cx_is_sheet_copied = True
        for _hour in range(2):
            self._run_copies()
        copies = self.rma.message_ids.filtered(lambda message: "liaison sheet of the return" in message.body)
        self.assertEqual(len(copies), 1)
        self.assertEqual(
            set(copies.partner_ids.user_ids.mapped("login")), {"cx_planning", "cx_quality"})
        sheet = self.env["cx.paper"].search([("res_model", "=", "cx.rma"), ("paper", "=", "liaison")], limit=1)
        self.assertIn("10 Units", str(self._section(sheet.data, "shipments")["rows"]))

    def test_what_was_shipped_before_is_not_copied(self):
        """Switching the copies on sends nobody the sheets of all the years before."""
        self._receive(self.rma.picking_ids)
        back = self.env["cx.disposition"].create({
            "rma_line_id": self.line.id, "quantity": 10, "destination": "customer"})
        back.action_approve()
        back.action_execute()
        self._validate(back.move_ids.picking_id)
        back.move_ids.date = fields.Datetime.now() - timedelta(days=3)
        self.env.company.cx_is_sheet_copied = True
        self._run_copies()
        self.assertFalse(self.rma.sheet_copied_on)
        self.env.company.cx_sheet_copied_from = fields.Date.today() - timedelta(days=5)
        self._run_copies()
        self.assertTrue(self.rma.sheet_copied_on)

    def _run_copies(self):
        with self.enter_registry_test_mode():
            self.env.ref("cx_complaint.cron_rma_copy_sheets").method_direct_trigger()
        self.env.invalidate_all()

    def test_handling_form_tells_the_arrival(self):
        """Opened when the goods are here: receipt, count, then the state that quality finds. [S2.14-7]"""
        self.assertEqual(self._values(self._section(self.rma._paper("handling"), "arrival"))["Receipt"], "")
        receipt = self._receive(self.rma.picking_ids)
        self.env.invalidate_all()
        form = self.rma._paper("handling")
        self.assertEqual(self._values(self._section(form, "arrival"))["Receipt"], receipt.name)
        self.assertEqual(self._section(form, "goods")["rows"][0][4:6], ["10 Units", "0"])
        self.assertEqual(self._section(form, "findings")["rows"], [[""] * 7], "not judged yet")

    def test_companies_call_it_what_they_want(self):
        """Title, number, headings and order of blocks come from the company's form. [S2.14-16]"""
        for paper, title in (("handling", "不良品处理单"), ("liaison", "客退品处理传单"), ("issue_note", "领料单"),
                             ("scrap", "报废申请单"), ("rework_report", "重工報告")):
            self.env["cx.form"].create({
                "name": title, "paper": paper, "number": f"ZX-{paper}", "edition": "C/2", "sequence": 1,
                "company_id": self.env.company.id,
                "block_ids": [Command.create({"code": "goods", "sequence": 1, "title": "货"}),
                              Command.create({"code": "header", "sequence": 2})],
            })
        self._receive(self.rma.picking_ids)
        self._inspect(rework=7, scrap=3)
        rework = self.line.disposition_ids.filtered(lambda one: one.work == "rework")
        rework.action_approve()
        rework.action_execute()
        scrap = self.line.disposition_ids - rework
        for record, paper in ((self.rma, "handling"), (self.rma, "liaison"), (rework.production_ids, "issue_note"),
                              (rework.production_ids, "rework_report"), (scrap, "scrap")):
            with self.subTest(paper=paper):
                printed = record._paper(paper)
                self.assertEqual(printed["form"]["number"], f"ZX-{paper}")
                self.assertEqual([section["code"] for section in printed["sections"]], ["goods", "header"])
                self.assertEqual(printed["sections"][0]["title"], "货")

    def test_instructions_of_intact_goods(self):
        """Intact goods travel packed as delivered; others are sorted, counted and labelled. [S2.12-16] [S2.12-17]"""
        text = self._section(self.rma._paper("instructions"), "instructions")["text"]
        self.assertIn("Sort the goods by reason for return, count them", text)
        self.assertIn("Stick one of our labels", text)
        self.rma.is_unused = True
        text = self._section(self.rma._paper("instructions"), "instructions")["text"]
        self.assertIn("keep them packed and protected as they were delivered", text)

    def test_labels_for_every_unit(self):
        """One label a unit, counted; goods nobody can count that way are refused with the way out. [S2.18-13]"""
        report = self.env["report.cx_complaint.report_label_unit"]
        labels = report._get_report_values(self.rma.ids)["labels"]
        self.assertEqual([label["quantity"] for label in labels], [f"1 {self.pump.uom_id.name}"] * 10)
        self.assertEqual([label["count"] for label in labels][::9], ["1 / 10", "10 / 10"])
        self._receive(self.rma.picking_ids)
        inspection = self._inspect(good=7, scrap=3)
        marked = self.env["report.cx_complaint.report_label_inspection_unit"]._get_report_values(inspection.ids)["labels"]
        self.assertEqual([label["verdict"] for label in marked], [inspection.line_ids[0].verdict_id.name] * 7 + [
            inspection.line_ids[1].verdict_id.name] * 3)
        with self.assertRaisesRegex(UserError, "5000 labels would be printed, 500 are the most"):
            many = self._authorise(self._deliver(self.pump, 5000), 5000)
            report._get_report_values(many.ids)

    # The report of the case

    def test_case_report(self):
        """The case from the demand to the answer, with return decision, carrier and tracking number.
        [S0-7.2] [S2.04-15] [S2.05-17] [S2.08-14]
        """
        complaint = self.line.complaint_id
        complaint.write({
            "demand": "Repair all of them", "severity": "major", "urgency": "2", "answer": "<p>The seal was brittle.</p>"})
        self.rma.write({"carrier_name": "Rhenus", "tracking_number": "RH-1"})
        report = complaint._paper("complaint")
        self.assertEqual(self._values(self._section(report, "header"))["Urgency"], "Very urgent")
        self.assertEqual(self._values(self._section(report, "requirement"))["Demand"], "Repair all of them")
        self.assertIn("Leaks at the seal", str(self._section(report, "goods")["rows"]))
        solution = self._section(report, "solution")
        self.assertIn("Return: Return", solution["text"])
        self.assertIn("The seal was brittle.", solution["html"])
        self.assertEqual(self._section(report, "returns")["rows"][0][2:5], ["10 Units", "0 Units", "Rhenus / RH-1"])

    def test_quality_issues_the_case_report(self):
        """Quality freezes it after deciding; later changes stand in the next version. [S2.05-17]"""
        complaint = self._as("cx_quality", self.line.complaint_id)
        complaint.with_context(cx_paper="complaint").action_issue_paper()
        papers = self.env["cx.paper"].search([("res_model", "=", "cx.complaint"), ("res_id", "=", complaint.id)])
        self.assertEqual((papers.paper, papers.version), ("complaint", 1))
        self.assertTrue(base64.b64decode(papers.pdf))
        with self.assertRaises(AccessError):
            self._as("cx_finance", complaint).action_issue_paper()

    def test_a_button_names_only_papers_of_its_document(self):
        """A paper of another kind in the context is not issued: the usual one is."""
        self.rma.with_context(cx_paper="scrap").action_issue_paper()
        papers = self.env["cx.paper"].search([("res_model", "=", "cx.rma"), ("res_id", "=", self.rma.id)])
        self.assertEqual(papers.mapped("paper"), ["rma"])

    # Rework

    def test_issue_note_marks_parts_as_extra(self):
        """Returned goods and parts are drawn by the note; parts are marked as extra issue. [S2.02-39]"""
        part = self._create_product("Cx Seal")
        self._put_in_stock(part, 100)
        bench = self.env["mrp.workcenter"].create({"name": "Bench"})
        scheme = self.env["cx.rework.scheme"].create({
            "name": "Change the seal",
            "operation_ids": [Command.create({"name": "Open", "workcenter_id": bench.id, "minutes": 6})],
            "part_ids": [Command.create({"product_id": part.id, "quantity": 2})]})
        scheme.sudo().decision = "released"
        self._receive(self.rma.picking_ids)
        self._inspect(rework=10)
        self.line.disposition_ids.scheme_id = scheme
        self.line.disposition_ids.action_approve()
        self.line.disposition_ids.action_execute()
        order = self.line.disposition_ids.production_ids
        note = order._paper("issue_note")
        self.assertEqual(self._section(note, "goods")["rows"][0][4], "10 Units")
        self.assertEqual(
            [self._section(note, "parts")["rows"][0][column] for column in (1, 4, 6)],
            ["Cx Seal", "20 Units", "Extra issue"])
        self.assertEqual(len(note["copies"]), 2)
        self._finish(order)
        self.env.invalidate_all()
        report = order._paper("rework_report")
        goods = self._values(self._section(report, "goods"))
        self.assertEqual((goods["Taken into work"], goods["Came out of work"]), ("10 Units", "10 Units"))
        self.assertEqual(self._section(report, "parts")["rows"][0][5], "20", "what was really issued")
        self.assertIn("quality", report["copies"][1])

    def _finish(self, order):
        order.with_context(skip_consumption=True).button_mark_done()

    # Scrap

    def _scrap_template(self, *roles):
        roles = [self.env["cx.role"].create({
            "name": login, "function": function, "rank": "head",
            "user_ids": [Command.set(self.users_by_login[login].ids)]}) for login, function in roles]
        return self.env["cx.approval.template"].create({
            "name": "Scrap", "step_ids": [Command.create({"role_id": role.id, "sequence": number})
                                         for number, role in enumerate(roles)]})

    def _proposed_scrap(self):
        self._receive(self.rma.picking_ids)
        self._inspect(good=7, scrap=3)
        return self.line.disposition_ids.filtered(lambda one: one.destination == "scrap")

    def test_scrap_is_applied_for_and_signed(self):
        """Judged without value: the keeper applies, finance and management sign, only then it is scrapped. [S2.14-9]"""
        self.env.company.cx_scrap_template_id = self._scrap_template(
            ("cx_finance", "finance"), ("cx_manager", "management"))
        scrap = self._proposed_scrap()
        with self.assertRaisesRegex(UserError, "Press Apply for Scrap"):
            self._as("cx_quality", scrap).action_approve()
        scrap.reason = False
        with self.assertRaisesRegex(UserError, "does not say why"):
            self._as("cx_warehouse", scrap).action_apply()
        scrap.reason = "Housing cracked"
        self._as("cx_warehouse", scrap).action_apply()
        with self.assertRaisesRegex(UserError, "signature .* is missing"):
            self._as("cx_quality", scrap).action_approve()
        with self.assertRaises(UserError):
            self._as("cx_manager", scrap).action_sign()  # not his turn
        self._as("cx_finance", scrap).action_sign()
        self.assertEqual(scrap.state, "proposed")
        self._as("cx_manager", scrap).action_sign()
        self.assertEqual(scrap.state, "approved")
        paper = scrap._paper("scrap")
        self.assertEqual(self._section(paper, "goods")["rows"][0][3:], ["3 Units", "$\xa030.00"])
        self.assertIn("Housing cracked", str(self._section(paper, "cause")))
        self.assertEqual([[name for _kind, name, _day in boxes] for _dep, boxes in self._section(
            paper, "signatures")["columns"]], [[self.users_by_login[login].name] for login in ("cx_finance", "cx_manager")])
        self._as("cx_warehouse", scrap).action_execute()
        self._assert_line(self.line, received=10, quarantine=7, final=3)

    def test_refused_scrap_is_undecided_again(self):
        """A refused application gives the goods back; nothing was scrapped."""
        self.env.company.cx_scrap_template_id = self._scrap_template(("cx_finance", "finance"))
        scrap = self._proposed_scrap()
        scrap.reason = "Looks old"
        scrap.action_apply()
        self._as("cx_finance", scrap)._refuse_signature("Can be repaired")
        self.assertEqual(scrap.state, "cancelled")
        self.assertIn("Can be repaired", str(scrap.message_ids.mapped("body")))
        self._assert_line(self.line, received=10, quarantine=10, undecided=3)

    def test_another_quantity_is_signed_anew(self):
        """What was signed for three is not approved for two."""
        self.env.company.cx_scrap_template_id = self._scrap_template(
            ("cx_finance", "finance"), ("cx_manager", "management"))
        scrap = self._proposed_scrap()
        scrap.reason = "Housing cracked"
        scrap.action_apply()
        self._as("cx_finance", scrap).action_sign()
        scrap.quantity = 2
        self.assertEqual(scrap._open_approvals()._turn().role_id.function, "finance")

    def test_without_template_quality_approves_alone(self):
        """Nobody is asked where the company names nobody."""
        scrap = self._proposed_scrap()
        self.assertFalse(scrap.is_application_needed)
        with self.assertRaisesRegex(UserError, "Nobody has to sign it"):
            scrap.action_apply()
        self._as("cx_quality", scrap).action_approve()
        self.assertEqual(scrap.state, "approved")
