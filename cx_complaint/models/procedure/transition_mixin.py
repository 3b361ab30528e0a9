from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.blocker import Blocker


class TransitionMixin(models.AbstractModel):
    """A record whose life is a table of verbs.

    People decide (``decision``, written by verbs only); documents tell (``state``, computed from the decision and from
    what moved and was posted). The table names for each verb the states it starts from, the decision it writes and the
    groups that may; buttons, checks and tests read it.
    """

    _name = "cx.transition.mixin"
    _description = "Life as a Table of Verbs"
    _inherit = ["cx.by.verb.mixin", "cx.number.mixin"]

    _TRANSITIONS = {}  # verb: rules.transition.Transition
    _BY_VERB_ONLY = frozenset({"decision"})  # fields that nobody writes by hand, not even at creation
    _CASES = None  # path to the cases that it belongs to, whose rulebook hears of every verb
    _SHOWN_VERBS = ()  # verbs whose blockers the form shows before the click, in the order of life

    blocker_html = fields.Html(string="Still in the Way", compute="_compute_blocker_html", sanitize=False)

    def _compute_blocker_html(self):
        for record in self:
            verb = record._next_verb() if record._is_of_seen_cases() else None
            blockers = record._blockers(verb) if verb and record.id else []
            record.blocker_html = (
                Markup("<ul class='mb-0'>%s</ul>")
                % Markup().join(Markup("<li>%s</li>") % blocker.sentence() for blocker in blockers)
                if blockers
                else False
            )

    def _is_of_seen_cases(self):
        """Whether the user sees the cases that the record belongs to: else what is in its way is none of his business."""
        # sudo: self - which cases it belongs to, to ask whether they are seen
        return not self._CASES or self.sudo().mapped(self._CASES).sudo(False).has_access("read")

    def _next_verb(self):
        """First of the shown verbs that may start from the record's state, or None."""
        self.ensure_one()
        return next((verb for verb in self._SHOWN_VERBS if self.state in self._TRANSITIONS[verb].sources), None)

    # Verbs

    def _transition(self, verb, vals=None):
        """Move all of ``self`` by ``verb``, or none of it.

        :param dict vals: further values that the verb decides (who, when, why); may name fields written by verb only
        :raises AccessError: the user is in none of the verb's groups, or may not write one of the records
        :raises UserError: with every blocker of every record
        """
        if not self:
            return
        self._check_may(verb)
        self.check_access("write")
        self.lock_for_update()
        self._raise_blockers(verb)
        vals = dict(vals or {})
        if self._TRANSITIONS[verb].decision:
            vals["decision"] = self._TRANSITIONS[verb].decision
        self.sudo().write(vals)  # sudo: self - rights and blockers are checked above
        if self._CASES:
            self.env["cx.complaint"]._tell_rulebooks(self, self._CASES)

    def _check_may(self, verb):
        """:raises AccessError: when the user is in none of the groups of ``verb``."""
        groups = self._TRANSITIONS[verb].groups
        if self.env.su or not groups or any(self.env.user.has_group(group) for group in groups):
            return
        names = [self.env.ref(group).sudo().full_name for group in groups]  # sudo: res.groups - the names only
        raise AccessError(self.env._(
            "%(record)s: this step belongs to %(groups)s. Ask one of them.",
            record=self[:1].display_name, groups=" / ".join(names),
        ))

    def _check_one(self):
        """:raises UserError: not exactly one record is chosen, where a step is about one at a time"""
        if len(self) != 1:
            raise UserError(self.env._(
                "%(kind)s: this step is taken for one at a time. Choose exactly one.",
                kind=self.env["ir.model"]._get(self._name).sudo().name))  # sudo: ir.model - the name of the kind only

    def _raise_blockers(self, verb):
        """:raises UserError: with the sentences of all blockers of all records, if there is one."""
        blockers = [blocker for record in self for blocker in record._blockers(verb)]
        if blockers:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))

    def _blockers(self, verb):
        """Everything that stands in the way of ``verb``, not only the first thing.

        :return: list of :class:`Blocker`; extended per model by the parts of its own
        """
        self.ensure_one()
        if self.state in self._TRANSITIONS[verb].sources:
            return []
        states = dict(self._fields["state"]._description_selection(self.env))
        return [Blocker(
            "wrong_state", self.display_name or "",
            self.env._("It is %(state)s.", state=states.get(self.state, self.state)),
            self.env._("This step is possible from: %(states)s.", states=", ".join(
                label for state, label in states.items() if state in self._TRANSITIONS[verb].sources)),
        )]

    @api.model
    def _may(self, verb):
        """Whether the user is in one of the groups of ``verb``."""
        groups = self._TRANSITIONS[verb].groups
        return self.env.su or not groups or any(self.env.user.has_group(group) for group in groups)
