from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open_temporary_directory

from odoo.addons.base.models import ir_module

from ..models.procedure import procedure_shipped, shipped_files

CODE = "SMALL"
NAME = "Complaints in a one-person company"
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#. module: cx_complaint
#: model:cx.procedure,name:cx_complaint.procedure_small
msgid "Complaints in a one-person company"
msgstr "一人公司投诉处理"

#. module: cx_complaint
#: model:cx.milestone,name:cx_complaint.procedure_small_milestone_answer
msgid "Answer the customer"
msgstr "答复客户"
"""


@tagged("post_install", "-at_install")
class TestProcedureLoad(TransactionCase):
    """Shipped procedures are loaded when somebody wants one, and are the company's own from then on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Procedure = cls.env["cx.procedure"]

    def _listed(self, **context):
        return next(one for one in self.Procedure.with_context(**context)._shipped() if one["code"] == CODE)

    def test_an_unknown_code_is_refused(self):
        """The sentence names the code and those that there are."""
        with self.assertRaisesRegex(UserError, r"“S9.99”.*SMALL"):
            self.Procedure._load_shipped(["S9.99"])

    def test_a_namesake_is_refused(self):
        """What somebody wrote under the same code and edition is not overwritten; the sentence names it."""
        self.Procedure.create({"name": "Mine", "code": CODE})
        with self.assertRaisesRegex(UserError, "Mine"):
            self.Procedure._load_shipped([CODE])

    def test_listed_without_being_loaded(self):
        """What can be had is known by name before anything is loaded."""
        self.assertEqual(self._listed()["name"], NAME)
        self.assertFalse(self._listed()["procedure"])
        self.assertFalse(self.Procedure.search([("code", "=", CODE)]))

    def test_loaded_in_draft_for_every_company(self):
        """It changes nothing by being there: nobody works by it until it is put in force."""
        procedure = self.Procedure._load_shipped([CODE])
        self.assertEqual((procedure.name, procedure.state, procedure.company_id.id), (NAME, "draft", False))
        self.assertEqual(procedure.milestone_ids.mapped("code"), ["answer", "settle"])
        self.assertEqual(procedure.milestone_ids.role_id, procedure.role_ids)
        self.assertEqual(self._listed()["procedure"], procedure)

    def test_the_upgrade_leaves_it_alone(self):
        """Ids belong to the addon, so that it goes with it; they are marked as not to be updated, all of them."""
        procedure = self.Procedure._load_shipped([CODE])
        names = self.env["ir.model.data"].search([("module", "=", "cx_complaint"), ("name", "=like", "procedure_small%")])
        self.assertEqual(len(names), 1 + len(procedure.role_ids) + len(procedure.milestone_ids) + len(procedure.gate_ids))
        self.assertTrue(all(names.mapped("noupdate")))

    def test_loading_again_changes_nothing(self):
        """What was changed stays changed, and a part that was deleted does not come back."""
        procedure = self.Procedure._load_shipped([CODE])
        procedure.name = "As we say"
        procedure.milestone_ids[0].limit_value = 7
        procedure.milestone_ids[1].unlink()
        procedure.active = False
        self.assertEqual(self.Procedure._load_shipped([CODE]), procedure)
        self.assertEqual((procedure.name, procedure.active), ("As we say", False))
        self.assertEqual(procedure.milestone_ids.mapped("limit_value"), [7])

    def test_deleted_comes_back_when_asked_for(self):
        """A procedure that was deleted is loaded anew as it is shipped."""
        procedure = self.Procedure._load_shipped([CODE])
        procedure.milestone_ids[0].limit_value = 7
        procedure.unlink()
        again = self.Procedure._load_shipped([CODE])
        self.assertNotEqual(again, procedure)
        self.assertEqual(again.milestone_ids.mapped("limit_value"), [3, 10])

    def test_a_deleted_list_entry_is_named(self):
        """What the file refers to must be there; the sentence names it and the way out."""
        one = shipped_files.shipped()[CODE]._replace(other_ids=frozenset({"cx_complaint.channel_gone"}))
        with self.assertRaisesRegex(UserError, "channel_gone.*Upgrade"):
            self.Procedure._check_loadable(one)

    def test_words_come_with_it(self):
        """Loaded in a database that speaks Chinese, it is there in Chinese; whatever language the loader speaks."""
        with self._translation():
            self.env["res.lang"]._activate_and_install_lang("zh_CN")
            self._assert_both(self.Procedure.with_context(lang="zh_CN")._load_shipped([CODE]))

    def test_words_come_with_a_later_language(self):
        """A language installed after the procedure brings its words."""
        with self._translation():
            procedure = self.Procedure._load_shipped([CODE])
            self.env["res.lang"]._activate_and_install_lang("zh_CN")
            self._assert_both(procedure)

    def test_own_words_stay(self):
        """Loading another procedure leaves the words alone that somebody wrote into this one."""
        with self._translation():
            self.env["res.lang"]._activate_and_install_lang("zh_CN")
            chinese = self.Procedure._load_shipped([CODE]).with_context(lang="zh_CN")
            chinese.name = "本公司投诉办法"
            chinese._translate_shipped([shipped_files.shipped()[CODE]])
            self.assertEqual(chinese.name, "本公司投诉办法")

    def _assert_both(self, procedure):
        chinese = procedure.with_context(lang="zh_CN")
        self.assertEqual((procedure.with_context(lang="en_US").name, chinese.name), (NAME, "一人公司投诉处理"))
        self.assertEqual(chinese.milestone_ids.mapped("name"), ["答复客户", "Settle with the customer"])
        self.assertEqual(self._listed(lang="zh_CN")["name"], "一人公司投诉处理")
        self.assertEqual(self._listed(lang="en_US")["name"], NAME)

    @contextmanager
    def _translation(self):
        """The addon's Chinese translation is these two terms."""
        with file_open_temporary_directory(self.env) as folder:
            path = Path(folder) / "zh_CN.po"
            path.write_text(PO, encoding="utf-8")
            paths = lambda module, lang: [str(path)] * (lang == "zh_CN" and module == "cx_complaint")  # noqa: E731
            shipped_files.shipped_words.cache_clear()
            self.addCleanup(shipped_files.shipped_words.cache_clear)
            with patch.object(shipped_files, "get_po_paths", paths), patch.object(
                    procedure_shipped, "get_po_paths", paths), patch.object(ir_module, "get_po_paths", paths):
                yield
