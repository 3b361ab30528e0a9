from collections import defaultdict

from odoo import fields, models

from ...rules import leaving


class RmaLineFree(models.Model):
    """What of a line is free to decide about: in quarantine, not decided, and not waiting for the customer's answer."""

    _inherit = "cx.rma.line"

    negotiation_ids = fields.One2many("cx.negotiation", "rma_line_id", string="Negotiations", readonly=True)

    def _negotiated_by_lot(self):
        """Units that wait for the customer's answer: ``{lot id or False: quantity}``."""
        self.ensure_one()
        waiting = defaultdict(float)
        for negotiation in self.sudo().negotiation_ids:  # sudo: cx.negotiation - quantities only
            if negotiation.state == "open":
                for lot in negotiation.lot_ids or [negotiation.lot_ids]:
                    waiting[lot.id] += 1.0 if self.tracking == "serial" else negotiation.quantity
        return waiting

    def _free_by_lot(self, decisions, without):
        """Units in quarantine and in work that nobody negotiates about and no other disposition takes, by lot id.

        :param decisions: decisions of dispositions that take their goods
        :param without: dispositions that are left out
        """
        self.ensure_one()
        free = defaultdict(float)
        for (_place, lot), quantity in self._standing()[self.id].items():
            free[lot] += quantity
        for lot, quantity in self._negotiated_by_lot().items():
            free[lot] -= quantity
        taking = (self.sudo().disposition_ids - without).filtered(  # sudo: cx.disposition - quantities only
            lambda goods: goods.decision in decisions)
        for goods, account in taking._accounts().items():
            for lot in goods.lot_ids or [goods.lot_ids]:
                quantity = 1.0 if self.tracking == "serial" else goods.quantity
                done = account.final.get(lot.id, 0.0) if lot else leaving.total(account.final)
                free[lot.id] -= max(quantity - done, 0.0)
        return free
