from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestCaseLines(CxCommon):
    """What a line may say, and how it finds the delivery behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_customer = cls.env["res.partner"].create({"name": "Cx Other", "is_company": True})
        cls.battery = cls._create_product("Cx Battery", tracking="lot")
        cls.meter = cls._create_product("Cx Meter", tracking="serial")
        cls.complaint = cls.env["cx.complaint"].create({"summary": "It fails", "partner_id": cls.customer.id})

    def _line(self, complaint=None, **vals):
        return self.env["cx.complaint.line"].create({
            "complaint_id": (complaint or self.complaint).id, "product_id": self.product.id, "quantity": 5, **vals})

    def _sell_lot(self, product, name, quantity, partner=None):
        """Deliver one lot to the partner; :return: lot and order."""
        lot = self.env["stock.lot"].search([("name", "=", name), ("product_id", "=", product.id)]) or (
            self._create_lots(product, name))
        self._put_in_stock(product, quantity, lots=lot)
        return lot, self._sell((product, quantity), partner=partner)

    # Bad input

    def test_impossible_quantities_are_refused(self):
        """Negative and huge: the sentence names the line and the field."""
        for name in ("quantity", "at_stock_qty", "in_transit_qty", "built_in_qty"):
            for value in (-1, 1e12):
                with self.subTest(name=name, value=value), self.assertRaisesRegex(
                    ValidationError, r"Cx Pump.*no possible quantity \("
                ):
                    self._line(**{name: value})
        for rate in (-1, 101):
            with self.subTest(rate=rate), self.assertRaisesRegex(ValidationError, "Enter 0 to 100"):
                self._line(defect_rate=rate)

    def test_the_places_are_not_more_than_the_claim(self):
        """Three in stock, two in transit and one built in are six, five are complained of. [S2.06-12]"""
        with self.assertRaisesRegex(ValidationError, r"6.0 Units stand.*3.0 in stock, 2.0 in transit, 1.0 built in.*5.0"):
            self._line(at_stock_qty=3, in_transit_qty=2, built_in_qty=1)
        line = self._line(at_stock_qty=3, in_transit_qty=2)
        with self.assertRaises(ValidationError):
            line.quantity = 4

    def test_a_unit_that_cannot_be_converted_is_refused(self):
        """Kilograms of something counted in pieces; a dozen is fine."""
        with self.assertRaisesRegex(ValidationError, "kg cannot be converted into Units"):
            self._line(product_uom_id=self.env.ref("uom.product_uom_kgm").id)
        dozen = self._line(product_uom_id=self.env.ref("uom.product_uom_dozen").id, quantity=2)
        self.assertEqual(dozen._get_product_quantity(), 24)

    def test_a_line_says_what_it_is_about(self):
        """A product, or words; any product of the company and any subject may be complained of. [S0-2a] [S2.16-2]"""
        for name in (False, "  "):
            with self.subTest(name=name), self.assertRaisesRegex(ValidationError, "names a product, or says in words"):
                self._line(product_id=False, name=name)
        self.assertEqual(self._line(product_id=False, name="Rude driver").display_name.split("· ")[1], "Rude driver")
        service = self.env["product.product"].create({"name": "Installation", "type": "service"})
        self.assertTrue(self._line(product_id=service.id))

    def test_a_lot_belongs_to_the_product(self):
        """A battery's lot on a line of pumps is refused, naming both."""
        lot = self._create_lots(self.battery, "B-1")
        with self.assertRaisesRegex(ValidationError, "B-1 is a lot of Cx Battery, not of Cx Pump"):
            self._line(lot_ids=lot.ids)
        self.assertTrue(self._line(product_id=self.battery.id, lot_ids=lot.ids))

    def test_the_lot_of_another_customer_is_refused(self):
        """Delivered to somebody else only: refused by name; to both: a warning; to nobody: nothing. [S2.06-10]"""
        lot, _order = self._sell_lot(self.battery, "B-2", 4, partner=self.other_customer)
        with self.assertRaisesRegex(ValidationError, "B-2 was delivered to Cx Other only, not to Cx Customer"):
            self._line(product_id=self.battery.id, lot_ids=lot.ids)
        self._sell_lot(self.battery, "B-2", 3)
        line = self._line(product_id=self.battery.id, lot_ids=lot.ids)
        self.assertEqual(line.lot_warning, "B-2 was also delivered to Cx Other.")
        fresh = self._create_lots(self.battery, "B-3")
        line.lot_ids = fresh
        self.assertFalse(line.lot_warning)

    def test_the_customer_named_later_is_checked_as_well(self):
        """While the caller is unknown any lot may be noted; the wrong customer is refused afterwards."""
        lot, _order = self._sell_lot(self.battery, "B-4", 4, partner=self.other_customer)
        unknown = self.env["cx.complaint"].create({"summary": "?", "line_ids": [Command.create({
            "product_id": self.battery.id, "lot_ids": [Command.set(lot.ids)]})]})
        with self.assertRaisesRegex(ValidationError, "B-4 was delivered to Cx Other only"):
            unknown.partner_id = self.customer
        unknown.partner_id = self.other_customer

    def test_the_dealers_customer_may_hold_the_goods(self):
        """The dealer complains for his customer: what was shipped to that one directly is accepted. [S2.11-10]"""
        lot, _order = self._sell_lot(self.battery, "B-5", 4, partner=self.other_customer)
        self.complaint.end_customer_id = self.other_customer
        self.assertTrue(self._line(product_id=self.battery.id, lot_ids=lot.ids))

    def test_the_delivery_fits_product_and_customer(self):
        """A delivery of other goods, and one to somebody else, are refused by their numbers."""
        self._put_in_stock(self.product, 20)
        self._put_in_stock(self.battery, 5, lots=self._create_lots(self.battery, "B-6"))
        theirs = self._sell((self.product, 2), partner=self.other_customer)
        with self.assertRaisesRegex(ValidationError, "went to Cx Other, not to Cx Customer"):
            self._line(origin_move_id=theirs.order_line.move_ids.id)
        ours = self._sell((self.battery, 2))
        with self.assertRaisesRegex(ValidationError, "delivered Cx Battery. Choose the delivery of Cx Pump"):
            self._line(origin_move_id=ours.order_line.move_ids.id)
        with self.assertRaisesRegex(ValidationError, "sold Cx Battery. Choose the line of Cx Pump"):
            self._line(sale_line_id=ours.order_line.id)

    def test_records_of_another_company_are_refused(self):
        """A product, lot or delivery of a foreign company does not get onto the line."""
        company = self.env["res.company"].create({"name": "Cx Foreign"})
        product = self._create_product("Cx Foreign Pump", company_id=company.id)
        with self.assertRaisesRegex(UserError, "Cx Foreign Pump"):
            self._line(product_id=product.id)
        with self.assertRaises(UserError):
            self.complaint.department_id = self.env["cx.department"].create({
                "name": "Theirs", "function": "quality", "company_id": company.id})

    # Finding the delivery

    def test_a_lot_typed_in_finds_its_delivery(self):
        """Customer service types the number from the label: product, quantity, order, delivery, customer are filled.

        [S1-5.3.2B1] [S2.06-10]
        """
        lot, order = self._sell_lot(self.battery, "B-7", 4)
        complaint = self.env["cx.complaint"].create({"summary": "It fails"})
        with Form(self._as("cx_service", complaint)) as form:
            form.lot_text = " B-7 "
            self.assertFalse(form.lot_text)
        self.assertEqual(complaint.partner_id, self.customer)
        self.assertRecordValues(complaint.line_ids, [{
            "product_id": self.battery.id, "quantity": 4, "lot_ids": lot.ids, "sale_line_id": order.order_line.id,
            "origin_move_id": order.order_line.move_ids.id,
            "shipped_date": order.picking_ids.date_done.date()}])

    def test_a_serial_typed_in_takes_its_newest_delivery(self):
        """Delivered, returned by core's own wizard and delivered again: the second delivery counts."""
        serial, first = self._sell_lot(self.meter, "SN-1", 1)
        wizard = self.env["stock.return.picking"].with_context(
            active_id=first.picking_ids.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self._validate(back)
        second = self._sell((self.meter, 1))
        self.assertIsNone(self.complaint._add_line_by_lot("SN-1"))
        self.assertRecordValues(self.complaint.line_ids, [{
            "origin_move_id": second.order_line.move_ids.id, "quantity": 1, "lot_ids": serial.ids}])

    def test_a_number_that_leads_nowhere_says_why(self):
        """Never delivered; delivered to somebody else; the same number on two products."""
        self._sell_lot(self.battery, "B-8", 1, partner=self.other_customer)
        self.assertIn("No delivery of XX is known", self.complaint._add_line_by_lot("XX"))
        self.assertIn("B-8 went to Cx Other, not to Cx Customer", self.complaint._add_line_by_lot("B-8"))
        self._sell_lot(self.battery, "B-9", 1)
        self._sell_lot(self.meter, "B-9", 1)
        self.assertIn("several products: ", self.complaint._add_line_by_lot("B-9"))
        self.assertFalse(self.complaint.line_ids)

    def test_a_delivery_chosen_fills_the_line(self):
        """Product, quantity in the product's unit, lot and order line come from the delivery."""
        self._put_in_stock(self.product, 60)
        order = self._sell((self.product, 24))
        with Form(self._as("cx_service", self.complaint)) as form, form.line_ids.new() as line:
            line.origin_move_id = order.order_line.move_ids
            self.assertEqual(line.quantity, 24, "all that was delivered, until the customer says how many")
            line.quantity = 2
        self.assertRecordValues(self.complaint.line_ids, [{
            "product_id": self.product.id, "sale_line_id": order.order_line.id, "quantity": 2,
            "product_uom_id": self.product.uom_id.id, "shipped_date": order.picking_ids.date_done.date()}])

    def test_a_kit_is_complained_of_by_its_components(self):
        """The kit's line takes lots and deliveries of its components; a foreign product is still refused."""
        kit = self._create_product("Cx Set", is_storable=False)
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                Command.create({"product_id": self.battery.id, "product_qty": 2}),
                Command.create({"product_id": self.product.id, "product_qty": 1})]})
        lot = self._create_lots(self.battery, "B-10")
        self._put_in_stock(self.battery, 10, lots=lot)
        self._put_in_stock(self.product, 10)
        order = self._sell((kit, 2))
        move = order.order_line.move_ids.filtered(lambda m: m.product_id == self.battery)
        whole = self._line(product_id=kit.id, quantity=1, sale_line_id=order.order_line.id, lot_ids=lot.ids)
        self.assertTrue(whole)
        part = self._line(product_id=self.battery.id, quantity=1, sale_line_id=order.order_line.id,
                          origin_move_id=move.id, lot_ids=lot.ids)
        self.assertTrue(part)
        with self.assertRaisesRegex(ValidationError, "not of Cx Set"):
            whole.lot_ids = self._create_lots(self.meter, "SN-9")

    def test_a_line_with_documents_is_not_deleted(self):
        """What a settlement rests on stays; the sentence names it."""
        line = self._line()
        money = self.env["cx.settlement"].create({
            "complaint_line_id": line.id, "partner_id": self.customer.id, "kind": "allowance", "amount": 5})
        with self.assertRaisesRegex(UserError, f"handled by {money.display_name}"):
            line.unlink()

    def test_copying_a_line_starts_it_anew(self):
        """What was answered for one case is not answered for the next."""
        line = self._line(is_answered=True, is_solved=True, answer="Sent")
        copied = self.complaint.copy().line_ids
        self.assertRecordValues(copied, [{
            "product_id": line.product_id.id, "quantity": 5, "is_answered": False, "is_solved": False,
            "answer": False}])
