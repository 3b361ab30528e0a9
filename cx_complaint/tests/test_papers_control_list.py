import tracemalloc
from io import BytesIO
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..report import control_list
from .papers_common import PapersCommon

_URL = "/cx_complaint/control_list"


@tagged("post_install", "-at_install")
class TestPapersControlList(HttpCase, PapersCommon):
    """The returned goods control list: own rows only, true figures, flat memory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rma.sudo().write({
            "decision": "authorised", "authorised_on": "2026-11-10 09:00:00", "return_number": "TQA-900001",
            "name": "TOP-900001"})

    def _download(self, login="cx_quality", **parameters):
        self.authenticate(login, login)
        answer = self.url_open(_URL + "?" + "&".join(f"{key}={value}" for key, value in parameters.items()))
        answer.raise_for_status()
        return answer

    def _rows(self, answer):
        """The rows of the list as dicts by heading; of headings that occur twice, the later one."""
        sheet = load_workbook(BytesIO(answer.content)).active
        headings = [cell.value for cell in sheet[6]]
        return [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=7, values_only=True)]

    def _numbers(self, answer):
        return {row["RMA No."] for row in self._rows(answer)}

    # who sees what

    def test_outsiders_get_no_list(self):
        """Portal users, and users without any right on returns, get nothing."""
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(_URL).url)
        self.authenticate("stock_only", "stock_only")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(_URL).status_code, 403)

    def test_limited_user_sees_his_rows_only(self):
        """A rule that narrows what a user reads narrows his list."""
        other = self.rma.copy({"user_id": self.users_by_login["cx_quality"].id})
        other.sudo().write({
            "name": "TOP-900002", "decision": "authorised", "authorised_on": "2026-11-11 09:00:00"})
        self.assertLessEqual({self.rma.name, other.name}, self._numbers(self._download()))
        self.env["ir.rule"].create({
            "name": "own only", "model_id": self.env["ir.model"]._get_id("cx.rma.line"),
            "domain_force": "[('rma_id.user_id', '=', user.id)]",
        })
        self.assertEqual(self._numbers(self._download()), {other.name})

    def test_companies_are_the_users_own(self):
        """Another company's rows appear for nobody else, and asking for that company is refused."""
        company = self.env["res.company"].create({"name": "Other company"})
        new_test_user(self.env, "cx_abroad", groups="cx_complaint.group_quality", company_id=company.id,
                      company_ids=[(6, 0, company.ids)])
        self.assertEqual(self._numbers(self._download("cx_abroad")), set())
        self.authenticate("cx_abroad", "cx_abroad")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{_URL}?company_ids={self.env.company.id}").status_code, 403)

    def test_nonsense_is_a_bad_request(self):
        self.authenticate("cx_quality", "cx_quality")
        for query in ("date_from=yesterday", "partner_ids=1;drop", "state=nowhere", "company_ids=x"):
            with self.subTest(query=query):
                self.assertEqual(self.url_open(f"{_URL}?{query}").status_code, 400)

    # what it says

    def test_cells_say_what_the_records_say(self):
        """Numbers, product, reason, verdict, quantities as numbers, prepared and reviewed boxes. [S2.01-35] [S2.01-36]"""
        self.inspection.sudo().write({"decision": "done"})
        self.env["cx.form"].create({
            "name": "退貨品管制一覽表", "paper": "control_list", "company_id": self.env.company.id, "sequence": 1,
            "number": "T1QC-3-032-F01", "edition": "A/0",
        })
        answer = self._download(date_from="2026-11-01", date_to="2026-11-30")
        row = next(row for row in self._rows(answer) if row["RMA No."] == self.rma.name)
        self.assertEqual(row["Return No."], "TQA-900001")
        self.assertEqual((row["Product"], row["Lots/Serials"]), ("[DRV] Cx Driver", "DRV-A, DRV-B"))
        self.assertEqual(row["Customer's Reference"], "8D-77, RN-12")
        self.assertEqual(row["Authorised"], 40)
        self.assertEqual((row["Verdict"], row["Defect Rate"]), ("Good, Defective, reworkable", 0.75))
        self.assertEqual(str(row["Authorised On"])[:10], "2026-11-10")
        head = [cell.value for cell in load_workbook(BytesIO(answer.content)).active[3]]
        self.assertIn("T1QC-3-032-F01", head)
        self.assertIn(self.users_by_login["cx_quality"].name, head[head.index("Prepared") + 1])
        self.assertIn("Reviewed", head)

    def test_text_is_never_a_formula(self):
        """What a customer writes cannot become a formula in the reader's spreadsheet."""
        self.complaint.line_ids.name = '=HYPERLINK("http://bad.example","x")'
        self.complaint.line_ids.defect_id = False
        sheet = load_workbook(BytesIO(self._download().content)).active
        cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
        self.assertEqual([cell.data_type for cell in cells], ["s"])

    def test_file_name_is_safe(self):
        self.env.company.name = '../"Evil" & Söhne\r\n'
        disposition = self._download().headers["Content-Disposition"]
        self.assertNotIn("..", disposition)
        self.assertIn(".xlsx", disposition)

    def test_filters(self):
        """By day in the user's time zone, by customer with his branches, by state."""
        self.users_by_login["cx_quality"].tz = "Asia/Shanghai"
        late = self.rma.copy()
        late.sudo().write({  # the 11th in Shanghai
            "name": "TOP-900003", "decision": "authorised", "authorised_on": "2026-11-10 17:00:00"})
        branch = self.env["res.partner"].create({"name": "Branch", "parent_id": self.customer.id})
        own = {self.rma.name, late.name}
        for parameters, expected in (
            ({"date_from": "2026-11-10", "date_to": "2026-11-10"}, {self.rma.name}),
            ({"date_from": "2026-11-11", "date_to": "2026-11-11"}, {late.name}),
            ({"partner_ids": self.customer.id}, own),
            ({"partner_ids": branch.id}, set()),
            ({"state": "open"}, own),
            ({"state": "done"}, set()),
        ):
            with self.subTest(parameters=parameters):
                self.assertEqual(self._numbers(self._download(**parameters)) & own, expected)

    def test_wizard_passes_the_choice_on(self):
        """The address carries what was chosen; a period that runs backwards is refused."""
        Choice = self._as("cx_quality", self.env["cx.control.list"])
        choice = Choice.create({"date_from": "2026-11-01", "date_to": "2026-11-30", "state": "open",
                                "partner_ids": [(6, 0, self.customer.ids)]})
        url = choice.action_export()["url"]
        for part in ("date_from=2026-11-01", "state=open", f"partner_ids={self.customer.id}"):
            self.assertIn(part, url)
        with self.assertRaisesRegex(ValidationError, "Exchange the two days"):
            choice.date_to = "2026-10-01"

    # how it is made

    def test_queries_per_batch_are_flat(self):
        """Four lines cost no more queries than two."""
        lines = (self.rma | self.rma.copy() | self.rma.copy() | self.rma.copy()).line_ids
        self.env.flush_all()
        sheet = self._as("cx_quality", self.env["cx.control.list.sheet"])
        costs = []
        for some in (lines, lines[:2], lines):  # the first call warms shared caches
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sheet._rows(sheet.env["cx.rma.line"].browse(some.ids))
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])

    def test_batches_cover_every_line_once(self):
        """Batches of two: every line, in the order of registration, none twice."""
        people = self.env["res.users"].browse()
        for letter in "ABC":
            people |= new_test_user(self.env, f"cx_{letter.lower()}", name=letter)
        self.rma.user_id = people[0]
        rmas = self.rma | self.rma.copy({"user_id": people[1].id}) | self.rma.copy({"user_id": people[2].id})
        with patch.object(control_list, "BATCH", 2):
            batches = list(self.env["cx.control.list.sheet"]._batches(Domain("rma_id", "in", rmas.ids)))
        self.assertEqual([len(batch) for batch in batches], [2, 1])
        self.assertEqual([row["responsible"] for batch in batches for row in batch], ["A", "B", "C"])

    def test_memory_is_flat(self):
        """Twenty thousand rows take hardly more memory than two thousand."""
        peaks = []
        row = {"rma_number": "TOP-000001", "customer": "Customer", "authorised": 5.0, "reason": "No light at all"}
        for batches in (4, 40):
            sheet = type(self.env["cx.control.list.sheet"])
            with patch.object(sheet, "_batches", lambda self, domain, count=batches: iter(
                    [dict(row, reason=f"No light {number}") for number in range(500)] for _ in range(count))):
                tracemalloc.start()
                with open("/dev/null", "wb") as target, patch("xlsxwriter.workbook.Workbook._store_workbook"):
                    self.env["cx.control.list.sheet"]._write_book(target, Domain.TRUE, "")
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
        self.assertLess(peaks[1], peaks[0] * 1.5)
