from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models

from ...rules import leaving, take_over


class RmaLine(models.Model):
    """Whose the goods of a line are, unit by unit, and how they change hands: done moves in one place, dated."""

    _inherit = "cx.rma.line"

    taken_over_on = fields.Datetime(
        string="Ours Since", readonly=True, copy=False,
        help="The customer was compensated for all of it: what is still to come is received as ours.")
    promised_ours_qty = fields.Float(
        string="To Come as Ours", digits="Product Unit", readonly=True, copy=False,
        help="What was still to come when the goods became ours.")
    became_ours_qty = fields.Float(
        string="Became Ours", digits="Product Unit", compute="_compute_became_ours_qty",
        help="The customer's goods that became ours after they had come back.")
    owner_label = fields.Char(string="Property", compute="_compute_owner_label")

    @api.depends("goods_owner", "move_ids.state")
    def _compute_became_ours_qty(self):
        for line in self:
            line.became_ours_qty = sum(
                move._cx_owner_change_sign() * move._cx_delivered_qty()
                for move in line.sudo().move_ids  # sudo: stock.move - a sum
                if move.cx_is_owner_change)

    @api.depends("goods_owner", "became_ours_qty", "partner_id")
    def _compute_owner_label(self):
        for line in self:
            unit, ours = line.product_uom_id, line.became_ours_qty
            if line.goods_owner != "customer":
                line.owner_label = self.env._("Ours")
            elif unit and unit.compare(ours, 0.0) > 0:
                line.owner_label = self.env._("The customer's, but %(ours)s %(unit)s that became ours",
                                              ours=f"{ours:g}", unit=unit.name)
            else:
                line.owner_label = self.env._("The customer's")

    def _signed_values(self):
        # what was signed: that goods of the customer come back; what became of them is another decision
        values = super()._signed_values()
        return {**values, "owner": "customer"} if self.taken_over_on else values

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name in ("taken_over_on", "promised_ours_qty") or super()._is_written_by_nobody(field)

    # Whose what is

    def _has_two_owners(self):
        """Whether some of the customer's goods of this line became ours; no query where all are ours anyway."""
        self.ensure_one()
        return self.goods_owner == "customer" and any(
            move.cx_is_owner_change for move in self.sudo().move_ids)  # sudo: stock.move - whether there is one

    def _is_customers_property(self, lot):
        """Whether a unit of the line, or of this lot of it, is the customer's property."""
        if not self._has_two_owners():
            return self.goods_owner == "customer"
        ours = self._standing_by_owner()[self]["company"]
        return not (lot and any(place_lot == lot for _location, place_lot in ours))

    def _standing_by_owner(self):
        """Goods in quarantine: ``{line: {"customer": {(location, lot): quantity}, "company": …}}``."""
        standing = {}
        for line, places in self.sudo()._quantities_by_lot().items():  # sudo: stock.move.line - figures only
            standing[line.sudo(False)] = found = {"customer": {}, "company": {}}
            for (location, lot, owner), quantity in places.items():
                is_his = owner and owner != line.company_id.partner_id
                found["customer" if is_his else "company"][location, lot] = quantity
        return standing

    def _owner_of_next(self, lots):
        """Whose goods a new decision is about: of these lots, else of what of ours nobody decided about."""
        if not self or not self._has_two_owners():
            return self.goods_owner or "company"
        free = self._undecided_of("company")
        if lots:
            return "company" if any(lot in lots._origin for _location, lot in free) else "customer"
        return "company" if free else "customer"

    def _undecided_of(self, owner):
        """Goods of an owner in quarantine that no open decision is about: ``{(location, lot): quantity}``."""
        self.ensure_one()
        decided = self._open_dispositions(owner)._places()
        return take_over.undecided(self._standing_by_owner()[self][owner], list(decided.values()))

    def _open_dispositions(self, owner):
        """Decisions about goods of this owner that are not carried out yet."""
        return self.sudo().disposition_ids.filtered(  # sudo: cx.disposition - what is decided about the goods
            lambda disposition: disposition.decision in ("proposed", "approved") and disposition.goods_owner == owner
            and disposition.state != "done")

    def _to_come_qty(self):
        """What may still come of the line."""
        self.ensure_one()
        return self.expected_qty + self.missing_qty

    # Changing hands

    def _change_hands(self, places, owner, link):
        """Book that goods in quarantine belong to somebody else from now on; nothing is carried.

        :param dict places: ``{(location, lot): quantity}``
        :param owner: whose they are now, ``company`` or ``customer``
        :param dict link: values that say by what
        """
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        before, after = (customer, customer.browse()) if owner == "company" else (customer.browse(), customer)
        hands = self.company_id._cx_owner_change_location()
        # what is about to be put elsewhere within quarantine is so still, under its new owner
        stores = self._open_store_moves().filtered(lambda move: not move.cx_disposition_id)
        stored_in = stores.location_dest_id
        stores._action_cancel()
        by_location = defaultdict(dict)
        for (location, lot), quantity in places.items():
            by_location[location][lot] = quantity
        for location, lots in by_location.items():
            # one after the other: what is taken out of the one's hands is there to be given into the other's
            self._book_hand(location, hands, before, lots, link)
            self._book_hand(hands, location, after, lots, link)
        for location in stored_in:
            self._store(location)

    def _book_hand(self, source, destination, owner, lots, link):
        """One done move of these units for their old or new owner."""
        common = {
            "company_id": self.company_id.id, "product_id": self.product_id.id,
            "location_id": source.id, "location_dest_id": destination.id,
        }
        move = self.env["stock.move"].create({
            **common, **link,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": sum(lots.values()),
            "origin": self.rma_id.display_name,
            "partner_id": self.partner_id.id,
            "restrict_partner_id": owner.id,
            "procure_method": "make_to_stock",
            "cx_rma_line_id": self.id,
            "cx_is_owner_change": True,
            "move_line_ids": [fields.Command.create({
                **common, "product_uom_id": self.product_uom_id.id, "quantity": quantity, "lot_id": lot.id,
                "owner_id": owner.id, "picked": True,
            }) for lot, quantity in lots.items()],
        })
        move._action_confirm(merge=False)
        move.picked = True
        # core values goods with the user's own rights, and who settles complaints has none on stock
        move.with_user(SUPERUSER_ID)._action_done()

    def _turn_over(self, owner):
        """What is still to come belongs to somebody else: the whole line does from now on."""
        for line in self:
            is_ours = owner == "company"
            line.write({
                "goods_owner": owner,
                "taken_over_on": fields.Datetime.now() if is_ours else False,
                "promised_ours_qty": line._to_come_qty() if is_ours else 0.0,
            })
            partner = line._owner()
            receipts = line._open_receipt_moves()
            receipts.restrict_partner_id = partner
            receipts.move_line_ids.owner_id = partner
            for picking in receipts.picking_id:
                owners = picking.move_ids.cx_rma_line_id.mapped("goods_owner")
                picking.owner_id = partner if is_ours or set(owners) == {"customer"} else False

    def _is_turned_over_with(self, quantity):
        """Whether ``quantity`` besides what became ours covers all that is still to come of the line."""
        self.ensure_one()
        to_come = self._to_come_qty()
        standing = sum(self._standing_by_owner()[self]["customer"].values())
        is_docked = self._gather_quantities()[self]["arriving_qty"]
        return not leaving.more(standing, 0.0) and not is_docked and not leaving.more(to_come, quantity)
