"""The documentation of rights says what the program does: its tables are the access rights and the tables of verbs."""

from dev import rights


def test_rights_are_documented_as_they_are(installed):
    """docs/rights.md is what `make rights` writes: nobody reads a right there that he does not have."""
    text = installed.shell(f"{rights.LISTING.read_text()}\nresult = text")
    assert rights.written() == text, "run `make rights`"
