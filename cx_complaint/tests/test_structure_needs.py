from lxml import etree

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval
from odoo.tools.view_validation import get_expression_field_names

from ..models.procedure.needs import NEEDS
from .returns_common import ReturnsCommon

# setting, model, view, part of it, what a record has that keeps the part in sight (None: it is not even in the view)
ELEMENTS = (
    ("cx_has_production", "cx.rma.line", "form", "action_rework", None),
    ("cx_has_production", "cx.rma.line", "list", "in_work_qty", None),
    ("cx_has_production", "cx.disposition", "form", "work", {"work": "rework"}),
    ("cx_has_production", "cx.disposition", "list", "work", None),
    ("cx_has_production", "cx.disposition", "list", "scheme_id", None),
    ("cx_has_production", "cx.disposition", "search", "in_rework", None),
    ("cx_has_production", "cx.disposition", "search", "group_work", None),
    ("cx_has_production", "cx.inspection", "search", "stage_after_rework", None),
    ("cx_has_production", "cx.return.plan", "list", "rework_qty", None),
    ("cx_has_production", "cx.return.plan", "form", "rework_qty", {"rework_qty": 2.0}),
    ("cx_has_production", "cx.plan.rate", "form", "rework", None),
    ("cx_has_production", "cx.sample", "form", "scheme_ids", {"scheme_ids": [7]}),
    ("cx_has_production", "res.partner", "form", "cx_refuses_reworked", {"cx_refuses_reworked": True}),
    ("cx_has_production", "stock.lot", "list", "cx_is_reworked", None),
    ("cx_has_production", "mrp.production", "search", "cx_rework", None),
    ("cx_has_production", "cx.procedure", "form", "needs_production", {"needs_production": True}),
    ("cx_has_lots", "cx.complaint", "form", "find", None),
    ("cx_has_lots", "cx.complaint", "search", "lot_text", None),
    ("cx_has_lots", "cx.complaint.line", "form", "lot_ids", {"tracking": "lot"}),
    ("cx_has_lots", "cx.complaint.line", "list", "lot_ids", None),
    ("cx_has_lots", "cx.complaint.line", "search", "lot_ids", None),
    ("cx_has_lots", "cx.rma.line", "form", "lot_ids", {"tracking": "serial"}),
    ("cx_has_lots", "cx.rma.line", "search", "lot_ids", None),
    ("cx_has_lots", "cx.disposition", "list", "lot_ids", None),
    ("cx_has_lots", "cx.disposition", "kanban", "lot_ids", None),
    ("cx_has_lots", "cx.internal.sale.item", "list", "serial", None),
    ("cx_has_lots", "cx.procedure", "form", "needs_lots", {"needs_lots": True}),
    ("cx_has_bonded_trade", "cx.rma", "form", "is_contract_needed", {"is_contract_needed": True}),
    ("cx_has_bonded_trade", "res.partner", "form", "cx_needs_customs_contract", {"cx_needs_customs_contract": True}),
    ("cx_has_bonded_trade", "cx.procedure", "form", "needs_bonded", {"needs_bonded": True}),
    ("cx_uses_objects", "cx.complaint", "form", "repeats", None),
    ("cx_uses_objects", "cx.complaint", "list", "object_text", None),
    ("cx_uses_objects", "cx.complaint", "search", "object_text", None),
    ("cx_uses_objects", "cx.complaint.line", "form", "object", {"object_id": 5}),
    ("cx_uses_objects", "cx.complaint.line", "form", "accepted_on", {"accepted_on": "2026-01-01"}),
    ("cx_uses_objects", "cx.complaint.line", "list", "object_id", None),
    ("cx_uses_objects", "cx.complaint.line", "search", "by_phase", None),
    ("cx_uses_objects", "cx.complaint.intake", "form", "object_number", None),
    ("cx_uses_objects", "cx.warranty.rule", "list", "object_kind_id", None),
    ("cx_uses_objects", "cx.milestone", "form", "phase_ids", {"phase_ids": [3]}),
    ("cx_uses_objects", "cx.procedure", "form", "needs_shops", {"needs_shops": True}),
    ("cx_has_group", "cx.complaint", "form", "action_transfer", None),
    ("cx_has_group", "cx.procedure", "form", "needs_group", {"needs_group": True}),
    ("cx_has_penalties", "cx.procedure", "form", "needs_penalties", {"needs_penalties": True}),
)
# setting, model, field, a value that is not offered
CHOICES = (
    ("cx_has_production", "cx.verdict", "list", "work", "rework"),
    ("cx_has_production", "cx.milestone", "form", "stop_event", "goods_reworked"),
    ("cx_has_production", "cx.inspection", "form", "stage", "after_rework"),
    ("cx_uses_objects", "cx.warranty.rule", "list", "start", "acceptance"),
    ("cx_uses_objects", "cx.severity.rule", "list", "kind", "visits"),
    ("cx_has_group", "cx.complaint", "form", "outcome", "transferred"),
    ("cx_has_group", "cx.role", "form", "rank", "headquarters"),
)
MENUS = {
    "cx_has_production": ("rework_scheme", "rework_proof", "disposition_rework", "disposition_release", "cost_issue"),
    "cx_has_bonded_trade": ("customs_contract",),
    "cx_uses_objects": ("object", "object_kind"),
}


