from odoo import api, fields, models

from ...rules import receipt_steps
from ...rules.blocker import Blocker

_WAREHOUSE = "cx_complaint.group_warehouse"
# the verb that does a step; who collects waits for all of them but the inspection, which he may collect the goods for
_STEP_OF_VERB = {"count": "count", "place": "place", "enter_papers": "papers"}


class Consignment(models.Model):
    """A consignment in the order in which its company receives: what is missing stands in the way of the next step."""

    _inherit = "cx.consignment"

    profile_id = fields.Many2one(
        "cx.receipt.profile", string="Receipt Profile", compute="_compute_profile_id", store=True, precompute=True,
        index="btree_not_null", help="As the kind of RMA, the warehouse or the company says.")
    customer_note = fields.Char(
        string="Customer's Note", copy=False, index="btree_not_null",
        help="Number of the customer's return or delivery note that came with the goods.")
    is_note_signed = fields.Boolean(string="Note Signed", copy=False, help="The customer's note is signed for him.")
    is_without_papers = fields.Boolean(string="Came without Papers", copy=False)
    papers_on = fields.Datetime(string="Papers Entered On", readonly=True, copy=False)
    papers_by_id = fields.Many2one("res.users", string="Papers Entered By", readonly=True, copy=False)
    steps_html = fields.Html(string="Steps", compute="_compute_steps_html", sanitize=False)

    @api.depends("rma_ids.kind_id", "warehouse_id", "company_id")
    def _compute_profile_id(self):
        for consignment in self:
            company = consignment.company_id
            kind = consignment.rma_ids.kind_id[:1].with_company(company)
            consignment.profile_id = (
                kind.receipt_profile_id or consignment.warehouse_id.cx_receipt_profile_id
                or company.cx_receipt_profile_id)

    def _compute_steps_html(self):
        labels = dict(self.env["cx.receipt.step"]._fields["step"]._description_selection(self.env))
        for consignment in self:
            done = consignment._steps_done()
            consignment.steps_html = self.env["ir.qweb"]._render("cx_complaint.receipt_steps", {
                "steps": [(labels[step.code], step.is_required, step.code in done)
                          for step in consignment.profile_id._steps()],
            }) if consignment.profile_id else False

    # The verb

    def action_enter_papers(self):
        """The clerk entered the papers that came with the goods; the customer's note is signed.

        :source: S2.14-6, S2.18-11
        """
        self._transition("enter_papers", {"papers_on": fields.Datetime.now(), "papers_by_id": self.env.uid})
        for consignment in self:
            consignment._tell_after("papers", self.env._("Papers are entered"), self.env._(
                "%(consignment)s: the papers are entered, the customer's note is %(note)s.",
                consignment=consignment.display_name, note=consignment.customer_note or "–"))

    # Steps

    def _steps_done(self):
        """Codes of the steps that are done."""
        self.ensure_one()
        return {code for code, is_done in (
            ("count", self.counted_on), ("papers", self.papers_on), ("inspect", self._is_inspected()),
            ("place", self.state in ("placed", "collected")),
        ) if is_done}

    def _is_inspected(self):
        """Whether its goods are in quarantine and quality has looked at all that belong to an RMA."""
        self.ensure_one()
        receipts = self.sudo().picking_ids._cx_incoming()  # sudo: stock.picking, cx.rma.line - states and quantities only
        return "done" in receipts.mapped("state") and not self._open_receipts() and not any(
            receipts.move_ids.cx_rma_line_id.mapped("is_to_inspect"))

    def _reached_by_receipt(self):
        """The state that its receipts alone bring it to."""
        self.ensure_one()
        profile = self.sudo().profile_id  # sudo: cx.receipt.profile - whoever receives need not be able to read it
        return receipt_steps.reached_by_receipt(profile._steps()) if profile else "placed"

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if self.state not in self._TRANSITIONS[verb].sources:
            return blockers
        if verb == "enter_papers":
            blockers += self._blockers_papers()
        if verb in ("count", "place", "collect", "enter_papers"):
            blockers += self._blockers_steps(verb)
        return blockers

    def _blockers_papers(self):
        if self.papers_on:
            return [Blocker(
                "papers_entered", self.name, self.env._("Its papers are entered already."),
                self.env._("There is nothing to do."))]
        if self.customer_note and self.is_note_signed or self.is_without_papers:
            return []
        return [Blocker(
            "note_missing", self.name, self.env._("The customer's note is not entered and signed."),
            self.env._("Enter its number and sign it, or tick that the goods came without papers."))]

    def _blockers_steps(self, verb):
        """Required steps that stand before the one of this verb in the company's order."""
        missing = receipt_steps.missing_before(
            self.profile_id._steps(), _STEP_OF_VERB.get(verb), self._steps_done())
        if verb == "collect":
            missing = [code for code in missing if code != "inspect"]
        return [self._blocker_of_step(code) for code in missing]

    def _blocker_of_step(self, code):
        texts = {
            "count": (self.env._("It is not counted yet."), self.env._("Count it first.")),
            "papers": (self.env._("Its papers are not entered yet."),
                       self.env._("Enter the number of the customer's note, sign it, and press “Papers Entered”.")),
            "inspect": (self.env._("Its goods are not inspected yet."),
                        self.env._("They stand in quarantine meanwhile; ask quality to finish the inspection.")),
            "place": (self.env._("It is not placed yet."), self.env._("Place it first.")),
        }
        return Blocker(f"step_{code}", self.name, *texts[code])

    # Telling

    def _tell_after(self, code, summary, note):
        """Who is told when a step is done gets a to-do."""
        self.ensure_one()
        functions = self.profile_id._functions_after(code)
        self._tell_functions(functions, summary, note)

    def _tell_functions(self, functions, summary, note):
        for function in functions:
            on_duty = self.env["cx.department"]._on_duty(function, self.company_id)
            for consignment in self:
                if user := on_duty.get(consignment.company_id):
                    consignment.activity_schedule(
                        "mail.mail_activity_data_todo", user_id=user.id, summary=summary, note=note)

    def _ask_for_papers(self):
        """Counted: where the papers come next, the clerk of the department that enters them gets them.

        :source: S2.14-6
        """
        for consignment in self.filtered(lambda consignment: not consignment.papers_on):
            if receipt_steps.follows(consignment.profile_id._steps(), "count") == "papers":
                consignment._tell_after("count", self.env._("Enter the papers"), self.env._(
                    "%(consignment)s is counted. Enter the papers that came with it and sign the customer's note.",
                    consignment=consignment.display_name))
