"""Selectors of CSS, as far as their time grows with the page and no faster.

Taken: names of elements, `*`, `.class`, `#id`, `[attribute]` in all its forms, `:not(…)` of these; one within another
(a blank), directly within (`>`), directly behind (`+`); several, parted by commas. What is left out (`~`, `:nth-child`,
`:has`, …) looks from each element at many others: a hostile page would make it take hours.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_css
from cssselect.parser import Attrib, Class, CombinedSelector, Element, Hash, Negation
from lxml import etree

from rawi.errors import BadInput

LONGEST = 500
_MOST_STEPS = 10


@dataclass(frozen=True, slots=True)
class _Step:
    """A part of a selector between two combinators, and how it is bound to the part before it."""

    combinator: str
    """" " within, ">" directly within, "+" directly behind; "" for the first."""
    find: Any
    """Finds all elements of a tree that it fits by themselves."""


def check(selector: str) -> None:
    """BadInput, saying why, for a selector that is not taken."""
    _compiled(selector)


def select(selector: str, tree: Any) -> list[Any]:
    """The elements of a tree that a selector fits, each once, in the order of the page."""
    chains = _compiled(selector)
    if len(chains) == 1:
        return _chosen(chains[0], tree)
    chosen = {element for chain in chains for element in _chosen(chain, tree)}
    return [element for element in tree.iter() if element in chosen]


@lru_cache(maxsize=10_000)
def _compiled(selector: str) -> tuple[tuple[_Step, ...], ...]:
    if len(selector) > LONGEST:
        raise BadInput(f"{selector[:40]!r}… is longer than {LONGEST} characters")
    try:
        parsed = parse_css(selector)
        return tuple(tuple(_steps(one.parsed_tree, one.pseudo_element, selector)) for one in parsed)
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise BadInput(f"{selector!r} is no selector ({error})") from error


def _steps(parsed: Any, pseudo_element: object, selector: str) -> Iterator[_Step]:
    parts: list[tuple[str, Any]] = []
    while isinstance(parsed, CombinedSelector):
        parts.append((parsed.combinator, parsed.subselector))
        parsed = parsed.selector
    parts.append(("", parsed))
    refused = next((combinator for combinator, _ in parts if combinator not in ("", " ", ">", "+")), "")
    if refused:
        raise BadInput(f"{selector!r}: {refused!r} is not taken; there are a blank, '>' and '+'")
    if pseudo_element or not all(_is_plain(part) for _, part in parts):
        raise BadInput(
            f"{selector!r}: only elements, .class, #id, [attribute] and :not() of these are taken, and no namespace"
        )
    if len(parts) > _MOST_STEPS:
        raise BadInput(f"{selector!r} has more than {_MOST_STEPS} parts")
    for combinator, part in reversed(parts):
        yield _Step(combinator, etree.XPath(f"descendant-or-self::{HTMLTranslator().xpath(part)}"))


def _is_plain(part: Any) -> bool:
    """Whether an element can be judged by itself."""
    while not isinstance(part, Element):
        is_taken = isinstance(part, Class | Hash) or (isinstance(part, Attrib) and not part.namespace)
        if not (is_taken or (isinstance(part, Negation) and _is_plain(part.subselector))):
            return False
        part = part.selector
    return not part.namespace


def _chosen(chain: tuple[_Step, ...], tree: Any) -> list[Any]:
    """Step by step: of what fits a step, only what is bound as it should be to what the step before has left."""
    chosen: list[Any] = chain[0].find(tree)
    for step in chain[1:]:
        if not chosen:
            break
        before = set(chosen)
        if step.combinator == ">":
            chosen = [element for element in step.find(tree) if element.getparent() in before]
        elif step.combinator == "+":
            chosen = [element for element in step.find(tree) if element.getprevious() in before]
        else:
            chosen = list(within(step.find(tree), before))
    return chosen


def within(elements: list[Any], outer: Set[Any]) -> Iterator[Any]:
    """The elements that stand in one of the outer ones; each ancestor is looked at once, however many share it."""
    known: dict[Any, bool] = {}
    for element in elements:
        passed = []
        above = element.getparent()
        while above is not None and above not in known and above not in outer:
            passed.append(above)
            above = above.getparent()
        is_within = above is not None and (above in outer or known[above])
        known.update(dict.fromkeys(passed, is_within))
        if is_within:
            yield element
