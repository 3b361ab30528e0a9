from odoo.tests import BaseCase, tagged

from ..models.procedure.role import RANKS
from ..rules import filling
from ..rules.filling import Asked, Desk, Post, Staff, fill
from .roles_common import CxRoles

SERVICE = Desk("service", "service", duty=("Sun",), head=("Song",), members=("Sui",))
QUALITY = Desk("quality", "quality", parent="plant", duty=("Qi",), head=("Qian",), members=("Qin", "Qi"))
PLANT = Desk("plant", "production", head=("Peng",))
MANAGEMENT = Desk("management", "management", head=("Boss",))
FULL = Staff((SERVICE, QUALITY, PLANT, MANAGEMENT), (), ("Manager",))


def asked(function=None, rank="clerk", named=(), is_climbing=False):
    return Asked(function, rank, named, is_climbing)


@tagged("post_install", "-at_install")
class TestProcedurePeopleRules(BaseCase):
    """The order in which people are asked, without a database."""

    def test_table_of_who_is_asked(self):
        """Role, then what it falls to, then the next rank, then the desk, then the top."""
        director = Post("quality", "director", ("Dai",))
        rows = [
            # what is asked, of whom, who does it
            ("who is on duty comes first", FULL, [asked("quality")], ("Qi", "Qin", "Qian")),
            ("a head heads a department", FULL, [asked("quality", "head")], ("Qian",)),
            ("a director heads the department above", FULL, [asked("quality", "director")], ("Peng",)),
            ("a post is asked before the department", Staff((QUALITY,), (Post("quality", "clerk", ("Qu",)),)),
             [asked("quality")], ("Qu",)),
            ("whom the case names", FULL, [asked(named=("Xu",))], ("Xu",)),
            ("falls to another role", FULL, [asked("trade"), asked("quality", "head")], ("Qian",)),
            ("falls to a role that nobody fills either", FULL, [asked("trade"), asked("finance")], ("Sun",)),
            ("the next rank", Staff((SERVICE,), (director,)), [asked("quality")], ("Dai",)),
            ("not a lower rank", Staff((SERVICE,), (Post("quality", "clerk", ("Qu",)),)), [asked("quality", "head")], ("Sun",)),
            ("the complaint desk", FULL, [asked("trade")], ("Sun",)),
            ("a substitute at the desk", Staff((SERVICE._replace(duty=(), substitutes=("Sub",)),)), [asked("trade")], ("Sub",)),
            ("the head of the desk", Staff((SERVICE._replace(duty=()),)), [asked("trade")], ("Song",)),
            ("anybody of the desk", Staff((SERVICE._replace(duty=(), head=()),)), [asked("trade")], ("Sui",)),
            ("management is the desk where there is none", Staff((MANAGEMENT,)), [asked("trade")], ("Boss",)),
            ("a director's matter climbs first", Staff((SERVICE, MANAGEMENT)), [asked("trade", "director")], ("Boss",)),
            ("and comes down to the desk", Staff((SERVICE,)), [asked("trade", "director")], ("Sun",)),
            ("a missing superior is above, not below", Staff((SERVICE, MANAGEMENT)), [asked(is_climbing=True)], ("Boss",)),
            ("the top posts", Staff((), (Post("management", "headquarters", ("Hq",)), Post("management", "top", ("Top",)))),
             [asked("trade")], ("Top",)),
            ("the complaint managers", Staff((), (), ("Manager",)), [asked("trade")], ("Manager",)),
            ("nobody at all", Staff(), [asked("trade")], ()),
        ]
        for story, staff, chain, people in rows:
            with self.subTest(story):
                self.assertEqual(fill(staff, chain), people)

    def test_superior(self):
        """The head of the department; where it is himself, the head above; nobody above the top. [S3-III.2b]"""
        for person, above in [("Qin", ("Qian",)), ("Qian", ("Peng",)), ("Peng", ()), ("Stranger", ())]:
            with self.subTest(person):
                self.assertEqual(filling.superior(FULL, person), above)

    def test_departments_in_a_circle_end(self):
        """Two departments above each other do not keep anybody for ever."""
        circle = Staff((Desk("a", "quality", parent="b", head=("A",)), Desk("b", "quality", parent="a")))
        self.assertEqual(filling.superior(circle, "A"), ())

    def test_ranks_are_one_list(self):
        """The ranks of the rules are those that roles can have, in the same order."""
        self.assertEqual(filling.RANKS, tuple(rank for rank, _label in RANKS))


