import re

import polib
from lxml import etree

from odoo.tests import TransactionCase, tagged

from ..models.procedure.shipped_files import shipped
from . import house

# the documents that were read, each a procedure
SOURCES = {"S0", "S1", *(f"S2.{number:02}" for number in range(1, 20)), "S3", "S4"}
# written for this addon, from nobody's document
OWN = {"SMALL"}
# model: the word of its ids
WORDS = {
    "cx.procedure.role": "role", "cx.procedure.revision": "revision", "cx.milestone": "milestone", "cx.milestone.band": "band",
    "cx.ladder": "ladder", "cx.ladder.rung": "rung", "cx.route": "route", "cx.severity.rule": "severity", "cx.gate": "gate",
    "cx.authority": "authority", "cx.cause.category": "cause", "cx.guidance": "guidance", "cx.form": "form",
    "cx.form.block": "block", "cx.warranty.rule": "warranty", "resource.calendar": "calendar",
    "resource.calendar.attendance": "attendance",
}


def files():
    """Every file of a shipped procedure, parsed, by its path below the addon."""
    return {path: root for path, root in house.xml_files().items() if path.parts[:2] == ("data", "procedure")}


@tagged("post_install", "-at_install")
class TestProcedureShipped(TransactionCase):
    """The procedures that come with the addon: complete, traceable, and fit to be put in force as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedures = cls.env["cx.procedure"]._load_shipped(shipped())

    def test_every_source_has_its_procedure(self):
        """Nothing is missing, and nothing came along that nobody knows of."""
        self.assertEqual(set(shipped()), SOURCES | OWN)

    def test_each_can_be_put_in_force(self):
        """As it is shipped it contradicts itself nowhere; what the document has lost stands in nobody's way."""
        for procedure in self.procedures:
            with self.subTest(procedure=procedure.code):
                self.assertEqual([blocker.sentence() for blocker in procedure._blockers("put_in_force")], [])
                procedure.action_put_in_force()
                self.assertEqual(procedure.state, "in_force")

    def test_each_says_what_it_is_about(self):
        """Name, industry, purpose, somebody who does something, and something to do."""
        for procedure in self.procedures:
            for field in ("name", "industry", "purpose", "edition", "role_ids", "milestone_ids"):
                self.assertTrue(procedure[field], f"{procedure.code} has no {field}")

    def test_ids_follow_the_pattern(self):
        """An id tells the procedure and the kind of part; the file and the code agree with it."""
        wrong = []
        for path, root in files().items():
            head = root.find("record[@model='cx.procedure']")
            stem = head.get("id")
            code = head.findtext("field[@name='code']").lower().replace(".", "_")
            if stem != f"procedure_{code}" or not path.stem.startswith(f"{code}_"):
                wrong.append(f"{path}: {stem} of {code}")
            for record in root.iter("record"):
                if record is head or record.get("model") == "ir.sequence":  # that one is named as every other series
                    continue
                if not re.fullmatch(f"{stem}_{WORDS.get(record.get('model'))}[a-z0-9_]*", record.get("id")):
                    wrong.append(f"{path}: {record.get('model')} {record.get('id')}")
            if root.tag != "odoo" or root.get("noupdate") != "1":
                wrong.append(f"{path}: the root is to be odoo with noupdate")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_nothing_comes_beside_the_procedure(self):
        """Loading one changes nothing for cases that are not under it: each record is a part of it, or used by it alone."""
        wrong = []
        for path, root in files().items():
            own = {record.get("id") for record in root.iter("record")}
            for record in root.iter("record"):
                names = {field.get("name"): field.get("ref") for field in record.iterchildren("field")}
                is_part = any(names.get(name) in own for name in ("procedure_id", "milestone_id", "ladder_id", "form_id"))
                if not is_part and record.get("model") not in ("cx.procedure", "ir.sequence"):
                    wrong.append(f"{path}: {record.get('id')}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_each_part_names_its_clause(self):
        """Whoever reads a part finds the clause that says so."""
        wrong = []
        for path, root in files().items():
            for record in root.iter("record"):
                above = record.getprevious()
                is_told = isinstance(above, etree._Comment) or record.findtext("field[@name='clause']")
                if record.get("model") != "cx.procedure" and not is_told:
                    wrong.append(f"{path}: {record.get('id')}")
        self.assertFalse(wrong, "\n".join(wrong))

    def test_every_word_is_there_in_chinese(self):
        """What a user reads of a shipped procedure has a translation."""
        entries = polib.pofile(str(house.ROOT / "i18n" / "zh_CN.po"), wrapwidth=0)
        translated = {" ".join(entry.msgid.split()) for entry in entries if entry.msgstr and not entry.fuzzy}
        missing = set()
        for root in files().values():
            for record in root.iter("record"):
                fields = self.env[record.get("model")]._fields
                for field in record.iterchildren("field"):
                    words = " ".join((field.text or "").split())
                    if fields[field.get("name")].translate and re.search(r"[A-Za-z]", words) and words not in translated:
                        missing.add(words)
        self.assertFalse(missing, f"{len(missing)} terms:\n" + "\n".join(sorted(missing)))
