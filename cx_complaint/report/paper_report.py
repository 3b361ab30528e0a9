from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime
from odoo.tools.image import image_data_uri

from ..models.case.paper import Issue
from .barcode import code128_uri

MOST_LABELS = 500


class PaperReport(models.AbstractModel):
    """What the templates of our papers need: the papers as data, ready to be laid out."""

    _name = "cx.paper.report"
    _description = "Values of a Controlled Paper"

    _MODEL = None
    _PAPER = None
    _IS_ISSUED = True  # a print that is not issued says so

    def _get_report_values(self, docids, data=None):
        documents = self.env[self._MODEL].browse(docids)
        issue = (data or {}).get("issue")
        if not isinstance(issue, Issue):  # whatever a request calls an issue is none
            issue = None
        papers = [issue.content] if issue else [document._paper(self._PAPER) for document in documents]
        return {
            "doc_ids": docids,
            "doc_model": self._MODEL,
            "docs": documents,
            "papers": [self._prepare_print(paper, issue) for paper in papers],
        }

    def _prepare_print(self, paper, issue):
        """The paper with what is not part of its content: status, logo, pictures, the line at the foot."""
        env = self.with_context(lang=paper["lang"]).env
        # sudo: res.company - its logo, on its own paper
        logo = env["res.company"].sudo().browse(paper["company"]["id"]).logo
        if issue:
            status = env._("Version %(version)s, issued on %(moment)s by %(user)s", version=issue.version,
                           moment=format_datetime(env, issue.issued_on, dt_format="short"), user=issue.issued_by)
        elif self._IS_ISSUED:
            status = env._("Not issued: copy for information")
        else:
            status = env._("Printed on %(moment)s by %(user)s", user=env.user.name,
                           moment=format_datetime(env, fields.Datetime.now(), dt_format="short"))
        form = paper["form"]
        foot = [form["number"], form["edition"] if form["number"] else "", paper["number"],
                f"v{issue.version}" if issue else ""]
        return {
            **paper,
            "status": status,
            "is_warned": self._IS_ISSUED and not issue,
            "logo": logo and image_data_uri(logo),
            "bars": code128_uri(paper["barcode"]),
            "footer": "   ·   ".join(part for part in foot if part),
            "sections": [self._prepare_section(section) for section in paper["sections"]],
        }

    def _prepare_section(self, section):
        if section.get("html"):
            return {**section, "html": Markup(section["html"])}  # a sanitised field
        if section["kind"] == "barcodes":
            return {**section, "codes": [(text, code128_uri(text)) for text in section["codes"]]}
        if section["kind"] == "photos":
            # sudo: ir.attachment - pictures that the paper's data name, checked when they were listed
            pictures = self.env["ir.attachment"].sudo().browse([photo[0] for photo in section["photos"]])
            return {**section, "images": [
                (picture.name, image_data_uri(picture.datas)) for picture in pictures.exists() if picture.datas]}
        return section


class RmaReport(models.AbstractModel):
    _name = "report.cx_complaint.report_rma"
    _description = "RMA and Return Form"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.rma"
    _PAPER = "rma"


class InspectionReport(models.AbstractModel):
    _name = "report.cx_complaint.report_inspection"
    _description = "Return Inspection Report"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.inspection"
    _PAPER = "inspection"


class ReturnNoteReport(models.AbstractModel):
    _name = "report.cx_complaint.report_return_note"
    _description = "Return Note"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.consignment"
    _PAPER = "return_note"


class TravellerReport(models.AbstractModel):
    _name = "report.cx_complaint.report_traveller"
    _description = "Rework Traveller"
    _inherit = ["cx.paper.report"]
    _MODEL = "mrp.production"
    _PAPER = "traveller"
    _IS_ISSUED = False


class ComplaintReport(models.AbstractModel):
    _name = "report.cx_complaint.report_complaint"
    _description = "Complaint Handling Report"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.complaint"
    _PAPER = "complaint"


