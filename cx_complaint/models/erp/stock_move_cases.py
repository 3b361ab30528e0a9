from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class StockMove(models.Model):
    """Cases for goods that arrived without one."""

    _inherit = "stock.move"

    def _cx_open_cases(self):
        """A complaint with an RMA per sender; the goods are adopted where the RMA may be authorised at once.

        :raises UserError: naming the receipts of which sender or product is not known, or that are assigned by now
        """
        self._cx_check_case_possible()
        rmas = self.env["cx.rma"]
        for sender, moves in self.grouped(lambda move: (move._cx_sender(), move.company_id)).items():
            complaint = self.env["cx.complaint"].create(moves._cx_prepare_case_vals(*sender))
            rmas |= moves._cx_create_rma(complaint)
        return rmas._get_records_action()

    def _cx_check_case_possible(self):
        problems = []
        for move in self:
            names = {"receipt": move.reference or "", "product": move.product_id.display_name}
            if not move.sudo()._cx_is_unassigned():  # sudo: stock.move - where they went
                problems.append(self.env._("%(receipt)s: %(product)s is assigned already or goes back.", **names))
            elif not move._cx_sender():
                problems.append(self.env._(
                    "%(receipt)s: nobody knows who sent %(product)s. Enter the customer on its consignment.", **names))
            elif move._cx_unidentified():
                problems.append(self.env._(
                    "%(receipt)s: %(product)s stand there. Say which product they are first.", **names))
        if problems:
            raise UserError("\n".join(problems))

    def _cx_prepare_case_vals(self, sender, company):
        sources = dict.fromkeys(
            move.picking_id.sudo().cx_consignment_id.display_name or move.reference  # sudo: cx.consignment - its name
            for move in self)
        return {
            "summary": self.env._("Arrived without announcement: %(sources)s", sources=", ".join(sources)),
            "partner_id": sender.id,
            "company_id": company.id,
            "line_ids": [Command.create(move._cx_prepare_case_line_vals()) for move in self],
        }

    def _cx_prepare_case_line_vals(self):
        """Values of the complaint line about these goods; a return lot stands for a lot that nobody can read."""
        self.ensure_one()
        lots = self.sudo().move_line_ids.lot_id  # sudo: stock.move.line - its lots
        readable = lots.filtered(lambda lot: not lot.cx_is_return_lot)
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": self._cx_delivered_qty(),
            "lot_ids": [Command.set(readable.ids)],
            "is_lot_unknown": bool(lots - readable),
            "return_decision": "return",
        }

    def _cx_create_rma(self, complaint):
        """The RMA of a new case: each receipt on the delivery that it can have come from, adopted where that may be."""
        taken, vals_list = {}, []
        for move, line in zip(self, complaint.line_ids, strict=True):
            origin = line._origin_of_all(taken)
            vals = line._prepare_rma_line_vals(move.product_id, move._cx_delivered_qty(), origin)
            if not origin:
                vals["no_origin_reason"] = self.env._("Arrived without announcement; no delivery covers it.")
            vals_list.append(vals)
        rma = complaint._create_rmas(vals_list)
        rma.warehouse_id = self.location_dest_id.cx_warehouse_id[:1]
        # lines that may not be authorised yet are adopted from the RMA, when what it lacks is settled
        if not rma._blockers("authorise"):
            for move, line in zip(self, rma.line_ids, strict=True):
                line._adopt(move)
        return rma
