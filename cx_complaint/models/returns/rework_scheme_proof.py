from odoo import fields, models

from ...rules.blocker import Blocker


class ReworkSchemeProof(models.Model):
    """A scheme is proved on representative pieces before everything is worked by it."""

    _inherit = "cx.rework.scheme"

    engineer_id = fields.Many2one(
        "res.users", index="btree_not_null", help="Assists the shop floor when goods are worked by it.")
    proof_ids = fields.One2many("cx.rework.proof", "scheme_id", string="Repair Reports", copy=False)
    sample_ids = fields.Many2many(
        "cx.sample", "cx_rework_scheme_sample_rel", "scheme_id", "sample_id", string="Limit Samples",
        check_company=True, domain="[('state', 'in', ('kept', 'lent'))]", help="What the result of the work is compared with.")

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "prove" and self.proof_ids:
            # a report says more than the note
            blockers = [blocker for blocker in blockers if blocker.code != "no_proof"]
        if verb in ("prove", "release"):
            blockers += self._blockers_failed()
        if verb == "prove" and self.company_id.cx_is_proof_needed:
            blockers += self._blockers_report()
        if verb == "release":
            blockers += self.sample_ids._blockers_unusable(self.display_name)
            if self.company_id.cx_is_proof_needed and self.state == "draft":
                blockers.append(Blocker(
                    "not_proved", self.display_name, self.env._("It is not proved on a representative piece."),
                    self.env._("Record the repair report of the piece, then press “Prove”.")))
        return blockers

    def _blockers_failed(self):
        """What went wrong last has to go right once before the scheme counts."""
        last = self.proof_ids.sorted(lambda proof: (proof.proved_on, proof.id))[-1:]
        if last.result != "failed":
            return []
        return [Blocker(
            "proof_failed", self.display_name,
            self.env._("The last piece it was tried on (%(unit)s) failed.", unit=last.unit),
            self.env._("Change the scheme and record a piece that passed."))]

    def _blockers_report(self):
        if self.proof_ids.filtered(lambda proof: proof.result == "passed" and proof.photo):
            return []
        return [Blocker(
            "report_missing", self.display_name, self.env._("No repair report of a piece that passed has a photo."),
            self.env._("Record which piece, what was done, the result, and a photo."))]
