import io
from collections import OrderedDict

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from odoo import models
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

# report: whether a line with form number, document number and page goes on each page
PAPER_REPORTS = {
    "cx_complaint.report_rma": True,
    "cx_complaint.report_inspection": True,
    "cx_complaint.report_return_note": True,
    "cx_complaint.report_traveller": True,
    "cx_complaint.report_complaint": True,
    "cx_complaint.report_instructions": True,
    "cx_complaint.report_liaison": True,
    "cx_complaint.report_handling": True,
    "cx_complaint.report_scrap": True,
    "cx_complaint.report_appraisal": True,
    "cx_complaint.report_issue_note": True,
    "cx_complaint.report_rework": True,
    "cx_complaint.report_procedure": True,
    "cx_complaint.report_label": False,
    "cx_complaint.report_label_line": False,
    "cx_complaint.report_label_inspection": False,
    "cx_complaint.report_label_unit": False,
    "cx_complaint.report_label_inspection_unit": False,
}
_MM = 72 / 25.4


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_layout(self):
        """Our papers bring their style along: making one fetches nothing from the server, so it cannot wait for it."""
        if len(self) == 1 and self.report_name in PAPER_REPORTS:
            return self.env.ref("cx_complaint.paper_page")
        return super()._get_layout()

    def _build_wkhtmltopdf_args(
        self, paperformat_id, landscape, specific_paperformat_args=None, set_viewport_size=False
    ):
        arguments = super()._build_wkhtmltopdf_args(
            paperformat_id, landscape, specific_paperformat_args=specific_paperformat_args,
            set_viewport_size=set_viewport_size)
        if self.env.context.get("cx_no_script") and "--javascript-delay" in arguments:
            arguments[arguments.index("--javascript-delay") + 1] = "1"  # there is no script to wait for
        return arguments

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Make each paper on its own and number its pages.

        One document at a time, because wkhtmltopdf without its Qt patches takes one only; page numbers afterwards,
        because that one prints no running footers either.
        """
        report = self._get_report(report_ref)
        if report.report_name not in PAPER_REPORTS or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        papers = self.with_context(cx_no_script=True)
        streams = OrderedDict()
        for res_id in res_ids:
            own = dict(data or {})
            streams.update(super(IrActionsReport, papers)._render_qweb_pdf_prepare_streams(
                report_ref, own, res_ids=[res_id]))
            if PAPER_REPORTS[report.report_name] and streams[res_id]["stream"]:
                values = self._get_rendering_context(report, [res_id], dict(data or {}))
                streams[res_id]["stream"] = _number_pages(streams[res_id]["stream"], values["papers"][0]["footer"])
        return streams


def _number_pages(stream, text):
    """Print ``text`` and *page / pages* at the foot of every page.

    :param stream: the PDF, a binary stream
    :param str text: what identifies the paper on each of its pages
    :return: the new PDF, a binary stream
    """
    reader = PdfFileReader(stream, strict=False)
    count = reader.getNumPages()
    feet = io.BytesIO()
    drawing = canvas.Canvas(feet)
    for number in range(count):
        box = reader.getPage(number).mediaBox
        width, height = float(box.getWidth()), float(box.getHeight())
        drawing.setPageSize((width, height))
        drawing.setFont(_font_for(text), 7)
        drawing.setFillColor(HexColor("#5f6b76"))
        drawing.drawString(12 * _MM, 6 * _MM, text)
        drawing.drawRightString(width - 12 * _MM, 6 * _MM, f"{number + 1} / {count}")
        drawing.showPage()
    drawing.save()
    overlay = PdfFileReader(feet)
    writer = PdfFileWriter()
    for number in range(count):
        writer.addPage(reader.getPage(number))
        writer.getPage(number).mergePage(overlay.getPage(number))  # newer pypdf merges into a writer's page only
    result = io.BytesIO()
    writer.write(result)
    return result


def _font_for(text):
    """A font that every reader of PDF has and that knows the characters of ``text``."""
    if all(ord(character) < 256 for character in text):
        return "Helvetica"
    name = "STSong-Light"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name
