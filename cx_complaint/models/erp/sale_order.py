from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    cx_complaint_count = fields.Integer(compute="_compute_cx_counts", groups="cx_complaint.group_reader")
    cx_settlement_count = fields.Integer(compute="_compute_cx_counts", groups="cx_complaint.group_reader")

    def _compute_cx_counts(self):
        # sudo: cx.complaint.line, cx.settlement - numbers only; the lists behind the buttons follow the user's rights
        complaints = self.env["cx.complaint.line"].sudo()._read_group(
            [("sale_line_id.order_id", "in", self.ids)], ["sale_line_id"], ["complaint_id:recordset"])
        settlements = self.env["cx.settlement"].sudo()._read_group(
            [("sale_line_id.order_id", "in", self.ids)], ["sale_line_id"], ["__count"])
        for order in self:
            cases = self.env["cx.complaint"].union(
                *(cases for line, cases in complaints if line.order_id.id == order.id))
            order.cx_complaint_count = len(cases)
            order.cx_settlement_count = sum(count for line, count in settlements if line.order_id.id == order.id)

    def action_cx_return(self):
        """Open the dialog that makes a complaint and its return of what this order delivered."""
        self.ensure_one()
        request = self.env["cx.return.request"]
        return request._action_open(self, request._prepare_line_vals_list(self.order_line.move_ids))

    def action_cx_view_complaints(self):
        self.ensure_one()
        complaints = self.env["cx.complaint"].search([("line_ids.sale_line_id.order_id", "=", self.id)])
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_action")
        action.update(context={"default_partner_id": self.partner_id.id}, domain=[("id", "in", complaints.ids)])
        if len(complaints) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=complaints.id)
        return action

    def action_cx_view_settlements(self):
        self.ensure_one()
        return self.env["cx.settlement"].search([("sale_line_id.order_id", "=", self.id)])._action_view()
