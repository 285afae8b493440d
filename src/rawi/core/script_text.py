"""A text that stands only in a page's scripts: in the state that a page hands to the program which would draw it."""

import json
import re
from collections.abc import Iterable, Iterator
from heapq import nlargest
from typing import Any

from rawi.core import blocks
from rawi.core.features import is_plain_link
from rawi.core.markup import plain

_KEYS = ("articleBody", "body", "content", "html", "paragraph", "paragraphs", "richText", "story", "text", "value")
_SENTENCE_END = re.compile(r"[.!?؟。。۔…][\"'”’»)\]」』]*(?:\s|$)")
_START = re.compile(r"[{\[]")
_MOST_SCRIPT = 8 * 1024 * 1024
_MOST_NODES = 200_000
_MOST_TRIALS = 3
_MOST_SCRIPTS = 50
"""Of a page's scripts the longest ones: two thousand that only look like JSON take seconds to try."""
_FEWEST_SENTENCES, _SHORTEST = 3, 200
_MOST_BLOCKS = 20_000


def text_in(scripts: Iterable[str], parse: Any) -> str:
    """The longest running text in the JSON of some scripts, a paragraph a line; "" when there is none.

    `parse` makes a tree of HTML (`page.parse`): what stands in scripts is often HTML again.
    """
    best = ""
    long_enough = (script for script in scripts if _SHORTEST <= len(script) <= _MOST_SCRIPT)
    for script in nlargest(_MOST_SCRIPTS, long_enough, key=len):
        for value in _values(script):
            best = max(best, *_texts(value, parse), key=len)
    return best


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


def _texts(value: Any, parse: Any) -> Iterator[str]:
    yield ""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(), seen + 1
        if isinstance(node, dict):
            for key in _KEYS:
                if isinstance(said := node.get(key), str) and len(said) >= _SHORTEST:
                    yield _running(_shown(said, parse))
            waiting += [inner for inner in node.values() if isinstance(inner, dict | list)]
        elif isinstance(node, list):
            if len(node) > 1:
                yield _running("\n".join(filter(None, (_shown(said, parse) for said in map(_said, node) if said))))
            waiting += [inner for inner in node if isinstance(inner, dict | list)]


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
