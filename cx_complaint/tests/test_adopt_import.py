import csv
import io

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open

from .settlement_common import SettlementCommon

_OPTIONS = {
    "has_headers": True, "quoting": '"', "separator": ",", "encoding": "utf-8", "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S", "float_thousand_separator": "", "float_decimal_separator": ".",
}


@tagged("post_install", "-at_install")
class TestAdoptImport(SettlementCommon):
    """Open cases of the system of before come in by Odoo's own import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.ref = "C-100"
        cls.order = cls._sell_and_invoice(5)
        cls.move = cls.order.picking_ids.move_ids

    def _import(self, rows, login="cx_manager"):
        """Import rows as dicts of column and text.

        :return: the complaints, and the messages by row
        """
        columns = list(dict.fromkeys(name for row in rows for name in row))
        file = io.StringIO()
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        importer = self._as(login, self.env["base_import.import"]).create({
            "res_model": "cx.complaint", "file": file.getvalue().encode(), "file_type": "text/csv",
            "file_name": "open.csv"})
        result = importer.execute_import(columns, columns, dict(_OPTIONS))
        return self.env["cx.complaint"].browse(result.get("ids") or []), [
            message["message"] for message in result["messages"]]

    def _row(self, **values):
        return {
            "opening_number": "OLD-17", "partner_id": "C-100", "summary": "Leaks", "received_on": "2026-09-01 08:30:00",
            "opening_registered_on": "2026-09-01 09:00:00", "customer_date": "2026-08-31", "opening_stage": "Execution",
            "handler_id": "cx_service", "line_ids/product_id": "Cx Pump", "line_ids/quantity": "5",
            "line_ids/name": "Seal broken", "line_ids/return_decision": "return",
            "line_ids/origin_move_id/.id": str(self.move.id), **values}

    def _quantities(self, **values):
        return {f"line_ids/opening_{name}_qty": str(quantity) for name, quantity in values.items()}

    # Refused

    def test_only_managers(self):
        """Customer service registers cases; what cannot be checked any more is taken over by complaint managers."""
        complaints, messages = self._import([self._row()], "cx_service")
        self.assertFalse(complaints)
        self.assertTrue(messages)
        with self.assertRaises(AccessError):
            self._as("cx_service", self.env["cx.complaint"]).create({"summary": "Mine", "opening_number": "1"})
        with self.assertRaises(AccessError):
            self._as("cx_quality", self.env["cx.complaint"]).create({
                "summary": "Mine", "line_ids": [(0, 0, {
                    "product_id": self.product.id, "opening_credited_qty": 1})]})
        complaint = self._complain(self.order, 1).complaint_id
        with self.assertRaises(UserError):
            self._as("cx_manager", complaint).opening_stage = "closed"
        for record, vals in (
            (self.env["cx.rma.line"], {"opening_received_qty": 5}), (self.env["cx.settlement"], {"opening_qty": 5})):
            with self.assertRaises(AccessError):
                self._as("cx_manager", record).create(vals)

    def test_one_sentence_per_row(self):
        """A wrong row names what is wrong; nothing of the file is kept."""
        for column, value, sentence in (
            ("partner_id", "Nobody Known", "Nobody Known"),
            ("opening_stage", "Nowhere", "Nowhere"),
            ("line_ids/opening_received_qty", "6", "more than the 5"),
            ("line_ids/opening_received_qty", "-1", "no possible quantity"),
            ("line_ids/opening_received_qty", "nan", "incorrect values"),
        ):
            with self.subTest(column=column, value=value):
                complaints, messages = self._import([self._row(), self._row(opening_number="OLD-18", **{column: value})])
                self.assertFalse(complaints)
                self.assertEqual(len(set(messages)), 1, messages)
                self.assertIn(sentence, messages[0])
        self.assertFalse(self.env["cx.complaint"].search([("name", "in", ("OLD-17", "OLD-18"))]))

    def test_a_number_is_taken_over_once(self):
        """Imported twice, the second one is told so."""
        self._import([self._row()])
        complaints, messages = self._import([self._row()])
        self.assertFalse(complaints)
        self.assertIn("OLD-17 is the number of another complaint already", messages[0])

    # Taken over

    def test_number_dates_and_stage_are_kept(self):
        """The case goes on under its number, where it was, with the dates of then."""
        complaint, messages = self._import([self._row()])
        self.assertFalse(messages)
        self.assertEqual((complaint.name, complaint.partner_id, complaint.handler_id.login),
                         ("OLD-17", self.customer, "cx_service"))
        self.assertEqual(str(complaint.registered_on), "2026-09-01 09:00:00")
        self.assertEqual(str(complaint.customer_date), "2026-08-31")
        self.assertEqual(complaint.confirmed_on, complaint.registered_on)
        self.assertEqual(complaint.state, "followup", "nothing is under way yet")
        self.assertEqual(self.env["cx.complaint"].name_search("OLD-17")[0][0], complaint.id)
        fresh = self._complain(self.order, 1).complaint_id
        self.assertNotEqual(fresh.name, "OLD-17")

    def test_every_stage(self):
        """A case starts at the stage that it had reached."""
        self.move.id  # noqa: B018 - the delivery exists
        for stage, state in (("new", "new"), ("confirmed", "confirmed"), ("investigation", "investigation"),
                             ("solution", "solution"), ("followup", "followup"), ("closed", "closed")):
            complaint, messages = self._import([self._row(opening_number=f"OLD-{stage}", opening_stage=stage)])
            self.assertFalse(messages)
            self.assertEqual(complaint.state, state)

    def test_what_happened_before_counts(self):
        """Of five, three had come back, two were replaced: two are expected, three can still be made good."""
        complaint, messages = self._import([self._row(**{
            "line_ids/opening_rma_number": "OLD-RMA-5"}, **self._quantities(authorised=5, received=3, replaced=2))])
        self.assertFalse(messages)
        rma_line = complaint.rma_line_ids
        self.assertEqual((rma_line.rma_id.name, rma_line.rma_id.state), ("OLD-RMA-5", "receiving"))
        self.assertEqual(
            (rma_line.received_qty, rma_line.expected_qty, rma_line.final_qty, rma_line.undecided_qty), (3, 2, 3, 0))
        self.assertEqual((complaint.settlement_ids.state, complaint.settlement_ids.done_qty), ("done", 2))
        self.assertEqual(complaint.state, "execution")
        self._validate(rma_line.rma_id.picking_ids)
        self.env.invalidate_all()
        self.assertEqual((rma_line.received_qty, rma_line.undecided_qty), (5, 2))
        # the caps respect it
        again = self.env["cx.rma"].browse(self._complain(
            self.order, 1, return_decision="return").complaint_id.action_create_rma()["res_id"])
        self.assertIn("above_returnable", {blocker.code for blocker in again._blockers("authorise")})
        more = self._propose(self._complain(self.order, 4), "replacement")
        self.assertEqual(more.good_left_qty, 3)
        self.assertIn("made_good", self._codes(more, "approve"))

    def test_more_than_was_delivered(self):
        """What cannot have been returned or made good of the delivery is not taken over."""
        self._import([self._row(**self._quantities(received=3, credited=3))])
        for name in ("received", "credited"):
            complaints, messages = self._import([self._row(opening_number="OLD-18", **self._quantities(**{name: 3}))])
            self.assertFalse(complaints)
            self.assertIn("3", messages[0])

    def test_template(self):
        """The import dialog offers a file to complaint managers, and it can be imported as it is."""
        offered = self._as("cx_manager", self.env["cx.complaint"]).get_import_templates()
        self.assertEqual(len(offered), 1)
        with file_open(offered[0]["template"].strip("/")) as file:
            rows = list(csv.DictReader(file))
        self._create_product("Drawer Black"), self._create_product("Drawer")
        self.env["res.partner"].create({"name": "Cx Interior"})
        for row in rows:
            row["partner_id"] = row["partner_id"] and "Cx Interior"
            row["line_ids/product_id"] = {"Drawer Black": "Cx Pump", "Drawer": "Cx Second"}[row["line_ids/product_id"]]
        self._create_product("Cx Second")
        complaint, messages = self._import(rows)
        self.assertFalse(messages)
        self.assertEqual((complaint.name, len(complaint.line_ids), complaint.reference_text), ("OLD-2026-017", 2, "4711"))
