from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.convert import convert_file
from odoo.tools.translate import TranslationImporter, get_po_paths

from .shipped_files import MODULE, shipped, shipped_words


class Procedure(models.Model):
    """The procedures that come with the addon: loaded when somebody wants one, and the company's own from then on."""

    _inherit = "cx.procedure"

    @api.model
    def _shipped(self):
        """What can be loaded, without loading it.

        :return: list of dicts with code, name and industry in the language of the user, needs, and the procedure if
            it is there already
        """
        known = self._loaded_shipped()
        words = shipped_words(self.env.lang) if self.env.lang else {}
        return [
            {
                "code": one.code, "needs": one.needs, "procedure": known[one.code],
                "name": words.get(one.xml_id, {}).get("name", one.name),
                "industry": words.get(one.xml_id, {}).get("industry", one.industry),
            }
            for one in shipped().values()
        ]

    @api.model
    def _loaded_shipped(self):
        """Shipped procedures that are there, archived ones among them: ``{code: procedure or none}``."""
        ids = {one.xml_id.partition(".")[2]: one.code for one in shipped().values()}
        # sudo: ir.model.data - which of our own records came from which file
        rows = self.env["ir.model.data"].sudo().search_fetch(
            [("module", "=", MODULE), ("name", "in", list(ids)), ("model", "=", self._name)], ["name", "res_id"])
        here = set(self.browse(rows.mapped("res_id")).exists().ids)
        found = {ids[row.name]: self.browse(row.res_id) for row in rows if row.res_id in here}
        return {code: found.get(code, self.browse()) for code in shipped()}

    @api.model
    def _load_shipped(self, codes, company=None):
        """Load shipped procedures, in draft. One that is there stays as it is, whatever the company has made of it.

        They belong to the addon by their ids, so that their words come with every language and they go with the addon;
        they are marked as not to be updated, so that an upgrade neither overwrites nor deletes them.

        :param codes: iterable of codes, e.g. ``["S2.08"]``
        :param company: whose defaults apply where a file leaves something open; the user's current one if not given
        :return: the procedures, in the order of ``codes``
        """
        codes = list(codes)
        unknown = [code for code in codes if code not in shipped()]
        if unknown:
            raise UserError(self.env._(
                "No procedure “%(code)s” comes with this version. Choose one of: %(codes)s.",
                code=unknown[0], codes=", ".join(shipped())))
        # sudo: cx.procedure and its parts - files of the addon; callers check that the user may
        loader = self.with_company(company or self.env.company).sudo()
        loader.env["cx.guard"]._take(f"cx.procedure,{code}" for code in codes)
        known = loader._loaded_shipped()
        missing = [shipped()[code] for code in codes if not known[code]]
        for one in missing:
            loader._check_loadable(one)
            convert_file(
                loader.with_context(tracking_disable=True, mail_create_nosubscribe=True).env,
                MODULE, one.file, {}, mode="init", noupdate=True)
        if missing:
            loader._translate_shipped(missing)
            known = loader._loaded_shipped()
        return self.browse([known[code].id for code in codes])

    def _check_loadable(self, one):
        """:raises UserError: what the file refers to is gone, or its code and edition are taken"""
        for xml_id in sorted(one.other_ids):
            if not self.env.ref(xml_id, raise_if_not_found=False):
                raise UserError(self.env._(
                    "%(procedure)s refers to the list entry “%(entry)s”, which was deleted. Upgrade the addon, which"
                    " brings it back, and load the procedure again.", procedure=one.name, entry=xml_id))
        namesake = self.with_context(active_test=False).search(
            [("code", "=", one.code), ("company_id", "=", False), ("edition", "=", one.edition)], limit=1)
        if namesake:
            raise UserError(self.env._(
                "%(procedure)s has the code and edition of the one to be loaded already. Give it another code.",
                procedure=namesake.display_name))

    def _translate_shipped(self, loaded):
        """The words of what was loaded, in every language there is; words that somebody has changed stay."""
        importer = TranslationImporter(self.env.cr, verbose=False)
        ids = {xml_id for one in loaded for xml_id in one.own_ids}
        for lang, _name in self.env["res.lang"].get_installed():
            for path in get_po_paths(MODULE, lang):
                importer.load_file(path, lang, xmlids=ids)
        importer.save()
