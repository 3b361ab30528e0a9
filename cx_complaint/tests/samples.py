from unittest.mock import patch

from .common import CxCommon


class CxSamples(CxCommon):
    """One record of every model that keeps records, made by a superuser; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.samples = cls._create_samples(cls.env.company, cls.customer, cls.product)

    @classmethod
    def _create_samples(cls, company, partner, product):
        """One record of every model in a company, by model name."""
        env = cls.env(context=dict(cls.env.context, allowed_company_ids=company.ids))
        samples = {}

        def sample(model, **vals):
            samples[model] = env[model].create(vals)
            return samples[model]

        cls._create_procedure_samples(sample, company)
        complaint = sample(
            "cx.complaint", summary="A pump leaks", company_id=company.id, partner_id=partner.id,
            receiver_id=cls.env.ref("base.user_root").id)
        line = sample("cx.complaint.line", complaint_id=complaint.id, product_id=product.id, quantity=2.0)
        one = sample("cx.object", kind_id=samples["cx.object.kind"].id, identifier="AB 123", company_id=company.id)
        sample("cx.service.event", object_id=one.id, kind_id=samples["cx.service.event.kind"].id)
        sample("cx.complaint.reference", complaint_id=complaint.id, number="PO-4711")
        milestone = cls._create_rulebook_samples(sample, company)
        cls._create_task_samples(sample, complaint, milestone, samples["cx.ladder.rung"])
        sample("cx.contact", summary="Rang back", complaint_id=complaint.id, partner_id=partner.id, company_id=company.id,
               user_id=cls.env.ref("base.user_root").id)
        warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        rma = sample("cx.rma", partner_id=partner.id, company_id=company.id, warehouse_id=warehouse.id,
                     kind_id=env.ref("cx_complaint.rma_kind_return").id)
        rma_line = sample("cx.rma.line", rma_id=rma.id, complaint_line_id=line.id, product_id=product.id, quantity=2.0,
                          no_origin_reason="Sold before this system")
        sample("cx.consignment", waybill="1Z 999", company_id=company.id, warehouse_id=warehouse.id,
               freight_payer="company", freight_amount=5.0)
        for model in ("cx.clock.report", "cx.ageing.report"):
            samples[model] = env[model].search([("complaint_id", "=", complaint.id)], limit=1)
        samples["cx.cost"] = env["cx.cost"].search([("company_id", "=", company.id)], limit=1)  # the freight
        contract = sample("cx.customs.contract", company_id=company.id)
        sample("cx.customs.contract.line", contract_id=contract.id, product_id=product.id)
        inspection = sample("cx.inspection", rma_line_id=rma_line.id)
        sample("cx.inspection.line", inspection_id=inspection.id, quantity=1.0,
               verdict_id=samples["cx.verdict"].id)
        sample("cx.negotiation", inspection_line_id=samples["cx.inspection.line"].id, kind="misreturn", quantity=1.0)
        sample("cx.left.goods", complaint_line_id=line.id, quantity=1.0)
        check = sample("cx.site.check", complaint_id=complaint.id)
        samples["cx.site.check.line"] = check.line_ids  # all goods of the case
        sample("cx.sample", company_id=company.id, product_id=product.id)
        with patch.object(env.registry["cx.disposition"], "_check_cap", lambda self: None):  # a sample came from nowhere
            sample("cx.disposition", rma_line_id=rma_line.id, quantity=1.0, work="dismantle")
        sample("cx.disposition.component", disposition_id=samples["cx.disposition"].id, product_id=product.id)
        cls._create_scheme_samples(sample, env, company, product)
        settlement = sample("cx.settlement", complaint_line_id=line.id, partner_id=partner.id, product_id=product.id,
                            warehouse_id=warehouse.id)
        sample("cx.adoption", kind="delivery", document_name="WH/OUT/1", settlement_id=settlement.id,
               complaint_id=complaint.id)
        cls._create_after_samples(sample, warehouse, product)
        sample("cx.return.plan", rma_line_id=rma_line.id)
        sample("cx.extra.issue.report", company_id=company.id, date_from="2020-01-01", date_to="2020-01-31")
        sample("cx.approval", res_model="cx.rma", res_id=rma.id, company_id=company.id, kind="approved")
        sample("cx.paper", name="RMA form", paper="rma", document_name="RMA", res_model="cx.rma", res_id=rma.id, company_id=company.id)
        return samples

    @classmethod
    def _create_procedure_samples(cls, sample, company):
        """The rulebook of the company."""
        department = sample("cx.department", name="Plant quality", function="quality", company_id=company.id)
        role = sample("cx.role", name="Quality clerk", function="quality", company_id=company.id,
                      department_ids=department.ids)
        for model in ("channel", "complaint.kind", "category", "defect", "solution", "verdict", "rma.kind", "warranty.rule",
                      "service.event.kind"):
            sample(f"cx.{model}", name=f"Own {model}", company_id=company.id)
        kind = sample("cx.object.kind", name="Own object.kind", company_id=company.id)
        sample("cx.object.phase", kind_id=kind.id, name="Under way")
        profile = sample("cx.receipt.profile", name="Own profile", company_id=company.id)
        sample("cx.receipt.step", profile_id=profile.id, step="count")
        sample("cx.guidance", name="Listen first", step="intake", text="Let him finish.", company_id=company.id)
        template = sample("cx.approval.template", name="Two signatures", company_id=company.id)
        sample("cx.approval.step", template_id=template.id, role_id=role.id)
        form = sample("cx.form", name="Return form", paper="rma", company_id=company.id)
        sample("cx.form.block", form_id=form.id, code="header")

    @classmethod
    def _create_rulebook_samples(cls, sample, company):
        """A procedure with a row of each kind."""
        sample("cx.trigger", name="Own trigger", company_id=company.id)
        procedure = sample("cx.procedure", name="Own procedure", code="OWN", company_id=company.id)
        part = {"procedure_id": procedure.id}
        role = sample("cx.procedure.role", name="Quality", code="quality", function="quality", **part)
        sample("cx.procedure.revision", name="First edition", **part)
        sample("cx.cause.category", name="Making", **part)
        ladder = sample("cx.ladder", name="Late", code="late", **part)
        sample("cx.ladder.rung", ladder_id=ladder.id, role_id=role.id)
        milestone = sample("cx.milestone", name="Finding", code="finding", role_id=role.id, start_event="received",
                           limit_value=2, limit_unit="working_day", **part)
        sample("cx.milestone.band", milestone_id=milestone.id, limit_value=24)
        sample("cx.route", role_id=role.id, **part)
        sample("cx.severity.rule", kind="amount", threshold=10000, **part)
        sample("cx.gate", code="read_back", **part)
        sample("cx.authority", verb="close", role_ids=role.ids, **part)
        in_force = procedure.copy({"code": "RULED"})  # cases fall under what is in force only
        in_force.action_put_in_force()
        sample("cx.procedure.choice", procedure_id=in_force.id, company_id=company.id)
        return milestone

    @classmethod
    def _create_task_samples(cls, sample, complaint, milestone, rung):
        """A task of the case, what changed about it, who was told, what it waited for, who else had it."""
        task = sample("cx.task", complaint_id=complaint.id, milestone_id=milestone.id,
                      started_on="2026-01-05 08:00:00")
        sample("cx.task.change", task_id=task.id, kind="other")
        sample("cx.escalation", task_id=task.id, rung_id=rung.id, fired_on="2026-01-07 08:00:00")
        sample("cx.waiting", complaint_id=complaint.id, waiting_for="customer", from_on="2026-01-05 09:00:00",
               reason="Photos")
        sample("cx.transfer", complaint_id=complaint.id, transferred_on="2026-01-05 10:00:00", reason="Theirs")

    @classmethod
    def _create_after_samples(cls, sample, warehouse, product):
        """Goods kept apart and their prices."""
        sample("cx.grade", name="Scratched", company_id=warehouse.company_id.id)
        sample("cx.discount.rate", product_id=product.id, company_id=warehouse.company_id.id)
        sample("cx.internal.sale.item", product_id=product.id, warehouse_id=warehouse.id)
        sample("cx.apart.release", product_id=product.id, warehouse_id=warehouse.id, reason="Not needed any more",
               location_id=warehouse.cx_sample_loc_id.id)

    @classmethod
    def _create_scheme_samples(cls, sample, env, company, product):
        """A rework scheme with an operation and a part."""
        scheme = sample("cx.rework.scheme", name="Clean", company_id=company.id)
        bench = env["mrp.workcenter"].create({"name": "Bench", "company_id": company.id})
        sample("cx.rework.operation", scheme_id=scheme.id, name="Clean", workcenter_id=bench.id)
        sample("cx.rework.part", scheme_id=scheme.id, product_id=product.id)
        sample("cx.rework.proof", scheme_id=scheme.id, unit="Piece 1", analysis="Dirty", repair="Cleaned", result="passed")
