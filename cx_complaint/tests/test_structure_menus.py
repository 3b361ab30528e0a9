from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval


@tagged("post_install", "-at_install")
class TestStructureMenus(TransactionCase):
    """The menus are short, and a list that is empty says what will stand in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        menus = cls.env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True})
        cls.root = cls.env.ref("cx_complaint.menu_root")
        cls.menus = menus.search([("id", "child_of", cls.root.id)])
        cls.windows = cls.menus.filtered(lambda menu: menu.action and menu.action._name == "ir.actions.act_window")

    def _names(self, login):
        """What a user of this function alone reads in the menus."""
        user = self.env["res.users"].create({
            "name": login, "login": f"cx_menus_{login}",
            "group_ids": [(6, 0, self.env.ref(f"cx_complaint.group_{login}").ids)]})
        visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        return {menu.complete_name.split("/", 1)[1] for menu in self.menus - self.root if menu.id in visible}

    def test_no_menu_is_long(self):
        """One row at the top, and each of its menus fits a laptop's screen."""
        self.assertLess(len(self.root.child_id), 11)
        long = [menu.complete_name for menu in self.root.child_id
                if len(self.menus.filtered(lambda item, menu=menu: item.parent_path.startswith(menu.parent_path))) > 22]
        long += [menu.complete_name for menu in self.menus if menu != self.root and len(menu.child_id) > 10]
        self.assertFalse(long, "\n".join(long))

    def test_no_name_twice_in_one_menu(self):
        """An action stands in one place, and two entries of one menu have two names and two places."""
        for menu in self.menus:
            names = menu.child_id.mapped("name")
            self.assertEqual(len(set(names)), len(names), menu.complete_name)
            sequences = menu.child_id.mapped("sequence")
            self.assertEqual(len(set(sequences)), len(sequences), f"{menu.complete_name}: chance decides the order")
        actions = [menu.action for menu in self.windows if menu != self.root]
        self.assertEqual(len(set(actions)), len(actions))

    def test_empty_lists_explain_themselves(self):
        """An empty list shows our sentences, not core's."""
        silent = []
        for menu in self.windows:
            action = menu.action
            if "list" not in action.view_mode or action.view_mode.startswith(("graph", "pivot")):
                continue
            context = safe_eval(action.context or "{}", {"uid": self.env.uid, "active_id": False})
            shown = self.env[action.res_model].with_context(**context).get_empty_list_help(action.help or "")
            if not action.help or shown != action.help:
                silent.append(menu.complete_name)
        self.assertFalse(silent, "\n".join(silent))

    def test_queues_are_for_who_works_on_them(self):
        """The warehouse reads the registers and has its own queues, not those of quality and finance."""
        warehouse = self._names("warehouse")
        self.assertLessEqual({"Warehouse/Dock", "Dispositions/To Execute", "Quality/Inspections"}, warehouse)
        self.assertFalse(warehouse & {"Quality/To Inspect", "Settlements/To Approve", "Dispositions/Replenishment"})
        self.assertLessEqual({"Quality/To Inspect", "Quality/To Release"}, self._names("quality"))
        self.assertLessEqual({"Dispositions/Replenishment", "Dispositions/Rework Planning"}, self._names("planning"))
        self.assertIn("Warehouse/Kept Apart/Discounts", self._names("finance"))
