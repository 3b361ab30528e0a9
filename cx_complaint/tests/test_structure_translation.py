import re
from io import BytesIO

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

from . import house

# what must stand in the translation exactly as in the source: placeholders, tags, QWeb and Python expressions
_KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?[a-z]+|\{\{.*?\}\}")
_TAG = re.compile(r"<[^>]*>")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# terms that read the same in Chinese: abbreviations, numbers of forms, marks, names of fields and files
_SAME = re.compile(r"[A-Z0-9/.\-· #%&;×+–]*|[\d\W]+|(RMA|RoHS|CAPA|PDF|SHA-256|Excel|8D|OK|A/0)[\W\w]{0,3}"
                   r"|id|[a-z]+(_[a-z]+)+|[a-z]+\.jpg|(\W|\bof\b)*")


@tagged("post_install", "-at_install")
class TestStructureTranslation(TransactionCase):
    """Every word that a user can see is there in Chinese."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = {
            (entry.msgctxt, " ".join(entry.msgid.split())): entry
            for entry in polib.pofile(str(house.ROOT / "i18n" / "zh_CN.po"), wrapwidth=0) if not entry.obsolete}
        procedures = cls.env["cx.procedure"]  # loaded when wanted; their words are the addon's like all others
        procedures._load_shipped([shipped["code"] for shipped in procedures._shipped()])
        buffer = BytesIO()
        trans_export(False, [house.MODULE], buffer, "po", cls.env)
        exported = polib.pofile(buffer.getvalue().decode(), wrapwidth=0)
        cls.terms = {" ".join(entry.msgid.split()) for entry in exported if entry.msgid}

    def test_nothing_is_missing(self):
        """Each term of the addon as it stands now has a translation; none is empty or fuzzy."""
        translated = {msgid for (_context, msgid), entry in self.entries.items() if entry.msgstr and not entry.fuzzy}
        missing = sorted(self.terms - translated)
        self.assertFalse(missing, f"{len(missing)} terms:\n" + "\n".join(missing))

    def test_nothing_is_left_over(self):
        """No translation of a term that is gone."""
        left = sorted({msgid for _context, msgid in self.entries} - self.terms)
        self.assertFalse(left, f"{len(left)} terms:\n" + "\n".join(left))

    def test_placeholders_and_tags_are_kept(self):
        """What the program fills in stands in the translation as often as in the source."""
        wrong = [
            f"{msgid} → {entry.msgstr}" for (_context, msgid), entry in self.entries.items()
            if entry.msgstr and sorted(_KEPT.findall(msgid)) != sorted(_KEPT.findall(entry.msgstr))]
        self.assertFalse(wrong, "\n".join(wrong))

    def test_translations_are_chinese(self):
        """A translation has Chinese characters, unless the term reads the same everywhere."""
        wrong = [
            f"{msgid} → {entry.msgstr}" for (_context, msgid), entry in self.entries.items()
            if entry.msgstr and not _CHINESE.search(entry.msgstr) and not _SAME.fullmatch(_KEPT.sub("", _TAG.sub("", msgid)))]
        self.assertFalse(wrong, "\n".join(wrong))
