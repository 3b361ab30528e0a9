from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import leaving, ways


class Disposition(models.Model):
    """Documents that carry dispositions out: what is still owed is created, once, all of a selection together."""

    _inherit = "cx.disposition"

    # Server actions

    def action_create_rework_orders(self):
        """Create the rework orders that the selected dispositions still owe."""
        return self._execute_those(
            lambda disposition: ways.WORKS[disposition.work].order,
            self.env._("None of the selected dispositions needs work."))

    def action_create_scraps(self):
        """Scrap what the selected dispositions say is scrapped."""
        return self._execute_those(
            lambda disposition: disposition.work == "none" and disposition.destination == "scrap",
            self.env._("None of the selected dispositions is to be scrapped."))

    def action_restock(self):
        """Create the transfers to stock that the selected dispositions still owe."""
        return self._execute_those(
            lambda disposition: disposition.work == "none" and ways.DESTINATIONS[disposition.destination].location,
            self.env._("None of the selected dispositions goes to stock, or to what is kept apart from it, as it is."))

    def _execute_those(self, concerned, nobody):
        """Execute the concerned ones of a selection; what is finished already is passed over.

        :raises UserError: ``nobody`` is concerned, or with the names of those that may not be executed
        """
        dispositions = self.filtered(concerned)
        if not dispositions:
            raise UserError(nobody)
        return dispositions.filtered(lambda disposition: disposition.state != "done").action_execute()

    # Everything that is owed

    def _create_documents(self):
        """Create and confirm the documents that ``self`` still owes, each in its company.

        :return: list of recordsets: rework orders, conversions, unbuild orders, scraps, transfers
        """
        created = [
            self.env[model] for model in ("mrp.production", "mrp.production", "mrp.unbuild", "stock.scrap", "stock.picking")]
        for company, dispositions in self.grouped("company_id").items():
            new = dispositions.with_company(company)._create_owed()
            created = [records | more for records, more in zip(created, new, strict=True)]
        return created

    def _create_owed(self):
        self._read_places()
        accounts, open_quantities = self._accounts(), self._open_quantities()
        owed_by_kind = defaultdict(list)
        for disposition in self:
            account, (in_work, on_the_way) = accounts[disposition], open_quantities[disposition]
            if leaving.more(owed := account.to_work - in_work, 0.0):
                owed_by_kind["rework"].append((disposition, owed, disposition._lots_to_work(account)))
            if leaving.more(owed := account.to_leave - on_the_way, 0.0):
                is_used_up = ways.is_used_up(disposition.work)
                lots = disposition._lots_to_use_up(account) if is_used_up else disposition._lots_to_leave(account)
                kind = ways.WORKS[disposition.work].order if is_used_up else (
                    "scrap" if disposition.destination == "scrap" else "transfer")
                owed_by_kind[kind].append((disposition, owed, lots))
        return [
            self._create_rework_orders(owed_by_kind["rework"]), self._create_conversion_orders(owed_by_kind["conversion"]),
            self._create_unbuilds(owed_by_kind["dismantle"]), self._create_scraps(owed_by_kind["scrap"]),
            self._create_transfers(owed_by_kind["transfer"])]

    def _read_places(self):
        """Read in one query the places that the goods were at and go to, and those above them."""
        moves = self.rma_line_id.move_ids
        worked = self.filtered(lambda disposition: ways.WORKS[disposition.work].order)
        (moves.location_id | moves.location_dest_id | self.source_location_id.location_id
         | self.company_id.cx_scrap_location_id | worked.warehouse_id.cx_reworked_loc_id
         | worked.warehouse_id.lot_stock_id)._cx_read_together()

    def _show_documents(self, documents):
        """Open what was created; where nothing was, stay where one is."""
        created = [records for records in documents if records]
        if len(created) != 1:
            return True
        action = {
            "type": "ir.actions.act_window", "res_model": created[0]._name, "name": created[0]._description,
            "view_mode": "list,form", "domain": [("id", "in", created[0].ids)],
        }
        if len(created[0]) == 1:
            action.update(view_mode="form", res_id=created[0].id)
        return action if created[0].with_user(self.env.user).sudo(False).has_access("read") else True

    # Rework orders

    def _create_rework_orders(self, parts):
        """One manufacturing order without bill of materials per disposition and lot, any number of serials on one.

        :param parts: list of ``(disposition, quantity, lots)``
        """
        vals_list = []
        for disposition, quantity, lots in parts:
            # a serial that has a value of its own keeps it only if nothing else is produced with it
            for order_lots in (lots if disposition.product_id.lot_valuated else [lots]):
                order_quantity = len(order_lots) if disposition.tracking == "serial" else quantity
                vals_list.append(disposition._prepare_rework_order_vals(order_quantity, order_lots))
        orders = self.env["mrp.production"].create(vals_list)
        orders.action_confirm()
        return orders

    def _prepare_rework_order_vals(self, quantity, lots):
        """Values of the order that reworks so many of the goods.

        Its source is stock, for the parts; the returned units are taken from quarantine and come back into it.
        """
        self.ensure_one()
        warehouse = self.warehouse_id
        return {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_qty": quantity,
            "product_uom_id": self.product_uom_id.id,
            "bom_id": False,
            "picking_type_id": warehouse.cx_rework_type_id.id,
            "location_src_id": warehouse.lot_stock_id.id,
            "location_dest_id": warehouse.cx_reworked_loc_id.id,
            "location_final_id": warehouse.cx_reworked_loc_id.id,
            "origin": f"{self.name}, {self.rma_id.name}",
            "cx_disposition_id": self.id,
            "lot_producing_ids": [Command.set(lots.ids)],
            "user_id": self.env.uid,
            "move_raw_ids": [Command.create(vals) for vals in self._prepare_rework_raw_vals_list(quantity, lots)],
            "workorder_ids": [
                Command.create(vals) for vals in self._prepare_rework_operation_vals_list(quantity)],
        }

    def _prepare_rework_raw_vals_list(self, quantity, lots):
        """Values of the components: the returned units themselves first, then the parts of the scheme."""
        self.ensure_one()
        production = self.product_id.with_company(self.company_id).property_stock_production
        returned = {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": quantity,
            "location_id": self.source_location_id.id,
            "location_dest_id": production.id,
            "procure_method": "make_to_stock",
            "restrict_partner_id": self._owner().id,
            "cx_rma_line_id": self.rma_line_id.id,
            "cx_disposition_id": self.id,
            "move_line_ids": [Command.create({**vals, "location_dest_id": production.id})
                              for vals in self._prepare_line_vals_list(quantity, lots)],
        }
        return [returned] + [{
            "company_id": self.company_id.id,
            "product_id": part.product_id.id,
            "product_uom": part.product_uom_id.id,
            "product_uom_qty": part.quantity * quantity,
            "location_id": self.warehouse_id.lot_stock_id.id,
            "cx_disposition_id": self.id,
        } for part in self._scheme_parts()]

    def _scheme_parts(self):
        """Parts that the work uses; sorting uses none."""
        self.ensure_one()
        return self.scheme_id.part_ids if ways.WORKS[self.work].has_parts else self.scheme_id.part_ids.browse()

    def _prepare_rework_operation_vals_list(self, quantity):
        self.ensure_one()
        return [{
            "name": operation.name,
            "workcenter_id": operation.workcenter_id.id,
            "product_uom_id": self.product_uom_id.id,
            "sequence": operation.sequence,
            "duration_expected": operation.minutes * quantity,
        } for operation in self.scheme_id.operation_ids]

    def _prepare_line_vals_list(self, quantity, lots, location=None):
        """Values of move lines that name the very units: nothing else of the product may be taken instead."""
        self.ensure_one()
        common = {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "location_id": (location or self.source_location_id).id,
            "owner_id": self._owner().id,
        }
        if self.tracking == "serial":
            return [{**common, "lot_id": lot.id, "quantity": 1.0} for lot in lots]
        return [{**common, "lot_id": lots.id, "quantity": quantity}]

    # Scraps

    def _create_scraps(self, parts):
        """One scrap per disposition and lot, validated together.

        :param parts: list of ``(disposition, quantity, lots)``
        """
        vals_list = []
        for disposition, quantity, lots in parts:
            lot_quantity = 1.0 if disposition.tracking == "serial" else quantity
            vals_list += [disposition._prepare_scrap_vals(lot_quantity, lot) for lot in lots or [lots]]
        scraps = self.env["stock.scrap"].create(vals_list)
        scraps._cx_check_available()
        scraps.do_scrap()
        return scraps

    def _prepare_scrap_vals(self, quantity, lot):
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "scrap_qty": quantity,
            "lot_id": lot.id,
            "owner_id": self._owner().id,
            "location_id": self.source_location_id.id,
            "scrap_location_id": self.company_id._cx_scrap_location().id,
            "origin": f"{self.name}, {self.rma_id.name}" + (f": {self.reason}" if self.reason else ""),
            "cx_disposition_id": self.id,
        }
