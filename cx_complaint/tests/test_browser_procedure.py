from odoo.tests import Form, HttpCase, new_test_user, tagged

from ..models.procedure.needs import NEEDS
from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestBrowserProcedure(SettlementCommon, HttpCase):
    """One person, one procedure, one afternoon."""

    def test_one_person_from_order_to_credited_in_twelve_clicks(self):
        """One name for all in the assistant; then nobody else is waited for, although others have the right to approve.

        On its way the shop, which has nothing of what the assistant asked, meets no word of it.
        """
        person = new_test_user(
            self.env, "cx_owner",
            groups="cx_complaint.group_manager,cx_complaint.group_finance,sales_team.group_sale_manager,"
                   "stock.group_stock_user,account.group_account_invoice")
        self._set_up(person)
        self.assertEqual(set(self.env["res.company"].with_user(person)._cx_nowhere()), NEEDS.keys(), "it has nothing of all that")
        self.customer.phone = "13800000001"
        order = self._sell_and_invoice(5.0)
        self.env.flush_all()

        self.start_tour(f"/odoo/sales/{order.id}", "cx_one_person_credit", login="cx_owner", timeout=120)

        complaint = self.env["cx.complaint"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(complaint.procedure_id.code, "SMALL")
        self.assertEqual(complaint.state, "confirmed", "nothing that one person knows anyway holds the case up")
        settlement = complaint.line_ids.settlement_ids
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 5.0))
        self.assertEqual((settlement.proposed_by_id, settlement.approved_by_id), (person, person))
        self.assertTrue(settlement.approval_ids.is_conflict, "that he approved his own proposal is kept")
        self.assertTrue(settlement._others_entitled(), "others could have been asked")
        self.assertEqual(sum(complaint.line_ids.rma_line_ids.mapped("received_qty")), 5.0)
        self.assertEqual(complaint.task_ids.filtered(lambda task: task.state == "running").user_id, person)

    def test_browsers_fetch_views_anew_when_the_company_has_more(self):
        """Views and menus that a browser keeps are asked for again after an answer of the company has changed."""
        new_test_user(self.env, "cx_keeper", groups="cx_complaint.group_service")
        self.authenticate("cx_keeper", "cx_keeper")
        hashes = []
        for answer in (True, False, True):
            self.env.company.write({"cx_has_group": answer})
            hashes.append(self.make_jsonrpc_request("/web/session/get_session_info")["registry_hash"])
        self.assertEqual(hashes[0], hashes[2])
        self.assertNotEqual(hashes[0], hashes[1])

    def _set_up(self, person):
        """As the person himself does it, with what stands there of other people left aside."""
        for model in ("cx.role", "cx.department"):
            self.env[model].search([("company_id", "=", self.env.company.id)]).active = False
        self.env["cx.procedure.choice"].search([("company_id", "=", self.env.company.id)]).unlink()
        setup = Form(self.env["cx.procedure.setup"].with_user(person)).save()
        setup.write({f"has_{need}": False for need in ("production", "lots", "bonded", "shops", "group", "penalties")})
        setup.action_next()
        setup.pick_ids.filtered(lambda pick: pick.code == "SMALL").is_chosen = True
        setup.action_next()
        with Form(setup) as form:
            form.one_user_id = person
        setup.action_next()
        setup.action_apply()
