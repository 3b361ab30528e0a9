from odoo import fields, models

from ...rules.blocker import Blocker


class Consignment(models.Model):
    """The events of a consignment, in the order of life, and whom each of them tells."""

    _inherit = "cx.consignment"

    def action_announce(self):
        """Sales or customer service say that it is on the way; our driver is asked to bring it."""
        self._transition("announce", {"announced_on": fields.Datetime.now(), "announced_by_id": self.env.uid})
        self._link_receipts()
        for consignment in self.filtered(lambda consignment: consignment.pickup == "own" and consignment.driver_id):
            consignment.activity_schedule(
                "mail.mail_activity_data_todo", user_id=consignment.driver_id.id,
                date_deadline=consignment.expected_date,
                summary=self.env._("Bring the returned goods"),
                note=self.env._("%(pieces)s pieces at %(customer)s, %(rmas)s",
                                pieces=consignment.pieces_announced or "?",
                                customer=consignment.partner_id.display_name or "?",
                                rmas=", ".join(consignment.rma_ids.mapped("display_name"))))

    def action_arrive(self):
        """It stands at the dock."""
        self._transition("arrive", {"arrived_on": fields.Datetime.now(), "arrived_by_id": self.env.uid})
        self._link_receipts()
        for consignment in self.filtered(lambda consignment: not consignment.partner_id):
            consignment._ask_service(self.env._("Who sent it?"), self.env._(
                "%(consignment)s arrived and nobody knows from which customer. Enter him.", consignment=consignment.name))

    def action_count(self):
        """The pieces are counted against the waybill; customer service learns what is short.

        :source: S2.02-23
        """
        self._transition("count", {"counted_on": fields.Datetime.now(), "counted_by_id": self.env.uid})
        self._ask_for_papers()
        for consignment in self.filtered("missing_pieces"):
            consignment._ask_service(self.env._("Pieces are missing"), self.env._(
                "%(consignment)s: %(arrived)s of %(announced)s pieces arrived. Ask the customer and the carrier.",
                consignment=consignment.name, arrived=consignment.pieces_arrived,
                announced=consignment.pieces_announced))

    def action_receive(self):
        """Open the receipts in which the goods of the announced RMAs are counted."""
        self._transition("receive")
        self._link_receipts()
        return self._open_receipts()._get_records_action(name=self.env._("Receive"))

    def action_place(self):
        """It is put into the return zone; who handles it is told to collect it.

        :source: S2.02-14
        """
        self._transition("place", {"placed_on": fields.Datetime.now(), "placed_by_id": self.env.uid})
        self._tell_departments()

    def action_collect(self):
        """The department named took it over."""
        self._transition("collect", {"collected_on": fields.Datetime.now(), "collected_by_id": self.env.uid})
        self.activity_unlink(["cx_complaint.mail_activity_type_collect"])

    def action_cancel(self):
        """It does not come."""
        self._transition("cancel")
        self.sudo().picking_ids.cx_consignment_id = False  # sudo: stock.picking - the link only

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if blockers:
            return blockers
        if verb == "count":
            blockers += self._blockers_count()
        elif verb == "receive":
            blockers += self._blockers_receive()
        elif verb == "place":
            blockers += self._blockers_place()
        elif verb == "collect" and not self.collected_department_id:
            blockers.append(Blocker(
                "no_department", self.name, self.env._("It is not said who collected it."),
                self.env._("Choose the department under “Collected By”.")))
        elif verb in ("identify", "open_case", "adopt", "send_back"):
            blockers += self._blockers_unassigned(verb)
        return blockers

    def _blockers_count(self):
        blockers = []
        if not self.pieces_arrived:
            blockers.append(Blocker(
                "not_counted", self.name, self.env._("The pieces are not counted."),
                self.env._("Enter how many pieces arrived.")))
        if self.company_id.cx_is_driver_signature_needed and not self.is_driver_signed:
            blockers.append(Blocker(
                "driver_not_signed", self.name, self.env._("The driver did not sign what he handed over."),
                self.env._("Let him sign on the paper or here.")))
        if self.company_id.cx_is_arrival_photo_needed and not self.photo_ids:
            blockers.append(Blocker(
                "no_photo", self.name, self.env._("There is no photo of what arrived."),
                self.env._("Take one with the phone.")))
        return blockers

    def _blockers_receive(self):
        if self._open_receipts() or self._receipts_to_link():
            return []
        return [Blocker(
            "no_receipt", self.name, self.env._("No open receipt belongs to it."),
            self.env._("Name its RMA, or receive the goods without RMA; customer service assigns them later."))]

    def _blockers_place(self):
        return [Blocker(
            "receipt_open", self.name,
            self.env._("The goods of %(receipt)s are not received yet.", receipt=receipt.name),
            self.env._("Count and validate it; goods that did not come stay expected."),
        ) for receipt in self._open_receipts()]

    # Telling

    def _ask_service(self, summary, note):
        """Leave a to-do for customer service; where nobody is on duty, the note alone."""
        self.ensure_one()
        user = self.env["cx.department"]._user_on_duty(self.company_id)
        if user:
            self.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=summary, note=note)
        else:
            self.message_post(body=note)

    def _tell_departments(self):
        """Departments that handle the goods get the task to collect them, by the last day."""
        quality = self.env["cx.department"]._on_duty("quality", self.company_id)
        for consignment in self:
            handlers = consignment.handling_department_ids
            users = handlers.mapped(lambda department: department._person_on_duty()) if handlers else (
                quality.get(consignment.company_id, self.env["res.users"]))
            text = self.env._("%(consignment)s stands in the return zone. Collect and handle it.",
                              consignment=consignment.display_name)
            for user in users:
                consignment.activity_schedule(
                    "cx_complaint.mail_activity_type_collect", user_id=user.id, summary=self.env._("Collect"), note=text,
                    date_deadline=consignment.collect_by_date)
            consignment.message_post(body=text, partner_ids=users.partner_id.ids)
