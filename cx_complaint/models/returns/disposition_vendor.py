from odoo import api, fields, models

from ...rules.blocker import Blocker


class Disposition(models.Model):
    """Returned goods that go back to the vendor they were bought from."""

    _inherit = "cx.disposition"

    vendor_id = fields.Many2one(
        "res.partner", compute="_compute_vendor_id", store=True, readonly=False, precompute=True,
        index="btree_not_null", check_company=True, help="Who gets the goods back; the product's first vendor by default.")
    owner_consent = fields.Char(
        string="Owner's Consent", copy=False,
        help="How and when the customer agreed that his goods go to the vendor. Not needed for goods that are ours.")

    @api.depends("destination", "rma_line_id")
    def _compute_vendor_id(self):
        for disposition in self:
            if disposition.destination != "vendor":
                disposition.vendor_id = False
            elif not disposition.vendor_id:
                sellers = disposition.product_id.with_company(disposition.company_id)._prepare_sellers()
                disposition.vendor_id = sellers[:1].partner_id

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve" and self.destination == "vendor":
            blockers += self._blockers_vendor()
        return blockers

    def _blockers_vendor(self):
        blockers = []
        if not self.vendor_id:
            blockers.append(Blocker(
                "no_vendor", self.name,
                self.env._("It is not said which vendor gets %(product)s back.", product=self.product_id.display_name),
                self.env._("Choose the vendor.")))
        if self.goods_owner == "customer" and not (self.owner_consent or "").strip():
            blockers.append(Blocker(
                "no_consent", self.name,
                self.env._("The goods belong to %(owner)s, who has not agreed that they go to the vendor.",
                           owner=self._owner().display_name),
                self.env._("Enter the owner's consent, or take the goods over first.")))
        return blockers
