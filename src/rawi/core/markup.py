"""Markup: a page made safe for a parser whose time grows with the square of a tag's attributes (libxml2's HTML parser),
and a text made plain."""

import re
from collections.abc import Iterator
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


DEEPEST = 250
"""Boxes in each other that are kept in a page that nests too deep for the parser: real ones have some forty."""
_BOXES = frozenset(
    """
    a article aside b big blockquote center div dl em fieldset font form header i main ol section small span strong
    sub sup table u ul
    """.split()  # noqa: SIM905 - a table, many words a line
)
_LINES = frozenset(b"article aside blockquote center div fieldset form header main section table".split())
"""Those of them that break a line."""
_NAMES = frozenset(name.encode() for name in _BOXES)
_ANY_TAG = re.compile(rb"<(/?+)([a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])")
_TAKEN_WHOLE = re.compile(rb"<!--|<(?:script|style|textarea|template)(?=[\s/>])", re.IGNORECASE)


def flattened(html: bytes) -> tuple[bytes, bool]:
    """A page without the tags of boxes that stand deeper in each other than a parser reads, and whether any of them
    said something by an attribute. Of such a page libxml2 would leave all the rest out, text that stands behind the
    boxes, too.
    """
    kept: dict[bytes, list[bool]] = {}
    depth = at = 0
    is_cut = False
    pieces: list[bytes] = []
    for start, end, is_end, name in _tags(html):
        flags = kept.setdefault(name, [])
        if is_end:
            is_kept = flags.pop() if flags else True
            depth -= is_kept and depth > 0
        else:
            is_bare = end - start <= len(name) + 3
            is_kept = depth < DEEPEST
            is_cut = is_cut or not (is_kept or is_bare)
            flags.append(is_kept)
            depth += is_kept
        if not is_kept:
            said = html[at:start]
            pieces += [said, b"<br><br>" if name in _LINES and said.strip() else b" "]
            at = end
    return b"".join([*pieces, html[at:]]), is_cut


def _tags(html: bytes) -> Iterator[tuple[int, int, bool, bytes]]:
    """Where the tags of boxes begin and end, whether they are end tags, and their names; in one pass."""
    at = 0
    whole = _TAKEN_WHOLE.search(html)
    while found := _ANY_TAG.search(html, at):
        if whole and whole.start() <= found.start():
            close = b"-->" if whole[0] == b"<!--" else b"</" + whole[0][1:]
            end = html.find(close, whole.end())
            if end < 0:
                return
            at = end + len(close)
            whole = _TAKEN_WHOLE.search(html, at)
            continue
        name = found[2].lower()
        tag = found if found[1] else _TAG.match(html, found.start())
        end = html.find(b">", found.end()) + 1 if found[1] else tag.end() if tag else found.end()
        if not end:
            return
        at = end
        if whole and whole.start() < at:
            whole = _TAKEN_WHOLE.search(html, at)
        if name in _NAMES:
            yield found.start(), end, bool(found[1]), name


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
