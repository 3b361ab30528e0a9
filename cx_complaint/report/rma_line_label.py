from odoo import models
from odoo.tools import get_lang


class RmaLine(models.Model):
    _name = "cx.rma.line"
    _inherit = ["cx.rma.line", "cx.paper.source"]

    def _paper_reason(self):
        """The reason for the label, else defect and the customer's words, on one line."""
        if self.mark_reason:
            return self.mark_reason
        line = self.complaint_line_id
        return ": ".join(filter(None, (line.defect_id.name, line.name or line.complaint_id.summary)))

    def _label_lots(self):
        """Lots that are announced, or that the complaint names."""
        return self.lot_ids or self.complaint_line_id.lot_ids

    def _return_labels(self):
        """What is printed on the labels of these lines: one per lot, one for the line where no lot is known.

        :return: list of dicts of texts, in the customer's language; codes are what a scanner reads
        """
        labels = []
        for line in self:
            line = line.with_context(lang=get_lang(self.env, line.partner_id.lang).code)
            lots = line._label_lots()
            for lot in lots or [lots]:
                # a serial is one unit; how many of a lot come back is known when they are counted
                counted = 1.0 if lot and line.tracking == "serial" else line.quantity
                known = line.tracking == "serial" or len(lots) < 2
                labels.append(line._prepare_label_vals(lot, counted if known else None))
        return labels

    def _prepare_label_vals(self, lot, quantity, verdict="", reason=""):
        """Texts of one label.

        :param lot: the lot or serial on it, may be empty
        :param quantity: units in the box, or None: to be written by hand
        """
        rma = self.rma_id
        form = self.env["cx.form"].with_context(lang=self.env.lang)._of(
            "label", self.company_id, self._paper_procedure())
        number = rma.return_number if rma.return_number != "/" else rma.name
        warehouse = rma.warehouse_id
        return {
            "lang": self.env.lang,
            "form": form._heading("label"),
            "company": self.company_id.name,
            "address": [warehouse.partner_id.name or warehouse.name, *(
                text.strip() for text in warehouse.partner_id._display_address(True).split("\n") if text.strip())],
            "number": number,
            "rma_number": rma.name,
            "customer": self.partner_id.commercial_partner_id.name,
            "product_code": self.product_id.default_code or "",
            "product": self.product_id.name,
            "lot": lot.name or "",
            "quantity": "" if quantity is None else self._paper_qty(quantity, self.product_uom_id),
            "units": int(quantity or 0),
            "one": self._paper_qty(1.0, self.product_uom_id),
            "reason": reason or self._paper_reason(),
            "verdict": verdict,
            "is_rohs": self.product_id.cx_is_rohs,
            "is_customers": self._is_customers_property(lot),
        }


class ComplaintLine(models.Model):
    _inherit = "cx.complaint.line"

    def _paper_charge(self, env):
        """What the customer pays of a repair, with the approved price, in the language of ``env``."""
        self.ensure_one()
        label = dict(self._fields["charge"]._description_selection(env)).get(self.charge, "")
        charges = self.settlement_ids.filtered(lambda settlement: settlement.kind == "charge" and settlement.state in (
            "approved", "running", "done"))
        prices = ", ".join(settlement.currency_id.with_env(env).format(settlement.amount) for settlement in charges)
        return f"{label}: {prices}" if prices else label
