from collections import defaultdict

from odoo import api, fields, models

from ...rules import quantities as rules
from ...rules import ways
from ...rules.caps import Returnable


class RmaLineQuantities(models.Model):
    """What the moves and dispositions of a line tell: gathered once for a batch, decided in ``rules``."""

    _inherit = "cx.rma.line"

    returnable_qty = fields.Float(
        string="Returnable", digits="Product Unit", compute="_compute_returnable_qty",
        help="What of the delivery is neither back, nor on the way back, nor authorised elsewhere.")
    expected_qty = fields.Float(
        string="Expected", digits="Product Unit", compute="_compute_quantities",
        help="On open receipts, or at a dock on its way into quarantine.")
    missing_qty = fields.Float(
        string="Missing", digits="Product Unit", compute="_compute_quantities",
        help="Authorised, did not come, and on no open receipt: expect it again or close the line short.")
    received_qty = fields.Float(string="Received", digits="Product Unit", compute="_compute_quantities")
    quarantine_qty = fields.Float(string="In Quarantine", digits="Product Unit", compute="_compute_quantities")
    in_work_qty = fields.Float(string="In Work", digits="Product Unit", compute="_compute_quantities")
    final_qty = fields.Float(string="At Destination", digits="Product Unit", compute="_compute_quantities")
    planned_qty = fields.Float(
        string="Planned", digits="Product Unit", compute="_compute_quantities",
        help="Under a disposition that is not cancelled.")
    undecided_qty = fields.Float(string="Undecided", digits="Product Unit", compute="_compute_quantities")
    inspected_qty = fields.Float(string="Inspected", digits="Product Unit", compute="_compute_inspected_qty",
                                help="Units that got a verdict; a sample gives a rate only.")

    # stored, because lists search by them and the state of the RMA follows from them
    is_to_receive = fields.Boolean(
        string="To Receive", compute="_compute_progress", store=True, index=True, help="Something is still to come.")
    has_arrived = fields.Boolean(compute="_compute_progress", store=True, help="Something came already.")
    is_to_decide = fields.Boolean(
        string="To Decide", compute="_compute_progress", store=True, index=True,
        help="Something was received of which nobody decided what happens to it.")
    is_to_handle = fields.Boolean(
        string="In Hand", compute="_compute_progress", store=True,
        help="Something is undecided, or a disposition is not done yet.")

    # Compute

    @api.depends("quantity", "rma_id.decision", "short_reason", "move_ids.state", "move_ids.quantity",
                 "move_ids.product_qty", "disposition_ids.decision", "disposition_ids.state",
                 "disposition_ids.quantity")
    def _compute_quantities(self):
        for line, found in self._gather_quantities().items():
            line.update({name: quantity for name, quantity in found.items() if name in self._fields})

    @api.depends("quantity", "rma_id.decision", "short_reason", "move_ids.state", "move_ids.quantity",
                 "move_ids.product_qty", "disposition_ids.decision", "disposition_ids.state",
                 "disposition_ids.quantity")
    def _compute_progress(self):
        self.fetch(["is_to_receive", "has_arrived", "is_to_decide", "is_to_handle"])  # unchanged: nothing is written
        for line, found in self._gather_quantities().items():
            unit = line.product_uom_id or self.env.ref("uom.product_uom_unit")  # no product yet, in a form
            is_expected = line.rma_id.decision == "authorised"
            line.is_to_receive = is_expected and unit.compare(found["expected_qty"] + found["missing_qty"], 0) > 0
            line.has_arrived = unit.compare(found["received_qty"] + found["arriving_qty"], 0) > 0
            line.is_to_decide = unit.compare(found["undecided_qty"], 0) > 0
            line.is_to_handle = line.is_to_decide or line.has_arrived and any(
                disposition.state not in ("done", "cancelled") for disposition in line.disposition_ids)

    # not on the moves of the delivery: every transfer of the company would look for lines that may depend on it
    @api.depends("quantity", "origin_move_id", "rma_id.decision")
    def _compute_returnable_qty(self):
        returnable = self._gather_returnable()
        for line in self:
            line.returnable_qty = returnable[line].shown

    @api.depends("inspection_ids.state", "inspection_ids.inspected_qty")
    def _compute_inspected_qty(self):
        inspected = self.sudo()._sorted_quantities()  # sudo: cx.inspection - a sum
        for line in self:
            line.inspected_qty = inspected.get(line._origin.id, 0.0)

    # Gathering, one query per question for the whole batch

    def _gather_quantities(self):
        """All quantities of each line, by the names of the fields; ``arriving_qty`` besides."""
        steps = self._gather_steps()
        zones = self._zones({location for found in steps.values() for _key, step in found for location in step[:2]})
        expected = self._gather_expected()
        # nothing can be planned of what never came, nor done with it outside
        planned = self.filtered(lambda line: steps[line._origin.id])._gather_planned()
        result = {}
        for line in self:
            round_ = line.product_uom_id.round if line.product_uom_id else float  # no product yet, in a form
            own_steps = [step for _key, step in steps[line._origin.id]]
            outside = line._done_outside() if own_steps else 0.0
            place = rules.whereabouts(own_steps, zones)
            expected_qty = expected[line._origin.id] + place.arriving
            before = line.opening_received_qty  # dealt with before this system knew the case
            result[line] = {name: round_(quantity) for name, quantity in {
                "arriving_qty": place.arriving,
                "expected_qty": expected_qty,
                "received_qty": place.received + before,
                "quarantine_qty": place.quarantine,
                "in_work_qty": place.work,
                "final_qty": place.final + before,
                "planned_qty": planned[line._origin.id],
                "undecided_qty": rules.undecided(
                    place.received - rules.straight_to_stock(own_steps, zones),
                    planned[line._origin.id] - outside),
                "missing_qty": rules.missing(
                    line.quantity, place.received + before, expected_qty, line.short_reason)
                if line.rma_id.decision == "authorised" else 0.0,
            }.items()}
        return result

    def _gather_steps(self):
        """What moved, by line id: list of ``((lot id, owner id), step)``.

        Read through the moves and not by a grouped query: where goods have just moved they are at hand already, and
        the dock waits for no query.
        """
        steps = defaultdict(list)
        for move in self._goods_moves():
            if move.state == "done":
                is_used_up = move.cx_disposition_id and ways.is_used_up(move.cx_disposition_id.work)
                steps[move.cx_rma_line_id.id] += [
                    ((move_line.lot_id.id, move_line.owner_id.id), rules.Step(
                        move_line.location_id.id, rules.USED_UP if is_used_up else move_line.location_dest_id.id,
                        move_line.quantity_product_uom))
                    for move_line in move.move_line_ids
                ]
        return steps

    def _gather_expected(self):
        """Demand of open receipt moves, by line id."""
        expected = defaultdict(float)
        for move in self._goods_moves():
            if move.state not in ("done", "cancel") and move.location_id.usage == "customer":
                expected[move.cx_rma_line_id.id] += move.product_qty
        return expected

    def _goods_moves(self):
        """Moves of the goods of these lines, with what the quantities need of them."""
        moves = self.sudo().move_ids  # sudo: stock.move - readers of returns may not read stock
        moves.fetch(["state", "product_qty", "location_id", "cx_rma_line_id", "cx_disposition_id", "move_line_ids"])
        done = moves.filtered(lambda move: move.state == "done")
        done.move_line_ids.fetch(["location_id", "location_dest_id", "lot_id", "owner_id", "quantity_product_uom"])
        return moves

    def _gather_planned(self):
        """What dispositions took over, by line id; one that was closed short took what it did."""
        planned = defaultdict(float)
        for disposition in self.sudo().disposition_ids:  # sudo: cx.disposition - the clerk may not read it
            if disposition.state != "cancelled":
                is_short = disposition.decision == "closed"
                planned[disposition.rma_line_id.id] += disposition.done_qty if is_short else disposition.quantity
        return planned

    def _done_outside(self):
        """What was done outside with goods that came straight into stock: nobody decides about these any more."""
        return 0.0

    def _zones(self, location_ids):
        """Zone of each location, for the rules."""
        zones = {"customer": rules.CUSTOMER, "production": rules.WORK, "internal": rules.INSIDE,
                 "transit": rules.INSIDE, "view": rules.INSIDE}
        locations = self.env["stock.location"].sudo().browse(location_ids - {rules.USED_UP})  # sudo: stock.location - kind and tree only
        return {rules.USED_UP: rules.OUTSIDE} | {
            location.id: rules.QUARANTINE if location.cx_warehouse_id
            else rules.STOCK if location.usage == "internal" and location._cx_is_stock()
            else zones.get(location.usage, rules.OUTSIDE)
            for location in locations
        }

    def _quantities_by_lot(self):
        """What of each line stands in quarantine.

        :return: dict ``{line: {(location, lot, owner): quantity}}`` of records, above zero only
        """
        steps = self._gather_steps()
        zones = self._zones({location for found in steps.values() for _key, step in found for location in step[:2]})
        Location, Lot, Owner = self.env["stock.location"], self.env["stock.lot"], self.env["res.partner"]
        return {
            line: {
                (Location.browse(location), Lot.browse(lot), Owner.browse(owner)): quantity
                for (location, lot, owner), quantity in rules.in_zone(steps[line.id], zones).items()
                if line.product_uom_id.compare(quantity, 0) > 0
            }
            for line in self
        }

    def _gather_returnable(self):
        """What of the delivery of each line may come back besides what other lines promise: by line."""
        returned, promised = self._gather_returned(self.origin_move_id)
        result = {}
        for line in self:
            origin = line.sudo().origin_move_id._origin  # sudo: stock.move - quantities only
            result[line] = Returnable(
                delivered=origin._cx_delivered_qty(),
                returned=returned[origin.id],
                promised=sum(quantity for other, quantity in promised[origin.id].items() if other != line._origin),
            )
        return result

    @api.model
    def _returnable_of(self, origins):
        """What of each delivered move may still come back, all authorised lines considered.

        :return: dict of move to :class:`Returnable`, in the product's unit
        """
        returned, promised = self._gather_returned(origins)
        return {
            origin: Returnable(
                origin.sudo()._cx_delivered_qty(),  # sudo: stock.move - a quantity
                returned[origin.id], sum(promised[origin.id].values()))
            for origin in origins
        }

    @api.model
    def _gather_returned(self, origins):
        """What came back of delivered moves or is on its way, and what authorised lines promise beyond that.

        Core's own returns count like ours: open ones by their demand, done ones by what was done.

        :return: two dicts by id of the delivered move: quantity returned; ``{line: quantity promised}``
        """
        returned = defaultdict(float)
        on_receipt = defaultdict(float)
        for origin, line, state, unit, done, demand in self.env["stock.move"].sudo()._read_group(  # sudo: a sum
            [("origin_returned_move_id", "in", origins.ids), ("state", "!=", "cancel")],
            ["origin_returned_move_id", "cx_rma_line_id", "state", "product_uom"],
            ["quantity:sum", "product_qty:sum"],
        ):
            if state == "done":
                demand = unit._compute_quantity(done, origin.product_id.uom_id, rounding_method="HALF-UP")
            returned[origin.id] += demand
            on_receipt[line.id] += demand
        promised = defaultdict(dict)
        for line in self.sudo().search([  # sudo: cx.rma.line - of every RMA, whoever may read it
            ("origin_move_id", "in", origins.ids), ("rma_id.decision", "=", "authorised"),
            "|", ("short_reason", "=", False), ("opening_received_qty", ">", 0),
        ]):
            promise = line.opening_received_qty if line.short_reason else line.quantity - on_receipt[line.id]
            if promise > 0:
                promised[line.origin_move_id.id][line] = promise
        return returned, promised
