from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import leaving
from ...rules.wording import figure


class Disposition(models.Model):
    """What came out of the work is split: the good units go on to the destination, the bad ones are decided anew."""

    _inherit = "cx.disposition"

    failed_qty = fields.Float(
        string="Failed", digits="Product Unit", readonly=True, copy=False,
        help="Failed the check after the work; no longer under this disposition, but undecided or decided anew.")
    failed_from_id = fields.Many2one(
        "cx.disposition", string="Failed Under", readonly=True, copy=False, check_company=True, index="btree_not_null",
        ondelete="set null", help="The disposition whose work these units did not pass.")

    def action_release_found(self):
        """Do what the check found: release the good units, decide anew about the bad ones as their verdicts propose.

        :raises UserError: no finished inspection is about what came out of the work just now
        """
        self.ensure_one()
        self._take_guards()
        self._check_may("release")
        findings = self._findings_of_check()
        good = findings.filtered("verdict_id.is_good")
        documents = self._release({self: (
            sum(good.mapped("quantity")), good.lot_ids or self.lot_ids)}) if good else True
        for finding in findings - good:
            verdict = finding.verdict_id
            self._fail(finding.quantity, finding.lot_ids, self._prepare_proposal_vals(finding, finding.quantity)
                       if verdict.destination else {})
        return documents

    def _findings_of_check(self):
        """Findings of the latest finished inspection of what waits for its release."""
        inspection = self.rma_line_id.inspection_ids.filtered(
            lambda found: found.stage == "after_rework" and found.mode == "full" and found.state == "done"
        ).sorted("id")[-1:]
        worked_on = max(self.sudo().move_ids.filtered(  # sudo: stock.move - a date
            lambda move: move.state == "done" and move.location_id.usage == "production").mapped("date"), default=False)
        if not inspection or (worked_on and inspection.inspected_on < worked_on):
            raise UserError(self.env._(
                "%(disposition)s: no finished inspection says what of it is good. Inspect what came out of the work, or "
                "release a part by its quantity.", disposition=self.name))
        account = self._accounts()[self]
        findings = inspection.line_ids
        if self.tracking != "none":  # other units of the same check may be under another disposition
            findings = findings.filtered(lambda finding: finding.lot_ids and finding.lot_ids <= self.lot_ids)
        found = sum(findings.mapped("quantity"))
        if not findings or leaving.more(found, account.to_check):
            raise UserError(self.env._(
                "%(disposition)s: %(found)s %(unit)s are found by %(inspection)s, %(waiting)s wait for the check. Release "
                "a part by its quantity.",
                disposition=self.name, found=figure(found), unit=self.product_uom_id.name, inspection=inspection.name,
                waiting=figure(account.to_check)))
        return findings

    def _fail(self, quantity, lots, vals):
        """Units failed the check: they leave the decision, and are decided anew with ``vals`` where there are any.

        :param lots: the serials, or the lot
        :param dict vals: work, destination and reason of the new disposition; empty: they stay undecided
        :return: the new disposition, or none
        """
        self.ensure_one()
        self._check_may("release")
        self.check_access("write")
        is_serial = self.tracking == "serial"
        if is_serial:
            quantity = len(lots)
        rest = self.quantity - quantity
        failed = self.failed_qty + quantity
        if leaving.more(rest, 0.0):
            self.sudo().write({"quantity": rest, "failed_qty": failed, **(
                {"lot_ids": [Command.unlink(lot.id) for lot in lots]} if is_serial else {})})  # sudo: the verb is checked
        else:
            self._transition("close_short", {"failed_qty": failed})
        # sudo: cx.disposition - a consequence of the verb just checked, with its finding
        new = self.sudo().create([self._prepare_failed_vals(quantity, lots, vals)] if vals else []).sudo(False)
        self.message_post(body=self.env._(
            "%(quantity)s %(unit)s failed the check and are decided anew.", quantity=figure(quantity),
            unit=self.product_uom_id.name) if not new else self.env._(
            "%(quantity)s %(unit)s failed the check; %(disposition)s says what becomes of them.",
            quantity=figure(quantity), unit=self.product_uom_id.name, disposition=new.name))
        return new

    def _prepare_failed_vals(self, quantity, lots, vals):
        self.ensure_one()
        return {
            "rma_line_id": self.rma_line_id.id,
            "quantity": quantity,
            "lot_ids": [Command.set((lots or self.lot_ids).ids)],
            "source_location_id": self.warehouse_id.cx_reworked_loc_id.id,
            **vals,
            "failed_from_id": self.id,
        }
