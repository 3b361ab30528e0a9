from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .roles_common import CxRoles

# who sees which case; the case was registered by somebody else unless its row says so. x sees it, . does not.
# floor: an employee in a department of production, without rights of his own; reader: involved, without a function
TABLE = """
case                  service sales quality engineering planning warehouse trade finance manager reader employee floor
without_goods         x       x     x       .           .        .         .     .       x       .      .        .
about_goods           x       x     x       .           .        .         .     .       x       .      .        .
of_other_nature       x       x     .       .           .        .         .     .       x       .      .        .
goods_of_other_nature x       x     x       .           .        .         .     .       x       .      .        .
claimed               x       x     .       .           .        .         .     x       x       .      .        .
settled               x       x     .       .           .        .         .     x       x       .      .        .
returned              x       x     x       x           x        x         x     .       x       .      .        .
reworked              x       x     x       x           x        x         x     .       x       .      .        x
registered_by_him     x       x     x       x           x        x         x     x       x       x      x        x
handled_by_him        x       x     x       x           x        x         x     x       x       x      x        x
answered_by_him       x       x     x       x           x        x         x     x       x       x      x        x
with_his_task         x       x     x       x           x        x         x     x       x       x      x        x
in_his_queue          x       x     x       x           x        x         x     x       x       x      x        x
with_his_line         x       x     x       x           x        x         x     x       x       x      x        x
of_his_department     x       x     x       x           x        x         x     x       x       x      x        x
caused_by_his         x       x     x       x           x        x         x     x       x       x      x        x
"""
# what belongs to a case
PARTS = ("cx.complaint.line", "cx.complaint.reference", "cx.contact", "cx.task", "cx.task.change", "cx.waiting",
         "cx.escalation", "cx.transfer")


def table():
    """The table as ``(case, who, whether he sees it)`` rows."""
    header, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [(row[0], who, cell == "x") for row in rows for who, cell in zip(header[1:], row[1:], strict=True)]


