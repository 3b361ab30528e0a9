from odoo import api, fields, models


class DiscountRate(models.Model):
    """What is taken off the price of a product that is sold out of discount stock, as finance or the head of sales sets it.

    :source: S2.05-24
    """

    _name = "cx.discount.rate"
    _description = "Discount of Kept-Apart Goods"
    _inherit = ["cx.number.mixin"]
    _check_company_auto = True
    _order = "product_id, grade_id, id"
    _rec_name = "product_id"

    product_id = fields.Many2one("product.product", required=True, index=True, check_company=True, ondelete="restrict")
    grade_id = fields.Many2one(
        "cx.grade", index=True, check_company=True, ondelete="restrict",
        help="Empty: the product in any grade that has no line of its own.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    discount = fields.Float(
        string="Discount (%)", digits="Discount", help="0: not decided yet; quotations with it are not confirmed.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    list_price = fields.Float(related="product_id.lst_price", string="List Price")
    price = fields.Monetary(string="Price at Discount", compute="_compute_price")
    standing_qty = fields.Float(
        string="In Discount Stock", digits="Product Unit", compute="_compute_standing_qty", compute_sudo=True)

    _product_grade_unique = models.UniqueIndex(
        "(company_id, product_id, COALESCE(grade_id, 0))", "A product has one discount per grade.")
    _discount_in_range = models.Constraint(
        "CHECK (discount >= 0 AND discount <= 100)", "A discount lies between 0 and 100 percent.")

    @api.depends("discount", "product_id")
    def _compute_price(self):
        for rate in self:
            rate.price = rate.list_price * (1 - rate.discount / 100)

    @api.depends("product_id", "grade_id", "company_id")
    def _compute_standing_qty(self):
        standing = {}
        for company, product, grade, quantity in self._standing(self.company_id, self.product_id):
            standing[company, product, grade] = standing.get((company, product, grade), 0.0) + quantity
        for rate in self:
            key = (rate.company_id, rate.product_id)
            rate.standing_qty = sum(
                quantity for (company, product, grade), quantity in standing.items()
                if (company, product) == key and (not rate.grade_id or grade == rate.grade_id))

    @api.model
    def _standing(self, companies, products=None):
        """What stands in discount stock: list of ``(company, product, grade of the lot, quantity)``."""
        domain = [("location_id.cx_apart_role", "=", "discount"), ("company_id", "in", companies.ids),
                  ("quantity", ">", 0)]
        if products is not None:
            domain.append(("product_id", "in", products.ids))
        return [
            (company, product, lot.cx_grade_id, quantity)
            for company, product, lot, quantity in self.env["stock.quant"]._read_group(
                domain, ["company_id", "product_id", "lot_id"], ["quantity:sum"])]

    @api.model
    def _discount_of(self, product, grade, company):
        """The discount decided for a product in a grade: its own, the product's, else the grade's; 0 where none is."""
        rates = self.search([
            ("company_id", "=", company.id), ("product_id", "=", product.id), ("grade_id", "in", (False, grade.id))])
        of_grade = rates.filtered("grade_id")
        return of_grade.discount or (rates - of_grade).discount or grade.discount

    @api.model
    def action_collect(self):
        """List every product that stands in discount stock, so that all are decided together; lists nothing twice."""
        self.check_access("create")
        company = self.env.company
        self.env["cx.guard"]._take([f"cx.discount.rate.collect,{company.id}"])
        standing = {
            (product, grade)
            for _company, product, grade, _quantity in self.sudo()._standing(company)}  # sudo: stock.quant - figures only
        listed = {(rate.product_id, rate.grade_id) for rate in self.search([("company_id", "=", company.id)])}
        self.create([
            {"product_id": product.id, "grade_id": grade.id, "company_id": company.id}
            for product, grade in sorted(standing - listed, key=lambda key: (key[0].id, key[1].id))])
        return self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.discount_rate_action")
