"""XML as the world sends it, made a tree: no entity is expanded, nothing is fetched, slips are forgiven."""

import re
from collections import deque
from dataclasses import dataclass
from html import entities, escape
from typing import Any

from lxml import etree

_MOST_DOCTYPE = 100_000
_MOST_FOREIGN = 100_000
"""Ampersands of one stretch that are looked at; the parser drops what is left of a flood."""
_STOPS = (etree.ErrorTypes.ERR_DOCUMENT_END, etree.ErrorTypes.ERR_RESOURCE_LIMIT)
_ROOT = re.compile(r"<\s*(?:[\w.-]{1,40}:)?([a-zA-Z][\w.-]{0,40})")
_PROLOGUE = re.compile(r"\s+|<\?[^>]{0,2000}>|<!--.{0,100000}?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s[^\[>]{0,2000}", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?[\w:.-]+\s", re.IGNORECASE)

# On bytes, for speed: these are cheap there, and the parser wants bytes.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_FOREIGN = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?")
"""An ampersand that begins none of XML's own references, with the name behind it where there is one."""


def root_name(text: str) -> str:
    """The local name of the first element, in lower case; empty when the text does not begin with one."""
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    if found := _DOCTYPE.match(text, at):
        if found[0].lower().split()[1:2] == ["html"]:
            return "html"
        # An internal subset ends at the first "]>": entities may not hold one.
        end = text.find("]>", at) + 2 if text[found.end() : found.end() + 1] == "[" else text.find(">", at) + 1
        if end < 2:
            return ""
        at = end
        while skipped := _PROLOGUE.match(text, at):
            at = skipped.end()
    root = _ROOT.match(text, at)
    return root[1].lower() if root else ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document's tree, and what is wrong with it."""

    root: Any
    """None when there is none."""
    fault: str = ""
    """The first fault that is more than a slip; empty when there is none."""
    stopped: str = ""
    """Why the parser read no further, where it did not come to the end of the text."""


def parsed(text: str) -> Parsed:
    """The tree of an XML document.

    No entity reaches the parser: those of HTML become their letters, all others the text they are written with.
    """
    data = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    for sequence in _NO_CHARACTERS:
        data = data.replace(sequence, b"")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_without_entities(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Parsed(None, str(error)[:200])
    faults = [fault for fault in parser.error_log if fault.level >= etree.ErrorLevels.FATAL]
    stops = [fault for fault in faults if fault.type in _STOPS]
    return Parsed(root, faults[0].message[:200] if faults else "", stops[0].message[:200] if stops else "")


def _without_entities(data: bytes) -> bytes:
    if not _FOREIGN.search(data):
        return data
    pieces, at = list[bytes](), 0
    while at < len(data):
        # In CDATA an ampersand is itself.
        begin = _found(data, b"<![CDATA[", at)
        end = _found(data, b"]]>", begin)
        pieces += _FOREIGN.sub(_letters, data[at:begin], _MOST_FOREIGN), data[begin:end]
        at = end
    return b"".join(pieces)


def _found(data: bytes, mark: bytes, start: int) -> int:
    """Where a mark begins, at or behind `start`; the end of the data when it does not."""
    at = data.find(mark, start)
    return at if at >= 0 else len(data)


def _letters(found: re.Match[bytes]) -> bytes:
    letters = entities.html5.get(f"{found[1].decode()};", "") if found[1] else ""
    # A few HTML names mean "<" or "&": as text only.
    return escape(letters).encode() if letters else b"&amp;" + found[0][1:]


def has_entities(text: str) -> bool:
    """Whether it declares entities of its own, which are not read."""
    return "<!" in text[:_MOST_DOCTYPE] and bool(_ENTITY.search(text[:_MOST_DOCTYPE]))


def is_torn(text: str, *names: str) -> bool:
    """Whether the last element of one of these names was begun and never ended."""
    tail = text[-200_000:]
    for name in names:
        opening = rf"<((?:[\w.-]{{1,40}}:)?{name})(?:\s[^<>]*)?(/?)>"
        last = deque(re.finditer(opening, tail, re.IGNORECASE), maxlen=1)
        for begun in last:
            closing = rf"</{re.escape(begun[1])}\s*>"
            if not begun[2] and not re.search(closing, tail[begun.end() :], re.IGNORECASE):
                return True
    return False
