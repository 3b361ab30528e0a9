import ast
import re

from odoo.tests import TransactionCase, tagged

from . import house

# the rooms of models/, in the order in which they may know each other; erp holds links and may be told of all
ROOMS = ("procedure", "case", "returns", "settlement", "followup", "erp")
MAX_FILE_LINES = 400
MAX_METHOD_LINES = 40

# kind of record: what its id looks like; <model> is the model's name without the prefix, with underscores
ID_PATTERNS = {
    "ir.ui.view": r"{model}_view_{type}(_[a-z_]+)?",
    "ir.actions.act_window": r"{model}_action(_[a-z_]+)?",
    "ir.actions.server": r"{model}_(server_)?action_[a-z_]+",
    "ir.rule": r"{model}_rule_[a-z_]+",
    "ir.cron": r"cron_[a-z_]+",
    "ir.sequence": r"sequence_[a-z_]+",
    "res.groups": r"group_[a-z_]+",
    "res.groups.privilege": r"privilege_[a-z_]+",
    "mail.activity.type": r"mail_activity_type_[a-z_]+",
    "mail.template": r"mail_template_[a-z_]+",
    "mail.message.subtype": r"mt_[a-z_]+",
}
UGLY_WORDS = {"Qty", "Uom", "Rma", "Cx", "Id", "Ids", "Html", "Loc", "Tmpl"}


