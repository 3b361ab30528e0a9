from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...rules import leaving
from ...rules.blocker import Blocker

# work that a scheme describes
_SCHEME_WORK = frozenset({"rework", "repair"})


class DispositionRepresentative(models.Model):
    """Representative pieces prove a scheme; the rest is worked when it is released.

    :source: S2.18-18, S2.18-19
    """

    _inherit = "cx.disposition"

    is_representative = fields.Boolean(
        string="Representative Pieces", help="Few units by which engineering proves a scheme that is not released yet.")
    proof_ids = fields.One2many("cx.rework.proof", "disposition_id", string="Repair Reports", readonly=True)
    scheme_engineer_id = fields.Many2one(related="scheme_id.engineer_id", string="Assisted By")

    def _blockers_work(self):
        blockers = super()._blockers_work()
        if self.work in _SCHEME_WORK and not self.scheme_id and self.company_id.cx_is_scheme_needed:
            blockers.append(Blocker(
                "scheme_missing", self.name, self.env._("It is not said by which scheme it is worked."),
                self.env._("Choose a released rework scheme, or ask engineering to write one.")))
        if self.is_representative:
            blockers = [blocker for blocker in blockers if blocker.code != "scheme_not_released"]
            blockers += self._blockers_representative()
        return blockers

    def _blockers_representative(self):
        """Few are representative; with all of them the scheme would be proved by using it."""
        drawn = self.rma_line_id.disposition_ids.filtered(
            lambda goods: goods.is_representative and goods.state != "cancelled")
        quantity, most = sum(drawn.mapped("quantity")), self.company_id.cx_representative_max
        if not leaving.more(quantity, most):
            return []
        return [Blocker(
            "too_many_representatives", self.name,
            self.env._("%(quantity)s units of the return would be representative, at most %(most)s are.",
                       quantity=f"{quantity:g}", most=most),
            self.env._("Draw fewer; the rest is worked when the scheme is released."))]

    def _transition(self, verb, vals=None):
        result = super()._transition(verb, vals)
        if verb == "execute":
            self._ask_engineers()
        return result

    def _ask_engineers(self):
        """Who wrote the scheme assists the shop floor when the rest is worked by it; one to-do per disposition."""
        for goods in self.filtered(lambda goods: goods.state == "approved" and not goods.is_representative):
            engineer = goods.scheme_id.engineer_id
            if engineer.active:
                goods.sudo().activity_schedule(  # sudo: mail.activity - planning need not know the engineer
                    "mail.mail_activity_data_todo", user_id=engineer.id,
                    summary=self.env._("Assist the rework"),
                    note=self.env._("%(quantity)s %(unit)s of %(product)s are worked by %(scheme)s.",
                                    quantity=f"{goods.quantity:g}", unit=goods.product_uom_id.name,
                                    product=goods.product_id.display_name, scheme=goods.scheme_id.name))

    # The rest

    def action_rework_rest(self):
        """Propose the same work, by the same scheme, for what of the return nobody has decided.

        :raises UserError: nothing is left
        """
        self.ensure_one()
        self._check_may("approve")
        self.env["cx.guard"]._take_for(self.rma_line_id)
        vals_list = self._prepare_rest_vals_list()
        if not vals_list:
            raise UserError(self.env._(
                "Nothing of %(line)s is left to be reworked: everything is decided or waits for the customer.",
                line=self.rma_line_id.display_name))
        return self.create(vals_list)._get_records_action()

    def _prepare_rest_vals(self, quantity, lots):
        return {
            "rma_line_id": self.rma_line_id.id, "quantity": quantity, "lot_ids": [Command.set(lots.ids)],
            "work": self.work, "destination": self.destination, "scheme_id": self.scheme_id.id, "reason": self.reason,
        }

    def _prepare_rest_vals_list(self):
        """Values of a disposition of the rest: one, or one per lot."""
        Lot = self.env["stock.lot"]
        free = {lot: quantity for lot, quantity in self.rma_line_id._free_by_lot(
            ("proposed", "approved"), self.browse()).items() if leaving.more(quantity, 0.0)}
        if self.tracking == "serial":
            lots = Lot.browse([lot for lot in free if lot])
            return [self._prepare_rest_vals(len(lots), lots)] if lots else []
        return [self._prepare_rest_vals(quantity, Lot.browse(lot or [])) for lot, quantity in free.items()]

    def action_view_proofs(self):
        """The repair reports of these pieces, ready to record one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Repair Reports"),
            "res_model": "cx.rework.proof",
            "view_mode": "list,form",
            "domain": [("disposition_id", "=", self.id)],
            "context": {
                "default_disposition_id": self.id, "default_scheme_id": self.scheme_id.id,
                "default_lot_ids": self.lot_ids.ids, "default_unit": ", ".join(self.lot_ids.mapped("name"))},
        }
