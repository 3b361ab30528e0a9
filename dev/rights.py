"""Keep docs/rights.md true: its tables are what the access rights and the tables of verbs say."""

from . import databases, places
from .console import say

DATABASE = "cx_rights"  # a copy: nobody connects to the template itself
DOCUMENT = places.ROOT / "docs" / "rights.md"
LISTING = places.TOOLS / "list_rights.py"
MARK = "<!-- From here on written by `make rights`. -->\n\n"


def refresh():
    """Write the tables anew."""
    script = places.REPORTS / "print_rights.py"
    places.REPORTS.mkdir(parents=True, exist_ok=True)
    script.write_text(f"{LISTING.read_text()}\nprint('RIGHTS>>>' + text + '<<<RIGHTS')\n")
    source = f"exec(compile(open({str(script)!r}).read(), 'list_rights', 'exec'))\n"
    call = places.REPORTS / "call_rights.py"
    call.write_text(source)
    databases.clone(places.TEMPLATE_DATABASE, DATABASE)
    try:
        output = databases.shell(DATABASE, call, title="Listing the rights")
    finally:
        databases.drop(DATABASE)
    text = output.partition("RIGHTS>>>")[2].partition("<<<RIGHTS")[0]
    head = DOCUMENT.read_text(encoding="utf-8").partition(MARK)[0]
    DOCUMENT.write_text(head + MARK + text, encoding="utf-8")
    say(f"{DOCUMENT.relative_to(places.ROOT)} is current.")


def written():
    """The tables as they stand in the document."""
    return DOCUMENT.read_text(encoding="utf-8").partition(MARK)[2]
