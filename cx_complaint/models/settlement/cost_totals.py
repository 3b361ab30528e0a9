from odoo import fields, models


class Complaint(models.Model):
    """What the case has cost."""

    _inherit = "cx.complaint"

    cost_amount = fields.Monetary(
        string="Cost and Loss", currency_field="cost_currency_id", compute="_compute_cost_amount",
        groups="cx_complaint.group_reader", help="Parts, work, scrap, freight, credits and replacements, less what came "
        "back. In the currency of the company.")
    cost_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Cost", groups="cx_complaint.group_reader")

    def _compute_cost_amount(self):
        amounts = self.env["cx.cost"]._amounts_by("complaint_id", self)
        for complaint in self:
            complaint.cost_amount = amounts.get(complaint.id, 0.0)

    def action_view_costs(self):
        """What made up the cost of these cases."""
        return self.env["cx.cost"]._action_of("complaint_id", self)


class Rma(models.Model):
    """What the return has cost."""

    _inherit = "cx.rma"

    cost_amount = fields.Monetary(
        string="Cost and Loss", currency_field="cost_currency_id", compute="_compute_cost_amount",
        help="Parts, work, scrap, freight, credits and replacements of its lines, less what came back. In the currency "
             "of the company.")
    cost_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Cost")

    def _compute_cost_amount(self):
        amounts = self.env["cx.cost"]._amounts_by("rma_id", self)
        for rma in self:
            rma.cost_amount = amounts.get(rma.id, 0.0)

    def action_view_costs(self):
        """What made up the cost of these returns."""
        return self.env["cx.cost"]._action_of("rma_id", self)


class RmaLine(models.Model):
    """What the goods of the line have cost."""

    _inherit = "cx.rma.line"

    cost_amount = fields.Monetary(
        string="Cost and Loss", currency_field="cost_currency_id", compute="_compute_cost_amount",
        help="In the currency of the company.")
    cost_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Cost")

    def _compute_cost_amount(self):
        amounts = self.env["cx.cost"]._amounts_by("rma_line_id", self)
        for line in self:
            line.cost_amount = amounts.get(line.id, 0.0)


class Cost(models.Model):
    """Sums for the records that a cost belongs to."""

    _inherit = "cx.cost"

    def _amounts_by(self, name, records):
        """Total by id of ``records``, which the field ``name`` points to; in one query."""
        if not records.ids:
            return {}
        return {record.id: amount for record, amount in self._read_group(
            [(name, "in", records.ids)], [name], ["amount:sum"])}

    def _action_of(self, name, records):
        """The rows of ``records``, which the field ``name`` points to."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.cost_action")
        return {**action, "domain": [(name, "in", records.ids)], "context": {"search_default_group_kind": 1}}
