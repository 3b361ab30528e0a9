from odoo import fields, models

from ...rules.blocker import Blocker
from ...rules.findings import found_quantity
from ...rules.wording import figure
from .inspection import SORTING_STAGES


class InspectionBlockers(models.Model):
    """What stands in the way of finishing or reopening an inspection."""

    _inherit = "cx.inspection"

    lot_quantities = fields.Json(compute="_compute_lot_quantities", help="Received units by id of the lot.")

    def _compute_lot_quantities(self):
        # sudo: stock.move.line - the quantities of goods whose inspection the user may read
        rows = self.env["stock.move.line"].sudo()._read_group(
            [("move_id.cx_rma_line_id", "in", self.rma_line_id.ids), ("state", "=", "done"),
             ("location_id.usage", "=", "customer"), ("lot_id", "!=", False)],
            ["move_id", "lot_id"], ["quantity_product_uom:sum"])
        by_line = {}
        for move, lot, quantity in rows:
            lots = by_line.setdefault(move.cx_rma_line_id.id, {})
            lots[str(lot.id)] = lots.get(str(lot.id), 0.0) + quantity
        for inspection in self:
            inspection.lot_quantities = (
                inspection._carried_lots() if inspection._is_carried()
                else by_line.get(inspection.rma_line_id.id, {}))

    def _carried_lots(self):
        """Units by id of the lot that the first inspection handed over to this analysis."""
        lots = {}
        for finding in self.predecessor_id._findings_to_analyse():
            for lot in finding.lot_ids:
                quantity = 1.0 if self.tracking == "serial" else finding.quantity
                lots[str(lot.id)] = lots.get(str(lot.id), 0.0) + quantity
        return lots

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish":
            blockers += self._blockers_quantity() + self._blockers_lots() + self._blockers_content()
        elif verb == "reopen":
            blockers += self._blockers_dispositions()
        return blockers

    def _blocker(self, code, text, way_out):
        return Blocker(code, self.display_name, text, way_out)

    def _blockers_quantity(self):
        """More looked at than there is, or nothing at all."""
        unit, uom = self.product_uom_id.name, self.product_uom_id
        found, at_hand = found_quantity(self._findings()), self.available_qty
        blockers = []
        if uom.is_zero(self.inspected_qty):
            blockers.append(self._blocker(
                "nothing_inspected", self.env._("Nothing is inspected yet."),
                self.env._("Enter the size of the sample.") if self.mode == "sample"
                else self.env._("Add a finding with its verdict and quantity.")))
        if uom.compare(self.inspected_qty, at_hand) > 0:
            blockers.append(self._blocker(
                "sample_too_large" if self.mode == "sample" else "more_than_received",
                self.env._(
                    "%(inspected)s %(unit)s are inspected, %(received)s %(unit)s are there.",
                    inspected=figure(self.inspected_qty), received=figure(at_hand), unit=unit),
                self.env._("Correct the quantities, or receive the rest first.")))
        if self.mode == "sample" and uom.compare(found, self.inspected_qty) > 0:
            blockers.append(self._blocker(
                "findings_above_sample",
                self.env._("The findings name %(found)s %(unit)s of a sample of %(sample)s %(unit)s.",
                           found=figure(found), sample=figure(self.inspected_qty), unit=unit),
                self.env._("Correct the findings or the size of the sample.")))
        return blockers

    def _blockers_lots(self):
        """In full every tracked unit says which it is; otherwise its disposition could not name it either."""
        if self.mode != "full" or self.tracking == "none":
            return []
        return self._blockers_lot_missing() + (self._blockers_lot_received() if self.stage in SORTING_STAGES else [])

    def _blockers_lot_missing(self):
        blockers = []
        for line in self.line_ids:
            wanted = line.quantity if self.tracking == "serial" else 1.0
            if self.product_uom_id.compare(len(line.lot_ids), wanted) == 0:
                continue
            if self.tracking == "serial":
                text = self.env._(
                    "%(finding)s: %(quantity)s %(unit)s, but %(serials)s serial numbers.",
                    finding=line.display_name, quantity=figure(line.quantity), unit=self.product_uom_id.name,
                    serials=len(line.lot_ids))
                way_out = self.env._("Name one serial number for each unit.")
            else:
                text = self.env._("%(finding)s: %(lots)s lots are named.", finding=line.display_name,
                                  lots=len(line.lot_ids))
                way_out = self.env._("Name exactly one lot; units of another lot are a finding of their own.")
            blockers.append(self._blocker("lot_missing", text, way_out))
        return blockers

    def _blockers_lot_received(self):
        blockers = []
        for lot in self.line_ids.lot_ids:
            # a finding that names several lots has a blocker of its own and belongs to none of them
            lines = self.line_ids.filtered(
                lambda line, lot=lot: lot in line.lot_ids and (self.tracking == "serial" or len(line.lot_ids) == 1))
            found = len(lines) if self.tracking == "serial" else sum(lines.mapped("quantity"))
            received = self.lot_quantities.get(str(lot.id), 0.0)
            if self.product_uom_id.compare(found, received) > 0:
                blockers.append(self._blocker(
                    "lot_above_received",
                    self.env._("%(found)s %(unit)s of %(lot)s are inspected, %(received)s %(unit)s of it came back.",
                               found=figure(found), unit=self.product_uom_id.name, lot=lot.display_name,
                               received=figure(received)),
                    self.env._("Choose the lot that was received, or correct the receipt.")))
        return blockers

    def _blockers_content(self):
        """What else a finished inspection has to say."""
        blockers = []
        if self.stage == "analysis" and not (self.cause or "").strip():
            blockers.append(self._blocker(
                "cause_missing", self.env._("An analysis states the cause of the defect."),
                self.env._("Fill in the defect cause.")))
        if self.mode == "full" and self.company_id.cx_is_marking_required and not self.is_marked:
            blockers.append(self._blocker(
                "not_marked", self.env._("The units are not marked yet."),
                self.env._("Mark every unit with its verdict and tick “Units Marked”.")))
        return blockers

    def _blockers_dispositions(self):
        """Decisions that rest on the findings."""
        return [
            self._blocker(
                "disposition_approved",
                self.env._("%(disposition)s rests on it and is %(state)s.", disposition=disposition.display_name,
                           state=dict(disposition._fields["state"]._description_selection(self.env))[
                               disposition.state]),
                self.env._("Cancel the disposition first, or make another inspection."))
            for disposition in self.disposition_ids if disposition.state not in ("proposed", "cancelled")
        ]
