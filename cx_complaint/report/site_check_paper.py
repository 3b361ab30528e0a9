from odoo import models


class SiteCheck(models.Model):
    """The return responsibility appraisal report: what comes back and why, as it was seen on site, and whom it points to.

    :source: S2.12-15, S2.12-19
    """

    _name = "cx.site.check"
    _inherit = ["cx.site.check", "cx.paper.mixin"]

    _PAPERS = {"appraisal": "cx_complaint.site_check_report_appraisal"}

    def _paper_lang(self, paper):
        return self.env.lang or self.env.user.lang

    def _paper_number(self, paper):
        return self.name

    def _issue_paper(self, paper):
        issued = super()._issue_paper(paper)
        if not self.appraised_on:
            self.sudo().appraised_on = issued.issued_on  # sudo: cx.site.check - written by nobody; issuing was checked
            self.env["cx.complaint"]._tell_rulebooks(self, "complaint_id")
        return issued

    def _paper_appraisal_header(self):
        case = self.complaint_id.sudo()  # sudo: cx.complaint - number of the case whose goods were appraised
        return {
            "kind": "fields",
            "title": self.env._("On site"),
            "rows": [
                [(self.env._("Report No."), self.name), (self.env._("Complaint"), case.name or "")],
                [(self.env._("Customer"), self.partner_id.commercial_partner_id.name or ""),
                 (self.env._("Site visited"), ", ".join(filter(None, (self.site_partner_id.display_name, self.place))))],
                [(self.env._("Regional manager"), self.user_id.name or ""), (self.env._("Seen by"), self._confirmer())],
                [(self.env._("Seen on"), self._paper_day(self.confirmed_on)),
                 (self.env._("Of the customer"), self.contact_name or "")],
                [(self.env._("Went along"), ", ".join(self.companion_ids.mapped("name")))],
            ],
        }

    def _paper_appraisal_goods(self):
        return {
            "kind": "table",
            "title": self.env._("Goods and reason for return"),
            "columns": [
                ("#", "center", 4), (self.env._("Product name"), "left", 19),
                (self.env._("Model, specification"), "left", 15), (self.env._("Lots/Serials"), "left", 13),
                (self.env._("Quantity"), "right", 11), (self.env._("Reason for return"), "left", 19),
                (self.env._("Found"), "left", 19),
            ],
            "rows": [
                [
                    str(number), line.product_id.name or "", line._paper_model(),
                    ", ".join(line.complaint_line_id.lot_ids.mapped("name")),
                    self._paper_qty(line.quantity, line.product_uom_id), line.claim or "",
                    ": ".join(filter(None, (self._paper_label(line, "result"), line.found))),
                ]
                for number, line in enumerate(self.line_ids, 1)
            ] or [[""] * 7],
            "total": None,
            "is_written": True,
        }

    def _paper_appraisal_cause(self):
        case = self.complaint_id.sudo()  # sudo: cx.complaint - who answers for the cause, as the case names it
        named = case.responsible_department_id
        return {
            "kind": "fields",
            "title": self.env._("Finding and responsibility"),
            "rows": [
                [(self.env._("Finding"), self.finding or "")],
                [(self.env._("Agreed there"), self.agreement or "")],
                [(self.env._("Responsible party"), self._paper_label(self, "party")),
                 (self.env._("Responsible department"), self.department_id.name or "")],
                [(self.env._("Named in the case"), named.name or ""),
                 (self.env._("Cause category"), case.cause_category_id.name or "")],
            ],
        }

    def _paper_appraisal_photos(self):
        photos = self._paper_photos()
        return {"kind": "photos", "title": self.env._("Photos"), "photos": photos} if photos else None

    def _paper_appraisal_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Regional manager"), (self.env._("Appraised"),)),
            (self.env._("Went along"), (self.env._("Agreed"),)),
            (self.env._("Responsible department"), (self.env._("Acknowledged"),)),
            (self.env._("Carrier"), (self.env._("Confirmed"),)),
        ])


class SiteCheckLine(models.Model):
    _inherit = "cx.site.check.line"

    def _paper_model(self):
        """What tells the product apart from others of its name: its number, and what its variant is."""
        self.ensure_one()
        product = self.product_id
        return " ".join(filter(None, (
            product.default_code, product.product_template_attribute_value_ids._get_combination_name())))
