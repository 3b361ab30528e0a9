from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_collect_days = fields.Integer(
        string="Days to Collect Returned Goods", default=3,
        help="Calendar days within which the departments collect what stands in the return zone; 0: no limit.")
    cx_is_driver_signature_needed = fields.Boolean(
        string="Driver Signs", help="A consignment is counted only when its driver signed what he handed over.")
    cx_is_arrival_photo_needed = fields.Boolean(
        string="Photo at the Dock", help="A consignment is counted only when there is a photo of what arrived.")
    cx_is_sheet_copied = fields.Boolean(
        string="Copy the Liaison Sheet after Shipment",
        help="Production and quality get the liaison sheet when returned goods went back to the customer.")
    cx_sheet_copied_from = fields.Date(
        string="Copies from", compute="_compute_cx_sheet_copied_from", store=True, readonly=False,
        help="What was shipped before that day is not copied any more; the day on which the copying was switched on.")
    cx_return_button = fields.Selection(
        [("core", "As in Odoo"), ("quarantine", "Into quarantine, without RMA"), ("request", "Opens a return request")],
        string="Return Button of Deliveries", default="core", required=True,
        help="What Odoo's own Return button on a delivery to a customer does.")

    _cx_collect_days_not_negative = models.Constraint(
        "CHECK (cx_collect_days >= 0)", "The days to collect returned goods cannot be below zero.")

    @api.depends("cx_is_sheet_copied")
    def _compute_cx_sheet_copied_from(self):
        for company in self:
            company.cx_sheet_copied_from = company.cx_is_sheet_copied and (
                company.cx_sheet_copied_from or company._cx_today())
