from odoo import api, models

from ..procedure.needs import concerns
from .needs_view import NeedsView


class Base(models.AbstractModel):
    """Views without what the company does without, see procedure/needs.py."""

    _inherit = "base"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env["res.company"]._cx_lacking()) if concerns(self._name) else key

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if concerns(self._name) and (lacking := self.env["res.company"]._cx_lacking()):
            NeedsView(self.env, lacking).trim(arch, self._name, view_type)
        return arch, view
