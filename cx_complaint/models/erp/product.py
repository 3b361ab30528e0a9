from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cx_is_rohs = fields.Boolean(string="RoHS Goods", help="Returned units are kept apart, under the RoHS sign.")




class ProductProduct(models.Model):
    _inherit = "product.product"

    def _with_valuation_context(self):
        # Core leaves the owners out for FIFO, whose moves know them; but the length of the stack is the quantity on
        # hand, and the customer's units under repair would make it longer than what is ours.
        products = super()._with_valuation_context()
        return products.with_context(owners=[False, self.env.company.partner_id.id])
