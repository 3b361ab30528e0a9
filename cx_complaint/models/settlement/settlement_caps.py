from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import made_good
from ...rules.blocker import Blocker
from .settlement import GOODS_CREDITS, WITHOUT_GOODS


class SettlementCaps(models.Model):
    """How much may be given: never more than was delivered, never more than was invoiced.

    Both are checked under the guards of what they are about. Everybody's approved settlements count with their whole
    quantity; what core's own wizards credited counts too.
    """

    _inherit = "cx.settlement"

    good_left_qty = fields.Float(
        string="Can Be Made Good", digits="Product Unit", compute="_compute_good_left",
        help="Delivered, less what other settlements replace or credit and what was repaired and sent back.")
    has_pool = fields.Boolean(compute="_compute_good_left", help="It names a delivery, so that there is a limit.")
    creditable_qty = fields.Float(
        string="Can Be Credited", digits="Product Unit", compute="_compute_creditable",
        help="Invoiced, less credit notes in draft or posted and what other settlements will credit.")
    creditable_amount = fields.Monetary(
        string="Amount That Can Be Credited", compute="_compute_creditable_amount",
        help="Untaxed amount of the invoice, less its credit notes in draft or posted.")

    # Guards

    def _take_guards(self):
        """Serialise everybody who is about to use the caps of these settlements; before anything is read."""
        settlements = self.sudo()  # sudo: stock.move, sale.order.line - their ids only
        by_move = settlements.filtered(lambda settlement: not settlement.sale_line_id)
        settlements.env["cx.guard"]._take_for(
            settlements.origin_move_id,
            settlements.sale_line_id | by_move.origin_move_id.sale_line_id,
            settlements.invoice_line_id,
        )
        self.invalidate_recordset(["good_left_qty", "has_pool", "creditable_qty", "creditable_amount"])

    # Made good

    @api.depends("origin_move_id", "sale_line_id", "kind", "product_id")
    def _compute_good_left(self):
        # sudo: stock.move, account.move.line - figures only, the same for whoever asks
        wanted = {settlement: settlement.sudo()._pools(1.0) for settlement in self}
        delivered, used = self._made_good_of({use.pool for uses in wanted.values() for use in uses})
        for settlement, uses in wanted.items():
            mine = made_good.total_by_pool(
                settlement.sudo()._pools(settlement._given_qty()) if settlement._counts_as_given() else [])
            others = {pool: quantity - mine[pool] for pool, quantity in used.items()}
            room = made_good.left(uses, delivered, others)
            settlement.has_pool = room is not None
            settlement.good_left_qty = room or 0.0

    def _counts_as_given(self):
        """Whether it is among those that :meth:`_uses_of_settlements` finds."""
        self.ensure_one()
        return bool(self._origin.id) and self.decision == "approved" and self.kind not in WITHOUT_GOODS

    def _given_qty(self):
        """What was approved, or more where warehouse or finance gave more than that."""
        self.ensure_one()
        return max(self.quantity, self._planned_qty())

    def _pools(self, quantity):
        """What ``quantity`` of the settlement takes from which pool.

        A kit takes its parts from the order line, whichever delivery brought them; everything else takes from its
        delivery move, and so from the order line of that move.
        :return: list of :class:`made_good.Use`
        """
        self.ensure_one()
        if self.kind in WITHOUT_GOODS:
            return []
        parts = self._kit_parts()
        if parts:
            return [made_good.Use(("line", self.sale_line_id.id, product_id), quantity * per_kit)
                    for product_id, per_kit in parts.items()]
        move = self.origin_move_id
        line = self.sale_line_id or move.sale_line_id
        uses = [made_good.Use(("move", move.id), quantity)] if move else []
        if line:
            product = move.product_id or line.product_id
            uses.append(made_good.Use(("line", line.id, product.id), quantity))
        return uses

    def _kit_parts(self):
        """Parts per kit in their own units, when it is about a delivered kit: ``{product id: quantity}``."""
        self.ensure_one()
        line = self.sale_line_id
        if not line or self.complaint_line_id.product_id != line.product_id:
            return {}
        kit = line.move_ids.bom_line_id.bom_id.filtered(
            lambda bom: bom.type == "phantom" and (
                bom.product_id == line.product_id
                or not bom.product_id and bom.product_tmpl_id == line.product_id.product_tmpl_id))[:1]
        if not kit:
            return {}
        parts = line._get_bom_component_qty(kit)
        return {
            product.id: parts[product.id]["qty"]
            for product in self.env["product.product"].browse(parts) if product.type == "consu"}

    @api.model
    def _made_good_of(self, pools):
        """What was delivered and what is made good already, or promised by an approved settlement.

        :param pools: keys as :meth:`_pools` makes them
        :return: two dictionaries by pool: delivered, used
        """
        moves = self.env["stock.move"].sudo().browse({key[1] for key in pools if key[0] == "move"})
        # sudo: sale.order.line - sums of what the settlements name
        lines = self.env["sale.order.line"].sudo().browse({key[1] for key in pools if key[0] == "line"})
        if not moves and not lines:
            return {}, {}
        delivered = defaultdict(float)
        for move in moves | lines.move_ids:
            if move.state == "done" and move.location_dest_id._is_outgoing():
                quantity = move.product_uom._compute_quantity(
                    move.quantity, move.product_id.uom_id, rounding_method="HALF-UP")
                delivered["move", move.id] += quantity
                delivered["line", move.sale_line_id.id, move.product_id.id] += quantity
        used = made_good.total_by_pool(
            self._uses_of_settlements(moves, lines) + self._uses_of_dispositions(moves, lines)
            + self._uses_of_finance(lines, delivered))
        return delivered, used

    def _uses_of_settlements(self, moves, lines):
        # sudo: cx.settlement - the sum of everybody's, as the cap wants it
        others = self.sudo().search([
            ("decision", "=", "approved"), ("kind", "not in", WITHOUT_GOODS),
            "|", ("origin_move_id", "in", (moves | lines.move_ids).ids),
            ("sale_line_id", "in", (lines | moves.sale_line_id).ids),
        ])
        return [use for other in others for use in other._pools(other._given_qty())]

    def _uses_of_dispositions(self, moves, lines):
        """Repaired and sent back: the customer has his goods again, and the new delivery is a pool of its own."""
        # sudo: cx.disposition - the sum of everybody's, as the cap wants it
        dispositions = self.env["cx.disposition"].sudo().search([
            ("destination", "=", "customer"), ("state", "in", ("approved", "running", "done")),
            ("rma_line_id.origin_move_id", "in", (moves | lines.move_ids).ids),
        ])
        uses = []
        for disposition in dispositions:
            move = disposition.rma_line_id.origin_move_id
            # what was closed short made good what really went back
            quantity = disposition.done_qty if disposition.decision == "closed" else disposition.quantity
            uses.append(made_good.Use(("move", move.id), quantity))
            uses.append(made_good.Use(("line", move.sale_line_id.id, move.product_id.id), quantity))
        return uses

    def _uses_of_finance(self, lines, delivered):
        """What finance credited with core's own reversal; of a kit, its parts."""
        uses = []
        for line in lines:
            invoiced, credited = line._cx_invoiced_and_credited_by_core()
            if not credited:
                continue
            parts = {key[2]: quantity for key, quantity in delivered.items() if key[:2] == ("line", line.id)}
            per_unit = self._parts_per_unit(line, parts)
            whole = min((parts[product_id] / share for product_id, share in per_unit.items()), default=0.0)
            net = made_good.credited_elsewhere(whole, invoiced, credited)
            uses += [made_good.Use(("line", line.id, product_id), net * share)
                     for product_id, share in per_unit.items()]
        return uses

    def _parts_per_unit(self, line, parts):
        """Delivered products per unit of the product sold: itself, or the parts of the kit."""
        if set(parts) == {line.product_id.id}:
            return {line.product_id.id: 1.0}
        bom = line.move_ids.bom_line_id.bom_id.filtered(lambda bom: bom.type == "phantom")[:1]
        if not bom:
            return {}
        components = line._get_bom_component_qty(bom)
        return {product_id: data["qty"] for product_id, data in components.items() if product_id in parts}

    # Credited

    @api.depends("invoice_line_id", "kind")
    def _compute_creditable(self):
        lines = self.sudo().invoice_line_id  # sudo: account.move.line - sums of what the settlements name
        credited = lines._cx_credited_qty()
        # what is approved was measured against the promises of others when it was approved, and counts since then
        promised = self._promised_qty(self.filtered(
            lambda settlement: settlement.decision != "approved").sudo().invoice_line_id)
        for settlement in self.sudo():
            line = settlement.invoice_line_id
            others = sum(quantity for other, quantity in promised[line] if other != settlement)
            mine = settlement._credited_qty("draft", "posted")
            left = 0.0 if line._cx_is_given_again() else line.quantity - credited.get(line, 0.0)
            total = settlement._in_product_unit(left, line.product_uom_id)
            settlement.creditable_qty = max(total + mine - others, 0.0) if line else 0.0

    @api.depends("invoice_line_id", "kind")
    def _compute_creditable_amount(self):
        for settlement in self.sudo():  # sudo: account.move - a sum of what the settlement names
            invoice = settlement.invoice_line_id.move_id
            notes = invoice.reversal_move_ids.filtered(
                lambda move: move.move_type == "out_refund" and move.state != "cancel")
            left = invoice.amount_untaxed - sum(notes.mapped("amount_untaxed")) + settlement._drafted_amount()
            settlement.creditable_amount = max(left, 0.0) if invoice else 0.0

    def _promised_qty(self, lines):
        """Approved credits of goods that no draft says yet: ``{invoice line: [(settlement, quantity)]}``."""
        promised = defaultdict(list)
        if not lines:
            return promised
        # sudo: cx.settlement - the sum of everybody's, as the cap wants it
        for other in self.sudo().search([
            ("invoice_line_id", "in", lines.ids), ("kind", "in", GOODS_CREDITS), ("decision", "=", "approved"),
            ("state", "!=", "done"),
        ]):
            promised[other.invoice_line_id].append((other, max(other._owed_credit(), 0.0)))
        return promised

    # Blockers

    def _blockers_cap(self):
        """What would be too much: above the delivery, above the invoice."""
        self.ensure_one()
        return self._blockers_goodwill() + self._blockers_made_good() + self._blockers_creditable()

    def _blockers_goodwill(self):
        if not self.is_goodwill or self.decision == "approved" or self.env.su or (
                self.env.user.has_group("cx_complaint.group_goodwill")):
            return []
        return [Blocker(
            "goodwill_right", self.display_name, self.env._("It is goodwill, and you may not grant that."),
            self.env._("Ask somebody with the goodwill right."))]

    def _blockers_made_good(self):
        uom = self.product_uom_id
        if self.is_goodwill or not self.has_pool or uom.compare(self.quantity, self.good_left_qty) <= 0:
            return []
        return [Blocker(
            "made_good", self.display_name,
            self.env._(
                "%(wanted)s %(unit)s of %(product)s are to be made good, %(left)s %(unit)s can be: the rest was not"
                " delivered, or is already replaced, credited or repaired and sent back.",
                wanted=self.quantity, left=self.good_left_qty, unit=uom.name, product=self.product_id.display_name),
            self.env._("Reduce the quantity, or tick “Goodwill” if you have that right."))]

    def _blockers_creditable(self):
        """Neither goodwill nor anything else credits more than was invoiced."""
        if not self.invoice_line_id or self.kind in ("replacement", "charge"):
            return []
        invoice = self.sudo().invoice_line_id.move_id.display_name  # sudo: account.move - its number
        if self.kind in GOODS_CREDITS:
            if self.product_uom_id.compare(self.quantity, self.creditable_qty) <= 0:
                return []
            text = self.env._(
                "%(wanted)s %(unit)s are to be credited on %(invoice)s, %(left)s %(unit)s can be: the rest is already"
                " credited or promised.",
                wanted=self.quantity, left=self.creditable_qty, unit=self.product_uom_id.name, invoice=invoice)
        else:
            if self.is_goodwill or self.currency_id.compare_amounts(self.amount, self.creditable_amount) <= 0:
                return []
            text = self.env._(
                "%(wanted)s are to be credited on %(invoice)s, %(left)s can be.",
                wanted=self.currency_id.format(self.amount), left=self.currency_id.format(self.creditable_amount),
                invoice=invoice)
        return [Blocker(
            "credited", self.display_name, text, self.env._("Reduce it, or choose another invoice line."))]

    def _check_caps_together(self):
        """:raises UserError: when several settlements fit one by one but not together."""
        if len(self) < 2:
            return
        self.invalidate_recordset(["good_left_qty", "has_pool", "creditable_qty", "creditable_amount"])
        blockers = [
            blocker for settlement in self
            for blocker in settlement._blockers_made_good() + settlement._blockers_creditable()]
        if blockers:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
