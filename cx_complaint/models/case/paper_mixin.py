from datetime import datetime

from odoo import fields, models
from odoo.tools import format_date, formatLang, get_lang


class PaperSource(models.AbstractModel):
    """A document that prints controlled papers.

    A paper is data first: title and number from the company's form, then blocks, each made by a method
    ``_paper_<paper>_<block>`` that returns a section. Templates only lay sections out; what is frozen at issue is the
    same data. A section is a dict with ``kind`` and ``title``, and

    * ``fields``: ``rows`` of ``(label, value)`` pairs, two a row, or one that takes the whole row;
    * ``table``: ``columns`` of ``(label, alignment, width in %)``, ``rows`` of texts, ``total`` row or None,
      ``is_written`` where cells are filled in by hand;
    * ``checks``: ``rows`` of lists of ``(ticked, label, value)``;
    * ``text``: ``text``, or ``html``; ``lines`` empty lines to write on;
    * ``signatures``: ``columns`` of ``(department, [(kind, name, day)])``;
    * ``photos``: ``photos`` of ``(attachment id, name, checksum)``;
    * ``barcodes``: ``rows`` as in ``fields``, and ``codes``, the texts to be printed as bars.
    """

    _name = "cx.paper.source"
    _description = "Prints Controlled Papers"

    _PAPERS = {}  # paper: XML id of its report action

    def _paper(self, paper):
        """What ``paper`` prints, in the reader's language. Plain values: it is what is stored when issued."""
        self.ensure_one()
        record = self.with_context(lang=self._paper_lang(paper))
        company = record.company_id
        form = self.env["cx.form"].with_context(lang=record.env.lang)._of(
            paper, company, record._paper_procedure())
        sections = []
        for code, heading in form._blocks(paper):
            section = getattr(record, f"_paper_{paper}_{code}")()
            if section:
                sections.append({**section, "code": code, "title": heading or section["title"]})
        return {
            "paper": paper,
            "lang": record.env.lang,
            "number": record._paper_number(paper),
            "barcode": record._paper_number(paper),
            "form": form._heading(paper),
            "company": {"id": company.id, "name": company.name, "address": _one_line(company.partner_id)},
            "copies": [""],
            "sections": sections,
            **record._paper_edition(),
            **record._paper_extra(paper),
        }

    def _paper_procedure(self):
        """The rulebook of the case that the record belongs to, or none; of several cases the first."""
        if "procedure_id" in self._fields:
            return self.sudo().procedure_id[:1]  # sudo: cx.procedure - whose forms are printed, whoever prints
        name = next((name for name in ("complaint_id", "complaint_ids") if name in self._fields), None)
        return self.sudo()[name].procedure_id[:1] if name else self.env["cx.procedure"]

    def _paper_lang(self, paper):
        """Language of the reader; the customer's, where the paper goes to him."""
        return get_lang(self.env, self.partner_id.lang).code if "partner_id" in self._fields else self.env.lang

    def _paper_edition(self):
        """Name and edition of the rulebook that the case is under; it stays with the paper when that is issued."""
        procedure = self._paper_procedure()
        return {"procedure": {"name": procedure.name, "edition": procedure.edition}} if procedure else {}

    def _paper_number(self, paper):
        return self.display_name

    def _paper_extra(self, paper):
        """Further values of the paper's head, such as the names of its copies."""
        return {}

    # Words and figures, as they are printed

    def _paper_day(self, moment):
        """A day, or the day of a moment at the company's place."""
        if not moment:
            return ""
        if isinstance(moment, datetime):
            zone = self.company_id.partner_id.tz or self.env.user.tz or "UTC"
            moment = fields.Datetime.context_timestamp(self.with_context(tz=zone), moment).date()
        return format_date(self.env, moment)

    def _paper_qty(self, quantity, uom=None):
        """A quantity without trailing zeros, with its unit when ``uom`` is given."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        text = formatLang(self.env, quantity or 0.0, digits=digits)
        point = get_lang(self.env).decimal_point
        if point in text:
            text = text.rstrip("0").rstrip(point)
        return f"{text} {uom.name}" if uom else text

    def _paper_label(self, record, field):
        """The label of a selection's value, in the language of the paper."""
        return dict(record._fields[field]._description_selection(self.env)).get(record[field], "")

    def _paper_product(self, product):
        return product.with_context(lang=self.env.lang).display_name or ""

    def _paper_photos(self):
        """Pictures attached to the document, as they are printed and frozen."""
        # sudo: ir.attachment - pictures on a document that the user may read
        pictures = self.env["ir.attachment"].sudo().search([
            ("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False),
            ("mimetype", "in", ("image/png", "image/jpeg", "image/gif", "image/webp")),
        ], order="id")
        return [(picture.id, picture.name, picture.checksum) for picture in pictures]

    def _paper_signatures(self, title, usual):
        """Signatures asked for or given; where none are asked for, empty boxes of the usual departments.

        :param usual: ``(department, (kinds,))`` pairs
        """
        # sudo: cx.approval - names and days of signatures on a document that the user may read
        approvals = self.env["cx.approval"].sudo().search([
            ("res_model", "=", self._name), ("res_id", "=", self.id), ("state", "in", ("asked", "signed")),
        ]).with_context(lang=self.env.lang)
        columns = {}
        for approval in approvals.filtered("role_id"):
            department = self._paper_label(approval.role_id, "function")
            columns.setdefault(department, []).append(self._paper_signature(approval))
        if not columns:
            columns = {department: [(kind, "", "") for kind in kinds] for department, kinds in usual}
        alone = approvals - approvals.filtered("role_id")  # one entitled person decided, nobody was asked
        if alone:
            columns[self.env._("Decision")] = [self._paper_signature(approval) for approval in alone]
        return {"kind": "signatures", "title": title, "columns": list(columns.items())}

    def _paper_signature(self, approval):
        """What was signed as, the name as of then, the day; a declared conflict is printed."""
        name = approval.signer_name or ""
        if approval.is_conflict:
            name = self.env._("%(name)s (declared conflict)", name=name)
        return self._paper_label(approval, "kind"), name, self._paper_day(approval.signed_on)



class PaperMixin(models.AbstractModel):
    """A document of ours that issues its papers: button, list and chatter."""

    _name = "cx.paper.mixin"
    _description = "Issues Controlled Papers"
    _inherit = ["cx.paper.source"]

    paper_count = fields.Integer(string="Issued Papers", compute="_compute_paper_count")

    def _compute_paper_count(self):
        # sudo: cx.paper - a number only; the papers themselves are opened with the user's own rights
        counts = dict(self.env["cx.paper"].sudo()._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"], ["__count"]))
        for record in self:
            record.paper_count = counts.get(record.id, 0)

    # Verbs

    def action_issue_paper(self):
        """Freeze the document's paper as it reads now, and show what was issued."""
        papers = self.env["cx.paper"]
        for record in self:
            for paper in record._papers_to_issue():
                papers |= record._issue_paper(paper)
        return self._action_papers(papers)

    def action_open_papers(self):
        papers = self.env["cx.paper"].search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        return self._action_papers(papers)

    def _papers_to_issue(self):
        """The paper that the pressed button names in its context, else the first one of the table."""
        chosen = self.env.context.get("cx_paper")
        return [chosen] if chosen in self._PAPERS else list(self._PAPERS)[:1]

    def _issue_paper(self, paper):
        """Freeze one paper and say so in the document's chatter. :return: the issued paper"""
        self.ensure_one()
        known = self.paper_count
        issued = self.env["cx.paper"].issue(paper, self)
        self.invalidate_recordset(["paper_count"])
        if self.paper_count > known and "message_ids" in self._fields:
            self.message_post(body=self.env._(
                "%(title)s issued, version %(version)s.", title=issued.data["form"]["title"], version=issued.version))
        return issued

    def _action_papers(self, papers):
        action = self.env["ir.actions.actions"]._for_xml_id("cx_complaint.paper_action")
        action["domain"] = [("id", "in", papers.ids)]
        if len(papers) == 1:
            action.update(views=[(False, "form")], res_id=papers.id)
        return action


def _one_line(partner):
    """A postal address on one line."""
    return ", ".join(line.strip() for line in partner._display_address(without_company=True).split("\n") if line.strip())
