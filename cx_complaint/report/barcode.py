"""Bars as vectors: sharp on any printer, and drawn without an imaging library or a request to the server."""

import base64

from reportlab.graphics.barcode.code128 import Code128


def code128_uri(text):
    """Code 128 of ``text`` as the address of an image; it stretches to the size of its frame.

    :return: a ``data:`` address, or "" where the text has no Code 128 (empty, or not plain ASCII)
    """
    if not text or not text.isascii() or not text.isprintable():
        return ""
    code = Code128(text, quiet=False)
    code.validate()
    code.encode()
    code.decompose()
    bars, left = [], 0
    for letter in code.decomposed:  # upper case: a bar, lower case: a space; a is one module wide, b two …
        width = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            bars.append(f'<rect x="{left}" y="0" width="{width}" height="10"/>')
        left += width
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left} 10" width="{left}" height="10"'
        f' preserveAspectRatio="none" shape-rendering="crispEdges">{"".join(bars)}</svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
