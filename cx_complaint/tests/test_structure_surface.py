"""What a client may call: every public method of our models is an RPC endpoint. This file lists them all."""

import inspect

from odoo.tests import TransactionCase, tagged

from . import house

# Public methods that are no verb of a table, by model: what they are and who checks.
# A name that starts with “action_view_” only opens records; the rules of those records decide who sees what.
ALLOWED = {
    "cx.approval.mixin": {
        "action_sign": "signs the steps that are the caller's turn; refuses everybody else",
        "action_open_signature": "opens the signing dialog",
    },
    "cx.approval.sign": {
        "action_sign": "as cx.approval.mixin.action_sign, with a remark",
        "action_refuse": "refuses the step that is the caller's turn, with a reason",
    },
    "cx.adoption": {"action_take_back": "groups of the verb that links; every blocker"},
    "cx.document.link": {"action_link": "groups of the verb that links, every blocker of each document"},
    "cx.complaint": {
        "action_wait": "opens the dialog; customer service, sales, quality or the handler",
        "action_resume": "as action_wait",
        "action_change_procedure": "opens the dialog that moves; who may is checked here and there",
        "action_create_rma": "drafts RMAs; the right to create one decides",
        "action_confirm_on_site": "opens or begins an on-site confirmation; the right to create one decides",
        "get_import_templates": "a name and an address of a file that everybody may fetch",
    },
    "cx.complaint.change.procedure": {"action_move": "moves; the complaint manager or the head of customer service"},
    "cx.complaint.wait": {"action_wait": "as cx.complaint.action_wait"},
    "cx.complaint.cancel": {"action_cancel": "cancels with a reason, by the verb of the complaint"},
    "cx.complaint.reopen": {"action_reopen": "reopens with stage and reason, by the verb of the complaint"},
    "cx.complaint.transfer": {"action_transfer": "the verbs transfer, record_result and give_back of the complaint"},
    "cx.complaint.intake": {
        "action_register": "registers what was told; every employee may",
        "action_repeat": "notes a repeated call, on an open case of the same caller only",
    },
    "cx.complaint.line": {
        "action_judge": "quality only, and the right to write the line",
        "action_propose_correction": "customer service and sales; the right to write the line",
        "action_propose_solution": "proposes; the right to create a settlement decides",
        "action_propose_replacement": "proposes; the right to create a settlement decides",
        "action_propose_credit": "proposes; the right to create a settlement decides",
        "action_propose_deduction": "proposes; the right to create a settlement decides",
        "action_propose_charge": "proposes; the right to create a settlement decides",
        "action_override_warranty": "opens the dialog; the complaint manager only",
    },
    "cx.consignment.receive": {"action_receive": "the verb receive_unassigned or identify of the consignment"},
    "cx.consignment.scan": {"action_find": "finds or starts a consignment; the rights on them decide"},
    "cx.procedure": {"action_move_open_cases": "opens the dialog that moves; as cx.complaint.action_change_procedure"},
    "cx.procedure.edition": {"action_make": "the verb new_edition of the procedure"},
    "cx.control.list": {"action_export": "opens the download, which reads with the user's own rights"},
    "cx.task.done": {
        "action_done": "as cx.task.action_done",
        "action_explain": "as cx.task.action_explain",
    },
    "cx.task.extend": {"action_extend": "as cx.task.action_extend"},
    "cx.task.tell": {"action_tell": "as cx.task.action_tell_customer"},
    "cx.desk": {"show": "counts what the user may read, of the queues of his functions"},
    "cx.discount.rate": {"action_collect": "lists what has no discount; the right to create one decides"},
    "cx.internal.sale.item": {
        "action_collect": "lists what has no item; the right to create one decides",
        "action_request": "reserves an offered item for the caller himself; every employee may",
        "action_let_go": "gives a reserved item back; who reserved it, or finance",
    },
    "cx.disposition": {
        "action_rework_rest": "proposes for the rest; groups of the verb approve",
        "action_create_rework_orders": "the verb execute, for those of a selection that are reworked",
        "action_create_scraps": "the verb execute, for those of a selection that are scrapped",
        "action_restock": "the verb execute, for those of a selection that go to stock",
        "action_release_part": "asks how much passed; the verb release",
        "action_release_found": "the verb release, for what the inspection found good",
        "action_approve_execute": "the verbs approve and execute",
    },
    "cx.disposition.release": {"action_release": "the verb release, for a part"},
    "cx.dock": {
        "awaited": "lists parcels; groups of the verb receive of the consignment, and its record rules",
        "find": "finds or starts a parcel; as awaited, and the rights on consignments",
        "start": "starts a parcel, once for a token; as find",
        "show": "one parcel; as awaited, and the right to write it",
        "scan": "says what a code means; as show",
        "add_photo": "keeps a photo with a parcel; as show",
        "place": "receives a count, once for a token; as show, the verbs count and receive_unassigned",
    },
    "cx.inspection": {
        "action_report_mismatch": "as cx.rma.line.action_report_mismatch",
        "action_inspect_next": "as cx.rma.line.action_inspect",
    },
    "cx.paper": {
        "action_download": "fetches the file; the right to read the paper decides",
        "action_open_document": "opens the document; the right to read it decides",
    },
    "cx.paper.mixin": {
        "action_issue_paper": "freezes what the user may read",
        "action_open_papers": "opens the issued papers",
    },
    "cx.procedure.setup": {
        "action_next": "the next question; the complaint manager only, by the access row of the dialog",
        "action_back": "the question before; as action_next",
        "action_apply": "makes what the summary says; the rights on roles, departments and choices, the verb put_in_force",
        "action_grant": "gives rights; the right to write users decides",
    },
    "cx.return.request": {
        "action_all": "fills in the quantities",
        "action_submit": "makes complaint and RMA; the right to create them decides",
    },
    "cx.customs.contract": {"action_fill_from_rmas": "checks the right to write and that customs has not decided"},
    "cx.plan.rate": {"action_plan": "the right to plan is checked where the plans are made"},
    "cx.rma": {
        "action_announce_consignment": "groups of the verb announce of the consignment",
        "action_answer_question": "groups of the verb ask_customer",
        "action_apply_contract": "groups of the verb apply of the customs contract",
    },
    "cx.rma.question": {"action_ask": "the verb ask_customer of the RMA"},
    "cx.rma.answer": {"action_answer": "the verb ask_customer of the RMA"},
    "cx.rma.adopt": {"action_link": "groups of the verb authorise, the right to write, every blocker of each line"},
    "cx.rma.line": {
        "action_answer_difference": "groups of the verb authorise of the RMA, and the right to write",
        "action_report_mismatch": "groups of the verb finish of the inspection, and the right to write",
        "action_link_documents": "opens the dialog that links; groups of the verb approve of dispositions",
        "action_plan_from_rate": "opens the dialog; who may plan is checked where the plans are made",
        "action_link_existing": "opens the dialog that links; groups of the verb authorise",
        "action_inspect": "starts an inspection; the right to create one decides",
        "action_execute_dispositions": "executes the approved dispositions of the lines; checks as their action_execute",
        "action_close_short": "groups of the verb expect, and the right to write",
        "action_split": "takes lines into an RMA of their own; the rights on RMAs decide",
        "action_decide": "opens a new disposition; its own rights decide",
        "action_rework": "the right to create dispositions, and their verbs approve and execute",
    },
    "cx.rma.reason": {"action_confirm": "the verb that asked, with its reason"},
    "cx.settlement": {
        "action_take_over": "books a change of owner; groups of the verb execute, the right to write, its own blockers",
        "action_give_back": "takes a change of owner back; as action_take_over",
    },
    "cx.task": {
        "action_finish": "opens the dialog; as action_done",
        "action_done": "the queue, who has it, or who leads the case; every blocker",
        "action_explain": "open: as action_done; over: who had it, somebody above him, the complaint manager",
        "action_extend": "as action_done, where the rulebook allows it",
        "action_tell_customer": "as action_done, of what is promised to the customer",
        "action_take_back": "the complaint manager only",
        "action_take": "who is in its queue or leads the case; its own blockers",
        "action_hand_over": "who has it, is in its queue or leads the case; its own blockers",
        "action_pass_up": "who has it, is in its queue or leads the case, while there is a step of the ladder left",
    },
    "cx.task.hand.over": {"action_hand_over": "as cx.task.action_hand_over, to somebody whom the task allows"},
    "cx.task.pass.up": {"action_pass_up": "as cx.task.action_pass_up"},
    "cx.warranty.override": {"action_confirm": "the complaint manager only, with a reason; the lines check it"},
    "cx.settlement.revise": {"action_apply": "the verb revise of the settlement"},
}
# hooks of the framework that are public by name
FRAMEWORK = {"create", "write", "unlink", "copy", "copy_data", "default_get", "get_view", "message_new", "message_update"}


