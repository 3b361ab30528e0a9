import base64
import hashlib
import json
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..procedure.form_blocks import PAPERS


class Issue(NamedTuple):
    """What turns a print into an issued paper. Only code can make one: requests carry plain data."""

    content: dict
    version: int
    issued_on: object
    issued_by: str


class Paper(models.Model):
    """An issued paper: the PDF as it went out, what it said, its checksum, the edition of its form. Never changed."""

    _name = "cx.paper"
    _description = "Issued Paper"
    _check_company_auto = True
    _order = "issued_on desc, id desc"

    name = fields.Char(string="File Name", required=True, readonly=True)
    paper = fields.Selection(PAPERS, required=True, readonly=True, index=True)
    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Document ID", model_field="res_model", required=True, readonly=True)
    document_name = fields.Char(string="Document", required=True, readonly=True, help="Its number as of the issue.")
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    form_id = fields.Many2one("cx.form", readonly=True, ondelete="restrict", check_company=True)
    form_number = fields.Char(readonly=True)
    form_edition = fields.Char(readonly=True)
    version = fields.Integer(readonly=True, default=1, help="A later version stands beside the earlier ones.")
    is_latest = fields.Boolean(string="Latest", compute="_compute_is_latest")
    issued_on = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    issued_by_id = fields.Many2one("res.users", readonly=True, required=True, default=lambda self: self.env.user)
    pdf = fields.Binary(string="PDF", readonly=True, attachment=True)
    data = fields.Json(readonly=True, help="What was printed, as data.")
    checksum = fields.Char(string="SHA-256 of the PDF", readonly=True)
    data_checksum = fields.Char(string="SHA-256 of the Data", readonly=True)
    is_intact = fields.Boolean(
        string="Intact", compute="_compute_is_intact",
        help="The PDF and the data still have the checksums they were issued with.")

    _document_idx = models.Index("(res_model, res_id)")
    _version_once = models.UniqueIndex(
        "(res_model, res_id, paper, version)", "This version of the paper was issued already.")

    @api.depends("version", "res_model", "res_id", "paper")
    def _compute_is_latest(self):
        latest = {
            (model, res_id, paper): version
            for model, res_id, paper, version in self._read_group(
                [("res_model", "in", self.mapped("res_model")), ("res_id", "in", self.mapped("res_id"))],
                ["res_model", "res_id", "paper"], ["version:max"])
        }
        for paper in self:
            paper.is_latest = latest.get((paper.res_model, paper.res_id, paper.paper), 0) <= paper.version

    @api.depends("pdf", "data", "checksum", "data_checksum")
    def _compute_is_intact(self):
        for paper in self.with_context(bin_size=False):
            paper.is_intact = (
                paper.checksum == _sha256(base64.b64decode(paper.pdf or b""))
                and paper.data_checksum == _sha256(_canonical(paper.data))
            )

    def _compute_display_name(self):
        for paper in self:
            paper.display_name = self.env._(
                "%(document)s, version %(version)s", document=paper.document_name, version=paper.version)

    def _has_field_access(self, field, operation):
        """Nobody writes an issued paper, whatever rights an administrator grants on the model."""
        if operation == "write" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("An issued paper is never changed. Issue a new version: it stands beside this one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        raise UserError(self.env._("An issued paper is never deleted. Issue a new version: it stands beside this one."))

    # Issuing

    @api.private
    def issue(self, paper, record):
        """Freeze ``paper`` of ``record`` as it reads now.

        Nothing new is made when the last version says exactly the same.

        :param str paper: one of the papers that ``record`` prints
        :param record: one document of a model that prints papers; the user may write it
        :raises AccessError: the user may not write the document
        :return: the issued paper
        """
        record.ensure_one()
        record.check_access("write")
        self.env["cx.guard"]._take_for(record)
        content = json.loads(_canonical(record._paper(paper)))
        # sudo: cx.paper - whoever may write the document may issue its papers; nobody may write them otherwise
        papers = self.sudo()
        last = papers.search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("paper", "=", paper)],
            order="version desc", limit=1)
        if last and last.data == content:
            return last.sudo(False)
        issue = Issue(content, last.version + 1, fields.Datetime.now(), self.env.user.name)
        printed, kind = self._print(paper, record, issue)
        return papers.create(self._prepare_paper_vals(paper, record, issue, printed, kind)).sudo(False)

    def _print(self, paper, record, issue):
        """Bytes of the paper and their kind: ``pdf``, or ``html`` where the tests keep Odoo from making PDFs."""
        report = self.env.ref(record._PAPERS[paper])
        return report._render_qweb_pdf(report.report_name, record.ids, data={"issue": issue})

    def _prepare_paper_vals(self, paper, record, issue, printed, kind):
        form = self.env["cx.form"]._of(paper, record.company_id, record._paper_procedure())
        return {
            "name": f"{issue.content['number']} v{issue.version}.{kind}".replace("/", "-"),
            "paper": paper,
            "res_model": record._name,
            "res_id": record.id,
            "document_name": issue.content["number"],
            "company_id": record.company_id.id,
            "form_id": form.id,
            "form_number": issue.content["form"]["number"],
            "form_edition": issue.content["form"]["edition"],
            "version": issue.version,
            "issued_on": issue.issued_on,
            "issued_by_id": self.env.uid,
            "pdf": base64.b64encode(printed),
            "data": issue.content,
            "checksum": _sha256(printed),
            "data_checksum": _sha256(_canonical(issue.content)),
        }

    def action_download(self):
        """Fetch the frozen file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/cx.paper/{self.id}/pdf/{self.name}?download=true",
            "target": "download",
        }

    def action_open_document(self):
        """Open what the paper was issued for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }


def _canonical(data):
    """One spelling of ``data`` as bytes, whatever the order of its keys."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _sha256(content):
    return hashlib.sha256(content).hexdigest()
