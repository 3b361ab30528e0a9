from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain


class ComplaintLine(models.Model):
    """Where the goods of a line come from: the delivery behind a lot, an order or a move, and whose it was."""

    _inherit = "cx.complaint.line"

    lot_warning = fields.Char(
        compute="_compute_lot_warning", compute_sudo=True,
        help="Says when a lot went to other customers as well.")

    # Finding a delivery

    @api.model
    def _find_delivery_by_lot(self, name, company=None, partner=None):
        """Where a lot or serial number typed in went to.

        :param str name: the number, exactly as on the goods but for blanks around it
        :param company: of the delivery; the current one when not given
        :param partner: only deliveries to this customer's company
        :return: done ``stock.move.line`` records to customers, the newest first; as superuser, for the caller to
            read what he needs of them
        """
        name = (name or "").strip()
        if not name:
            return self.env["stock.move.line"].sudo()
        company = company or self.env.company
        # sudo: stock.move.line - customer service has no stock rights; company and customers only are searched
        lines = self.env["stock.move.line"].sudo().search(Domain.AND([
            Domain("lot_id.name", "=", name), Domain("company_id", "=", company.id), self._domain_delivered(),
        ]), order="date desc, id desc")
        if partner:
            company_of = partner.commercial_partner_id
            lines = lines.filtered(lambda line: company_of in self._customers_of_moves(line.move_id))
        return lines

    @api.model
    def _domain_delivered(self):
        """Move lines that brought goods to a customer."""
        return Domain([
            ("state", "=", "done"), ("location_dest_id.usage", "=", "customer"),
            ("location_id.usage", "!=", "customer"),
        ])

    @api.model
    def _customers_of_moves(self, moves):
        """Companies that a delivery was for: who ordered, and to whom it was shipped."""
        return (
            moves.sale_line_id.order_id.partner_id | moves.picking_id.partner_id | moves.partner_id
        ).commercial_partner_id

    @api.model
    def _prepare_vals_from_move(self, move, lots=None, quantity=None):
        """Values of a line about delivered goods.

        :param move: done delivery move, readable by the caller
        :param lots: those complained of; all of the move when not given
        :param quantity: complained of, in the product's unit; all that was delivered when not given
        """
        product = move.product_id
        lots = lots if lots is not None else move.move_line_ids.lot_id
        if quantity is None:
            quantity = move.product_uom._compute_quantity(move.quantity, product.uom_id, rounding_method="HALF-UP")
        return {
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "quantity": quantity,
            "origin_move_id": move.id,
            "sale_line_id": move.sale_line_id.id,
            "lot_ids": [Command.set(lots.ids)],
        }

    @api.onchange("origin_move_id")
    def _onchange_origin_move_id(self):
        if self.origin_move_id:
            self.update(self._prepare_vals_from_move(self.origin_move_id.sudo()))  # sudo: stock.move - chosen by the user

    @api.onchange("lot_ids")
    def _onchange_lot_ids(self):
        """A lot tells the product and, when it went to the customer only once, its delivery."""
        lots = self.lot_ids._origin
        if not lots:
            return
        self.is_lot_unknown = False
        self.product_id = self.product_id or lots[0].product_id
        if self.origin_move_id:
            return
        partner = self.complaint_id.partner_id
        moves = self.env["stock.move"].sudo().union(*(  # sudo: stock.move - delivery of the lot just named
            self._find_delivery_by_lot(lot.name, self.company_id, partner).filtered(
                lambda line, lot=lot: line.lot_id == lot).move_id for lot in lots))
        if len(moves) == 1:
            self.origin_move_id = moves.id
            self.sale_line_id = moves.sale_line_id.id

    # What must hold

    @api.constrains("product_id", "lot_ids", "sale_line_id")
    def _check_lot_of_product(self):
        for line in self:
            goods = line._allowed_products() if line.lot_ids.product_id - line.product_id else line.product_id
            for lot in line.lot_ids:
                if lot.product_id not in goods:
                    raise ValidationError(self.env._(
                        "%(line)s: %(lot)s is a lot of %(other)s, not of %(product)s. Remove it, or make a line for"
                        " %(other)s.", line=line.display_name, lot=lot.name, other=lot.product_id.display_name,
                        product=line.product_id.display_name or self.env._("a line without product")))

    @api.constrains("product_id", "origin_move_id", "sale_line_id")
    def _check_origin_of_product(self):
        for line in self.filtered("product_id").sudo():  # sudo: stock.move, sale.order.line - the line's own links
            move, order_line = line.origin_move_id, line.sale_line_id
            if move and move.product_id not in line._allowed_products():
                raise ValidationError(self.env._(
                    "%(line)s: %(delivery)s delivered %(other)s. Choose the delivery of %(product)s.",
                    line=line.display_name, delivery=move.reference, other=move.product_id.display_name,
                    product=line.product_id.display_name))
            if order_line and line.product_id != order_line.product_id and (
                line.product_id not in order_line.move_ids.product_id
            ):
                raise ValidationError(self.env._(
                    "%(line)s: the line of %(order)s sold %(other)s. Choose the line of %(product)s.",
                    line=line.display_name, order=order_line.order_id.name, other=order_line.product_id.display_name,
                    product=line.product_id.display_name))

    @api.constrains("origin_move_id", "lot_ids")
    def _check_delivered_to_customer(self):
        """Goods of somebody else's delivery are not this customer's to complain of."""
        self._check_origin_of_customer()
        elsewhere = self._lots_elsewhere()
        for line in self:
            for lot, others, is_ours in elsewhere.get(line.id, ()):
                if not is_ours:
                    raise ValidationError(self.env._(
                        "%(line)s: %(lot)s was delivered to %(others)s only, not to %(customer)s. Check the number, or"
                        " enter the customer who bought it.",
                        line=line.display_name, lot=lot.name, others=", ".join(others.mapped("display_name")),
                        customer=line.partner_id.display_name))

    def _check_origin_of_customer(self):
        for line in self.filtered("partner_id").sudo():  # sudo: stock.move - the line's own delivery
            customers = self._customers_of_moves(line.origin_move_id)
            if customers and not customers & line._own_customers():
                raise ValidationError(self.env._(
                    "%(line)s: %(delivery)s went to %(others)s, not to %(customer)s. Choose a delivery of this customer.",
                    line=line.display_name, delivery=line.origin_move_id.reference,
                    others=", ".join(customers.mapped("display_name")), customer=line.partner_id.display_name))

    @api.depends("lot_ids", "partner_id")
    def _compute_lot_warning(self):
        elsewhere = self._lots_elsewhere()
        for line in self:
            line.lot_warning = " ".join(
                self.env._("%(lot)s was also delivered to %(others)s.", lot=lot.name,
                           others=", ".join(others.mapped("display_name")))
                for lot, others, is_ours in elsewhere.get(line.id, ()) if is_ours
            ) or False

    # Help

    def _allowed_products(self):
        """The product, and when it is a kit, its components as delivered or as the kit says now."""
        self.ensure_one()
        line = self.sudo()  # sudo: sale.order.line, mrp.bom - only to know what the kit is made of
        product = line.product_id
        kit = self.env["mrp.bom"].sudo()._bom_find(product, company_id=line.company_id.id, bom_type="phantom")[product]
        components = kit.explode(product, 1.0)[1] if kit else ()
        delivered = line.sale_line_id.move_ids.product_id if line.sale_line_id.product_id == product else product
        return product.union(delivered, *(component.product_id for component, _values in components))

    def _own_customers(self):
        """Companies whose goods may be on the line: who bought, and who uses them."""
        complaint = self.complaint_id
        return (complaint.partner_id | complaint.end_customer_id).commercial_partner_id

    def _lots_elsewhere(self):
        """Lots that other customers were delivered, by line id: ``(lot, the others, whether ours was as well)``.

        Lots without any known delivery are nobody's; a line without customer cannot be compared. Two queries.
        """
        lines = self.filtered(lambda line: line.partner_id and line.lot_ids).sudo()
        # sudo: stock.move.line - who got a lot, to be named in a warning
        delivered = self.env["stock.move.line"].sudo().search(
            Domain("lot_id", "in", lines.lot_ids.ids) & self._domain_delivered())
        customers = {
            lot: self._customers_of_moves(of_lot.move_id) for lot, of_lot in delivered.grouped("lot_id").items()}
        return {
            line.id: [
                (lot, found - line._own_customers(), bool(found & line._own_customers()))
                for lot in line.lot_ids._origin
                if (found := customers.get(lot, self.env["res.partner"])) - line._own_customers()
            ]
            for line in lines
        }
