from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...rules import leaving, ways
from ...rules.blocker import Blocker
from ...rules.wording import figure


class Disposition(models.Model):
    """What stands in the way of the verbs of a disposition, and the cap over all dispositions of an RMA line."""

    _inherit = "cx.disposition"

    def _check_cap(self):
        """:raises UserError: more is decided about the goods of an RMA line than there is in quarantine and in work"""
        self.env["cx.guard"]._take_for(self.rma_line_id)
        for line, (decided, there) in self._decided_and_there().items():
            if leaving.more(decided, there):
                disposition = self.filtered(lambda disposition, line=line: disposition.rma_line_id == line)[:1]
                raise UserError(disposition._over_cap(decided, there).sentence())

    def _check_covered(self):
        """:raises UserError: goods that these open dispositions decide about are not in quarantine any more"""
        self._check_cap()
        accounts = self._accounts()
        for disposition in self:
            there = defaultdict(float, accounts[disposition].final)
            for (_place, lot), quantity in disposition.rma_line_id._standing()[disposition.rma_line_id.id].items():
                there[lot] += quantity
            need = 1.0 if disposition.tracking == "serial" else disposition.quantity
            if missing := disposition.lot_ids.filtered(lambda lot, there=there, need=need: (
                    leaving.more(need, there[lot.id]))):
                raise UserError(disposition._lot_not_there(missing[0], need, there[missing[0].id]).sentence())

    def _decided_and_there(self):
        """``{rma line: (quantity still to be brought to its destination, quantity in quarantine and in work)}``."""
        lines = self.rma_line_id
        decided, standing = lines._open_decisions(), lines._standing()
        return {line: (decided[line.id], leaving.total(standing[line.id])) for line in lines}

    def _over_cap(self, decided, there):
        return Blocker(
            "over_undecided", self.name,
            self.env._(
                "%(decided)s %(unit)s of %(product)s would be decided, %(there)s are in quarantine for %(rma)s.",
                decided=figure(decided), unit=self.product_uom_id.name, product=self.product_id.display_name,
                there=figure(there), rma=self.rma_id.display_name),
            self.env._("Lower the quantity, or cancel another disposition of these goods."))

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_cap() + self._blockers_lots() + self._blockers_work()
        elif verb == "execute":
            blockers += self._blockers_place()
        elif verb == "release":
            blockers += self._blockers_check()
        elif verb in ("close_short", "cancel"):
            blockers += self._blockers_documents()
        return blockers

    def _blockers_cap(self):
        decided, there = self._decided_and_there()[self.rma_line_id]
        return [self._over_cap(decided, there)] if leaving.more(decided, there) else []

    def _blockers_lots(self):
        """Tracked goods are decided by lot: each of the line, in quarantine, and under one disposition at a time."""
        if self.tracking == "none":
            return []
        if self.tracking == "serial" and len(self.lot_ids) != self.quantity:
            return [Blocker(
                "serial_count", self.name,
                self.env._("%(quantity)s units of %(product)s are decided, %(serials)s serial numbers are named.",
                           quantity=figure(self.quantity), product=self.product_id.display_name,
                           serials=len(self.lot_ids)),
                self.env._("Name as many serial numbers as units."))]
        if self.tracking == "lot" and len(self.lot_ids) != 1:
            return [Blocker(
                "one_lot", self.name,
                self.env._("%(product)s is tracked by lot, and %(lots)s lots are named.",
                           product=self.product_id.display_name, lots=len(self.lot_ids)),
                self.env._("Name one lot; make a disposition of its own for each other lot."))]
        return self._blockers_lots_there() + self._blockers_lots_taken()

    def _blockers_lots_there(self):
        places = defaultdict(float)
        for (_location, lot), quantity in self.rma_line_id._standing_in_quarantine()[self.rma_line_id.id].items():
            places[lot] += quantity
        need = 1.0 if self.tracking == "serial" else self.quantity
        return [self._lot_not_there(lot, need, places[lot.id])
                for lot in self.lot_ids if leaving.more(need, places[lot.id])]

    def _lot_not_there(self, lot, need, there):
        return Blocker(
            "lot_not_there", self.name,
            self.env._("%(lot)s of %(product)s: %(need)s %(unit)s are decided, %(there)s came back on %(rma)s and are "
                       "in quarantine.", lot=lot.name, product=self.product_id.display_name, need=figure(need),
                       unit=self.product_uom_id.name, there=figure(there), rma=self.rma_id.display_name),
            self.env._("Choose a lot that was received for this line."))

    def _blockers_lots_taken(self):
        """A serial is under one open disposition at a time; a lot under as many as its quantity allows."""
        others = self.search([
            ("rma_line_id", "=", self.rma_line_id.id), ("decision", "in", ("proposed", "approved")),
            ("id", "!=", self.id), ("lot_ids", "in", self.lot_ids.ids)])
        open_by_lot = defaultdict(float)
        for other, account in others._accounts().items():
            for lot in other.lot_ids & self.lot_ids:
                done = account.final.get(lot.id, 0.0)
                open_by_lot[lot, other] += (1.0 if self.tracking == "serial" else other.quantity) - done
        stand = defaultdict(float)
        for (_place, lot), quantity in self.rma_line_id._standing()[self.rma_line_id.id].items():
            stand[lot] += quantity
        blockers = []
        for lot in self.lot_ids:
            taken = {other: rest for (taken_lot, other), rest in open_by_lot.items()
                     if taken_lot == lot and leaving.more(rest, 0.0)}
            need = 1.0 if self.tracking == "serial" else self.quantity
            if taken and leaving.more(need + sum(taken.values()), stand[lot.id]):
                blockers.append(Blocker(
                    "lot_taken", self.name,
                    self.env._("%(lot)s is already under %(others)s.", lot=lot.name,
                               others=format_list(self.env, [other.name for other in taken])),
                    self.env._("Leave it out here, or cancel the other disposition.")))
        return blockers

    def _blockers_work(self):
        blockers = []
        if not ways.fits(self.work, self.destination):
            blockers.append(self._misfit())
        if self.scheme_id and not ways.WORKS[self.work].has_scheme:
            blockers.append(Blocker(
                "scheme_without_work", self.name,
                self.env._("It has the rework scheme %(scheme)s, but no work.", scheme=self.scheme_id.name),
                self.env._("Choose rework or repair, or remove the scheme.")))
        elif self.scheme_id and self.scheme_id.state != "released":
            blockers.append(Blocker(
                "scheme_not_released", self.name,
                self.env._("The rework scheme %(scheme)s is not released.", scheme=self.scheme_id.name),
                self.env._("Ask engineering to release it, or choose another one.")))
        if self.work == "sort" and self.scheme_id.part_ids:
            blockers.append(Blocker(
                "sort_with_parts", self.name,
                self.env._("Sorting uses no parts, the rework scheme %(scheme)s has some.", scheme=self.scheme_id.name),
                self.env._("Choose a scheme that has only the time for sorting, or none; or choose rework.")))
        templates = self.scheme_id.product_tmpl_ids
        if templates and self.product_id.product_tmpl_id not in templates:
            blockers.append(Blocker(
                "scheme_other_product", self.name,
                self.env._("The rework scheme %(scheme)s is not meant for %(product)s.",
                           scheme=self.scheme_id.name, product=self.product_id.display_name),
                self.env._("Choose another scheme, or ask engineering to add the product.")))
        return blockers

    def _misfit(self):
        """The work and the destination do not go together."""
        if self.destination == "scrap":
            return Blocker(
                "scrap_needs_no_work", self.name, self.env._("Goods that are scrapped are not worked on."),
                self.env._("Choose no work, or another destination; what fails the check is decided anew."))
        works, destinations = (
            dict(self._fields[name]._description_selection(self.env)) for name in ("work", "destination"))
        return Blocker(
            "misfit", self.name,
            self.env._("%(work)s does not lead to %(destination)s.",
                       work=works[self.work], destination=destinations[self.destination]),
            self.env._("Choose one of: %(destinations)s.", destinations=format_list(
                self.env, [destinations[code] for code in ways.destinations_after(self.work)])))

    def _blockers_place(self):
        location = self.source_location_id
        if location.usage == "internal" and location.cx_warehouse_id == self.warehouse_id:
            return []
        return [Blocker(
            "no_place", self.name,
            self.env._("It is not said where in the quarantine of %(warehouse)s the goods stand.",
                       warehouse=self.warehouse_id.display_name),
            self.env._("Choose the location under *Stands In*."))]

    def _blockers_check(self):
        """The check is passed by quality: its inspection is finished, and something waits for it."""
        account = self._accounts()[self]
        if not leaving.more(account.to_check, 0.0) or (account.lots and not self._releasable_lots(account)):
            return [Blocker(
                "nothing_to_release", self.name, self.env._("Nothing that came out of the work waits for its release."),
                self.env._("Finish the rework order first; what failed the check is given back by *Close Short*."))]
        drafts = self.rma_line_id.inspection_ids.filtered(
            lambda inspection: inspection.stage == "after_rework" and inspection.state == "draft")
        return [Blocker(
            "check_not_finished", self.name,
            self.env._("The inspection after rework %(inspection)s is not finished.", inspection=inspection.name),
            self.env._("Finish it first."),
        ) for inspection in drafts]

    def _blockers_documents(self):
        return [Blocker(
            "document_open", self.name, self.env._("%(document)s is under way.", document=name),
            self.env._("Finish or cancel it first."),
        ) for name in self.sudo()._open_documents()]  # sudo: core documents - their names only
