from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import leaving, take_over
from ...rules.wording import figure

# kinds that compensate for goods: what the customer was given or kept is paid, so the goods are ours
_PAYING = ("replacement", "credit", "deduction")


class SettlementTakeOver(models.Model):
    """Goods that were the customer's property become ours when he was compensated for them: booked, dated, reversible.

    Replaced goods become ours when the replacement is delivered, credited ones when the credit is posted, those of
    which he kept the price when the deduction is approved.
    """

    _inherit = "cx.settlement"

    take_over_due_qty = fields.Float(
        string="To Take Over", digits="Product Unit", compute="_compute_take_over",
        help="The customer was compensated for these units, and they are still his property.")
    taken_over_qty = fields.Float(
        string="Taken Over", digits="Product Unit", compute="_compute_take_over",
        help="Units that became ours, or come as ours, because of this settlement.")
    tracking = fields.Selection(related="product_id.tracking")
    taken_over_on = fields.Datetime(readonly=True, copy=False)
    take_over_lot_ids = fields.Many2many(
        "stock.lot", "cx_settlement_take_over_lot_rel", string="Units to Take Over", check_company=True, copy=False,
        help="Which lots or serial numbers become ours, where not all that stand here do.")
    ours_line_ids = fields.Many2many(
        "cx.rma.line", "cx_settlement_ours_line_rel", string="Received as Ours", readonly=True, copy=False,
        check_company=True, help="Lines of which everything that is still to come is received as ours.")
    is_to_take_over = fields.Boolean(compute="_compute_take_over", search="_search_is_to_take_over")

    @api.depends("state", "quantity", "kind", "decision", "move_ids.state", "ours_line_ids", "credit_line_ids.parent_state")
    def _compute_take_over(self):
        for settlement in self.sudo():  # sudo: stock.move, cx.rma.line - figures of a record he may read
            due, taken = settlement._take_over_due(), settlement._taken_over()
            settlement.taken_over_qty = settlement._in_kits(taken)
            open_parts = {
                product: min(quantity - taken[product], settlement._customers_of(product))
                for product, quantity in due.items()}
            settlement.take_over_due_qty = max(settlement._in_kits(open_parts, max), 0.0)
            settlement.is_to_take_over = leaving.more(settlement.take_over_due_qty, 0.0)

    def _search_is_to_take_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = self.search([
            ("decision", "=", "approved"), ("kind", "in", _PAYING),
            ("complaint_line_id.rma_line_ids.goods_owner", "=", "customer")])
        return [("id", "in", found.filtered("is_to_take_over").ids)]

    # Quantities, by product in its own unit

    def _per_unit(self):
        """Products that one unit of the settlement stands for: itself, or the parts of the kit."""
        self.ensure_one()
        parts = self._kit_parts()
        if not parts:
            return {self.product_id: 1.0} if self.product_id else {}
        return {self.env["product.product"].browse(product): quantity for product, quantity in parts.items()}

    def _in_kits(self, by_product, choose=min):
        """Units of the settlement that these quantities make."""
        return choose((by_product.get(product, 0.0) / per for product, per in self._per_unit().items()), default=0.0)

    def _take_over_due(self):
        """What the customer was compensated for so far: ``{product: quantity}``."""
        self.ensure_one()
        if self.decision != "approved" or self.kind not in _PAYING:
            return {}
        quantity = self.quantity if self.kind == "deduction" else self._happened_qty()
        return {product: quantity * per for product, per in self._per_unit().items()}

    def _taken_over(self):
        """What became ours because of it: ``{product: quantity}``."""
        self.ensure_one()
        taken = defaultdict(float)
        for move in self._origin.move_ids:
            if move.cx_is_owner_change:
                taken[move.product_id] += move._cx_owner_change_sign() * move._cx_delivered_qty()
        for line in self.ours_line_ids:
            taken[line.product_id] += line.promised_ours_qty
        return taken

    def _customers_lines(self):
        """Lines of this case's returns that hold the customer's property."""
        self.ensure_one()
        return self.complaint_line_id.rma_line_ids.filtered(
            lambda line: line.goods_owner == "customer" and line.rma_id.decision == "authorised")

    def _customers_of(self, product):
        """The customer's units of a product that are here or still to come."""
        lines = self._customers_lines().filtered(lambda line: line.product_id == product)
        standing = lines._standing_by_owner()
        return sum(sum(standing[line]["customer"].values()) + line._to_come_qty() for line in lines)

    # Taking over

    def action_take_over(self):
        """The goods become ours: what stands in quarantine or is in work, and what is still to come of a whole line."""
        self._check_may("execute")
        self.check_access("write")
        self._take_over_guards()
        if blockers := [blocker for settlement in self for blocker in settlement._blockers_take_over()]:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        self._take_over()

    def _take_over_guards(self):
        settlements = self.sudo()  # sudo: cx.rma.line - ids only
        settlements.env["cx.guard"]._take_for(self, settlements.complaint_line_id.rma_line_ids)
        self.env.invalidate_all()

    def _each_in_its_company(self):
        """Each with the rights and in the company in which its goods are booked and valued."""
        # sudo: stock.move, cx.disposition, cx.rma.line - the consequence of what was approved; the right is checked
        return [settlement.sudo().with_company(settlement.company_id) for settlement in self]

    def _take_over(self):
        """Take over what can be; whoever asks has been checked."""
        for settlement in self._each_in_its_company():
            taken = defaultdict(float)
            for line, plan in settlement._take_over_plans().items():
                settlement._take_over_of_line(line, plan)
                taken[line.product_id] += plan.quantity
            taken = settlement._turn_over_lines(taken)
            if any(leaving.more(quantity, 0.0) for quantity in taken.values()):
                settlement._note_taken(taken)

    def _take_over_plans(self):
        """What of which line: ``{line: rules.take_over.Plan}``."""
        self.ensure_one()
        due, taken, plans = self._take_over_due(), self._taken_over(), {}
        lots = frozenset(self.take_over_lot_ids)
        for product, quantity in due.items():
            rest = quantity - taken[product]
            for line in self._customers_lines().filtered(lambda line, product=product: line.product_id == product):
                decided = [
                    take_over.Decided(disposition, places)
                    for disposition, places in line._open_dispositions("customer")._places().items()
                    if disposition.destination not in ("customer", "vendor")]
                plans[line] = take_over.plan(max(rest, 0.0), line._undecided_of("customer"), decided, lots)
                rest -= plans[line].quantity
        return plans

    def _take_over_of_line(self, line, plan):
        dispositions = self.env["cx.disposition"].sudo().concat(*plan.decisions)  # sudo: cx.disposition - owner only
        places = defaultdict(float, plan.places)
        for found in dispositions._places().values():
            for place, quantity in found.items():
                places[place] += quantity
        if places:
            kept = dispositions._free_units()
            line._change_hands(places, "company", {"cx_settlement_id": self.id})
            dispositions._change_owner("company", kept)

    def _turn_over_lines(self, taken):
        """Lines whose rest is covered too are ours from now on.

        :return: ``taken``, and what is received as ours
        """
        due = self._take_over_due()
        self.env.invalidate_all()
        before = self._taken_over()
        for line in self._customers_lines():
            rest = due.get(line.product_id, 0.0) - before[line.product_id]
            if line.product_id in due and line._is_turned_over_with(rest) and (
                    line.became_ours_qty or line._to_come_qty()):
                line._turn_over("company")
                self.ours_line_ids |= line
                before[line.product_id] += line.promised_ours_qty
                taken[line.product_id] += line.promised_ours_qty
        return taken

    def _note_taken(self, taken):
        self.taken_over_on = fields.Datetime.now()
        goods = ", ".join(self.env._(
            "%(quantity)s %(unit)s of %(product)s", quantity=figure(quantity), unit=product.uom_id.name,
            product=product.display_name) for product, quantity in taken.items())
        self.message_post(body=self.env._("Became ours: %(goods)s.", goods=goods))
        for rma in self.complaint_line_id.rma_line_ids.rma_id:
            rma.message_post(body=self.env._(
                "Became ours by %(settlement)s: %(goods)s.", settlement=self.display_name, goods=goods))

    # Giving back

    def action_give_back(self):
        """The goods are the customer's again: all that became ours, as long as nothing else happened to it."""
        self._check_may("execute")
        self.check_access("write")
        self._take_over_guards()
        if blockers := [blocker for settlement in self for blocker in settlement._blockers_give_back()]:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        for settlement in self._each_in_its_company():
            for line, (quantity, _free) in settlement._to_give_back().items():
                if line in settlement.ours_line_ids:
                    line._turn_over("customer")
                plan = take_over.plan(quantity, line._undecided_of("company"), [], settlement._taken_lots(line))
                line._change_hands(plan.places, "customer", {"cx_settlement_id": settlement.id})
            settlement.write({"ours_line_ids": [fields.Command.clear()], "taken_over_on": False})
            settlement.message_post(body=settlement.env._("The goods are the customer's property again."))

    def _to_give_back(self):
        """``{line: (quantity that became ours, what of it stands in quarantine undecided)}``."""
        self.ensure_one()
        found = defaultdict(float)
        for move in self.move_ids.filtered("cx_is_owner_change"):
            found[move.cx_rma_line_id] += move._cx_owner_change_sign() * move._cx_delivered_qty()
        for line in self.ours_line_ids:
            # what has not come yet is just expected as his again
            found[line] += max(line.promised_ours_qty - line._to_come_qty(), 0.0)
        result = {}
        for line, quantity in found.items():
            lots = self._taken_lots(line)
            free = sum(stands for (_location, lot), stands in line._undecided_of("company").items()
                       if not lots or lot in lots)
            result[line] = quantity, free
        return result

    def _taken_lots(self, line):
        """Lots that became ours; all of a line that is received as ours."""
        if line in self.ours_line_ids:
            return frozenset()
        return frozenset(self.move_ids.filtered(
            lambda move: move.cx_is_owner_change and move.cx_rma_line_id == line).move_line_ids.lot_id)
