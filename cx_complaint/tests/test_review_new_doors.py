from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from . import house
from .after_common import AfterCommon
from .quality_common import QualityCommon
from .rework_common import ReworkCommon
from .samples import CxSamples
from .settlement_common import SettlementCommon
from .test_returns_customs import CustomsCommon


@tagged("post_install", "-at_install")
class TestReviewQualityDoors(QualityCommon):
    """What people may not write on findings, questions and goods that stay, whatever client they use."""

    def _negotiate(self):
        line = self._receive_goods(self.product, 10)
        inspection = self._inspect(line, (self.user_damage, 3))
        inspection.action_finish()
        return line, inspection.negotiation_ids.with_env(self.env)

    def test_units_that_wait_are_told_by_the_finding(self):
        """Who negotiates does not lower what waits: the units would be scrapped before the customer answered."""
        line, negotiation = self._negotiate()
        mine = self._as("cx_sales", negotiation)
        for vals in ({"quantity": 0.01}, {"kind": "concession"}, {"lot_ids": [Command.clear()]}):
            with self.assertRaises(AccessError):
                mine.write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._as("cx_manager", negotiation).unlink()
        scrap = self.env["cx.disposition"].create({"rma_line_id": line.id, "quantity": 8, "destination": "scrap"})
        self.assertIn("waits_for_customer", self._codes(scrap, "approve"))

    def test_finding_of_a_decision_is_not_changed(self):
        """Which finding proposed a decision is not written by hand: the negotiation about it would forget it."""
        line, negotiation = self._negotiate()
        goods = self.env["cx.disposition"].create({"rma_line_id": line.id, "quantity": 1})
        for login in ("cx_quality", "cx_warehouse"):
            with self.assertRaises(AccessError):
                self._as(login, goods).inspection_line_id = negotiation.inspection_line_id

    def test_employees_ask_no_question_about_a_return(self):
        """An open question stops a return: nobody asks it who has nothing to do with returns."""
        rma = self._draft(self._complain(self._deliver(self.product, 2), 2))
        contacts = self._as("cx_employee", self.env["cx.contact"])
        vals = {"kind": "question", "summary": "Why?", "partner_id": self.customer.id}
        with self.assertRaises(AccessError):
            contacts.create({**vals, "rma_id": rma.id, "is_reason_asked": True})
        with self.assertRaises(AccessError):
            contacts.with_context(default_rma_id=rma.id).create(vals)
        self.assertNotIn("waits_for_customer", self._codes(rma, "authorise"))

    def test_answer_belongs_to_an_open_question(self):
        """The dialog enters the answer to an open question of a return, and into no other contact."""
        call = self.env["cx.contact"].create({"summary": "Called", "partner_id": self.customer.id})
        dialog = self._as("cx_quality", self.env["cx.rma.answer"]).create({"question_id": call.id, "answer": "Forged"})
        with self.assertRaises(UserError):
            dialog.action_answer()
        self.assertFalse(call.answer)

    def test_goods_left_stay_with_a_company_of_ones_own(self):
        """What stays at a customer is not moved to the case of a company that the user does not belong to."""
        left = self._as("cx_service", self.env["cx.left.goods"]).create({
            "complaint_line_id": self._complain(self._deliver(self.product, 2), 2).id, "quantity": 1})
        company = self.env["res.company"].create({"name": "Cx Elsewhere"})
        case = self.env["cx.complaint"].create({
            "summary": "Not yours", "company_id": company.id, "partner_id": self.customer.id,
            "line_ids": [Command.create({"product_id": self.product.id, "quantity": 5})]})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            left.complaint_line_id = case.line_ids.id
            self.env.flush_all()

    def test_report_names_who_proved(self):
        """A repair report is signed by who records it, not in the name of somebody else."""
        scheme = self._scheme()
        other = self.users_by_login["cx_quality"]
        vals = {"scheme_id": scheme.id, "unit": "1", "analysis": "Worn", "repair": "New one", "result": "passed"}
        reports = self._as("cx_engineering", self.env["cx.rework.proof"])
        with self.assertRaises(AccessError):
            reports.create({**vals, "proved_by_id": other.id})
        report = reports.create(vals)
        self.assertEqual(report.proved_by_id, self.users_by_login["cx_engineering"])
        with self.assertRaises(AccessError):
            report.proved_by_id = other

    def test_own_defaults_say_nothing_about_returned_goods(self):
        """Defaults that users keep for themselves neither receive goods nor decide a warranty."""
        service = self.users_by_login["cx_service"]
        defaults = self.env["ir.default"].with_user(service)
        for model, name, value in (
            ("cx.rma.line", "opening_received_qty", 2.0), ("cx.rma.line", "difference_answer", "accepted"),
            ("cx.rma.line", "content_mismatch", "None"), ("cx.rma.line", "promised_ours_qty", 2.0),
            ("cx.complaint.line", "warranty_override", "in"), ("cx.complaint.line", "fault", "ours"),
        ):
            defaults.set(model, name, value, user_id=True)
        move = self._deliver(self.product, 2)
        line = self._as("cx_service", self.env["cx.complaint.line"]).create({
            "complaint_id": self._complain(move, 1).complaint_id.id, "product_id": self.product.id, "quantity": 2})
        self.assertFalse(line.warranty_override or line.fault)
        rma_line = self._as("cx_service", self.env["cx.rma"]).create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id, "line_ids": [Command.create({
                "complaint_line_id": line.id, "product_id": self.product.id, "quantity": 2,
                "no_origin_reason": "Old"})]}).line_ids
        self.assertEqual(
            (rma_line.opening_received_qty, rma_line.difference_answer, rma_line.content_mismatch,
             rma_line.promised_ours_qty), (0.0, False, False, 0.0))
        for vals in ({"short_reason": "Gone"}, {"promised_ours_qty": 5.0}, {"taken_over_on": "2026-05-01"}):
            with self.assertRaises(AccessError):
                rma_line.write(vals)


