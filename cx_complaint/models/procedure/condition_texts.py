from odoo import api, fields, models

_LISTS = ("category_ids", "channel_ids", "kind_ids", "phase_ids")
_CHOICES = ("nature", "is_technical", "party", "batch_class", "customer_type")


class ConditionMixin(models.AbstractModel):
    """A condition in words, for lists and for the page of the procedure."""

    _inherit = "cx.condition.mixin"

    condition_text = fields.Char(string="Only For", compute="_compute_condition_text")

    @api.depends(*_LISTS, *_CHOICES, "min_severity", "max_severity", "is_urgent_only")
    @api.depends_context("lang")
    def _compute_condition_text(self):
        for rule in self:
            rule.condition_text = "; ".join(rule._condition_texts()) or False

    def _condition_texts(self):
        """One text per condition that is set."""
        self.ensure_one()
        labels = {name: dict(self._fields[name]._description_selection(self.env))
                  for name in (*_CHOICES, "min_severity", "max_severity")}
        texts = [", ".join(self[name].mapped("display_name")) for name in _LISTS if self[name]]
        texts += [labels[name][self[name]] for name in _CHOICES if self[name]]
        if self.min_severity and self.min_severity == self.max_severity:
            texts.append(labels["min_severity"][self.min_severity])
        elif self.min_severity:
            texts.append(self.env._("from “%(severity)s” on", severity=labels["min_severity"][self.min_severity]))
        if self.max_severity and self.max_severity != self.min_severity:
            texts.append(self.env._("up to “%(severity)s”", severity=labels["max_severity"][self.max_severity]))
        if self.is_urgent_only:
            texts.append(self.env._("urgent"))
        return texts
