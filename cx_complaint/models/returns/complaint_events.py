from odoo import api, fields, models

from ...rules import ways
from ...rules.milestones import fact_of_parts
from ..case.complaint_events import aware

_OF_RMA = {
    "return_requested": "requested_on", "return_authorised": "authorised_on", "return_distributed": "distributed_on",
    "return_told": "customer_told_on", "goods_marked": "marked_on", "return_shipped": "shipped_on"}
_OF_CONSIGNMENT = {"goods_arrived": "arrived_on", "goods_placed": "placed_on", "goods_collected": "collected_on"}
_OF_GOODS = frozenset({
    "goods_received", "goods_inspected", "goods_decided", "rework_ordered", "goods_reworked", "goods_released",
    "goods_shipped_back"})
_OF_DECISION = frozenset({
    "rework_proposed", "scrap_proposed", "rework_failed", "rework_decided", "scrap_decided", "reuse_decided", "goods_stocked"})
_USED_AGAIN = frozenset(code for code, destination in ways.DESTINATIONS.items() if destination.is_on_hand)
_OVER = frozenset({"cancelled", "refused", "expired"})


class Complaint(models.Model):
    """What happens to the returned goods of a case, as its rulebook hears of it.

    An event that happens to several returns, parcels or lines has happened when it did to all of them; it begins what it
    begins with the first one.
    """

    _inherit = "cx.complaint"

    def _event_times(self, events):
        times = super()._event_times(events)
        wanted = frozenset(events) & (_OF_RMA.keys() | _OF_CONSIGNMENT.keys() | _OF_GOODS | _OF_DECISION)
        if wanted:
            cases = self.sudo()  # sudo: cx.rma, stock.move, mrp.production - moments only, which the case follows
            for case in cases:
                times[case].update(case._return_times(wanted))
        return times

    def _return_times(self, wanted):
        """``{event: Fact}`` of one case."""
        lines = self.rma_line_ids._of_standing_returns()
        if not lines:
            return {}
        times = {event: fact_of_parts([aware(rma[name]) for rma in lines.rma_id])
                 for event, name in _OF_RMA.items() if event in wanted}
        if not wanted.isdisjoint(_OF_CONSIGNMENT):
            times.update(lines._consignment_times(wanted))
        if not wanted.isdisjoint(_OF_GOODS):
            times.update(lines._goods_times(wanted))
        if not wanted.isdisjoint(_OF_DECISION):
            times.update(lines.disposition_ids._decision_times(wanted))
        return {event: fact for event, fact in times.items() if fact}


class RmaLine(models.Model):
    """Moments of the goods of these lines, all of one case."""

    _inherit = "cx.rma.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["cx.complaint"]._tell_rulebooks(lines, "complaint_id")
        return lines

    def _of_standing_returns(self):
        """Those whose return was neither cancelled nor refused, and did not expire."""
        return self.filtered(lambda line: line.rma_id.decision not in _OVER)

    def _consignment_times(self, wanted):
        """What happened to the parcels; goods without a parcel arrive, and stand in their place, when they are received."""
        parcels = self.rma_id.consignment_ids.filtered(lambda parcel: parcel.state != "cancelled")
        times = {event: fact_of_parts([aware(parcel[name]) for parcel in parcels])
                 for event, name in _OF_CONSIGNMENT.items() if event in wanted and event == "goods_collected"}
        for event in {"goods_arrived", "goods_placed"} & wanted:
            times[event] = fact_of_parts([aware(parcel[_OF_CONSIGNMENT[event]]) for parcel in parcels] + [
                line._received_moment() for line in self if not line.rma_id.consignment_ids])
        return times

    def _goods_times(self, wanted):
        """What happened to the goods themselves."""
        arrived = self.filtered(lambda line: line._received_moment())
        goods = self.disposition_ids.filtered(lambda one: one.state != "cancelled")
        worked = goods.filtered(lambda one: one.work != "none")
        back = goods.filtered(lambda one: one.destination == "customer")
        moments = {
            "goods_received": lambda: [line._received_moment() if not line.is_to_receive else None for line in self]
            if not arrived else [line._received_moment() for line in arrived] + [
                None for line in self if line.is_to_receive],
            "goods_inspected": lambda: [line._inspected_moment() for line in arrived],
            "goods_decided": lambda: [aware(one.approved_on) for one in goods] + [
                None for line in arrived if line.is_to_decide],
            "rework_ordered": lambda: [aware(one.ordered_on) for one in worked],
            "goods_reworked": lambda: [one._reworked_moment() for one in worked],
            "goods_released": lambda: [
                None if one.next_step in ("execute", "work", "release") else aware(one.released_on) for one in worked],
            "goods_shipped_back": lambda: [one._left_moment() for one in back],
        }
        return {event: fact_of_parts(read()) for event, read in moments.items() if event in wanted}

    def _received_moment(self):
        """When the first of its goods came in, or None."""
        self.ensure_one()
        done = self.move_ids.filtered(lambda move: move.state == "done" and move.location_id.usage == "customer")
        return min(map(aware, done.mapped("date")), default=None)


    def _inspected_moment(self):
        """When the last inspection was finished; goods decided on without one were looked at then. None: not yet."""
        self.ensure_one()
        if any(inspection.decision == "draft" for inspection in self.inspection_ids):
            return None
        decided = [] if self.is_to_decide else self.disposition_ids.mapped("approved_on")
        inspected = [moment for moment in self.inspection_ids.mapped("inspected_on") if moment]
        return max(map(aware, inspected or filter(None, decided)), default=None)


