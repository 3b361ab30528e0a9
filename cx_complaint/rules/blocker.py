"""A reason why something cannot be done yet, with the way out.

Checks return lists of these; the form shows them before the click, the verb raises them after it, and the tests
compare their codes. One list, three readers.
"""

from typing import NamedTuple


class Blocker(NamedTuple):
    """One reason.

    :param code: stable id of the reason; tests and translations of the user's own rely on it
    :param record: name of the record that is in the way, as the user knows it
    :param text: what is wrong, one sentence
    :param way_out: what the reader can do about it, one sentence
    """

    code: str
    record: str
    text: str
    way_out: str

    def sentence(self):
        """The reason as it is shown to the user, on one line."""
        return f"{self.record}: {self.text} {self.way_out}".strip()
