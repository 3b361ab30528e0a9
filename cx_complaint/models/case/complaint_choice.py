from odoo import fields, models

from ...rules.choices import Case, choose


class Complaint(models.Model):
    """Which rulebook a case falls under: chosen when it is registered, and anew until it is confirmed.

    The first row of the company's choices that fits; among rows of the same place the one that asks most. An edition
    that was put in force meanwhile does not take a case over: whoever wants that moves it.
    """

    _inherit = "cx.complaint"

    is_procedure_moved = fields.Boolean(
        string="Procedure Chosen by Hand", readonly=True, copy=False, help="Somebody chose the procedure by hand.")

    def _choose_procedures(self):
        """Put the cases under the procedure that the company chose for them."""
        Choice = self.env["cx.procedure.choice"]
        if not Choice._by_company():
            return
        choices = {company.id: Choice._of_company(company) for company in self.company_id}
        cases = self.filtered(lambda case: (
            choices.get(case.company_id.id) and not case.confirmed_on and case.decision == "open"
            and not case.is_procedure_moved))
        asked = [choice for company in cases.company_id for choice in choices[company.id]]
        chosen = {}
        for case, facts in cases._choice_facts(asked).items():
            choice = choose(choices[case.company_id.id], facts)
            procedure = self.env["cx.procedure"].browse(choice.procedure if choice else ())
            if procedure != case.procedure_id and not case._is_same_rulebook(procedure):
                chosen[procedure] = chosen.get(procedure, self.browse()) | case
        for procedure, cases_of_it in chosen.items():
            cases_of_it._put_under(procedure, self.env._("The company's choice"))

    def _put_under(self, procedure, reason, **vals):
        """Write the procedure; what follows from it extends this.

        :param reason: why; for what keeps it
        :param vals: what is written together with it
        """
        # sudo: cx.complaint - follows from the company's choices, or from who may move a case
        self.sudo().write({**vals, "procedure_id": procedure.id})

    def _is_same_rulebook(self, procedure):
        """Whether the case is under another edition of it already."""
        self.ensure_one()
        current = self.procedure_id.sudo()  # sudo: cx.procedure - the code only
        return bool(current) and current.code == procedure.sudo().code

    def _choice_facts(self, choices):
        """What the choices ask of each case: ``{complaint: Case}``; what none of them asks is not read."""
        asks = {name for choice in choices for name in ("partner", "product_category", "category")
                if getattr(choice, name) is not None}
        cases = self.sudo()  # sudo: res.partner, product.category - only which stands above which
        facts = {}
        for case in cases:
            partners = (case.partner_id.id, case.commercial_partner_id.id) if "partner" in asks else ()
            paths = tuple(
                tuple(reversed([int(key) for key in category.parent_path.split("/") if key]))
                for category in case.line_ids.product_id.categ_id) if "product_category" in asks else ()
            categories = tuple(case._category_path()) if "category" in asks else ()
            facts[self.browse(case.id)] = Case(partners, paths, categories, case.channel_id.id or None)
        return facts

    def _category_path(self):
        """Ids of the category of the case and of those above it, the nearest first."""
        self.ensure_one()
        category, path = self.category_id.sudo(), []  # sudo: cx.category - only which stands above which
        while category and category.id not in path:
            path.append(category.id)
            category = category.parent_id
        return path

    # Numbers

    def _is_numbered_later(self, company_id):
        """Whether the number waits for the procedure: one of the company's has a number series of its own."""
        numbered = self.env["cx.procedure"]._with_numbers()
        return bool(numbered) and any(
            choice.procedure in numbered
            for choice in self.env["cx.procedure.choice"]._of_company(self.env["res.company"].browse(company_id)))

    def _number(self):
        """Give cases without a number the next one of their procedure, else of their company."""
        numbered = self.env["cx.procedure"]._with_numbers()
        for complaint in self.filtered(lambda case: case.name == "/"):
            sequences = self.env["ir.sequence"].with_company(complaint.company_id)
            sequence = numbered.get(complaint.procedure_id.id)
            # sudo: ir.sequence, cx.complaint - whoever may register a case gets a number for it
            complaint.sudo().name = (
                sequences.sudo().browse(sequence).next_by_id() if sequence else sequences.next_by_code("cx.complaint")) or "/"
