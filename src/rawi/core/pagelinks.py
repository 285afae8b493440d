"""The links of an HTML page: the feeds it announces, and what looks like an article of the same publisher."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from rawi.core.markup import without_floods
from rawi.core.urls import absolute, host, publisher_of

MOST_ANCHORS = 20_000
SHORTEST_HEADLINE = 15
"""Characters: shorter texts are the names of sections, or "Read more"."""

SURE_HEADLINE = 25
"""Characters: as long as this, a headline makes up for an address that says little (/news/7)."""

_FEED_TYPES = (
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/rss+xml",
)
_COMMENTS = re.compile(r"comment|تعليق", re.IGNORECASE)

# Parts of a path that no article has: lists, people, services.
_LISTS = frozenset(
    (
        "about",
        "account",
        "archive",
        "archives",
        "author",
        "authors",
        "auteur",
        "categorie",
        "category",
        "contact",
        "feed",
        "feeds",
        "legal",
        "login",
        "newsletter",
        "page",
        "privacy",
        "recherche",
        "register",
        "rss",
        "search",
        "share",
        "signin",
        "signup",
        "subscribe",
        "tag",
        "tags",
        "terms",
        "topic",
        "topics",
        "wp-admin",
        "wp-content",
        "wp-login.php",
    )
)
_OF_SECTIONS = frozenset(("categorie", "category", "topic", "topics"))
"""Of these lists, some are a publisher's sections."""

# Parts of a path that lead to services, in menus.
_SERVICES = frozenset(
    (
        "about-us",
        "advertise",
        "apps",
        "careers",
        "cart",
        "contact-us",
        "contactez-nous",
        "cookies",
        "donate",
        "e-paper",
        "epaper",
        "faq",
        "horoscope",
        "jobs",
        "logout",
        "membership",
        "mentions-legales",
        "meteo",
        "newsletters",
        "prayer-times",
        "print",
        "privacy-policy",
        "qui-sommes-nous",
        "shop",
        "sitemap",
        "terms-of-use",
        "weather",
        "اتصل-بنا",
        "من-نحن",
    )
)
_LONGEST_SECTION = 40
MOST_SECTIONS = 20
"""Section pages taken from one menu."""

# Parts of a path that say what is below them.
_SHELVES = frozenset(
    (
        "article",
        "articles",
        "depeche",
        "dispatch",
        "news",
        "post",
        "posts",
        "story",
        "stories",
        "خبر",
        "مقال",
        "مقالات",
    )
)
_FILES = re.compile(
    r"\.(?:avi|css|docx?|gif|ico|jpe?g|js|json|mp[34]|pdf|png|rss|svg|webp|xlsx?|xml|zip)$", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)|\d{5,}")
