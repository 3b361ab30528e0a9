from odoo import models


class Disposition(models.Model):
    """The scrap application: which goods, why, what they are worth, who approved."""

    _name = "cx.disposition"
    _inherit = ["cx.disposition", "cx.paper.mixin"]

    _PAPERS = {"scrap": "cx_complaint.disposition_report_scrap"}

    def _paper_lang(self, paper):
        return self.env.lang or self.env.user.lang

    def _paper_number(self, paper):
        return self.name

    def _paper_scrap_header(self):
        rma = self.rma_id
        return {
            "kind": "fields",
            "title": self.env._("Application"),
            "rows": [
                [(self.env._("Number"), self.name), (self.env._("Return No."), rma._paper_return_number())],
                [(self.env._("Complaint"), self.complaint_id.name or ""),
                 (self.env._("Customer"), self.partner_id.commercial_partner_id.name or "")],
                [(self.env._("Applied by"), self._proposer().name or ""), (self.env._("State"), self._paper_label(self, "state"))],
            ],
        }

    def _paper_scrap_goods(self):
        cost = self.product_id.with_company(self.company_id).standard_price
        value = 0.0 if self.goods_owner == "customer" else cost * self.quantity
        currency = self.company_id.currency_id
        return {
            "kind": "table",
            "title": self.env._("Goods to be scrapped"),
            "columns": [
                (self.env._("Product"), "left", 32), (self.env._("Lots/Serials"), "left", 20),
                (self.env._("Stands in"), "left", 18), (self.env._("Quantity"), "right", 14),
                (self.env._("Value"), "right", 16),
            ],
            "rows": [[
                self._paper_product(self.product_id), ", ".join(self.lot_ids.mapped("name")),
                self.source_location_id.display_name or "", self._paper_qty(self.quantity, self.product_uom_id),
                self.env._("customer's property") if self.goods_owner == "customer" else currency.format(value),
            ]],
            "total": None,
        }

    def _paper_scrap_cause(self):
        finding = self.inspection_line_id
        return {
            "kind": "fields",
            "title": self.env._("Why"),
            "rows": [
                [(self.env._("Reason"), self.reason or "")],
                [(self.env._("Finding"), ": ".join(filter(None, (
                    finding.verdict_id.name, finding.defect_id.name, finding.note))))],
                [(self.env._("Cause"), self.inspection_id.cause or "")],
            ],
        }

    def _paper_scrap_photos(self):
        photos = self.inspection_id._paper_photos() if self.inspection_id else []
        return {"kind": "photos", "title": self.env._("Photos"), "photos": photos} if photos else None

    def _paper_scrap_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Warehouse"), (self.env._("Applied"),)),
            (self.env._("Quality"), (self.env._("Judged"),)),
            (self.env._("Finance"), (self.env._("Seen"),)),
            (self.env._("Management"), (self.env._("Approved"),)),
        ])
