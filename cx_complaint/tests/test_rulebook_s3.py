from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS3(RulebookCommon):
    """The sales company: the salesperson who sold stays responsible, whoever is asked for help."""

    CODE = "s3"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._person("sales")

    def test_late_delivery_is_a_kind_of_its_own(self):
        """Its handler settles it with the carrier and keeps the customer informed; its cause says that the carrier answers,
        and nobody passes it on for that. [S3-3.1c]
        """
        self.complain(category_id=self.env.ref("cx_complaint.category_quality").id, first_responsible_id=self.seller.id)
        self.assertNotStarted("carrier")
        self.complain(category_id=self.env.ref("cx_complaint.category_delivery").id, first_responsible_id=self.seller.id)
        self.assertRoute("first", "cx_sales")
        self.assertQueue("carrier", "cx_sales")
        self._as("cx_service", self.complaint).cause_category_id = self.part("cause_late")
        self.assertEqual(self.complaint.party, "carrier")
        self.assertFalse(self.complaint.responsible_department_id)

    def test_no_cause_is_invented(self):
        """What nobody has classified stays unclassified: the document knows no cause for when nothing else fits."""
        self.complain(agreed_on=self._utc("2026-12-03 12:00"))
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertFalse(self.complaint.cause_category_id)

    def test_beyond_authority_the_decider_is_found_at_once(self):
        """Customer service decides what is not serious. What is, goes to the marketing manager, whom the handler reaches
        in one step: he hears of it at once. [S3-3.4b]
        """
        self.complain(first_responsible_id=self.seller.id, agreed_on=self._utc("2026-12-03 12:00"))
        self.step("confirm")
        self.assertNotBlocked("decide", "not_entitled", "cx_service")
        self.complaint.severity = "major"
        self.assertBlocked("decide", "not_entitled", "cx_service")
        self.assertNotBlocked("decide", "not_entitled", "cx_sales_head")
        self.assertRoute("marketing_manager", "cx_sales_head")
        self._as("cx_service", self.task("propose"))._pass_up("He wants his money back")
        told = self.task("propose").escalation_ids
        self.assertEqual(told.user_ids, self.users_by_login["cx_sales_head"])

    def test_every_case_gets_an_end_date(self):
        """Without one nothing is confirmed; with one the handling is to be over by it, that is closed. [S3-II.3c]"""
        self.complain()
        self.assertRunning("end_date")
        self.assertDue("finish", False)
        self.assertBlocked("confirm", "task_open")
        self.complaint.agreed_on = self._utc("2026-12-03 12:00")
        self.assertDone("end_date")
        self.assertNotBlocked("confirm", "task_open")
        self.assertDue("finish", "2026-12-03 12:00")
        self._settle()
        self.assertRunning("finish")
        self.do("written", "cx_service")
        self.step("close", at="2026-12-03 13:00")
        self.assertDone("finish")
        self.assertEqual(self.task("finish").late_seconds, 3600)

    def test_first_responsible_is_who_sold(self):
        """The case goes to him, his are handling and coordination, whoever received it. [S3-III.2a]"""
        self.complain(first_responsible_id=self.seller.id)
        self.assertRoute("first", "cx_sales")
        self.assertQueue("handle", "cx_sales")
        self.assertQueue("urge", "cx_sales")
        self.complain(first_responsible_id=self.users_by_login["cx_service"].id, agreed_on=self._utc("2026-12-03 12:00"))
        self.assertRoute("first", "cx_service")
        self.assertQueue("handle", "cx_service")
        self._settle()
        self.assertDone("handle")

    def test_hard_problems_go_to_his_superior(self):
        """At once, when he says so; the clock alone tells nobody. [S3-III.2b]"""
        self.complain(first_responsible_id=self.seller.id)
        self.assertTold("handle", ("at", 0, "hour", "superior"))
        self.assertTold("urge")
        self._as("cx_sales", self.task("handle"))._pass_up("They do not listen to me")
        self.assertEqual(self.task("handle").escalation_ids.user_ids, self.users_by_login["cx_sales_head"])

    def test_urged_within_24_hours(self):
        """From when it reached us, night and weekend counted; done by his word. [S3-III.2d]"""
        self.complain(at="2026-12-04 17:30", received="2026-12-04 16:45", first_responsible_id=self.seller.id)
        self.assertDue("urge", "2026-12-05 16:45")
        self.do("urge", "cx_sales", result="Production repairs it on Monday", at="2026-12-05 09:00")
        self.assertDone("urge")
        self.assertFalse(self.task("urge").late_seconds)

    def test_letters_are_acknowledged(self):
        """A letter starts the task, a call does not."""
        self.complain(channel_id=self.env.ref("cx_complaint.channel_phone").id)
        self.assertNotStarted("acknowledge")
        self.complain(channel_id=self.env.ref("cx_complaint.channel_letter").id)
        self.assertRunning("acknowledge")

    def test_told_in_writing_when_it_is_over(self):
        """Not before it is settled with him, and not closed before. [S3-II.3e]"""
        self.complain(agreed_on=self._utc("2026-12-03 12:00"))
        self.step("confirm")
        self.step("decide")
        self.assertNotStarted("written")
        self.step("answer")
        self.assertQueue("written", "cx_service")
        self.assertBlocked("close", "task_open")

    def test_questions_at_the_hotline(self):
        """They are answered by customer service, and nothing of a complaint starts."""
        self.complain(
            channel_id=self.env.ref("cx_complaint.channel_hotline").id,
            kind_id=self.env.ref("cx_complaint.complaint_kind_enquiry").id)
        self.assertRoute("service", "cx_service")
        self.assertFalse(self.complaint.task_ids)

    def _settle(self):
        """The customer has his answer, and nothing is owed."""
        self.step("confirm")
        self.step("decide")
        self.step("answer")
