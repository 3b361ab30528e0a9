from odoo import api, models
from odoo.exceptions import ValidationError

from ...rules.bands import Band, check_bands
from ...rules.blocker import Blocker

_WORKING = frozenset({"working_hour", "working_day"})
_OF_NUMBER = frozenset({"amount", "visits", "object_complaints", "customer_complaints"})


class Procedure(models.Model):
    """What must hold before a rulebook is put in force. What is marked as to be decided does not hinder."""

    _inherit = "cx.procedure"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "put_in_force":
            blockers += (
                self._blockers_milestones() + self._blockers_bands() + self._blockers_ladders() + self._blockers_routes()
                + self._blockers_authorities() + self._blockers_severity() + self._blockers_causes()
                + self._blockers_calendar() + self._blockers_foreign_roles())
        return blockers

    def _blocker(self, code, record, text, way_out):
        return Blocker(code, f"{self.display_name} · {record}", text, way_out)

    def _blockers_milestones(self):
        blockers = []
        for milestone in self.milestone_ids:
            if not milestone.start_event and not milestone.after_id:
                blockers.append(self._blocker(
                    "start_missing", milestone.name, self.env._("nothing says when it begins."),
                    self.env._("Choose “Starts With” or “Starts After”.")))
            if not milestone.is_undecided and not milestone.band_ids and milestone.limit_unit not in (False, "agreed") and (
                    milestone.limit_value <= 0 and not milestone.is_at_once):
                blockers.append(self._blocker(
                    "limit_missing", milestone.name, self.env._("its limit has a unit and no number."),
                    self.env._("Enter the number, or tick “To Be Decided”.")))
            if milestone.limit_value and not milestone.limit_unit and not milestone.is_undecided:
                blockers.append(self._blocker(
                    "unit_missing", milestone.name, self.env._("its limit has a number and no unit."),
                    self.env._("Choose the unit, or take the number away.")))
        return blockers

    def _blockers_bands(self):
        """Each distance has one limit, and each limit a figure."""
        texts = {
            "overlap": self.env._("two of its limits by distance hold for the same distance."),
            "gap": self.env._("a distance between its limits has none."),
            "empty": self.env._("one of its limits by distance ends where it begins."),
            "no_last": self.env._("its limits by distance end somewhere."),
        }
        unlimited = [
            self._blocker(
                "bands_limit_missing", milestone.name, self.env._("one of its limits by distance has no number."),
                self.env._("Enter the number, or tick “To Be Decided”."))
            for milestone in self.milestone_ids if not milestone.is_undecided and any(
                band.limit_value <= 0 and band.limit_unit != "agreed" for band in milestone.band_ids)]
        return unlimited + [
            self._blocker(
                f"bands_{problem.code}", milestone.name, texts[problem.code],
                self.env._("Let each limit begin where the one before ends, the first at 0, and leave “Up To” of the last empty."))
            for milestone in self.milestone_ids if milestone.band_ids and not milestone.is_undecided
            for problem in check_bands([
                Band(band.up_to_km or None, band.id, band.from_km) for band in milestone.band_ids])]

    def _blockers_ladders(self):
        return [
            self._blocker(
                "ladder_empty", ladder.name, self.env._("the ladder has no step, so that nobody would hear of anything."),
                self.env._("Add a step with the role that it goes to, or delete the ladder."))
            for ladder in self.ladder_ids if not ladder.rung_ids and not ladder.is_undecided]

    def _blockers_routes(self):
        """A route names who handles a case: a role that is filled by its handler leads back to where it came from."""
        return [
            self._blocker(
                "route_circular", route.role_id.name,
                self.env._("the route leads to whoever handles the case, which is what it has to find out."),
                self.env._("Let the route go to a role with a function."))
            for route in self.route_ids if route.role_id.resolver == "handler"]

    def _blockers_authorities(self):
        verbs = dict(self.env["cx.authority"]._fields["verb"]._description_selection(self.env))
        return [
            self._blocker(
                "authority_empty", verbs[authority.verb], self.env._("no role may take this step."),
                self.env._("Choose the roles under “Authorities”, or delete the row."))
            for authority in self.authority_ids if not authority.role_ids]

    def _blockers_severity(self):
        kinds = dict(self.env["cx.severity.rule"]._fields["kind"]._description_selection(self.env))
        return [
            self._blocker(
                "severity_incomplete", kinds[rule.kind], self.env._("the severity rule does not say from what on it holds."),
                self.env._("Enter the figure, or tick “To Be Decided”."))
            for rule in self.severity_rule_ids
            if rule.kind in _OF_NUMBER and rule.threshold <= 0 and not rule.is_undecided]

    def _blockers_causes(self):
        defaults = self.cause_ids.filtered("is_default")
        if len(defaults) < 2:
            return []
        return [self._blocker(
            "default_causes", ", ".join(defaults.mapped("name")),
            self.env._("several causes are chosen when nothing else fits."), self.env._("Leave the tick on one of them."))]

    def _blockers_calendar(self):
        """Limits in working time need working time."""
        calendar = self.calendar_id or (self.company_id or self.env.company).resource_calendar_id
        units = {*self.milestone_ids.mapped("limit_unit"), *self.milestone_ids.band_ids.mapped("limit_unit"),
                 *self.ladder_ids.rung_ids.mapped("unit")}
        if calendar.attendance_ids or not (self.calendar_id or units & _WORKING):
            return []
        return [self._blocker(
            "calendar_empty", calendar.name or self.env._("Working Time"), self.env._("it has no working hours."),
            self.env._("Enter its hours, or choose another working time."))]

    def _blockers_foreign_roles(self):
        """A part names roles, milestones and ladders of its own procedure."""
        blockers = []
        for part in (*self.milestone_ids, *self.route_ids, *self.authority_ids, *self.ladder_ids.rung_ids, *self.role_ids):
            for name, field in part._fields.items():
                if field.comodel_name not in ("cx.procedure.role", "cx.milestone", "cx.ladder") or not field.store or (
                        field.type not in ("many2one", "many2many") or field.related):
                    continue
                foreign = part[name].filtered(lambda record: record.procedure_id != self)
                if foreign:
                    blockers.append(self._blocker(
                        "foreign_part", part.display_name,
                        self.env._("it names “%(other)s” of another procedure.", other=foreign[0].display_name),
                        self.env._("Choose one of this procedure.")))
        return blockers


