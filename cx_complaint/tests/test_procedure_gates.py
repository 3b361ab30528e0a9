from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .procedure_common import ProcedureCommon


@tagged("post_install", "-at_install")
class TestProcedureGates(ProcedureCommon):
    """Gates are the procedure's, classes are proposed by it and decided by people."""

    def _gates(self, *gates):
        """Put the procedure in force with ``(code, is on, further values)``."""
        for code, is_on, vals in gates:
            self._part(self.procedure, "gate", code=code, is_on=is_on, **vals)
        self._in_force()

    def test_usual_gates_without_rows(self):
        """A procedure that says nothing about a gate leaves it as it is without one."""
        bare = self._complain(partner_id=False, phone=False)
        self._in_force()
        case = self._complain(partner_id=False, phone=False)
        for verb in ("confirm", "conclude", "decide", "answer", "close"):
            with self.subTest(verb=verb):
                self.assertEqual(self._codes(case, verb), self._codes(bare, verb))

    def test_gates_switched_off(self):
        """Read-back, wish, answered lines: off where the procedure says so."""
        self._gates(("read_back", False, {}), ("wish_first", False, {}), ("lines_answered", False, {}))
        case = self._complain(line_ids=[(0, 0, {"product_id": self.product.id})])
        self.assertFalse(self._codes(case, "confirm"))
        self.assertNotIn("line_unanswered", self._codes(case, "close"))

    def test_settings_switched_by_the_procedure(self):
        """Details and the customer's reaction: the procedure wins over the company's setting, in both directions."""
        self.company.cx_confirm_needs_details = False
        self.company.cx_close_needs_reaction = True
        self._gates(("details", True, {}), ("reaction_known", False, {}))
        case = self._complain(line_ids=[(0, 0, {"product_id": self.product.id, "wish": "repair"})])
        self.assertLessEqual({"defect_missing", "evidence_missing"}, set(self._codes(case, "confirm")))
        case.sudo().answered_on = "2026-01-05 08:00:00"
        self.assertNotIn("reaction_missing", self._codes(case, "close"))
        bare = self._complain()
        self.env["cx.procedure.choice"].search([]).unlink()
        bare = self._complain(line_ids=[(0, 0, {"product_id": self.product.id, "wish": "repair"})])
        bare.sudo().answered_on = "2026-01-05 08:00:00"
        self.assertNotIn("defect_missing", self._codes(bare, "confirm"))
        self.assertIn("reaction_missing", self._codes(bare, "close"))

    def test_conditions_and_order(self):
        """Off for enquiries, on for the rest: the first row that fits counts."""
        enquiry = self.env.ref("cx_complaint.complaint_kind_enquiry")
        self._gates(
            ("read_back", False, {"kind_ids": [(6, 0, enquiry.ids)], "sequence": 1}), ("read_back", True, {"sequence": 2}))
        self.assertNotIn("read_back_missing", self._codes(self._complain(kind_id=enquiry.id), "confirm"))
        self.assertIn("read_back_missing", self._codes(self._complain(), "confirm"))

    def test_leader_is_phoned_out_of_hours(self):
        """Urgent, and received when nobody works: confirmed only when it says who was phoned. [S2.16-25]"""
        self.company.resource_calendar_id = self.env["resource.calendar"].create({
            "name": "Mondays", "tz": "UTC", "company_id": self.company.id,
            "attendance_ids": [(5, 0, 0), (0, 0, {
                "name": "Monday", "dayofweek": "0", "hour_from": 8, "hour_to": 16, "day_period": "morning"})]})
        self._gates(("phoned_leader", True, {}))
        for received, urgency, expected in (
            ("2026-01-05 09:00:00", "1", False), ("2026-01-05 07:59:00", "1", True), ("2026-01-05 16:00:00", "2", True),
            ("2026-01-06 10:00:00", "1", True), ("2026-01-06 10:00:00", "0", False),
        ):
            case = self._complain(received_on=received, urgency=urgency)
            with self.subTest(received=received, urgency=urgency):
                self.assertEqual("leader_not_phoned" in self._codes(case, "confirm"), expected)
                case.phoned_user_id = self.users_by_login["cx_manager"]
                self.assertNotIn("leader_not_phoned", self._codes(case, "confirm"))

    def test_report_stays_until_the_department_is_named(self):
        """The finding does not leave quality before it says who answers for the cause. [S0-5.2.3g1]"""
        self._gates(("responsible_named", True, {}), ("cause_named", True, {}))
        cause = self._part(self._create_procedure("CY"), "cause.category", name="Elsewhere")
        case = self._complain(demand="Repair", is_read_back=True)
        self._as("cx_service", case).action_confirm()
        case.conclusion = "<p>Weld cracked</p>"
        self.assertEqual(self._codes(case, "conclude"), ["responsible_missing", "cause_missing"])
        with self.assertRaisesRegex(UserError, "the department that answers for the cause is not named. Quality chooses it"):
            self._as("cx_quality", case).action_conclude()
        with self.assertRaises(ValidationError):
            self._as("cx_quality", case).cause_category_id = cause
        self._as("cx_quality", case).responsible_department_id = self.departments["sales"]
        self.assertEqual(self._codes(case, "conclude"), ["cause_missing"])

    def test_who_names_the_department(self):
        """Sales and the warehouse do not; when it was named, and named anew, is kept."""
        self._in_force()
        case = self._complain()
        for login in ("cx_sales", "cx_employee", "cx_warehouse"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, case).responsible_department_id = self.departments["warehouse"]
        with self.assertRaises(AccessError):
            self._complain("cx_sales", responsible_department_id=self.departments["warehouse"].id)
        self.assertFalse(case.responsible_named_on)
        self._as("cx_quality", case).responsible_department_id = self.departments["sales"]
        self.assertTrue(case.responsible_named_on)
        self._as("cx_quality", case).responsible_department_id = False
        self.assertFalse(case.responsible_named_on)

    def test_cause_proposes_party_and_department(self):
        """A cause names party and function; where it is fixed, nobody else can be named.

        [S2.09-9] [S2.09-14]
        """
        making = self._part(self.procedure, "cause.category", name="Making", function="warehouse", code="making")
        other = self._part(
            self.procedure, "cause.category", name="Reported late", function="sales", is_fixed=True, party="customer")
        self._in_force()
        case = self._complain()
        self._as("cx_quality", case).cause_category_id = making
        self.assertEqual((case.party, case.responsible_department_id), ("company", self.departments["warehouse"]))
        self._as("cx_quality", case).responsible_department_id = self.departments["quality"]
        with self.assertRaisesRegex(ValidationError, "Sales always answers for the cause “Reported late”, not"):
            self._as("cx_quality", case).write(
                {"cause_category_id": other.id, "responsible_department_id": self.departments["quality"].id})
        case.write({"cause_category_id": False, "responsible_department_id": False})
        self._as("cx_quality", case).cause_category_id = other
        self.assertEqual((case.party, case.responsible_department_id), ("customer", self.departments["sales"]))
        with self.assertRaises(ValidationError):
            self._as("cx_quality", case).responsible_department_id = self.departments["quality"]

    def test_cause_when_nothing_else_fits(self):
        """Concluded without a cause, it is the one kept for that."""
        rest = self._part(self.procedure, "cause.category", name="Other", is_default=True, function="sales")
        self._in_force()
        case = self._complain(demand="Repair", is_read_back=True)
        self._as("cx_service", case).action_confirm()
        case.conclusion = "<p>Too long ago to say</p>"
        self._as("cx_quality", case).action_conclude()
        self.assertEqual((case.cause_category_id, case.responsible_department_id), (rest, self.departments["sales"]))

    def test_nature_follows_the_category_until_somebody_knows_better(self):
        """Proposed from the category or the one above it; what people said stays. [S1-5.2]"""
        self._in_force()
        case = self._complain(category_id=self.env.ref("cx_complaint.category_attitude").id)
        self.assertEqual((case.nature, case.is_technical), ("non_quality", False))
        case.category_id = self.env.ref("cx_complaint.category_quality")
        self.assertEqual((case.nature, case.is_technical), ("quality", True))
        self._as("cx_quality", case).nature = "transport"
        case.category_id = self.env.ref("cx_complaint.category_price")
        self.assertEqual(case.nature, "transport")

    def test_every_task_done(self):
        """With the gate, what somebody still has to do holds the closing up; what closing ends does not."""
        self._milestone(self.procedure, "all", self._role("service"), start_event="received", stop_event="closed")
        self._gates(("tasks_done", True, {}))
        case = self._complain()
        self.assertEqual(case.task_ids.mapped("name"), ["Reply", "All"])
        sentences = [blocker.sentence() for blocker in case._blockers("close") if blocker.code == "task_open"]
        self.assertEqual(sentences, [
            f"Reply: the task is running; it is with {self.users_by_login['cx_quality'].name}. Have it done."])

    def test_quality_is_called_as_the_procedure_says(self):
        """The procedure's number of units above which quality inspects comes before the company's."""
        self.company.cx_inspect_above_qty = 5
        self.procedure.inspect_above_qty = 20
        bare = self._complain(line_ids=[(0, 0, {"product_id": self.product.id})])
        self._in_force()
        case = self._complain(line_ids=[(0, 0, {"product_id": self.product.id})])
        found = []
        for one in (bare, case):
            rma = self.env["cx.rma"].create({
                "partner_id": self.customer.id, "kind_id": self.env.ref("cx_complaint.rma_kind_return").id,
                "warehouse_id": self.warehouse.id})
            line = self.env["cx.rma.line"].create({
                "rma_id": rma.id, "complaint_line_id": one.line_ids.id, "product_id": self.product.id, "quantity": 1,
                "no_origin_reason": "Sold before"})
            found.append(line._inspect_above_qty())
        self.assertEqual(found, [5, 20])
