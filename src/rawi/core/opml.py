"""Lists of feeds as OPML 2.0, read and written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args
from xml.sax.saxutils import quoteattr

from lxml import etree

from rawi.errors import BadInput
from rawi.model import Feed, FeedKind, Publisher

MOST_OUTLINES = 20_000
"""Taken from one file."""

_OWN = "urn:rawi:opml"
"""The namespace of what OPML has no word for."""
_MOST_HOSTS = 100
_KINDS: tuple[FeedKind, ...] = get_args(FeedKind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """A feed as a list names it; texts that are not said are empty, addresses are as they are written."""

    url: str
    home: str = ""
    title: str = ""
    kind: FeedKind = "rss"
    hosts: tuple[str, ...] = ()
    """Where its publisher's articles stand, as lists of ours say."""


def read_opml(data: bytes) -> tuple[list[Outline], str]:
    """The feeds of an OPML file, however deep they are nested, and what was wrong with it or "".

    BadInput when it holds none. No entity is expanded and nothing is fetched.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError as error:
        raise BadInput(f"it is no OPML: {str(error)[:200]}") from error
    if tree is None:
        raise BadInput("it is no OPML: it is empty, or no XML")
    found, problem = [], ""
    for count, outline in enumerate(tree.iter("{*}outline")):
        if count >= MOST_OUTLINES:
            problem = f"it has more than {MOST_OUTLINES:,} outlines; the first were read"
            break
        if url := _asked(outline.get("xmlUrl") or ""):
            found.append(_outline(url, outline))
    if not found:
        raise BadInput("it holds no feed (no outline with an xmlUrl)")
    if not problem and parser.error_log:
        problem = f"it is broken ({parser.error_log[0].message[:100]}); what could be read was"
    return found, problem


def _asked(said: str) -> str:
    """The address behind those that old readers of feeds write: feed://…, feed:https://…"""
    url = said.strip()
    bare = url.removeprefix("feed:")
    return f"http:{bare}" if bare.startswith("//") else bare


def _outline(url: str, element: "etree._Element") -> Outline:
    said = (element.get("type") or "").strip().lower()
    return Outline(
        url=url,
        home=(element.get("htmlUrl") or "").strip(),
        title=element.get("title") or element.get("text") or "",
        kind=next((kind for kind in _KINDS if kind == said), "rss"),
        hosts=tuple((element.get(f"{{{_OWN}}}hosts") or "").split()[:_MOST_HOSTS]),
    )


def write_opml(name: str, publishers: Iterable[tuple[Publisher, Iterable[Feed]]]) -> str:
    """An OPML file of these publishers, each an outline with its feeds in it. Read back, it gives the same feeds."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:rawi="{_OWN}">',
        "<head>",
        f"<title>{_text(name)}</title>",
    ]
    lines += ["</head>", "<body>"]
    for publisher, feeds in publishers:
        lines.append(f"<outline {_attributes(text=publisher.name, htmlUrl=publisher.home)}>")
        lines += [f"  <outline {_feed(publisher, feed)}/>" for feed in feeds]
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _feed(publisher: Publisher, feed: Feed) -> str:
    return _attributes(
        text=feed.title or publisher.name,
        title=publisher.name,
        type=feed.kind,
        xmlUrl=feed.url,
        htmlUrl=publisher.home,
        **{"rawi:hosts": " ".join(publisher.hosts)},
    )


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(_clean(value))}" for name, value in values.items())


def _text(said: str) -> str:
    return _clean(said).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clean(said: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in said if c >= " " and c not in "\x7f\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
