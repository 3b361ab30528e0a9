from odoo import api, fields, models
from odoo.exceptions import ValidationError

# what a verdict asks of other people; a finding is one of these cases or none
_CASES = ("is_user_damage", "is_misreturn", "is_concession", "is_our_standard")


class VerdictConsequences(models.Model):
    """What a verdict asks of other people before its goods go anywhere."""

    _inherit = "cx.verdict"

    needs_analysis = fields.Boolean(
        string="Asks for an Analysis",
        help="The first inspection does not decide about these units: an analysis is opened for them.")
    is_user_damage = fields.Boolean(
        string="User Damage",
        help="Broken by the customer's use: the units leave the ordinary way, and sales negotiates about them.")
    is_misreturn = fields.Boolean(
        string="Returned by Mistake",
        help="Nothing is wrong with them: sales asks the customer, and the goods wait for his answer.")
    is_concession = fields.Boolean(
        string="Concession",
        help="Slight, or caused by the customer's mould or approved sample: quality and sales negotiate use as is.")
    is_our_standard = fields.Boolean(
        string="Meets Our Standard Only",
        help="Good by our standard and not by the customer's: result and his use conditions go to engineering.")

    @api.constrains(*_CASES)
    def _check_one_case(self):
        for verdict in self:
            named = [verdict._fields[name]._description_string(self.env) for name in _CASES if verdict[name]]
            if len(named) > 1:
                raise ValidationError(self.env._(
                    "%(verdict)s is %(cases)s at once. A verdict is one of them; make another verdict for the other.",
                    verdict=verdict.name, cases=" / ".join(named)))
