"""What the procedures that come with the addon are about, read from their files without loading them.

A file holds one procedure with all its parts; it is no data file of the manifest, since most companies want one of them.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from odoo.tools.translate import get_po_paths, translation_file_reader

MODULE = "cx_complaint"
FOLDER = "data/procedure"
# what a company must have for a procedure to make sense: field of the procedure, which is asked of the company as well
NEEDS = ("needs_production", "needs_lots", "needs_bonded", "needs_shops", "needs_group", "needs_penalties")


class Shipped(NamedTuple):
    """A procedure as its file describes it."""

    code: str
    file: str  # below the addon
    xml_id: str
    name: str
    edition: str
    industry: str
    sequence: int
    needs: frozenset  # names of NEEDS
    own_ids: tuple  # xml ids of the procedure and its parts
    other_ids: frozenset  # xml ids of what it refers to beside those


@cache
def shipped():
    """Every shipped procedure by its code, in the order in which they are offered.

    :return: ``{code: Shipped}``
    """
    folder = Path(__file__).parents[2] / FOLDER
    found = sorted(map(_read, folder.glob("*.xml")), key=lambda procedure: (procedure.sequence, procedure.code))
    return {procedure.code: procedure for procedure in found}


@cache
def shipped_words(lang):
    """Names and industries of the shipped procedures in a language, as the addon's translation has them.

    :return: ``{xml id: {field: words}}``; what is not translated is not there
    """
    words = {}
    for path in get_po_paths(MODULE, lang):
        with open(path, "rb") as source:
            for row in translation_file_reader(source, fileformat="po", module=MODULE):
                if row["type"] == "model" and row["imd_model"] == "cx.procedure" and row["value"]:
                    words.setdefault(f"{row['module']}.{row['imd_name']}", {})[row["name"].split(",")[1]] = row["value"]
    return words


def _read(path):
    root = etree.parse(path).getroot()
    head = root.find("record[@model='cx.procedure']")
    fields = {field.get("name"): field.text or field.get("eval") or "" for field in head.iter("field")}
    own = tuple(_full(record.get("id")) for record in root.iter("record"))
    referred = {_full(field.get("ref")) for field in root.iter("field") if field.get("ref")}
    return Shipped(
        code=fields["code"].strip(), file=f"{FOLDER}/{path.name}", xml_id=_full(head.get("id")), name=fields["name"].strip(),
        edition=fields.get("edition", "").strip() or "A/0", industry=fields.get("industry", "").strip(),
        sequence=int(fields.get("sequence") or 10),
        needs=frozenset(need for need in NEEDS if fields.get(need) in ("True", "1")),
        own_ids=own, other_ids=frozenset(referred - set(own)))


def _full(xml_id):
    return xml_id if "." in xml_id else f"{MODULE}.{xml_id}"
