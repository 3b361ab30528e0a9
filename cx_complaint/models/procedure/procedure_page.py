from odoo import api, fields, models
from odoo.tools import format_date


class Procedure(models.Model):
    """A procedure as one page that can be read and printed: the company's own procedure document.

    What stands on it is data (see ``_page``); the templates of report/procedure_document.xml only lay it out. The kinds
    of sections are those of ``cx.paper.source``, and ``flow`` with ``rows`` of ``(depth, kind, text, role, limit, until)``.
    """

    _inherit = "cx.procedure"

    page_html = fields.Html(string="Page", compute="_compute_page_html", sanitize=False)

    @api.depends_context("lang", "allowed_company_ids")
    def _compute_page_html(self):
        for procedure in self:
            procedure.page_html = self.env["ir.qweb"]._render(
                "cx_complaint.procedure_page", {"paper": procedure._page()}) if procedure.id else False

    def action_view_page(self):
        """Open the page."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window", "name": self.display_name, "res_model": self._name, "res_id": self.id,
            "view_mode": "form", "views": [(self.env.ref("cx_complaint.procedure_view_form_page").id, "form")]}

    def _page(self):
        """Everything that stands on the page, in the language of the reader, as it is in his company."""
        self.ensure_one()
        company = self.company_id or self.env.company
        sections = [getattr(self, f"_page_{code}")() for code in self._page_blocks()]
        return {
            "lang": self.env.lang,
            "number": self.number or self.code or "",
            "form": {
                "title": self.name or "", "number": self.number or "", "edition": self.edition or "",
                "effective_date": format_date(self.env, self.effective_date)},
            "company": {"id": company.id, "name": company.name, "address": company.partner_id.city or ""},
            "sections": [
                {**section, "code": code, "number": number}
                for number, (code, section) in enumerate((
                    (code, section) for code, section in zip(self._page_blocks(), sections, strict=True) if section), start=1)],
        }

    @api.model
    def _page_blocks(self):
        """Codes of the sections in order; one that has nothing to say is left out."""
        return (
            "control", "revisions", "purpose", "scope", "roles", "flow", "deadlines", "severity", "causes", "routing",
            "gates", "authorities", "escalation", "guidance", "forms", "undecided")

    # Sections: the document

    def _page_control(self):
        label = self._page_labels()
        rows = [
            (label["number"], self.number), (label["code"], self.code),
            (label["edition"], self.edition), (label["effective_date"], format_date(self.env, self.effective_date)),
            (label["issued_by"], self.issued_by), (label["prepared_by"], self.prepared_by),
            (label["reviewed_by"], self.reviewed_by), (label["countersigned_by"], self.countersigned_by),
            (label["approved_by"], self.approved_by), (label["controlled_status"], self.controlled_status),
            (label["state"], dict(self._fields["state"]._description_selection(self.env)).get(self.state)),
            (label["in_force_on"], self.in_force_on and format_date(self.env, self.in_force_on)),
        ]
        pairs = [(name, value or "—") for name, value in rows]
        distribution = ", ".join(self.role_ids.filtered("is_distributed").mapped("name"))
        return {
            "kind": "fields", "title": self.env._("Document Control"),
            "rows": [*(pairs[start:start + 2] for start in range(0, len(pairs), 2)),
                     [(self.env._("Distribution List"), distribution or "—")],
                     *([[(label["holding_text"], self.holding_text)]] if self.state != "draft" and self.holding_text else []),
                     [(label["related_documents"], self.related_documents or "—")],
                     *([[(self.env._("Not Said Yet"), self._page_blanks(label))]] if self._page_blanks(label) else [])]}

    def _page_blanks(self, label):
        """What the document control leaves blank, to be filled in by the company."""
        names = ("number", "effective_date", "prepared_by", "reviewed_by", "approved_by", "controlled_status")
        return ", ".join(label[name] for name in names if not self[name])

    def _page_labels(self):
        return {name: field["string"] for name, field in self.fields_get(attributes=["string"]).items()}

    def _page_revisions(self):
        """Number, edition, day and change of each revision, and of the rest what a revision says at all."""
        revisions = self.revision_ids.sorted(lambda one: (str(one.revised_date or ""), one.sequence, one.id))
        columns = [
            (self.env._("No."), 6, [str(number) for number, _one in enumerate(revisions, start=1)]),
            (self.env._("Edition"), 10, revisions.mapped("edition")),
            (self.env._("Date"), 14, [format_date(self.env, one.revised_date) for one in revisions]),
            (self.env._("Page"), 8, revisions.mapped("page")),
            (self.env._("Change"), 30, revisions.mapped("name")),
            (self.env._("Reason"), 22, revisions.mapped("reason")),
            (self.env._("By"), 14, revisions.mapped("revised_by")),
            (self.env._("Approved"), 18, [
                " ".join(filter(None, (one.approved_by, format_date(self.env, one.approved_date)))) for one in revisions]),
            (self.env._("Remark"), 18, revisions.mapped("remark")),
        ]
        shown = [column for column in columns if any(column[2])]
        total = sum(width for _title, width, _values in shown)
        return self._page_table(
            self.env._("Revisions"), [(title, "left", 100 * width // total) for title, width, _values in shown],
            [list(row) for row in zip(*(values for _title, _width, values in shown), strict=True)])

    def _page_purpose(self):
        return self._page_text(self.env._("Purpose"), self.purpose)

    def _page_scope(self):
        return self._page_text(self.env._("Applies To"), self.scope)

    def _page_roles(self):
        resolvers = dict(self.role_ids._fields["resolver"]._description_selection(self.env))
        functions = dict(self.role_ids._fields["function"]._description_selection(self.env))
        ranks = dict(self.role_ids._fields["rank"]._description_selection(self.env))
        fillers = self.role_ids._fillers(self.company_id or self.env.company)
        return self._page_table(
            self.env._("Roles and Duties"),
            [(self.env._("Role"), "left", 18), (self.env._("Is"), "left", 18), (self.env._("Filled By"), "left", 18),
             (self.env._("Duties"), "left", 38), (self.env._("Clause"), "left", 8)],
            [[role.name,
              resolvers[role.resolver] if role.resolver != "role" else " · ".join(
                  filter(None, (functions.get(role.function), ranks.get(role.rank)))),
              ", ".join(fillers[role].mapped("name")) if fillers.get(role) else (
                  self.env._("as the case says") if role.resolver != "role" else self.env._("nobody yet")),
              role.duties, role.clause] for role in self.role_ids])

    def _page_forms(self):
        return self._page_table(
            self.env._("Forms"),
            [(self.env._("Number"), "left", 22), (self.env._("Form"), "left", 58), (self.env._("Edition"), "left", 12),
             (self.env._("Clause"), "left", 8)],
            [[form.number, form.name, form.edition, form.clause] for form in self.form_ids])

    def _page_undecided(self):
        return self._page_table(
            self.env._("To Be Decided"),
            [(self.env._("Clause"), "left", 12), (self.env._("What"), "left", 38), (self.env._("Left Open"), "left", 50)],
            [list(row) for row in self._to_be_decided()])

    # Kinds of sections

    def _page_text(self, title, text):
        return {"kind": "text", "title": title, "text": text, "lines": 0} if text else None

    def _page_table(self, title, columns, rows, total=None):
        """A table, or none without rows; what is not said stays blank."""
        return {
            "kind": "table", "title": title, "columns": columns, "total": total,
            "rows": [[cell or "" for cell in row] for row in rows]} if rows else None
