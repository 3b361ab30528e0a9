from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import leaving
from ..rules.wording import figure


class DispositionRelease(models.TransientModel):
    """Asks which of the units that came out of work passed the check."""

    _name = "cx.disposition.release"
    _description = "Release after Rework"

    disposition_id = fields.Many2one("cx.disposition", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="disposition_id.company_id")
    tracking = fields.Selection(related="disposition_id.tracking")
    product_uom_id = fields.Many2one(related="disposition_id.product_uom_id")
    waiting_qty = fields.Float(string="Waiting", digits="Product Unit", compute="_compute_waiting")
    waiting_lot_ids = fields.Many2many("stock.lot", compute="_compute_waiting")
    quantity = fields.Float(string="Passed", digits="Product Unit", compute="_compute_passed", store=True,
                            readonly=False)
    lot_ids = fields.Many2many("stock.lot", string="Passed Serials", compute="_compute_passed", store=True,
                               readonly=False, domain="[('id', 'in', waiting_lot_ids)]")

    @api.depends("disposition_id")
    def _compute_waiting(self):
        accounts = self.disposition_id._accounts()
        for wizard in self:
            account = accounts.get(wizard.disposition_id)
            wizard.waiting_qty = account.to_check if account else 0.0
            wizard.waiting_lot_ids = wizard.disposition_id._releasable_lots(account) if account else False

    @api.depends("disposition_id")
    def _compute_passed(self):
        for wizard in self:
            wizard.quantity = wizard.waiting_qty
            wizard.lot_ids = wizard.waiting_lot_ids

    def action_release(self):
        """Release what was chosen; the rest goes on waiting."""
        self.ensure_one()
        disposition = self.disposition_id
        if self.tracking == "serial":
            quantity, is_too_much = len(self.lot_ids), bool(self.lot_ids - self.waiting_lot_ids)
        else:
            quantity, is_too_much = self.quantity, leaving.more(self.quantity, self.waiting_qty)
        if is_too_much or not leaving.more(quantity, 0.0):
            raise UserError(self.env._(
                "%(disposition)s: %(quantity)s %(unit)s are to be released, %(waiting)s wait for the check. Choose "
                "among those.",
                disposition=disposition.name, quantity=figure(quantity),
                unit=self.product_uom_id.name, waiting=figure(self.waiting_qty)))
        return disposition._release({disposition: (
            quantity, self.lot_ids if self.tracking == "serial" else disposition.lot_ids)})
