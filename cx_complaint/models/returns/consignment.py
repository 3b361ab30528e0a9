from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import parcels
from ...rules.matching import reference_key
from ...rules.transition import transition

STATES = [
    ("draft", "New"),
    ("announced", "Announced"),
    ("arrived", "Arrived"),
    ("counted", "Counted"),
    ("placed", "Placed"),
    ("collected", "Collected"),
    ("cancelled", "Cancelled"),
]
_WAREHOUSE = "cx_complaint.group_warehouse"
_SERVICE = ("cx_complaint.group_service", "cx_complaint.group_sales")
# facts of the dock: the warehouse states them, whoever announced the parcel
_OF_WAREHOUSE = frozenset({"pieces_arrived", "packing", "driver_signature", "is_driver_signed"})


class Consignment(models.Model):
    """What physically arrives: announced or not, perhaps before customer, product or RMA are known."""

    _name = "cx.consignment"
    _description = "Consignment"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.consignment"
    _mail_post_access = "read"
    _rec_names_search = ["name", "waybill", "waybill_key"]

    _TRANSITIONS = {
        "announce": transition("draft", "announced", *_SERVICE),
        "arrive": transition("draft announced", "arrived", _WAREHOUSE),
        "count": transition("arrived", "counted", _WAREHOUSE),
        "receive": transition("arrived counted", None, _WAREHOUSE),
        "receive_unassigned": transition("arrived counted placed", None, _WAREHOUSE),
        "enter_papers": transition("arrived counted placed collected", None, _WAREHOUSE, *_SERVICE),
        "place": transition("counted", "placed", _WAREHOUSE),
        "collect": transition("placed", "collected", _WAREHOUSE),
        "identify": transition("arrived counted placed collected", None, _WAREHOUSE, *_SERVICE),
        "open_case": transition("arrived counted placed collected", None, *_SERVICE),
        "adopt": transition("arrived counted placed collected", None, *_SERVICE),
        "send_back": transition("arrived counted placed collected", None, "cx_complaint.group_service"),
        "cancel": transition("draft announced", "cancelled", _WAREHOUSE, *_SERVICE),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "announced_on", "announced_by_id", "arrived_on", "arrived_by_id", "counted_on", "counted_by_id",
        "placed_on", "placed_by_id", "collected_on", "collected_by_id", "papers_on", "papers_by_id", "return_note",
    })
    _SHOWN_VERBS = ("count", "place", "collect")

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True,
        compute="_compute_warehouse_id", store=True, readonly=False, precompute=True)
    waybill = fields.Char(copy=False, index="trigram", help="Number on the parcel; scan it to find the consignment.")
    waybill_key = fields.Char(
        string="Waybill as Compared", compute="_compute_waybill_key", store=True, index="btree_not_null")

    # who and what
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null", tracking=True,
        compute="_compute_partner_id", store=True, readonly=False, precompute=True,
        help="Empty: not known yet. Customer service is asked.")
    rma_ids = fields.Many2many(
        "cx.rma", "cx_consignment_rma_rel", "consignment_id", "rma_id", string="RMAs", check_company=True, copy=False)
    is_announced = fields.Boolean(
        string="Was Announced", compute="_compute_is_announced", store=True, help="Somebody expected it.")
    expected_date = fields.Date(string="Expected On")
    note = fields.Text(string="Remarks")

    # how it travels
    pickup = fields.Selection(
        [("customer", "Customer sends"), ("own", "Our driver brings it"), ("carrier", "We send a carrier")],
        string="Transport", default="customer", required=True)
    channel = fields.Selection(
        [("post", "Post"), ("express", "Express"), ("air", "Air freight"), ("sea", "Sea freight"),
         ("road", "Road freight"), ("person", "Carried by a person"), ("driver", "Our driver")],
        compute="_compute_channel", store=True, readonly=False, precompute=True,
        help="By which way the goods come.")
    driver_id = fields.Many2one(
        "res.users", string="Our Driver", help="Is asked to bring the goods when the consignment is announced.")
    carrier_name = fields.Char(string="Carrier")
    driver_name = fields.Char(string="Driver")
    is_driver_signed = fields.Boolean(
        string="Driver Signed", compute="_compute_is_driver_signed", store=True, readonly=False,
        help="On the paper, or here: the driver confirms what he handed over.")
    driver_signature = fields.Binary(attachment=True, copy=False)
    freight_terms = fields.Selection(
        [("prepaid", "Freight prepaid"), ("collect", "Freight collect")], string="Freight", default="prepaid")
    freight_amount = fields.Monetary(currency_field="currency_id")
    freight_payer = fields.Selection(
        [("company", "We pay"), ("customer", "The customer pays"), ("carrier", "The carrier pays")],
        string="Freight Borne By", help="Empty: not decided.")
    currency_id = fields.Many2one(related="company_id.currency_id")

    # what came
    pieces_announced = fields.Integer(string="Pieces on the Waybill", copy=False)
    pieces_arrived = fields.Integer(copy=False)
    missing_pieces = fields.Integer(
        compute="_compute_missing_pieces", store=True, help="On the waybill, but not in what was counted.")
    packing = fields.Selection(
        [("sound", "Sound"), ("damaged", "Damaged"), ("opened", "Opened"), ("wet", "Wet"),
         ("unsuitable", "Unsuitable")], string="Packing State", copy=False, tracking=True)
    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False, bypass_search_access=True)

    # who takes it on
    handling_department_ids = fields.Many2many(
        "cx.department", string="Handled By", check_company=True,
        help="Told when the goods are placed. Empty: quality.")
    collected_department_id = fields.Many2one("cx.department", string="Collected By", check_company=True, copy=False)
    collect_by_date = fields.Date(string="Collect By", compute="_compute_collect_by_date", store=True, index=True)

    picking_ids = fields.One2many("stock.picking", "cx_consignment_id", string="Receipts")
    picking_count = fields.Integer(string="Transfers", compute="_compute_counts")
    unassigned_count = fields.Integer(string="Unassigned Goods", compute="_compute_counts")

    decision = fields.Selection(STATES, string="Recorded", default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True, tracking=True, copy=False)
    announced_on = fields.Datetime(readonly=True, copy=False)
    announced_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    arrived_on = fields.Datetime(readonly=True, copy=False)
    arrived_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    counted_on = fields.Datetime(readonly=True, copy=False)
    counted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    placed_on = fields.Datetime(readonly=True, copy=False)
    placed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    collected_on = fields.Datetime(readonly=True, copy=False)
    collected_by_id = fields.Many2one("res.users", string="Handed Over By", readonly=True, copy=False)

    _pieces_not_negative = models.Constraint(
        "CHECK (pieces_announced >= 0 AND pieces_arrived >= 0)", "A number of pieces cannot be below zero.")

    # Compute

    @api.depends("company_id")
    def _compute_warehouse_id(self):
        for company, consignments in self.grouped("company_id").items():
            warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            for consignment in consignments:
                if consignment.warehouse_id.company_id != company:
                    consignment.warehouse_id = warehouse

    @api.depends("waybill")
    def _compute_waybill_key(self):
        for consignment in self:
            consignment.waybill_key = reference_key(consignment.waybill)

    @api.depends("rma_ids")
    def _compute_partner_id(self):
        for consignment in self:
            if not consignment.partner_id and len(consignment.rma_ids.partner_id.commercial_partner_id) == 1:
                consignment.partner_id = consignment.rma_ids.partner_id[:1]

    @api.depends("pickup")
    def _compute_channel(self):
        for consignment in self:
            consignment.channel = "driver" if consignment.pickup == "own" else (
                consignment.channel if consignment.channel != "driver" else False)

    @api.depends("announced_on")
    def _compute_is_announced(self):
        for consignment in self:
            consignment.is_announced = bool(consignment.announced_on)

    @api.depends("driver_signature")
    def _compute_is_driver_signed(self):
        for consignment in self:
            consignment.is_driver_signed = consignment.is_driver_signed or bool(consignment.driver_signature)

    @api.depends("pieces_announced", "pieces_arrived", "counted_on")
    def _compute_missing_pieces(self):
        for consignment in self:
            consignment.missing_pieces = parcels.missing_pieces(
                consignment.pieces_announced, consignment.pieces_arrived, bool(consignment.counted_on))

    @api.depends("placed_on")
    def _compute_collect_by_date(self):
        for consignment in self:
            placed = consignment.placed_on and fields.Datetime.context_timestamp(consignment, consignment.placed_on)
            consignment.collect_by_date = parcels.collect_by(
                placed and placed.date(),
                consignment.profile_id.collect_days or consignment.company_id.cx_collect_days)

    @api.depends("decision", "picking_ids.state")
    def _compute_state(self):
        self.fetch(["state"])  # an unchanged state writes nothing
        for consignment in self:
            receipts = consignment.sudo().picking_ids  # sudo: stock.picking - states only
            consignment.state = parcels.consignment_state(
                consignment.decision, receipts._cx_incoming().mapped("state"), consignment._reached_by_receipt())

    @api.depends("picking_ids")
    def _compute_counts(self):
        for consignment in self:
            consignment.picking_count = len(consignment.picking_ids)
            consignment.unassigned_count = len(consignment._unassigned_moves())

    # ORM

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in _OF_WAREHOUSE and not (
            self.env.su or self.env.user.has_group(_WAREHOUSE)
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        consignments = super().create(vals_list)
        consignments._keep_photos()
        return consignments

    def write(self, vals):
        result = super().write(vals)
        if "photo_ids" in vals:
            self._keep_photos()
        if "rma_ids" in vals:
            self._link_receipts()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_arrived(self):
        if arrived := self.filtered(lambda consignment: consignment.state not in ("draft", "announced", "cancelled")):
            raise UserError("\n".join(self.env._(
                "%(consignment)s has arrived and stays on record. Correct what is wrong on it.",
                consignment=consignment.name) for consignment in arrived))

    def _keep_photos(self):
        """Photos belong to the consignment, so that who may read it sees them."""
        for consignment in self:
            consignment.photo_ids.sudo().filtered(  # sudo: ir.attachment - his own, not yet linked to anything
                lambda photo: photo.create_uid == self.env.user and not photo.res_id
            ).write({"res_model": self._name, "res_id": consignment.id})

    @api.depends("name", "waybill")
    def _compute_display_name(self):
        for consignment in self:
            consignment.display_name = " · ".join(filter(None, [consignment.name, consignment.waybill]))
