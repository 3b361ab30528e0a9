from odoo import api, fields, models
from odoo.tools import SQL

KINDS = [
    ("parts", "Parts"),
    ("work", "Work"),
    ("scrap", "Scrap"),
    ("freight", "Freight"),
    ("credit", "Credit"),
    ("charge", "Charged"),
    ("replacement", "Replacement"),
    ("goods", "Goods Taken Back"),
    ("goods_work", "Goods through Work"),
]
# columns besides the id, and what an absent one is
_COLUMNS = {
    "kind": "varchar", "date": "timestamp", "reference": "varchar", "company_id": "integer", "currency_id": "integer",
    "partner_id": "integer", "complaint_id": "integer", "complaint_line_id": "integer", "rma_id": "integer",
    "rma_line_id": "integer", "disposition_id": "integer", "settlement_id": "integer", "product_id": "integer",
    "item_id": "integer", "quantity": "numeric", "amount": "numeric",
}
# every source numbers its rows by its own documents; so many sources fit side by side
_SOURCES = 8


class Cost(models.Model):
    """What a return costs and what it brings back: read from done moves, work and posted entries, never stored.

    A cost is above zero, what comes back is below: goods taken back into stock, charges. So a unit that is credited,
    comes back and is scrapped counts with what was credited, not with its value once more.
    """

    _name = "cx.cost"
    _description = "Cost of Returns"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "reference"

    kind = fields.Selection(KINDS, readonly=True)
    date = fields.Datetime(readonly=True)
    reference = fields.Char(string="Document", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    complaint_id = fields.Many2one("cx.complaint", readonly=True)
    complaint_line_id = fields.Many2one("cx.complaint.line", readonly=True)
    rma_id = fields.Many2one("cx.rma", string="RMA", readonly=True)
    rma_line_id = fields.Many2one("cx.rma.line", string="RMA Line", readonly=True)
    disposition_id = fields.Many2one("cx.disposition", readonly=True)
    settlement_id = fields.Many2one("cx.settlement", readonly=True)
    product_id = fields.Many2one("product.product", string="Returned Product", readonly=True)
    item_id = fields.Many2one(
        "product.product", readonly=True, help="The part that was used, or the goods that moved.")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="Of the item, in its own unit; of work: hours.")
    amount = fields.Monetary(readonly=True, help="In the currency of the company; below zero it was got back.")

    _depends = {
        "stock.move": ["state", "value", "is_in", "is_out", "date", "reference", "company_id", "product_id",
                       "location_id", "location_dest_id", "raw_material_production_id", "production_id", "picking_id",
                       "cx_rma_line_id", "cx_disposition_id", "cx_settlement_id"],
        "stock.move.line": ["move_id", "quantity_product_uom"],
        "stock.picking": ["cx_consignment_id"],
        "mrp.production": ["name", "cx_disposition_id"],
        "mrp.workorder": ["state", "duration", "costs_hour", "workcenter_id", "production_id", "date_finished"],
        "mrp.workcenter": ["costs_hour"],
        "account.move.line": ["parent_state", "balance", "quantity", "date", "cx_settlement_id", "move_id"],
        "account.move": ["name", "move_type"],
        "cx.rma": ["decision", "partner_id"],
        "cx.rma.line": ["rma_id", "complaint_line_id", "complaint_id", "product_id", "partner_id"],
        "cx.disposition": ["rma_line_id"],
        "cx.settlement": ["complaint_line_id", "complaint_id", "partner_id", "product_id"],
        "cx.consignment": ["freight_amount", "freight_payer", "company_id", "partner_id", "arrived_on", "name",
                           "rma_ids"],
    }

    @property
    def _table_query(self):
        sources = [
            self._source_parts(), self._source_goods(), self._source_work(), self._source_replacements(),
            self._source_entries(), self._source_freight_of_goods(), self._source_freight_without_goods(),
            self._source_output(),
        ]
        return SQL(" UNION ALL ").join(
            SQL("SELECT %s %s", self._select(number, columns), rest)
            for number, (columns, rest) in enumerate(sources))

    @api.model
    def _select(self, number, columns):
        """The columns of a source, all of them in one order, so that they can stand below each other.

        :param columns: SQL text by name, ``id`` among them
        """
        return SQL(", ").join([
            SQL("%s::bigint * %s + %s AS id", SQL(columns["id"]), _SOURCES, number),
            *(SQL("%s::%s AS %s", SQL(columns.get(name, "NULL")), SQL(kind), SQL.identifier(name))
              for name, kind in _COLUMNS.items()),
        ])

    # Sources. Their texts are constant; nothing of a user's goes into them.

    @api.model
    def _of_line(self):
        """What a row knows of its RMA line ``l``."""
        return {
            "partner_id": "l.partner_id", "complaint_id": "l.complaint_id",
            "complaint_line_id": "l.complaint_line_id", "rma_id": "l.rma_id", "rma_line_id": "l.id",
            "product_id": "l.product_id",
        }

    @api.model
    def _of_move(self):
        """What a row knows of its move ``m``; a move is counted in the unit of its product."""
        return {
            "id": "m.id", "date": "m.date", "reference": "m.reference", "company_id": "m.company_id",
            "currency_id": "c.currency_id", "item_id": "m.product_id",
            "quantity": "(SELECT SUM(ml.quantity_product_uom) FROM stock_move_line ml WHERE ml.move_id = m.id)",
        }

    @api.model
    def _source_parts(self):
        """Parts drawn for rework orders, the extra issue; those without value as well."""
        return {
            **self._of_move(), **self._of_line(), "kind": "'parts'", "disposition_id": "d.id", "amount": "m.value",
        }, SQL("""
            FROM stock_move m
            JOIN cx_disposition d ON d.id = m.cx_disposition_id
            JOIN cx_rma_line l ON l.id = d.rma_line_id
            JOIN res_company c ON c.id = m.company_id
            WHERE m.state = 'done' AND m.cx_rma_line_id IS NULL AND m.raw_material_production_id IS NOT NULL""")

    @api.model
    def _source_goods(self):
        """The goods themselves as they enter and leave what is ours: taken back, worked, scrapped, sent back.

        Through work they go in and come out at the same value, unless the company capitalises the work: then what
        the goods gained is no cost of the case.
        """
        return {
            **self._of_move(), **self._of_line(), "disposition_id": "m.cx_disposition_id",
            "kind": "CASE WHEN dest.usage = 'inventory' THEN 'scrap'"
                    " WHEN 'production' IN (src.usage, dest.usage) THEN 'goods_work' ELSE 'goods' END",
            "amount": "CASE WHEN m.is_in THEN -m.value ELSE m.value END",
        }, SQL("""
            FROM stock_move m
            JOIN cx_rma_line l ON l.id = m.cx_rma_line_id
            JOIN stock_location src ON src.id = m.location_id
            JOIN stock_location dest ON dest.id = m.location_dest_id
            JOIN res_company c ON c.id = m.company_id
            WHERE m.state = 'done' AND (m.is_in OR m.is_out) AND m.value != 0""")

    @api.model
    def _source_output(self):
        """What the goods became by conversion or dismantling: it comes in for what they were worth."""
        return {
            **self._of_move(), **self._of_line(), "kind": "'goods_work'", "disposition_id": "d.id",
            "amount": "-m.value",
        }, SQL("""
            FROM stock_move m
            JOIN cx_disposition d ON d.id = m.cx_disposition_id
            JOIN cx_rma_line l ON l.id = d.rma_line_id
            JOIN res_company c ON c.id = m.company_id
            WHERE m.state = 'done' AND m.cx_rma_line_id IS NULL AND m.is_in AND m.value != 0
                AND d.work IN ('conversion', 'dismantle')""")

    @api.model
    def _source_work(self):
        """Work on rework orders, as core values it: time by the hourly cost that was fixed, else the work centre's."""
        return {
            **self._of_line(), "id": "w.id", "kind": "'work'", "date": "w.date_finished",
            "reference": "p.name", "company_id": "p.company_id", "currency_id": "c.currency_id",
            "disposition_id": "d.id", "quantity": "w.duration / 60",
            "amount": "ROUND((w.duration / 60 * COALESCE(NULLIF(w.costs_hour, 0), wc.costs_hour))::numeric,"
                      " cu.decimal_places)",
        }, SQL("""
            FROM mrp_workorder w
            JOIN mrp_production p ON p.id = w.production_id
            JOIN mrp_workcenter wc ON wc.id = w.workcenter_id
            JOIN cx_disposition d ON d.id = p.cx_disposition_id
            JOIN cx_rma_line l ON l.id = d.rma_line_id
            JOIN res_company c ON c.id = p.company_id
            JOIN res_currency cu ON cu.id = c.currency_id
            WHERE w.state = 'done' AND w.duration != 0""")

    @api.model
    def _of_settlement(self):
        """What a row knows of its settlement ``s`` and of the one return of its complaint line, if it is one."""
        return {
            "partner_id": "s.partner_id", "complaint_id": "s.complaint_id",
            "complaint_line_id": "s.complaint_line_id", "settlement_id": "s.id", "rma_id": "r.rma_id",
            "rma_line_id": "r.rma_line_id", "product_id": "cl.product_id",
        }

    @api.model
    def _join_settlement(self):
        """A complaint line that comes back on one RMA line carries that; on several, only what they have in common."""
        return SQL("""
            JOIN cx_complaint_line cl ON cl.id = s.complaint_line_id
            LEFT JOIN LATERAL (
                SELECT CASE WHEN MIN(l.id) = MAX(l.id) THEN MIN(l.id) END AS rma_line_id,
                       CASE WHEN MIN(l.rma_id) = MAX(l.rma_id) THEN MIN(l.rma_id) END AS rma_id
                FROM cx_rma_line l JOIN cx_rma a ON a.id = l.rma_id
                WHERE l.complaint_line_id = s.complaint_line_id
                  AND a.decision NOT IN ('refused', 'cancelled', 'expired')
            ) r ON TRUE""")

    @api.model
    def _source_replacements(self):
        """Replacements as they left, and what of them came straight back."""
        return {
            **self._of_move(), **self._of_settlement(), "kind": "'replacement'",
            "amount": "CASE WHEN m.is_in THEN -m.value ELSE m.value END",
        }, SQL("""
            FROM stock_move m
            JOIN cx_settlement s ON s.id = m.cx_settlement_id
            %s
            JOIN res_company c ON c.id = m.company_id
            WHERE m.state = 'done' AND (m.is_in OR m.is_out) AND m.value != 0""", self._join_settlement())

    @api.model
    def _source_entries(self):
        """Posted credit notes and charges, untaxed, in the currency of the company."""
        return {
            **self._of_settlement(), "id": "e.id", "date": "e.date", "reference": "am.name",
            "kind": "CASE WHEN am.move_type = 'out_refund' THEN 'credit' ELSE 'charge' END",
            "company_id": "e.company_id", "currency_id": "e.company_currency_id", "item_id": "e.product_id",
            "quantity": "e.quantity", "amount": "e.balance",
        }, SQL("""
            FROM account_move_line e
            JOIN account_move am ON am.id = e.move_id
            JOIN cx_settlement s ON s.id = e.cx_settlement_id
            %s
            WHERE e.parent_state = 'posted'""", self._join_settlement())

    @api.model
    def _of_consignment(self):
        """What a row knows of its consignment ``k``, whose freight we bear."""
        return {
            "kind": "'freight'", "date": "COALESCE(k.arrived_on, k.create_date)", "reference": "k.name",
            "company_id": "k.company_id", "currency_id": "c.currency_id",
        }

    @api.model
    def _source_freight_of_goods(self):
        """Freight of a consignment, spread evenly over the RMA lines that came in it; the last one bears the cents."""
        return {
            **self._of_consignment(), **self._of_line(), "id": "k.move_id",
            "amount": "CASE WHEN k.nth < k.lines THEN ROUND(k.freight_amount / k.lines, cu.decimal_places)"
                      " ELSE k.freight_amount - (k.lines - 1) * ROUND(k.freight_amount / k.lines, cu.decimal_places)"
                      " END",
        }, SQL("""
            FROM (
                SELECT k.name, k.company_id, k.arrived_on, k.create_date, k.freight_amount::numeric AS freight_amount,
                       m.cx_rma_line_id, MIN(m.id) AS move_id,
                       ROW_NUMBER() OVER (PARTITION BY k.id ORDER BY MIN(m.id)) AS nth,
                       COUNT(*) OVER (PARTITION BY k.id) AS lines
                FROM cx_consignment k
                JOIN stock_picking p ON p.cx_consignment_id = k.id
                JOIN stock_move m ON m.picking_id = p.id AND m.state = 'done' AND m.cx_rma_line_id IS NOT NULL
                WHERE k.freight_payer = 'company' AND k.freight_amount != 0
                GROUP BY k.id, m.cx_rma_line_id
            ) k
            JOIN cx_rma_line l ON l.id = k.cx_rma_line_id
            JOIN res_company c ON c.id = k.company_id
            JOIN res_currency cu ON cu.id = c.currency_id""")

    @api.model
    def _source_freight_without_goods(self):
        """Freight of a consignment of which no goods of an RMA line are known (yet)."""
        return {
            **self._of_consignment(), "id": "k.id", "partner_id": "k.partner_id", "rma_id": "r.rma_id",
            "amount": "k.freight_amount",
        }, SQL("""
            FROM cx_consignment k
            JOIN res_company c ON c.id = k.company_id
            LEFT JOIN LATERAL (
                SELECT CASE WHEN MIN(rel.rma_id) = MAX(rel.rma_id) THEN MIN(rel.rma_id) END AS rma_id
                FROM cx_consignment_rma_rel rel WHERE rel.consignment_id = k.id
            ) r ON TRUE
            WHERE k.freight_payer = 'company' AND k.freight_amount != 0 AND NOT EXISTS (
                SELECT FROM stock_picking p JOIN stock_move m ON m.picking_id = p.id
                WHERE p.cx_consignment_id = k.id AND m.state = 'done' AND m.cx_rma_line_id IS NOT NULL)""")
