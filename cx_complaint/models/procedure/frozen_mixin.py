from odoo import api, models
from odoo.exceptions import UserError


class FrozenMixin(models.AbstractModel):
    """A record whose content stays as it was decided on, until a verb takes it up again."""

    _name = "cx.frozen.mixin"
    _description = "Content That Decisions Rest On"

    _FROZEN_DECISIONS = frozenset()  # decisions on which the content stays
    _FROZEN_FIELDS = frozenset()  # the content

    def _frozen_sentence(self):
        """What the user is told who changes or deletes this frozen record, with the way out."""
        self.ensure_one()
        raise NotImplementedError

    def _check_not_frozen(self):
        """:raises UserError: naming a record of ``self`` whose content others rest on already."""
        frozen = self.filtered(lambda record: record.decision in self._FROZEN_DECISIONS)
        if frozen:
            raise UserError(frozen[0]._frozen_sentence())

    def write(self, vals):
        if not self._FROZEN_FIELDS.isdisjoint(vals):
            self._check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_not_frozen()


class FrozenPartMixin(models.AbstractModel):
    """A line of a frozen record: neither changed, added, taken away nor moved into it."""

    _name = "cx.frozen.part.mixin"
    _description = "Part of Content That Decisions Rest On"

    _FROZEN_WITH = None  # many2one to the record it is frozen with

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts[self._FROZEN_WITH]._check_not_frozen()  # afterwards: a default may have named it as well
        return parts

    def write(self, vals):
        self[self._FROZEN_WITH]._check_not_frozen()
        result = super().write(vals)
        self[self._FROZEN_WITH]._check_not_frozen()  # nor may it be moved into a frozen one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self[self._FROZEN_WITH]._check_not_frozen()
