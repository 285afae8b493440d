"""Who wrote it: names in by-lines, declared or only seen."""

import re
from collections.abc import Iterator
from typing import Any

_BY = re.compile(r"^(?:by|par|von|por|door|av|di|text|yazan|بقلم|كتب|كتبت|تقرير|إعداد)\s*[:：]?\s+", re.IGNORECASE)
_INITIALS = re.compile(r"\s*\([\w.]{1,6}\)$")
_PLACE = re.compile(r"\s+[-–—]\s+\S.*$")
_PICTURE = re.compile(r"^\(|\b(?:image|photo|foto|bild|credit|getty)\b", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]+(?:-[a-z]+){1,3}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}", re.IGNORECASE)
_BYLINE_NAMES = re.compile(
    r"(?:^|[-_\s])(?:author|authors|autor|autoren|auteur|byline|by-line|writer|yazar)(?-i:(?![a-z]))", re.IGNORECASE
)
_NO_NAME = re.compile(r"[\d:@/…?!|*]|\b(?:author|about|more|follow|by|redaktion|editor|von|all)\b", re.IGNORECASE)
_LONGEST_BYLINE, _MOST_BYLINES, _MOST_SEEN = 80, 10, 5


def people(said: str) -> list[str]:
    """The names in a line such as "By Dana Kettani and Samir Haddad (AFP)", as they are written; none in an address."""
    if "://" in said or len(said) > 200:
        return []
    parts = re.split(r"\s*(?:[;|،]|,(?!\s*(?:Jr|Sr)\b)|\s(?:and|et|und)\s)\s*", _BY.sub("", said))
    return [name for part in parts if 1 < len(name := _bare_name(part)) < 80]


def _bare_name(said: str) -> str:
    """A name without the initials or the place behind it; "" for the note of a picture."""
    name = _PLACE.sub("", _INITIALS.sub("", said.strip()))
    if _PICTURE.search(name):
        return ""
    return name.replace("-", " ").title() if _SLUG.fullmatch(name) else name


def is_paper(name: str, site: str) -> bool:
    """Whether a name is that of the paper, or of its address."""
    site = site.casefold()
    return bool(_HOST.fullmatch(name)) or (bool(site) and name.casefold() in (site, site.removeprefix("the ")))


def _is_name(said: str) -> bool:
    """Whether a text may be a person's name: two to five words, none of them in small letters alone but particles."""
    words = said.split()
    if not 2 <= len(words) <= 5 or _NO_NAME.search(said):
        return False
    return all(not word[0].islower() for word in (words[0], words[-1]))


def seen(tree: Any) -> tuple[str, ...]:
    """The names of persons in the lines that a page marks as its author's."""
    names = dict.fromkeys(name for line in _lines(tree) for name in people(line) if _is_name(name))
    return tuple(names)[:_MOST_SEEN]


def _lines(tree: Any) -> Iterator[str]:
    """Short texts that a page marks as its author's line."""
    found = 0
    for element in tree.xpath("//*[@class][not(self::script or self::style or self::body or self::form)]"):
        if _BYLINE_NAMES.search(element.get("class") or ""):
            text = " ".join(element.text_content().split())
            if 3 < len(text) <= _LONGEST_BYLINE:
                yield text
                found += 1
                if found == _MOST_BYLINES:
                    return
