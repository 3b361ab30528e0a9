import base64
import binascii
import math
import re
from typing import NamedTuple

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.mimetypes import guess_mimetype

_PHOTOS = ("image/jpeg", "image/png", "image/webp", "image/gif")
_LARGEST_PHOTO = 15 * 1024 * 1024


class Counted(NamedTuple):
    """So many units of a product and lot that somebody counted at the dock, checked."""

    move: models.Model  # the receipt that expects them, or none
    product: models.Model  # none: nobody knows what it is
    lot: models.Model
    lot_name: str
    is_unreadable: bool
    quantity: float  # in the product's unit


class Dock(models.AbstractModel):
    """The doors of the screen at the dock. Each answers with everything that the screen shows next."""

    _name = "cx.dock"
    _description = "Screen at the Dock"

    # Doors

    @api.model
    def awaited(self):
        """Parcels that stand at the dock or are expected."""
        self._check_clerk()
        return self.env["cx.consignment"]._search_awaited()._prepare_dock_rows()

    @api.model
    def find(self, text):
        """The parcel of a code: its waybill, its number, or the RMA on its label; a number nobody announced starts one.

        :return: dict of ``screen``, or of ``rows`` where several parcels carry the code
        :raises UserError: the code is of a product, or no number at all
        """
        self._check_clerk()
        text = self._read_text(text)
        found = self._find_consignments(text)
        if len(found) > 1:
            return {"rows": found._prepare_dock_rows()}
        if not found:
            raise UserError(self.env._(
                "“%(waybill)s” is no number of a waybill. Scan it again, or type it.", waybill=text))
        if found.state in ("draft", "announced"):
            found.action_arrive()
        return {"screen": found._prepare_dock_screen()}

    @api.model
    def start(self, token):
        """A parcel whose waybill is missing or cannot be read, of a customer that nobody knows yet.

        :param str token: says which tap it was; a call that is repeated starts no second parcel
        """
        self._check_clerk()
        if not self._is_first(f"start,{self.env.uid}", token):
            raise UserError(self.env._("This parcel is in the list already. Choose it there."))
        consignment = self.env["cx.consignment"].create({})
        consignment.action_arrive()
        return {"screen": consignment._prepare_dock_screen()}

    @api.model
    def show(self, consignment_id):
        """One parcel with what is expected of it."""
        return {"screen": self._consignment(consignment_id)._prepare_dock_screen()}

    @api.model
    def scan(self, consignment_id, text, counts, asked=None):
        """What a code means for this parcel and what is counted so far; nothing is written but an RMA that joins it.

        :param counts: list of dicts, see :meth:`_read_counts`
        :param asked: ``{"product_id", "quantity"}`` of which a lot was asked
        :return: dict of ``kind``, ``message``, ``fills`` to add to the counts, and more by kind
        """
        consignment = self._consignment(consignment_id)
        asked = asked if isinstance(asked, dict) else {}
        return self._answer(consignment, self._read_text(text), self._read_counts(consignment, counts), asked)

    @api.model
    def add_photo(self, consignment_id, name, data):
        """Keep a photo with the parcel; one that is there already is not kept twice.

        :param str data: base64
        """
        consignment = self._consignment(consignment_id)
        try:
            raw = base64.b64decode(data or "", validate=True)
        except (binascii.Error, ValueError, TypeError):
            raw = b""
        if guess_mimetype(raw) not in _PHOTOS or len(raw) > _LARGEST_PHOTO:
            raise UserError(self.env._("This is no photo, or larger than 15 MB. Take it again."))
        self.env["cx.guard"]._take_for(consignment)
        Attachment = self.env["ir.attachment"]
        if Attachment._compute_checksum(raw) not in consignment.photo_ids.mapped("checksum"):
            photo = Attachment.create({
                "name": str(name or self.env._("Photo"))[:100], "raw": raw,
                "res_model": consignment._name, "res_id": consignment.id})
            consignment.photo_ids = [Command.link(photo.id)]
        return {"photos": [{"id": photo.id, "name": photo.name} for photo in consignment.photo_ids]}

    @api.model
    def place(self, consignment_id, counts, facts, token):
        """Receive a whole count into quarantine.

        :param counts: list of dicts, see :meth:`_read_counts`
        :param dict facts: ``pieces_arrived`` and ``is_driver_signed``
        :param str token: says which count it is; a call repeated after a lost connection receives nothing twice
        """
        consignment = self._consignment(consignment_id)
        if self._is_first(f"place,{consignment.id}", token, f"cx.consignment,{consignment.id}"):
            consignment._receive_counted(self._read_counts(consignment, counts), self._read_facts(facts))
        return {"screen": consignment._prepare_dock_screen()}

    # Checks

    def _check_clerk(self):
        """:raises AccessError: when the user does not work at the dock"""
        self.env["cx.consignment"]._check_may("receive")

    def _consignment(self, consignment_id):
        """The parcel of a posted id, when the user may work on it."""
        self._check_clerk()
        is_id = isinstance(consignment_id, int) and not isinstance(consignment_id, bool)
        consignment = self.env["cx.consignment"].browse(consignment_id if is_id else []).exists()
        if not consignment:
            raise UserError(self.env._("This parcel does not exist any more. Go back to the list."))
        consignment.check_access("write")
        return consignment.with_company(consignment.company_id)

    def _is_first(self, what, token, *keys):
        """Whether this is done for the first time; whoever does it at the same moment waits and comes second.

        :param keys: further guards to take
        """
        if not re.fullmatch(r"[\w-]{8,64}", token if isinstance(token, str) else ""):
            raise UserError(self.env._("The screen is out of date. Load the page again."))
        key = f"cx.dock,{what},{token}"
        self.env["cx.guard"]._take([key, *keys])
        [[passes]] = self.env.execute_query(SQL("SELECT passes FROM cx_guard WHERE key = %s", key))
        return passes == 1

    def _read_text(self, text):
        """A code as it was scanned; no code at a dock is longer."""
        return str(text or "").strip(" \t\r\n")[:200]

    def _read_facts(self, facts):
        """What the clerk says of the parcel itself."""
        facts = facts if isinstance(facts, dict) else {}
        pieces = facts.get("pieces_arrived")
        is_count = isinstance(pieces, int) and 0 <= pieces < 100000
        vals = {"pieces_arrived": pieces if is_count else 0}
        return vals | ({"is_driver_signed": True} if facts.get("is_driver_signed") is True else {})

    def _read_counts(self, consignment, counts):
        """What was counted, as records that belong together; entries of nothing are left out.

        :param counts: list of dicts of ``move_id``, ``product_id``, ``lot_id``, ``lot_name``, ``is_unreadable``,
            ``quantity``; without move nobody announced it, without product nobody knows what it is
        :raises UserError: an entry does not hold together
        """
        entries = [self._read_count(entry) for entry in counts or [] if isinstance(entry, dict)]
        entries = [entry for entry in entries if entry.quantity]
        known = consignment._dock_moves() | consignment.sudo().picking_ids.move_ids  # sudo: stock.move - which are its
        for entry in entries:
            if entry.quantity < 0 or entry.move - known or (entry.lot and entry.lot.product_id != entry.product):
                raise UserError(self.env._("What is counted does not fit this parcel. Open the parcel again."))
            self._check_tracking(entry)
        return entries

    def _check_tracking(self, entry):
        """:raises UserError: the lot is missing, or a serial number is not one unit"""
        product = entry.product
        if product.tracking not in ("lot", "serial"):
            return
        names = {"product": product.display_name}
        if product.tracking == "serial":
            if product.uom_id.compare(entry.quantity, round(entry.quantity)):
                raise UserError(self.env._("%(product)s has serial numbers: count whole units.", **names))
            if not entry.is_unreadable and product.uom_id.compare(entry.quantity, 1.0):
                raise UserError(self.env._("%(product)s has serial numbers: one number is one unit.", **names))
        if not (entry.lot or entry.lot_name or entry.is_unreadable):
            raise UserError(self.env._(
                "%(product)s is tracked by lot or serial number. Scan it, or tap “Lot Unreadable”.", **names))

    def _read_count(self, entry):
        def record(model, name):
            found = self.env[model].browse(entry[name] if isinstance(entry.get(name), int) and entry[name] else [])
            found.check_access("read")
            return found.exists()

        quantity = entry.get("quantity")
        move, product = record("stock.move", "move_id"), record("product.product", "product_id")
        return Counted(
            move, move.product_id or product, record("stock.lot", "lot_id"), str(entry.get("lot_name") or "").strip(),
            entry.get("is_unreadable") is True,
            float(quantity) if isinstance(quantity, (int, float)) and math.isfinite(quantity) else 0.0)
