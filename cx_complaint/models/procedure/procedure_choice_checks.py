from odoo import api, models
from odoo.exceptions import ValidationError


class ProcedureChoice(models.Model):
    """A case falls under a procedure that is in force."""

    _inherit = "cx.procedure.choice"

    @api.constrains("procedure_id")
    def _check_in_force(self):
        for choice in self:
            if choice.procedure_id.decision != "in_force":
                raise ValidationError(self.env._(
                    "%(procedure)s is not in force, so that no case can fall under it. Put it in force first, or choose another"
                    " one.", procedure=choice.procedure_id.display_name))
