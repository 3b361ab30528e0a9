import ast
import itertools

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from . import house
from .samples import CxSamples

# what documents do to a state without a verb; every arrow of a life that is in no table of verbs stands here
COMPUTED = {
    "cx.complaint": {
        # the stage is the earliest gate not passed: a verb passes one or several of them
        "new": {"confirmed"},
        "confirmed": {"investigation", "solution", "execution"},
        "investigation": {"solution", "execution"},
        "solution": {"execution"},
        "execution": {"followup"},
    },
    "cx.rma": {
        "authorised": {"receiving"},
        "receiving": {"received"},
        "received": {"done"},
    },
    # a receipt that is done places the parcel, whatever nobody recorded
    "cx.consignment": {
        # in the company's order of receiving it may be arrived or counted only, until somebody has done his step
        "draft": {"arrived", "counted", "placed"},
        "announced": {"arrived", "counted", "placed"},
        "arrived": {"counted", "placed"},
        "counted": {"placed"},
    },
    "cx.disposition": {"approved": {"running"}, "running": {"done"}},
    "cx.settlement": {"approved": {"running"}, "running": {"done"}},
    # who wants it, and the order that sells it
    "cx.internal.sale.item": {"published": {"reserved"}, "reserved": {"sold", "published"}},
    # the day comes
    "cx.procedure": {"to_come": {"in_force"}},
}
# what a decision is called as a state, where the two differ
DECISION_AS_STATE = {
    ("cx.procedure", "in_force"): {"in_force", "to_come"},
    ("cx.complaint", "open"): {"new", "confirmed", "investigation", "solution", "execution", "followup"},
    ("cx.disposition", "closed"): {"done"},
}
# states that end a life: nothing leads out of them, or only a verb that takes it up again
FINAL = {
    "cx.complaint": {"closed", "cancelled"},
    "cx.rma": {"done", "refused", "cancelled"},
    "cx.consignment": {"collected", "cancelled"},
    "cx.customs.contract": {"closed", "cancelled"},
    "cx.inspection": {"done"},
    "cx.negotiation": {"settled", "withdrawn"},
    "cx.left.goods": {"done", "cancelled"},
    "cx.site.check": {"done", "cancelled"},
    "cx.sample": {"returned", "scrapped"},
    "cx.rework.scheme": {"released"},
    "cx.disposition": {"done", "cancelled"},
    "cx.settlement": {"done", "refused", "cancelled"},
    "cx.internal.sale.item": {"sold", "withdrawn"},
    "cx.apart.release": {"approved", "cancelled"},
    "cx.procedure": {"retired"},
}


def arrows(model):
    """Every arrow of a model's life as ``{state: states that may follow}``."""
    follow = {state: set(COMPUTED.get(model._name, {}).get(state, ())) for state in states(model)}
    for transition in model._TRANSITIONS.values():
        if transition.decision:
            targets = DECISION_AS_STATE.get((model._name, transition.decision), {transition.decision})
            for source in transition.sources:
                follow[source] |= targets
    return follow


def states(model):
    return [state for state, _label in model._fields["state"]._description_selection(model.env)]


def decisions(model):
    return [decision for decision, _label in model._fields["decision"]._description_selection(model.env)]


@tagged("post_install", "-at_install")
class TestStructureStates(TransactionCase):
    """The lives of all records, read from their tables."""

    def test_every_state_is_reached(self):
        """From the first state, verbs and documents lead to every other one."""
        for name, model in house.models_with_verbs(self.env).items():
            follow = arrows(model)
            first = states(model)[0]
            reached, border = {first}, {first}
            while border:
                border = set().union(*(follow[state] for state in border)) - reached
                reached |= border
            self.assertEqual(reached, set(states(model)), f"{name}: not reached from {first}")

    def test_there_is_no_dead_end(self):
        """From every state the end can be reached; only final states have nothing behind them."""
        for name, model in house.models_with_verbs(self.env).items():
            follow = arrows(model)
            ending = set(FINAL[name])
            while True:
                more = {state for state in follow if follow[state] & ending} - ending
                if not more:
                    break
                ending |= more
            self.assertEqual(ending, set(states(model)), f"{name}: states from which no end is reached")

    def test_lists_of_states_agree(self):
        """Sources, decisions and selections name the same states; no table has drifted from another."""
        for name, model in house.models_with_verbs(self.env).items():
            known = set(states(model))
            named = {state for transition in model._TRANSITIONS.values() for state in transition.sources}
            self.assertLessEqual(named, known, f"{name}: a verb starts from a state that does not exist")
            targets = {transition.decision for transition in model._TRANSITIONS.values()} - {None}
            first = model._fields["decision"].default(model)
            self.assertEqual(targets | {first}, set(decisions(model)), f"{name}: decisions no verb writes, or unknown")
            as_states = set().union(*(
                DECISION_AS_STATE.get((name, decision), {decision}) for decision in decisions(model)))
            followed = {state for follow in COMPUTED.get(name, {}).values() for state in follow}
            self.assertEqual(as_states | followed, known, f"{name}: states from nowhere")
            self.assertLessEqual(set(model._SHOWN_VERBS), set(model._TRANSITIONS), name)

    def test_filters_name_states_that_exist(self):
        """Search filters, decorations and conditions of our views name no state that was renamed."""
        for name, model in house.stored_models(self.env).items():
            if "state" not in model._fields or model._fields["state"].type != "selection":
                continue
            known = set(states(model))
            for xml_id, arch in house.own_views(self.env, name, "search").items():
                for node in arch.iter("filter"):
                    if node.get("domain"):
                        self.assertLessEqual(self._states_in(node.get("domain"), "state"), known, xml_id)

    def test_every_state_can_be_searched(self):
        """Who looks for records of a state finds a filter for it, or a grouping by state."""
        for name in house.models_with_verbs(self.env):
            archs = house.own_views(self.env, name, "search")
            groups = [
                node.get("context") for arch in archs.values() for node in arch.iter("filter") if node.get("context")]
            with self.subTest(model=name):
                self.assertTrue(any("'state'" in context for context in groups), "cannot be grouped by state")

    def _states_in(self, domain, field):
        """Constants that a domain compares with a field."""
        tree = ast.parse(domain.strip(), mode="eval")
        found = set()
        for node in ast.walk(tree):
            if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == 3 and isinstance(
                    node.elts[0], ast.Constant) and node.elts[0].value == field:
                value = ast.literal_eval(node.elts[2])
                found |= set(value) if isinstance(value, (list, tuple)) else {value}
        return found


