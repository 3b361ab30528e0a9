from .common import CxCommon


class ProcedureCommon(CxCommon):
    """A small rulebook of the company's own, in draft, and how to put cases under it; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls._without_demo_rulebook()
        for model in ("cx.department", "cx.role"):
            cls.env[model].search([]).active = False
        cls.customer.write({"phone": "13800000001", "email": "customer@example.com"})
        cls.departments = {
            function: cls.env["cx.department"].create({
                "name": f"Cx {function}", "function": function, "sequence": -1,
                "head_id": cls.users_by_login[f"cx_{function}"].id,
                "duty_user_id": cls.users_by_login[f"cx_{function}"].id,
            }) for function in ("service", "sales", "quality", "warehouse")}
        cls.procedure = cls._create_procedure("CX")

    @classmethod
    def _create_procedure(cls, code, **vals):
        """Two roles, two milestones one after the other, a ladder, a cause."""
        procedure = cls.env["cx.procedure"].create({
            "name": f"Procedure {code}", "code": code, "company_id": cls.company.id, **vals})
        service = cls._part(procedure, "role", name="Service", code="service", function="service")
        quality = cls._part(procedure, "role", name="Quality", code="quality", function="quality", falls_to_id=service.id)
        ladder = cls.env["cx.ladder"].create({
            "procedure_id": procedure.id, "name": "Late", "code": "late",
            "rung_ids": [(0, 0, {"role_id": service.id, "when": "after", "offset": 1})]})
        first = cls._milestone(
            procedure, "reply", quality, start_event="received", stop_event="answered", ladder_id=ladder.id,
            limit_value=2, limit_unit="working_day")
        cls._milestone(procedure, "check", service, after_id=first.id)
        return procedure

    @classmethod
    def _part(cls, procedure, part, **vals):
        model = "cx.procedure.role" if part == "role" else f"cx.{part}"
        return cls.env[model].create({"procedure_id": procedure.id, **vals})

    @classmethod
    def _milestone(cls, procedure, code, role, **vals):
        return cls._part(procedure, "milestone", name=code.capitalize(), code=code, role_id=role.id, **vals)

    @classmethod
    def _role(cls, code, procedure=None):
        return (procedure or cls.procedure).role_ids.filtered(lambda role: role.code == code)

    @classmethod
    def _in_force(cls, procedure=None, **choice):
        """Put it in force and let cases fall under it."""
        procedure = procedure or cls.procedure
        procedure.action_put_in_force()
        return cls.env["cx.procedure.choice"].create({
            "company_id": cls.company.id, "procedure_id": procedure.id, **choice})

    @classmethod
    def _complain(cls, login="cx_service", **vals):
        """A case as it is registered, seen by the superuser."""
        return cls.env["cx.complaint"].with_user(cls.users_by_login[login]).create({
            "summary": "It rattles", "partner_id": cls.customer.id, **vals}).with_user(cls.env.user)

    def _codes(self, record, verb):
        return [blocker.code for blocker in record._blockers(verb)]
