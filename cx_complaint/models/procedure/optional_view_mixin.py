from odoo import api, models


class OptionalViewMixin(models.AbstractModel):
    """Views without what the company does not have: the fields are not hidden, they are not there and cost nothing."""

    _name = "cx.optional.view.mixin"
    _description = "Views without What a Company Does Not Have"

    @api.model
    def _optional_parts(self):
        """``{setting of a company: names of the parts of views that are there only with it}``."""
        return {}

    @api.model
    def _unused_parts(self):
        """Names of the parts that none of the user's current companies uses."""
        return frozenset().union(*(
            parts for setting, parts in self._optional_parts().items() if not any(self.env.companies.mapped(setting))))

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        return (*super()._get_view_cache_key(view_id, view_type, **options), self._unused_parts())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        unused = self._unused_parts()
        for node in list(arch.iter()) if unused else ():
            if isinstance(node.tag, str) and {node.get("name"), node.get("for")} & unused and node.getparent() is not None:
                node.getparent().remove(node)
        return arch, view
