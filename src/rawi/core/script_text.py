"""A text that stands only in a page's scripts: in the state that a page hands to the program which would draw it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from rawi.core import blocks
from rawi.core.features import is_plain_link
from rawi.core.markup import plain

_KEYS = ("articleBody", "body", "content", "html", "paragraph", "paragraphs", "richText", "story", "text", "value")
_HEADLINES = ("headline", "headlines", "title", "name")
_AUTHORS = ("author", "authors", "byline", "bylines", "creator")
_SPOKEN = ("basic", "rendered", "name", "full_name", "fullName", "displayName", "text", "value", "title")
"""Under which of them an object keeps the words that it is there for."""
_LONGEST_HEADLINE, _LONGEST_NAME, _MOST_NAMES, _FEWEST_LETTERS = 300, 80, 8, 4
_NEAR = 3
"""So many objects outward from a text, its own counted, its headline may stand."""
_SENTENCE_END = re.compile(r"[.!?؟。。۔…][\"'”’»)\]」』]*(?:\s|$)")
_START = re.compile(r"[{\[]")
_MOST_SCRIPT = 8 * 1024 * 1024
_MOST_NODES = 200_000
_MOST_TRIALS = 3
_MOST_SCRIPTS = 50
"""Of a page's scripts the longest ones: two thousand that only look like JSON take seconds to try."""
_FEWEST_SENTENCES, _SHORTEST = 3, 200
_MOST_BLOCKS = 20_000


@dataclass(frozen=True, slots=True)
class Told:
    """A running text, and what stands in the same object."""

    text: str = ""
    headline: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """An object, and the one that it stands in."""

    node: Mapping[str, Any]
    outer: "_Around | None"


def text_in(scripts: Iterable[str], parse: Any) -> str:
    """The longest running text in the JSON of some scripts, a paragraph a line; "" when there is none."""
    return told_in(scripts, parse).text


def told_in(scripts: Iterable[str], parse: Any) -> Told:
    """The longest running text in the JSON of some scripts, with the headline and the authors beside it; empty when
    there is none.

    `parse` makes a tree of HTML (`page.parse`): what stands in scripts is often HTML again.
    """
    best: tuple[str, _Around | None] = "", None
    long_enough = (script for script in scripts if _SHORTEST <= len(script) <= _MOST_SCRIPT)
    for script in nlargest(_MOST_SCRIPTS, long_enough, key=len):
        for value in _values(script):
            best = max((best, *_texts(value, parse)), key=lambda one: len(one[0]))
    text, around = best
    return Told(text, _headline(around, text), _authors(around))


def _headline(around: _Around | None, text: str) -> str:
    """The headline of the object that holds a text, or of one of the next around it."""
    for node in _outward(around):
        for key in _HEADLINES:
            said = plain(_spoken(node.get(key)))
            if _FEWEST_LETTERS <= len(said) <= _LONGEST_HEADLINE and said != text and any(map(str.isalpha, said)):
                return said
    return ""


def _authors(around: _Around | None) -> tuple[str, ...]:
    for node in _outward(around):
        for key in _AUTHORS:
            value = node.get(key)
            given = value[:_MOST_NAMES] if isinstance(value, list) else [value]
            names = [plain(_spoken(one)) for one in given]
            if found := tuple(dict.fromkeys(name for name in names if _is_name(name))):
                return found
    return ()


def _is_name(said: str) -> bool:
    return 1 < len(said) <= _LONGEST_NAME and any(map(str.isalpha, said)) and "@" not in said and "://" not in said


def _outward(around: _Around | None) -> Iterator[Mapping[str, Any]]:
    for _ in range(_NEAR):
        if around is None:
            return
        yield around.node
        around = around.outer


def _spoken(value: Any) -> str:
    if isinstance(value, dict):
        value = next((said for key in _SPOKEN if isinstance(said := value.get(key), str) and said), "")
    return value if isinstance(value, str) else ""


def _values(script: str) -> Iterator[Any]:
    """The JSON values in a script, whether it is JSON itself or gives one a name."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MOST_TRIALS):
        found = _START.search(script, at)
        if not found:
            return
        try:
            value, at = decoder.raw_decode(script, found.start())
        except (ValueError, RecursionError):
            at = found.start() + 1
            continue
        yield value


def _texts(value: Any, parse: Any) -> Iterator[tuple[str, _Around | None]]:
    """The running texts in a value, and what each stands in."""
    waiting: list[tuple[Any, _Around | None]] = [(value, None)]
    seen = 0
    while waiting and seen < _MOST_NODES:
        (node, around), seen = waiting.pop(), seen + 1
        if isinstance(node, dict):
            inside = _Around(node, around)
            for key in _KEYS:
                if isinstance(said := node.get(key), str) and len(said) >= _SHORTEST:
                    yield _running(_shown(said, parse)), inside
            waiting += [(inner, inside) for inner in node.values() if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            if len(node) > 1:
                said = "\n".join(filter(None, (_shown(said, parse) for said in map(_said, node) if said)))
                yield _running(said), around
            waiting += [(inner, around) for inner in node if isinstance(inner, dict | list)]


def _said(node: Any) -> str:
    """The words of one paragraph of a list of them."""
    if isinstance(node, str):
        return node
    if isinstance(node, dict):
        return next((said for key in _KEYS if isinstance(said := node.get(key), str) and said), "")
    return ""


def _shown(said: str, parse: Any) -> str:
    """What a reader would see of it, whether it is HTML or plain words."""
    if "<" not in said:
        return "\n".join(line for part in said.splitlines() if (line := plain(part)))
    tree = parse(said)
    if tree is None:
        return ""
    return "\n".join(block.text for block in blocks.blocks(tree, _MOST_BLOCKS).blocks if not is_plain_link(block))


def _running(said: str) -> str:
    """A text, when it is one: with sentences, and not one word of a program after another."""
    is_text = (
        len(said) >= _SHORTEST and len(_SENTENCE_END.findall(said)) >= _FEWEST_SENTENCES and "function(" not in said
    )
    return said if is_text else ""
