from odoo import models


class Procedure(models.Model):
    """The page of a procedure: what makes a case serious, whose it is, what holds it up, who may do what."""

    _inherit = "cx.procedure"

    def _page_severity(self):
        """Severity rules, and where a return becomes a large batch."""
        severities = dict(self.severity_rule_ids._fields["severity"]._description_selection(self.env))
        rows = [[rule._rule_text(), severities[rule.severity], rule.clause] for rule in self.severity_rule_ids]
        if self.batch_limit:
            limit = f"{self.batch_limit:g}"
            if self.is_batch_limit_undecided:
                text = self.env._("More than %(limit)s returned; exactly %(limit)s: to be decided", limit=limit)
            elif self.is_batch_limit_large:
                text = self.env._("%(limit)s or more returned", limit=limit)
            else:
                text = self.env._("More than %(limit)s returned", limit=limit)
            rows.append([text, self.env._("Large batch"), ""])
        if self.inspect_above_qty:
            rows.append([self.env._("More than %(limit)s returned", limit=f"{self.inspect_above_qty:g}"),
                         self.env._("Quality inspects"), ""])
        if self.one_defect_share:
            rows.append([self.env._("One defect in more than %(share)s %% of what came back", share=f"{self.one_defect_share:g}"),
                         self.env._("Begins its milestones"), ""])
        return self._page_table(
            self.env._("Severity and Classes"),
            [(self.env._("What"), "left", 62), (self.env._("Counts As"), "left", 28), (self.env._("Clause"), "left", 10)], rows)

    def _page_causes(self):
        parties = dict(self.cause_ids._fields["party"]._description_selection(self.env))
        functions = dict(self.cause_ids._fields["function"]._description_selection(self.env))
        return self._page_table(
            self.env._("Causes and Who Answers for Them"),
            [(self.env._("Cause"), "left", 26), (self.env._("Responsible Party"), "left", 16),
             (self.env._("Responsible Function"), "left", 18), (self.env._("What Belongs to It"), "left", 32),
             (self.env._("Clause"), "left", 8)],
            [[cause.name, parties[cause.party], functions.get(cause.function) or self.env._("named case by case"),
              cause.description, cause.clause] for cause in self.cause_ids])

    def _page_routing(self):
        ranks = dict(self.route_ids._fields["min_rank"]._description_selection(self.env))
        return self._page_table(
            self.env._("Routing"),
            [(self.env._("Cases"), "left", 52), (self.env._("Go To"), "left", 24), (self.env._("Handled By"), "left", 16),
             (self.env._("Clause"), "left", 8)],
            [[": ".join(filter(None, (route.name, route.condition_text))) or self.env._("every other case"),
              route.role_id.name, ranks.get(route.min_rank), route.clause] for route in self.route_ids])

    def _page_gates(self):
        gates = dict(self.gate_ids._fields["code"]._description_selection(self.env))
        return self._page_table(
            self.env._("Gates"),
            [(self.env._("What Must Be There"), "left", 46), (self.env._("Applies"), "left", 24),
             (self.env._("Note"), "left", 22), (self.env._("Clause"), "left", 8)],
            [[gates[gate.code],
              (gate.condition_text or self.env._("always")) if gate.is_on else self.env._("switched off"),
              gate.note, gate.clause] for gate in self.gate_ids])

    def _page_authorities(self):
        """Which role may take which step: a row per role, a column per step; where it holds for some cases only, for which."""
        verbs = [(verb, label) for verb, label in self.authority_ids._fields["verb"]._description_selection(self.env)
                 if verb in self.authority_ids.mapped("verb")]
        rows = []
        for role in self.role_ids:
            may = self.authority_ids.filtered(lambda authority, role=role: role in authority.role_ids)
            if may:
                rows.append([role.name, *(self._page_may(may.filtered(lambda one, verb=verb: one.verb == verb))
                                          for verb, _label in verbs)])
        width = 76 // max(1, len(verbs))
        return self._page_table(
            self.env._("Authorities"),
            [(self.env._("Role"), "left", 24), *((label, "center", width) for _verb, label in verbs)], rows)

    def _page_may(self, authorities):
        """✓, with what it is limited to."""
        texts = ["; ".join(filter(None, (authority.condition_text, authority.note))) for authority in authorities]
        return "\n".join(f"✓ {text}".strip() for text in texts)

    def _page_guidance(self):
        steps = dict(self.guidance_ids._fields["step"]._description_selection(self.env))
        moods = dict(self.guidance_ids._fields["mood"]._description_selection(self.env))
        types = dict(self.guidance_ids._fields["customer_type"]._description_selection(self.env))
        return self._page_table(
            self.env._("Guidance"),
            [(self.env._("When"), "left", 20), (self.env._("What"), "left", 20), (self.env._("How"), "left", 36),
             (self.env._("Do Not Say"), "left", 16), (self.env._("Clause"), "left", 8)],
            [["; ".join(filter(None, (
                steps.get(advice.step), ", ".join(advice.channel_ids.mapped("name")), types.get(advice.customer_type),
                moods.get(advice.mood)))) or self.env._("always"),
              advice.name, advice.text, advice.avoid, advice.clause] for advice in self.guidance_ids])


class SeverityRule(models.Model):
    """What a severity rule looks at, in words."""

    _inherit = "cx.severity.rule"

    def _rule_text(self):
        """E.g. “Amount claimed: more than 10000 within 30 days”."""
        self.ensure_one()
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.is_undecided:
            figure = self.env._("figure to be decided")
        elif self.kind == "trigger":
            return self.trigger_id.name or self.name or kind
        elif not self.threshold:
            figure = ""
        elif self.is_included:
            figure = self.env._("%(limit)s or more", limit=f"{self.threshold:,g}")
        else:
            figure = self.env._("more than %(limit)s", limit=f"{self.threshold:,g}")
        if figure and self.days:
            figure = self.env._("%(figure)s within %(days)s days", figure=figure, days=self.days)
        return ": ".join(filter(None, (self.name or kind, figure)))
