from odoo import api, models
from odoo.exceptions import AccessError


class Complaint(models.Model):
    """Number and moment of registration are the register's own; only complaint managers bring those of before along."""

    _inherit = "cx.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_of_register(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_of_register(vals)
        return super().write(vals)

    def _check_of_register(self, vals):
        """:raises AccessError: a client sends a number, or a moment at which the case was not registered"""
        is_sent = vals.get("name", "/") != "/" or vals.get("registered_on")
        if is_sent and not self.env.su and not self.env.user.has_group("cx_complaint.group_manager"):
            raise AccessError(self.env._(
                "The register gives a case its number and its date. Ask the complaint manager to take over cases of before."))
