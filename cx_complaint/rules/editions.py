"""Letters and numbers of editions. Plain values."""

import re

_LAST_NUMBER = re.compile(r"(\d+)(?=\D*$)")
_LAST_LETTER = re.compile(r"[A-Ya-y](?=[^A-Za-z]*$)")


def next_edition(edition, taken=()):
    """What the edition after ``edition`` is usually called: the last number counts on, else the last letter.

    :param taken: editions that exist already
    """
    candidate = edition.strip()
    while True:
        candidate = _following(candidate)
        if candidate not in taken:
            return candidate


def _following(edition):
    number = _LAST_NUMBER.search(edition)
    if number:
        digits = number.group(1)
        return f"{edition[:number.start(1)]}{int(digits) + 1:0{len(digits)}d}{edition[number.end(1):]}"
    letter = _LAST_LETTER.search(edition)
    if letter:
        return f"{edition[:letter.start()]}{chr(ord(letter.group()) + 1)}{edition[letter.end():]}"
    return f"{edition}/1"
