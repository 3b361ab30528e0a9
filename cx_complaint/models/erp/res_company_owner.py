from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_owner_change_location_id = fields.Many2one(
        "stock.location", string="Change of Owner", readonly=True,
        help="Goods pass it on paper when they change their owner; nothing ever stands there.")

    def _cx_owner_change_location(self):
        """The company's place through which goods change hands; made when it is first needed."""
        self.ensure_one()
        company = self.sudo()  # sudo: res.company, stock.location - our own place
        if not company.cx_owner_change_location_id:
            company.cx_owner_change_location_id = self.env["stock.location"].sudo().create({
                "name": self.env._("Change of Owner"),
                "usage": "inventory",
                "company_id": self.id,
            })
        return company.cx_owner_change_location_id
