from lxml import etree

from odoo import api, models

# what is set by a company for complaints starts like this, on the company and on the settings page
_OURS = "cx_"


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        if vals and all(name.startswith(_OURS) for name in vals) and self._cx_may_set():
            # sudo: res.company - the complaint manager sets what complaints need of his companies, and nothing else
            return super(ResCompany, self.sudo()).write(vals)
        return super().write(vals)

    def _cx_may_set(self):
        """Whether the user keeps the complaint settings of all of these companies."""
        return (
            not self.env.su and self.env.user.has_group("cx_complaint.group_manager")
            and self <= self.env.companies and not (self - self.env.user.company_ids))

    @api.model
    def action_cx_view_settings(self):
        """The complaint settings of the current company, for who has no right to Odoo's Settings."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settings"),
            "res_model": "res.company",
            "view_mode": "form",
            "views": [(self.env.ref("cx_complaint.res_company_view_form_settings").id, "form")],
            "res_id": self.env.company.id,
        }

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view and view == self.env.ref("cx_complaint.res_company_view_form_settings", raise_if_not_found=False):
            self._cx_fill_settings(arch.find(".//div[@name='settings']"))
        return arch, view

    @api.model
    def _cx_fill_settings(self, place):
        """Put the blocks of the settings page into the form: they are written once, in one place."""
        # sudo: ir.ui.view - the text of a page that the user may not open; each of its fields is checked as usual
        page = self.env.ref("cx_complaint.res_config_settings_view_form").sudo()
        for block in etree.fromstring(page.arch_db).iter("block"):
            settings = [setting for setting in block.iter("setting") if all(
                field.get("name") in self._fields for field in setting.iter("field"))]
            if not settings:
                continue
            heading = etree.SubElement(place, "h2")
            heading.text = block.get("title")
            row = etree.SubElement(place, "div", {"class": "row mt16 o_settings_container"})
            for setting in settings:
                setting.attrib.pop("company_dependent", None)
                row.append(setting)
