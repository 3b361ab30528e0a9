from odoo import fields, models


class Complaint(models.Model):
    """Words with the customer, and who has to be told about the case."""

    _inherit = "cx.complaint"

    contact_ids = fields.One2many("cx.contact", "complaint_id", string="Contacts")
    contact_count = fields.Integer(
        compute="_compute_contact_count", compute_sudo=True, string="Times in Contact",
        help="How often the customer came to us about it, the first report included.")

    def _compute_contact_count(self):
        counts = dict(self.env["cx.contact"]._read_group(
            [("complaint_id", "in", self.ids), ("nth", ">", 0)], ["complaint_id"], ["__count"]))
        for complaint in self:
            complaint.contact_count = counts.get(complaint._origin, 0)

    def _record_intake(self):
        """The first report of a case is its first contact."""
        # sudo: cx.contact - whoever may register a case has just spoken with the customer
        self.env["cx.contact"].sudo().create([complaint._prepare_intake_vals() for complaint in self])

    def _prepare_intake_vals(self):
        self.ensure_one()
        return {
            "complaint_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "kind": "intake",
            "channel_id": self.channel_id.id,
            "caller_name": self.caller_name,
            "phone": self.phone,
            "email": self.email,
            "contacted_on": self.received_on,
            "user_id": self.receiver_id.id,
            "summary": self.summary,
        }

    def _update_activities(self):
        """Give the handler his to-do, move it when the handler changes, and take it away when the case is over."""
        kind = self.env.ref("cx_complaint.mail_activity_type_handle")
        for complaint in self.sudo():  # sudo: mail.activity - follows from the handler, whoever wrote him
            todo = complaint.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
            if complaint.decision != "open" or not complaint.handler_id:
                todo.unlink()
            elif todo:
                todo.filtered(lambda a, handler=complaint.handler_id: a.user_id != handler).write(
                    {"user_id": complaint.handler_id.id})
            elif complaint.handler_id != self.env.user:  # nobody needs a note that he has taken a case himself
                complaint.activity_schedule(
                    "cx_complaint.mail_activity_type_handle", user_id=complaint.handler_id.id,
                    summary=complaint.summary, date_deadline=fields.Date.context_today(complaint))

    def _update_line_activities(self):
        """One to-do per line that somebody has to work on and that is not solved, due when the line is."""
        kind = self.env.ref("cx_complaint.mail_activity_type_line")
        for complaint in self.sudo():  # sudo: mail.activity - follows from the lines, whoever wrote them
            complaint.activity_ids.filtered(lambda activity: activity.activity_type_id == kind).unlink()
            for line in complaint.line_ids.filtered(lambda line: line.responsible_id and not line.is_solved):
                complaint.activity_schedule(
                    "cx_complaint.mail_activity_type_line", user_id=line.responsible_id.id, summary=line.display_name,
                    date_deadline=line.due_date or fields.Date.context_today(complaint))

    def _subscribe_named(self):
        """Who was proposed as handler or answers to the customer follows the case from the start."""
        for named, complaints in self.grouped(lambda c: c.handler_id | c.first_responsible_id).items():
            others = named - self.env.user  # whoever creates a record follows it anyway
            if others:
                complaints.sudo().message_subscribe(others.partner_id.ids)  # sudo: res.users - partners of the named

    def _message_auto_subscribe_followers(self, updated_values, default_subtype_ids):
        """Who handles a case and who answers for it to the customer hear of it."""
        result = super()._message_auto_subscribe_followers(updated_values, default_subtype_ids)
        named = self.env["res.users"].browse(filter(None, (
            updated_values.get("handler_id"), updated_values.get("first_responsible_id")))).sudo()
        return result + [  # sudo: res.users - partners of the users named
            (user.partner_id.id, default_subtype_ids, False) for user in named if user.active]

    def _creation_subtype(self):
        return self.env.ref("cx_complaint.mt_complaint_new")

    def _track_subtype(self, init_values):
        self.ensure_one()
        if "state" in init_values:
            closed = self.state in ("closed", "cancelled")
            return self.env.ref(f"cx_complaint.mt_complaint_{'closed' if closed else 'stage'}")
        return super()._track_subtype(init_values)
