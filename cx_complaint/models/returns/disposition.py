from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import leaving, ways
from ...rules.transition import transition

STATES = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("running", "Running"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
_DECIDE = ("cx_complaint.group_quality",)
_EXECUTE = ("cx_complaint.group_quality", "cx_complaint.group_planning", "cx_complaint.group_warehouse")
# what was approved; to change it, cancel and propose again
_APPROVED_CONTENT = frozenset({
    "rma_line_id", "quantity", "lot_ids", "work", "destination", "scheme_id", "vendor_id", "owner_consent",
    "output_product_id", "output_qty", "output_location_id", "is_representative"})


class Disposition(models.Model):
    """What happens to goods that came back: which work, then which destination. Decided by quality, done by others."""

    _name = "cx.disposition"
    _description = "Disposition"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.disposition"

    _TRANSITIONS = {
        "apply": transition("proposed", None, *_DECIDE, "cx_complaint.group_warehouse"),
        "approve": transition("proposed", "approved", *_DECIDE),
        "execute": transition("approved running", None, *_EXECUTE),
        "collect": transition("running", None, "cx_complaint.group_planning", "cx_complaint.group_warehouse"),
        "release": transition("running", None, *_DECIDE),
        "close_short": transition("approved running", "closed", *_DECIDE),
        "cancel": transition("proposed approved", "cancelled", *_DECIDE),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "approved_on", "approved_by_id", "released_qty", "released_on", "released_lot_ids", "failed_qty", "failed_from_id",
        "collected_on", "collected_by_id", "inspection_line_id"})
    _SHOWN_VERBS = ("approve", "execute")

    name = fields.Char(default="/", readonly=True, copy=False)
    rma_line_id = fields.Many2one(
        "cx.rma.line", string="RMA Line", required=True, check_company=True, index=True, ondelete="restrict")
    rma_id = fields.Many2one(related="rma_line_id.rma_id", string="RMA", store=True, index=True)
    complaint_id = fields.Many2one(related="rma_line_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="rma_line_id.company_id", store=True, index=True)
    warehouse_id = fields.Many2one(related="rma_id.warehouse_id", store=True)
    partner_id = fields.Many2one(related="rma_line_id.partner_id", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(
        digits="Product Unit", required=True, compute="_compute_quantity", store=True, readonly=False, precompute=True)
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True,
                               domain="[('product_id', '=', product_id)]")
    work = fields.Selection(ways.WORK_SELECTION, default="none", required=True)
    destination = fields.Selection(ways.DESTINATION_SELECTION, required=True, default="stock")
    fitting_destinations = fields.Json(compute="_compute_fitting_destinations")
    source_location_id = fields.Many2one(
        "stock.location", string="Stands In", check_company=True, compute="_compute_source_location_id", store=True,
        readonly=False, precompute=True, domain="[('cx_warehouse_id', '=', warehouse_id), ('usage', '=', 'internal')]",
        help="Where in quarantine the goods are taken from.")
    scheme_id = fields.Many2one(
        "cx.rework.scheme", check_company=True, index="btree_not_null", domain="[('state', '=', 'released')]",
        help="Operations and parts of the rework order. Empty: an order without operations and parts.")
    inspection_line_id = fields.Many2one(
        "cx.inspection.line", string="Finding", readonly=True, check_company=True, copy=False, index="btree_not_null",
        ondelete="set null", help="The finding that proposed it.")
    inspection_id = fields.Many2one(related="inspection_line_id.inspection_id", store=True, index="btree_not_null")
    reason = fields.Char(help="Why; printed on the scrap application and the rework order.")
    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("closed", "Closed short"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, copy=False)
    next_step = fields.Selection(
        [("execute", "To execute"), ("work", "In rework"), ("release", "To release"), ("move", "To move")],
        compute="_compute_state", store=True, precompute=True, index=True, copy=False,
        help="Whose turn it is: create documents, rework, check and release, or move the goods.")
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_qty = fields.Float(string="Released", digits="Product Unit", readonly=True, copy=False,
                                help="Passed the check after work and may go to the destination.")
    released_on = fields.Datetime(readonly=True, copy=False, help="When it last passed the check after work.")
    released_lot_ids = fields.Many2many(
        "stock.lot", "cx_disposition_released_lot_rel", string="Released Lots/Serials", readonly=True, copy=False,
        check_company=True)

    move_ids = fields.One2many("stock.move", "cx_disposition_id", string="Moves")
    production_ids = fields.One2many("mrp.production", "cx_disposition_id", string="Rework Orders")
    scrap_ids = fields.One2many("stock.scrap", "cx_disposition_id", string="Scraps")
    worked_qty = fields.Float(string="Worked", digits="Product Unit", compute="_compute_done_qty", compute_sudo=True,
                              help="Came out of the work and waits for the check, or has passed it.")
    done_qty = fields.Float(string="Done", digits="Product Unit", compute="_compute_done_qty", compute_sudo=True,
                            help="Reached the destination.")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a disposition must be above zero.")

    # Defaults

    @api.depends("work", "company_id.cx_has_production")
    def _compute_fitting_destinations(self):
        for disposition in self:
            fitting = ways.destinations_after(disposition.work) if disposition.work else []
            if disposition.work == "none" and not disposition.company_id.cx_has_production:
                fitting.remove("reworked")
            disposition.fitting_destinations = fitting

    @api.onchange("work")
    def _onchange_work(self):
        """What the new work does not lead to is not left chosen."""
        if self.work and not ways.fits(self.work, self.destination):
            self.destination = ways.destinations_after(self.work)[0]

    @api.depends("lot_ids", "rma_line_id")
    def _compute_quantity(self):
        """As many as serials were named; else what is given by hand."""
        for disposition in self:
            if disposition.tracking == "serial" and disposition.lot_ids and disposition.decision == "proposed":
                disposition.quantity = len(disposition.lot_ids)
            else:
                disposition.quantity = disposition.quantity or 1.0

    @api.depends("rma_line_id", "lot_ids")
    def _compute_source_location_id(self):
        """Where most of the named goods of the RMA line stand."""
        standing = self.rma_line_id._standing_in_quarantine()
        for disposition in self:
            lots = disposition.lot_ids._origin.ids
            places = {}
            for (location, lot), quantity in standing.get(disposition.rma_line_id._origin.id, {}).items():
                if not lots or lot in lots:
                    places[location] = places.get(location, 0.0) + quantity
            disposition.source_location_id = (
                max(places, key=places.get) if places
                else disposition.source_location_id or disposition.warehouse_id.cx_returns_loc_id)

    # What became of it

    @api.depends("quantity", "decision", "move_ids.state", "move_ids.quantity")
    def _compute_done_qty(self):
        accounts = self._accounts()
        for disposition in self:
            account = accounts[disposition]
            disposition.worked_qty = leaving.total(account.worked)
            disposition.done_qty = leaving.total(account.final)

    @api.depends("decision", "quantity", "work", "released_qty", "move_ids.state", "scrap_ids.state")
    def _compute_state(self):
        self.browse(self._origin.ids).fetch(["state", "next_step"])  # an unchanged value writes nothing and tracks nothing
        undecided = self.filtered(lambda disposition: disposition.decision in ("proposed", "cancelled", "closed"))
        for disposition in undecided:
            disposition.state = "done" if disposition.decision == "closed" else disposition.decision
            disposition.next_step = False
        approved = self - undecided
        accounts = approved._accounts()
        open_quantities = approved._open_quantities()
        for disposition in approved:
            account, (in_work, on_the_way) = accounts[disposition], open_quantities[disposition]
            is_done = not leaving.more(disposition.quantity, leaving.total(account.final))
            has_documents = bool(in_work or on_the_way or account.into_work or account.final)
            disposition.state = "done" if is_done else "running" if has_documents else "approved"
            disposition.next_step = (
                False if is_done
                else "execute" if leaving.more(account.to_work, in_work) or leaving.more(account.to_leave, on_the_way)
                else "release" if leaving.more(account.to_check, 0.0)
                else "work" if in_work
                else "move")

    def _on_done_edited(self):
        """What was done was corrected afterwards, without a change of any document's state."""
        self.env.add_to_compute(self._fields["state"], self)
        self.env.add_to_compute(self._fields["next_step"], self)

    # Records

    @api.model_create_multi
    def create(self, vals_list):
        dispositions = super().create(vals_list)
        dispositions._check_cap()
        return dispositions

    def write(self, vals):
        # what failed the check leaves the decision; the verb says so, and nobody else may write that field
        content = _APPROVED_CONTENT & vals.keys() if "failed_qty" not in vals else set()
        for disposition in self:
            if changed := disposition._changed_after_approval(content, vals):
                raise UserError(self.env._(
                    "%(disposition)s is %(state)s; its %(fields)s cannot be changed any more. Cancel it and propose "
                    "another one.",
                    disposition=disposition.name, state=disposition._state_label(), fields=", ".join(changed)))
        res = super().write(vals)
        if content:
            self._check_cap()
        return res

    def _changed_after_approval(self, content, vals):
        """Labels of the approved fields that ``vals`` would change on this decided disposition."""
        self.ensure_one()
        if self.decision == "proposed" or not content:
            return []
        changed = []
        for name in sorted(content):
            field = self._fields[name]
            after = self.new({name: vals[name]}, origin=self)[name]
            before = self[name]
            if (after._origin.ids != before.ids) if field.relational else (after != before):
                changed.append(field._description_string(self.env))
        return changed

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for disposition in self:
            if disposition.decision not in ("proposed", "cancelled"):
                raise UserError(self.env._(
                    "%(disposition)s is %(state)s and is kept as a record. Cancel it instead.",
                    disposition=disposition.name, state=disposition._state_label()))

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env)).get(self.state, "")

    # Verbs

    def action_approve(self):
        """Quality's decision; from now on the goods may leave quarantine this way and no other."""
        self._take_guards()
        self._transition("approve", {"approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})
        return True

    def action_execute(self):
        """Create the documents that the dispositions still owe; pressed again, it creates nothing twice.

        :return: an action that shows what was created
        """
        self._take_guards()
        self._transition("execute")
        return self._show_documents(self.sudo()._create_documents())  # sudo: core documents - the verb's groups are checked

    def action_approve_execute(self):
        """Approve what of the dispositions is proposed, then execute all of them."""
        self.filtered(lambda disposition: disposition.state == "proposed").action_approve()
        return self.filtered(lambda disposition: disposition.state != "done").action_execute()

    def action_release(self):
        """The check after work is passed: everything that came out of it may go to its destination."""
        return self._release({
            disposition: (account.to_check, disposition._releasable_lots(account))
            for disposition, account in self._accounts().items()
        })

    def action_release_part(self):
        """Ask how many, or which units, passed the check."""
        self._check_one()
        self._check_may("release")
        return {
            "type": "ir.actions.act_window", "res_model": "cx.disposition.release", "view_mode": "form",
            "target": "new", "name": self.env._("Release %(disposition)s", disposition=self.name),
            "context": {"default_disposition_id": self.id},
        }

    def action_close_short(self):
        """What did not reach the destination is undecided again, also what came out of work and failed the check."""
        self._take_guards()
        self._transition("close_short")
        return True

    def action_cancel(self):
        """Give the goods back to the undecided ones; their documents are cancelled first."""
        self._take_guards()
        self._transition("cancel")
        return True

    def _release(self, parts):
        """Let units that passed the check go to the destination.

        :param dict parts: ``{disposition: (quantity, lots)}``, lots for tracked products
        """
        self._take_guards()
        self._transition("release")
        for disposition, (quantity, lots) in parts.items():
            if disposition.tracking == "serial":
                quantity = len(lots)
            disposition.sudo().write({  # sudo: cx.disposition - fields of the verb just checked
                "released_qty": disposition.released_qty + quantity,
                "released_on": fields.Datetime.now(),
                "released_lot_ids": [(4, lot.id) for lot in lots],
            })
        return self._show_documents(self.sudo()._create_documents())  # sudo: core documents - the verb's groups are checked

    def _take_guards(self):
        """Serialise with everybody who decides about the same goods or executes the same dispositions."""
        self.env["cx.guard"]._take_for(self.rma_line_id, self)
