from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class Complaint(models.Model):
    """The return of what a complaint is about."""

    _inherit = "cx.complaint"

    # straight to the lines, not through the lines of the complaint: what happens at the dock follows it on every move
    rma_line_ids = fields.One2many("cx.rma.line", "complaint_id", string="RMA Lines")
    is_return_decided = fields.Boolean(
        compute="_compute_is_return_decided", help="Goods of one of its lines are to come back.")

    @api.depends("line_ids.return_decision", "line_ids.product_id")
    def _compute_is_return_decided(self):
        for complaint in self:
            complaint.is_return_decided = bool(complaint.line_ids._to_come_back())

    def action_create_rma(self):
        """Draft an RMA for what the lines decided to take back, one per customer and company, and open it.

        Pressed again it drafts what is not on an RMA yet, and else opens what is there.

        :raises UserError: when no line is to come back
        """
        lines = self.line_ids._to_come_back()
        nameless = lines.complaint_id.filtered(lambda complaint: not complaint.partner_id)
        if nameless:
            raise UserError("\n".join(self.env._(
                "%(complaint)s has no customer yet. Enter who bought the goods.", complaint=complaint.display_name)
                for complaint in nameless))
        if not lines:
            raise UserError("\n".join(self.env._(
                "%(complaint)s has no goods to come back. Set the return decision of its lines first.",
                complaint=complaint.display_name) for complaint in self))
        rmas = self._create_rmas(lines._prepare_rma_line_vals_list())
        return (rmas or lines.rma_line_ids.rma_id)._get_records_action()

    def _create_rmas(self, line_vals_list):
        """Draft RMAs of these lines, of all complaints of one customer together."""
        ComplaintLine = self.env["cx.complaint.line"]
        by_customer = {}
        for vals in line_vals_list:
            complaint = ComplaintLine.browse(vals["complaint_line_id"]).complaint_id
            key = (complaint.company_id, complaint.partner_id.commercial_partner_id)
            by_customer.setdefault(key, []).append(vals)
        return self.env["cx.rma"].create([
            self._prepare_rma_vals(company, vals_list) for (company, _customer), vals_list in by_customer.items()])

    def _prepare_rma_vals(self, company, line_vals_list):
        lines = self.env["cx.complaint.line"].browse([vals["complaint_line_id"] for vals in line_vals_list])
        vals = {
            "company_id": company.id,
            "partner_id": lines[:1].complaint_id.partner_id.id,
            "requirement": "\n".join(filter(None, lines.complaint_id.mapped("demand"))),
            "urgency": max(complaint.urgency or "0" for complaint in lines.complaint_id),
            "line_ids": [Command.create(line_vals) for line_vals in line_vals_list],
        }
        decisions = set(lines.mapped("return_decision"))
        if len(decisions) == 1 and (kind := self._kind_of_decision(decisions.pop(), company)):
            vals["kind_id"] = kind.id
        warehouse = lines.sale_line_id.order_id.warehouse_id
        if len(warehouse) == 1 and warehouse.company_id == company:
            vals["warehouse_id"] = warehouse.id
        return vals

    def _kind_of_decision(self, decision, company):
        """The kind of RMA that has the decision's name as its code, where there is one."""
        return self.env["cx.rma.kind"].search(
            [("code", "=", decision), ("company_id", "in", (False, company.id))], limit=1)
