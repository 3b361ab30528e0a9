from odoo import api, models
from odoo.exceptions import UserError


class Link(int):
    """Id behind a link that one of our hooks carries over, to the rest of a split or the next step of a chain.

    A client can send a number, but never one of these.
    """


class LinkGuard(models.AbstractModel):
    """What a document does for a case is said by the verbs of the case and by our hooks, by nobody else.

    Who could write the link by hand could claim an unrelated delivery as the replacement, or let a credit note be
    forgotten so that it is paid twice.
    """

    _name = "cx.link.guard"
    _description = "Links That Nobody Writes by Hand"

    _CX_LINKS = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        carried = [{name for name in self._CX_LINKS if isinstance(vals.get(name), Link)} for vals in vals_list]
        records = super().create([
            {**vals, **{name: int(vals[name]) for name in names}} if names else vals
            for vals, names in zip(vals_list, carried, strict=True)])
        if not self.env.su:
            for record, names in zip(records, carried, strict=True):
                # also what came as a default of the user or of the context
                if any(record[name] for name in self._CX_LINKS - names):
                    record._cx_refuse_link()
        return records

    def write(self, vals):
        names = self._CX_LINKS & vals.keys()
        if not names:
            return super().write(vals)
        carried = {name: int(vals[name]) for name in names if isinstance(vals[name], Link)}
        if not self.env.su:
            for record in self:
                if any(record[name].id != (vals[name] or False) for name in names - carried.keys()):
                    record._cx_refuse_link()
        return super().write({**vals, **carried})

    def _cx_refuse_link(self):
        """:raises UserError: what the document does or did for a case would be told by hand, or forgotten"""
        raise UserError(self.env._(
            "%(document)s: which return, disposition or settlement it belongs to is not written by hand and cannot be "
            "changed any more. Cancel it while it is open; what is done is linked by “Link Existing Documents” of the "
            "case.",
            document=self.display_name))