@tagged("post_install", "-at_install")
class TestProcedurePeople(CxRoles):
    """From the words of a procedure to people of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.other, cls.head = (cls._person(login) for login in ("qc_clerk", "qc_other", "qc_head"))
        cls.desk = cls._person("desk_clerk")
        cls.service = cls._department("service", duty=cls.desk)
        cls.quality = cls._department("quality", duty=cls.other, head=cls.head, members=cls.clerk + cls.other)
        cls.inspector = cls._role("inspector", "quality")
        cls.case = cls._case(receiver_id=cls.clerk.id)

    def _people(self, role, case=None):
        case = case or self.case
        return role._resolve(case)[role.id, case.id]

    def test_who_has_left_is_not_asked(self):
        """Archived users, portal users and people of other companies fill nothing; the desk does."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.other.action_archive()
        self.clerk.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertEqual(self._people(self.inspector), self.head)
        self.head.action_archive()
        self.assertEqual(self._people(self.inspector), self.desk)

    def test_whoever_is_on_duty_is_first(self):
        """Duty, then the rest of the department, then its head; a change of duty is seen at once."""
        self.assertEqual(self._people(self.inspector).ids, (self.other + self.clerk + self.head).ids)
        self.quality.duty_user_id = self.clerk
        self.assertEqual(self._people(self.inspector).ids, (self.clerk + self.other + self.head).ids)

    def test_named_people_come_before_the_department(self):
        """A role of the company with function and rank of the procedure's role, duty of its departments first."""
        post = self._post("quality", "clerk", self.head, department_ids=[(6, 0, self.quality.ids)])
        self.assertEqual(self._people(self.inspector)[0], self.other)
        self.assertEqual(self._people(self.inspector), self.other + self.clerk + self.head)
        post.department_ids = False
        self.assertEqual(self._people(self.inspector), self.head)

    def test_the_case_says_who(self):
        """Receiver, first responsible, his superior, handler, responsible department: read from the case.

        [S3-III.2a] [S3-III.2b]
        """
        production = self._department("production", head=self.desk, members=self.other)
        self.case.write({"first_responsible_id": self.clerk.id, "handler_id": self.other.id,
                         "responsible_department_id": production.id})
        expected = {
            "receiver": self.clerk, "first_responsible": self.clerk, "superior": self.head, "handler": self.other,
            "responsible_head": self.desk, "responsible_department": self.other + self.desk,
        }
        for resolver, people in expected.items():
            with self.subTest(resolver):
                self.assertEqual(self._people(self._role(resolver, resolver=resolver)), people)

    def test_a_gap_is_filled(self):
        """Nobody named yet, or he has left: the role falls to the next one, then to the desk; never to nobody."""
        self.case.handler_id = False
        handler = self._role("handler", resolver="handler")
        self.assertEqual(self._people(handler), self.desk)
        handler.falls_to_id = self.inspector
        self.assertEqual(self._people(handler)[0], self.other)
        self.env.flush_all()
        self.env.cr.execute(  # a circle ends, although no form lets one in
            "UPDATE cx_procedure_role SET falls_to_id = %s WHERE id = %s", [handler.id, self.inspector.id])
        self.inspector.invalidate_recordset()
        self.assertEqual(self._people(handler)[0], self.other)

    def test_one_person_fills_every_role(self):
        """A company of one: all roles are his, none is open."""
        self.env["cx.department"].search([]).action_archive()
        only = self._person("only_one", "cx_complaint.group_manager")
        self._department("management", head=only)
        self.case.first_responsible_id = only
        for resolver in ("superior", "handler", "responsible_head", "responsible_department"):
            self.assertEqual(self._people(self._role(resolver, resolver=resolver)), only, resolver)
        for rank in filling.RANKS:
            self.assertEqual(self._people(self._role(rank, "quality", rank)), only, rank)

    def test_each_company_asks_its_own(self):
        """One procedure, two companies: each case goes to the people of its own company."""
        company = self.env["res.company"].create({"name": "Second plant"})
        foreigner = self._person("foreigner", company_id=company.id, company_ids=[(6, 0, company.ids)])
        self._department("quality", duty=foreigner, company_id=company.id)
        there = self._case(company_id=company.id, partner_id=False)
        answers = self.inspector._resolve(self.case + there)
        self.assertEqual(answers[self.inspector.id, self.case.id][0], self.other)
        self.assertEqual(answers[self.inspector.id, there.id], foreigner)

    def test_anybody_gets_the_same_answer(self):
        """A user who may read neither departments' people nor the case is told the same."""
        employee = self.users_by_login["cx_employee"]
        self.assertEqual(
            self.inspector.with_user(employee)._resolve(self.case.with_user(employee))[self.inspector.id, self.case.id],
            self._people(self.inspector))

    def test_many_cases_cost_as_little_as_one(self):
        """Twenty cases and five roles cost no more queries than two cases; what is known of the staff is kept."""
        roles = self.inspector + self._role("head", "quality", "head") + self._role("superior", resolver="superior")
        roles += self._role("receiver", resolver="receiver") + self._role("trade", "trade")
        cases = self.env["cx.complaint"].create([
            {"summary": "It leaks", "receiver_id": self.clerk.id} for _number in range(20)])
        self._cost(roles, cases)
        self.assertEqual(self._cost(roles, cases), self._cost(roles, cases[:2]))
        with self.assertQueryCount(1):  # the company of a case that nobody has read yet
            self.inspector._resolve(self.case)

    def _cost(self, roles, cases):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        roles._resolve(cases)
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestComplaintDesk(CxRoles):
    """Who is called when something cannot wait."""

    def test_the_desk_has_somebody(self):
        """On duty, then the substitute, then the head; one who has left is not called."""
        duty, substitute, head = (self._person(login) for login in ("desk_duty", "desk_substitute", "desk_head"))
        service = self._department("service", duty=duty, head=head, substitute_ids=[(6, 0, substitute.ids)])
        Department = self.env["cx.department"]
        for person in (duty, substitute, head):
            self.assertEqual(Department._user_on_duty(self.env.company), person)
            self.assertEqual(Department._on_duty("service", self.env.company), {self.env.company: person})
            self.assertEqual(service._person_on_duty(), person)
            person.action_archive()
        self.assertFalse(Department._user_on_duty(self.env.company))
