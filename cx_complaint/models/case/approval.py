from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import signatures
from ...rules.filling import above


class Approval(models.Model):
    """A signature, asked for or given, on any document of ours. Written by verbs only; never deleted once signed."""

    _name = "cx.approval"
    _description = "Signature"
    _check_company_auto = True
    _order = "res_model, res_id, sequence, id"

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    kind = fields.Selection(
        [
            ("handled", "Handled"),
            ("reviewed", "Reviewed"),
            ("agreed", "Agreed"),
            ("countersigned", "Countersigned"),
            ("approved", "Approved"),
            ("acknowledged", "Acknowledged by an outsider"),
        ],
        required=True, readonly=True,
    )
    role_id = fields.Many2one("cx.role", readonly=True, check_company=True, ondelete="restrict")
    role_name = fields.Char(string="Role as of Then", readonly=True)
    proposer_id = fields.Many2one(
        "res.users", string="Proposed By", readonly=True, help="What he proposed he does not approve.")
    state = fields.Selection(
        [("asked", "Asked"), ("signed", "Signed"), ("refused", "Refused"), ("void", "Void")],
        default="asked", required=True, readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Signed By", readonly=True)
    signer_name = fields.Char(
        string="Name as of Then", readonly=True, help="A later renaming does not change it.")
    signed_on = fields.Datetime(readonly=True)
    remark = fields.Char(readonly=True)
    is_conflict = fields.Boolean(
        string="Declared Conflict", readonly=True,
        help="The signer proposed the document himself, and nobody else was entitled.",
    )
    checksum = fields.Char(readonly=True, help="Checksum of what was signed; the signature is void when that changes.")
    void_on = fields.Datetime(string="Void Since", readonly=True)

    _document_idx = models.Index("(res_model, res_id)")

    @api.depends("kind", "role_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            role = approval.role_name or approval.role_id.display_name or approval.signer_name
            approval.display_name = f"{kinds.get(approval.kind, '')}: {role}" if role else kinds.get(approval.kind)

    def write(self, vals):
        given = self.filtered(lambda approval: approval.state != "asked")
        if given and (not set(vals) <= {"state", "void_on"} or vals.get("state", "void") != "void"):
            raise UserError(self.env._(
                "The signature “%(signature)s” is given and stays as it is. It can only become void.",
                signature=given[0].display_name))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        given = self.filtered("signed_on")
        if given:
            raise UserError(self.env._(
                "The signature “%(signature)s” was given and is kept. Cancel the document instead of deleting it.",
                signature=given[0].display_name))

    # Who may

    def _entitled(self):
        """Who may sign each of these steps, and whether only with a declared conflict.

        A step goes to the people of its role; closed to them, to the substitutes, then up the ranks of the function,
        at last to the top of the company.
        :return: ``{approval id: (users, is_conflict)}``
        """
        filled = self.role_id._users_by_role()
        answers = {}
        for approval in self:
            ladder = approval._ladder(filled)
            closed = approval.proposer_id.ids if approval.kind == "approved" else ()
            people, is_conflict = signatures.entitled(ladder, closed)
            answers[approval.id] = (self.env["res.users"].browse(sorted(people)), is_conflict)
        return answers

    def _ladder(self, filled):
        """The rungs on which the step moves on when it is closed, as keys of users."""
        self.ensure_one()
        role = self.role_id.sudo()  # sudo: cx.role - who may sign is the same for whoever asks
        staff = role._staff(self.company_id.id)
        return [filled[role.id].ids, role.substitute_ids._cx_working_in(role.company_id).ids] + [
            post.people for post in above(staff.posts, role.function, role.rank)]

    def _as_steps(self, answers):
        """These rows as plain steps, in the order in which they are signed."""
        return [
            signatures.Step(approval.id, approval.sequence, frozenset(answers[approval.id][0].ids))
            for approval in self.sorted(lambda approval: (approval.sequence, approval.id))
        ]

    def _turn(self):
        """Those of these open steps of one document whose turn it is."""
        steps = [signatures.Step(approval.id, approval.sequence, frozenset()) for approval in self]
        return self.browse([step.key for step in signatures.turn(steps)])

    # What is written

    def _prepare_given_vals(self, checksum, remark, is_conflict=False):
        """Who signed and what: the name as it is today, the time, the checksum of the content."""
        return {
            "user_id": self.env.uid,
            "signer_name": self.env.user.name,
            "signed_on": fields.Datetime.now(),
            "remark": remark,
            "checksum": checksum,
            "is_conflict": is_conflict,
        }

    def _void(self):
        """Signatures that do not count any more; those that were only asked go away, refused ones stay refused."""
        self.filtered(lambda approval: approval.state == "signed").write(
            {"state": "void", "void_on": fields.Datetime.now()})
        self.filtered(lambda approval: approval.state == "asked").unlink()

    def _prepare_again_vals(self):
        """The same step asked once more, after what was signed has changed."""
        self.ensure_one()
        return {
            "res_model": self.res_model, "res_id": self.res_id, "company_id": self.company_id.id,
            "sequence": self.sequence, "kind": self.kind, "role_id": self.role_id.id, "role_name": self.role_name,
            "proposer_id": self.proposer_id.id, "state": "asked",
        }
