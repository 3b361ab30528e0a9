from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...rules import replenishment
from ...rules.wording import figure


class ReturnPlan(models.Model):
    """Plans are made for a selection at once, and once per line however often somebody presses."""

    _inherit = "cx.return.plan"

    @api.model
    def _make(self, wanted):
        """Make the plans that are not there yet, with the proposed replacements.

        :param list wanted: dicts with ``line`` and the values of the plan, ``replenish_qty`` and ``promised_date``
        :return: the plans of all of these lines
        :raises UserError: naming every line that would get more than may be made good, or be done too late
        """
        if not self.env.user.has_group("cx_complaint.group_planning") and not self.env.su:
            raise AccessError(self.env._("Replenishment and rework are planned by planning. Ask one of them."))
        lines = self.env["cx.rma.line"].concat(*(row["line"] for row in wanted))
        self.env["cx.guard"]._take_for(lines, lines.sudo().origin_move_id)  # sudo: stock.move - its id only
        planned = self.search([("rma_line_id", "in", lines.ids)])
        fresh = [row for row in wanted if row["line"] not in planned.rma_line_id]
        self._check_wanted(fresh)
        settlements = self._propose_replenishments(fresh)
        made = self.sudo().create([{  # sudo: cx.return.plan - what the rate says; who plans is checked above
            **{name: value for name, value in row.items() if name not in ("line", "replenish_qty", "promised_date")},
            "rma_line_id": row["line"].id,
            "settlement_id": settlements.get(row["line"]),
        } for row in fresh])
        made = made.sudo(False)
        made._on_made()
        return planned | made

    @api.model
    def _check_wanted(self, rows):
        """:raises UserError: with all reasons of all rows"""
        reasons = []
        taken, seen = {}, set()
        for row in rows:
            if row["line"] in seen:
                reasons.append(self.env._("%(line)s is named twice. Leave one row.", line=row["line"].display_name))
            seen.add(row["line"])
            line, unit = row["line"], row["line"].product_uom_id
            if not line.rate_inspection_id:
                reasons.append(self.env._(
                    "%(line)s: no rate is known. Quality inspects a sample first.", line=line.display_name))
            room = line._replenishment_room()
            if room is not None:
                origin = line.sudo().origin_move_id  # sudo: stock.move - as a key only
                room -= taken.get(origin, 0.0)
                taken[origin] = taken.get(origin, 0.0) + row["replenish_qty"]
                if unit.compare(row["replenish_qty"], max(room, 0.0)) > 0:
                    reasons.append(self.env._(
                        "%(line)s: %(wanted)s %(unit)s would be replenished, %(room)s can be: the rest is replaced,"
                        " credited, proposed or was not delivered. Lower the quantity.", line=line.display_name,
                        wanted=figure(row["replenish_qty"]), room=figure(max(room, 0.0)), unit=unit.name))
            limit, finish = line.limit_date, row.get("finish_date")
            if limit and finish and finish > limit:
                reasons.append(self.env._(
                    "%(line)s: the rework would end on %(finish)s, the customer waits until %(limit)s. Start earlier, or"
                    " agree on another date with him.", line=line.display_name, finish=finish, limit=limit))
        if reasons:
            raise UserError("\n".join(reasons))

    @api.model
    def _propose_replenishments(self, rows):
        """Propose the replacements; they are approved as any other.

        :return: id of the settlement by RMA line
        """
        rows = [row for row in rows if row["line"].product_uom_id.compare(row["replenish_qty"], 0.0) > 0]
        # sudo: cx.settlement - planning proposes by its plan and nothing else; who pressed is kept as the proposer
        settlements = self.env["cx.settlement"].sudo().create([{
            "complaint_line_id": row["line"].complaint_line_id.id,
            "kind": "replacement",
            "product_id": row["line"].product_id.id,
            "origin_move_id": row["line"].sudo().origin_move_id.id,
            "quantity": row["replenish_qty"],
            "planned_date": row["promised_date"],
        } for row in rows])
        return {row["line"]: settlement.id for row, settlement in zip(rows, settlements, strict=True)}

    def _on_made(self):
        """The to-dos of planning are done, and the return knows what was planned."""
        for rma, plans in self.grouped("rma_id").items():
            if not any(line.is_replenishment_wanted and not line.return_plan_ids for line in rma.line_ids):
                rma.activity_feedback(["cx_complaint.mail_activity_type_replenish"])
            rma.sudo().message_post(body="; ".join(self.env._(  # sudo: cx.rma - a note of what planning did
                "Planned for %(product)s at %(rate)s %%: replenish %(replenish)s, rework %(rework)s, scrap %(scrap)s"
                " %(unit)s.", product=plan.product_id.display_name, rate=f"{plan.defect_rate:.1f}",
                replenish=figure(plan.replenish_qty), rework=figure(plan.rework_qty), scrap=figure(plan.scrap_qty),
                unit=plan.product_uom_id.name) for plan in plans))


