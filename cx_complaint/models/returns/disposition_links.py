from odoo import api, fields, models
from odoo.tools import format_list


class Disposition(models.Model):
    """The documents of a disposition as its reader may see them: names for everybody, the documents by right."""

    _inherit = "cx.disposition"

    production_count = fields.Integer(string="Rework Order Count", compute="_compute_document_counts", compute_sudo=True)
    unbuild_count = fields.Integer(string="Unbuild Order Count", compute="_compute_document_counts", compute_sudo=True)
    scrap_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    transfer_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    document_names = fields.Char(string="Documents", compute="_compute_document_counts", compute_sudo=True)

    @api.depends("production_ids.state", "unbuild_ids.state", "scrap_ids.state", "move_ids.picking_id.state")
    def _compute_document_counts(self):
        for disposition in self:
            disposition.unbuild_count = len(disposition.unbuild_ids)
            transfers = disposition.move_ids.picking_id
            disposition.production_count = len(disposition.production_ids)
            disposition.scrap_count = len(disposition.scrap_ids)
            disposition.transfer_count = len(transfers)
            disposition.document_names = format_list(self.env, [
                f"{document.name} ({dict(document._fields['state']._description_selection(self.env))[document.state]})"
                for documents in (
                    disposition.production_ids, disposition.unbuild_ids, disposition.scrap_ids, transfers)
                for document in documents
            ]) or False

    def action_view_productions(self):
        """The rework orders."""
        return self._action_view("mrp.production", [("cx_disposition_id", "in", self.ids)])

    def action_view_unbuilds(self):
        """The unbuild orders."""
        return self._action_view("mrp.unbuild", [("cx_disposition_id", "in", self.ids)])

    def action_view_scraps(self):
        """The scraps."""
        return self._action_view("stock.scrap", [("cx_disposition_id", "in", self.ids)])

    def action_view_transfers(self):
        """The transfers to stock and back to the customer."""
        return self._action_view("stock.picking", [("move_ids.cx_disposition_id", "in", self.ids)])

    def _action_view(self, model, domain):
        records = self.env[model].search(domain)
        action = {
            "type": "ir.actions.act_window", "res_model": model, "domain": domain, "view_mode": "list,form",
            "name": self.env["ir.model"]._get(model).sudo().name,  # sudo: ir.model - the name of the model only
            "context": {"create": False},
        }
        if len(records) == 1:
            action.update(view_mode="form", res_id=records.id)
        return action
