from odoo import models

from .time_texts import limit_text


class Procedure(models.Model):
    """The page of a procedure: what is to be done after what, how long it may take, who hears of it when it is late."""

    _inherit = "cx.procedure"

    def _page_flow(self):
        """Milestones as they follow each other: below the event that starts them, below the one they come after."""
        events = self.milestone_ids._fields["start_event"]._description_selection(self.env)
        labels = dict(events)
        following = self.milestone_ids.grouped("after_id")
        rows = []
        for event, label in events:
            started = following.get(self.milestone_ids.browse(), self.milestone_ids.browse()).filtered(
                lambda milestone, event=event: milestone.start_event == event)
            if started:
                rows.append((0, "event", label, "", "", ""))
                for milestone in started:
                    rows += self._page_flow_below(milestone, following, labels, 1)
        return {"kind": "flow", "title": self.env._("Flow"), "rows": rows} if rows else None

    def _page_flow_below(self, milestone, following, labels, depth):
        """A milestone and what comes after it."""
        rows = [(depth, "task", milestone.name, milestone.role_id.name, milestone.limit_text or "",
                 labels.get(milestone.stop_event, ""))]
        for later in following.get(milestone, ()):
            rows += self._page_flow_below(later, following, labels, depth + 1)
        return rows

    def _page_deadlines(self):
        """Every clock: its limit as the document has it, from when to when, whose it is, what happens when it is late."""
        events = dict(self.milestone_ids._fields["stop_event"]._description_selection(self.env))
        rows = [
            [milestone.name, milestone.limit_text, milestone.start_text,
             events.get(milestone.stop_event) or self.env._("who does it says so"), milestone.role_id.name,
             "; ".join(self._page_remarks(milestone)), milestone.clause]
            for milestone in self.milestone_ids if milestone.limit_text or milestone.repeat_days]
        return self._page_table(
            self.env._("Deadlines"),
            [(self.env._("Step"), "left", 22), (self.env._("Limit"), "left", 14), (self.env._("Clock Starts"), "left", 15),
             (self.env._("Clock Stops"), "left", 13), (self.env._("Who"), "left", 12), (self.env._("Remarks"), "left", 17),
             (self.env._("Clause"), "left", 7)], rows)

    def _page_remarks(self, milestone):
        """What else is to be known of a deadline: for which cases, what waits for it, what follows when it is missed."""
        verbs = dict(milestone._fields["blocks_verb"]._description_selection(self.env))
        remarks = [milestone.condition_text] if milestone.condition_text else []
        if milestone.repeat_days:
            remarks.append(self.env._("every %(days)s days", days=milestone.repeat_days))
        if milestone.unreachable_value:
            remarks.append(self.env._(
                "%(limit)s if the customer cannot be reached",
                limit=limit_text(self.env, milestone.unreachable_value, milestone.limit_unit)))
        if milestone.blocks_verb:
            remarks.append(self.env._("needed before: %(step)s", step=verbs[milestone.blocks_verb]))
        if milestone.is_promise:
            remarks.append(self.env._("promised to the customer"))
        if milestone.is_extendable:
            remarks.append(self.env._("may be extended in advance"))
        if not milestone.is_pausable:
            remarks.append(self.env._("waiting does not pause it"))
        if milestone.is_reason_required:
            remarks.append(self.env._("when late: the reason"))
        if milestone.ladder_id:
            remarks.append(self.env._("when late: %(ladder)s", ladder=milestone.ladder_id.name))
        return remarks

    def _page_escalation(self):
        rows = []
        for ladder in self.ladder_ids:
            steps = ", ".join(self.milestone_ids.filtered(lambda one, ladder=ladder: one.ladder_id == ladder).mapped("name"))
            for number, rung in enumerate(ladder.rung_ids):
                rows.append(["" if number else ladder.name, "" if number else steps, rung._moment_text(), rung.role_id.name,
                             rung.name, rung.clause or ladder.clause])
        return self._page_table(
            self.env._("Escalation"),
            [(self.env._("Ladder"), "left", 18), (self.env._("Of"), "left", 20), (self.env._("When"), "left", 18),
             (self.env._("Who Hears of It"), "left", 16), (self.env._("To Do"), "left", 20), (self.env._("Clause"), "left", 8)],
            rows)


class LadderRung(models.Model):
    """When a step of a ladder is taken, in words."""

    _inherit = "cx.ladder.rung"

    def _moment_text(self):
        """E.g. “2 working days after; repeated 3 times at most”."""
        self.ensure_one()
        texts = [self._when_text()]
        if self.repeat_every:
            texts.append(self.env._(
                "repeated after %(span)s, %(times)s times at most", span=limit_text(self.env, self.repeat_every, self.unit),
                times=self.repeat_max))
        if self.consecutive:
            texts.append(self.env._("when missed %(times)s times in a row", times=self.consecutive))
        return "; ".join(texts)
