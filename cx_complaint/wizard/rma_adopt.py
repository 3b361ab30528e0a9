from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class RmaAdopt(models.TransientModel):
    """Links receipts that are done to the RMA lines that they belong to; nothing moves."""

    _name = "cx.rma.adopt"
    _description = "Link Existing Returns"

    row_ids = fields.One2many("cx.rma.adopt.row", "adopt_id", string="Receipts")

    @api.model
    def _open(self, moves=None, lines=None):
        """Open with these receipts, or with those that may belong to these lines.

        :raises UserError: there is nothing to link
        """
        RmaLine = self.env["cx.rma.line"]
        moves = lines._adoptable_moves() if moves is None else moves
        lines = RmaLine._candidates_of(moves) if lines is None else lines
        if not moves:
            raise UserError(self.env._(
                "No receipt of these products and customers waits for an RMA line."))
        free = {line: line.quantity - line.received_qty for line in lines}
        rows = []
        for move in moves:
            line = lines.filtered(lambda line, move=move: line.product_uom_id.compare(
                free[line], move._cx_delivered_qty()) >= 0)._line_for(move)
            if line:
                free[line] -= move._cx_delivered_qty()
            rows.append(Command.create({"move_id": move.id, "rma_line_id": line.id}))
        adopt = self.create({"row_ids": rows})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link Existing Returns"),
            "res_model": self._name,
            "res_id": adopt.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_link(self):
        """Link each receipt to the line chosen for it and open the RMAs.

        :raises UserError: with every reason against one of them, or when none is chosen
        """
        self.ensure_one()
        chosen = self.row_ids.filtered("rma_line_id")
        if not chosen:
            raise UserError(self.env._("Choose the RMA line of at least one receipt."))
        for line, rows in chosen.grouped("rma_line_id").items():
            line._adopt(rows.move_id)
        return chosen.rma_line_id.rma_id._get_records_action()


class RmaAdoptRow(models.TransientModel):
    """A receipt and the line it belongs to."""

    _name = "cx.rma.adopt.row"
    _description = "Receipt to Link"

    adopt_id = fields.Many2one("cx.rma.adopt", required=True, ondelete="cascade")
    move_id = fields.Many2one("stock.move", string="Receipt", required=True, readonly=True)
    company_id = fields.Many2one(related="move_id.company_id")
    product_id = fields.Many2one(related="move_id.product_id")
    reference = fields.Char(related="move_id.reference", string="Received With")
    date = fields.Datetime(related="move_id.date", string="Received On")
    quantity = fields.Float(digits="Product Unit", compute="_compute_quantity")
    product_uom_id = fields.Many2one(related="move_id.product_id.uom_id", string="Unit")
    sender_id = fields.Many2one("res.partner", compute="_compute_quantity")
    rma_line_id = fields.Many2one(
        "cx.rma.line", string="RMA Line", help="Empty: is not linked.",
        domain="[('product_id', '=', product_id), ('company_id', '=', company_id),"
               " ('rma_id.decision', 'in', ('draft', 'submitted', 'authorised', 'expired'))]")

    @api.depends("move_id")
    def _compute_quantity(self):
        for row in self:
            row.quantity = row.move_id._cx_delivered_qty()
            row.sender_id = row.move_id._cx_sender()
