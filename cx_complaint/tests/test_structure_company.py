from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from . import house
from .samples import CxSamples

# lists that a company may share with all others
SHARED = {
    "cx.channel", "cx.complaint.kind", "cx.category", "cx.defect", "cx.solution", "cx.verdict", "cx.rma.kind", "cx.form",
    "cx.form.block", "cx.guidance", "cx.warranty.rule", "cx.receipt.profile", "cx.grade", "cx.trigger", "cx.procedure",
    "cx.object.kind", "cx.service.event.kind",
}
# models without a company: what they belong to has one, and the rule goes over it
WITHOUT_COMPANY = {"cx.guard", "cx.form.block"}
# links that lead into another company on purpose
ACROSS = {
    "cx.transfer.to_complaint_id",  # the case there is what the transfer is about; only its number is shown
    "cx.task.milestone_id",  # of the procedure of the case, whose company is checked there; nobody writes it
}


@tagged("post_install", "-at_install")
class TestStructureCompany(CxSamples):
    """Two companies in one database: neither sees nor uses what is the other's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Cx Company B"})
        cls.manager_b = new_test_user(
            cls.env, "cx_manager_b", groups="cx_complaint.group_manager", company_id=cls.company_b.id,
            company_ids=[(6, 0, cls.company_b.ids)])

    def test_other_company_s_records_are_invisible(self):
        """The manager of company B finds and reads no record of company A, in any model."""
        for name, record in self.samples.items():
            foreign = record.with_user(self.manager_b).with_context(allowed_company_ids=self.company_b.ids)
            with self.subTest(model=name):
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                for operation in ("read", "write", "unlink"):
                    self.assertFalse(foreign.has_access(operation), operation)
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])

    def test_companies_are_on_every_record(self):
        """Every model knows its company, checks it on its links, and indexes it."""
        for name, model in house.stored_models(self.env).items():
            if name in WITHOUT_COMPANY:
                continue
            with self.subTest(model=name):
                field = model._fields["company_id"]
                if any(field.relational and field.check_company for field in model._fields.values()):
                    self.assertTrue(model._check_company_auto)
                self.assertTrue(field.store)
                if name not in SHARED and not field.related:
                    self.assertTrue(field.required)

    def test_links_check_the_company(self):
        """Every link between records that have companies refuses a record of another company."""
        open_links = []
        for name, model in house.stored_models(self.env).items():
            if not model._auto:
                continue  # a view over documents: nobody writes its links
            for field in model._fields.values():
                if not field.relational or field.type == "one2many" or field.related or field.compute or not field.store:
                    continue
                comodel = self.env[field.comodel_name]
                # a file belongs to the record that it hangs on, whatever company its uploader worked in
                if field.comodel_name in ("res.company", "res.users", "ir.attachment") or "company_id" not in comodel._fields:
                    continue
                own_company = model._fields.get("company_id")
                if own_company is None or (own_company.related or "").split(".")[0] == field.name:
                    continue  # the company comes from this very link
                if not field.check_company and (field._module or "") == house.MODULE and (
                        f"{name}.{field.name}" not in ACROSS):
                    open_links.append(f"{name}.{field.name} → {field.comodel_name}")
        self.assertFalse(open_links, "\n".join(open_links))

    def test_a_foreign_record_is_refused(self):
        """A superuser's import that mixes companies is refused as well, with a sentence."""
        role_b = self.env["cx.role"].create({
            "name": "Quality B", "function": "quality", "company_id": self.company_b.id})
        defect_b = self.env["cx.defect"].create({"name": "Defect B", "company_id": self.company_b.id})
        verdict_b = self.env["cx.verdict"].create({"name": "Verdict B", "company_id": self.company_b.id})
        for attempt in (
            lambda: self.samples["cx.approval.step"].write({"role_id": role_b.id}),
            lambda: self.samples["cx.complaint.line"].write({"defect_id": defect_b.id}),
            lambda: self.samples["cx.inspection.line"].write({"verdict_id": verdict_b.id}),
            lambda: self.samples["cx.rework.scheme"].write({"defect_ids": [(4, defect_b.id)]}),
        ):
            with self.assertRaisesRegex(UserError, "compan"), self.env.cr.savepoint():
                attempt()
                self.env.flush_all()

    def test_numbers_run_per_company(self):
        """A company with a number series of its own uses it, also for a user who works in several."""
        self.env["ir.sequence"].create({
            "name": "RMA of B", "code": "cx.complaint", "prefix": "B-", "company_id": self.company_b.id})
        in_b = self.env["cx.complaint"].create({"summary": "In B", "company_id": self.company_b.id})
        in_a = self.env["cx.complaint"].create({"summary": "In A", "company_id": self.env.company.id})
        self.assertTrue(in_b.name.startswith("B-"), in_b.name)
        self.assertFalse(in_a.name.startswith("B-"), in_a.name)
