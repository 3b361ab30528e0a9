from odoo import Command, fields, models

from .inspection import SORTING_STAGES

# flag of a verdict: what is negotiated
_KINDS = {"is_user_damage": "user_damage", "is_misreturn": "misreturn", "is_concession": "concession"}


class InspectionNegotiation(models.Model):
    """Findings about which the customer is asked; their units wait for his answer."""

    _inherit = "cx.inspection"

    negotiation_ids = fields.One2many("cx.negotiation", "inspection_id", string="Negotiations", readonly=True)
    negotiation_count = fields.Integer(string="Number of Negotiations", compute="_compute_negotiation_count")

    def _compute_negotiation_count(self):
        counts = {inspection.id: count for inspection, count in self.env["cx.negotiation"]._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"])}
        for inspection in self:
            inspection.negotiation_count = counts.get(inspection.id, 0)

    def action_finish(self):
        """As before; where the customer is to be asked, the units wait for his answer."""
        result = super().action_finish()
        self._withdraw_judged_anew()
        self._open_negotiations()
        return result

    def action_reopen(self):
        """As before; nobody negotiates about findings that are taken up again."""
        result = super().action_reopen()
        open_ones = self.negotiation_ids.sudo()  # sudo: cx.negotiation - the inspection's own; its verb was checked
        open_ones.filtered(lambda negotiation: negotiation.state == "open").action_withdraw()
        return result

    def _withdraw_judged_anew(self):
        """An analysis that judges the units of an inspection again takes the place of what is negotiated about them."""
        for inspection in self.filtered(lambda inspection: inspection.stage == "analysis" and inspection.mode == "full"):
            if not inspection._is_carried():
                inspection.predecessor_id.negotiation_ids.sudo().filtered(  # sudo: cx.negotiation - as in action_reopen
                    lambda negotiation: negotiation.state == "open").action_withdraw()

    def _open_negotiations(self):
        """Open a negotiation per finding of which the verdict asks for one, once."""
        findings = self.filtered(
            lambda inspection: inspection.mode == "full" and inspection.stage in SORTING_STAGES).line_ids
        live = self.negotiation_ids.filtered(lambda negotiation: negotiation.state != "withdrawn").inspection_line_id
        self.env["cx.negotiation"].sudo().create([  # sudo: cx.negotiation - follows from the finding, by no other way
            {
                "inspection_line_id": finding.id, "kind": kind, "quantity": finding.quantity,
                "lot_ids": [Command.set(finding.lot_ids.ids)], "note": finding.note,
            }
            for finding in findings - live for flag, kind in _KINDS.items() if finding.verdict_id[flag]
        ])

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "reopen":
            blockers += [
                self._blocker(
                    "negotiation_settled",
                    self.env._("The customer has answered %(negotiation)s.", negotiation=negotiation.name),
                    self.env._("Withdraw the negotiation first."))
                for negotiation in self.negotiation_ids if negotiation.state == "settled"
            ]
        return blockers

    def action_view_negotiations(self):
        """What the customer is asked about these goods."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Negotiations"),
            "res_model": "cx.negotiation",
            "view_mode": "list,form",
            "domain": [("inspection_id", "in", self.ids)],
        }