@tagged("post_install", "-at_install")
class TestCaseVisibility(CxRoles):
    """Each function sees what concerns it and writes only that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            login.removeprefix("cx_"): user for login, user in cls.users_by_login.items() if login.startswith("cx_")}
        cls.people["reader"] = cls._person("involved")
        cls.people["floor"] = cls._person("on_the_floor", "base.group_user")
        cls._department("production", members=cls.people["floor"])
        cls.role = cls._role("anybody", "quality")
        cls.root = cls.env.ref("base.user_root")

    @classmethod
    def _other(cls, **vals):
        """A case of somebody else, of another nature than quality."""
        return cls._case_under_rules(receiver_id=cls.root.id, nature="non_quality", **vals)

    @classmethod
    def _with_line(cls, case, **vals):
        return cls.env["cx.complaint.line"].create({"complaint_id": case.id, "name": "Leaks", **vals}).complaint_id

    @classmethod
    def _returned(cls, **vals):
        """A case whose goods are on an RMA; with ``work`` they are to be worked on."""
        case = cls._with_line(cls._other(), product_id=cls.product.id, quantity=2.0)
        rma = cls.env["cx.rma"].create({"partner_id": cls.customer.id, "warehouse_id": cls.warehouse.id})
        line = cls.env["cx.rma.line"].create({
            "rma_id": rma.id, "complaint_line_id": case.line_ids.id, "product_id": cls.product.id, "quantity": 2.0,
            "no_origin_reason": "Sold before"})
        if vals:
            # nothing was received: only whether there is a decision counts here
            with patch.object(cls.env.registry["cx.disposition"], "_check_cap", lambda self: None):
                cls.env["cx.disposition"].create({"rma_line_id": line.id, "quantity": 1.0, **vals})
        return case

    @classmethod
    def _settled(cls):
        case = cls._with_line(cls._other())
        cls.env["cx.settlement"].create({
            "complaint_line_id": case.line_ids.id, "partner_id": cls.customer.id, "warehouse_id": cls.warehouse.id})
        return case

    def _case_of(self, name, user):
        """The case of a row of the table, as it looks for one person."""
        departments = self.env["cx.department"].search([("member_ids", "in", user.ids)])
        if name.endswith(("his_department", "caused_by_his")) and not departments:
            departments = self._department("logistics", members=user)
        make = {
            "without_goods": lambda: self._case(receiver_id=self.root.id),
            "about_goods": lambda: self._with_line(self._case(receiver_id=self.root.id), product_id=self.product.id),
            "of_other_nature": self._other,
            "goods_of_other_nature": lambda: self._with_line(self._other(), product_id=self.product.id),
            "claimed": lambda: self._other(claimed_amount=10),
            "settled": self._settled,
            "returned": self._returned,
            "reworked": lambda: self._returned(work="rework"),
            "registered_by_him": lambda: self.env["cx.complaint"].with_user(user).create({"summary": "Heard"}),
            "handled_by_him": lambda: self._other(handler_id=user.id),
            "answered_by_him": lambda: self._other(first_responsible_id=user.id),
            "with_his_task": lambda: self._task(self._other(), self.role, user_id=user.id).complaint_id,
            "in_his_queue": lambda: self._task(
                self._other(), self.role, user_id=False, queue_user_ids=[(6, 0, user.ids)]).complaint_id,
            "with_his_line": lambda: self._with_line(self._other(), responsible_id=user.id),
            "of_his_department": lambda: self._other(department_id=departments[:1].id),
            "caused_by_his": lambda: self._other(responsible_department_id=departments[:1].id),
        }
        return make[name]().sudo().with_env(self.env)

    def test_table_of_who_sees_what(self):
        """Sixteen cases, twelve people: found in the list, opened, or neither."""
        for name, who, sees in table():
            user = self.people[who]
            case = self._case_of(name, user)
            with self.subTest(case=name, who=who):
                theirs = case.with_user(user)
                self.assertEqual(bool(theirs.search([("id", "=", case.id)])), sees)
                self.assertEqual(theirs.has_access("read"), sees)

    def test_parts_are_seen_with_the_case(self):
        """Lines, references, contacts, tasks and what became of them: seen by who sees the case, and by nobody else."""
        case = self._returned()
        parts = self._parts_of(case)
        for who in ("warehouse", "finance", "reader", "employee"):
            user = self.people[who]
            sees = case.with_user(user).has_access("read")
            self.assertEqual(sees, who == "warehouse")
            for model in PARTS:
                with self.subTest(who=who, model=model):
                    part = parts[model].with_user(user)
                    self.assertEqual(bool(part.search([("id", "=", part.id)])), sees)
                    self.assertEqual(part.has_access("read"), sees)

    def _parts_of(self, case):
        """One record of each kind that belongs to a case."""
        task = self._task(case, self.role, user_id=False, queue_user_ids=False)
        ladder = self.env["cx.ladder"].create({"procedure_id": self.procedure.id, "name": "Late", "code": "late"})
        rung = self.env["cx.ladder.rung"].create({"ladder_id": ladder.id, "role_id": self.role.id})
        vals = {"complaint_id": case.id}
        create = {
            "cx.complaint.reference": {**vals, "number": "PO-1"},
            "cx.contact": {**vals, "summary": "Rang", "user_id": self.root.id},
            "cx.task.change": {"task_id": task.id, "kind": "other"},
            "cx.waiting": {**vals, "waiting_for": "customer", "from_on": "2026-01-05 08:00:00", "reason": "Photos"},
            "cx.escalation": {"task_id": task.id, "rung_id": rung.id, "fired_on": "2026-01-05 08:00:00"},
            "cx.transfer": {**vals, "transferred_on": "2026-01-05 08:00:00", "reason": "Theirs"},
        }
        return {"cx.complaint.line": case.line_ids, "cx.task": task, **{
            model: self.env[model].create(values) for model, values in create.items()}}

    def test_each_writes_only_its_own(self):
        """Quality writes what concerns it and no other case; whoever only sees a case writes none."""
        quality = self.people["quality"]
        mine, others = self._case_of("about_goods", quality), self._other()
        mine.with_user(quality).judgement = "Worn"
        with self.assertRaises(AccessError):
            others.with_user(quality).judgement = "Worn"
        with self.assertRaises(AccessError):
            self._with_line(others).line_ids.with_user(quality).name = "Worn"
        for who in ("engineering", "planning", "warehouse", "trade", "finance", "reader", "employee", "floor"):
            case = self._case_of("registered_by_him", self.people[who])
            with self.subTest(who), self.assertRaises(AccessError):
                case.with_user(self.people[who]).judgement = "Worn"

    def test_it_follows_the_case(self):
        """Sight comes with a task and goes when it is somebody else's; it comes and goes with the department."""
        employee = self.people["employee"]
        case = self._other()
        task = self._task(case, self.role, user_id=employee.id, queue_user_ids=False)
        theirs = case.with_user(employee)
        self.assertTrue(theirs.has_access("read"))
        task.user_id = self.root
        self.assertFalse(theirs.has_access("read"))
        case.department_id = self._department("logistics", members=employee)
        self.assertTrue(theirs.has_access("read"))
        case.department_id.member_ids = False
        self.assertFalse(theirs.has_access("read"))

    def test_screens_open_beside_cases_of_others(self):
        """Who may open a return, an inspection or a decision opens it also when its case concerns others."""
        case = self._returned(work="rework")
        self.env["cx.settlement"].create({
            "complaint_line_id": case.line_ids.id, "partner_id": self.customer.id, "warehouse_id": self.warehouse.id})
        rma = case.rma_line_ids.rma_id
        inspection = self.env["cx.inspection"].create({"rma_line_id": case.rma_line_ids.id})
        for who in ("finance", "reader"):
            user = self.people[who]
            if who == "finance":
                Form(case.settlement_ids.with_user(user))
                case.settlement_ids.unlink()
            self.assertFalse(case.with_user(user).has_access("read"))
            for record in (rma, inspection, case.rma_line_ids.disposition_ids, case.rma_line_ids):
                with self.subTest(who=who, record=record):
                    Form(record.with_user(user))
                    self._read_list(record.with_user(user))
            self.assertFalse(rma.with_user(user).complaint_ids)
        self.assertEqual(rma.complaint_ids, case)

    def _read_list(self, record):
        """Read what the list shows of a record, as the client does."""
        arch = etree.fromstring(record.get_view(view_type="list")["arch"])
        names = {node.get("name") for node in arch.iter("field")} - {None}
        record.web_search_read([("id", "=", record.id)], {name: {"fields": {"display_name": {}}} for name in names})

    def test_rules_of_old_databases_give_way(self):
        """No rule is left by which whoever is involved sees every case."""
        reader = self.env.ref("cx_complaint.group_reader")
        for model in ("cx.complaint", *PARTS):
            self.assertFalse(self.env["ir.model"]._get(model).rule_ids.filtered(lambda rule: reader in rule.groups), model)
