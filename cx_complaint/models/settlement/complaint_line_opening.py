from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.wording import figure

_MANAGER = "cx_complaint.group_manager"
_QUANTITIES = (
    "opening_authorised_qty", "opening_received_qty", "opening_replaced_qty", "opening_credited_qty")


class ComplaintLine(models.Model):
    """What happened to the goods of an open case before: authorised, received, replaced, credited.

    It becomes an RMA and settlements like any other, so that every cap counts it.
    """

    _inherit = "cx.complaint.line"

    # not stored: said once, when the case is taken over; in the product's unit
    opening_rma_number = fields.Char(string="RMA Number Before", store=False, copy=False, groups=_MANAGER)
    opening_authorised_qty = fields.Float(
        string="Authorised Before", digits="Product Unit", store=False, copy=False, groups=_MANAGER,
        help="What the RMA of before lets come back, with what came already; the rest is expected.")
    opening_received_qty = fields.Float(
        string="Received Before", digits="Product Unit", store=False, copy=False, groups=_MANAGER)
    opening_replaced_qty = fields.Float(
        string="Replaced Before", digits="Product Unit", store=False, copy=False, groups=_MANAGER)
    opening_credited_qty = fields.Float(
        string="Credited Before", digits="Product Unit", store=False, copy=False, groups=_MANAGER)

    @api.model_create_multi
    def create(self, vals_list):
        names = ("opening_rma_number", *_QUANTITIES)
        openings = [{name: vals[name] for name in names if vals.get(name)} for vals in vals_list]
        if not any(openings):
            return super().create(vals_list)
        self.env["cx.complaint"]._check_may_take_over()
        lines = super().create([
            {name: value for name, value in vals.items() if name not in names} for vals in vals_list])
        openings = dict(zip(lines, openings, strict=True))
        for line, opening in openings.items():
            line._check_opening(opening)
        lines._take_over_returns(openings)
        for line, opening in openings.items():
            for kind, name in (("replacement", "opening_replaced_qty"), ("credit", "opening_credited_qty")):
                if opening.get(name):
                    line._take_over_settlement(kind, opening[name])
        return lines

    def _check_opening(self, opening):
        """:raises UserError: quantities of before that cannot be"""
        names = {"line": self.display_name, "unit": self.product_id.uom_id.name or ""}
        for name in _QUANTITIES:
            quantity = opening.get(name, 0.0)
            if not isfinite(quantity) or quantity < 0:
                raise UserError(self.env._(
                    "%(line)s: %(quantity)s is no possible quantity (%(field)s).", quantity=quantity,
                    field=self._fields[name]._description_string(self.env), **names))
        if not self.product_id and any(opening.get(name) for name in _QUANTITIES):
            raise UserError(self.env._("%(line)s: quantities of before need a product.", **names))
        claimed = self._get_product_quantity() if self.product_id else 0.0
        for name in _QUANTITIES:
            if self.product_id and self.product_id.uom_id.compare(opening.get(name, 0.0), claimed) > 0:
                raise UserError(self.env._(
                    "%(line)s: %(quantity)s %(unit)s (%(field)s) are more than the %(claimed)s %(unit)s complained of.",
                    quantity=figure(opening[name]), claimed=figure(claimed),
                    field=self._fields[name]._description_string(self.env), **names))

    # Returns

    def _take_over_returns(self, openings):
        """An authorised RMA per case and number of before; what did not come yet is expected."""
        groups = {}
        for line in self:
            opening = openings[line]
            if opening.get("opening_authorised_qty") or opening.get("opening_received_qty"):
                key = (line.complaint_id, opening.get("opening_rma_number", "").strip())
                groups[key] = groups.get(key, self.browse()) | line
        for (complaint, number), lines in groups.items():
            if number and self.env["cx.rma"].sudo().search_count([("name", "=", number)], limit=1):
                # sudo: cx.rma - only whether the number is taken
                raise UserError(self.env._("%(number)s is the number of another RMA already.", number=number))
            if not complaint.partner_id:
                raise UserError(self.env._("%(complaint)s has a return, but no customer.", complaint=complaint.name))
            vals = complaint._prepare_rma_vals(
                complaint.company_id, [line._prepare_opening_rma_line_vals(openings[line]) for line in lines])
            # sudo: cx.rma - what was authorised before is not authorised anew; complaint managers only come here
            rma = self.env["cx.rma"].sudo().create({**vals, **({"name": number} if number else {})})
            rma.action_authorise()

    def _prepare_opening_rma_line_vals(self, opening):
        received = opening.get("opening_received_qty", 0.0)
        authorised = max(opening.get("opening_authorised_qty", 0.0), received)
        vals = self._prepare_rma_line_vals(self.product_id, authorised, self.origin_move_id)
        return {
            **vals, "opening_received_qty": received,
            "no_origin_reason": not self.origin_move_id and self.env._("Taken over with the open case")}

    # Settlements

    def _take_over_settlement(self, kind, quantity):
        """A settlement that is done: it counts wherever something of the delivery is made good."""
        # sudo: cx.settlement - as with the returns
        settlement = self.env["cx.settlement"].sudo().create({
            "complaint_line_id": self.id, "kind": kind, "product_id": self.product_id.id, "quantity": quantity,
            "opening_qty": quantity, "reason": self.env._("Taken over with the open case")})
        settlement._take_guards()
        if blockers := settlement._blockers_made_good():
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        settlement.write({
            "decision": "approved", "approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})
