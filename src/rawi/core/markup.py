"""Makes a page safe for a parser whose time grows with the square of a tag's attributes (libxml2's HTML parser)."""

import re

MOST_ATTRIBUTES = 3000
"""Of one tag. Real ones have a few dozen; but scripts hold "<" and quotes too, and look like tags of hundreds."""

_SHORTEST = 400
"""Characters: a shorter tag cannot hold so many attributes."""

# A tag as browsers read it: a quote behind "=" opens a value that only the same quote ends; anywhere else it is a
# letter like others (WHATWG HTML, 13.2.5.32 and following). Every alternative takes what it can and gives nothing
# back, and the end of the text ends everything, so that one pass is enough.
_TAG = re.compile(r"""<[a-zA-Z](?:[^=>]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_BREAK = re.compile(r"[\s/]+")


def without_floods(html: str) -> str:
    """A page without the attributes of tags that have thousands: 200,000 take libxml2 seven minutes.

    Of an opening tag that is too rich its name stays, so that the tree keeps its shape.
    """
    return _TAG.sub(_thinned, html)


def _thinned(found: re.Match[str]) -> str:
    tag = found[0]
    if len(tag) < _SHORTEST or len(_BREAK.findall(_VALUE.sub(" ", tag))) <= MOST_ATTRIBUTES:
        return tag
    return (_BREAK.split(tag, maxsplit=1)[0])[:40].rstrip("\"'>") + ">"
