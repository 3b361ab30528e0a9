from odoo.tests import TransactionCase, new_test_user

# login of the test user: group of his function
FUNCTION_USERS = {
    "cx_service": "cx_complaint.group_service",
    "cx_sales": "cx_complaint.group_sales,sales_team.group_sale_salesman",
    "cx_quality": "cx_complaint.group_quality",
    "cx_engineering": "cx_complaint.group_engineering",
    "cx_planning": "cx_complaint.group_planning,mrp.group_mrp_user",
    "cx_warehouse": "cx_complaint.group_warehouse,stock.group_stock_user",
    "cx_trade": "cx_complaint.group_trade",
    "cx_finance": "cx_complaint.group_finance,account.group_account_invoice",
    "cx_manager": "cx_complaint.group_manager",
    "cx_employee": "base.group_user",
    "stock_only": "stock.group_stock_user",
    "sales_only": "sales_team.group_sale_salesman",
    "mrp_only": "mrp.group_mrp_user",
    "account_only": "account.group_account_invoice",
}


class CxCommon(TransactionCase):
    """Users of every function and a customer who was delivered; no test methods, so that anybody may build on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.users_by_login = {
            login: new_test_user(cls.env, login, groups=groups) for login, groups in FUNCTION_USERS.items()
        }
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.customer = cls.env["res.partner"].create({"name": "Cx Customer", "is_company": True})
        cls.product = cls._create_product("Cx Pump")

    @classmethod
    def _without_demo_rulebook(cls):
        """The rulebook of the demo data is none of this story: none is in force, and none of its clocks runs."""
        cls.env["cx.procedure.choice"].search([]).unlink()
        cls.env["cx.task"].search([]).unlink()
        cls.env["cx.procedure"].search([("state", "!=", "draft")]).decision = "draft"

    @classmethod
    def _create_product(cls, name, tracking="none", **vals):
        """A storable product, at a cost of 10 unless said otherwise."""
        return cls.env["product.product"].create({
            "name": name, "type": "consu", "is_storable": True, "tracking": tracking, "standard_price": 10.0,
            "list_price": 20.0, **vals,
        })

    @classmethod
    def _put_in_stock(cls, product, quantity, lots=None, location=None):
        """Put ``quantity`` on hand; for serials one per lot, for lots all of it on the first."""
        location = location or cls.warehouse.lot_stock_id
        for lot in lots or [cls.env["stock.lot"]]:
            cls.env["stock.quant"]._update_available_quantity(
                product, location, 1.0 if product.tracking == "serial" else quantity, lot_id=lot or None)

    @classmethod
    def _create_lots(cls, product, *names):
        return cls.env["stock.lot"].create([{"name": name, "product_id": product.id} for name in names])

    @classmethod
    def _sell(cls, *lines, partner=None, deliver=True):
        """Confirm a sales order of ``(product, quantity)`` pairs and deliver all of it.

        :return: the order; its delivery is ``order.picking_ids``
        """
        order = cls.env["sale.order"].create({
            "partner_id": (partner or cls.customer).id,
            "warehouse_id": cls.warehouse.id,
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity})
                           for product, quantity in lines],
        })
        order.action_confirm()
        if deliver:
            cls._validate(order.picking_ids)
        return order

    @classmethod
    def _validate(cls, pickings, quantities=None):
        """Validate transfers, in full or with the quantities given per product; the rest becomes a backorder."""
        for picking in pickings:
            picking.action_assign()
            for move in picking.move_ids:
                move.quantity = (quantities or {}).get(move.product_id, move.product_uom_qty)
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()

    def _as(self, login, records):
        """``records`` as the user of this login."""
        return records.with_user(self.users_by_login[login])