def is_ours(function):
    return (getattr(function, "__module__", "") or "").startswith(f"odoo.addons.{house.MODULE}.")


def public_methods(model_class):
    """Public methods that our own classes give a model, by name."""
    found = {}
    for base in reversed(model_class.__mro__):
        found |= {
            name: member for name, member in vars(base).items()
            if not name.startswith("_") and inspect.isfunction(member) and is_ours(member)}
    return {
        name: function for name, function in found.items()
        if not any(getattr(vars(base).get(name), "_api_private", False) for base in model_class.__mro__)
    }


@tagged("post_install", "-at_install")
class TestStructureSurface(TransactionCase):
    """The surface that clients reach."""

    def test_every_public_method_is_known(self):
        """A public method is a verb of a table, opens records, or stands in the list with its reason."""
        for name, model in house.own_models(self.env).items():
            registry_class = self.env.registry[name]
            mixins = [base for base in ALLOWED if base in self._ancestors(registry_class)]
            allowed = set().union(*(ALLOWED[base] for base in mixins), FRAMEWORK)
            allowed |= {f"action_{verb}" for verb in getattr(model, "_TRANSITIONS", {})}
            unknown = {
                method for method in public_methods(registry_class)
                if method not in allowed and not method.startswith("action_view_")}
            with self.subTest(model=name):
                self.assertFalse(unknown, "public methods that nobody answers for")

    def test_the_list_is_current(self):
        """What the list names exists."""
        for name, methods in ALLOWED.items():
            for method in methods:
                self.assertIn(method, public_methods(self.env.registry[name]), f"{name}.{method}")

    def test_core_models_get_no_unguarded_door(self):
        """On Odoo's own models we override, we prefix, or we open records: nothing public of another name."""
        for name, model_class in self.env.registry.models.items():
            if name.startswith("cx."):
                continue
            core = {
                method for base in model_class.__mro__ for method, member in vars(base).items()
                if inspect.isfunction(member) and not is_ours(member)}
            ours = {method for method in public_methods(model_class) if method not in core}
            strange = {method for method in ours if not method.startswith(("action_cx_", "action_view_cx_", "cx_"))}
            with self.subTest(model=name):
                self.assertFalse(strange, "public methods without our prefix")

    def _ancestors(self, registry_class):
        return {getattr(base, "_name", None) for base in registry_class.__mro__}
