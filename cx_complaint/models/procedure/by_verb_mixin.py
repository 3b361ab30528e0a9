from odoo import api, models


class ByVerbMixin(models.AbstractModel):
    """A record with fields that verbs write and nobody by hand: not by create, write, copy or default."""

    _name = "cx.by.verb.mixin"
    _description = "Fields That Verbs Write"

    _BY_VERB_ONLY = frozenset()  # fields that nobody writes by hand, not even at creation

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and self._is_written_by_nobody(field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _is_written_by_nobody(self, field):
        """Whether a verb writes it, or it follows from other records: a state written by hand would open the verbs."""
        return field.name in self._BY_VERB_ONLY or bool(field.store and field.compute and field.readonly)

    @api.model
    def default_get(self, fields):
        """Defaults that users keep for themselves decide nothing."""
        values = super().default_get(fields)
        for name in list(values):
            field = self._fields[name]
            if not self._is_written_by_nobody(field) and self._has_field_access(field, "write"):
                continue
            if not field.default:
                del values[name]
                continue
            default = field.convert_to_cache(field.default(self), self, validate=False)
            values[name] = field.convert_to_write(field.convert_to_record(default, self), self)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        # the action by which the user came may carry such a default for other models
        context = {key: value for key, value in self.env.context.items() if not (
            key.startswith("default_") and (field := self._fields.get(key[8:]))
            and field.name not in self._BY_VERB_ONLY and self._is_written_by_nobody(field))}
        return super(ByVerbMixin, self.with_env(self.env(context=context))).create(vals_list)