@tagged("post_install", "-at_install")
class TestReviewPlanDoors(QualityCommon):
    """A plan says what the rate said, and what was proposed by it."""

    def _rated(self):
        self._put_in_stock(self.product, 50)
        line = self._receive_goods(self.product, 10)
        self._as("cx_sales", line.rma_id).is_replenishment_wanted = True
        self._inspect(line, (self.scrap, 1), mode="sample", sample_qty=2).action_finish()
        return line

    def test_plan_is_made_by_its_dialog(self):
        """Nobody writes a rate, a quantity or a replenishment into a plan."""
        line = self._rated()
        plans = self._as("cx_planning", self.env["cx.return.plan"])
        with self.assertRaises(AccessError):
            plans.create({"rma_line_id": line.id, "quantity": 999, "defect_rate": 1.0})
        dialog = self._as("cx_planning", self.env["cx.plan.rate"]).create({"rma_line_ids": [Command.set(line.ids)]})
        dialog.action_plan()
        plan = self._as("cx_planning", line.return_plan_ids)
        self.assertEqual(plan.create_uid, self.users_by_login["cx_planning"])
        for vals in ({"settlement_id": False}, {"quantity": 999.0}, {"defect_rate": 1.0}, {"good_qty": 10.0}):
            with self.assertRaises(AccessError):
                plan.write(vals)
        plan.rework_qty = 1.0

    def test_a_line_is_planned_once_in_a_dialog(self):
        """The same goods twice in a dialog: one plan, one replenishment, one sentence."""
        line = self._rated()
        dialog = self._as("cx_planning", self.env["cx.plan.rate"]).create({"rma_line_ids": [Command.set(line.ids)]})
        dialog.row_ids.copy()
        with self.assertRaisesRegex(UserError, "twice"), self.env.cr.savepoint():
            dialog.action_plan()
        self.assertFalse(line.return_plan_ids)

    def test_dialog_tells_nothing_of_other_companies(self):
        """The rate of goods of a company that is not the planner's is not told by the dialog."""
        company = self.env["res.company"].create({"name": "Cx Elsewhere"})
        stranger = new_test_user(
            self.env, "cx_stranger", groups="cx_complaint.group_planning,mrp.group_mrp_user",
            company_id=company.id, company_ids=[Command.set(company.ids)])
        line = self._rated()
        with self.assertRaises(AccessError):
            self.env["cx.plan.rate"].with_user(stranger).create({"rma_line_ids": [Command.set(line.ids)]})


