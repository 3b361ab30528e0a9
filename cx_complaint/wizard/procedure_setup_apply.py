from odoo import fields, models
from odoo.exceptions import UserError


class ProcedureSetup(models.TransientModel):
    """What the assistant knows before anything is loaded, and the one step that changes something.

    Before the last step the picked procedures are loaded on trial only: read, and undone at once. The last step loads
    them for good and does what the summary says. Where that is not the same any more, because somebody else was there
    meanwhile or it was done already, it does nothing and shows what would be done now.
    """

    _inherit = "cx.procedure.setup"

    summary_html = fields.Html(string="Summary", readonly=True, sanitize=False)
    is_summary_renewed = fields.Boolean(readonly=True)

    def _load_picked(self):
        """Load what was picked and is not there yet, as drafts.

        :return: the procedures that were picked
        """
        picks = self._picked()
        if not picks:
            raise UserError(self.env._("Pick at least one procedure, then go on."))
        picks._check()
        missing = picks.filtered(lambda pick: not pick.procedure_id)
        loaded = self.env["cx.procedure"]._load_shipped(missing.mapped("code"), self.company_id)
        for pick, procedure in zip(missing, loaded, strict=True):
            pick.procedure_id = procedure
        picks._check()
        return picks.procedure_id

    def _on_trial(self, ask):
        """What ``ask`` says when the picked procedures are there; afterwards they are not, if they were not before.

        :param ask: without arguments, returns plain values
        """
        with self.env.cr.savepoint() as savepoint:
            self._load_picked()
            answer = ask()
            savepoint.rollback()
        self._forget_trial()
        return answer

    def _forget_trial(self):
        """What is kept in memory may name records that are not there any more."""
        self.env.registry.clear_cache()

    def action_apply(self):
        """Do what the summary says.

        :return: the procedures, to look at; or the summary anew where something else would be done by now
        """
        self.ensure_one()
        # of two people, or two clicks, the second finds done what the first did
        self.env["cx.guard"]._take([f"{self._name},{self.company_id.id}"])
        with self.env.cr.savepoint() as savepoint:
            procedures = self._load_picked()
            summary, shown = self._summary(), self.summary_html
            if summary == shown:
                for _text, do in self._steps():
                    do()
            else:
                savepoint.rollback()
        if summary != shown:
            self._forget_trial()
            self.write({"summary_html": summary, "is_summary_renewed": True, "step": "summary"})
            return self._reopened()
        return {
            "type": "ir.actions.act_window", "name": self.env._("Procedures"), "res_model": "cx.procedure",
            "view_mode": "list,form", "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", procedures.ids)]}
