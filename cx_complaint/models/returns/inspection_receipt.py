from odoo import models
from odoo.tools import format_list

from ...rules import receipt_steps
from ...rules.blocker import Blocker
from ...rules.wording import figure
from .inspection import SORTING_STAGES


class Inspection(models.Model):
    """The inspection as a step of receiving: what it waits for, whom it tells, where the goods stand afterwards."""

    _inherit = "cx.inspection"

    def action_finish(self):
        res = super().action_finish()
        for inspection in self.filtered(lambda inspection: inspection.stage in SORTING_STAGES):
            inspection._pass_on()
        return res

    def action_report_mismatch(self):
        """Report to planning that the content of the goods and the paper do not match."""
        return self.rma_line_id.action_report_mismatch()

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish" and self.stage in SORTING_STAGES and self.state == "draft":
            blockers += self._blockers_receipt()
        return blockers

    def _blockers_receipt(self):
        """Steps of the parcels that the company wants done before the inspection."""
        steps = self.rma_id._receipt_profile()._steps()
        if "inspect" not in [step.code for step in steps]:
            return []
        line = self.rma_line_id.sudo()  # sudo: stock.picking - which parcels brought the goods
        parcels = line.move_ids.filtered(lambda move: move.state == "done").picking_id.cx_consignment_id.sudo(False)
        return [
            Blocker(f"receipt_{code}", blocker.record, blocker.text, blocker.way_out)
            for parcel in parcels
            for code in receipt_steps.missing_before(steps, "inspect", parcel._steps_done())
            for blocker in [parcel._blocker_of_step(code)]
        ]

    # Afterwards

    def _pass_on(self):
        """Tell who goes on with the goods, and have them put where they stand from now on.

        :source: S2.02-29, S2.18-16
        """
        self.ensure_one()
        profile = self.rma_id._receipt_profile()
        repairable = sum(self.line_ids.filtered(
            lambda finding: finding.verdict_id.work in ("rework", "repair")).mapped("quantity"))
        for function in profile._functions_after("inspect"):
            if function == "planning" and self.product_uom_id.is_zero(repairable):
                continue
            self.rma_id._tell_functions(
                [function], self.env._("Schedule the repair") if function == "planning" else self.env._("Inspected"),
                self._routing_text())
            if function == "warehouse":
                for parcel in self._parcels():
                    parcel.message_post(body=self._routing_text())
        if profile.place_after_inspection == "aftersales":
            # sudo: stock.picking - the inspection's own consequence; its rights are checked
            self.rma_line_id.sudo()._store(self.rma_id.warehouse_id.sudo().cx_aftersales_loc_id)

    def _parcels(self):
        """The parcels that brought the goods."""
        line = self.rma_line_id.sudo()  # sudo: stock.picking, cx.consignment - told what was found in them
        return line.move_ids.picking_id.cx_consignment_id

    def _routing_text(self):
        """What was found, and which department handles the goods."""
        self.ensure_one()
        return self.env._(
            "%(inspection)s: %(product)s of %(rma)s is inspected: %(findings)s. Handling department: %(department)s.",
            inspection=self.display_name, product=self.product_id.display_name, rma=self.rma_id.display_name,
            findings=format_list(self.env, [
                f"{figure(finding.quantity)} {finding.verdict_id.name}" for finding in self.line_ids])
            or self.env._("a sample"),
            department=self.department_id.display_name or self.env._("not named"))
