from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import signatures
from ...rules.blocker import Blocker

_ACTIVITY = "cx_complaint.mail_activity_type_signature"


class ApprovalMixin(models.AbstractModel):
    """A document that is signed step by step; it must be a ``mail.activity.mixin`` as well.

    A model says what is signed (``_signed_values``, ``_SIGNED_FIELDS``) and what follows (``_on_all_signed``,
    ``_on_signature_refused``); its verbs ask (``_ask_signatures``) and wait (``_blockers_unsigned``).
    """

    _name = "cx.approval.mixin"
    _description = "Document That Is Signed"

    _SIGNED_FIELDS = frozenset()  # fields of the document whose change may make signatures void

    approval_ids = fields.One2many(
        "cx.approval", "res_id", string="Signatures", readonly=True, copy=False,
        domain=lambda self: [("res_model", "=", self._name)])
    is_my_turn = fields.Boolean(
        string="Waits for My Signature", compute="_compute_is_my_turn", search="_search_is_my_turn", compute_sudo=True)

    @api.depends("approval_ids.state")
    @api.depends_context("uid")
    def _compute_is_my_turn(self):
        answers = self._open_approvals()._entitled()
        for document in self:
            steps = document._open_approvals()._as_steps(answers)
            document.is_my_turn = bool(signatures.signed_at_once(steps, self.env.uid))

    def _search_is_my_turn(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.env["cx.approval"].search([("res_model", "=", self._name), ("state", "=", "asked")])
        documents = self.browse(set(rows.mapped("res_id")))
        return [("id", "in", documents.filtered("is_my_turn").ids)]

    # What a document says of itself

    def _signed_values(self):
        """What is signed, as values that JSON can hold; a change of them makes signatures void."""
        self.ensure_one()
        raise NotImplementedError

    def _proposer(self):
        """The user whose proposal is signed; approving steps are closed to him."""
        self.ensure_one()
        return self.create_uid

    def _on_all_signed(self):
        """What follows the last signature."""

    def _on_signature_refused(self, remark):
        """What follows a refused signature."""

    # Asking

    def _ask_signatures(self, template):
        """Ask the steps of a template, one after the other; whatever was asked or signed before is void."""
        approvals = self.env["cx.approval"].sudo()  # sudo: cx.approval - written by verbs only
        self._withdraw_signatures()
        approvals.create([
            {
                "res_model": self._name, "res_id": document.id, "company_id": document.company_id.id,
                "sequence": step.sequence, "kind": step.kind, "role_id": step.role_id.id,
                "role_name": step.role_id.name, "proposer_id": document._proposer().id, "state": "asked",
            }
            for document in self for step in template.sudo().step_ids  # sudo: cx.approval.step - part of the rulebook
        ])
        self._after_signatures_changed()

    def _withdraw_signatures(self):
        """Make every signature void, given or asked: the document starts again or ends."""
        self.approval_ids.sudo()._void()  # sudo: cx.approval - written by verbs only
        self._after_signatures_changed()

    def _renew_signatures(self):
        """Make signatures void that were given on another content, and ask the same steps again."""
        stale = self.env["cx.approval"].sudo()  # sudo: cx.approval - written by verbs only
        for document in self:
            given = document.approval_ids.sudo().filtered(lambda approval: approval.state == "signed")
            if given:
                current = document._content_checksum()
                stale |= given.filtered(lambda approval, current=current: approval.checksum != current)
        if stale:
            again = [approval._prepare_again_vals() for approval in stale if approval.role_id]
            stale._void()
            stale.create(again)
            self._after_signatures_changed()

    def _after_signatures_changed(self):
        """Forget what was read of the rows and move the to-dos on to those whose turn it is."""
        self.invalidate_recordset(["approval_ids", "is_my_turn"])
        self.sudo().activity_unlink([_ACTIVITY])  # sudo: mail.activity - also those of the other entitled people
        self._schedule_signatures()

    def _schedule_signatures(self):
        """A to-do for everybody who may sign now."""
        answers = self._open_approvals()._entitled()
        activity_type = self.env.ref(_ACTIVITY)
        vals_list = []
        for document in self:
            by_user = defaultdict(list)
            for approval in document._open_approvals()._turn():
                for user in answers[approval.id][0]:
                    by_user[user.id].append(approval.display_name)
            vals_list += [{
                "res_model_id": self.env["ir.model"]._get_id(self._name), "res_id": document.id,
                "activity_type_id": activity_type.id, "user_id": user_id, "automated": True,
                "summary": ", ".join(names), "date_deadline": fields.Date.context_today(self),
            } for user_id, names in by_user.items()]
        # sudo: mail.activity - who signs need not be allowed to change the document, nor who asks him
        self.env["mail.activity"].sudo().create(vals_list)

    # Signing

    def action_sign(self):
        """Sign every step of these documents that is the user's turn."""
        self._sign()

    def action_open_signature(self):
        """Sign with a remark, or refuse and say why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign %(document)s", document=self.display_name),
            "res_model": "cx.approval.sign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_document": f"{self._name},{self.id}"},
        }

    def _sign(self, remark=None):
        """Sign, and let follow what follows the last signature.

        :raises UserError: for a document on which it is somebody else's turn
        """
        answers = self._begin_signing()
        for document in self:
            rows = document._rows_of_user(answers)
            for row in rows:
                vals = row._prepare_given_vals(
                    document._content_checksum(), remark, answers[row.id][1] and row.proposer_id == self.env.user)
                row.write({"state": "signed", **vals})
        self._after_signatures_changed()
        self.filtered(lambda document: not document._open_approvals())._on_all_signed()

    def _refuse_signature(self, remark):
        """Refuse the step whose turn it is.

        :raises UserError: for a document on which it is somebody else's turn
        """
        answers = self._begin_signing()
        for document in self:
            row = document._rows_of_user(answers)[:1]
            row.write({"state": "refused", **row._prepare_given_vals(document._content_checksum(), remark)})
        self._after_signatures_changed()
        self._on_signature_refused(remark)

    def _sign_now(self, kind, proposer):
        """Record a signature of the user that no template asked for, such as the decision of one entitled person.

        :param kind: kind of the signature, as on ``cx.approval``
        :param proposer: user who proposed; signing his own proposal is a declared conflict
        :return: the rows, one per document
        """
        approvals = self.env["cx.approval"].sudo()  # sudo: cx.approval - written by verbs only, rights checked there
        rows = approvals.create([
            {
                "res_model": self._name, "res_id": document.id, "company_id": document.company_id.id, "kind": kind,
                "proposer_id": proposer.id, "state": "signed",
                **approvals._prepare_given_vals(document._content_checksum(), None, proposer == self.env.user),
            }
            for document in self
        ])
        self.invalidate_recordset(["approval_ids"])
        return rows

    def _begin_signing(self):
        """Serialise the signers, drop what was signed on other content; who may sign what is open."""
        self.check_access("read")
        self.env["cx.guard"]._take_for(self)
        self._renew_signatures()
        return self._open_approvals()._entitled()

    def _rows_of_user(self, answers):
        """The steps the user signs now.

        :raises UserError: when there is none, naming whose turn it is
        """
        self.ensure_one()
        rows = self._open_approvals()
        keys = signatures.signed_at_once(rows._as_steps(answers), self.env.uid)
        if not keys:
            blockers = self._blockers_unsigned()
            raise UserError("\n".join(blocker.sentence() for blocker in blockers) or self.env._(
                "%(document)s waits for no signature.", document=self.display_name))
        return rows.browse(keys)

    # Reading

    def _open_approvals(self):
        """The steps that are asked and not given yet."""
        rows = self.approval_ids.sudo()  # sudo: cx.approval - who signs need not be allowed to list signatures
        return rows.filtered(lambda approval: approval.state == "asked")

    def _content_checksum(self):
        self.ensure_one()
        return signatures.checksum(self._signed_values())

    def _blockers_unsigned(self):
        """One blocker per step that is not signed, or was signed on another content."""
        self.ensure_one()
        rows = self.approval_ids.sudo()  # sudo: cx.approval - as in _open_approvals
        current = self._content_checksum() if rows else None
        missing = rows.filtered(lambda approval: approval.state == "asked" or (
            approval.state == "signed" and approval.role_id and approval.checksum != current))
        answers = missing._entitled()
        blockers = []
        for approval in missing.sorted(lambda approval: (approval.sequence, approval.id)):
            people = answers[approval.id][0]
            blockers.append(Blocker(
                "unsigned", self.display_name,
                self.env._("The signature “%(signature)s” is missing.", signature=approval.display_name),
                self.env._("Ask %(people)s to sign.", people=", ".join(people.sudo().mapped("name")))
                if people else self.env._(
                    "Nobody fills the role: name its users under Configuration.")))
        return blockers

    # ORM

    def write(self, vals):
        result = super().write(vals)
        if not self._SIGNED_FIELDS.isdisjoint(vals):
            self._renew_signatures()
        return result

    def unlink(self):
        rows = self.approval_ids.sudo()  # sudo: cx.approval - asked rows go with their document, given ones refuse
        rows.unlink()
        return super().unlink()
