from odoo import models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker


class Procedure(models.Model):
    """A shared procedure in a database of several companies: nobody changes how a company works in which he does not.

    Whoever works in all companies that fall under it may change it for all of them. Everybody else makes an edition
    of his own company's of it.
    """

    _inherit = "cx.procedure"

    def _strangers(self):
        """Companies that fall under it, or will when it is put in force, and in which the user does not work."""
        self.ensure_one()
        if self.company_id or self.env.su:
            return self.env["res.company"]
        # sudo: cx.procedure.choice, res.company - which companies; their names are told to who has to ask there
        return (self.sudo().choice_ids | self._taken_over()).company_id - self.env.user.company_ids.sudo()

    def _strangers_text(self):
        return ", ".join(self._strangers().sorted("name").mapped("name"))

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("put_in_force", "retire") and self._strangers():
            blockers.append(Blocker(
                "others_rest_on_it", self.display_name,
                self.env._("%(companies)s would work otherwise from then on, and you do not work there.",
                           companies=self._strangers_text()),
                self._way_out_of_shared()))
        return blockers

    def _way_out_of_shared(self):
        return self.env._(
            "Make a new edition of %(procedure)s for your own company, or ask somebody who works in all of them.",
            procedure=(self._earlier() or self).display_name)

    def _check_not_frozen(self):
        result = super()._check_not_frozen()
        for procedure in self.filtered(lambda one: one.decision == "draft"):
            if procedure._strangers():
                raise UserError(self.env._(
                    "%(procedure)s is for %(companies)s as well, where you do not work. %(way_out)s",
                    procedure=procedure.display_name, companies=procedure._strangers_text(),
                    way_out=procedure._way_out_of_shared()))
        return result

    def write(self, vals):
        if vals.get("company_id"):
            self._check_stays_shared()
        return super().write(vals)

    def _check_stays_shared(self):
        """:raises UserError: it came with the addon, and the other companies could not choose it any more"""
        # sudo: res.company - whether there is more than one
        if self.env["res.company"].sudo().search_count([], limit=2) < 2:
            return
        shipped = self.browse(one.id for one in self._loaded_shipped().values()).filtered(lambda one: not one.company_id)
        if taken := self & shipped:
            raise UserError(self.env._(
                "%(procedure)s came with the addon and is there for every company. Put it in force, then make a new edition"
                " of it for your company.", procedure=taken[0].display_name))

    def _make_edition(self, edition, change, company=None):
        if not company and self._strangers():
            raise UserError(self.env._(
                "%(companies)s work by %(procedure)s as well, and you do not work there. Choose the company that the new"
                " edition is for, or ask somebody who works in all of them.",
                procedure=self.display_name, companies=self._strangers_text()))
        return super()._make_edition(edition, change, company)
