from collections import defaultdict
from datetime import datetime, time

from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from .settlement import GOODS_CREDITS


class SettlementReplacement(models.Model):
    """Replacements: procured from stock like a sale, but on their own; the sales order never hears of them."""

    _inherit = "cx.settlement"

    # Quantities, in the product's unit; of a kit, in kits

    def _replaced_qty(self):
        """What done moves brought to the customer."""
        self.ensure_one()
        return self._qty_of_moves(self.move_ids.filtered(
            lambda move: move.state == "done" and move.location_dest_id._is_outgoing()))

    def _under_way_qty(self):
        """What moves brought to the customer or still promise to.

        Of a chain (pick, then ship) only the last move that is not cancelled counts: what was picked and never shipped
        is still owed.
        """
        self.ensure_one()
        live = self.move_ids.filtered(lambda move: move.state != "cancel")
        last = live.filtered(lambda move: not move.move_dest_ids & live)
        return self._qty_of_moves(last.filtered(
            lambda move: move.state != "done" or move.location_dest_id._is_outgoing()))

    def _qty_of_moves(self, moves):
        kit = moves.bom_line_id.bom_id.filtered(
            lambda bom: bom.type == "phantom" and (
                bom.product_id == self.product_id
                or not bom.product_id and bom.product_tmpl_id == self.product_id.product_tmpl_id))[:1]
        if not kit:
            return sum(
                move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id, rounding_method="HALF-UP")
                if move.state == "done" else move.product_qty
                for move in moves)
        everything = {"incoming_moves": lambda move: True, "outgoing_moves": lambda move: False}
        wanted = self.product_uom_id._compute_quantity(self.quantity, kit.product_uom_id)
        kits = moves._compute_kit_quantities(self.product_id, wanted, kit, everything)
        return kit.product_uom_id._compute_quantity(kits, self.product_uom_id)

    def _planned_qty(self):
        """What documents already say: delivered or under way, drafted or posted."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: stock.move, account.move.line - a sum of a record he may read
        if self.kind == "replacement":
            return settlement._under_way_qty()
        return settlement._credited_qty("draft", "posted") if self.kind in GOODS_CREDITS else 0.0

    # Execution

    def _create_replacements(self):
        """Procure what is still owed, all of ``self`` in one run.

        :return: the moves made
        """
        owed = {settlement: settlement.quantity - settlement._planned_qty() for settlement in self}
        owed = {
            settlement: quantity for settlement, quantity in owed.items()
            if settlement.product_uom_id.compare(quantity, 0.0) > 0}
        before = self.sudo().move_ids  # sudo: stock.move - only which ones are new
        for company in self.company_id:
            ours = [settlement for settlement in owed if settlement.company_id == company]
            self.browse([settlement.id for settlement in ours])._run_replacements(company, owed)
        made = self.sudo().move_ids - before
        for settlement in owed:
            settlement._check_procured()
        return made

    def _run_replacements(self, company, owed):
        """One procurement run for the settlements of a company."""
        rules = self.env["stock.rule"].sudo().with_company(company)  # sudo: stock.rule - approved and checked above
        references = self._create_stock_references()
        rules.run([
            rules.Procurement(
                settlement.product_id, owed[settlement], settlement.product_uom_id, settlement._destination(),
                settlement.name, settlement.name, company,
                settlement._prepare_procurement_vals(references[settlement]))
            for settlement in self.sudo()
        ])
        # the scheduler is triggered by the transfer, not by its moves
        self.sudo().move_ids.picking_id.filtered(
            lambda picking: picking.state not in ("done", "cancel")).action_confirm()

    def _create_stock_references(self):
        """A reference per case and address, without a sales order: it groups the moves into one delivery."""
        groups = defaultdict(self.browse)
        for settlement in self:
            groups[settlement.complaint_id, settlement._delivery_partner()] |= settlement
        references = self.env["stock.reference"].sudo().create([  # sudo: stock.reference - the name of the case only
            {"name": complaint.name} for complaint, _partner in groups])
        return {
            settlement: reference
            for reference, settlements in zip(references, groups.values(), strict=True) for settlement in settlements}

    def _prepare_procurement_vals(self, reference):
        self.ensure_one()
        planned = self.planned_date and datetime.combine(self.planned_date, time(12)) or fields.Datetime.now()
        return {
            "company_id": self.company_id,
            "warehouse_id": self.warehouse_id,
            "partner_id": self._delivery_partner().id,
            "date_planned": planned,
            "date_deadline": planned,
            "reference_ids": reference,
            "location_final_id": self._destination(),
            "to_refund": False,
            "cx_settlement_id": self.id,
        }

    def _delivery_partner(self):
        """Where the goods went that are replaced; else the customer's delivery address."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: stock.picking, sale.order - the address only
        delivery, order = settlement.origin_move_id.picking_id, settlement.sale_line_id.order_id
        went_to = delivery.partner_id or order.partner_shipping_id
        if went_to.commercial_partner_id == settlement.partner_id.commercial_partner_id:
            return went_to
        return settlement.partner_id.browse(settlement.partner_id.address_get(["delivery"])["delivery"])

    def _destination(self):
        self.ensure_one()
        return self._delivery_partner().with_company(self.company_id).property_stock_customer

    def _check_procured(self):
        """:raises UserError: when the routes made nothing, so that nobody believes the goods are under way."""
        if self.product_uom_id.compare(self._planned_qty(), self.quantity) < 0:
            raise UserError(self.env._(
                "%(settlement)s: nothing delivers %(product)s from %(warehouse)s. Check the routes of the product.",
                settlement=self.display_name, product=self.product_id.display_name,
                warehouse=self.warehouse_id.display_name))

    # Blockers

    def _blockers_delivery(self):
        """Why nothing would be delivered."""
        self.ensure_one()
        name = self.display_name
        settlement = self.sudo()  # sudo: stock.rule, mrp.bom - routes are the same for whoever asks
        if not settlement.warehouse_id:
            return [Blocker(
                "no_warehouse", name, self.env._("It names no warehouse."), self.env._("Choose who delivers."))]
        if not settlement.product_id:
            return []
        if settlement.product_id.type != "consu":
            return [Blocker(
                "not_goods", name,
                self.env._("%(product)s is not delivered.", product=settlement.product_id.display_name),
                self.env._("Choose goods, or credit it instead."))]
        return settlement._blockers_route()

    def _blockers_route(self):
        rules = self.env["stock.rule"].with_company(self.company_id)
        missing = []
        for product in self._delivered_products():
            rule = rules._get_rule(product, self._destination(), {
                "warehouse_id": self.warehouse_id, "company_id": self.company_id})
            if rule.action not in ("pull", "pull_push"):
                missing.append(product)
        return [
            Blocker(
                "no_route", self.display_name,
                self.env._(
                    "By its routes %(product)s is not delivered from %(warehouse)s.",
                    product=product.display_name, warehouse=self.warehouse_id.display_name),
                self.env._("Choose another warehouse or product, or change the routes."))
            for product in missing
        ]

    def _delivered_products(self):
        """The product, or of a kit its parts."""
        kit = self.env["mrp.bom"]._bom_find(
            self.product_id, company_id=self.company_id.id, bom_type="phantom")[self.product_id]
        if not kit:
            return self.product_id
        _boms, lines = kit.explode(self.product_id, 1.0)
        products = self.env["product.product"].union(*(line.product_id for line, _data in lines))
        return products.filtered(lambda product: product.type == "consu")
