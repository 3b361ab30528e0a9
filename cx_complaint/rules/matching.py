"""The part of what people write that stays the same however they write it."""

import re

_KEY_LENGTH = 9
_SHORTEST = 5


def phone_key(text):
    """Last nine digits of a phone number, without leading zeros: ``+41 44 668 18 00`` and ``044-6681800`` meet.

    An extension behind ``x``, ``ext`` or ``#`` does not count.

    :return: string of digits, or False when there are too few to tell anybody by them
    """
    number = re.split(r"ext|[x#;]", (text or "").lower())[0]
    digits = re.sub(r"\D", "", number)[-_KEY_LENGTH:].lstrip("0")
    return digits if len(digits) >= _SHORTEST else False


def reference_key(text):
    """A number as the customer writes it, without case, blanks and marks: ``DN-47/11`` and ``dn 4711`` meet.

    :return: string, or False when nothing is left
    """
    return "".join(char for char in (text or "").casefold() if char.isalnum()) or False