class Milestone(models.Model):
    """What is refused at once."""

    _inherit = "cx.milestone"

    @api.constrains("start_event", "stop_event")
    def _check_takes_time(self):
        for milestone in self:
            if milestone.start_event and milestone.start_event == milestone.stop_event and not milestone.after_id:
                raise ValidationError(self.env._(
                    "%(milestone)s ends with the event that it starts with, so that it could never be late. Choose another"
                    " event for one of them.", milestone=milestone.name))

    @api.constrains("after_id")
    def _check_no_circle(self):
        for milestone in self:
            if milestone._has_cycle("after_id"):
                raise ValidationError(self.env._(
                    "%(milestone)s would start after itself: it waits for %(other)s, which waits for it in turn. Let one of"
                    " them start with an event.", milestone=milestone.name, other=milestone.after_id.name))


class ProcedureRole(models.Model):
    """What is refused at once."""

    _inherit = "cx.procedure.role"

    @api.constrains("falls_to_id")
    def _check_no_circle(self):
        for role in self:
            if role._has_cycle("falls_to_id"):
                raise ValidationError(self.env._(
                    "%(role)s would fall to itself: it falls to %(other)s, which falls back to it. Leave one of them empty.",
                    role=role.name, other=role.falls_to_id.name))


class SeverityRule(models.Model):
    """What is refused at once."""

    _inherit = "cx.severity.rule"

    @api.constrains("kind", "trigger_id")
    def _check_trigger_named(self):
        for rule in self:
            if rule.kind == "trigger" and not rule.trigger_id:
                raise ValidationError(self.env._(
                    "%(procedure)s: a severity rule does not say what has to be ticked. Choose it, or another kind of rule.",
                    procedure=rule.procedure_id.display_name))
