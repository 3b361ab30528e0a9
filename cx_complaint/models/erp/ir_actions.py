from odoo import api, models

from ..procedure.needs import NEEDS


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @api.model
    def get_bindings(self, model_name):
        """What none of the user's companies has stands in no action menu."""
        unused = {
            action.id for setting in self.env["res.company"]._cx_nowhere() for name in NEEDS[setting].actions
            if (action := self.env.ref(f"cx_complaint.{name}", raise_if_not_found=False))}
        bindings = super().get_bindings(model_name)
        if not unused:
            return bindings
        left = {kind: [action for action in actions if action["id"] not in unused] for kind, actions in bindings.items()}
        return {kind: actions for kind, actions in left.items() if actions}
