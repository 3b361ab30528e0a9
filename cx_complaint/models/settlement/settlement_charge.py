from odoo import api, fields, models
from odoo.fields import Command

from ...rules.blocker import Blocker


class ComplaintLine(models.Model):
    _inherit = "cx.complaint.line"

    def _prepare_charge_vals(self):
        """Values of the chargeable repair: work by the service's price, parts by the schemes that are decided."""
        self.ensure_one()
        quantity = self._settled_quantity()
        work = self.company_id._cx_charge_product().lst_price
        dispositions = self.sudo().rma_line_ids.disposition_ids.filtered(  # sudo: cx.disposition - parts and quantities
            lambda disposition: disposition.state != "cancelled")
        parts = sum(
            part.product_uom_id._compute_quantity(part.quantity, part.product_id.uom_id) * part.product_id.lst_price
            * disposition.quantity
            for disposition in dispositions for part in disposition.scheme_id.part_ids)
        return {
            "complaint_line_id": self.id,
            "kind": "charge",
            "product_id": self.product_id.id,
            "quantity": quantity,
            "labour_amount": work * quantity,
            "parts_amount": parts,
        }


class SettlementCharge(models.Model):
    """What the customer pays for a repair: an ordinary quotation of services, which he confirms; finance invoices it.

    Neither the delivered quantities of his order nor what can be made good hear of it.
    """

    _inherit = "cx.settlement"

    labour_amount = fields.Monetary(string="Work", help="Untaxed price of the work, before what the warranty waives.")
    parts_amount = fields.Monetary(string="Parts", help="Untaxed price of the parts, before what the warranty waives.")
    waiver = fields.Selection(
        [("none", "Nothing"), ("labour", "The work"), ("all", "Work and parts")], string="Waived by Warranty",
        compute="_compute_waiver", store=True, precompute=True,
        help="What the warranty of the line gives for nothing.")
    charge_order_id = fields.Many2one(
        "sale.order", string="Quotation", readonly=True, copy=False, check_company=True, index="btree_not_null",
        ondelete="set null", help="Agreed when the customer has confirmed it.")

    quoted_amount = fields.Monetary(
        string="Quoted", compute="_compute_quoted_amount", compute_sudo=True,
        help="Untaxed amount of the quotation; less than what was approved is not confirmed.")
    is_charge_lowered = fields.Boolean(string="Quoted for Less", compute="_compute_quoted_amount", compute_sudo=True)

    @api.depends("charge_order_id.amount_untaxed", "charge_order_id.currency_id", "amount", "currency_id")
    def _compute_quoted_amount(self):
        for settlement in self:
            order = settlement.charge_order_id
            settlement.quoted_amount = order.currency_id._convert(
                order.amount_untaxed, settlement.currency_id, settlement.company_id, order.date_order,
            ) if order else 0.0
            settlement.is_charge_lowered = bool(order) and settlement._is_charge_lowered()

    def _is_charge_lowered(self):
        """Whether the quotation asks less than what was approved."""
        self.ensure_one()
        return self.currency_id.compare_amounts(self.quoted_amount, self.amount) < 0

    @api.depends("complaint_line_id.charge", "kind")
    def _compute_waiver(self):
        for settlement in self:
            if settlement.decision == "approved":
                settlement.waiver = settlement.waiver  # what was approved and told to the customer
            else:
                settlement.waiver = {"free": "all", "labour_free": "labour"}.get(
                    settlement.kind == "charge" and settlement.complaint_line_id.charge, "none")

    @api.depends("labour_amount", "parts_amount", "waiver")
    def _compute_amount(self):
        charges = self.filtered(lambda settlement: settlement.kind == "charge")
        for settlement in charges:
            settlement.amount = (
                (settlement.labour_amount if settlement.waiver == "none" else 0.0)
                + (settlement.parts_amount if settlement.waiver != "all" else 0.0))
        return super(SettlementCharge, self - charges)._compute_amount()

    # Life: made, then agreed

    @api.depends("charge_order_id.state")
    def _compute_state(self):
        return super()._compute_state()

    def _is_owed(self):
        return not self._is_charge_agreed() if self.kind == "charge" else super()._is_owed()

    def _state_of_documents(self):
        if self.kind != "charge" or self.decision != "approved":
            return super()._state_of_documents()
        if self._is_charge_agreed():
            return "done"
        order = self.sudo().charge_order_id  # sudo: sale.order - whether the quotation lives
        return "running" if order and order.state != "cancel" else "approved"

    def _is_charge_agreed(self):
        """Whether the customer has confirmed the quotation."""
        self.ensure_one()
        return self.sudo().charge_order_id.state == "sale"  # sudo: sale.order - its state only

    def _signed_values(self):
        values = super()._signed_values()
        if self.kind == "charge":
            values.update(labour=self.labour_amount, parts=self.parts_amount, waiver=self.waiver)
        return values

    # Quotation

    def _create_quotations(self):
        """The quotation of each charge that has none that lives."""
        owed = self.filtered(lambda settlement: settlement.state == "approved")
        vals_list = [settlement._prepare_quotation_vals() for settlement in owed]
        # sudo: sale.order - drafts of what was approved; who confirms and invoices them has his own rights
        orders = self.env["sale.order"].sudo().create(vals_list)
        for settlement, order in zip(owed.sudo(), orders, strict=True):  # sudo: cx.settlement - its link
            settlement.charge_order_id = order
            for line in order.order_line:
                # untaxed as approved, also where prices include the tax
                line.price_unit = settlement._price_for_untaxed(line.tax_ids, line.price_unit)

    def _prepare_quotation_vals(self):
        self.ensure_one()
        addresses = self.partner_id.address_get(["invoice", "delivery"])
        return {
            "partner_id": self.partner_id.id,
            "partner_invoice_id": addresses["invoice"],
            "partner_shipping_id": addresses["delivery"],
            "company_id": self.company_id.id,
            "origin": f"{self.complaint_id.name}, {self.name}",
            "client_order_ref": self.complaint_id.reference_ids[:1].number,
            "user_id": self.env.uid,
            "pricelist_id": False,
            "currency_id": self.currency_id.id,
            "order_line": [Command.create(vals) for vals in self._prepare_quotation_line_vals_list()],
        }

    def _prepare_quotation_line_vals_list(self):
        """Work and parts as services: what is repaired is the customer's, nothing is delivered."""
        product = self.company_id._cx_charge_product()
        translated = self.with_context(lang=self.partner_id.lang or self.env.lang)
        names = {
            "quantity": f"{self.quantity:g}", "unit": translated.product_uom_id.name,
            "product": translated.product_id.display_name, "complaint": self.complaint_id.name}
        rows = [(
            translated.env._("Repair of %(quantity)s %(unit)s of %(product)s, %(complaint)s", **names)
            if self.waiver == "none" else translated.env._(
                "Repair of %(quantity)s %(unit)s of %(product)s, %(complaint)s: free by the warranty", **names),
            self.labour_amount if self.waiver == "none" else 0.0)]
        if self.parts_amount:
            rows.append((translated.env._("Parts for the repair"), self.parts_amount if self.waiver != "all" else 0.0))
        return [{
            "product_id": product.id, "name": name, "product_uom_qty": 1.0, "price_unit": price,
        } for name, price in rows]

    def action_view_quotations(self):
        orders = self.sudo().charge_order_id  # sudo: sale.order - ids only, the action opens with his rights
        return self._action_open("sale.order", orders.ids, self.env._("Quotations"))

    # Blockers

    def _blockers_content(self):
        if self.kind != "charge":
            return super()._blockers_content()
        if self.currency_id.compare_amounts(self.amount, 0.0) > 0:
            return []
        if self.waiver == "none":
            return [Blocker(
                "no_amount", self.display_name, self.env._("It charges nothing."),
                self.env._("Enter the price of work and parts."))]
        return [Blocker(
            "waived", self.display_name,
            self.env._("By the warranty nothing is charged: %(reason)s",
                       reason=self.complaint_line_id.warranty_reason or ""),
            self.env._("Cancel the charge and repair free of charge."))]

    def _blockers_consent(self):
        # the customer agrees by confirming the quotation, which has to be made first
        return [] if self.kind == "charge" else super()._blockers_consent()

    def _blockers_posting(self):
        if self.kind != "charge":
            return super()._blockers_posting()
        if self.company_id._cx_charge_product():
            return []
        return [Blocker(
            "no_charge_product", self.display_name,
            self.env._("%(company)s has no product for chargeable repairs.", company=self.company_id.name),
            self.env._("Ask the complaint manager to choose one in the settings."))]
