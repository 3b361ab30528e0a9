from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS1(RulebookCommon):
    """The user service management system."""

    CODE = "s1"

    def test_phones_to_complain_at(self):
        """The numbers are published with the procedure: the office's in working hours, one that answers day and night,
        and the company manager's own, which goes past everybody. Another company of other people shows theirs.

        [S1-6.1a] [S1-6.1b] [S1-6.2]
        """
        for login, phone in (("cx_information", "100"), ("cx_service", "200"), ("cx_management_top", "300")):
            self.users_by_login[login].phone = phone
        self.assertEqual(
            [(kind, role.code, user.phone) for kind, role, user in self.procedure._phone_list(self.company)],
            [("hours", "information", "100"), ("always", "dedicated", "200"), ("direct", "company_manager", "300")])
        shown = str(self.procedure.phone_html)
        for phone in ("100", "200", "300"):
            self.assertIn(f"<b>{phone}</b>", shown)

