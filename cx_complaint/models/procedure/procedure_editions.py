from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.editions import next_edition

_OWN_NAMES = frozenset({"predecessor_id"})  # these name other procedures, and go on doing so

_PARTS = (
    "milestone_ids", "route_ids", "authority_ids", "ladder_ids", "severity_rule_ids", "gate_ids", "cause_ids",
    "revision_ids", "guidance_ids", "form_ids", "warranty_rule_ids", "role_ids")  # roles last: the others name them
_OWN_COMPANY = ("guidance_ids", "form_ids", "warranty_rule_ids")  # parts with a company of their own


class Procedure(models.Model):
    """Editions: an edition in force is copied whole, the copy is changed and put in force, the earlier one retires."""

    _inherit = "cx.procedure"

    choice_ids = fields.One2many("cx.procedure.choice", "procedure_id", string="Chosen For")
    successor_ids = fields.One2many("cx.procedure", "predecessor_id", string="Later Editions")

    @api.depends("name", "edition")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = f"{procedure.name or ''} ({procedure.edition or ''})"

    # Copies

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        for procedure, vals in zip(self, vals_list, strict=True):
            if "edition" not in default:
                vals["edition"] = procedure._next_edition()
            if "company_id" in default:  # texts have a company of their own, and it is that of their procedure
                texts = [text for name in _OWN_COMPANY for _command, _id, text in vals.get(name, ())]
                for text in texts:
                    text["company_id"] = default["company_id"]
        return vals_list

    def copy(self, default=None):
        """A copy is whole: its parts name each other, not those they were copied from."""
        copies = super().copy(default)
        for procedure, duplicate in zip(self, copies, strict=True):
            duplicate._name_own_parts(procedure)
        return copies

    def _next_edition(self):
        """What the next edition is usually called; never one that exists."""
        self.ensure_one()
        # sudo: cx.procedure - names of editions, of other companies and archived ones as well
        others = self.sudo().with_context(active_test=False).search([("code", "=", self.code)])
        return next_edition(self.edition or "A/0", others.mapped("edition"))

    def _name_own_parts(self, source):
        """Let every part that was copied from ``source`` name its fellow copies."""
        self.ensure_one()
        twins = source._twins(self)
        for original, duplicate in twins.items():
            vals = {}
            for field in original._fields.values():
                if field.name in _OWN_NAMES or not field.store or field.related or field.type not in ("many2one", "many2many"):
                    continue
                named = original[field.name]
                if any(record in twins for record in named):
                    own = [twins.get(record, record).id for record in named]
                    vals[field.name] = own[0] if field.type == "many2one" else [(6, 0, own)]
            if vals:
                duplicate.write(vals)

    def _twins(self, duplicate):
        """``{original: copy}`` of the procedure and all parts below it; copying keeps the order of ids."""
        twins = {self: duplicate}
        todo = [(self, duplicate)]
        while todo:
            original, copied = todo.pop()
            for field in original._fields.values():
                if field.type == "one2many" and field.copy:
                    pairs = list(zip(
                        original[field.name].sorted("id"), copied[field.name].sorted("id"), strict=True))
                    twins.update(pairs)
                    todo += pairs
        return twins

    # Verbs

    def action_new_edition(self):
        """Ask what the new edition is called and why there is one; see :meth:`_make_edition`."""
        self._check_one()
        self._check_may("new_edition")
        self._raise_blockers("new_edition")
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.procedure_edition_action")
        return {**action, "context": {"default_procedure_id": self.id}}

    def _make_edition(self, edition, change, company=None):
        """A draft that is this procedure in every part, with a line in its revision log.

        :param company: the company whose own rulebook it becomes; None: for whom this one is
        :return: the draft
        """
        self.ensure_one()
        edition, change = (edition or "").strip(), (change or "").strip()
        if not edition or not change:
            raise UserError(self.env._(
                "%(procedure)s: say what the new edition is called and what changes.", procedure=self.display_name))
        self._check_may("new_edition")
        self._raise_blockers("new_edition")
        if blockers := self._blockers_line(self, company or self.company_id):
            raise UserError(blockers[0].sentence())
        self._check_edition_free(edition, company or self.company_id)
        draft = self.copy({
            "edition": edition, "effective_date": False, "company_id": (company or self.company_id).id})
        draft.sudo().predecessor_id = self  # sudo: cx.procedure - written by this verb only
        self.env["cx.procedure.revision"].create({
            "procedure_id": draft.id, "name": change, "edition": edition,
            "revised_date": fields.Date.context_today(self), "revised_by": self.env.user.name,
            "sequence": max([0, *draft.revision_ids.mapped("sequence")]) + 10})
        return draft

    def _check_edition_free(self, edition, company):
        """:raises UserError: there is such an edition of the company's, archived ones count as well"""
        # sudo: cx.procedure - the name of the one that exists
        twin = self.sudo().with_context(active_test=False).search(
            [("code", "=", self.code), ("edition", "=", edition), ("company_id", "=", company.id)], limit=1)
        if twin:
            raise UserError(self.env._(
                "There is a %(procedure)s already. Give the new edition another letter or number.",
                procedure=twin.display_name))

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "retire":
            blockers += self._blockers_choices()
        if verb == "new_edition":
            blockers += self._blockers_line(self, self.company_id)
        if verb == "put_in_force":
            blockers += self._blockers_line(self.predecessor_id, self.company_id)
        return blockers

    def _blockers_choices(self):
        """New cases must have a rulebook to fall under."""
        choices = self.sudo().choice_ids  # sudo: cx.procedure.choice - their number, of all companies
        if not choices:
            return []
        return [Blocker(
            "still_chosen", self.display_name,
            self.env._("new cases still fall under it (rows in “Which Case, Which Procedure”: %(count)s).", count=len(choices)),
            self.env._("Choose another procedure there, or put a new edition in force."))]

    def _blockers_line(self, earlier, company):
        """Editions follow one after the other: what is made of an earlier one lacks what has changed since."""
        later = earlier._in_force_after(company) - self
        if not later:
            return []
        return [Blocker(
            "followed_already", self.display_name,
            self.env._("%(later)s follows %(earlier)s already.", later=later[0].display_name, earlier=earlier.display_name),
            self.env._("Make a new edition of that one, or retire it if it is still to come."))]

    def _in_force_after(self, company):
        """Later editions of this one that are in force or still to come, for the company or, without one, for all."""
        # sudo: cx.procedure - whether there are any; those of other companies are left out
        found, later = self.browse(), self.sudo().with_context(active_test=False).successor_ids
        while later := later.filtered(lambda one: not one.company_id or one.company_id == company):
            found |= later.filtered(lambda one: one.decision == "in_force")
            later = later.successor_ids
        return found.with_env(self.env)

    # Taking it away

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_unused()
        return super()._unlink_except_frozen()

    def _check_unused(self):
        """:raises UserError: a choice names one of the procedures; whatever else uses it extends this"""
        # sudo: cx.procedure.choice - of all companies
        choices = self.sudo().with_context(active_test=False).choice_ids
        if choices:
            raise UserError(self.env._(
                "%(procedure)s cannot be deleted: new cases of %(company)s fall under it. Choose another procedure there,"
                " then retire and archive this one.",
                procedure=choices[0].procedure_id.display_name, company=choices[0].company_id.name))

    def unlink(self):
        """The parts go first, and among them first those that name others."""
        self._unlink_except_frozen()
        for name in _PARTS:
            self.with_context(active_test=False)[name].unlink()
        return super().unlink()
