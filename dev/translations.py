"""Keep the translations complete: export the template of terms, carry every language's file over to it.

What a translation no longer needs is dropped, what is new stands there empty; the tests count the empty ones.
"""

import re
import subprocess

from . import databases, places
from .commands import explain
from .console import Stop, say

FOLDER = places.ADDON_FOLDER / "i18n"
TEMPLATE = FOLDER / f"{places.ADDON}.pot"
DATABASE = "cx_terms"
LOADING = places.TOOLS / "load_procedures.py"
MERGE = r"""
import sys, polib
template, path = sys.argv[1:]
terms, old = polib.pofile(template, wrapwidth=0), polib.pofile(path, wrapwidth=0)
known = {entry.msgid: entry.msgstr for entry in old if entry.msgstr}
for entry in terms:
    entry.msgstr = known.get(entry.msgid, "")
terms.metadata = dict(old.metadata)
terms.save(path)
print(f"{path}: {len(terms)} terms, {sum(not entry.msgstr for entry in terms)} empty")
"""


def refresh():
    """Export the terms of the addon as it stands, and merge them into every ``.po`` file.

    The procedures that come with it are no data of its installation: they are loaded first.
    """
    databases.clone(places.TEMPLATE_DATABASE, DATABASE)
    try:
        databases.shell(DATABASE, LOADING, title="Loading every procedure")
        export()
    finally:
        databases.drop(DATABASE)
    for path in sorted(FOLDER.glob("*.po")):
        say(run("-c", MERGE, TEMPLATE, path))


def export():
    config = databases.config_for(DATABASE)
    run("-m", "odoo", "i18n", "export", "-c", config, "-l", "pot", "-o", TEMPLATE, places.ADDON)
    # the dates of the export would make every run a change
    words = re.sub(r'"(POT-Creation|PO-Revision)-Date:[^\n]*\n', "", TEMPLATE.read_text(encoding="utf-8"))
    TEMPLATE.write_text(words, encoding="utf-8")


def run(*arguments):
    command = [str(places.venv_python()), *map(str, arguments)]
    result = subprocess.run(command, env=databases.environment(), capture_output=True, text=True)
    if result.returncode:
        raise Stop(explain("The terms could not be exported or merged.", result.stdout + result.stderr))
    return result.stdout.strip()
