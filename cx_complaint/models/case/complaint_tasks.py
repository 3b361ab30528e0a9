from odoo import api, fields, models

from ...rules import milestones
from ...rules.conditions import holds
from ...rules.filling import desk_of
from .by_code import is_by_code
from .complaint_events import aware, stored
from .working_time import WorkingTime

# what conditions, facts and clocks are read from: when one of them is written, the tasks are looked at again
_TOLD_BY = frozenset({
    "received_on", "registered_on", "confirmed_on", "investigation_on", "responsible_named_on", "concluded_on",
    "decided_on", "answered_on", "closed_on", "decision", "procedure_id", "category_id", "channel_id", "kind_id",
    "nature", "is_technical", "party", "batch_class", "severity", "urgency", "customer_type", "partner_id",
    "line_ids", "trigger_ids", "claimed_amount", "currency_id", "transferred_by_id", "cause_category_id", "declines_callback"})
_CLOCKED_BY = {"agreed_on": "agreed", "is_unreachable": "unreachable", "distance_km": "other", "urgency": "other",
               "received_on": "other"}
# step of the case: the event that it makes happen
EVENT_OF_VERB = {
    "confirm": "confirmed", "investigate": "investigated", "conclude": "concluded", "decide": "decided",
    "answer": "answered", "close": "closed"}


