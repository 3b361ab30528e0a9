import random
from collections import Counter

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..rules import ways
from .common import CxCommon
from .invariants import InvariantsMixin

STEPS = 60
ORDERED = 6
# how often each action is drawn; what lies deep in the flow more often, else most games end at the dock
WEIGHTS = {
    "complain": 1, "authorise": 2, "receive": 4, "dispose": 8, "execute": 8, "finish_rework": 8, "cancel_rework": 1,
    "release": 8, "move_out": 8, "close_short": 1, "smuggle": 1, "replace": 1, "credit": 2, "deliver_replacement": 3,
    "post_credit": 2, "delete_credit": 1, "take_over": 4, "give_back": 1, "fail": 4, "rework_lines": 1, "store": 2,
    "deduct": 2,
}
# what each kind of goods has to go through in one of its games at least, else the games prove little
EXPECTED = {"authorise", "receive", "dispose", "execute", "finish_rework", "credit"}


@tagged("post_install", "-at_install")
class TestFlowProperty(InvariantsMixin, CxCommon):
    """Whatever people do, in whatever order, the quantities of design and books hold after every single step.

    A step that the product refuses is a step as well: it must leave everything as it was. The draws are seeded, so a
    failure names the seed and the steps that led to it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.customer | cls.env["res.partner"].create({"name": "Cx Second Customer"})
        cls.vendor = cls.env["res.partner"].create({"name": "Cx Vendor"})
        cls.other_product = cls._create_product("Cx Other Product")
        cls.verdicts = cls.env["cx.verdict"].search([])

    def test_untracked_goods_survive_any_sequence_of_actions(self):
        """Sixty random actions on untracked goods, several seeds. [S2.01-1] [S2.05-2]"""
        self._play_all((1, 2, 3), "none")

    def test_lots_survive_any_sequence_of_actions(self):
        """Sixty random actions on goods tracked by lot."""
        self._play_all((11, 12), "lot")

    def test_serials_survive_any_sequence_of_actions(self):
        """Sixty random actions on goods tracked by serial number: each stands in exactly one place after each step."""
        self._play_all((21, 22), "serial")

    # the game

    def _play_all(self, seeds, tracking):
        done = sum((self._play(seed, tracking) for seed in seeds), Counter())
        self.assertLessEqual(EXPECTED, {name.removeprefix("_do_") for name in done}, "the games never came to these")

    def _play(self, seed, tracking):
        self.random = random.Random(seed)
        self._set_the_table(seed, tracking)
        actions = [getattr(self, f"_do_{name}") for name, weight in WEIGHTS.items() for _n in range(weight)]
        story, done = [], Counter()
        for step in range(STEPS):
            try:
                with self.env.cr.savepoint():
                    action, outcome = self._draw(actions)
            except (UserError, ValidationError) as refusal:
                outcome = f"refused: {str(refusal).splitlines()[0][:150]}"
                action = self.drawn
                self.assertGreater(len(str(refusal)), 20, f"seed {seed}: a refusal must explain itself")
            else:
                done[action.__name__] += 1
            story.append(f"{step}: {action.__name__[4:]}: {outcome}")
            self.env.invalidate_all()
            self._assert_invariants(f"seed {seed}:\n" + "\n".join(story))
        self.assertGreaterEqual(len(done), 6,
                                f"seed {seed} hardly did anything:\n" + "\n".join(story))
        return done

    def _draw(self, actions):
        """Draw actions until one finds something to do."""
        while True:
            self.drawn = self.random.choice(actions)
            if outcome := self.drawn():
                return self.drawn, outcome

    def _set_the_table(self, seed, tracking):
        self.product = self._create_product(f"Cx Random {tracking} {seed}", tracking, invoice_policy="delivery")
        lots = self.env["stock.lot"]
        if tracking == "serial":
            lots = self._create_lots(self.product, *[f"SN{seed}-{n}" for n in range(30)])
        elif tracking == "lot":
            lots = self._create_lots(self.product, *[f"L{seed}-{n}" for n in range(3)])
        self._put_in_stock(self.product, 30, lots=lots)
        self.orders = self.env["sale.order"]
        for customer in self.customers:
            self.orders |= self._sell((self.product, ORDERED), partner=customer)
        self.orders._create_invoices().action_post()
        self.on_hand_before = self.product.qty_available

    def _pick(self, records):
        return self.random.choice(list(records)) if records else records

    def _mostly(self, records, possible):
        """Usually those with which something can be done, sometimes any."""
        return (records.filtered(possible) or records) if self.random.random() < 0.85 else records

    def _amount(self, most):
        """Usually something possible, sometimes too much."""
        most = max(int(most), 1)
        return float(self.random.choice([1, 1, min(2, most), most, most, most + (self.random.random() < 0.3)]))

    @property
    def complaint_lines(self):
        return self.env["cx.complaint.line"].search([("product_id", "=", self.product.id)])

    @property
    def rma_lines(self):
        return self.env["cx.rma.line"].search([("product_id", "=", self.product.id)])

    @property
    def dispositions(self):
        return self.env["cx.disposition"].search([("product_id", "=", self.product.id)])

    @property
    def settlements(self):
        return self.env["cx.settlement"].search([("product_id", "=", self.product.id)])

    # what people do

    def _do_complain(self):
        order = self._pick(self.orders)
        move = self._pick(order.picking_ids.move_ids.filtered(lambda move: move.state == "done"))
        complaint = self.env["cx.complaint"].create({
            "partner_id": order.partner_id.id, "summary": "It does not run", "phone": "1",
            "line_ids": [(0, 0, {
                "product_id": self.product.id, "quantity": 2, "origin_move_id": move.id,
                "sale_line_id": move.sale_line_id.id, "return_decision": "return", "wish": "exchange",
            })],
        })
        return complaint.name

    def _do_authorise(self):
        returnable = self.env["cx.rma.line"]._returnable_of(self.complaint_lines.origin_move_id)
        line = self._pick(self._mostly(
            self.complaint_lines, lambda line: returnable[line.origin_move_id].left > 0))
        if not line:
            return None
        kind = self.env.ref(self.random.choice(["cx_complaint.rma_kind_return", "cx_complaint.rma_kind_repair"]))
        rma = self.env["cx.rma"].create({
            "partner_id": line.partner_id.id, "kind_id": kind.id, "warehouse_id": self.warehouse.id,
            "line_ids": [(0, 0, {
                "complaint_line_id": line.id, "product_id": self.product.id, "origin_move_id": line.origin_move_id.id,
                "quantity": self._amount(3),
            })],
        })
        rma.action_authorise()
        return f"{rma.name}: {rma.line_ids.quantity} of the {rma.line_ids.goods_owner}"

    def _do_receive(self):
        pickings = self.rma_lines.move_ids.picking_id.filtered(
            lambda picking: picking.picking_type_id == self.warehouse.cx_return_type_id
            and picking.state in ("confirmed", "assigned"))
        picking = self._pick(pickings)
        if not picking:
            return None
        for move in picking.move_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            counted = min(self._amount(move.product_uom_qty), move.product_uom_qty)
            if self.product.tracking == "none":
                move.quantity = counted
            else:
                self._scan(move, counted)
        picking.move_ids.picked = True
        picking.with_user(self.users_by_login["stock_only"]).with_context(skip_backorder=True).button_validate()
        return f"{picking.name}: {picking.move_ids.mapped('quantity')}"

    def _scan(self, move, counted):
        """The clerk scans what he counts: lots of the delivery that are still at the customer's."""
        delivered = move.cx_rma_line_id.origin_move_id.move_line_ids
        came_back = self.rma_lines.move_ids.filtered(lambda back: back.state == "done").move_line_ids.lot_id
        lots = delivered.lot_id
        move.move_line_ids.unlink()
        if self.product.tracking == "serial":
            lots = (lots - came_back)[:int(counted)]
            counted = 1.0
        move.move_line_ids = [
            (0, 0, {**move._prepare_move_line_vals(), "lot_id": lot.id, "quantity": counted, "picked": True})
            for lot in (lots if self.product.tracking == "serial" else self._pick(lots))
        ]

    def _do_dispose(self):
        line = self._pick(self._mostly(self.rma_lines.filtered("received_qty"), "undecided_qty"))
        if not line:
            return None
        work = self.random.choice(list(ways.WORKS))
        destination = self.random.choice(ways.destinations_after(work))
        if line.goods_owner == "customer":
            work, destination = self.random.choice(["none", "sort", "rework", "repair"]), "customer"
        quantity = self._amount(line.undecided_qty)
        lots = self._lots_in_quarantine(line)
        vals = {"rma_line_id": line.id, "quantity": quantity, "work": work, "destination": destination}
        if destination == "vendor":
            vals["vendor_id"] = self.vendor.id
        if work == "conversion":
            vals.update(output_product_id=self.other_product.id, output_qty=2)
        elif work == "dismantle":
            vals["component_ids"] = [(0, 0, {"product_id": self.other_product.id, "quantity": 3}),
                                     (0, 0, {"product_id": self.other_product.id, "fate": "scrap"})]
        if self.product.tracking == "serial":
            vals["lot_ids"] = [(6, 0, self.random.sample(lots.ids, min(int(quantity), len(lots))))]
        elif self.product.tracking == "lot":
            vals["lot_ids"] = [(6, 0, self._pick(lots).ids)]
        disposition = self.env["cx.disposition"].create(vals)
        self._as("cx_quality", disposition).action_approve()  # without the right to goodwill
        return f"{disposition.name}: {quantity} {work} {destination}"

    def _do_execute(self):
        disposition = self._pick(self.dispositions.filtered(lambda d: d.state in ("approved", "running")))
        if not disposition:
            return None
        disposition.action_execute()
        return disposition.name

    def _do_finish_rework(self):
        order = self._pick(self.dispositions.production_ids.filtered(lambda mo: mo.state not in ("done", "cancel")))
        if not order:
            return None
        order.qty_producing = order.product_qty
        order.move_raw_ids.picked = True
        order.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()
        return f"{order.name}: {order.state}"

    def _do_cancel_rework(self):
        order = self._pick(self.dispositions.production_ids.filtered(lambda mo: mo.state not in ("done", "cancel")))
        if not order:
            return None
        order.action_cancel()
        return order.name

    def _do_release(self):
        disposition = self._pick(self.dispositions.filtered(lambda d: d.worked_qty > d.done_qty))
        if not disposition:
            return None
        disposition.action_release()
        return disposition.name

    def _do_fail(self):
        """Of what came out of the work, some units pass and the others are decided anew."""
        disposition = self._pick(self.dispositions.filtered(lambda d: d.next_step == "release"))
        if not disposition:
            return None
        wizard = self.env["cx.disposition.release"].create({
            "disposition_id": disposition.id, "is_rest_failed": True, "rest_work": "none",
            "rest_destination": "customer" if disposition.goods_owner == "customer" else "scrap"})
        if self.product.tracking == "serial":
            wizard.lot_ids = wizard.waiting_lot_ids[:self.random.randint(0, len(wizard.waiting_lot_ids))]
        else:
            wizard.quantity = self._amount(wizard.waiting_qty)
        wizard.action_release()
        return f"{disposition.name}: {wizard.quantity} passed, {wizard.rest_qty} failed"

    def _do_rework_lines(self):
        """Whatever nobody decided about goes to rework."""
        lines = self.rma_lines.filtered(lambda line: line.undecided_qty and line.goods_owner == "company")
        if not lines:
            return None
        lines.action_rework()
        return f"{len(lines)} lines"

    def _do_move_out(self):
        picking = self._pick(self.dispositions.move_ids.picking_id.filtered(
            lambda picking: picking.state in ("confirmed", "assigned")))
        if not picking:
            return None
        picking.with_user(self.users_by_login["stock_only"]).with_context(skip_backorder=True).button_validate()
        return f"{picking.name}: {picking.state}"

    def _do_close_short(self):
        disposition = self._pick(self.dispositions.filtered(lambda d: d.state in ("approved", "running")))
        if not disposition:
            return None
        disposition.action_close_short()
        return disposition.name

    def _do_smuggle(self):
        """A stock user tries to scrap goods out of quarantine with core's own screen."""
        location = self.warehouse.cx_returns_loc_id
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.product.id), ("location_id", "=", location.id)])
        if not quants:
            return
        lot = self._pick(quants).lot_id
        scrap = self.env["stock.scrap"].with_user(self.users_by_login["stock_only"]).create({
            "product_id": self.product.id, "scrap_qty": 1, "location_id": location.id, "lot_id": lot[:1].id})
        scrap.do_scrap()
        self.fail("goods left quarantine without a disposition")

    def _do_replace(self):
        return self._settle("replacement")

    def _do_credit(self):
        return self._settle("credit")

    def _settle(self, kind):
        line = self._pick(self.complaint_lines)
        if not line:
            return None
        invoice_line = line.sale_line_id.invoice_lines.filtered(lambda inv: inv.move_id.move_type == "out_invoice")
        settlement = self.env["cx.settlement"].create({
            "complaint_line_id": line.id, "partner_id": line.partner_id.id, "kind": kind,
            "product_id": self.product.id, "quantity": self._amount(ORDERED), "origin_move_id": line.origin_move_id.id,
            "sale_line_id": line.sale_line_id.id, "warehouse_id": self.warehouse.id,
            "invoice_line_id": invoice_line[:1].id if kind == "credit" else False,
        })
        settlement.action_approve()
        settlement.action_execute()
        return f"{settlement.name}: {kind} {settlement.quantity}"

    def _do_take_over(self):
        settlement = self._pick(self.settlements.filtered("is_to_take_over"))
        if not settlement:
            return None
        stand = self.rma_lines._standing_by_owner()
        his = [lot.id for line in self.rma_lines for _location, lot in stand[line]["customer"] if lot]
        settlement.take_over_lot_ids = [(6, 0, self.random.sample(his, min(len(his), 2)))]
        settlement.action_take_over()
        return f"{settlement.name}: {settlement.taken_over_qty} became ours"

    def _do_deduct(self):
        """The customer kept the price of what stands here of his: accepted, it is ours."""
        line = self._pick(self.rma_lines.filtered(lambda line: line.goods_owner == "customer" and line.received_qty))
        if not line:
            return None
        claim = line.complaint_line_id
        before = claim.settlement_ids
        claim.action_propose_deduction()
        settlement = claim.settlement_ids - before
        if not settlement:
            return None
        settlement.write({"quantity": 1.0, "debit_note_number": "DN", "debit_note_amount": 20.0})
        settlement.action_approve()
        settlement.action_execute()
        return f"{settlement.name}: {settlement.taken_over_qty} became ours"

    def _do_store(self):
        """Goods are put elsewhere within quarantine: the transfer waits for a clerk, who may never come."""
        line = self._pick(self.rma_lines.filtered("quarantine_qty"))
        store = self._pick(self.rma_lines._open_store_moves().picking_id)
        if store:
            store.with_user(self.users_by_login["stock_only"]).with_context(skip_backorder=True).button_validate()
            return f"{store.name}: {store.state}"
        store = line and line._store(self.warehouse.cx_aftersales_loc_id)
        return store and store.name

    def _do_give_back(self):
        settlement = self._pick(self.settlements.filtered("taken_over_on"))
        if not settlement:
            return None
        settlement.action_give_back()
        return settlement.name

    def _do_deliver_replacement(self):
        picking = self._pick(self.settlements.move_ids.picking_id.filtered(
            lambda picking: picking.state in ("confirmed", "assigned")))
        if not picking:
            return None
        picking.action_assign()
        picking.with_user(self.users_by_login["stock_only"]).with_context(skip_backorder=True).button_validate()
        return f"{picking.name}: {picking.state}"

    def _do_post_credit(self):
        return self._with_draft_credit("action_post")

    def _do_delete_credit(self):
        return self._with_draft_credit("unlink")

    def _with_draft_credit(self, method):
        note = self._pick(self.settlements.credit_line_ids.move_id.filtered(lambda move: move.state == "draft"))
        if not note:
            return None
        name = note.display_name
        getattr(note, method)()
        return name

    def _lots_in_quarantine(self, line):
        return line.move_ids.filtered(lambda move: move.state == "done").move_line_ids.lot_id.filtered(
            lambda lot: any(quant.location_id.cx_warehouse_id and quant.quantity > 0 for quant in lot.quant_ids))
