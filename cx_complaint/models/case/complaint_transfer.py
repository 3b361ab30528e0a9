from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# of a line what the customer told; documents and numbers stay where they are
LINE_FIELDS = (
    "sequence", "name", "quantity", "is_lot_unknown", "shipped_date", "invoice_text", "at_stock_qty", "in_transit_qty",
    "built_in_qty", "defect_rate", "detection_point", "occurred_on", "wish")
_CASE_FIELDS = (
    "summary", "caller_name", "phone", "email", "customer_date", "occurred_on", "occurred_place", "persons", "description",
    "demand", "demand_reason", "severity", "urgency", "mood", "has_business_loss", "claimed_amount", "claimed_form")
_SHARED = ("kind_id", "category_id", "channel_id", "partner_id", "complainant_id", "end_customer_id")


class Complaint(models.Model):
    """A case that somebody else handles: there under its own procedure and number, followed here, counted once.

    :source: S2.19-14, S2.19-19
    """

    _inherit = "cx.complaint"

    transfer_ids = fields.One2many("cx.transfer", "complaint_id", string="Transfers")
    origin_transfer_ids = fields.One2many("cx.transfer", "to_complaint_id", string="Came By Transfer")
    transfer_text = fields.Char(string="Handled Elsewhere", compute="_compute_transfer_text", compute_sudo=True)
    origin_text = fields.Char(string="Came From", compute="_compute_transfer_text", compute_sudo=True)
    is_from_group = fields.Boolean(
        compute="_compute_transfer_text", compute_sudo=True, help="Another company of the group waits for its end.")
    is_with_partner = fields.Boolean(
        compute="_compute_transfer_text", compute_sudo=True, help="A dealer or tenant handles it now.")

    @api.depends("kind_id.is_counted", "transfer_ids.to_complaint_id", "transfer_ids.came_back",
                 "origin_transfer_ids.came_back")
    def _compute_is_counted(self):
        for complaint in self:
            counts_there = any(
                transfer.to_complaint_id and not transfer.came_back for transfer in complaint.transfer_ids)
            counts_where_it_came_from = any(complaint.origin_transfer_ids.mapped("came_back"))
            complaint.is_counted = complaint.kind_id.is_counted and not counts_there and not counts_where_it_came_from

    @api.depends("transfer_ids.state_there", "transfer_ids.reference", "transfer_ids.returned_on", "origin_transfer_ids.returned_on")
    def _compute_transfer_text(self):
        for complaint in self:
            there = complaint.transfer_ids.sorted("id")[-1:]
            complaint.transfer_text = bool(there) and ", ".join(filter(None, (
                there.to_name, there.reference, there.state_there)))
            origin = complaint.origin_transfer_ids.complaint_id[:1]
            complaint.origin_text = bool(origin) and f"{origin.company_id.name}, {origin.name}"
            complaint.is_from_group = bool(complaint._waiting_origins())
            complaint.is_with_partner = bool(complaint._transfers_under_way().to_partner_id)

    def write(self, vals):
        result = super().write(vals)
        if "decision" in vals:
            self._tell_origins()
        return result

    # Verbs

    def action_transfer(self):
        """Ask to whom, and why; see :meth:`_transfer`."""
        return self._ask_transfer("transfer")

    def action_record_result(self):
        """Ask what became of it at the dealer or tenant; see :meth:`_record_result`."""
        return self._ask_transfer("record_result")

    def action_give_back(self):
        """Ask why; see :meth:`_give_back`."""
        return self._ask_transfer("give_back")

    def _ask_transfer(self, verb):
        self._check_one()
        self._check_may(verb)
        self._raise_blockers(verb)
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_transfer_action")
        return {**action, "name": self._verb_label(verb), "context": {"default_complaint_id": self.id, "default_verb": verb}}

    def _verb_label(self, verb):
        return {"transfer": self.env._("Transfer"), "record_result": self.env._("Result of the Transfer"),
                "give_back": self.env._("Give Back")}[verb]

    def _transfer(self, reason, company=None, partner=None, reference=None):
        """Give the case to another company of the group, where it gets a case of its own, or to a dealer or tenant.

        :return: the transfer
        """
        self.ensure_one()
        self.env["cx.guard"]._take_for(self)  # two who transfer it at once must not open two cases there
        if company:
            self._raise_transfer_blockers(self._blockers_company(company))
        elif partner:
            self._raise_transfer_blockers(self._blockers_partner(partner))
        self._transition("transfer", {"outcome": "transferred"})
        # sudo: cx.complaint, cx.transfer - whoever transfers it need not work there; he gets to know number and stage
        there = self.sudo()._open_there(company) if company else self.browse()
        transfer = self.env["cx.transfer"].sudo().create({
            "complaint_id": self.id, "to_company_id": company and company.id, "to_partner_id": partner and partner.id,
            "to_complaint_id": there.id, "reference": there.sudo().name or reference, "reason": reason,
            "transferred_on": fields.Datetime.now()})
        if company:
            there._message_log(body=self.env._("Came from %(origin)s: %(reason)s", origin=there.origin_text, reason=reason))
        self._message_log(body=self.env._(
            "Transferred to %(party)s: %(reason)s", party=transfer.to_name, reason=reason))
        self._sync_tasks()
        return transfer

    def _record_result(self, result, is_settled, reference=None):
        """The dealer or tenant has settled it, or it comes back and is handled here."""
        self.ensure_one()
        self._transition("record_result", {} if is_settled else {"outcome": False})
        # sudo: cx.transfer - written by verbs only
        self._transfers_under_way().sudo().write({
            "returned_on": fields.Datetime.now(), "came_back": not is_settled, "result": result,
            **({"reference": reference} if reference else {})})
        self._message_log(body=result)

    def _give_back(self, reason):
        """End the case here without a result: who transferred it handles it again, and it counts there.

        Nothing of it has to be finished here but goods and money that are under way; its tasks are not needed any more.
        """
        self.ensure_one()
        origins = self._waiting_origins()
        self._transition("give_back", {"outcome": "transferred", "cancel_reason": reason})
        # sudo: cx.transfer - of another company; written by verbs only
        origins.sudo().write({"came_back": True, "result": reason})
        self._update_activities()

    # What happens there and here

    def _open_there(self, company):
        """The case that another company handles, with what the customer told and nothing of ours."""
        vals = {name: self[name] for name in _CASE_FIELDS}
        vals |= {name: self[name].id for name in _SHARED if self._is_known_in(self[name], company)}
        desk = self.env["cx.department"]._user_on_duty(company)
        there = self.with_company(company).with_context(allowed_company_ids=company.ids, mail_create_nosubscribe=True)
        return there.create({
            **vals, "company_id": company.id, "currency_id": self.currency_id.id, "receiver_id": (desk or self.env.user).id,
            "reference_ids": [Command.create({"number": number}) for number in self.reference_ids.mapped("number")],
            "line_ids": [Command.create(line._prepare_transferred_vals(company)) for line in self.line_ids],
        })

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waited_for(self):
        for complaint in self:
            if origins := complaint._waiting_origins():
                raise UserError(self.env._(
                    "%(complaint)s was transferred by %(company)s, which waits for its end. Give it back instead.",
                    complaint=complaint.display_name, company=origins[0].company_id.name))

    def _is_known_in(self, record, company):
        return bool(record) and (not record.company_id or record.company_id == company)

    def _tell_origins(self):
        """Whoever waits for these cases elsewhere hears of their end, and that they were taken up again."""
        # sudo: cx.transfer, cx.complaint - of the companies that wait; they see number and stage only
        for transfer in self.sudo().origin_transfer_ids:
            case, origin = transfer.to_complaint_id, transfer.complaint_id
            if case.decision == "open":
                transfer.write({"returned_on": False, "came_back": False})
                origin._message_log(body=self.env._("%(case)s was taken up again there.", case=case.name))
            elif not transfer.returned_on:
                came_back = transfer.came_back or case.decision == "cancelled"
                transfer.write({"returned_on": fields.Datetime.now(), "came_back": came_back})
                origin._on_transfer_ended(transfer)

    def _on_transfer_ended(self, transfer):
        """It is settled there, or is ours to handle again."""
        self.ensure_one()
        if not transfer.came_back:
            self._message_log(body=self.env._("%(case)s was closed there.", case=transfer.reference))
            return
        note = self.env._("%(case)s came back: %(reason)s", case=transfer.reference,
                          reason=transfer.result or transfer.to_complaint_id.cancel_reason or "–")
        if self.decision == "open":
            self.outcome = False
            if user := self.handler_id or self.first_responsible_id:
                self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=self.summary, note=note)
        self._message_log(body=note)

    def _transfers_under_way(self):
        return self.transfer_ids.filtered(lambda transfer: not transfer.returned_on)

    def _waiting_origins(self):
        """Transfers of other companies that wait for the end of this case."""
        # sudo: cx.transfer - of another company; whether it waits
        return self.sudo().origin_transfer_ids.filtered(lambda transfer: not transfer.returned_on)

    def _companies_behind(self):
        """Companies of the group through whose hands the case has come, without its own."""
        self.ensure_one()
        companies, case = self.env["res.company"], self.sudo()  # sudo: cx.complaint - only which companies had it
        while origin := case.origin_transfer_ids.complaint_id[:1]:
            if origin.company_id in companies:
                break
            companies |= origin.company_id
            case = origin
        return companies

    def _is_handled_elsewhere(self):
        """Whether it was transferred, or given back: the customer gets his answer there."""
        return self.outcome == "transferred" and bool(
            self.transfer_ids or self.sudo().origin_transfer_ids)  # sudo: cx.transfer - whether there is one