class Complaint(models.Model):
    """The tasks of a case follow from its rulebook and from what has happened in it; see ``rules.milestones``."""

    _inherit = "cx.complaint"

    def _start_under_rulebook(self, vals_list):
        result = super()._start_under_rulebook(vals_list)
        if self._is_rulebook_used():
            self.filtered("agreed_on")._mark_agreed()
            self._sync_tasks()
        return result

    def write(self, vals):
        told = not _TOLD_BY.isdisjoint(vals)
        clocked = [kind for name, kind in _CLOCKED_BY.items() if name in vals]
        if is_by_code(self.env, "cx_follows_rulebook") or not (told or clocked) or not self._is_rulebook_used():
            return super().write(vals)
        result = super().write(vals)
        if "agreed_on" in vals:
            self._mark_agreed()
        if told or "agreed_on" in vals:
            self._sync_tasks()
        if clocked:
            tasks = self.sudo().filtered("procedure_id")._open_tasks()  # sudo: cx.task - follows from the case
            tasks._move_start()
            tasks._update_due(clocked[0])
        return result

    def _mark_agreed(self):
        """Keep when a date was agreed with the customer."""
        for case in self.sudo():  # sudo: cx.complaint - follows from the date
            case.agreed_set_on = case.agreed_on and fields.Datetime.now()

    def _reopen(self, stage, reason):
        self.sudo().reopened_on = fields.Datetime.now()  # sudo: cx.complaint - kept by the verb, which checks
        return super()._reopen(stage, reason)

    def _open_tasks(self):
        return self.task_ids._still_open()

    # Following the rulebook

    @api.model
    def _tell_rulebooks(self, records, *paths):
        """Something happened to ``records``: the rulebooks of their cases look at it.

        :param paths: from the records to their cases
        """
        if records and self._is_rulebook_used():
            known = records.sudo()  # sudo: records - whose case it is, whoever made it happen
            self.union(*(known.mapped(path) for path in paths))._sync_tasks()

    def _sync_tasks(self):
        """Start, end and switch off tasks, so that they are what the rulebook says; asked again it does nothing."""
        # sudo: cx.complaint, cx.task - tasks follow from what happened, whoever made it happen
        cases = self.sudo().filtered("procedure_id")
        if not cases:
            return
        turns = cases.task_ids.grouped("complaint_id")
        plans = {}
        for procedure, those in cases.grouped("procedure_id").items():
            plans.update(those._plan_tasks(procedure, turns))
        if plans:
            # a case that is being made is nobody else's yet; of two who follow another one the second looks again
            now = self.env.cr.now()
            self.env["cx.guard"]._take_for(cases.browse(case.id for case in plans if case.create_date != now))
            cases._carry_out(plans, turns)

    def _plan_tasks(self, procedure, turns):
        """``{case: actions}`` of cases under one procedure; cases that are as they should be are not there."""
        rules = procedure._rules()
        events = {event for rule in rules.values() for event in (rule.duty.start, rule.duty.stop) if event}
        times = self._event_times(events | {"closed", "reopened"})
        facts = self._condition_facts()
        now = aware(fields.Datetime.now())
        duties = [rule.duty for rule in rules.values()]
        plans = {}
        for case in self:
            tasks = turns.get(case, self.env["cx.task"])
            plan = milestones.plan(
                duties, times[case], [task._as_turn(rules) for task in tasks],
                {key for key, rule in rules.items() if holds(rule.condition, facts[case])}, now,
                case.decision == "cancelled", case._zone())
            if plan:
                plans[case] = plan
        return plans

    def _carry_out(self, plans, turns):
        """Carry the actions out, those of one kind together."""
        Task = self.env["cx.task"]
        existing = {(task.complaint_id, task._duty_key(), task.nth): task for tasks in turns.values() for task in tasks}
        starts, ends = [], {}
        for case, actions in plans.items():
            ended = {(action.duty, action.nth): action for action in actions if action.verb == milestones.DONE}
            for action in actions:
                if action.verb == milestones.START:
                    starts.append((case, action, ended.get((action.duty, action.nth))))
                elif (case, action.duty, action.nth) in existing:
                    ends.setdefault(action.verb, []).append((existing[case, action.duty, action.nth], action.moment))
        Task._start(starts)
        Task._end(ends)

    # What waits for tasks

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if not self.procedure_id:
            return blockers
        return blockers + self._blockers_milestones(verb) + self._blockers_late(verb)

    def _blockers_milestones(self, verb):
        """Tasks that the rulebook wants done before this step."""
        case = self.sudo()  # sudo: cx.task - what holds the case up is the same for whoever works on it
        rules = case.procedure_id._rules()
        bound = [key for key, rule in rules.items() if rule.blocks_verb == verb]
        if not bound:
            return []
        tasks = {}
        for task in case.task_ids.sorted("nth"):
            tasks[task._duty_key()] = task
        facts = case._event_times({rule.duty.start for rule in rules.values() if rule.duty.start})[case]
        known = case._condition_facts()[case]
        blockers = []
        for key in bound:
            rule, task = rules[key], tasks.get(key)
            if task and task.state in milestones.OPEN:
                blockers.append(self._blocker(
                    "task_open", self.env._("the task “%(task)s” is not done.", task=task.name),
                    self.env._("It is with %(people)s.", people=task.user_id.name or task._people_text())))
            elif not task and holds(rule.condition, known) and milestones.is_ahead(key, {
                    one: other.duty for one, other in rules.items()}, facts, {
                    one: other.state for one, other in tasks.items()}):
                blockers.append(self._blocker(
                    "task_ahead", self.env._(
                        "the task “%(task)s” is still to come.",
                        task=self.env["cx.milestone"].browse(key).sudo().name),
                    self.env._("Finish the tasks before it first.")))
        return blockers


