from odoo.tests import tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestFollowupDesk(CxCommon):
    """The page that everybody lands on: the queues of his functions, with what waits in each."""

    def _desk(self, login):
        return self.env["cx.desk"].with_user(self.users_by_login[login]).show()["sections"]

    def _tile(self, login, action):
        return next((tile for section in self._desk(login) for tile in section["tiles"]
                     if tile["action"] == f"cx_complaint.{action}"), None)

    def test_an_employee_has_his_own_work_only(self):
        """Without a function there is one desk; nobody is shown a queue that is not his."""
        self.assertEqual([section["key"] for section in self._desk("cx_employee")], ["cases"])
        self.assertIsNone(self._tile("cx_warehouse", "complaint_action_to_confirm"))
        self.assertIsNone(self._tile("cx_service", "settlement_action_to_post"))

    def test_each_function_has_its_desk(self):
        """Every function lands on its own queues, the manager on all of those that he may do."""
        for login in ("service", "quality", "engineering", "planning", "warehouse", "trade", "finance"):
            with self.subTest(login=login):
                self.assertIn(login, [section["key"] for section in self._desk(f"cx_{login}")])
        self.assertLessEqual(
            {"cases", "service", "quality", "warehouse", "management"},
            {section["key"] for section in self._desk("cx_manager")})

    def test_a_figure_is_what_the_list_behind_it_shows(self):
        """One more case to confirm, one more on the tile; a case of his own on the desk of who handles it."""
        before = self._tile("cx_service", "complaint_action_to_confirm")["count"]
        mine = self._tile("cx_service", "complaint_action_mine")["count"]
        case = self.env["cx.complaint"].create({
            "summary": "Leaks", "partner_id": self.customer.id, "handler_id": self.users_by_login["cx_service"].id})
        self.assertEqual(self._tile("cx_service", "complaint_action_to_confirm")["count"], before + 1)
        self.assertEqual(self._tile("cx_service", "complaint_action_mine")["count"], mine + 1)
        case._cancel("Entered twice")
        self.assertEqual(self._tile("cx_service", "complaint_action_to_confirm")["count"], before)
        self.assertEqual(self._tile("cx_service", "complaint_action_mine")["count"], mine)

    def test_the_desk_costs_what_it_shows(self):
        """A bounded number of queries, whatever waits."""
        self._desk("cx_manager")
        tiles = sum(len(section["tiles"]) for section in self._desk("cx_manager"))
        self.env.flush_all()
        before = self.cr.sql_log_count
        self._desk("cx_manager")
        self.assertLessEqual(self.cr.sql_log_count - before, 3 * tiles + 10)
