from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command


class Complaint(models.Model):
    """Finding a case again: by anybody's number, by its documents, by what looks like the same matter."""

    _inherit = "cx.complaint"
    _rec_names_search = ["name", "reference_ids.number", "partner_id.name"]

    reference_text = fields.Char(compute="_compute_reference_text", string="Customer's Numbers")
    twin_html = fields.Html(string="Same Number Elsewhere", compute="_compute_twin_html", sanitize=False)
    lot_text = fields.Char(string="Lot/Serial", store=False, help="Type a lot or serial number to find its delivery.")
    has_lots = fields.Boolean(compute="_compute_has_lots")
    duplicate_ids = fields.One2many("cx.complaint", "duplicate_of_id", string="Duplicates")
    rma_count = fields.Integer(string="Number of RMAs", compute="_compute_document_counts", compute_sudo=True)
    disposition_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    settlement_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)

    @api.depends("reference_ids.number")
    def _compute_reference_text(self):
        for complaint in self:
            complaint.reference_text = ", ".join(complaint.reference_ids.mapped("number"))

    @api.depends("line_ids.tracking")
    def _compute_has_lots(self):
        for complaint in self:
            complaint.has_lots = any(line.tracking in ("lot", "serial") for line in complaint.line_ids)

    def _compute_document_counts(self):
        lines = dict(self.env["cx.rma.line"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["rma_id:count_distinct"]))
        goods = dict(self.env["cx.disposition"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]))
        money = dict(self.env["cx.settlement"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]))
        for complaint in self:
            complaint.rma_count = lines.get(complaint._origin, 0)
            complaint.disposition_count = goods.get(complaint._origin, 0)
            complaint.settlement_count = money.get(complaint._origin, 0)

    @api.depends("partner_id", "reference_ids.number")
    def _compute_twin_html(self):
        """Other cases of the customer under the same number: a hint, not a refusal."""
        twins = self._twins_by_number()
        for complaint in self:
            found = {
                (number, twin)
                for number in complaint.reference_ids.mapped("number_key")
                for twin in twins.get((complaint.partner_id.commercial_partner_id.id, number), self.browse())
                if number and twin != complaint._origin
            }
            links = Markup(", ").join(
                Markup("<a href='/odoo/complaints/%s'>%s</a> (%s)") % (twin.id, twin.name, twin.summary)
                for _number, twin in sorted(found, key=lambda pair: pair[1].id))
            complaint.twin_html = links and self.env._(
                "The customer's number is on another case already: %(links)s", links=links)

    def _twins_by_number(self):
        """Cases the user may see, by customer's company and number, for the numbers of ``self``; two queries."""
        references = self.env["cx.complaint.reference"].search([
            ("number_key", "in", [key for key in self.reference_ids.mapped("number_key") if key]),
            ("complaint_id.commercial_partner_id", "in", self.partner_id.commercial_partner_id.ids),
        ])
        twins = {}
        for reference in references:
            key = (reference.complaint_id.commercial_partner_id.id, reference.number_key)
            twins[key] = twins.get(key, self.browse()) | reference.complaint_id
        return twins

    @api.constrains("partner_id", "end_customer_id")
    def _check_customer_of_lines(self):
        """The customer named later must be one whom the goods of the lines were delivered to."""
        self.line_ids._check_delivered_to_customer()

    # A lot typed in

    @api.onchange("lot_text")
    def _onchange_lot_text(self):
        if not self.lot_text:
            return None
        problem = self._add_line_by_lot(self.lot_text)
        self.lot_text = False
        return problem and {"warning": {"title": self.env._("Lot/Serial"), "message": problem}}

    def _add_line_by_lot(self, name):
        """Add a line about the newest delivery of a lot or serial number, and the customer where he is not known.

        :return: a sentence when nothing was added, else None
        """
        self.ensure_one()
        Line = self.env["cx.complaint.line"]
        known = Line._find_delivery_by_lot(name, self.company_id)
        ours = Line._find_delivery_by_lot(name, self.company_id, self.partner_id) if self.partner_id else known
        if not known:
            return self.env._(
                "No delivery of %(name)s is known. Check the number, or enter the product by hand.", name=name.strip())
        if not ours:
            return self.env._(
                "%(name)s went to %(others)s, not to %(customer)s. Check the number or the customer.", name=name.strip(),
                others=", ".join(Line._customers_of_moves(known.move_id).mapped("display_name")),
                customer=self.partner_id.display_name)
        if len(ours.lot_id) > 1:
            return self.env._(
                "%(name)s is a number of several products: %(products)s. Add a line and choose the product first.",
                name=name.strip(), products=", ".join(ours.product_id.mapped("display_name")))
        newest = ours[0]
        quantity = newest.product_uom_id._compute_quantity(
            newest.quantity, newest.product_id.uom_id, rounding_method="HALF-UP")
        self.partner_id = self.partner_id or Line._customers_of_moves(newest.move_id)[:1].sudo(False)
        self.line_ids = [Command.create(Line._prepare_vals_from_move(newest.move_id, newest.lot_id, quantity))]
        return None

    # Smart buttons

    def action_view_rmas(self):
        """Open the returns of the cases."""
        return self._action_view("cx.rma", [("line_ids.complaint_id", "in", self.ids)], self.env._("RMAs"))

    def action_view_dispositions(self):
        """Open the decisions about the goods of the cases."""
        return self._action_view("cx.disposition", [("complaint_id", "in", self.ids)], self.env._("Dispositions"))

    def action_view_settlements(self):
        """Open the settlements of the cases."""
        return self._action_view("cx.settlement", [("complaint_id", "in", self.ids)], self.env._("Settlements"))

    def action_view_contacts(self):
        """Open the words with the customer of the cases."""
        return self._action_view("cx.contact", [("complaint_id", "in", self.ids)], self.env._("Contacts"))

    def _action_view(self, model, domain, title):
        """Open the only record of ``domain``, or their list."""
        records = self.env[model].search(domain)
        action = {"type": "ir.actions.act_window", "name": title, "res_model": model, "domain": domain,
                  "view_mode": "list,form", "context": {"create": False}}
        if len(records) == 1:
            action.update(view_mode="form", res_id=records.id)
        return action