class Task(models.Model):
    """Tasks as the rules see them, and what the plan does to them."""

    _inherit = "cx.task"

    def _duty_key(self):
        """The milestone, in the edition that the case is under now: a duty carries on in another one by its code."""
        self.ensure_one()
        procedure = self.complaint_id.procedure_id
        milestone = self.milestone_id
        if milestone.procedure_id == procedure:
            return milestone.id
        return procedure.milestone_ids.filtered(lambda other: other.code == milestone.code)[:1].id or milestone.id

    def _as_turn(self, rules):
        return milestones.Turn(
            self._duty_key(), self.nth, self.state, aware(self.started_on), aware(self.done_on) or None)

    def _start(self, starts):
        """Make tasks.

        :param starts: ``(case, start action, done action or None)`` each
        """
        if not starts:
            return
        rules, hours = {}, WorkingTime()
        for case, action, _done in starts:
            rules[action.duty] = case.procedure_id._rules()[action.duty]
        roles = self.env["cx.procedure.role"].browse({rule.role for rule in rules.values()})
        cases = self.env["cx.complaint"].union(*(case for case, _action, _done in starts))
        people = roles._resolve(cases)
        vals_list, readings = [], {}
        for position, (case, action, done) in enumerate(starts):
            rule = rules[action.duty]
            started = self._opening(case, rule, action.moment, hours)
            vals_list.append({
                **self._prepare_vals(case, action, done, rule, people[rule.role, case.id]), "started_on": stored(started)})
            if reading := case._reading(rule, started, case._calendar()):
                readings[position] = reading
        for position, (due, problem) in self._dues(readings).items():
            rule = rules[starts[position][1].duty]
            vals_list[position] |= {
                "due_on": due, "clock_problem": problem, **self._prepare_promise(rule, readings[position].clock.limit, due)}
        self.create(vals_list).filtered(lambda task: task.state == "done")._close_clock()

    def _prepare_vals(self, case, action, done, rule, people):
        is_waiting = rule.is_pausable and any(not wait.until_on for wait in case.waiting_ids)
        return {
            "complaint_id": case.id, "company_id": case.company_id.id, "milestone_id": action.duty, "nth": action.nth,
            "state": "done" if done else "paused" if is_waiting else "running",
            "done_on": stored(done.moment) if done else False,
            **self._prepare_whose(case, rule, people),
        }

    def _prepare_whose(self, case, rule, people):
        """Whose task it is."""
        return {
            "role_id": rule.role, "function": rule.function, "user_id": people[:1].id,
            "queue_user_ids": [(6, 0, people.ids)], "department_id": self._department_of(case, rule, people)}

    def _department_of(self, case, rule, people):
        """Id of the department: the one that answers for the cause, else that of whoever does it."""
        if rule.resolver.startswith("responsible"):
            return case.responsible_department_id.id
        staff = self.env["cx.role"]._staff(case.company_id.id)
        return (rule.function and desk_of(staff, rule.function, people.ids)) or desk_of(staff, people=people.ids) or False

    def _end(self, ends):
        """Do what the plan says to tasks that are there.

        :param ends: ``{verb: [(task, moment)]}``
        """
        for task, moment in ends.get(milestones.DONE, ()):
            task.write({"state": "done", "done_on": stored(moment), "done_by_id": self.env.uid})
        done = self.union(*(task for task, _moment in ends.get(milestones.DONE, ())))
        done._close_clock()
        for verb, state in ((milestones.OFF, "off"), (milestones.MISSED, "missed")):
            if tasks := self.union(*(task for task, _moment in ends.get(verb, ()))):
                tasks.write({"state": state})
                tasks._on_due_changed()
        if revived := self.union(*(task for task, _moment in ends.get(milestones.REVIVE, ()))):
            revived._open_again()
            revived._update_due()
        done._on_due_changed()

    def _open_again(self):
        """They are to be done again; where the case waits for somebody, they wait as well."""
        waiting = self.filtered(lambda task: task._waits_with_case())
        waiting.write({"state": "paused"})
        (self - waiting).write({"state": "running"})

    def _waits_with_case(self):
        return self._rule().is_pausable and bool(self.complaint_id._open_waiting())

    def _close_clock(self):
        """Keep how much time was used, and by how much it was late."""
        done = self.filtered("done_on")
        for task, (used, left) in done._measures(fields.Datetime.now()).items():
            # over a weekend it is late by no working time yet, and late all the same
            is_late = bool(task.due_on) and task.done_on > task.due_on
            task.write({"used_seconds": used, "late_seconds": max(int(is_late), -(left or 0))})