_ID = re.compile(r"(?:^|&)(?:\w*id|p|n|a|article|news|ref|story)=\w*\d{3,}", re.IGNORECASE)
_WORDS = re.compile(r"[-_+.\s]+")
_MENUS = frozenset(("nav", "footer", "form", "menu"))
_MENU_ROLES = frozenset(("navigation", "contentinfo", "search", "menu", "menubar"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


def parsed(text: str) -> Any:
    """The root of a page; None when it has none."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(without_floods(text.encode("utf-8", "replace")), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def base(tree: Any, url: str) -> str:
    """What the page's relative addresses are relative to."""
    for element in tree.iter("base"):
        return absolute(element.get("href") or "", url) or url
    return url


def title(tree: Any) -> str:
    """The page's title, on one line."""
    for element in tree.iter("title"):
        return _text(element)
    return ""


def announced(tree: Any, base: str) -> list[str]:
    """The feeds that a page announces in its head, without those of readers' comments."""
    found: dict[str, None] = {}
    for element in tree.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        said = (element.get("type") or "").partition(";")[0].strip().lower()
        href = element.get("href") or ""
        if "alternate" in rels and said in _FEED_TYPES and not _COMMENTS.search(f"{element.get('title')} {href}"):
            address = absolute(href, base)
            if address:
                found[address] = None
    return list(found)[:100]


def articles(tree: Any, url: str, base: str) -> Iterator[tuple[str, str]]:
    """The addresses on a page that look like articles, with the text of their links, in the page's order.

    An article of this page's publisher: its link is not in a menu or a footer; its path is not one of a list
    (tags, authors, search …) and ends neither in a file nor in a day; some link to it reads like a headline; and its
    address holds a number of four digits or more, an id in its query, or a last part of at least three words, or, with
    a headline that is long enough, any number in its last part, or two words in it below /article/ or the like.
    """
    own, found = publisher_of(host(url)), dict[str, str]()
    for count, anchor in enumerate(tree.iter("a")):
        if count == MOST_ANCHORS:
            break
        address = absolute(anchor.get("href") or "", base)
        if not address or address == url or publisher_of(host(address)) != own or _is_in_menu(anchor):
            continue
        said = _headline(anchor)
        if len(said) > len(found.get(address, "")):
            found[address] = said
    for address, said in found.items():
        if len(said) >= SHORTEST_HEADLINE and _looks_like_article(address, len(said) >= SURE_HEADLINE):
            yield address, said


def sections(tree: Any, url: str, base: str) -> list[str]:
    """The section pages that the menu of a publisher's home page leads to, in its order.

    A link of a menu (not of a footer) with a short text, to an address of this publisher that looks neither like an
    article nor like a service (about us, contact, weather), and whose path is at most three parts deep.
    """
    own, found = publisher_of(host(url)), dict[str, str]()
    for count, anchor in enumerate(tree.iter("a")):
        if count == MOST_ANCHORS or len(found) == MOST_SECTIONS:
            break
        address = absolute(anchor.get("href") or "", base)
        if not address or address == url or publisher_of(host(address)) != own:
            continue
        is_named = 2 <= len(_text(anchor)) <= _LONGEST_SECTION
        if is_named and _is_in_menu(anchor) and not _is_in_footer(anchor) and _looks_like_section(address):
            found.setdefault(_same_page(address), address)
    return list(found.values())


def _same_page(address: str) -> str:
    """One name for the forms in which a menu writes an address: with www. and without, by http and https."""
    return f"{publisher_of(host(address))}/{address.partition('://')[2].partition('/')[2].rstrip('/')}"


def _looks_like_section(address: str) -> bool:
    path, _, query = unquote(address.partition("://")[2].partition("/")[2]).partition("?")
    parts = [part.lower() for part in path.split("/") if part]
    if not 1 <= len(parts) <= 3 or _FILES.search(parts[-1]) or all(part.isdigit() for part in parts):
        return False
    stems = [part.partition(".")[0] for part in parts]
    if any(stem in _SERVICES or (stem in _LISTS and stem not in _OF_SECTIONS) for stem in stems):
        return False
    return not _looks_like_article(address, False) and (not query or parts[-1].endswith((".aspx", ".php", ".asp")))


def _looks_like_article(address: str, is_sure: bool) -> bool:
    path, _, query = unquote(address.partition("://")[2].partition("/")[2]).partition("?")
    parts = [part for part in path.split("/") if part]
    if any(part.lower() in _LISTS for part in parts) or (parts and _FILES.search(parts[-1])):
        return False
    if _ID.search(query):
        return True
    if not parts or all(part.isdigit() and len(part) <= 4 for part in parts[-2:]):
        return False  # the front page; the list of a year, a month or a day
    stem = parts[-1].rpartition(".")[0] or parts[-1]
    words = [word for word in _WORDS.split(stem) if word]
    if _NUMBER.search(path) or (len(words) >= 3 and len(stem) >= SHORTEST_HEADLINE):
        return True
    is_on_shelf = len(words) >= 2 and any(part.lower() in _SHELVES for part in parts[:-1])
    return is_sure and len(parts) >= 2 and (is_on_shelf or any(letter.isdigit() for letter in stem))


def _is_in_menu(anchor: Any) -> bool:
    is_in_article = False
    for element in anchor.iterancestors():
        if element.tag == "article":
            is_in_article = True
        if element.tag in _MENUS or (element.get("role") or "").lower() in _MENU_ROLES:
            return True
        if element.tag == "header" and not is_in_article and not any(True for _ in element.iterancestors("article")):
            return True
    return False


def _is_in_footer(anchor: Any) -> bool:
    return any(
        element.tag in ("footer", "form") or (element.get("role") or "").lower() in ("contentinfo", "search")
        for element in anchor.iterancestors()
    )


def _headline(anchor: Any) -> str:
    """The text of a link; of its heading, where a whole card is the link."""
    for name in _HEADINGS:
        for heading in anchor.iter(name):
            if text := _text(heading):
                return text
    return _text(anchor) or (anchor.get("title") or "").strip()[:300]


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:300]
