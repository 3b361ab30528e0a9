from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ReturnRequest(models.TransientModel):
    """From delivered goods to a complaint with a submitted return, in one dialog."""

    _name = "cx.return.request"
    _description = "Return Request"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True)
    summary = fields.Char(required=True, help="What the customer says, in one sentence.")
    kind_id = fields.Many2one(
        "cx.rma.kind", string="Kind of Return", required=True, check_company=True,
        default=lambda self: self.env["cx.rma.kind"].search([], limit=1))
    wish = fields.Selection(
        selection=lambda self: self.env["cx.complaint.line"]._get_selection("wish"),
        string="Customer's Wish")
    return_decision = fields.Selection(
        selection=lambda self: self.env["cx.complaint.line"]._get_selection("return_decision"),
        default="return", required=True)
    is_read_back = fields.Boolean(
        string="Read Back", help="The customer agreed to what we understood; the complaint starts confirmed.")
    line_ids = fields.One2many("cx.return.request.line", "request_id", string="Delivered Goods")
    has_lots = fields.Boolean(compute="_compute_has_lots")
    complaint_id = fields.Many2one("cx.complaint", readonly=True)
    rma_id = fields.Many2one("cx.rma", string="RMA", readonly=True)

    @api.depends("line_ids.tracking")
    def _compute_has_lots(self):
        for request in self:
            request.has_lots = any(line.tracking in ("lot", "serial") for line in request.line_ids)

    # Opening

    @api.model
    def _action_open(self, document, goods):
        """Open the dialog about delivered goods.

        :param document: order, delivery or invoice on which the button was pressed; its name goes into the summary
        :param goods: values of the lines, see :meth:`_prepare_line_vals_list`
        :raises UserError: when nothing of it was delivered
        """
        if not goods:
            raise UserError(self.env._(
                "%(document)s has delivered nothing yet. Deliver first, or register the complaint without a delivery.",
                document=document.display_name))
        self.check_access("create")
        # sudo: cx.return.request - the goods are told by the document, which the user may read; nobody else tells them
        return self.sudo().create(self._prepare_request_vals(document, goods)).sudo(False)._action_dialog()

    def _action_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return / Complaint"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _prepare_request_vals(self, document, goods):
        moves = self.env["stock.move"].sudo().browse(  # sudo: stock.move - customer and warehouse of the deliveries
            [move_id for vals in goods for move_id in vals["move_ids"][0][2]])
        order = moves.sale_line_id.order_id[:1]
        warehouse = order.warehouse_id or moves.picking_type_id.warehouse_id[:1]
        return {
            "company_id": document.company_id.id,
            "partner_id": (order.partner_id or moves.picking_id[:1].partner_id or moves.partner_id[:1]).id,
            "warehouse_id": warehouse.id,
            "summary": self.env._("Return of %(document)s", document=document.display_name),
            "line_ids": [Command.create(vals) for vals in goods],
        }

    @api.model
    def _prepare_line_vals_list(self, moves):
        """One line per order line, kits as kits; one per move where there is no order line.

        :param moves: delivery moves; those that did not reach the customer are left out
        """
        done = moves.sudo().filtered(  # sudo: stock.move - customer service may not read stock
            lambda move: move.state == "done" and move.location_dest_id._is_outgoing())
        vals_list = []
        for sale_line, of_line in done.grouped("sale_line_id").items():
            groups = [of_line] if sale_line else of_line
            vals_list += [self._prepare_line_vals(sale_line, group) for group in groups]
        return vals_list

    @api.model
    def _prepare_line_vals(self, sale_line, moves):
        product = moves.product_id if len(moves.product_id) == 1 else sale_line.product_id
        is_kit = bool(sale_line) and sale_line.product_id not in moves.product_id and bool(moves.bom_line_id)
        return {
            "product_id": (sale_line.product_id if is_kit else product).id,
            "sale_line_id": sale_line.id,
            "origin_move_id": moves.id if len(moves) == 1 and not is_kit else False,
            "move_ids": [Command.set(moves.ids)],
            "is_kit": is_kit,
        }

    # Verbs

    def action_all(self):
        """Take everything that can come back."""
        self.ensure_one()
        for line in self.line_ids:
            line.quantity = line.returnable_qty
        return self._action_dialog()

    def action_submit(self):
        """Make the complaint and, for what comes back, its RMA; open the latter. Pressed twice it is made once."""
        self.ensure_one()
        self.env["cx.guard"]._take_for(self)
        if not self.complaint_id:
            chosen = self.line_ids.filtered(lambda line: line.product_uom_id.compare(line.quantity, 0.0) > 0)
            self._check_chosen(chosen)
            self.complaint_id = self.env["cx.complaint"].create(self._prepare_complaint_vals(chosen))
            if not self.complaint_id._blockers("confirm"):
                self.complaint_id.action_confirm()
            self.rma_id = self._create_rma()
        document = self.rma_id or self.complaint_id
        return {
            "type": "ir.actions.act_window", "res_model": document._name, "res_id": document.id, "view_mode": "form",
            "views": [(False, "form")]}

    def _check_chosen(self, chosen):
        """:raises UserError: when nothing is chosen, or more than can come back"""
        if not chosen:
            raise UserError(self.env._("Enter a quantity on at least one line, or press “All”."))
        excess = [line for line in chosen if line.return_decision != "none"
                  and line.product_uom_id.compare(line.quantity, line.returnable_qty) > 0]
        if excess:
            raise UserError("\n".join(
                self.env._(
                    "%(product)s: %(wanted)s %(unit)s are to come back, %(left)s %(unit)s can: %(delivered)s"
                    " %(unit)s were delivered, the rest is on other returns. Lower the quantity.",
                    product=line.product_id.display_name, wanted=line.quantity, left=line.returnable_qty,
                    delivered=line.delivered_qty, unit=line.product_uom_id.name)
                for line in excess))

    def _prepare_complaint_vals(self, chosen):
        return {
            "summary": self.summary,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "is_read_back": self.is_read_back,
            "line_ids": [Command.create(line._prepare_complaint_line_vals()) for line in chosen],
        }

    def _create_rma(self):
        """The submitted return of the lines that come back; none when every line is a complaint only."""
        lines = self.complaint_id.line_ids.filtered(lambda line: line.return_decision != "none")
        vals_list = lines._prepare_rma_line_vals_list()
        if not vals_list:
            return self.env["cx.rma"]
        rma = self.env["cx.rma"].create({
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "warehouse_id": self.warehouse_id.id,
            "kind_id": self.kind_id.id,
            "line_ids": [Command.create(vals) for vals in vals_list],
        })
        rma.action_submit()
        return rma
