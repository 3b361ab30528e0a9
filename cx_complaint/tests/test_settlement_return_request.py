from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestReturnRequest(SettlementCommon):
    """From the sales order, the delivery or the invoice to a submitted return in one dialog."""

    def _open(self, document, login="cx_sales"):
        """Press the button, as the user of this login; the dialog."""
        action = self._as(login, document).action_cx_return()
        return self.env[action["res_model"]].with_user(self.users_by_login[login]).browse(action["res_id"])

    def test_nothing_delivered(self):
        order = self._sell((self.product, 5.0), deliver=False)
        with self.assertRaisesRegex(UserError, "has delivered nothing yet"):
            self._open(order)

    def test_only_who_registers_returns(self):
        """Who only sells, stores or keeps the books gets no dialog."""
        order = self._sell_and_invoice(5.0)
        for login in ("sales_only", "stock_only", "account_only", "cx_warehouse"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._open(order.picking_ids, login)

    def test_nothing_chosen(self):
        request = self._open(self._sell((self.product, 5.0)))
        with self.assertRaisesRegex(UserError, "press “All”"):
            request.action_submit()
        self.assertFalse(request.complaint_id)

    def test_more_than_can_come_back(self):
        """Both figures are named."""
        request = self._open(self._sell((self.product, 5.0)))
        request.line_ids.quantity = 6.0
        with self.assertRaisesRegex(UserError, r"6\.0 Units are to come back, 5\.0 Units can"):
            request.action_submit()

    def test_whole_order_in_three_presses(self):
        """Button, All, Submit: a complaint with its line and an RMA waiting to be authorised."""
        other = self._create_product("Cx Valve")
        self._put_in_stock(other, 10)
        order = self._sell((self.product, 5.0), (other, 3.0))
        request = self._open(order)
        self.assertEqual(request.line_ids.mapped("returnable_qty"), [5.0, 3.0])
        request.action_all()
        action = request.action_submit()
        rma = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual((rma._name, rma.state), ("cx.rma", "submitted"))
        self.assertEqual(rma.partner_id, self.customer)
        self.assertEqual(rma.line_ids.mapped("quantity"), [5.0, 3.0])
        self.assertEqual(rma.line_ids.origin_move_id, order.picking_ids.move_ids)
        self.assertEqual(rma.line_ids.complaint_id, request.complaint_id)
        self.assertEqual(request.complaint_id.line_ids.sale_line_id, order.order_line)
        self.assertEqual(order.cx_complaint_count, 1)

    def test_pressed_twice(self):
        """A double click opens the same RMA again."""
        request = self._open(self._sell((self.product, 5.0)))
        request.action_all()
        self.assertEqual(request.action_submit(), request.action_submit())
        self.assertEqual(len(request.complaint_id.line_ids.rma_line_ids), 1)

    def test_form_as_salesman(self):
        """The salesman enters defect, wish and kind; read back, the complaint starts confirmed.

        [S2.02-17] [S2.02-18]
        """
        self.customer.phone = "+1 555 0100"
        kind = self.env.ref("cx_complaint.rma_kind_repair")
        request = self._open(self._sell((self.product, 5.0)))
        with Form(request) as form:
            form.kind_id = kind
            form.wish = "repair"
            form.return_decision = "repair"
            form.is_read_back = True
            with form.line_ids.edit(0) as line:
                line.quantity = 2.0
                line.defect_id = self.env.ref("cx_complaint.defect_function")
                line.name = "Does not start"
        request.action_submit()
        complaint = request.complaint_id
        self.assertEqual(complaint.state, "confirmed")
        self.assertEqual(complaint.line_ids.wish, "repair")
        self.assertEqual(complaint.line_ids.return_decision, "repair")
        self.assertEqual(complaint.line_ids.defect_id.code, "function")
        self.assertEqual(request.rma_id.kind_id, kind)
        self.assertEqual(request.rma_id.line_ids.goods_owner, "customer")
        self.assertEqual(request.rma_id.line_ids.quantity, 2.0)

    def test_complaint_without_return(self):
        """What stays with the customer is a complaint only; more than can come back may be complained of."""
        request = self._open(self._sell((self.product, 5.0)))
        request.return_decision = "none"
        request.line_ids.quantity = 5.0
        self.assertEqual(request.line_ids.return_decision, "none")
        action = request.action_submit()
        self.assertEqual(action["res_model"], "cx.complaint")
        self.assertFalse(request.rma_id)

    def test_what_is_on_its_way_is_not_offered_again(self):
        """Two on an authorised RMA: three are offered next time."""
        order = self._sell((self.product, 5.0))
        request = self._open(order)
        request.line_ids.quantity = 2.0
        request.action_submit()
        request.rma_id.action_authorise()
        self.assertEqual(self._open(order).line_ids.returnable_qty, 3.0)

    def test_from_delivery_and_from_invoice(self):
        """The delivery offers what it brought, the invoice what its order lines brought."""
        order = self._sell((self.product, 5.0), deliver=False)
        self._validate(order.picking_ids, {self.product: 2.0})
        first = order.picking_ids.filtered(lambda picking: picking.state == "done")
        self._validate(order.picking_ids - first)
        invoice = self._invoice(order)
        self.assertEqual(self._open(first, "cx_service").line_ids.delivered_qty, 2.0)
        for document in (invoice, order):
            request = self._open(document)
            self.assertEqual((request.line_ids.delivered_qty, request.line_ids.returnable_qty), (5.0, 5.0))
        request.action_all()
        request.action_submit()
        self.assertEqual(request.rma_id.line_ids.mapped("quantity"), [2.0, 3.0])

    def test_kit_as_kit(self):
        """A kit is one line of the dialog and of the complaint; its parts come back."""
        kit = self._create_product("Cx Kit", is_storable=False)
        screw, plate = self._create_product("Cx Screw"), self._create_product("Cx Plate")
        for part in (screw, plate):
            self._put_in_stock(part, 50)
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom",
            "bom_line_ids": [Command.create({"product_id": screw.id, "product_qty": 2.0}),
                             Command.create({"product_id": plate.id, "product_qty": 1.0})]})
        order = self._sell((kit, 3.0))
        for document in (order, order.picking_ids):
            request = self._open(document)
            self.assertEqual(request.line_ids.product_id, kit)
            self.assertEqual((request.line_ids.delivered_qty, request.line_ids.returnable_qty), (3.0, 3.0))
        request.line_ids.quantity = 2.0
        request.action_submit()
        self.assertEqual(request.complaint_id.line_ids.product_id, kit)
        self.assertEqual(
            {line.product_id: line.quantity for line in request.rma_id.line_ids}, {screw: 4.0, plate: 2.0})

    def test_serial_numbers(self):
        """The delivered serials are offered; choosing them sets the quantity."""
        product = self._create_product("Cx Drive", tracking="serial")
        lots = self._create_lots(product, "D1", "D2", "D3")
        self._put_in_stock(product, 3, lots)
        order = self._sell((product, 2.0))
        request = self._open(order)
        delivered = order.picking_ids.move_line_ids.lot_id
        self.assertEqual(request.line_ids.delivered_lot_ids, delivered)
        with Form(request) as form, form.line_ids.edit(0) as line:
            line.lot_ids.add(delivered[0])
            self.assertEqual(line.quantity, 1.0)
        request.action_submit()
        self.assertEqual(request.rma_id.line_ids.lot_ids, delivered[0])
        self.assertEqual(request.rma_id.line_ids.quantity, 1.0)

    def test_return_exchange_and_compensation(self):
        """Of five, two come back, one is exchanged, one credited, 15 are paid: each its own record. [S2.11-6]"""
        order = self._sell_and_invoice(5.0)
        request = self._open(order)
        request.line_ids.quantity = 2.0
        request.action_submit()
        line = request.complaint_id.line_ids
        exchange = self._propose(line, "replacement", quantity=1.0)
        credit = self._propose(line, "credit", quantity=1.0)
        compensation = self._as("cx_service", self.env["cx.settlement"]).create({
            "complaint_line_id": line.id, "kind": "allowance", "amount": 15.0}).with_env(self.env)
        settlements = exchange | credit | compensation
        self._approve(settlements)
        self._execute(settlements)
        self._validate(exchange.move_ids.picking_id)
        self._as("cx_finance", self._notes(settlements)).action_post()
        self.assertEqual(settlements.mapped("state"), ["done"] * 3)
        self.assertEqual(request.rma_id.state, "submitted")
        self._assert_order(order, delivered=4, invoiced=4)
        self._assert_nothing_to_invoice(order)