class Disposition(models.Model):
    """Moments of goods that something happens to."""

    _inherit = "cx.disposition"
    _CASES = "complaint_id"

    ordered_on = fields.Datetime(string="Rework Ordered On", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        dispositions = super().create(vals_list)
        self.env["cx.complaint"]._tell_rulebooks(dispositions, "complaint_id")
        return dispositions

    def _decision_times(self, wanted):
        """What was proposed and approved for some of the goods only: rework, scrap, use."""
        goods = self.filtered(lambda one: one.state != "cancelled")
        reworked = goods.filtered(lambda one: one.work in ("rework", "repair"))
        scrapped = goods.filtered(lambda one: one.destination == "scrap")
        failed = scrapped.filtered(lambda one: one.failed_from_id or one.inspection_id.stage == "after_rework")
        used = goods.filtered(lambda one: one.destination in _USED_AGAIN and one.approved_on)
        moments = {
            "rework_proposed": lambda: [one._proposed_moment() for one in reworked],
            "scrap_proposed": lambda: [one._proposed_moment() for one in scrapped - failed],
            "rework_failed": lambda: [one._proposed_moment() for one in failed],
            "rework_decided": lambda: [aware(one.approved_on) for one in reworked],
            "scrap_decided": lambda: [
                aware(one.approved_on) for one in scrapped | goods.filtered(lambda one: one.work == "dismantle")],
            "reuse_decided": lambda: [aware(one.approved_on) for one in used],
            "goods_stocked": lambda: [one._left_moment() for one in used],
        }
        return {event: fact_of_parts(read()) for event, read in moments.items() if event in wanted}

    def _proposed_moment(self):
        """When it was proposed: with the inspection that found it."""
        return aware(self.inspection_id.inspected_on or self.create_date)

    def _is_written_by_nobody(self, field):
        return field.name == "ordered_on" or super()._is_written_by_nobody(field)

    def _create_documents(self):
        created = super()._create_documents()
        if self.env["cx.complaint"]._is_rulebook_used():
            made = self.sudo().filtered(  # sudo: cx.disposition, mrp.production - whether there is an order, whoever made it
                lambda one: not one.ordered_on and (one.production_ids or one.unbuild_ids))
            if made:
                made.ordered_on = fields.Datetime.now()
            self.env["cx.complaint"]._tell_rulebooks(self, "complaint_id")
        return created

    def _reworked_moment(self):
        """When the last of its goods came out of the work, once they all have."""
        if self.next_step in ("execute", "work") or not self.ordered_on:
            return None
        moves = self.move_ids.filtered(lambda move: move.state == "done" and move.location_id.usage == "production")
        return max(map(aware, moves.mapped("date")), default=None)

    def _left_moment(self):
        """When the last of its goods left quarantine, once they all have."""
        moves = self.move_ids.filtered(lambda move: move.state == "done" and not move.location_dest_id.cx_warehouse_id)
        if not moves or self.state != "done":
            return None
        return max(aware(move.date) for move in moves)


class Rma(models.Model):
    """Whose rulebook hears of a return."""

    _inherit = "cx.rma"
    _CASES = "line_ids.complaint_id"


class Consignment(models.Model):
    """Whose rulebook hears of a parcel."""

    _inherit = "cx.consignment"
    _CASES = "rma_ids.line_ids.complaint_id"


class Inspection(models.Model):
    """Whose rulebook hears of an inspection."""

    _inherit = "cx.inspection"
    _CASES = "rma_line_id.complaint_id"
