from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError

from ...rules import leaving, ways
from ...rules.wording import figure


class StockMoveLine(models.Model):
    """The gate of quarantine: goods leave by an approved disposition that still owes them, whoever presses what.

    It stands where every way out passes: transfer, scrap, consumption, unbuild, relocation and count are move lines
    that are done, and a done line may be edited or added later. Lines that do not touch quarantine cost no query.
    """

    _inherit = "stock.move.line"

    def _action_done(self):
        self.filtered("quantity")._cx_check_leaving()
        return super()._action_done()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(line.state == "done" for line in lines):
            lines.filtered(lambda line: line.state == "done")._cx_check_leaving(are_done=True)
        return lines

    def write(self, vals):
        if not vals.keys() & {"quantity", "location_id", "location_dest_id", "lot_id", "owner_id", "move_id",
                              "product_uom_id", "quant_id"}:
            return super().write(vals)
        done = self.filtered(lambda line: line.state == "done")
        brought = done._cx_brought_in()
        res = super().write(vals)
        if done:
            done._cx_check_leaving(are_done=True)
            done._cx_check_taken_back(brought)
            done.sudo().move_id.cx_disposition_id._on_done_edited()  # sudo: cx.disposition - its state only
        return res

    # Leaving

    def _cx_leaves_quarantine(self):
        self.ensure_one()
        warehouse = self.location_id.cx_warehouse_id
        return bool(warehouse) and self.location_dest_id.cx_warehouse_id != warehouse

    def _cx_check_leaving(self, are_done=False):
        """:raises UserError: some of the lines take goods out of quarantine that no disposition lets go

        :param bool are_done: the lines are counted among the done ones already
        """
        lines = self.filtered(lambda line: line._cx_leaves_quarantine() or line._cx_comes_out_of_work())
        if not lines:
            return
        lines = lines.sudo()  # sudo: cx.disposition - whoever moves goods need not be able to read it
        lines.filtered(lambda line: line.location_id.usage == "production")._cx_check_back_in_zone()
        lines -= lines._cx_going_back_to_sender(are_done)  # goods for no RMA have no disposition
        by_disposition = defaultdict(self.browse)
        for line in lines:
            if line._cx_leaves_quarantine() and not line._cx_is_count_of_manager():
                by_disposition[line._cx_disposition()] |= line
        dispositions = self.env["cx.disposition"].sudo().concat(*by_disposition)  # sudo: as above
        accounts = dispositions._accounts()
        for disposition, its_lines in by_disposition.items():
            account = accounts.get(disposition)
            if account and are_done:
                account = its_lines._cx_uncount(account)
            if reason := leaving.refusal(account, [line._cx_leaving() for line in its_lines]):
                raise UserError(its_lines._cx_refusal_text(disposition, reason))

    def _cx_disposition(self):
        """The disposition under which the line moves goods; one that is about other goods is none."""
        self.ensure_one()
        disposition = self.move_id.cx_disposition_id
        return disposition if disposition.rma_line_id == self.move_id.cx_rma_line_id else disposition.browse()

    def _cx_leaving(self):
        self.ensure_one()
        disposition = self._cx_disposition()
        way = disposition._place(self.location_dest_id) if disposition else "other"
        if self.location_id.cx_warehouse_id != disposition.warehouse_id:
            way = "other"
        elif way == "production" and self.move_id.unbuild_id and not ways.is_used_up(disposition.work):
            way = "undo"
        owner = self.owner_id if self.owner_id != self.company_id.partner_id else self.owner_id.browse()
        return leaving.Leaving(way, self.product_id.id, owner.id, self.lot_id.id, self.quantity_product_uom)

    def _cx_uncount(self, account):
        """The account as it was without these done lines."""
        less = {"production": defaultdict(float), "undo": defaultdict(float), "final": defaultdict(float)}
        for line in self:
            went = line._cx_leaving()
            less[went.way if went.way in less else "final"][went.lot] += went.quantity
        return account._replace(
            into_work=_subtract(account.into_work, less["production"]),
            worked=_subtract(account.worked, {lot: -quantity for lot, quantity in less["undo"].items()}),
            final=_subtract(account.final, less["final"]))

    def _cx_is_count_of_manager(self):
        """A loss found by counting quarantine is written off by a complaint manager only."""
        self.ensure_one()
        return self.is_inventory and self.env.user.has_group("cx_complaint.group_manager")

    # Coming out of work

    def _cx_comes_out_of_work(self):
        self.ensure_one()
        return self.location_id.usage == "production" and self.move_id.cx_rma_line_id

    def _cx_check_back_in_zone(self):
        """Reworked goods come back into quarantine, where they wait for the check."""
        for line in self:
            disposition = line.move_id.cx_disposition_id
            if line.location_dest_id.cx_warehouse_id != disposition.warehouse_id:
                raise UserError(self.env._(
                    "%(order)s would put %(product)s into %(location)s without the check. Goods of %(disposition)s come "
                    "out of the work into %(zone)s; set it as the destination of the order.",
                    order=line.move_id.reference, product=line.product_id.display_name,
                    location=line.location_dest_id.display_name, disposition=disposition.name,
                    zone=disposition.warehouse_id.cx_reworked_loc_id.display_name))

    # Editing what brought goods in

    def _cx_brought_in(self):
        """Goods that done lines brought into quarantine: ``{line: (location, lot, quantity)}``."""
        return {
            line: (line.location_dest_id, line.lot_id, line.quantity_product_uom)
            for line in self
            if line.location_dest_id.cx_warehouse_id
            and line.location_id.cx_warehouse_id != line.location_dest_id.cx_warehouse_id
        }

    def _cx_check_taken_back(self, brought):
        """:raises UserError: a done receipt was edited so that goods are no longer in quarantine that are decided"""
        for line, (location, _lot, _quantity) in brought.items():
            if line.location_dest_id.cx_warehouse_id != location.cx_warehouse_id:
                raise UserError(self.env._(
                    "%(reference)s brought %(product)s into %(location)s. To take it out again, ask quality for a "
                    "disposition.",
                    reference=line.move_id.reference, product=line.product_id.display_name,
                    location=location.display_name))
        changed = self.browse(line.id for line, before in brought.items() if before != (
            line.location_dest_id, line.lot_id, line.quantity_product_uom))
        rma_lines = changed.sudo().move_id.cx_rma_line_id  # sudo: cx.rma.line - figures only
        rma_lines.disposition_ids.filtered(
            lambda disposition: disposition.decision in ("proposed", "approved"))._check_covered()

    # What the user reads

    def _cx_refusal_text(self, disposition, reason):
        """One sentence that names the goods, with both figures where it is about a quantity, and the way out."""
        line = self.filtered(lambda line: line.lot_id.id == reason.lot)[:1] or self[:1]
        names = {
            "product": line.product_id.display_name + (f" ({line.lot_id.name})" if line.lot_id else ""),
            "location": line.location_id.display_name,
            "disposition": disposition.name,
            "asked": figure(reason.asked),
            "allowed": figure(reason.allowed),
            "unit": line.product_id.uom_id.name,
            "destination": line.location_dest_id.display_name,
        }
        return {
            "no_disposition": lambda: self.env._(
                "%(product)s stands in quarantine (%(location)s) and does not leave it without a disposition. Ask "
                "quality to decide about it; the transfer, rework order or scrap is then created from there.", **names),
            "not_approved": lambda: self.env._(
                "%(product)s does not leave quarantine: %(disposition)s is not approved, or is closed. Ask quality to "
                "approve it, or to decide anew.", **names),
            "other_product": lambda: self.env._(
                "%(product)s does not leave quarantine under %(disposition)s, which is about another product. Ask "
                "quality for a disposition of its own.", **names),
            "other_owner": lambda: self.env._(
                "%(product)s does not leave quarantine under %(disposition)s: the units belong to somebody else. "
                "Choose the units of the right owner.", **names),
            "other_lot": lambda: self.env._(
                "%(product)s does not leave quarantine under %(disposition)s, which names other lots or serial numbers. "
                "Choose one of those.", **names),
            "other_way": lambda: self.env._(
                "%(product)s does not go from quarantine to %(destination)s under %(disposition)s, which decides "
                "otherwise. Ask quality to decide anew.", **names),
            "not_released": lambda: self.env._(
                "%(asked)s %(unit)s of %(product)s would leave quarantine, %(allowed)s have passed the check after "
                "rework. Ask quality to release %(disposition)s.", **names),
            "too_much": lambda: self.env._(
                "%(asked)s %(unit)s of %(product)s would leave quarantine, %(disposition)s still allows %(allowed)s. "
                "Lower the quantity, or ask quality for another disposition.", **names),
        }[reason.code]()


def _subtract(by_lot, less):
    return {lot: by_lot.get(lot, 0.0) - less.get(lot, 0.0) for lot in by_lot.keys() | less.keys()}
