from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...rules.wording import figure


class SiteCheckLine(models.Model):
    """Goods that were looked at on site: as many as were there, the reason as the customer gives it, and what was found.

    :source: S2.12-15, S2.12-19
    """

    _name = "cx.site.check.line"
    _description = "Goods of an On-Site Confirmation"
    _inherit = ["cx.frozen.part.mixin", "cx.number.mixin"]
    _check_company_auto = True
    _order = "check_id, id"

    _FROZEN_WITH = "check_id"

    check_id = fields.Many2one("cx.site.check", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="check_id.company_id", store=True, index=True)
    complaint_line_id = fields.Many2one(
        "cx.complaint.line", required=True, check_company=True, index=True, ondelete="restrict")
    product_id = fields.Many2one(related="complaint_line_id.product_id", store=True, index="btree_not_null")
    product_uom_id = fields.Many2one(related="complaint_line_id.product_uom_id", string="Unit")
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_claim", store=True, readonly=False, precompute=True,
        help="As many as were counted there.")
    claim = fields.Char(
        string="Reason Given", compute="_compute_claim", store=True, readonly=False, precompute=True,
        help="Why the goods come back, as the customer says.")
    result = fields.Selection(
        [("confirmed", "Confirmed"), ("other", "Another reason"), ("disputed", "Disputed")],
        help="Confirmed: it is as the customer says. Disputed: he and we do not agree about it.")
    found = fields.Char(string="Reason Found", help="What it really is; empty when it is as the customer says.")

    _quantity_not_negative = models.Constraint("CHECK (quantity >= 0)", "The quantity seen on site cannot be below zero.")

    @api.depends("complaint_line_id")
    def _compute_claim(self):
        for row in self:
            line = row.complaint_line_id
            row.quantity = line.quantity
            row.claim = ": ".join(filter(None, (line.defect_id.name, line.name or line.complaint_id.summary)))

    @api.depends("check_id.name", "product_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.check_id.name or ''} · {row.product_id.display_name or row.claim or ''}"

    @api.constrains("complaint_line_id", "check_id")
    def _check_same_case(self):
        for row in self:
            if row.complaint_line_id.complaint_id != row.check_id.complaint_id:
                raise ValidationError(self.env._(
                    "%(line)s is of another case than %(check)s. Choose goods of %(case)s.",
                    line=row.complaint_line_id.display_name, check=row.check_id.name,
                    case=row.check_id.complaint_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._tell_dispute()
        return rows

    def write(self, vals):
        result = super().write(vals)
        if "result" in vals:
            self._tell_dispute()
        return result

    def _tell_dispute(self):
        """The case is disputed from the moment somebody says so: how serious it is and whom it concerns follow."""
        trigger = self.env.ref("cx_complaint.trigger_disputed", raise_if_not_found=False)
        disputed = self.filtered(lambda row: row.result == "disputed")
        # sudo: cx.complaint - that the return is disputed, by who may write the confirmation
        cases = disputed.sudo().check_id.complaint_id.filtered(lambda case: trigger not in case.trigger_ids)
        if trigger and cases:
            cases.trigger_ids = [Command.link(trigger.id)]

    def _reason(self):
        """The reason that counts from now on."""
        self.ensure_one()
        return (self.found or "").strip() or self.claim or ""

    def _says_what_was_found(self):
        """Whether the result is there, in words where it is not what the customer says."""
        self.ensure_one()
        return bool(self.result) and (self.result == "confirmed" or bool((self.found or "").strip()))

    def _sentence(self):
        """What was found of it, as the case is told."""
        self.ensure_one()
        results = dict(self._fields["result"]._description_selection(self.env))
        return self.env._(
            "%(quantity)s %(unit)s of %(product)s: %(result)s, %(reason)s.", quantity=figure(self.quantity),
            unit=self.product_uom_id.name or "", product=self.product_id.display_name,
            result=results.get(self.result, "–").lower(), reason=self._reason() or "–")
