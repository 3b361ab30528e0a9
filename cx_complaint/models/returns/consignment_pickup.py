from odoo import fields, models


class Consignment(models.Model):
    """Goods that we fetch: the return note that the driver takes along and the customer signs.

    :source: S2.14-5
    """

    _inherit = "cx.consignment"

    return_note = fields.Char(
        readonly=True, copy=False, index="trigram",
        help="Number of the note by which our driver or carrier fetches the goods from the customer.")

    def action_announce(self):
        res = super().action_announce()
        fetched = self.sudo().filtered(  # sudo: cx.consignment - the verb's own consequence; its rights are checked
            lambda consignment: consignment.pickup != "customer" and not consignment.return_note)
        for company, consignments in fetched.grouped("company_id").items():
            numbers = self.env["ir.sequence"]._cx_next_numbers(company, "cx.return.note", len(consignments))
            for consignment, number in zip(consignments, numbers, strict=True):
                consignment.return_note = number
        return res

    def _expected_goods(self):
        """What is to be fetched: ``(RMA line, quantity still to come)`` pairs."""
        self.ensure_one()
        lines = self.rma_ids.line_ids
        return [(line, quantity) for line in lines if line.product_uom_id.compare(
            quantity := line.expected_qty + line.missing_qty, 0) > 0]
