"""Markup: a page made safe for a parser whose time grows with the square of a tag's attributes (libxml2's HTML parser),
and a text made plain."""

import re
from html import unescape

MOST_ATTRIBUTES = 3000
"""Of one tag. Real ones have a few dozen; but scripts hold "<" and quotes too, and look like tags of hundreds."""

# A tag as browsers read it: a quote behind "=" opens a value that only the same quote ends; anywhere else it is a
# letter like others (WHATWG HTML, 13.2.5.32 and following). Every alternative takes what it can and gives nothing
# back, and the end of the text ends everything, so that one pass is enough.
_TAG = re.compile(rb"""<[a-zA-Z](?:[^=>]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)""")
_VALUE = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_BREAK = re.compile(rb"[\s/]+")


def without_floods(html: bytes) -> bytes:
    """A page without the attributes of tags that have thousands: 200,000 take libxml2 seven minutes.

    Of an opening tag that is too rich its name stays, so that the tree keeps its shape.
    """
    # Asking for lengths alone takes half the time of asking about each tag, and hardly any page has a long one.
    if max(map(len, _TAG.findall(html)), default=0) < 2 * MOST_ATTRIBUTES:
        return html
    return _TAG.sub(_thinned, html)


def _thinned(found: re.Match[bytes]) -> bytes:
    tag = found[0]
    if len(tag) < 2 * MOST_ATTRIBUTES or len(_BREAK.findall(_VALUE.sub(b" ", tag))) <= MOST_ATTRIBUTES:
        return tag
    return (_BREAK.split(tag, maxsplit=1)[0])[:40].rstrip(b"\"'>") + b">"


_ENTITY = re.compile(r"&#?\w")
_INNER_TAG = re.compile(r"<[/a-zA-Z][^<>]{0,300}>")


def plain(text: str) -> str:
    """A text of a page without entities and tags that were escaped once too often, its blanks single."""
    for _ in range(2):
        if "&" in text and _ENTITY.search(text):
            text = unescape(text)
    if "<" in text:
        text = _INNER_TAG.sub(" ", text)
    return " ".join(text.split())
