"""What must hold after every step, whatever the step was."""

from ..rules import ways


class InvariantsMixin:
    """Asserts over one product sold by ``self.orders`` and everything that hangs on it."""

    def _assert_invariants(self, story):
        self._assert_goods_are_somewhere(story)
        self._assert_dispositions_are_covered(story)
        self._assert_quarantine_is_explained(story)
        self._assert_nothing_comes_back_twice(story)
        self._assert_money_is_capped(story)
        self._assert_stock_is_untouched_until_release(story)
        self._assert_values_agree(story)
        self._assert_kept_apart_is_explained(story)
        self._assert_nothing_is_lost_between_hands(story)
        self._assert_order_is_quiet(story)

    def _same(self, left, right, message):
        self.assertAlmostEqual(left, right, 4, message)

    def _assert_goods_are_somewhere(self, story):
        for line in self.rma_lines:
            self._same(line.received_qty, line.quarantine_qty + line.in_work_qty + line.final_qty,
                       f"{line.display_name}: received is not in quarantine + in work + at destination\n{story}")
            self.assertGreaterEqual(line.undecided_qty, -1e-6, f"{line.display_name}: more decided than received\n{story}")
        if self.product.tracking == "serial":
            used_up = self._used_up_lots()
            for lot in self.env["stock.lot"].search([("product_id", "=", self.product.id)]):
                self._same(sum(lot.quant_ids.filtered(lambda q: q.location_id.usage != "production").mapped("quantity")),
                           0.0 if lot in used_up else 1.0, f"serial {lot.name} is not in exactly one place\n{story}")

    def _used_up_lots(self):
        """Serials that became something else."""
        return self.env["stock.lot"].browse(
            lot for disposition, account in self.dispositions._accounts().items()
            if ways.is_used_up(disposition.work) for lot in account.final if lot)

    def _assert_dispositions_are_covered(self, story):
        for disposition in self.dispositions:
            self.assertLessEqual(disposition.done_qty, disposition.quantity + 1e-6,
                                 f"{disposition.name}: more done than planned\n{story}")
            self.assertLessEqual(disposition.done_qty, disposition.worked_qty + disposition.quantity,
                                 f"{disposition.name}\n{story}")

    def _assert_quarantine_is_explained(self, story):
        quants = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id.cx_warehouse_id", "=", self.warehouse.id)])
        self._same(sum(quants.mapped("quantity")), sum(self.rma_lines.mapped("quarantine_qty")),
                   f"the quants of quarantine are not those of the RMA lines\n{story}")

    def _assert_nothing_comes_back_twice(self, story):
        for move in self.rma_lines.origin_move_id:
            lines = self.rma_lines.filtered(lambda line, move=move: line.origin_move_id == move)
            promised = sum(
                max(line.quantity, line.received_qty)
                if line.rma_id.state in ("authorised", "receiving") else line.received_qty for line in lines)
            self.assertLessEqual(promised, move.quantity + 1e-6, f"{move.reference}: more authorised than delivered\n{story}")

    def _assert_money_is_capped(self, story):
        for order_line in self.orders.order_line:
            credits = order_line.invoice_lines.filtered(
                lambda line: line.move_id.move_type == "out_refund" and line.parent_state != "cancel")
            invoiced = order_line.invoice_lines - credits
            self.assertLessEqual(sum(credits.mapped("quantity")), sum(
                invoiced.filtered(lambda line: line.parent_state == "posted").mapped("quantity")) + 1e-6,
                f"{order_line.display_name}: more credited than invoiced\n{story}")
        for move in self.orders.picking_ids.move_ids.filtered(lambda move: move.state == "done" and move.sale_line_id
                                                              and move.location_dest_id.usage == "customer"
                                                              and not move.cx_rma_line_id):
            settled = self.settlements.filtered(
                lambda s, move=move: s.origin_move_id == move and s.state not in ("refused", "cancelled"))
            back = self.dispositions.filtered(
                lambda d, move=move: d.rma_line_id.origin_move_id == move and d.destination == "customer"
                and d.work != "none")
            self.assertLessEqual(
                sum(s.quantity for s in settled if s.state != "proposed") + sum(back.mapped("done_qty")),
                move.quantity + 1e-6, f"{move.reference}: more made good than delivered\n{story}")

    def _assert_stock_is_untouched_until_release(self, story):
        released = sum(self.dispositions.filtered(
            lambda d: d.destination in ("stock", "reworked") and not ways.is_used_up(d.work)).mapped("done_qty"))
        for destination in ("discount", "internal", "sample"):
            place = self.warehouse[ways.DESTINATIONS[destination].location]
            quants = self.env["stock.quant"].search([
                ("product_id", "=", self.product.id), ("location_id", "child_of", place.id)])
            self._same(sum(quants.mapped("quantity")) + self._left(place), sum(self.dispositions.filtered(
                lambda d, destination=destination: d.destination == destination).mapped("done_qty")),
                f"{place.display_name} does not hold what was decided for it\n{story}")
        replaced = sum(self.settlements.filtered(lambda s: s.kind == "replacement").mapped("done_qty"))
        self._same(self.product.qty_available, self.on_hand_before + released - replaced,
                   f"on hand moved without a release or a replacement\n{story}")

    def _left(self, place):
        """What was sold or released out of a place where goods are kept apart."""
        lines = self.env["stock.move.line"].search([
            ("product_id", "=", self.product.id), ("state", "=", "done"), ("location_id", "child_of", place.id),
            "!", ("location_dest_id", "child_of", place.id)])
        return sum(lines.mapped("quantity_product_uom"))

    def _assert_values_agree(self, story):
        ours = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id.usage", "in", ("internal", "transit"))])
        self._same(sum(ours.mapped("value")), self.product.total_value,
                   f"the Locations report and the product's value differ\n{story}")
        customers_own = ours.filtered(lambda quant: quant.owner_id)
        self._same(sum(customers_own.mapped("value")), 0.0, f"the customer's goods have a value\n{story}")

    def _assert_nothing_is_lost_between_hands(self, story):
        """What changes its owner is out of the one's hands and in the other's."""
        hands = self.env["res.company"].search([]).cx_owner_change_location_id
        quants = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id", "in", hands.ids)])
        self._same(sum(quants.mapped("quantity")), 0.0, f"goods stand between two owners\n{story}")

    def _assert_order_is_quiet(self, story):
        for line in self.orders.order_line:
            self._same(line.qty_to_invoice, 0.0, f"{line.order_id.name} wants to invoice again\n{story}")
        self.assertEqual(len(self.orders.order_line), len(self.orders), f"an order got another line\n{story}")

    def _assert_kept_apart_is_explained(self, story):
        """What stands apart came there by a disposition, and less of it is there by what was sold or released."""
        for role in ("discount", "internal", "sample"):
            standing = sum(self.env["stock.quant"].search([
                ("product_id", "=", self.product.id), ("location_id.cx_apart_role", "=", role)]).mapped("quantity"))
            brought = sum(self.dispositions.filtered(lambda d, role=role: d.destination == role).mapped("done_qty"))
            left = sum(self.env["stock.move.line"].search([
                ("product_id", "=", self.product.id), ("state", "=", "done"), ("location_id.cx_apart_role", "=", role),
                ("location_dest_id.cx_apart_role", "!=", role)]).mapped("quantity_product_uom"))
            self._same(standing, brought - left, f"{role}: what stands apart is not what was brought there\n{story}")
