from odoo import fields, models

from .warranty_rule import STARTS


class ServiceEventKind(models.Model):
    """What happens to an object: it is bought, delivered, accepted, repaired, visited.

    :source: S2.03-7, S2.16-16, S2.19-20
    """

    _name = "cx.service.event.kind"
    _description = "Kind of Service Event"
    _inherit = ["cx.catalogue.mixin"]

    warranty_start = fields.Selection(
        STARTS, string="Starts Warranty", help="Warranties that start with this run from the first such event.")
    is_visit = fields.Boolean(
        string="Counts as Visit", help="The customer had to come to us, or we to him: many of them in a short time are a sign.")
    is_repair = fields.Boolean(string="Repair")
    rulebook_event = fields.Selection(
        [("object_repaired", "Object repaired"), ("object_left", "Object left the workshop"),
         ("object_accepted", "Object accepted by the customer")],
        string="Tells Rulebooks", help="Milestones of a procedure start and end with it.")
