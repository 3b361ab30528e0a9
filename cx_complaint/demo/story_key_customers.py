from datetime import timedelta

from odoo import api, fields, models


class DemoKeyCustomers(models.AbstractModel):
    """Two key customers under a rulebook of the company's own: in time, due today, late, waiting, escalated, over."""

    _inherit = "cx.demo"

    @api.model
    def _put_key_rulebook_in_force(self):
        """From now on their cases have tasks and clocks; nobody else's have."""
        ref = self.env.ref
        procedure = ref("cx_complaint.procedure_key")
        self._as("manager", procedure).action_put_in_force()
        self._as("manager", self.env["cx.procedure.choice"]).create([
            {"company_id": procedure.company_id.id, "procedure_id": procedure.id, "partner_id": ref(partner).id}
            for partner in ("cx_complaint.partner_aurora", "cx_complaint.partner_meridian")])

    @api.model
    def _tell_key_cases(self):
        """What does not need goods: steps of the past have their own moments, so that their clocks show something."""
        self._key_case("Two of the lamps in the new store flicker", 0, urgency="1")  # in time
        due = self._key_case("Shade of the lamp comes off", 5)
        self._passed(due, concluded_on=2, conclusion="<p>The clips were mounted the wrong way round.</p>")
        late = self._key_case("Cartons without the screws", 16)
        self._passed(late, concluded_on=6, conclusion="<p>The counting scale was set to the old set of screws.</p>")
        waiting = self._key_case("Lamp smells when it is warm", 4)
        waiting._wait("customer", "He looks for the date code on the foot", self._ago(2))
        self._tell_escalated()
        self._tell_over()

    def _tell_over(self):
        """Answered in time, called back, closed: what a case looks like when everybody did his part."""
        over = self._key_case("Wrong plug on 20 lamps", 9)
        self._passed(over, concluded_on=6, conclusion="<p>Plugs of another country were packed.</p>")
        self._passed(over, decided_on=6, answered_on=5, solution="<p>Adapters were sent.</p>", answer="<p>They are on their way.</p>")
        over.line_ids.write({"is_answered": True, "is_solved": True})
        over.write({"outcome": "established", "acceptance": "accepted"})
        for task in over.task_ids.filtered(lambda task: task.state == "running"):
            task.with_user(task.user_id).action_done(result="Done")
        over.action_close()

    def _tell_escalated(self):
        """Nobody has found out why a lamp got hot: head of quality and general manager have heard of it."""
        hot = self._key_case(
            "A lamp got so hot that the table is burnt", 20,
            trigger_ids=[(6, 0, self.env.ref("cx_complaint.trigger_safety").ids)])
        hot.sudo().task_ids._fire_alarms(fields.Datetime.now())

    @api.model
    def _tell_key_returns(self):
        """Goods of a dealer that came back and wait for quality, others on their way, a return that sales has to allow."""
        lamp, clamp = self.env.ref("cx_complaint.product_lamp"), self.env.ref("cx_complaint.product_clamp")
        self._receive(self._key_return("Six lamps with a loose foot", lamp, 6, 3))
        self._key_return("Clamps without thread", clamp, 12, 2)
        asked = self._key_case(
            "Four lamps with scratched shades", 1, line=self._key_goods(lamp, 4, decision="return"))
        asked.action_create_rma()

    @api.model
    def _tell_key_credit(self):
        """Eight clamps are credited; finance has to post the credit note today."""
        clamp = self.env.ref("cx_complaint.product_clamp")
        complaint = self._key_case("Eight clamps are missing", 1, line=self._key_goods(clamp, 8, wish="credit"))
        complaint.line_ids.action_propose_credit()
        settlements = complaint.line_ids.settlement_ids
        self._as("manager", settlements).action_approve()
        settlements.action_consent()
        settlements.action_execute()

    # What these cases have in common

    def _key_case(self, summary, days, partner="aurora", line=None, **vals):
        """A case that came so many days ago and was read back within the hour; one of today was not yet."""
        complaint = self._complain({
            "summary": summary, "partner_id": self.env.ref(f"cx_complaint.partner_{partner}").id,
            "channel_id": self.env.ref("cx_complaint.channel_mail").id,
            "received_on": self._ago(days) if days else fields.Datetime.now() - timedelta(minutes=40), **vals,
        }, line or {"name": summary, "wish": "exchange", "return_decision": "none"})
        if days:
            self._passed(complaint, confirmed_on=days, minutes=60)
        return complaint

    def _key_goods(self, product, quantity, wish="exchange", partner="aurora", decision="none"):
        """The line of goods that were sold to the customer."""
        self._stock(product, 60)
        order = self._sell(self.env.ref(f"cx_complaint.partner_{partner}"), product, 40, days=21)
        return {
            "product_id": product.id, "quantity": quantity, "sale_line_id": order.order_line.id,
            "origin_move_id": order.picking_ids.move_ids.id, "wish": wish, "return_decision": decision,
            "detection_point": "incoming", "defect_id": self.env.ref("cx_complaint.defect_function").id}

    def _key_return(self, summary, product, quantity, days):
        line = self._key_goods(product, quantity, partner="meridian", decision="return")
        complaint = self._key_case(summary, days, partner="meridian", line=line)
        rma = self._return(complaint)
        self._tell(rma, "Rhine Parcel", f"RP-{rma.id:06d}")
        return rma

    def _passed(self, complaint, minutes=0, **vals):
        """What happened in the past: the verbs write the present moment, so the story writes the gates themselves.

        :param vals: fields of the case; those of moments as days ago
        """
        moments = {name: self._ago(value) + timedelta(minutes=minutes) for name, value in vals.items() if name.endswith("_on")}
        complaint.sudo().write({**vals, **moments})
