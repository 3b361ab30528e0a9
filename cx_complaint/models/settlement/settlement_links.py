from odoo import models


class SettlementLinks(models.Model):
    """Ways from a settlement to its documents, and from documents to settlements."""

    _inherit = "cx.settlement"

    def _action_view(self):
        """Open these settlements: the form of one, the list of several."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.settlement_action")
        action.update(context={}, domain=[("id", "in", self.ids)])
        if len(self) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=self.id)
        return action

    def action_view_pickings(self):
        pickings = self.sudo().move_ids.picking_id  # sudo: stock.move - ids only, the action opens with his rights
        return self._action_open("stock.picking", pickings.ids, self.env._("Deliveries"))

    def action_view_credit_notes(self):
        notes = self.sudo().credit_line_ids.move_id  # sudo: account.move - ids only, the action opens with his rights
        return self._action_open("account.move", notes.ids, self.env._("Credit Notes"))

    def action_view_complaint(self):
        return self._action_open("cx.complaint", self.complaint_id.ids, self.env._("Complaints"))

    def _action_open(self, model, ids, name):
        """Form of one record, list of several; nothing for whoever may not read them."""
        if not self.env[model].has_access("read"):
            return None
        action = {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }
        if len(ids) == 1:
            action.update(view_mode="form", res_id=ids[0])
        return action
