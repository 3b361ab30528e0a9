from odoo.exceptions import UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestInspectionAfterRework(ReworkCommon):
    """The look at what came out of work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good, cls.scrap = (cls.env.ref(f"cx_complaint.verdict_{code}") for code in ("good", "scrap"))

    def test_what_came_out_of_work_is_inspected(self):
        """Five came back, four are reworked: three good, one bad; the bad one is scrapped instead.

        [S2.14-13] [S2.02-38]
        """
        line = self._come_back(self.product, 5)
        disposition = self._execute(self._decide(line, 4, "rework", "reworked"))
        self._decide(line, 1, "none", "scrap")
        self._finish(disposition.production_ids)
        self._as("cx_quality", line).action_inspect()
        inspection = self._as("cx_quality", line.inspection_ids)
        self.assertEqual((inspection.stage, inspection.available_qty), ("after_rework", 4))
        inspection.line_ids = [(0, 0, {"verdict_id": self.good.id, "quantity": 5})]
        self.assertEqual([blocker.code for blocker in inspection._blockers("finish")], ["more_than_received"])
        inspection.line_ids = [
            (1, inspection.line_ids.id, {"quantity": 3}), (0, 0, {"verdict_id": self.scrap.id, "quantity": 1})]
        inspection.action_finish()
        self.assertAlmostEqual(inspection.defect_rate, 25.0)
        self.assertFalse(inspection.disposition_ids, "all units are still under the rework disposition")
        self.assertEqual(line.inspected_qty, 0, "a check after work gives no unit its first verdict")

        release = self.env["cx.disposition.release"].with_user(self.users_by_login["cx_quality"])
        release.create({"disposition_id": disposition.id, "quantity": 3}).action_release()
        transfer = disposition._open_leaving_moves().picking_id
        transfer.button_validate()
        self._as("cx_quality", disposition).action_close_short()
        self._assert_sums(line)
        self.assertEqual(line.undecided_qty, 1)
        proposed = self._as("cx_quality", line)._propose_dispositions()
        self.assertEqual((proposed.destination, proposed.quantity, proposed.inspection_id), ("scrap", 1, inspection))

    def test_before_the_work_is_done_there_is_nothing_to_check(self):
        """All four are decided and none came out of work yet: the inspection says so."""
        line = self._come_back(self.product, 4)
        self._execute(self._decide(line, 4, "rework", "reworked"))
        inspection = self.env["cx.inspection"].with_user(self.users_by_login["cx_quality"]).create({
            "rma_line_id": line.id, "stage": "after_rework",
            "line_ids": [(0, 0, {"verdict_id": self.good.id, "quantity": 1})]})
        with self.assertRaisesRegex(UserError, "1 Units are inspected, 0 Units are there"):
            inspection.action_finish()
