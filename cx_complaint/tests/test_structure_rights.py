"""Who may do what: the table of rights, and that nobody else may anything."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from . import house
from .samples import CxSamples

# c create, r read, w write, u delete; "-" not allowed. The sample is a record that the user did not register himself.
# Whoever has only rights of Odoo's own applications (stock, sales, MRP, accounting) is an employee here.
MATRIX = """
model                    service sales quality engineering planning warehouse trade finance manager employee
cx.department            -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.role                  -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.channel               -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.complaint.kind        -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.category              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.defect                -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.solution              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.verdict               -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.warranty.rule         -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.rma.kind              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.receipt.profile       -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.receipt.step          -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.object.kind           -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.object.phase          -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.service.event.kind    -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.object                crw-    crw-  crw-    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.service.event         crwu    crwu  crwu    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.approval.template     -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.approval.step         -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.form                  -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.guidance              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.form.block            -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.trigger               -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.procedure             -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.procedure.role        -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.procedure.revision    -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.cause.category        -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.ladder                -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.ladder.rung           -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.milestone             -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.milestone.band        -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.route                 -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.severity.rule         -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.gate                  -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.authority             -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.procedure.choice      -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    crwu    -r--
cx.complaint             crw-    crw-  crw-    cr--        cr--     cr--      cr--  cr--    crwu    c---
cx.complaint.line        crwu    crwu  crw-    cr--        cr--     cr--      cr--  cr--    crwu    c---
cx.complaint.reference   crwu    crwu  cr--    cr--        cr--     cr--      cr--  cr--    crwu    c---
cx.contact               crw-    crw-  cr--    cr--        cr--     cr--      cr--  cr--    crwu    c---
cx.task                  -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.clock.report          -r--    -r--  -r--    ----        ----     ----      ----  ----    -r--    ----
cx.ageing.report         -r--    -r--  -r--    ----        ----     ----      ----  ----    -r--    ----
cx.task.change           -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.waiting               -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.escalation            -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.transfer              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.approval              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.paper                 -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.rma                   crwu    crwu  -rw-    -r--        -rw-     -r--      -rw-  -r--    crwu    ----
cx.rma.line              crwu    crwu  -rw-    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.customs.contract      -r--    -r--  -r--    -r--        -r--     -r--      crwu  -r--    crwu    ----
cx.customs.contract.line -r--    -r--  -r--    -r--        -r--     -r--      crwu  -r--    crwu    ----
cx.consignment           crw-    crw-  -r--    -r--        -r--     crwu      -r--  -r--    crwu    ----
cx.inspection            -r--    -r--  crwu    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.inspection.line       -r--    -r--  crwu    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.left.goods            crw-    crw-  crwu    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.site.check            crwu    crwu  crw-    -rw-        -r--     -r--      -r--  -r--    crwu    ----
cx.site.check.line       crwu    crwu  crwu    crwu        -r--     -r--      -r--  -r--    crwu    ----
cx.negotiation           -rw-    -rw-  -rw-    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.rework.proof          -r--    -r--  -r--    crwu        -r--     -r--      -r--  -r--    crwu    ----
cx.sample                -r--    -r--  crwu    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.rework.scheme         -r--    -r--  -r--    crwu        -r--     -r--      -r--  -r--    crwu    ----
cx.rework.operation      -r--    -r--  -r--    crwu        -r--     -r--      -r--  -r--    crwu    ----
cx.rework.part           -r--    -r--  -r--    crwu        -r--     -r--      -r--  -r--    crwu    ----
cx.disposition           -r--    -r--  crwu    -rw-        -rw-     -rw-      -r--  -r--    crwu    ----
cx.extra.issue.report    -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.return.plan           -r--    -r--  -r--    -r--        crw-     -r--      -r--  -r--    crwu    ----
cx.disposition.component -r--   -r--  crwu    -rw-        -rw-     -rw-      -r--  -r--    crwu    ----
cx.cost                  -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.adoption              -r--    -r--  -r--    -r--        -r--     -r--      -r--  -r--    -r--    ----
cx.settlement            crw-    crw-  -r--    -r--        -r--     -r--      -r--  -r--    crwu    ----
cx.grade                 -r--     -r--   -r--     -r--         -r--      -r--       -r--   crwu     crwu     -r--
cx.discount.rate         -r--     -r--   -r--     -r--         -r--      -r--       -r--   crwu     -r--     ----
cx.internal.sale.item    -r--     -rw-   -rw-     -r--         -r--      -r--       -r--   crwu     -rw-     ----
cx.apart.release         -r--     -r--   crwu     -r--         -r--      -r--       -r--   crwu     crwu     ----
"""
OPERATIONS = {"create": "c", "read": "r", "write": "w", "unlink": "u"}
# models that no user reaches, and why
NOBODY = {"cx.guard": "rows that transactions write to serialise; no content"}


def matrix():
    """The table above as ``(model, login, letters)`` rows."""
    header, *rows = [line.split() for line in MATRIX.strip().splitlines()]
    return [(row[0], f"cx_{login}", letters) for row in rows for login, letters in zip(header[1:], row[1:], strict=True)]


@tagged("post_install", "-at_install")
class TestStructureRights(CxSamples):
    """The matrix of rights, checked cell by cell on a record of every model."""

    def test_the_matrix_holds(self):
        """Every function may do exactly what its column says."""
        for model, login, letters in matrix():
            record = self._as(login, self.samples[model])
            for operation, letter in OPERATIONS.items():
                with self.subTest(login=login, model=model, operation=operation):
                    # a new record has no row that a rule could refuse; create is asked of the model
                    target = record.browse() if operation == "create" else record
                    self.assertEqual(target.has_access(operation), letter in letters)

    def test_users_of_core_applications_are_employees_here(self):
        """Stock, sales, MRP and accounting rights alone open none of our records."""
        for model, login, letters in matrix():
            if login != "cx_employee":
                continue
            for core_login in ("stock_only", "sales_only", "mrp_only", "account_only"):
                record = self._as(core_login, self.samples[model])
                for operation, letter in OPERATIONS.items():
                    target = record.browse() if operation == "create" else record
                    with self.subTest(login=core_login, model=model, operation=operation):
                        self.assertEqual(target.has_access(operation), letter in letters)

    def test_every_model_stands_in_the_matrix(self):
        """No model is forgotten, and none is left without an access row and a rule of companies."""
        listed = {model for model, _login, _letters in matrix()}
        self.assertEqual(listed | set(NOBODY), set(house.stored_models(self.env)))
        for name in listed:
            model = self.env["ir.model"]._get(name)
            self.assertTrue(model.access_ids.filtered("group_id"), f"{name} has no access row")
            self.assertFalse(model.access_ids.filtered(lambda access: not access.group_id), f"{name} is open to all")
            rules = model.rule_ids.filtered(lambda rule: not rule.groups and "company_ids" in (rule.domain_force or ""))
            self.assertTrue(rules, f"{name} has no rule of companies that binds everybody")
        for name in NOBODY:
            access = self.env["ir.model"]._get(name).access_ids
            self.assertFalse(
                access.filtered(lambda row: row.perm_read or row.perm_write or row.perm_create or row.perm_unlink))

    def test_dialogs_have_access_rows(self):
        """Every dialog says who may open it; none is open to portal or public users."""
        internal = self.env.ref("base.group_user")
        for name, model in house.own_models(self.env).items():
            if model._transient:
                groups = self.env["ir.model"]._get(name).access_ids.group_id
                self.assertTrue(groups, f"{name} has no access row")
                for group in groups:
                    self.assertIn(internal, group.all_implied_ids | group, f"{name}: {group.full_name}")

    def test_employees_see_what_they_registered_and_no_more(self):
        """Anybody may register a complaint and then sees it with its lines and contacts; those of others he does not."""
        employee = self.users_by_login["cx_employee"]
        own = self.env["cx.complaint"].with_user(employee).create({"summary": "Heard on the phone"})
        line = self.env["cx.complaint.line"].with_user(employee).create({"complaint_id": own.id, "name": "Rattles"})
        for record in (own, line):
            self.assertTrue(record.has_access("read"), record)
        for model in ("cx.complaint", "cx.complaint.line", "cx.complaint.reference", "cx.contact"):
            others = self.samples[model].with_user(employee)
            self.assertFalse(others.search([("id", "=", others.id)]), model)
            with self.assertRaises(AccessError):
                others.read(["display_name"])

    def test_outsiders_read_nothing(self):
        """Portal and public users reach no record of ours, whatever it is."""
        portal = new_test_user(self.env, "cx_portal", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            for name in house.stored_models(self.env):
                for operation in OPERATIONS:
                    with self.subTest(user=user.login, model=name, operation=operation):
                        self.assertFalse(self.env[name].with_user(user).has_access(operation))

    def test_each_function_is_a_privilege_of_its_own(self):
        """A privilege is a single choice on the user form: two groups in one would drop rights when it is saved."""
        groups = self.env["res.groups"].search([])
        ours = groups.filtered(lambda group: (group.get_external_id()[group.id] or "").startswith("cx_complaint."))
        for privilege in ours.privilege_id:
            self.assertEqual(len(privilege.group_ids), 1, privilege.name)
        user = self.users_by_login["cx_quality"]
        user.write({"group_ids": [Command.link(self.env.ref("cx_complaint.group_planning").id)]})
        self.assertTrue(user.has_group("cx_complaint.group_quality") and user.has_group("cx_complaint.group_planning"))
