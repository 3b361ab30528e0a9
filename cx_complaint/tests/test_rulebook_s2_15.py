from odoo.tests import tagged

from .rulebook_common import RulebookCommon
from .test_rulebook_s2_11 import Methods


@tagged("post_install", "-at_install")
class TestRulebookS215(Methods, RulebookCommon):
    """Any company: ordinary complaints, and special customers."""

    CODE = "s2_15"
    SAMPLE = "What you have just told me is"

    def test_special_customers(self):
        """What helps with an irascible customer is shown for him only."""
        self.assertIn("An irascible customer", self._advice("intake", "angry"))
        self.assertNotIn("An irascible customer", self._advice("intake"))
        self.assertIn("A vulgar or obnoxious customer", self._advice("intake", "agitated"))
