"""The returned goods control list: which columns it has, what stands in them, how the sheet is laid out.

:source: S2.01-35, S2.01-36
"""

from collections import defaultdict
from typing import NamedTuple

import xlsxwriter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..rules.ways import DESTINATIONS

BATCH = 500
_CELL_LIMIT = 32_767  # characters that a cell can hold


class Column(NamedTuple):
    """A column of the sheet.

    :param key: its value in the row
    :param label: heading
    :param kind: ``text``, ``quantity``, ``date`` or ``percent``
    :param width: in characters
    :param group: heading over several columns, or ""
    """

    key: str
    label: str
    kind: str = "text"
    width: int = 14
    group: str = ""


class ControlList(models.AbstractModel):
    """Rows of the list, batch by batch, with the rights of whoever asks."""

    _name = "cx.control.list.sheet"
    _description = "Returned Goods Control List"

    @api.model
    def _columns(self):
        """The columns in the order of the paper."""
        where = dict(self.env["cx.disposition"]._fields["destination"]._description_selection(self.env))
        return [
            Column("return_number", self.env._("Return No.")),
            Column("rma_number", self.env._("RMA No.")),
            Column("kind", self.env._("Kind"), width=16),
            Column("state", self.env._("State"), width=12),
            Column("customer", self.env._("Customer"), width=26),
            Column("complaint", self.env._("Complaint"), width=16),
            Column("reference", self.env._("Customer's Reference"), width=18),
            Column("product", self.env._("Product"), width=30),
            Column("lots", self.env._("Lots/Serials"), width=20),
            Column("owner", self.env._("Goods Are"), width=12),
            Column("rohs", self.env._("RoHS"), width=7),
            Column("reason", self.env._("Reason for Return"), width=30),
            Column("uom", self.env._("Unit"), width=8),
            Column("authorised", self.env._("Authorised"), "quantity", 11, self.env._("Quantity")),
            Column("received", self.env._("Received"), "quantity", 11, self.env._("Quantity")),
            Column("inspected", self.env._("Inspected"), "quantity", 11, self.env._("Quantity")),
            Column("quarantine", self.env._("In Quarantine"), "quantity", 11, self.env._("Quantity")),
            Column("undecided", self.env._("Undecided"), "quantity", 11, self.env._("Quantity")),
            *(Column(f"planned_{code}", where[code], "quantity", 11, self.env._("Planned")) for code in DESTINATIONS),
            *(Column(f"done_{code}", where[code], "quantity", 11, self.env._("Done")) for code in DESTINATIONS),
            Column("verdict", self.env._("Verdict"), width=24),
            Column("defect", self.env._("Defect Found"), width=22),
            Column("rate", self.env._("Defect Rate"), "percent", 10),
            Column("responsible", self.env._("Responsible"), width=18),
            Column("authorised_on", self.env._("Authorised On"), "date", 12),
            Column("received_on", self.env._("Received On"), "date", 12),
            Column("limit_date", self.env._("To Be Handled By"), "date", 12),
            Column("short_reason", self.env._("Closed Short Because"), width=24),
        ]

    @api.model
    def _batches(self, domain):
        """Lists of rows, in the order of registration; what a batch read is forgotten before the next one.

        :param Domain domain: over RMA lines
        """
        Line = self.env["cx.rma.line"]
        last = 0
        while lines := Line.search(Domain(domain) & Domain("id", ">", last), order="id", limit=BATCH):
            last = lines[-1].id
            yield self._rows(lines)
            self.env.invalidate_all(flush=False)

    @api.model
    def _rows(self, lines):
        """One dict per line, by key of the column; as many queries for a batch as for one line."""
        planned, done = self._quantities_by_destination(lines)
        findings = self._findings_by_line(lines)
        received_on = self._first_receipts(lines)
        return [
            {
                **self._prepare_row(line, findings[line.id]),
                "received_on": received_on.get(line.id),
                **{f"planned_{code}": planned[line.id, code] for code in DESTINATIONS},
                **{f"done_{code}": done[line.id, code] for code in DESTINATIONS},
            }
            for line in lines
        ]

    def _prepare_row(self, line, findings):
        rma, complaint = line.rma_id, line.complaint_id
        rated = [finding.inspection_id for finding in findings]
        return {
            "return_number": rma.return_number if rma.return_number != "/" else "",
            "rma_number": rma.name,
            "kind": rma.kind_id.name,
            "state": self._label(rma, "state"),
            "customer": line.partner_id.commercial_partner_id.name,
            "complaint": complaint.name,
            "reference": ", ".join(complaint.reference_ids.mapped("number")),
            "product": line.product_id.display_name,
            "lots": ", ".join(line._label_lots().mapped("name")),
            "owner": self._label(line, "goods_owner"),
            "rohs": "✓" if line.product_id.cx_is_rohs else "",
            "reason": line._paper_reason(),
            "uom": line.product_uom_id.name,
            "authorised": line.quantity,
            "received": line.received_qty,
            "inspected": line.inspected_qty,
            "quarantine": line.quarantine_qty,
            "undecided": line.undecided_qty,
            "verdict": ", ".join(dict.fromkeys(finding.verdict_id.name for finding in findings)),
            "defect": ", ".join(dict.fromkeys(
                finding.defect_id.name for finding in findings if finding.defect_id)),
            "rate": rated[-1].defect_rate / 100 if rated else None,
            "responsible": rma.user_id.name,
            "authorised_on": self._day(rma.authorised_on),
            "limit_date": rma.limit_date,
            "short_reason": line.short_reason,
        }

    def _label(self, record, field):
        return dict(record._fields[field]._description_selection(self.env)).get(record[field], "")

    def _day(self, moment):
        return moment and fields.Datetime.context_timestamp(self, moment).date()

    def _quantities_by_destination(self, lines):
        """Quantities decided and brought there, by line and destination."""
        planned, done = defaultdict(float), defaultdict(float)
        for disposition in lines.disposition_ids:
            key = disposition.rma_line_id.id, disposition.destination
            if disposition.state != "cancelled":
                planned[key] += disposition.quantity if disposition.decision != "closed" else disposition.done_qty
                done[key] += disposition.done_qty
        return planned, done

    def _findings_by_line(self, lines):
        """Findings of finished inspections by line, the latest inspection last."""
        findings = defaultdict(list)
        for finding in self.env["cx.inspection.line"].search(
                [("inspection_id.rma_line_id", "in", lines.ids), ("inspection_id.decision", "=", "done")]):
            findings[finding.inspection_id.rma_line_id.id].append(finding)
        for found in findings.values():
            found.sort(key=lambda finding: (finding.inspection_id.id, finding.sequence, finding.id))
        return findings

    def _first_receipts(self, lines):
        """Day of the first receipt by line."""
        # sudo: stock.move - the day only, of lines that the user reads
        moves = self.env["stock.move"].sudo()
        return {
            line.id: self._day(moment)
            for line, moment in moves._read_group(
                [("cx_rma_line_id", "in", lines.ids), ("state", "=", "done"),
                 ("location_id.usage", "=", "customer")],
                ["cx_rma_line_id"], ["date:min"])
        }

    # The sheet

    @api.model
    def _write_book(self, target, domain, period):
        """Write the list as a workbook; rows go to disk as they come, so memory stays flat.

        :param target: a binary file
        :param Domain domain: over RMA lines
        :param str period: what was asked for, printed in the head
        """
        form = self.env["cx.form"].with_context(lang=self.env.lang)._of("control_list", self.env.company)
        heading = form._heading("control_list")
        with xlsxwriter.Workbook(target, {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        }) as book:
            book.set_properties({"title": heading["title"], "company": self.env.company.name})
            sheet = book.add_worksheet()
            writer = SheetWriter(book, sheet, self._columns())
            writer.set_up_page(heading)
            writer.write_head(self.env.company.name, heading, [
                (self.env._("Form No."), heading["number"]), (self.env._("Edition"), heading["edition"]),
                (self.env._("Period"), period),
                (self.env._("Prepared"), f"{self.env.user.name}, {format_date(self.env, fields.Date.context_today(self))}"),
                (self.env._("Reviewed"), ""),
            ])
            for rows in self._batches(domain):
                writer.write_rows(rows)
            writer.finish()