class RmaLine(models.Model):
    """The plan of a line, and what may still be sent for it."""

    _inherit = "cx.rma.line"

    return_plan_ids = fields.One2many("cx.return.plan", "rma_line_id", string="Plan")
    is_to_plan = fields.Boolean(
        string="To Plan", compute="_compute_is_to_plan", search="_search_is_to_plan",
        help="The customer wants goods at once, the rate is known, and planning has not planned yet.")

    @api.depends("is_replenishment_wanted", "rate_inspection_id", "return_plan_ids")
    def _compute_is_to_plan(self):
        for line in self:
            line.is_to_plan = bool(
                line.is_replenishment_wanted and line.rate_inspection_id and not line.return_plan_ids
                and line.rma_id.state in ("authorised", "receiving", "received"))

    def _search_is_to_plan(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            Domain("is_replenishment_wanted", "=", True) & Domain("return_plan_ids", "=", False) & self._domain_rated()
            & Domain("rma_id.state", "in", ("authorised", "receiving", "received")))

    def _replenishment_room(self):
        """What of the delivery may still be made good, what is only proposed taken off as well; None without limit."""
        self.ensure_one()
        settlement = self.env["cx.settlement"].sudo().new({  # sudo: cx.settlement - figures of the cap
            "complaint_line_id": self.complaint_line_id.id, "kind": "replacement", "product_id": self.product_id.id,
            "origin_move_id": self.origin_move_id.id, "quantity": 1.0})
        if not settlement.has_pool:
            return None
        proposed = self.env["cx.settlement"].sudo().search([
            ("origin_move_id", "=", self.sudo().origin_move_id.id), ("origin_move_id", "!=", False),
            ("decision", "=", "proposed"), ("kind", "not in", ("allowance", "charge"))])
        return max(settlement.good_left_qty - sum(proposed.mapped("quantity")), 0.0)

    def action_plan_from_rate(self):
        """Open the dialog that plans replenishment and rework of these lines from their rate.

        :raises UserError: naming every line of which no rate is known
        """
        unrated = self.filtered(lambda line: not line.rate_inspection_id)
        if unrated:
            raise UserError("\n".join(self.env._(
                "%(line)s: no rate is known. Quality inspects a sample first.", line=line.display_name)
                for line in unrated))
        if not self - self.return_plan_ids.rma_line_id:
            return self.action_view_plans()
        return {
            "type": "ir.actions.act_window", "res_model": "cx.plan.rate", "view_mode": "form", "target": "new",
            "name": self.env._("Plan from Rate"), "context": {"default_rma_line_ids": self.ids},
        }

    def action_view_plans(self):
        """The plans of these lines."""
        return self.return_plan_ids._get_records_action(name=self.env._("Plans"))

    def _proposed_plan_vals(self):
        """What the rate of the line proposes."""
        self.ensure_one()
        quantity = self.received_qty or self.quantity
        estimate = self.env["cx.return.plan"]._estimate(self, quantity)
        return {
            "inspection_id": self.rate_inspection_id.id,
            "defect_rate": self.defect_rate,
            "sample_qty": self.rate_qty,
            "quantity": quantity,
            "good_qty": estimate.good,
            "rework_qty": estimate.rework,
            "scrap_qty": estimate.scrap,
            "replenish_qty": replenishment.replenishment(estimate.defective, self._replenishment_room()),
        }


class Disposition(models.Model):
    """Rework that inspection proposes starts on the day that was planned from the rate."""

    _inherit = "cx.disposition"

    @api.model
    def _prepare_proposal_vals(self, finding, quantity):
        vals = super()._prepare_proposal_vals(finding, quantity)
        plan = finding.inspection_id.rma_line_id.return_plan_ids
        if plan.start_date and vals["work"] != "none":
            vals["planned_date"] = plan.start_date
        return vals
