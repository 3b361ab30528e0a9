from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestRma(ReturnsCommon):

    def setUp(self):
        super().setUp()
        self.delivery = self._deliver(self.product, 12)

    def _codes(self, rma, verb="authorise"):
        return [blocker.code for blocker in rma._blockers(verb)]

    # what is refused

    def test_more_than_returnable_names_every_figure(self):
        """Twelve delivered, four came back by core's return, three are on another RMA: seven cannot come."""
        wizard = self.env["stock.return.picking"].create({"picking_id": self.delivery.picking_id.id})
        wizard.product_return_moves.quantity = 4
        self._receive(wizard._create_return())
        other = self._authorise(self.delivery, 3)
        rma = self._draft(self._complain(self.delivery, 7))
        self.assertEqual(rma.line_ids.returnable_qty, 5.0)
        self.assertEqual(self._codes(rma), ["above_returnable"])
        with self.assertRaises(UserError) as refused:
            self._as("cx_sales", rma).action_authorise()
        self.assertIn("7 Units of Cx Pump asked back, 5 can be: 12 delivered, 7 came back or are on the way",
                      str(refused.exception))
        self.assertIn("Lower the quantity", str(refused.exception))
        self.assertIn("asked back", rma.blocker_html, "shown before the click")
        self.assertFalse(rma.picking_ids)
        other.action_cancel()
        rma.invalidate_recordset()
        self.assertEqual(self._codes(rma), [], "what was called off may come back again")

    def test_two_lines_of_one_delivery_share_its_cap(self):
        """Five and four of eight left: neither RMA may take what both together exceed, in one click or in two."""
        self._authorise(self.delivery, 4)
        rmas = self._draft(self._complain(self.delivery, 5)) | self._draft(self._complain(self.delivery, 4))
        self.assertEqual([self._codes(rma) for rma in rmas], [[], []])
        with self.assertRaisesRegex(UserError, "9 Units of Cx Pump asked back, 8 can be"):
            rmas.action_authorise()
        self.assertEqual(set(rmas.mapped("state")), {"draft"})
        rmas[0].action_authorise()
        rmas.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "4 Units of Cx Pump asked back, 3 can be"):
            rmas[1].action_authorise()

    def test_promised_elsewhere_counts_until_closed_short(self):
        """A receipt that the warehouse cancelled leaves the promise; closing it short frees the units."""
        first = self._authorise(self.delivery, 10)
        self._as("stock_only", first.picking_ids).action_cancel()
        rma = self._draft(self._complain(self.delivery, 3))
        with self.assertRaisesRegex(UserError, f"10 are on {first.name}"):
            rma.action_authorise()
        self._as("cx_service", first.line_ids).action_close_short("Lost in transit")
        self.assertEqual(first.state, "done")
        rma.invalidate_recordset()
        rma.action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_goods_without_origin_are_an_own_right_with_a_reason(self):
        """Nobody knows the delivery: refused without reason, refused without the right, authorised with both.

        [S2.18-2]
        """
        other = self._create_product("Cx Unknown")
        rma = self._draft(self._complain(other, 2))
        line = rma.line_ids
        self.assertFalse(line.origin_move_id)
        self.assertEqual(self._codes(self._as("cx_service", rma)), ["no_origin_reason", "no_origin_right"])
        line.no_origin_reason = "Bought before we kept records"
        with self.assertRaisesRegex(UserError, "ask somebody who may authorise returns without origin"):
            self._as("cx_service", rma).action_authorise()
        self._as("cx_manager", rma).action_authorise()
        self.assertEqual(rma.picking_ids.move_ids.product_uom_qty, 2.0)

    def test_goods_of_another_customer(self):
        stranger = self.env["res.partner"].create({"name": "Stranger", "is_company": True})
        rma = self._draft(self._complain(self.delivery, 1))
        rma.partner_id = stranger
        self.assertEqual(self._codes(rma), ["other_customer", "delivered_to_other"])
        with self.assertRaisesRegex(UserError, "went to Cx Customer, not to Stranger"):
            rma.action_authorise()

    def test_lot_that_this_delivery_did_not_bring(self):
        product = self._create_product("Lot Pump", tracking="lot")
        ours, theirs = self._create_lots(product, "L1", "L2")
        rma = self._draft(self._complain(self._deliver(product, 5, lots={ours: 5}), 2))
        rma.line_ids.lot_ids = theirs
        self.assertEqual(self._codes(rma), ["lot_not_delivered"])

    def test_lines_of_another_product_or_company_do_not_fit(self):
        rma = self._draft(self._complain(self.delivery, 1))
        with self.assertRaisesRegex(ValidationError, "must be of Cx Pump"):
            rma.line_ids.origin_move_id = self._deliver(self._create_product("Other"), 1)
        foreign = self.env["stock.warehouse"].create({
            "name": "Foreign", "code": "FOR", "company_id": self.env["res.company"].create({"name": "Cx Sister"}).id})
        with self.assertRaises(UserError):
            rma.warehouse_id = foreign

    def test_what_is_authorised_is_not_changed(self):
        """Quantity, goods and owner stay as signed; redrafting is the way."""
        rma = self._authorise(self.delivery, 3)
        line = self._as("cx_service", rma.line_ids)
        for change in ({"quantity": 5}, {"goods_owner": "customer"}, {"origin_move_id": False}):
            with self.subTest(change=change), self.assertRaisesRegex(UserError, "Cancel it and set it back to draft"):
                line.write(change)
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            self._as("cx_service", rma).unlink()
        with self.assertRaises(UserError):
            self._as("cx_service", rma).line_ids = [(0, 0, {
                "complaint_line_id": line.complaint_line_id.id, "product_id": self.product.id})]

    def test_nobody_writes_a_decision_by_hand(self):
        rma = self._as("cx_manager", self._draft(self._complain(self.delivery, 1)))
        for vals in ({"decision": "authorised"}, {"authorised_on": fields.Datetime.now()}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                rma.write(vals)
        with self.assertRaises(AccessError):
            rma.create({"partner_id": self.customer.id, "decision": "authorised"})

    def test_verbs_belong_to_their_groups(self):
        rma = self._draft(self._complain(self.delivery, 1))
        for login in ("cx_quality", "cx_warehouse", "cx_finance", "cx_employee", "stock_only"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, rma).action_authorise()
        self.assertFalse(rma.picking_ids)

    def test_pressed_twice_expects_once(self):
        rma = self._authorise(self.delivery, 3)
        with self.assertRaisesRegex(UserError, "It is Authorised"):
            rma.action_authorise()
        with self.assertRaisesRegex(UserError, "stands on an open receipt"):
            rma.action_expect()
        self.assertEqual(len(rma.picking_ids.move_ids), 1)

    # how it goes

    def test_from_case_to_closed_return(self):
        """Drafted from the case by its button, submitted, distributed, authorised, told, shipped; each with its date.

        [S2.01-12] [S2.05-20] [S2.02-19]
        """
        line = self._complain(self.delivery, 3)
        line.complaint_id.demand = "New pumps"
        rma = self._as("cx_service", self._draft(line, limit_date="2030-01-31"))
        self.assertEqual((rma.state, rma.requirement), ("draft", "New pumps"))
        self.assertTrue(rma.name.startswith("TOP-"))
        self.assertEqual(rma.return_number, "/")
        rma.action_submit()
        rma.action_distribute()
        self.assertTrue(rma.submitted_on and rma.distributed_on)
        rma.action_authorise()
        self.assertTrue(rma.return_number.startswith("TQA-"))
        self.assertEqual(rma.authorised_by_id, self.users_by_login["cx_service"])
        self.assertEqual(rma.expiry_date, fields.Date.context_today(rma) + timedelta(days=60))
        rma.action_tell_customer()
        mail = rma.message_ids.filtered(lambda message: message.partner_ids == self.customer)
        self.assertIn(rma.return_number, mail.subject)
        self.assertIn("3 Units", mail.body)
        rma.action_ship("Swift Parcel", "SP-1")
        self.assertEqual((rma.carrier_name, rma.tracking_number), ("Swift Parcel", "SP-1"))
        self.assertEqual(rma.state, "authorised")
        self.assertIn(rma, self.env["cx.rma"].search([("display_name", "ilike", rma.return_number)]))

    def test_customer_without_address_is_not_told(self):
        self.customer.email = False
        rma = self._authorise(self.delivery, 1)
        with self.assertRaisesRegex(UserError, "has no e-mail address"):
            rma.action_tell_customer()
        self.assertFalse(rma.customer_told_on)

    def test_refused_with_its_reason_and_redrafted(self):
        rma = self._as("cx_sales", self._draft(self._complain(self.delivery, 3)))
        action = rma.action_refuse()
        wizard = self.env[action["res_model"]].with_user(self.users_by_login["cx_sales"]).with_context(
            **action["context"]).create({"reason": "Out of warranty"})
        wizard.action_confirm()
        self.assertEqual((rma.state, rma.refusal_reason), ("refused", "Out of warranty"))
        rma.action_redraft()
        self.assertEqual((rma.state, rma.refusal_reason), ("draft", False))
        rma.action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_cancelled_calls_the_receipt_off_and_comes_back(self):
        rma = self._authorise(self.delivery, 3)
        number, receipt = rma.return_number, rma.picking_ids
        rma.action_cancel()
        self.assertEqual((rma.state, receipt.state), ("cancelled", "cancel"))
        rma.action_redraft()
        rma.action_authorise()
        self.assertEqual(rma.return_number, number, "the goods keep their number")
        self.assertEqual((rma.picking_ids - receipt).move_ids.product_uom_qty, 3.0)

    def test_unused_authorisations_expire(self):
        """Over night expires what nobody used; what is shipped, came, or has a later day stays."""
        rmas = self.env["cx.rma"].concat(*[self._authorise(self.delivery, 1) for _number in range(4)])
        unused, later, shipped, came = rmas
        rmas.expiry_date = fields.Date.context_today(rmas) - timedelta(days=1)
        later.expiry_date = fields.Date.context_today(rmas)
        shipped.action_ship()
        self._receive(came.picking_ids)
        with self.enter_registry_test_mode():
            self.env.ref("cx_complaint.cron_rma_expire").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(rmas.mapped("state"), ["expired", "authorised", "authorised", "received"])
        self.assertEqual(unused.picking_ids.state, "cancel")
        self.assertEqual(unused.line_ids.returnable_qty, 9.0)

    def test_last_day_is_the_company_s(self):
        """In New York it is still the last day when it is tomorrow in Greenwich, by whose clock the job runs."""
        rma = self._authorise(self.delivery, 1)
        self.env.company.resource_calendar_id.tz = "America/New_York"
        rma.expiry_date = "2031-03-14"
        for now, state in (("2031-03-15 03:30:00", "authorised"), ("2031-03-15 04:30:00", "expired")):
            with freeze_time(now), self.enter_registry_test_mode():
                self.env.ref("cx_complaint.cron_rma_expire").method_direct_trigger()
            self.env.invalidate_all()
            self.assertEqual(rma.state, state, now)

    def test_authorisations_expire_in_batches(self):
        """What was done before the job is stopped stays done, and it goes on by itself."""
        rmas = self.env["cx.rma"].concat(*[self._authorise(self.delivery, 1) for _number in range(3)])
        rmas.expiry_date = fields.Date.today() - timedelta(days=3)
        with patch("odoo.addons.cx_complaint.models.returns.rma._BATCH", 2), \
                patch.object(self.registry["ir.cron"], "_commit_progress", autospec=True) as progress:
            for _run in range(2):
                self.env["cx.rma"]._cron_expire()
        self.assertEqual([(call.args[1], call.kwargs["remaining"]) for call in progress.call_args_list], [(2, 1), (1, 0)])
        self.assertEqual(set(rmas.mapped("state")), {"expired"})

    def test_lines_of_several_cases_and_split(self):
        """One parcel for two cases of a customer; one line is taken into an RMA of its own."""
        first, second = self._complain(self.delivery, 3), self._complain(self.delivery, 2)
        rma = self._draft(first, second)
        self.assertEqual(len(rma), 1)
        self.assertEqual(rma.complaint_ids, first.complaint_id | second.complaint_id)
        with self.assertRaisesRegex(UserError, "would be left without lines"):
            rma.line_ids.action_split()
        moved = rma.line_ids[1]
        action = self._as("cx_service", moved).action_split()
        self.assertEqual(action["res_id"], moved.rma_id.id)
        self.assertNotEqual(moved.rma_id, rma)
        self.assertEqual(len(rma.line_ids), 1)
        self.assertEqual(moved.rma_id.partner_id, rma.partner_id)

    def test_kind_says_whose_the_goods_are_and_how_they_are_numbered(self):
        """A repair is the customer's property all the way; a company's own number series wins. [S2.05-15]"""
        self.env["ir.sequence"].create({
            "name": "Own", "code": "cx.rma.return", "prefix": "OWN-", "company_id": self.env.company.id})
        rma = self._authorise(self.delivery, 1, return_decision="repair")
        self.assertEqual(rma.kind_id, self.kind_repair)
        self.assertEqual(rma.line_ids.goods_owner, "customer")
        self.assertTrue(rma.return_number.startswith("OWN-"))

    def test_drafting_again_asks_for_the_rest_only(self):
        line = self._complain(self.delivery, 3)
        rma = self._draft(line)
        self.assertFalse(self._draft(line), "nothing is asked for twice")
        line.quantity = 5
        self.assertEqual(self._draft(line).line_ids.quantity, 2.0)
        self.assertEqual(rma.line_ids.quantity, 3.0)

    def test_typed_in_by_hand(self):
        """From the form: customer, line of his case; product, delivery and what is returnable are proposed."""
        line = self._complain(self.delivery, 3)
        with Form(self._as("cx_service", self.env["cx.rma"])) as form:
            form.partner_id = self.customer
            with form.line_ids.new() as goods:
                goods.complaint_line_id = line
                self.assertEqual((goods.product_id, goods.quantity), (self.product, 3.0))
        rma = form.save()
        self.assertEqual(rma.line_ids.origin_move_id, self.delivery)
        self.assertEqual(rma.line_ids.returnable_qty, 12.0)
        rma.action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_nothing_to_come_back(self):
        """A case that needs no return drafts none. [S2.05-14]"""
        line = self._complain(self.delivery, 3, return_decision="none")
        self.assertFalse(line.complaint_id.is_return_decided, "the button is not shown")
        with self.assertRaisesRegex(UserError, "has no goods to come back"):
            line.complaint_id.action_create_rma()

    def test_a_line_over_three_deliveries_is_taken_back_oldest_first(self):
        """Ten of 4 + 4 + 4, of which two came back already: 2, 4 and 4."""
        product = self._create_product("Series")
        moves = [self._deliver(product, 4) for _number in range(3)]
        for age, move in enumerate(moves):
            move.date = fields.Datetime.now() - timedelta(days=10 - age)
        self._authorise(moves[0], 2)
        rma = self._draft(self._complain(product, 10))
        self.assertEqual([(line.origin_move_id, line.quantity) for line in rma.line_ids],
                         [(moves[0], 2.0), (moves[1], 4.0), (moves[2], 4.0)])

    def test_lots_find_the_delivery_that_brought_them(self):
        product = self._create_product("Lot Pump", tracking="lot")
        first, second = self._create_lots(product, "L1", "L2")
        self._deliver(product, 5, lots={first: 5})
        brought = self._deliver(product, 6, lots={first: 2, second: 4})
        rma = self._draft(self._complain(product, 4, lot_ids=[(6, 0, second.ids)]))
        self.assertEqual((rma.line_ids.origin_move_id, rma.line_ids.lot_ids), (brought, second))

    def test_units_of_the_line_are_those_of_the_customer(self):
        """He speaks of a dozen, the RMA of twelve."""
        line = self._complain(self.delivery, 0.5, product_uom_id=self.env.ref("uom.product_uom_dozen").id)
        self.assertEqual(self._draft(line).line_ids.quantity, 6.0)

    def test_other_company_keeps_its_own(self):
        company = self.env["res.company"].create({"name": "Cx Sister"})
        self.env.user.company_ids |= company
        complaint = self.env["cx.complaint"].with_company(company).create({
            "summary": "Broken", "partner_id": self.customer.id, "company_id": company.id,
            "line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1, "return_decision": "return"})]})
        complaint.action_create_rma()
        rma = complaint.line_ids.rma_line_ids.rma_id
        self.assertEqual((rma.company_id, rma.warehouse_id.company_id), (company, company))
        self.assertFalse(rma.line_ids.origin_move_id, "deliveries of another company are not its own")
        with self.assertRaises(AccessError):
            self._as("cx_service", rma).read(["name"])