@tagged("post_install", "-at_install")
class TestStructureNeeds(ReturnsCommon):
    """What a company does not have is hidden, what was recorded with it stays in sight."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = cls.env["res.company"].sudo().search([])
        cls.reader = new_test_user(
            cls.env, "cx_needs", groups="cx_complaint.group_quality,cx_complaint.group_service,cx_complaint.group_manager,"
            "cx_complaint.group_trade,stock.group_stock_user,mrp.group_mrp_user,stock.group_production_lot")
        cls.reader.company_ids = [Command.set(cls.env.company.ids)]

    def setUp(self):
        super().setUp()
        self._answer(True)

    def _answer(self, answer, *settings, company=None):
        (company or self.companies).write(dict.fromkeys(settings or NEEDS, answer))

    def _arch(self, model, view_type, user=None):
        return etree.fromstring(self.env[model].with_user(user or self.reader).get_view(view_type=view_type)["arch"])

    def _nodes(self, arch, name):
        """Those that are there to be seen: what only conditions need is added as an invisible field."""
        return [node for node in arch.iter() if node.get("name") == name and node.get("data-used-by") is None]

    def _is_seen(self, nodes, company=None, **values):
        """Whether one of them shows on a record of a company with these values and nothing else."""
        record = {"company_id": (company or self.env.company).id, "id": 1, "state": "draft", **values}
        hidden = [node.get("invisible") or "False" for node in nodes]
        return any(not safe_eval(one, {name: record.get(name, False) for name in get_expression_field_names(one)})
                   for one in hidden)

    # One element after the other

    def test_each_element_goes_and_comes_back(self):
        """Every menu, button, field, column and filter that has no meaning without something is out of sight without it."""
        for setting, model, view_type, name, kept_by in ELEMENTS:
            with self.subTest(setting=setting, model=model, view=view_type, part=name):
                self.assertTrue(self._nodes(self._arch(model, view_type), name), "it is in sight with it")
                self._answer(False, setting)
                nodes = self._nodes(self._arch(model, view_type), name)
                if kept_by is None:
                    self.assertFalse(nodes)
                else:
                    self.assertFalse(self._is_seen(nodes))
                    self.assertTrue(self._is_seen(nodes, **kept_by), "what was recorded stays in sight")
                self._answer(True, setting)
                self.assertTrue(self._nodes(self._arch(model, view_type), name), "it is back")

    def test_choices_without_meaning_are_not_offered(self):
        """Neither the lists of a rulebook nor those of a record offer what the company does not have."""
        for setting, model, view_type, name, value in CHOICES:
            with self.subTest(setting=setting, model=model, field=name):
                self.assertNotIn(value, str([node.get("options") for node in self._nodes(self._arch(model, view_type), name)]))
                self._answer(False, setting)
                nodes = self._nodes(self._arch(model, view_type), name)
                self.assertTrue(nodes)
                for node in nodes:
                    self.assertEqual(node.get("widget"), "filterable_selection")
                    self.assertIn(value, safe_eval(node.get("options"))["blacklisted_values"])
                self._answer(True, setting)

    def test_menus_go_and_come_back(self):
        """A menu is gone where none of the user's companies has what it is about."""
        menus = self.env["ir.ui.menu"].with_user(self.reader)
        for setting, names in MENUS.items():
            ids = {self.env.ref(f"cx_complaint.menu_{name}").id for name in names}
            with self.subTest(setting=setting):
                self.assertLessEqual(ids, menus.load_menus(False).keys())
                self._answer(False, setting)
                self.assertFalse(ids & menus.load_menus(False).keys())
                self._answer(True, setting)
                self.assertLessEqual(ids, menus.load_menus(False).keys())

    def test_the_desk_has_no_tile_of_what_there_is_not(self):
        """Nothing to release where nothing is reworked, no contract where there is no bonded trade; the rest stays."""
        def tiles():
            return {tile["action"] for section in self.env["cx.desk"].with_user(self.reader).show()["sections"]
                    for tile in section["tiles"]}
        gone = {f"cx_complaint.{name}" for name in (
            "disposition_action_release", "disposition_action_planning", "disposition_action_rework", "rework_scheme_action",
            "rework_proof_action", "customs_contract_action")}
        before = tiles()
        self.assertLessEqual(gone, before)
        self._answer(False)
        self.assertEqual(tiles(), before - gone)
        self._answer(True)
        self.assertEqual(tiles(), before)

    def test_action_menus_go_and_come_back(self):
        """Without production no rework order can be made from a selection, without bonded trade no contract applied for."""
        for setting, model, name in (
            ("cx_has_production", "cx.disposition", "disposition_server_action_create_rework_orders"),
            ("cx_has_bonded_trade", "cx.rma", "rma_action_apply_contract"),
        ):
            action = self.env.ref(f"cx_complaint.{name}").id
            for answer in (True, False, True):
                self._answer(answer, setting)
                toolbar = self.env[model].with_user(self.reader).get_views([(False, "list")], {"toolbar": True})
                offered = {one["id"] for one in toolbar["views"]["list"]["toolbar"].get("action", [])}
                with self.subTest(setting=setting, answer=answer):
                    self.assertEqual(action in offered, answer)
                    self.assertTrue(offered, "what has nothing to do with it stays")

    # The table itself

    def test_every_row_of_the_table_says_something(self):
        """No row of the table names a model, part or value that is not there (any more)."""
        for setting, need in NEEDS.items():
            self.assertIn(setting, self.env["res.company"]._fields)
            for name in (*need.menus, *need.actions):
                self.env.ref(f"cx_complaint.{name}")
            for model, parts in need.parts.items():
                names = self._names_in_views(model)
                self.assertFalse(parts.keys() - names, f"{setting}: not in any view of {model}")
            for model, choices in need.choices.items():
                for name, values in choices.items():
                    self.assertLessEqual(values, set(self.env[model]._fields[name].get_values(self.env)), (setting, model))

    def _names_in_views(self, model):
        """Names of all nodes of views of a model, also of those that stand in a view of another model."""
        return {
            node.get("name") for view in self.env["ir.ui.view"].search([("type", "!=", "qweb")])
            for node in etree.fromstring(view.arch).iter() if self._model_of(node, view) == model}

    def _model_of(self, node, view):
        above = next((field for field in node.iterancestors("field") if len(field)), None)
        field = above is not None and view.model in self.env and self.env[view.model]._fields.get(above.get("name"))
        return field.comodel_name if field and field.relational else view.model

    def test_who_has_everything_sees_every_view_as_it_was_written(self):
        """Nothing is touched where nothing lacks: the views are those of the files, for every model of the table."""
        for model in sorted({model for need in NEEDS.values() for model in (*need.parts, *need.choices)}):
            with self.subTest(model=model):
                arch = etree.tostring(self._arch(model, "form"))
                self.assertNotIn(b"company_id in [", arch)
                self.assertNotIn(b"blacklisted_values", arch)

    # Several companies

    def test_on_forms_the_company_of_the_record_counts(self):
        """Who works in a company of a group and in one alone: the case of the one can be transferred, that of the other not."""
        alone = self.env["res.company"].create({"name": "Cx Alone"})
        self._answer(True)
        self._answer(False, company=alone)
        both = new_test_user(
            self.env, "cx_both", groups="cx_complaint.group_service,cx_complaint.group_manager,cx_complaint.group_quality",
            company_ids=[Command.set((self.env.company | alone).ids)])
        for model, name in (("cx.complaint", "action_transfer"), ("cx.rma.line", "action_rework"),
                            ("cx.rma", "is_contract_needed"), ("cx.complaint.line", "object")):
            nodes = self._nodes(self._arch(model, "form", both), name)
            with self.subTest(model=model, part=name):
                values = {"is_to_decide": True}
                self.assertTrue(self._is_seen(nodes, **values))
                self.assertFalse(self._is_seen(nodes, company=alone, **values))
        self.assertTrue(self._nodes(self._arch("cx.complaint.line", "list", both), "object_id"), "a list is of both")
        self.assertIn(self.env.ref("cx_complaint.menu_object").id, self.env["ir.ui.menu"].with_user(both).load_menus(False))
        other = new_test_user(self.env, "cx_alone", groups="cx_complaint.group_service", company_id=alone.id,
                              company_ids=[Command.set(alone.ids)])
        self.assertFalse(self._nodes(self._arch("cx.complaint", "form", other), "action_transfer"))

    # What was recorded, and what holds it up

    def test_a_transferred_case_stays_followed(self):
        """Without a group nothing is transferred any more; a case that was keeps its page and the button for the result."""
        self._answer(False, "cx_has_group")
        arch = self._arch("cx.complaint", "form")
        self.assertTrue(self._is_seen(self._nodes(arch, "transfers"), transfer_ids=[4]))
        self.assertFalse(self._is_seen(self._nodes(arch, "transfers"), transfer_ids=[]))
        self.assertTrue(self._is_seen(self._nodes(arch, "action_record_result"), is_with_partner=True))

    def test_no_contract_holds_up_who_has_no_bonded_trade(self):
        """An RMA that was to wait for customs goes on when the company has no bonded trade any more."""
        self.customer.cx_needs_customs_contract = True
        rma = self._authorise(self._deliver(self.product, 2.0), 2.0)
        self.assertIn("contract_not_ok", {blocker.code for blocker in rma._blockers("tell_customer")})
        self._answer(False, "cx_has_bonded_trade")
        self.assertTrue(rma.is_contract_needed, "what was recorded stays")
        self.assertFalse([one for one in rma._blockers("tell_customer") if one.code.startswith("contract")])
        other = self._authorise(self._deliver(self.product, 1.0), 1.0)
        self.assertFalse(other.is_contract_needed)
        self.assertFalse(other._paper_rma_contract(), "nor does the form speak of customs")

    def test_no_reworked_stock_without_production(self):
        """What nobody can rework does not go to the reworked stock."""
        line = self._authorise(self._deliver(self.product, 2.0), 2.0).line_ids
        for answer in (True, False):
            self._answer(answer, "cx_has_production")
            proposed = self.env["cx.disposition"].new({"work": "none", "rma_line_id": line.id})
            self.assertEqual("reworked" in proposed.fitting_destinations, answer)
