from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestPlanningSettings(CxCommon):
    """The complaint manager keeps the complaint settings without any right to Odoo's own settings."""

    def _page(self, login):
        action = self._as(login, self.env["res.company"]).action_cx_view_settings()
        view_id = action["views"][0][0]
        return action, etree.fromstring(
            self._as(login, self.env["res.company"]).get_view(view_id, "form")["arch"])

    def test_manager_sees_and_writes_every_setting(self):
        """Each setting of our page stands on his page as well, and he may save it."""
        manager = self.users_by_login["cx_manager"]
        self.assertFalse(manager.has_group("base.group_system") or manager.has_group("base.group_erp_manager"))
        action, page = self._page("cx_manager")
        self.assertEqual(action["res_id"], self.env.company.id)
        self.assertNotEqual(page.get("edit"), "False")
        shown = {field.get("name") for field in page.iter("field")}
        settings = etree.fromstring(self.env.ref("cx_complaint.res_config_settings_view_form").arch_db)
        for setting in settings.iter("setting"):
            names = {field.get("name") for field in setting.iter("field")}
            if not setting.get("groups"):
                self.assertLessEqual(names, shown)
        company = self._as("cx_manager", self.env.company)
        company.web_save({"cx_collect_days": 9, "cx_is_return_reason_needed": True}, {"cx_collect_days": {}})
        self.assertEqual((self.env.company.cx_collect_days, self.env.company.cx_is_return_reason_needed), (9, True))

    def test_manager_writes_nothing_else(self):
        """Neither the name of the company nor the two together, nor another company's settings."""
        company = self._as("cx_manager", self.env.company)
        for vals in ({"name": "Mine"}, {"cx_collect_days": 9, "name": "Mine"}, {"currency_id": 1}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                company.write(vals)
        other = self.env["res.company"].create({"name": "Cx Other"})
        with self.assertRaises(AccessError):
            self._as("cx_manager", other).cx_collect_days = 1
        with self.assertRaises(AccessError):
            self._as("cx_manager", other).with_context(allowed_company_ids=other.ids).cx_collect_days = 1
        with self.assertRaises(AccessError):
            company.create({"name": "New"})

    def test_nobody_else_writes_settings(self):
        """No other function changes what a company set."""
        for login in ("cx_service", "cx_quality", "cx_planning", "cx_finance", "cx_employee"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._as(login, self.env.company).cx_collect_days = 1

    def test_other_rights_stay(self):
        """A manager who administrates companies as well keeps that right."""
        self.users_by_login["cx_manager"].write({"group_ids": [Command.link(self.env.ref("base.group_erp_manager").id)]})
        self._as("cx_manager", self.env.company).write({"report_footer": "Foot", "cx_collect_days": 4})
        self.assertIn("Foot", self.env.company.report_footer)
        self.assertEqual(self.env.company.cx_collect_days, 4)