@tagged("post_install", "-at_install")
class TestReviewGateDoors(ReworkCommon):
    """Quarantine is not opened by what a user keeps for himself."""

    def test_own_default_opens_no_quarantine(self):
        """A stock user whose own default says “change of owner” takes nothing out of quarantine."""
        self._come_back(self.product, 2)
        user = self.users_by_login["stock_only"]
        for name in ("cx_is_owner_change", "cx_is_sent_back"):
            self.env["ir.default"].with_user(user).set("stock.move", name, True, user_id=True)
        zone, stock = self.returns_zone, self.warehouse.lot_stock_id
        picking = self._as("stock_only", self.env["stock.picking"]).create({
            "picking_type_id": self.warehouse.int_type_id.id, "location_id": zone.id, "location_dest_id": stock.id,
            "move_ids": [Command.create({
                "product_id": self.product.id, "product_uom_qty": 2, "location_id": zone.id,
                "location_dest_id": stock.id})]})
        self.assertFalse(picking.move_ids.cx_is_owner_change or picking.move_ids.cx_is_sent_back)
        with self.assertRaises(UserError):
            picking.action_confirm()
            picking.move_ids.quantity = 2
            picking.move_ids.picked = True
            picking.button_validate()
        self.assertEqual(self._on_hand(self.product, zone), 2)

    def test_signed_reason_stays(self):
        """The reason that was signed is not rewritten after the approval: the signatures would be void."""
        template = self.env["cx.approval.template"].create({"name": "Scrap", "step_ids": [Command.create({
            "kind": "agreed", "role_id": self.env["cx.role"].create({
                "name": "Signs", "function": "quality",
                "user_ids": [Command.set(self.users_by_login["cx_finance"].ids)]}).id})]})
        self.env.company.cx_scrap_template_id = template
        line = self._come_back(self.product, 2)
        scrap = self._as("cx_quality", self._decide(line, 2, destination="scrap", approve=False, reason="Burnt"))
        scrap.action_apply()
        self._as("cx_finance", scrap).action_sign()
        self.assertEqual(scrap.state, "approved")
        for vals in ({"reason": "Other"}, {"destination": "customer"}, {"quantity": 1}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                scrap.write(vals)
        self.assertEqual(set(scrap.sudo().approval_ids.mapped("state")), {"signed"})


@tagged("post_install", "-at_install")
class TestReviewMoneyDoors(SettlementCommon):
    """What a settlement made is not claimed by hand."""

    def test_quotation_is_not_claimed(self):
        """An order that was confirmed for something else is not the agreed charge of a repair."""
        order = self._sell_and_invoice(5)
        charge = self._propose(self._complain(order, 1), "charge", labour_amount=50.0)
        self._approve(charge)
        for login in ("cx_service", "cx_sales"):
            for vals in ({"charge_order_id": order.id}, {"taken_over_on": "2026-05-01"},
                         {"ours_line_ids": [Command.clear()]}):
                with self.assertRaises(AccessError):
                    self._as(login, charge).write(vals)
        self.assertEqual(charge.state, "approved")


@tagged("post_install", "-at_install")
class TestReviewCustomsDoors(CustomsCommon):
    """What customs decided is not changed around."""

    def test_contract_of_a_return_comes_from_import_export(self):
        """Neither the action by which sales came nor a default of his own covers a return with a contract."""
        contract = self._contract(self._bonded(4))
        contract.action_grant()
        sales = self._as("cx_sales", self.env["cx.rma"])
        vals = {"partner_id": self.customer.id, "warehouse_id": self.warehouse.id}
        with self.assertRaises(AccessError):
            sales.with_context(default_customs_contract_id=contract.id).create(vals)
        self.env["ir.default"].with_user(self.users_by_login["cx_sales"]).set(
            "cx.rma", "customs_contract_id", contract.id, user_id=True)
        self.assertFalse(sales.create(vals).customs_contract_id)

    def test_goods_are_not_moved_into_a_granted_contract(self):
        """What customs granted does not grow by a line that another contract gives away."""
        granted = self._contract(self._bonded(4))
        granted.action_grant()
        other = self._create_product("Cx Other")
        draft = self._as("cx_trade", self.env["cx.customs.contract"]).create({
            "line_ids": [Command.create({"product_id": other.id, "quantity": 100})]})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            draft.line_ids.contract_id = granted
        self.assertEqual(granted.line_ids.product_id, self.product)


@tagged("post_install", "-at_install")
class TestReviewApartDoors(AfterCommon):
    """Prices are finance's; employees see what is offered and nothing of whose it was."""

    def test_only_finance_sets_the_price(self):
        """Who lists or sells an item does not price it."""
        item = self.env["cx.internal.sale.item"].create({"product_id": self.product.id, "price": 70.0})
        for login in ("cx_sales", "cx_quality"):
            with self.assertRaises(AccessError):
                self._as(login, item).price = 1.0
        self._as("cx_finance", item).price = 60.0

    def test_employee_learns_nothing_of_the_return(self):
        """What an employee reads of an offered item names neither customer nor case, whatever he asks for."""
        item = self._offer(self.serial_product, lot=self.serial)
        for login in ("cx_employee", "stock_only", "sales_only", "mrp_only", "account_only"):
            mine = self._as(login, item)
            allowed = mine.fields_get()
            for name in ("lot_id", "sale_line_ids", "value"):
                if login != "sales_only" or name != "sale_line_ids":
                    self.assertNotIn(name, allowed, login)
            for domain in ([("lot_id.name", "=", "SN1")], [("sale_line_ids.order_id", "!=", False)]):
                with self.assertRaises(AccessError):
                    mine.search(domain)
            for vals in ({"price": 1.0}, {"requested_by_id": self.users_by_login[login].id}, {"decision": "withdrawn"}):
                with self.assertRaises(AccessError):
                    mine.write(vals)
            for verb in ("publish", "reprice", "sell", "withdraw"):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    getattr(mine, f"action_{verb}")()

    def test_release_names_its_own_transfer(self):
        """The transfer of a release is made by it."""
        self._put_in_stock(self.product, 2, location=self.discount_place)
        release = self._as("cx_quality", self.env["cx.apart.release"]).create({
            "product_id": self.product.id, "quantity": 2, "location_id": self.discount_place.id,
            "warehouse_id": self.warehouse.id, "reason": "Sold out"})
        other = self._create_transfer(self.product, 1, self.warehouse.lot_stock_id, self.warehouse.lot_stock_id)
        with self.assertRaises(AccessError):
            release.picking_id = other
        release.action_approve()
        stock = self._as("stock_only", release.sudo().move_ids)
        with self.assertRaises(UserError):
            stock.cx_apart_release_id = False


@tagged("post_install", "-at_install")
class TestReviewNumbers(CxSamples):
    """Numbers that a client can send and nobody can count."""

    def test_every_number_is_a_number(self):
        """NaN, infinity and what is larger than any quantity are refused in one sentence, on every model of ours."""
        for name, model in sorted(house.own_models(self.env).items()):
            if model._abstract or not model._auto:
                continue
            numbers = [
                field for field in model._fields.values()
                if field.type in ("float", "monetary") and field.store and not field.readonly]
            for field in numbers:
                for value in (float("nan"), float("inf"), -1e30, "nan"):
                    with self.subTest(model=name, field=field.name, value=value), self.assertRaisesRegex(
                            UserError, "no possible number"):
                        self.env[name].create({field.name: value})
                    record = self.samples.get(name)
                    if record:
                        with self.subTest(model=name, field=field.name, value=value), self.assertRaisesRegex(
                                UserError, "no possible number"):
                            record.write({field.name: value})
