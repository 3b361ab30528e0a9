from odoo import api, models
from odoo.exceptions import UserError

_TOO_LARGE = 1e15  # beyond it a float does not count units any more


class NumberMixin(models.AbstractModel):
    """A record whose numbers are numbers: a client can send NaN, infinity and more than anybody counts."""

    _name = "cx.number.mixin"
    _description = "Numbers That Are Numbers"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_numbers(vals)
        return super().write(vals)

    @api.model
    def _check_numbers(self, vals):
        """:raises UserError: a quantity, an amount or a rate is no possible number"""
        for name, value in vals.items():
            field = self._fields.get(name)
            if not value or field is None or field.type not in ("float", "monetary"):
                continue
            try:
                is_number = abs(float(value)) < _TOO_LARGE  # false for NaN
            except (TypeError, ValueError):
                is_number = False
            if not is_number:
                raise UserError(self.env._(
                    "%(value)s is no possible number for “%(field)s”. Enter another one.", value=value,
                    field=field._description_string(self.env)))