class InstructionsReport(models.AbstractModel):
    _name = "report.cx_complaint.report_instructions"
    _description = "Return Instructions"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.rma"
    _PAPER = "instructions"
    _IS_ISSUED = False


class LiaisonReport(models.AbstractModel):
    _name = "report.cx_complaint.report_liaison"
    _description = "Return Handling Liaison Sheet"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.rma"
    _PAPER = "liaison"


class HandlingReport(models.AbstractModel):
    _name = "report.cx_complaint.report_handling"
    _description = "Defective Goods Handling Form"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.rma"
    _PAPER = "handling"


class ScrapReport(models.AbstractModel):
    _name = "report.cx_complaint.report_scrap"
    _description = "Scrap Application"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.disposition"
    _PAPER = "scrap"


class AppraisalReport(models.AbstractModel):
    _name = "report.cx_complaint.report_appraisal"
    _description = "Return Responsibility Appraisal Report"
    _inherit = ["cx.paper.report"]
    _MODEL = "cx.site.check"
    _PAPER = "appraisal"


class IssueNoteReport(models.AbstractModel):
    _name = "report.cx_complaint.report_issue_note"
    _description = "Material Issue Note"
    _inherit = ["cx.paper.report"]
    _MODEL = "mrp.production"
    _PAPER = "issue_note"
    _IS_ISSUED = False


class ReworkReport(models.AbstractModel):
    _name = "report.cx_complaint.report_rework"
    _description = "Rework Report"
    _inherit = ["cx.paper.report"]
    _MODEL = "mrp.production"
    _PAPER = "rework_report"
    _IS_ISSUED = False


class LabelReport(models.AbstractModel):
    """Labels: one for each lot, or for the line where no lot is known."""

    _name = "report.cx_complaint.report_label"
    _description = "Return Labels of an RMA"
    _MODEL = "cx.rma"

    def _get_report_values(self, docids, data=None):
        documents = self.env[self._MODEL].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": self._MODEL,
            "docs": documents,
            "labels": [
                {**label, "number_bars": code128_uri(label["number"]), "lot_bars": code128_uri(label["lot"])}
                for document in documents for label in self._labels_of(document)
            ],
        }

    def _labels_of(self, document):
        return document._return_labels()


class LineLabelReport(models.AbstractModel):
    _name = "report.cx_complaint.report_label_line"
    _description = "Return Labels of RMA Lines"
    _inherit = ["report.cx_complaint.report_label"]
    _MODEL = "cx.rma.line"


class InspectionLabelReport(models.AbstractModel):
    _name = "report.cx_complaint.report_label_inspection"
    _description = "Labels of Inspected Goods"
    _inherit = ["report.cx_complaint.report_label"]
    _MODEL = "cx.inspection"


class UnitLabelReport(models.AbstractModel):
    """Labels to be stuck on every unit, counted on them, where it is known how many units there are.

    :source: S2.18-13
    """

    _name = "report.cx_complaint.report_label_unit"
    _description = "Return Labels for Every Unit of an RMA"
    _inherit = ["report.cx_complaint.report_label"]

    def _labels_of(self, document):
        labels = super()._labels_of(document)
        count = sum(max(label["units"], 1) for label in labels)
        if count > MOST_LABELS:
            raise UserError(self.env._(
                "%(document)s: %(count)s labels would be printed, %(most)s are the most at a time. Print one per lot, or"
                " split the return.", document=document.display_name, count=count, most=MOST_LABELS))
        return [
            {**label, "quantity": label["one"], "count": f"{number} / {label['units']}"} if label["units"] > 1 else label
            for label in labels for number in range(1, max(label["units"], 1) + 1)
        ]


class InspectionUnitLabelReport(models.AbstractModel):
    _name = "report.cx_complaint.report_label_inspection_unit"
    _description = "Labels for Every Inspected Unit"
    _inherit = ["report.cx_complaint.report_label_unit"]
    _MODEL = "cx.inspection"