@tagged("post_install", "-at_install")
class TestStructureFiles(TransactionCase):
    """How the files of the addon are laid out."""

    def test_rooms_know_each_other_one_way(self):
        """A room imports from rooms before it, never from one behind it; rules/ imports no model and no framework."""
        for path, tree in house.python_files().items():
            imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
            if path.parts[0] == "models" and len(path.parts) > 2:
                room = ROOMS.index(path.parts[1])
                for node in imports:
                    target = (node.module or "").split(".")[0]
                    if node.level == 2 and target in ROOMS:
                        self.assertLessEqual(
                            ROOMS.index(target), room, f"{path}:{node.lineno} imports from {target}, a room behind it")
            if path.parts[0] == "rules":
                names = {node.module or "" for node in imports if node.level != 1} | {
                    alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
                foreign = [name for name in names if name.startswith("odoo") and name != "odoo.tools.float_utils"]
                self.assertFalse(foreign, f"{path} knows the framework: {foreign}")

    def test_references_point_one_way(self):
        """A many2one points to its own room or one before it; what looks back is the other end of such a link."""
        room_of = {}
        for path, tree in house.python_files().items():
            if path.parts[0] == "models" and len(path.parts) > 2:
                for node in ast.walk(tree):
                    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_name" and isinstance(
                            node.value, ast.Constant) and node.value.value.startswith("cx."):
                        room_of.setdefault(node.value.value, ROOMS.index(path.parts[1]))
        for name, model in house.stored_models(self.env).items():
            for field in model._fields.values():
                if field.type == "many2one" and field.store and field.comodel_name in room_of and not field.related:
                    self.assertLessEqual(
                        room_of[field.comodel_name], room_of[name], f"{name}.{field.name} points to a later room")

    def test_files_and_methods_are_short(self):
        """A file that needs scrolling is two files; a method that does is two methods."""
        too_long = []
        for path, tree in house.python_files().items():
            lines = len((house.ROOT / path).read_text(encoding="utf-8").splitlines())
            if lines >= MAX_FILE_LINES:
                too_long.append(f"{path}: {lines} lines")
            for function in house.functions(tree):
                length = function.end_lineno - function.lineno + 1
                if length >= MAX_METHOD_LINES and path.parts[0] not in ("tests", "demo"):
                    too_long.append(f"{path}:{function.lineno} {function.name}: {length} lines")
        self.assertFalse(too_long, "\n".join(too_long))

    def test_every_public_method_says_what_it_does(self):
        """Public methods and functions of rules/ have a docstring, but for those that are shorter than one."""
        mute = [
            f"{path}:{function.lineno} {function.name}"
            for path, tree in house.python_files().items() if path.parts[0] in ("models", "rules", "wizard")
            for function in house.functions(tree)
            if not function.name.startswith("_") and not ast.get_docstring(function)
            and function.end_lineno - function.lineno > 5
            and not function.name.startswith(("action_view_", "action_cx_view_")) and not self._is_override(function)
        ]
        self.assertFalse(mute, "\n".join(mute))

    def _is_override(self, function):
        """Whether a method extends the one of the same name, which has said what it does."""
        return any(
            isinstance(node, ast.Attribute) and node.attr == function.name and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") == "super" for node in ast.walk(function))

    def test_sudo_says_why(self):
        """Each method that uses sudo() has a comment that names the model and why it is safe."""
        unexplained = []
        for path, tree in house.python_files().items():
            if path.parts[0] in ("tests", "demo"):
                continue
            lines = (house.ROOT / path).read_text(encoding="utf-8").splitlines()
            for function in house.functions(tree):
                text = "\n".join(lines[function.lineno - 1:function.end_lineno])
                if re.search(r"\.sudo\(\)", text) and not re.search(r"#.*sudo: \S", text):
                    unexplained.append(f"{path}:{function.lineno} {function.name}")
        self.assertFalse(unexplained, "\n".join(unexplained))


@tagged("post_install", "-at_install")
class TestStructureNames(TransactionCase):
    """One word through file, class, id and label."""

    def test_ids_follow_the_pattern(self):
        """An id is for ever: it names its model and what it is."""
        wrong = []
        for path, root in house.xml_files().items():
            for record in root.iter("record"):
                pattern = ID_PATTERNS.get(record.get("model"))
                if not pattern or path.parts[0] == "demo":
                    continue
                xml_id = record.get("id")
                expected = self._model_word(record).join(pattern.split("{model}"))
                expected = expected.replace("{type}", "(form|list|kanban|search|pivot|graph|calendar|activity)")
                if not re.fullmatch(expected, xml_id):
                    wrong.append(f"{path}: {record.get('model')} “{xml_id}” should be {expected}")
            wrong += [
                f"{path}: menu “{menu.get('id')}”" for menu in root.iter("menuitem")
                if not re.fullmatch(r"menu_[a-z_]+", menu.get("id"))]
        self.assertFalse(wrong, "\n".join(wrong))

    def _model_word(self, record):
        """The model a record is about, as its id spells it."""
        field = next((record.find(f"field[@name='{name}']") for name in ("model", "res_model", "model_id")
                      if record.find(f"field[@name='{name}']") is not None), None)
        if field is None:
            return ""
        name = (field.text or field.get("ref", "").split(".")[-1].removeprefix("model_")).replace(".", "_")
        return name.removeprefix("cx_") if name.startswith("cx_") else "[a-z_]+"  # of a core model: any word of ours

    def test_view_names_equal_their_ids(self):
        """cx.rma.view.form is rma_view_form, so that either finds the other."""
        wrong = []
        for path, root in house.xml_files().items():
            for record in root.iter("record"):
                model = record.findtext("field[@name='model']") or ""
                if record.get("model") == "ir.ui.view" and model.startswith("cx."):
                    name = record.findtext("field[@name='name']")
                    if name.replace(".", "_").removeprefix("cx_") != record.get("id"):
                        wrong.append(f"{path}: {record.get('id')} is named {name}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_views_live_in_the_file_of_their_model(self):
        """One view file per model; each room's views lie in the folder of the room."""
        for path, root in house.xml_files().items():
            if path.parts[0] == "views" and len(path.parts) > 1:
                self.assertIn(len(path.parts), (2, 3), path)
                if len(path.parts) == 3:
                    self.assertIn(path.parts[1], ROOMS, path)
                    self.assertTrue(path.name.endswith("_views.xml"), path)
                self.assertEqual(root.tag, "odoo", path)

    def test_labels_are_words(self):
        """Labels are words of the trade: no abbreviation of a column name, no empty help."""
        wrong = []
        for name, model in house.own_models(self.env).items():
            for field in model._fields.values():
                if not (field._module or "").startswith(house.MODULE):
                    continue
                words = set(re.findall(r"[A-Za-z]+", field.string or ""))
                if not field.string or words & UGLY_WORDS:
                    wrong.append(f"{name}.{field.name}: “{field.string}”")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_core_fields_carry_our_prefix(self):
        """What is added to Odoo's models is called cx_…, so that no other addon's field can collide."""
        wrong = [
            f"{model._name}.{field.name}"
            for model in self.env.registry.models.values() if not model._name.startswith("cx.")
            for field in model._fields.values()
            if field._module == house.MODULE and not field.name.startswith("cx_") and model._name != "mail.activity"
        ]
        self.assertFalse(wrong, "\n".join(wrong))