@tagged("post_install", "-at_install")
class TestStructureButtons(TransactionCase):
    """The forms say what the tables say."""

    def test_buttons_follow_the_tables(self):
        """A verb's button shows in exactly the states it may start from, to exactly the groups that may.

        What else hides it (there is nothing to do, another button does the same) hides it in none of them for good.
        """
        for name, model in house.models_with_verbs(self.env).items():
            archs = house.own_views(self.env, name, "form")
            form = next(iter(archs.values()), etree.Element("form"))
            for verb, transition in model._TRANSITIONS.items():
                buttons = [
                    button for button in form.findall(f".//button[@name='action_{verb}']") if not self._is_nested(button)]
                with self.subTest(model=name, verb=verb):
                    self.assertTrue(buttons, "a button on the form")
                    visible = set()
                    for button in buttons:
                        self.assertEqual(button.get("type"), "object")
                        shown_by = getattr(model, "_ALSO_BY", {}).get(verb)  # more than the groups may: a field says who
                        if shown_by:
                            self.assertIn(f"not {shown_by}", button.get("invisible"))
                        self.assertEqual(
                            set(filter(None, (button.get("groups") or "").split(","))),
                            set() if shown_by else set(transition.groups))
                        visible |= self._visible_in(button.get("invisible", "False"), states(model))
                    self.assertEqual(visible, set(transition.sources))

    def _visible_in(self, invisible, all_states):
        """States in which a button shows for some values of whatever else its condition names."""
        tree = ast.parse(invisible.strip(), mode="eval")
        names = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {"state"})
        constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)} - set(all_states)
        values = itertools.product([False, True, *constants], repeat=len(names))
        cases = [dict(zip(names, chosen, strict=True)) for chosen in values]
        return {
            state for state in all_states
            if any(not safe_eval(invisible, {"state": state, **case}) for case in cases)}

    def test_every_verb_has_a_method(self):
        """A row of a table is carried out by a public method of that name, which checks the row."""
        for name, model in house.models_with_verbs(self.env).items():
            for verb in model._TRANSITIONS:
                self.assertTrue(callable(getattr(model, f"action_{verb}", None)), f"{name}.action_{verb}")

    def test_every_button_calls_something(self):
        """Each object button of our views names a public method of its model."""
        for name, model in house.own_models(self.env).items():
            for view_type in ("form", "list", "kanban"):
                for xml_id, arch in house.own_views(self.env, name, view_type).items():
                    for button in arch.iter("button"):
                        if button.get("type") == "object" and not self._is_nested(button):
                            method = button.get("name")
                            self.assertFalse(method.startswith("_"), xml_id)
                            self.assertTrue(callable(getattr(model, method, None)), f"{xml_id}: {method}")

    def _is_nested(self, node):
        """Whether a node stands in the list of another model."""
        return any(parent.tag == "field" for parent in node.iterancestors())


@tagged("post_install", "-at_install")
class TestStructureByVerbOnly(CxSamples):
    """Nobody writes a state by hand."""

    def test_decisions_are_written_by_verbs_only(self):
        """Not by create, write, copy or default, not even by the manager: all four doors are shut."""
        for name, model in house.models_with_verbs(self.env).items():
            sample = self._as("cx_manager", self.samples[name])
            for field in sorted(model._BY_VERB_ONLY):
                value = self._some_value(model._fields[field])
                with self.subTest(model=name, field=field):
                    self.assertIn(field, model._fields)
                    with self.assertRaises(AccessError):
                        sample.write({field: value})
                    with self.assertRaises(AccessError):
                        sample.create({field: value})
                    with self.assertRaises(AccessError):
                        sample.copy({field: value})
                    self._assert_no_default(sample, field, value)
                    self.assertTrue(sample.fields_get([field])[field]["readonly"], "clients show it read-only")

    def _assert_no_default(self, sample, field, value):
        """A default in the context, which any client may send, does not reach the new record."""
        with self.env.cr.savepoint(flush=False) as savepoint:
            try:
                made = sample.with_context(**{f"default_{field}": value}).copy()
            except AccessError:
                return
            finally:
                savepoint.rollback()
        self.fail(f"{made} was created with {field} {value} from the context")

    def _some_value(self, field):
        if field.type == "selection":
            return field._description_selection(self.env)[-1][0]
        if field.type in ("many2one", "integer", "float", "boolean"):
            return 1
        if field.type in ("one2many", "many2many"):
            return [(5,)]
        return "2026-01-01 00:00:00" if field.type == "datetime" else "2026-01-01" if field.type == "date" else "x"

    def test_state_is_never_stored_by_hand(self):
        """A state is computed or follows the decision; no form, import or call writes it."""
        for name, model in house.models_with_verbs(self.env).items():
            field = model._fields["state"]
            self.assertTrue(field.compute or field.related, f"{name}.state is a plain field")
            self.assertTrue(field.readonly, f"{name}.state")
