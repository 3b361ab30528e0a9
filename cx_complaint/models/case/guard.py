from odoo import api, fields, models
from odoo.tools import SQL


class Guard(models.Model):
    """A row per thing that has a cap or may exist only once.

    Odoo runs on REPEATABLE READ: a lock and a second look let two users authorise 8 of 5, because the second one still
    sees the world as it was before the first committed. So whoever is about to check a cap *writes* the guard row
    first: a transaction with an older snapshot then fails to serialise, and Odoo retries it with fresh eyes.
    """

    _name = "cx.guard"
    _description = "Guard of a Cap"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    passes = fields.Integer(readonly=True, default=1)

    _key_unique = models.Constraint("UNIQUE (key)", "A guard exists once per key.")

    @api.model
    def _take(self, keys):
        """Serialise everybody who is about to check or use the caps behind ``keys``.

        Take guards before reading what the cap compares, all in one call: they are taken in one order, so that two
        callers cannot wait for each other.

        :param keys: iterable of strings such as ``"stock.move,42"``
        :raises psycopg2.errors.SerializationFailure: somebody took one since our snapshot; Odoo retries the request
        """
        keys = sorted(set(keys))
        if not keys:
            return
        self.env.cr.execute(SQL(
            "INSERT INTO cx_guard (key, passes) SELECT unnest(%s), 1 ON CONFLICT (key)"
            " DO UPDATE SET passes = cx_guard.passes + 1",
            keys,
        ))

    @api.model
    def _take_for(self, *recordsets):
        """Take the guards of records: one key per record, ``model,id``."""
        self._take(f"{records._name},{record_id}" for records in recordsets for record_id in records.ids)