class SheetWriter:
    """Lays rows out on a sheet, top to bottom, each cell once."""

    def __init__(self, book, sheet, columns):
        self.sheet = sheet
        self.columns = columns
        self.row = 0
        border = {"border": 1, "border_color": "#B9C4CE", "valign": "top"}
        self.formats = {
            "text": book.add_format({**border, "text_wrap": True}),
            "quantity": book.add_format(border),
            "percent": book.add_format({**border, "num_format": "0.0%"}),
            "date": book.add_format({**border, "num_format": "yyyy-mm-dd", "align": "left"}),
        }
        self.company = book.add_format({"font_color": "#44525F"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F3A4D"})
        self.label = book.add_format({"font_color": "#44525F", "border": 1, "border_color": "#B9C4CE", "bg_color": "#F6F8FA"})
        self.value = book.add_format({"border": 1, "border_color": "#B9C4CE"})
        self.heading = book.add_format({
            **border, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A4D", "text_wrap": True})

    def set_up_page(self, heading):
        """Landscape, one page wide, form number and page on each page."""
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        number = " ".join(filter(None, (heading["number"], heading["edition"]))).replace("&", "&&")
        self.sheet.set_footer(f"&L{number}&R&P / &N")
        for index, column in enumerate(self.columns):
            self.sheet.set_column(index, index, column.width)

    def write_head(self, company, heading, facts):
        """Company, title, the boxes, then the two rows of headings."""
        self.sheet.write_string(0, 0, company, self.company)
        self.sheet.write_string(1, 0, heading["title"], self.title)
        for index, (label, value) in enumerate(facts):
            self.sheet.write_string(2, 2 * index, label, self.label)
            self.sheet.write_string(2, 2 * index + 1, value or "", self.value)
        self._write_groups(4)
        for index, column in enumerate(self.columns):
            self.sheet.write_string(5, index, column.label, self.heading)
        self.sheet.freeze_panes(6, 2)
        self.sheet.repeat_rows(4, 5)
        self.row = 6

    def _write_groups(self, row):
        """One heading over neighbouring columns of a group."""
        start = 0
        while start < len(self.columns):
            group = self.columns[start].group
            end = start
            while group and end + 1 < len(self.columns) and self.columns[end + 1].group == group:
                end += 1
            if end > start:
                self.sheet.merge_range(row, start, row, end, group, self.heading)
            start = end + 1

    def write_rows(self, rows):
        for values in rows:
            for index, column in enumerate(self.columns):
                self._write_cell(index, column.kind, values.get(column.key))
            self.row += 1

    def _write_cell(self, index, kind, value):
        cell = self.formats[kind]
        if kind in ("quantity", "percent") and value is not None:
            self.sheet.write_number(self.row, index, value, cell)
        elif kind == "date" and value:
            self.sheet.write_datetime(self.row, index, value, cell)
        elif kind == "text" and value:
            self.sheet.write_string(self.row, index, str(value)[:_CELL_LIMIT], cell)
        else:
            self.sheet.write_blank(self.row, index, None, cell)

    def finish(self):
        """A filter over all rows."""
        self.sheet.autofilter(5, 0, max(self.row - 1, 5), len(self.columns) - 1)
