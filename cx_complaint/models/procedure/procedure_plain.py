from odoo import api, models, tools


class Procedure(models.Model):
    """What rulebooks say, as plain values: cases ask at every turn, and an edition that is in force does not change.

    A part says how it is read in ``_read_<part>``.
    """

    _inherit = "cx.procedure"

    def _plain(self, part):
        """A part of one procedure as plain values; read once per process, but in a draft, which still changes."""
        self.ensure_one()
        return self._kept(part) if self.id in self._frozen_ids() else self._read_part(part)

    @tools.ormcache("self.id", "part")
    def _kept(self, part):
        return self._read_part(part)

    def _read_part(self, part):
        # sudo: cx.procedure and its parts - what a rulebook says is the same for whoever asks
        return getattr(self.sudo(), f"_read_{part}")()

    @api.model
    @tools.ormcache()
    def _frozen_ids(self):
        # sudo: cx.procedure - as above
        return frozenset(self.sudo().with_context(active_test=False).search([("decision", "!=", "draft")]).ids)
