from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, new_test_user, tagged

from ..rules.filling import Desk, Post, Staff
from ..rules.routing import first_of_rank, people_of_rank
from .procedure_common import ProcedureCommon


class TestProcedureRanks(BaseCase):
    """Who has a rank at least."""

    def test_golden_cases(self):
        """Posts say so, and whoever heads a department is a head without a post."""
        staff = Staff(
            desks=(Desk("a", "sales", head=("boss",), members=("clerk",)),),
            posts=(Post("sales", "clerk", ("clerk",)), Post("sales", "director", ("dir",)), Post("management", "top", ("gm",))))
        for rank, expected in (
            (None, None), ("clerk", None), ("head", {"boss", "dir", "gm"}), ("director", {"dir", "gm"}), ("top", {"gm"}),
            ("headquarters", set()),
        ):
            with self.subTest(rank=rank):
                self.assertEqual(people_of_rank(staff, rank), expected)
        self.assertEqual(first_of_rank(("clerk", "boss"), {"boss"}), ("boss",))
        self.assertEqual(first_of_rank(("clerk",), {"boss"}), ("clerk",), "nobody of the rank: it is not lost")
        self.assertEqual(first_of_rank(("clerk",), None), ("clerk",))


@tagged("post_install", "-at_install")
class TestProcedureRouting(ProcedureCommon):
    """A case goes where its nature belongs, until somebody has taken it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sales = cls._part(cls.procedure, "role", name="Business", code="sales", function="sales")
        for vals in (
            {"sequence": 1, "nature": "quality", "role_id": cls._role("quality").id},
            {"sequence": 2, "nature": "non_quality", "role_id": sales.id},
            {"sequence": 3, "role_id": cls._role("service").id},
        ):
            cls._part(cls.procedure, "route", **vals)
        cls.people = {function: department.duty_user_id for function, department in cls.departments.items()}

    def _category(self, code):
        return self.env.ref(f"cx_complaint.category_{code}")

    def _assert_at(self, case, function):
        self.assertEqual((case.department_id, case.handler_id), (self.departments[function], self.people[function]))

    def test_nature_decides(self):
        """Quality complaints go to quality, the others to business, what has no nature to the desk.

        [S1-5.3.1c] [S2.07-3] [S2.07-4]
        """
        self._in_force()
        for code, function in (("quality", "quality"), ("attitude", "sales"), ("price", "sales"), (None, "service")):
            with self.subTest(category=code):
                case = self._complain("cx_employee", category_id=code and self._category(code).id)
                self._assert_at(case, function)
                self.assertEqual(case.first_responsible_id, self.users_by_login["cx_employee"])
                self.assertTrue(case.route_id)

    def test_routed_again_until_it_is_taken(self):
        """A class that changes before anybody took it sends it on; afterwards it stays."""
        self._in_force()
        case = self._complain()
        self._assert_at(case, "service")
        case.category_id = self._category("quality")
        self._assert_at(case, "quality")
        self._as("cx_quality", case).handler_id = self.users_by_login["cx_manager"]
        self._as("cx_service", case).nature = "non_quality"
        self.assertEqual(case.handler_id, self.users_by_login["cx_manager"])
        taken = self._complain(handler_id=self.users_by_login["cx_manager"].id, category_id=self._category("quality").id)
        self.assertEqual(taken.handler_id, self.users_by_login["cx_manager"])
        taken.nature = "non_quality"
        self.assertEqual(taken.handler_id, self.users_by_login["cx_manager"])

    def test_investigated_it_stays(self):
        """Who has begun looking for the cause keeps the case."""
        self._in_force()
        case = self._complain(category_id=self._category("quality").id, demand="Repair", is_read_back=True)
        self._as("cx_service", case).action_confirm()
        self._as("cx_quality", case).action_investigate()
        case.nature = "non_quality"
        self._assert_at(case, "quality")

    def test_it_is_not_pushed_on(self):
        """It goes to departments that the routes name, or back to customer service; who answers first goes on doing so.

        [S2.16-12]
        """
        self._in_force()
        case = self._complain(category_id=self._category("quality").id)
        with self.assertRaisesRegex(
                ValidationError, "cannot go to Cx warehouse: cases of this procedure go to Sales, Customer Service, Quality"):
            self._as("cx_quality", case).department_id = self.departments["warehouse"]
        self._as("cx_quality", case).department_id = self.departments["sales"]
        self._as("cx_sales", case).department_id = self.departments["service"]
        self.assertEqual(case.first_responsible_id, self.users_by_login["cx_service"])

    def test_without_routes_it_goes_anywhere(self):
        """A procedure that names no route forbids none."""
        self.procedure.route_ids.unlink()
        self._in_force()
        case = self._complain()
        self._as("cx_service", case).department_id = self.departments["warehouse"]
        self.assertFalse(case.route_id)

    def test_rank_of_the_handler(self):
        """Handled by a head or higher: the clerk on duty does not get it, neither by route nor by hand. [S2.03-1a]"""
        clerk = new_test_user(self.env, "cx_clerk", groups="cx_complaint.group_quality")
        self.departments["quality"].write({"duty_user_id": clerk.id, "member_ids": [(4, clerk.id)]})
        self.procedure.route_ids.min_rank = "head"
        self._in_force()
        case = self._complain(category_id=self._category("quality").id)
        self.assertEqual(case.handler_id, self.departments["quality"].head_id)
        with self.assertRaisesRegex(ValidationError, "cannot be handled by .*cx_clerk.*asks for the rank “Head” or higher"):
            self._as("cx_service", case).handler_id = clerk
        self._as("cx_service", case).handler_id = self.departments["sales"].head_id

    def test_batch_of_cases_costs_the_same_queries(self):
        """Eight more cases cost as many more queries as they do without a procedure, but for what is written of each."""
        category = self._category("quality").id

        def cost(number):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["cx.complaint"].create([
                {"summary": "It rattles", "category_id": category} for _turn in range(number)])
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        def slope():
            cost(1)
            few = cost(2)
            return cost(10) - few
        self.departments["service"].category_ids = self._category("quality")  # somebody gets a to-do here as well
        bare = slope()
        self._in_force()
        self.assertLessEqual(slope() - bare, 8)
