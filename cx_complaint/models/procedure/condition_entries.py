from odoo import api, models
from odoo.exceptions import UserError

# list: the field by which conditions name its entries
_LISTS = {
    "cx.category": "category_ids", "cx.channel": "channel_ids", "cx.complaint.kind": "kind_ids", "cx.object.phase": "phase_ids"}
_RULES = ("cx.milestone", "cx.route", "cx.gate", "cx.authority", "cx.guidance")


class ConditionEntryMixin(models.AbstractModel):
    """An entry of a list that conditions name: taken away, the rule would silently hold for every case."""

    _name = "cx.condition.entry.mixin"
    _description = "What Conditions Name"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named(self):
        """:raises UserError: naming the rulebook, or the advice, that names one of the entries"""
        name = _LISTS[self._name]
        for model in _RULES:
            if name not in self.env[model]._fields:
                continue
            # sudo: rules of every company - the name of one, to who may delete the entry
            rule = self.env[model].sudo().with_context(active_test=False).search([(name, "in", self.ids)], limit=1)
            if rule:
                raise UserError(self.env._(
                    "%(entry)s cannot be deleted: %(rule)s names it, and would hold for every case without it. Archive it, or"
                    " take it out of a draft there first.", entry=(rule[name] & self.sudo())[0].display_name,
                    rule=(rule.procedure_id or rule).display_name))


class Category(models.Model):
    _name = "cx.category"
    _inherit = ["cx.category", "cx.condition.entry.mixin"]


class Channel(models.Model):
    _name = "cx.channel"
    _inherit = ["cx.channel", "cx.condition.entry.mixin"]


class ComplaintKind(models.Model):
    _name = "cx.complaint.kind"
    _inherit = ["cx.complaint.kind", "cx.condition.entry.mixin"]


class ObjectPhase(models.Model):
    _name = "cx.object.phase"
    _inherit = ["cx.object.phase", "cx.condition.entry.mixin"]


class ObjectKind(models.Model):
    """A kind takes its phases with it."""

    _inherit = "cx.object.kind"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_phases_named(self):
        self.phase_ids._unlink_except_named()
