from odoo import fields, models
from odoo.exceptions import UserError


class ConsignmentScan(models.TransientModel):
    """Finds the consignment of a waybill, scanned or typed; a number nobody announced starts one."""

    _name = "cx.consignment.scan"
    _description = "Scan Waybill"

    waybill = fields.Char(required=True, help="Number on the parcel.")

    def action_find(self):
        """Open the consignment; one that is expected is recorded as arrived by the warehouse.

        :raises UserError: the number has neither a letter nor a digit
        """
        self.ensure_one()
        Consignment = self.env["cx.consignment"]
        found = Consignment._find_by_waybill(self.waybill)
        if not found:
            raise UserError(self.env._(
                "“%(waybill)s” is no number of a waybill. Scan it again, or type it.", waybill=self.waybill))
        if len(found) == 1 and found.state in ("draft", "announced") and Consignment._may("arrive"):
            found.action_arrive()
        return found._get_records_action(name=self.env._("Consignments"))
