from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...rules.matching import reference_key


class Object(models.Model):
    """What is served without a stock move: a vehicle, a site, a machine, what a consumer bought in a shop.

    :source: S1-4.2b, S2.13-19, S2.16-21, S2.19-20
    """

    _name = "cx.object"
    _description = "Object"
    _inherit = ["mail.thread", "mail.activity.mixin", "cx.number.mixin"]
    _check_company_auto = True
    _order = "identifier, id"
    _rec_name = "identifier"
    _rec_names_search = ["identifier", "name", "partner_id.name"]

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    kind_id = fields.Many2one(
        "cx.object.kind", required=True, check_company=True, index=True, ondelete="restrict", tracking=True,
        default=lambda self: self.env.company.cx_object_kind_id)
    identifier = fields.Char(
        string="Number", index="trigram", tracking=True, copy=False, help="Plate, site, machine or order number, as people write it.")
    identifier_key = fields.Char(
        compute="_compute_identifier_key", store=True, precompute=True,
        help="The number without case, blanks and marks; there is one object of a kind with it.")
    identifier_label = fields.Char(related="kind_id.identifier_label")
    name = fields.Char(string="Model or Description", help="What it is, in a few words.")
    product_id = fields.Many2one("product.product", check_company=True, index="btree_not_null")

    # who
    partner_id = fields.Many2one(
        "res.partner", string="Holder", check_company=True, index="btree_not_null", tracking=True,
        help="Whose it is, or who uses it.")
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index="btree_not_null", string="Holder's Company")
    contact_name = fields.Char(string="Contact", help="Whom to ask for, as he gives his name.")
    phone = fields.Char(compute="_compute_phone", store=True, readonly=False, precompute=True)
    seller_id = fields.Many2one(
        "res.partner", check_company=True, index="btree_not_null", help="Dealer, shop or branch that sold it.")

    # purchase and place
    purchase_city = fields.Char(string="City of Purchase")
    purchase_place = fields.Char(string="Mall or Shop")
    brand = fields.Char()
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Amount Paid")
    address = fields.Char(help="Where it stands, or was delivered to.")
    note = fields.Html()
    has_purchase = fields.Boolean(related="kind_id.has_purchase")
    has_address = fields.Boolean(related="kind_id.has_address")
    has_product = fields.Boolean(related="kind_id.has_product")
    has_acceptance = fields.Boolean(related="kind_id.has_acceptance")

    _identifier_once = models.UniqueIndex(
        "(company_id, kind_id, identifier_key) WHERE identifier_key IS NOT NULL",
        "There is an object of this kind with this number already. Use it, or check the number.")
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The amount paid for an object cannot be below zero.")

    @api.depends("identifier")
    def _compute_identifier_key(self):
        for one in self:
            one.identifier_key = reference_key(one.identifier)

    @api.depends("partner_id")
    def _compute_phone(self):
        for one in self:
            one.phone = one.phone or one.partner_id.phone

    @api.depends("identifier", "name", "product_id.name", "kind_id.name")
    def _compute_display_name(self):
        for one in self:
            words = (one.identifier, one.name or one.sudo().product_id.name)  # sudo: product.product - its name
            one.display_name = " · ".join(filter(None, words)) or one.kind_id.name

    @api.model
    def _search_display_name(self, operator, value):
        """Numbers are found however they are written."""
        found = super()._search_display_name(operator, value)
        key = isinstance(value, str) and reference_key(value)
        if not key or operator not in ("=", "ilike", "=ilike"):
            return found
        return Domain(found) | Domain("identifier_key", operator, key)

    # One object, one number

    @api.constrains("identifier", "name", "partner_id", "contact_name")
    def _check_can_be_told_apart(self):
        for one in self:
            if not (one.identifier_key or one.name or one.partner_id or one.contact_name):
                raise ValidationError(self.env._(
                    "Nobody can tell this %(kind)s from another one. Enter its number, a description or whose it is.",
                    kind=one.kind_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        complete = [self._add_missing_default_values(vals) for vals in vals_list]
        self._refuse_known([self._identity(vals) for vals in complete])
        return super().create(vals_list)

    def write(self, vals):
        if {"identifier", "kind_id", "company_id"} & vals.keys():
            self._refuse_known([
                self._identity({
                    "company_id": one.company_id.id, "kind_id": one.kind_id.id, "identifier": one.identifier, **vals})
                for one in self])
        result = super().write(vals)
        if "kind_id" in vals:
            self._on_history_changed()
        return result

    @api.model
    def _identity(self, vals):
        return vals.get("company_id"), vals.get("kind_id"), reference_key(vals.get("identifier"))

    def _refuse_known(self, identities):
        """Refuse numbers that other objects have.

        :param identities: ``(company id, kind id, key)`` that the records of ``self``, or new ones, are about to have
        :raises ValidationError: naming the object that has the number
        """
        identities = [identity for identity in identities if identity[-1]]
        if not identities:
            return
        self.env["cx.guard"]._take(f"cx.object,{company},{kind},{key}" for company, kind, key in identities)
        known = self.sudo().with_context(active_test=False).search([  # sudo: cx.object - a number is taken, seen or not
            ("identifier_key", "in", [key for _company, _kind, key in identities]), ("id", "not in", self.ids)])
        taken = {(one.company_id.id, one.kind_id.id, one.identifier_key): one for one in known}
        for identity in identities:
            if identity in taken:
                self._refuse_as(taken[identity])
            taken[identity] = self.new({"identifier": identity[-1], "kind_id": identity[1], "active": True})

    def _refuse_as(self, other):
        """:raises ValidationError: ``other`` has the number"""
        names = {"number": other.identifier, "object": other.display_name, "kind": other.kind_id.name}
        if other.active:
            raise ValidationError(self.env._(
                "%(number)s is the number of %(object)s (%(kind)s) already. Use that one, or check the number.", **names))
        raise ValidationError(self.env._(
            "%(number)s is the number of %(object)s (%(kind)s), which is archived. Restore that one, or check the number.",
            **names))

    @api.model
    def _find(self, number, company, kind=None):
        """The objects with a number, however it is written; of several kinds when ``kind`` is not given."""
        key = reference_key(number)
        if not key:
            return self.browse()
        domain = Domain("identifier_key", "=", key) & Domain("company_id", "=", company.id)
        return self.search(domain & Domain("kind_id", "=", kind.id) if kind else domain)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_complained_of(self):
        # sudo: cx.complaint.line - whoever complained, the object stays
        lines = self.env["cx.complaint.line"].sudo().search([("object_id", "in", self.ids)], limit=1)
        if lines:
            raise UserError(self.env._(
                "%(object)s is named by %(complaint)s and stays. Archive it instead.",
                object=lines.object_id.display_name, complaint=lines.complaint_id.name))

    # What is missing

    def _missing_labels(self):
        """Labels of what is recorded of this kind and is not known yet."""
        self.ensure_one()
        needed = ["identifier", "contact_name", "phone"]
        if self.has_purchase:
            needed += ["purchase_city", "purchase_place", "brand", "amount", "purchased_on", "delivered_on"]
        if self.has_address:
            needed.append("address")
        if self.has_product:
            needed.append("product_id")
        otherwise = {"contact_name": self.partner_id, "product_id": self.name}
        missing = [name for name in needed if not self[name] and not otherwise.get(name)]
        labels = {name: self._fields[name]._description_string(self.env) for name in missing}
        if "identifier" in labels:
            labels["identifier"] = self.identifier_label or labels["identifier"]
        return list(labels.values())
