from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .returns_common import ReturnsCommon


class CustomsCommon(ReturnsCommon):
    """A customer in bonded trade to whom ten pumps were delivered; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.cx_has_bonded_trade = True
        cls.customer.cx_needs_customs_contract = True
        cls.today = fields.Date.context_today(cls.env["cx.rma"])
        cls.env["cx.department"].search([("company_id", "=", cls.env.company.id)]).active = False
        cls.env["cx.department"].create([
            {"name": function, "function": function, "duty_user_id": cls.users_by_login[f"cx_{function}"].id}
            for function in ("trade", "planning")])
        cls.origin = cls._deliver(cls.product, 10)

    @classmethod
    def _bonded(cls, quantity, authorise=True):
        """A return of so many pumps, by sales."""
        rma = cls._draft(cls._complain(cls.origin, quantity), user_id=cls.users_by_login["cx_sales"].id)
        if authorise:
            rma.with_user(cls.users_by_login["cx_sales"]).action_authorise()
        return rma

    def _contract(self, rmas, days=60):
        """An application for the goods of these returns, filed with customs."""
        rmas = self._as("cx_trade", rmas)
        contract = self.env["cx.customs.contract"].browse(rmas.action_apply_contract()["res_id"])
        contract = self._as("cx_trade", contract)
        contract.action_apply()
        contract.write({"number": "B5301-26-0042", "valid_until": self.today + timedelta(days=days)})
        return contract

    def _codes(self, record, verb):
        return [blocker.code for blocker in record._blockers(verb)]

    def _assert_goods(self, contract, **quantities):
        self.env.invalidate_all()
        self.assertEqual(
            {noun: contract.line_ids[f"{noun}_qty"] for noun in quantities},
            {noun: float(quantity) for noun, quantity in quantities.items()})


@tagged("post_install", "-at_install")
class TestReturnsCustoms(CustomsCommon):
    """Bonded goods come back under a contract with customs, and leave again under it."""

    def test_customer_is_not_told_before_customs_said_ok(self):
        """Needed and missing, drafted, applied, refused: each stops the word to the customer. [S2.01-17]"""
        rma = self._bonded(4)
        self.assertTrue(rma.is_contract_needed, "the customer's returns need one")
        with self.assertRaisesRegex(UserError, "has none, so the customer must not ship yet"):
            self._as("cx_sales", rma).action_tell_customer()
        contract = self._contract(rma)
        self.assertEqual(rma.contract_state, "applied")
        with self.assertRaisesRegex(UserError, "is Applied, so the customer must not ship yet"):
            self._as("cx_sales", rma).action_tell_customer()
        contract.refusal_reason = "Quota used up"
        contract.action_refuse()
        self.assertIn("Quota used up", rma.message_ids[0].body)
        self.assertEqual(self._codes(rma, "tell_customer"), ["contract_not_ok"])
        self.assertFalse(rma.customer_told_on)

    def test_ok_informs_planning_and_sales(self):
        """Import/export is asked to apply; with the OK planning and sales hear of it, and the customer may ship.
        [S2.01-17]
        """
        rma = self._bonded(4)
        self.assertEqual(rma.activity_ids.user_id.login, "cx_trade", "asked to apply when the return is authorised")
        contract = self._contract(rma)
        self.assertEqual((contract.line_ids.product_id, contract.line_ids.quantity), (self.product, 4))
        contract.action_grant()
        self.assertEqual(set(rma.activity_ids.user_id.mapped("login")), {"cx_planning", "cx_sales"})
        self.assertIn("B5301-26-0042", rma.activity_ids[0].note)
        self._as("cx_sales", rma).action_tell_customer()
        self.assertTrue(rma.customer_told_on)

    def test_ok_needs_number_last_day_and_goods(self):
        """Customs' OK is a number and a last day over named goods."""
        contract = self._as("cx_trade", self.env["cx.customs.contract"]).create({})
        with self.assertRaisesRegex(UserError, "It names no goods"):
            contract.action_apply()
        contract.line_ids = [Command.create({"product_id": self.product.id, "quantity": 3})]
        contract.action_apply()
        self.assertEqual(self._codes(contract, "grant"), ["no_number", "no_validity"])

    def test_a_contract_out_of_date_is_none(self):
        """Not valid today is not OK, also before the nightly job has seen it."""
        rma = self._bonded(2)
        contract = self._contract(rma)
        contract.action_grant()
        contract.sudo().valid_until = self.today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "is not valid today"):
            self._as("cx_sales", rma).action_tell_customer()
        self.env["cx.customs.contract"]._cron_watch_validity()
        self.assertEqual(contract.state, "expired")

    def test_goods_that_come_anyway_stay_put(self):
        """Received at once into the bonded zone; nothing is decided about them before customs' OK. [S2.01-17]"""
        rma = self._bonded(4)
        line = rma.line_ids
        self._receive(rma.picking_ids)
        self._assert_line(line, received=4, quarantine=4, undecided=4)
        self.assertEqual(rma.picking_ids.move_ids.location_dest_id, self.warehouse.cx_bonded_loc_id)
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 4, "destination": "stock"})
        with self.assertRaisesRegex(UserError, "has none: the goods stay put"):
            disposition.action_approve()
        contract = self._contract(rma)
        self.assertEqual(self._codes(disposition, "approve"), ["contract_not_ok"])
        contract.action_grant()
        disposition.action_approve()
        self.assertEqual(disposition.state, "approved")

    def test_goods_leave_again_under_it(self):
        """In, out and still here per product; the contract is closed when all of it went out again."""
        rma = self._bonded(4)
        contract = self._contract(rma)
        contract.action_grant()
        self._assert_goods(contract, asked=4, imported=0, exported=0, inside=0)
        self._receive(rma.picking_ids)
        self._assert_goods(contract, asked=4, imported=4, exported=0, inside=4)
        with self.assertRaisesRegex(UserError, "4 of 4 Units of Cx Pump that came in are still here"):
            contract.action_close()
        back = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": rma.line_ids.id, "quantity": 3, "destination": "customer"})
        back.action_approve()
        back.action_execute()
        self._validate(back.sudo().move_ids.picking_id)
        self._assert_goods(contract, asked=4, imported=4, exported=3, inside=1)
        self._assert_line(rma.line_ids, received=4, quarantine=1, final=3)
        late = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": rma.line_ids.id, "quantity": 1, "destination": "customer"})
        late.action_approve()
        contract.action_expire()
        self.assertEqual(self._codes(late, "execute"), ["contract_not_ok"], "it does not leave after the last day")
        contract.note = "One unit declared for home use"
        contract.action_close()
        self.assertEqual(contract.state, "closed")

    def test_never_more_than_customs_granted(self):
        """Six granted for two returns of four: the second customer waits, with the figures."""
        first, second = self._bonded(4), self._bonded(4)
        contract = self._contract(first | second)
        self.assertEqual(contract.line_ids.quantity, 8)
        contract.line_ids.quantity = 6
        contract.action_grant()
        self._as("cx_sales", first).action_tell_customer()
        with self.assertRaisesRegex(UserError, "8 Units of Cx Pump would come in under .*, customs granted 6"):
            self._as("cx_sales", second).action_tell_customer()

    def test_what_customs_decided_stays(self):
        """Number, days and goods of a granted contract change only by another application."""
        contract = self._contract(self._bonded(4))
        contract.action_grant()
        for change in ({"number": "X"}, {"valid_until": self.today + timedelta(days=900)}):
            with self.assertRaisesRegex(UserError, "Set it back to draft and apply again"):
                contract.write(change)
        with self.assertRaisesRegex(UserError, "Set it back to draft and apply again"):
            contract.line_ids.quantity = 100
        with self.assertRaisesRegex(UserError, "kept as a record"):
            contract.unlink()

    def test_only_import_export_waives(self):
        """Sales neither waives the contract of a bonded customer nor names one."""
        rma = self._bonded(4, authorise=False)
        contract = self._contract(self._bonded(1))
        for change in ({"is_contract_needed": False}, {"customs_contract_id": contract.id}):
            with self.assertRaisesRegex(AccessError, "Ask them"):
                self._as("cx_sales", rma).write(change)
        with self.assertRaises(AccessError):
            self._as("cx_sales", rma).action_apply_contract()
        sly = self._as("cx_sales", self.env["cx.rma"]).create({
            "partner_id": self.customer.id, "is_contract_needed": False, "customs_contract_id": contract.id})
        self.assertTrue(sly.is_contract_needed)
        self.assertFalse(sly.customs_contract_id)
        self._as("cx_trade", rma).is_contract_needed = False
        self.assertFalse(rma.is_contract_needed)

    def test_one_application_per_return(self):
        """A return that is covered, or needs no contract, is not applied for again."""
        covered = self._bonded(2)
        contract = self._contract(covered)
        with self.assertRaisesRegex(UserError, f"is covered by {contract.name} .* already"):
            self._as("cx_trade", covered).action_apply_contract()
        free = self._bonded(2)
        self._as("cx_trade", free).is_contract_needed = False
        with self.assertRaisesRegex(UserError, "needs no customs contract"):
            self._as("cx_trade", free).action_apply_contract()
        with self.assertRaisesRegex(UserError, "Choose the RMAs"):
            self._as("cx_trade", self.env["cx.rma"]).action_apply_contract()

    def test_import_export_is_reminded_once(self):
        """Before the last day, of goods that are still here, and only once."""
        rma = self._bonded(4)
        contract = self._contract(rma, days=20)
        contract.action_grant()
        contracts = self.env["cx.customs.contract"]
        contracts._cron_watch_validity()
        self.assertFalse(contract.activity_ids, "nothing came in yet")
        self._receive(rma.picking_ids)
        for _night in range(2):
            self.env.invalidate_all()
            contracts._cron_watch_validity()
        self.assertEqual(contract.activity_ids.user_id.login, "cx_trade")
        self.assertIn("4 Units Cx Pump", contract.activity_ids.note)

    def test_contract_ends_on_the_company_s_day(self):
        """In New York it is valid to the end of its last day, although the job runs by the clock of Greenwich."""
        contract = self._contract(self._bonded(4), days=20)
        contract.action_grant()
        self.env.company.resource_calendar_id.tz = "America/New_York"
        after = datetime.combine(contract.valid_until + timedelta(days=1), time(3, 30))
        for now, state in ((after, "granted"), (after + timedelta(hours=2), "expired")):
            with freeze_time(now):
                self.env["cx.customs.contract"]._cron_watch_validity()
            self.assertEqual(contract.state, state, now)

    def test_form_of_import_export(self):
        """Import/export fills in number and days on the form."""
        contract = self._contract(self._bonded(3))
        with Form(contract) as form:
            form.authority = "Huangpu"
        self.assertEqual(contract.authority, "Huangpu")
