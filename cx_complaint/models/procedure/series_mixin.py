from collections import defaultdict

from odoo import api, models


class SeriesMixin(models.AbstractModel):
    """A document whose number is the next one of a series; of its own company, whichever one the user works in."""

    _name = "cx.series.mixin"
    _description = "Document With a Number of a Series"

    _SERIES = None  # code of the series

    @api.model_create_multi
    def create(self, vals_list):
        for company, unnumbered in self._unnumbered(vals_list).items():
            numbers = self.env["ir.sequence"]._cx_next_numbers(company, self._SERIES, len(unnumbered))
            for vals, number in zip(unnumbered, numbers, strict=True):
                vals["name"] = number
        return super().create(vals_list)

    @api.model
    def _unnumbered(self, vals_list):
        """Values of documents without a number, by the company that they will be of: their own or that of their parent."""
        related = self._fields["company_id"].related
        link = related.split(".")[0] if related else "company_id"
        parents = self.env[self._fields[link].comodel_name].sudo()  # sudo: parents - whose company it is only
        parents = parents.browse(vals[link] for vals in vals_list if vals.get(link))
        companies = {parent.id: parent.company_id if related else parent for parent in parents}
        found = defaultdict(list)
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                found[companies.get(vals.get(link)) or self.env.company].append(vals)
        return found


class IrSequence(models.Model):
    """Several numbers of a series at once."""

    _inherit = "ir.sequence"

    @api.model
    def _cx_next_numbers(self, company, code, count):
        """The next numbers of a series; a company's own series wins over the shared one. Without any they are “/”."""
        series = self.sudo().search_fetch(  # sudo: ir.sequence - drawing numbers is everybody's
            [("code", "=", code), ("company_id", "in", (company.id, False))],
            ["implementation", "use_date_range", "prefix", "suffix", "padding", "company_id"],
            order="company_id", limit=1)
        return [series.next_by_id() if series else "/" for _number in range(count)]
