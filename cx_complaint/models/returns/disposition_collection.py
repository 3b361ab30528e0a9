from odoo import fields, models

from ...rules.blocker import Blocker


class Disposition(models.Model):
    """The department that reworks collects the goods from the store, to planning's order.

    :source: S2.02-31
    """

    _inherit = "cx.disposition"

    collected_department_id = fields.Many2one(
        "cx.department", string="Collected By", check_company=True, copy=False, index="btree_not_null",
        help="Department that took the goods from the store to work on them.")
    collected_on = fields.Datetime(readonly=True, copy=False)
    collected_by_id = fields.Many2one("res.users", string="Handed Over By", readonly=True, copy=False)

    def action_collect(self):
        """The store handed the goods over to the department that works on them."""
        self._transition("collect", {"collected_on": fields.Datetime.now(), "collected_by_id": self.env.uid})
        return True

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "collect" and self.state == "running":
            blockers += self._blockers_collect()
        return blockers

    def _blockers_collect(self):
        if self.collected_on:
            return [Blocker(
                "collected", self.name,
                self.env._("%(department)s has collected it already.",
                           department=self.collected_department_id.display_name),
                self.env._("There is nothing to do."))]
        blockers = []
        orders = self.sudo().production_ids  # sudo: mrp.production - whether one is planned
        if not orders.filtered(lambda order: order.state != "cancel"):
            blockers.append(Blocker(
                "not_planned", self.name, self.env._("No rework order is planned for the goods."),
                self.env._("Ask planning to execute the disposition first.")))
        if not self.collected_department_id:
            blockers.append(Blocker(
                "no_department", self.name, self.env._("It is not said who collected it."),
                self.env._("Choose the department under “Collected By”.")))
        return blockers
