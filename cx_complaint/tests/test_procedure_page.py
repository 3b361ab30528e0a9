from datetime import date
from io import BytesIO

from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import format_date
from odoo.tools.pdf import PdfFileReader

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestProcedurePage(CxCommon):
    """The procedure as one readable page, and the same on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.department"].search([]).active = False
        cls.env["cx.role"].search([]).active = False

    def _shipped(self, code):
        return self.env["cx.procedure"]._load_shipped([code])

    def _sections(self, procedure, login="cx_service"):
        return {section["code"]: section for section in self._as(login, procedure)._page()["sections"]}

    def _said(self, section):
        """Everything that stands in a section, as one text."""
        cells = [section["text"]] if section["kind"] == "text" else [
            part for row in section["rows"] for cell in row for part in (cell if isinstance(cell, tuple) else (cell,))]
        return "\n".join(map(str, cells))

    def test_not_for_outsiders(self):
        """Every employee may read what the company works by; a customer on the portal may not."""
        procedure = self._shipped("SMALL")
        self.assertTrue(self._as("cx_employee", procedure).read(["page_html"])[0]["page_html"])
        portal = new_test_user(self.env, "cx_portal_page", groups="base.group_portal")
        with self.assertRaises(AccessError):
            procedure.with_user(portal).read(["page_html"])

    def test_empty_sections_are_left_out(self):
        """A small rulebook is a short page, and its sections are numbered without a gap."""
        page = self._shipped("SMALL")._page()
        codes = [section["code"] for section in page["sections"]]
        self.assertEqual(codes, ["control", "purpose", "scope", "roles", "flow", "deadlines", "gates"])
        self.assertEqual([section["number"] for section in page["sections"]], list(range(1, 8)))

    def test_who_fills_a_role_in_this_company(self):
        """Names come from the company of the reader; where nobody is, that stands there."""
        procedure = self._shipped("SMALL")
        self.env["cx.role"].create({
            "name": "Boss", "function": "management", "rank": "top", "user_ids": self.users_by_login["cx_manager"].ids})
        self.assertIn(self.users_by_login["cx_manager"].name, self._said(self._sections(procedure)["roles"]))
        other = self.env["res.company"].create({"name": "Cx Other"})
        reader = new_test_user(self.env, "cx_reader_b", groups="cx_complaint.group_reader", company_id=other.id,
                               company_ids=[(6, 0, other.ids)])
        page = procedure.with_user(reader).with_context(allowed_company_ids=other.ids)._page()
        roles = next(section for section in page["sections"] if section["code"] == "roles")
        self.assertNotIn(self.users_by_login["cx_manager"].name, self._said(roles))
        self.assertEqual(page["company"]["name"], "Cx Other")

    def test_flow_follows_what_comes_after_what(self):
        """A step stands below the event that starts it, or below the step that it comes after, one further in."""
        procedure = self._shipped("SMALL")
        answer, settle = procedure.milestone_ids
        settle.write({"start_event": False, "after_id": answer.id})
        self.assertEqual([(row[0], row[2]) for row in self._sections(procedure)["flow"]["rows"]], [
            (0, "Complaint received"), (1, "Answer the customer"), (2, "Settle with the customer")])

    def test_deadlines_with_their_clocks(self):
        """Limit in its own unit, from, until, who, and what follows when it is missed."""
        procedure = self._shipped("SMALL")
        ladder = self.env["cx.ladder"].create({
            "procedure_id": procedure.id, "name": "Twice late", "code": "late", "rung_ids": [(0, 0, {
                "when": "after", "offset": 2, "unit": "working_hour", "role_id": procedure.role_ids.id, "name": "Help",
                "repeat_every": 1, "repeat_max": 3})]})
        procedure.milestone_ids[0].write({"ladder_id": ladder.id, "is_reason_required": True})
        row = self._sections(procedure)["deadlines"]["rows"][0]
        self.assertEqual(row[:5], ["Answer the customer", "3 working days", "Complaint received", "Customer answered", "Owner"])
        self.assertIn("when late: Twice late", row[5])
        self.assertEqual(self._sections(procedure)["escalation"]["rows"][0][:5], [
            "Twice late", "Answer the customer", "2 working hours after; repeated after 1 working hour, 3 times at most",
            "Owner", "Help"])

    def test_rules_of_all_kinds(self):
        """Severity, batch, causes, routing, gates, authorities, guidance and forms, each with its clause."""
        procedure = self._shipped("SMALL")
        role = procedure.role_ids
        part = {"procedure_id": procedure.id, "clause": "9.9"}
        self.env["cx.severity.rule"].create([
            {**part, "kind": "amount", "threshold": 10000, "severity": "critical"},
            {**part, "kind": "visits", "is_undecided": True}])
        self.env["cx.cause.category"].create({**part, "name": "Bad weld", "function": "production"})
        self.env["cx.route"].create({**part, "role_id": role.id, "party": "carrier"})
        self.env["cx.gate"].create([{**part, "code": "read_back"}, {**part, "code": "wish_first", "is_on": False}])
        self.env["cx.authority"].create({**part, "verb": "close", "role_ids": role.ids, "note": "in writing"})
        self.env["cx.guidance"].create({**part, "name": "Listen", "text": "Let him finish.", "mood": "angry", "avoid": "Calm down"})
        self.env["cx.form"].create({**part, "name": "Complaint sheet", "number": "QR-01", "paper": False})
        procedure.write({"batch_limit": 500, "is_batch_limit_undecided": True})
        sections = self._sections(procedure)
        for code, texts in {
            "severity": ("Amount claimed: more than 10,000", "Critical", "figure to be decided", "exactly 500: to be decided"),
            "causes": ("Bad weld", "Production", "Our company"),
            "routing": ("Carrier", "Owner"),
            "gates": ("read", "always", "switched off"),
            "authorities": ("Owner", "✓ in writing"),
            "guidance": ("Angry", "Let him finish.", "Calm down"),
            "forms": ("QR-01", "Complaint sheet"),
            "undecided": ("From which figure on", "Large batch of 500"),
        }.items():
            for text in texts:
                self.assertIn(text, self._said(sections[code]), code)
            if code not in ("authorities", "undecided"):
                self.assertIn("9.9", self._said(sections[code]), code)

    def test_every_shipped_procedure_prints(self):
        """Each of them is a page without a gap: every role, step, rule and text of its own stands on it."""
        for shipped in self.env["cx.procedure"]._shipped():
            procedure = self._shipped(shipped["code"])
            said = "\n".join(map(self._said, self._sections(procedure).values()))
            for record in (*procedure.role_ids, *procedure.milestone_ids, *procedure.cause_ids, *procedure.form_ids,
                           *procedure.guidance_ids, *procedure.ladder_ids.filtered("rung_ids"), *procedure.revision_ids):
                self.assertIn(record.name, said, f"{shipped['code']}: {record}")
            self.assertIn(procedure.name, html.fromstring(
                self.env["ir.actions.report"]._render_qweb_html("cx_complaint.report_procedure", procedure.ids)[0]).text_content())

    def test_what_the_document_has_lost_is_listed(self):
        """A limit that is undecided stands in the list at the end, and no figure is invented for it."""
        lost = 0
        for shipped in self.env["cx.procedure"]._shipped():
            procedure = self._shipped(shipped["code"])
            undecided = procedure.milestone_ids.filtered("is_undecided")
            if undecided:
                lost += len(undecided)
                said = self._said(self._sections(procedure)["undecided"])
                for milestone in undecided:
                    self.assertIn(milestone.name, said)
                    self.assertEqual(milestone.limit_text, "to be decided")
        self.assertTrue(lost)

    def test_the_page_opens_from_the_case(self):
        """Whoever handles a case reads what it is under; the screen shows the same as the paper."""
        procedure = self._shipped("SMALL")
        procedure.action_put_in_force()
        complaint = self.env["cx.complaint"].create({"summary": "It leaks", "partner_id": self.customer.id})
        complaint.sudo().procedure_id = procedure
        action = self._as("cx_service", complaint).action_view_procedure_page()
        self.assertEqual((action["res_model"], action["res_id"]), ("cx.procedure", procedure.id))
        text = html.fromstring(self._as("cx_service", procedure).page_html).text_content()
        for words in ("Roles and Duties", "Answer the customer", "3 working days"):
            self.assertIn(words, text)

    def test_document_control_of_the_sources(self):
        """Number, edition, dates, who signs and who gets a copy stand as the document has them; blank stays blank.

        [S0-0a] [S0-6a] [S0-6b] [S2.01-11] [S2.02-1] [S2.05-1] [S2.08-1] [S2.14-1] [S2.18-1] [S2.19-1]
        """
        for code, wanted in {
            "S0": {"Controlled Status": "—", "Related Documents": (
                "Corrective and preventive action control procedure; Document control procedure")},
            "S2.01": {"Related Documents": "Rework implementation rules T1QC-3-023"},
            "S2.02": {},
            "S2.05": {"Document Number": "—", "Edition": "1.0", "Effective Date": date(2014, 5, 1)},
            "S2.08": {"Document Number": "WI/Q QMD C028", "Edition": "A/2", "Effective Date": date(2020, 7, 23),
                      "Prepared By": "—", "Reviewed By": "—", "Approved By": "—"},
            "S2.14": {"Document Number": "ZX-3-A-006", "Edition": "A/0", "Effective Date": date(2015, 1, 13),
                      "Issuing Department": "Materials department", "Prepared By": "—", "Reviewed By": "—", "Approved By": "—"},
            "S2.18": {"Issuing Department": "Quality department of electric heating", "Prepared By": "—", "Reviewed By": "—",
                      "Countersigned By": "—", "Approved By": "—", "Controlled Status": "—"},
            "S2.19": {"Related Documents": "Service Standard for All Staff"},
        }.items():
            procedure = self._shipped(code)
            rows = dict(pair for row in self._sections(procedure)["control"]["rows"] for pair in row)
            for label, value in wanted.items():
                self.assertEqual(rows[label], format_date(self.env, value) if isinstance(value, date) else value, code)
            copies = procedure.role_ids.filtered("is_distributed").mapped("name")
            self.assertEqual(rows["Distribution List"], ", ".join(copies) or "—")
            if code == "S0":
                self.assertIn("Controlled Status", rows["Not Said Yet"])
            if code == "S2.02":
                self.assertEqual(len(set(copies)), 12)

    def test_revision_log(self):
        """Every edition with its day and what it changed. [S2.08-2]"""
        rows = self._sections(self._shipped("S2.08"))["revisions"]["rows"]
        self.assertEqual([row[1:4] for row in rows], [
            ["A/0", format_date(self.env, date(2017, 7, 21)), "First edition of the return flow"],
            ["A/1", format_date(self.env, date(2018, 5, 23)), "Definition of returned goods and flow chart added"],
            ["A/2", format_date(self.env, date(2020, 7, 23)), "Clauses 5.1 and 5.2 changed"]])

    def test_revisions_numbered_as_the_document_has_them(self):
        """Three changes of edition A.1, by their numbers; page and remark of one are shown as soon as somebody writes them.
        [S2.10-1]
        """
        procedure = self._shipped("S2.10")
        section = self._sections(procedure)["revisions"]
        self.assertEqual([row[:2] for row in section["rows"]], [["1", "A.1"], ["2", "A.1"], ["3", "A.1"]])
        self.assertEqual([row[2] for row in section["rows"]], [
            "Names of departments changed.", "Responsibility of marketing and customer service revised.",
            "Flow chart revised."])
        procedure.revision_ids[2].write({"revised_date": "2026-01-05", "page": "9", "remark": "New shape"})
        section = self._sections(procedure)["revisions"]
        self.assertEqual(
            [column[0] for column in section["columns"]], ["No.", "Edition", "Date", "Page", "Change", "Remark"])
        self.assertEqual(section["rows"][-1], [
            "3", "A.1", format_date(self.env, date(2026, 1, 5)), "9", "Flow chart revised.", "New shape"])

    def test_revisions_say_why_and_who_approved(self):
        """Code, reason, content and day of a revision, and who approved it when. [S2.18-1] [S2.14-1]"""
        procedure = self._shipped("S2.18")
        self.assertNotIn("revisions", self._sections(procedure))
        procedure.revision_ids = [(0, 0, {
            "edition": "A/1", "name": "Limit of 5.1.3", "reason": "More returns", "revised_date": "2026-01-05",
            "approved_by": "Zhao", "approved_date": "2026-01-07"})]
        row = self._sections(procedure)["revisions"]["rows"][0]
        self.assertEqual(row, [
            "1", "A/1", format_date(self.env, date(2026, 1, 5)), "Limit of 5.1.3", "More returns",
            "Zhao " + format_date(self.env, date(2026, 1, 7))])

    def test_pdf(self):
        """The printed document has its head, and number, edition, page and number of pages on each page. [S2.10-2]"""
        procedure = self._shipped("S2.10")
        procedure.write({"number": "QP-10", "effective_date": "2026-01-05", "prepared_by": "Li", "reviewed_by": "Wang",
                         "approved_by": "Zhao"})
        content, kind = self.env["ir.actions.report"].with_context(force_report_rendering=True)._render_qweb_pdf(
            "cx_complaint.report_procedure", procedure.ids)
        self.assertEqual(kind, "pdf")
        pages = [page.extract_text() for page in PdfFileReader(BytesIO(content)).pages]
        self.assertGreater(len(pages), 1)
        for number, text in enumerate(pages, start=1):
            self.assertIn("QP-10   ·   A.1", text)
            self.assertIn(f"{number} / {len(pages)}", text)
        for words in (procedure.name, "Edition: A.1", "01/05/2026", "Li", "Wang", "Zhao"):
            self.assertIn(words, " ".join(pages[0].split()))
