from markupsafe import Markup

from odoo import api, fields, models

MOODS = [("calm", "Calm"), ("angry", "Angry"), ("anxious", "Anxious"), ("sad", "Sad"), ("agitated", "Agitated")]


class Guidance(models.Model):
    """Advice on how to behave towards the customer, shown at the step, channel and mood it is meant for."""

    _name = "cx.guidance"
    _description = "Guidance"
    _check_company_auto = True
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    step = fields.Selection(
        [("intake", "Listening and registering"), ("solution", "Finding a solution"), ("answer", "Answering")],
        help="Empty: shown at every step.")
    channel_ids = fields.Many2many(
        "cx.channel", string="Channels", check_company=True, ondelete="restrict", context={"active_test": False},
        help="Empty: every channel.")
    mood = fields.Selection(MOODS, help="Empty: whatever the customer's mood.")
    text = fields.Text(required=True, translate=True)
    avoid = fields.Char(string="Do Not Say", translate=True)
    active = fields.Boolean(default=True)

    @api.model
    def _advice(self, company, step, channel, mood, procedure=None, customer_type=False):
        """What fits the moment, as the company keeps it; what its procedure says comes first.

        :param channel: ``cx.channel``, or none when it is not known
        :param procedure: the rulebook of the case, or none
        :return: HTML list, or False when there is nothing to say
        """
        procedure = procedure or self.env["cx.procedure"]
        advice = self.sudo().search([  # sudo: cx.guidance - texts for everybody who speaks with customers
            ("company_id", "in", (False, company.id)), ("step", "in", (False, step)), ("mood", "in", (False, mood)),
            ("procedure_id", "in", (False, procedure.id)), ("customer_type", "in", (False, customer_type)),
        ]).filtered(lambda guidance: not guidance.channel_ids or channel in guidance.channel_ids)
        advice = advice.filtered("procedure_id") + advice.filtered(lambda guidance: not guidance.procedure_id)
        avoid = self.env._("Do not say: %(phrases)s")
        return advice and Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li><b>%s</b> %s%s</li>") % (
                guidance.name, guidance.text,
                guidance.avoid and Markup(" <em class='text-danger'>%s</em>") % (avoid % {"phrases": guidance.avoid}) or "")
            for guidance in advice)
