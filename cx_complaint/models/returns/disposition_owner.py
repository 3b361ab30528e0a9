from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import leaving, ways
from ...rules.blocker import Blocker
from ...rules.wording import figure


class Disposition(models.Model):
    """Whose goods a disposition is about. One return may hold the customer's goods and some that became ours."""

    _inherit = "cx.disposition"

    goods_owner = fields.Selection(
        [("company", "Ours"), ("customer", "The customer's")], string="Goods Are",
        compute="_compute_goods_owner", store=True, readonly=False, precompute=True, index="btree_not_null")

    @api.depends("rma_line_id", "lot_ids")
    def _compute_goods_owner(self):
        """Of the line; where some of its goods became ours, of the named lots, else of those first."""
        for disposition in self:
            if disposition.decision == "proposed" or not disposition.goods_owner:
                disposition.goods_owner = disposition.rma_line_id._owner_of_next(disposition.lot_ids)

    def write(self, vals):
        if "goods_owner" in vals and not self.env.su:
            for disposition in self:
                if disposition.decision != "proposed" and disposition.goods_owner != vals["goods_owner"]:
                    raise UserError(self.env._(
                        "%(disposition)s is %(state)s; whose goods it is about is changed by the settlement that takes"
                        " them over.", disposition=disposition.name, state=disposition._state_label()))
        return super().write(vals)

    def _owner(self):
        """The partner whose goods they are, or nobody: ours."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        return customer if self.goods_owner == "customer" else customer.browse()

    # Where the goods of a decision stand

    def _places(self):
        """Goods of these open decisions in quarantine: ``{disposition: {(location, lot): quantity}}``."""
        places = {}
        for disposition, account in self._accounts().items():
            lots = disposition.lot_ids if disposition.tracking != "none" else [disposition.lot_ids]
            share = 1.0 if disposition.tracking == "serial" else disposition.quantity
            found = {}
            for lot in lots:
                worked = account.worked.get(lot.id, 0.0) if account.work else 0.0
                gone = account.final.get(lot.id, 0.0)
                before = share - (account.into_work.get(lot.id, 0.0) if account.work else gone)
                found[disposition.source_location_id, lot] = before
                if account.work:
                    for zone, quantity in disposition._places_after_work(lot, worked - gone).items():
                        found[zone, lot] = found.get((zone, lot), 0.0) + quantity
            places[disposition] = {place: quantity for place, quantity in found.items() if leaving.more(quantity, 0.0)}
        return places

    def _places_after_work(self, lot, quantity):
        """Where so many units of a lot stand that came out of the work and did not leave: ``{location: quantity}``."""
        self.ensure_one()
        return {self.warehouse_id.cx_reworked_loc_id: quantity}

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_owner()
        elif verb in ("execute", "release"):
            blockers += self._blockers_not_ours(verb)
        return blockers

    def _blockers_owner(self):
        """A line that holds goods of two owners is decided owner by owner."""
        line = self.rma_line_id
        if not line._has_two_owners():
            return []
        of_owner = self.search([
            ("rma_line_id", "=", line.id), ("decision", "in", ("proposed", "approved")),
            ("goods_owner", "=", self.goods_owner)])
        wanted = sum(sum(places.values()) for places in (of_owner | self)._places().values())
        there = line._standing_by_owner()[line][self.goods_owner]
        quantity = sum(there.values())
        if leaving.more(wanted, quantity):
            return [Blocker(
                "owner_not_there", self.name,
                self.env._("%(wanted)s %(unit)s would be decided of the goods that are: %(owner)s. %(there)s stand in"
                           " quarantine.", wanted=figure(wanted), unit=self.product_uom_id.name,
                           owner=self._owner_label(), there=figure(quantity)),
                self.env._("Choose under “Goods Are” whose goods it is about, or lower the quantity."))]
        foreign = self.lot_ids.filtered(
            lambda lot: not any(place_lot == lot for _location, place_lot in there)) if self.tracking != "none" else []
        return [Blocker(
            "owner_not_there", self.name,
            self.env._("%(lot)s is not among the goods that are: %(owner)s.", lot=lot.name, owner=self._owner_label()),
            self.env._("Choose under “Goods Are” whose goods it is about.")) for lot in foreign]

    def _owner_label(self):
        return dict(self._fields["goods_owner"]._description_selection(self.env))[self.goods_owner]

    def _blockers_not_ours(self, verb):
        """The customer's goods do not go into what is ours to sell or to use."""
        if self.goods_owner != "customer":
            return []
        is_ours = bool(ways.DESTINATIONS[self.destination].location) or ways.is_used_up(self.work)
        if not is_ours or verb == "execute" and not leaving.more(self._accounts()[self].to_leave, 0.0):
            return []
        return [Blocker(
            "not_ours", self.name,
            self.env._("The goods belong to %(owner)s and cannot become our stock.", owner=self._owner().display_name),
            self.env._("Take them over from the replacement, credit or deduction that paid for them; or choose another"
                       " destination."))]

    # Changing hands, of decisions as a whole

    def _free_units(self):
        """Let go of the units that documents under way have reserved.

        :return: ``{move: values of the units it named}``
        """
        kept = {}
        for move in self._open_goods_moves().filtered(lambda move: move.location_id.cx_warehouse_id):
            kept[move] = [{
                "product_id": line.product_id.id, "product_uom_id": line.product_uom_id.id,
                "quantity": line.quantity, "lot_id": line.lot_id.id, "location_id": line.location_id.id,
                "location_dest_id": line.location_dest_id.id, "picking_id": line.picking_id.id,
                "company_id": line.company_id.id, "picked": line.picked,
            } for line in move.move_line_ids]
            move.move_line_ids.unlink()
        return kept

    def _change_owner(self, owner, kept):
        """Turn decisions to another owner, whose the goods are by now; documents under way take his units.

        :param owner: ``company`` or ``customer``
        :param kept: what :meth:`_free_units` gave before
        """
        self.goods_owner = owner
        for disposition in self:
            disposition.scrap_ids.filtered(lambda scrap: scrap.state != "done").owner_id = disposition._owner()
        for move, lines in kept.items():
            partner = move.cx_disposition_id._owner()
            move.restrict_partner_id = partner
            move.move_line_ids = [Command.create({**vals, "owner_id": partner.id}) for vals in lines]
