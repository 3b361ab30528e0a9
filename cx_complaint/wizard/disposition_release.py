from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import leaving, ways
from ..rules.wording import figure


class DispositionRelease(models.TransientModel):
    """Asks which of the units that came out of work passed the check."""

    _name = "cx.disposition.release"
    _description = "Release after Rework"
    _inherit = ["cx.number.mixin"]

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

    is_rest_failed = fields.Boolean(
        string="The Rest Failed", compute="_compute_rest", store=True, readonly=False,
        help="What did not pass is decided anew with this click; else it goes on waiting for another look.")
    rest_qty = fields.Float(string="Rest", digits="Product Unit", compute="_compute_rest_qty")
    rest_work = fields.Selection(ways.WORK_SELECTION, string="Work on the Rest", default="none")
    rest_destination = fields.Selection(ways.DESTINATION_SELECTION, string="The Rest Goes To", default="scrap")
    rest_fitting_destinations = fields.Json(compute="_compute_rest_fitting_destinations")
    rest_reason = fields.Char(string="Why the Rest Failed")

    @api.depends("disposition_id")
    def _compute_rest(self):
        for wizard in self:
            wizard.is_rest_failed = wizard.disposition_id.work == "sort"  # what is sorted is good or bad

    @api.depends("waiting_qty", "quantity", "lot_ids")
    def _compute_rest_qty(self):
        for wizard in self:
            passed = len(wizard.lot_ids) if wizard.tracking == "serial" else wizard.quantity
            wizard.rest_qty = max(wizard.waiting_qty - passed, 0.0)

    @api.depends("rest_work")
    def _compute_rest_fitting_destinations(self):
        for wizard in self:
            wizard.rest_fitting_destinations = ways.destinations_after(wizard.rest_work) if wizard.rest_work else []

    @api.onchange("rest_work")
    def _onchange_rest_work(self):
        if self.rest_work and not ways.fits(self.rest_work, self.rest_destination):
            self.rest_destination = ways.destinations_after(self.rest_work)[0]

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
        """Release what was chosen; the rest is decided anew, or goes on waiting."""
        self.ensure_one()
        disposition = self.disposition_id
        if self.tracking == "serial":
            quantity, is_too_much = len(self.lot_ids), bool(self.lot_ids - self.waiting_lot_ids)
        else:
            quantity, is_too_much = self.quantity, leaving.more(self.quantity, self.waiting_qty)
        rest = self.rest_qty if self.is_rest_failed else 0.0
        if is_too_much or not leaving.more(quantity + rest, 0.0):
            raise UserError(self.env._(
                "%(disposition)s: %(quantity)s %(unit)s are to be released, %(waiting)s wait for the check. Choose "
                "among those.",
                disposition=disposition.name, quantity=figure(quantity),
                unit=self.product_uom_id.name, waiting=figure(self.waiting_qty)))
        return self._release_and_fail(quantity, rest)

    def _release_and_fail(self, quantity, rest):
        disposition, documents = self.disposition_id, True
        disposition._take_guards()
        is_serial = self.tracking == "serial"
        failed = disposition._lots_to_check(disposition._accounts()[disposition]) - self.lot_ids
        if leaving.more(quantity, 0.0):
            documents = disposition._release({disposition: (
                quantity, self.lot_ids if is_serial else disposition.lot_ids)})
        if leaving.more(rest, 0.0):
            disposition._fail(rest, failed if is_serial else disposition.lot_ids, self._prepare_rest_vals())
        return documents

    def _prepare_rest_vals(self):
        """The decision about what failed."""
        self.ensure_one()
        return {"work": self.rest_work, "destination": self.rest_destination, "reason": self.rest_reason}
