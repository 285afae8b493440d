"""The pictures of an article: the one a page declares, and those that stand in its own part with their captions."""

import re
from collections.abc import Iterator
from typing import Any

from rawi.model import Image

MOST = 30
_OUTSIDE = "ancestor::aside | ancestor::nav | ancestor::footer | ancestor::header"
_PICTURE_NAMES = re.compile(
    r"photo|pict?\b|picture|image|illustration|figure|plate|thumbnail|visuel|صورة", re.IGNORECASE
)
_SMALLEST = 300
"""Pixels in width: what is narrower beside a text is an icon or a teaser."""
_LONGEST_CAPTION = 400
_BLANKS = re.compile(r"\s+")


def images(tree: Any, lead: str, alt: str = "") -> tuple[Image, ...]:
    """The pictures of a page's article; `lead` is the address of the one it declares, "" when it declares none."""
    return tuple(_each(tree, lead, alt))[:MOST]


def _each(tree: Any, lead: str, alt: str) -> Iterator[Image]:
    shown = list(_figures(tree)) or list(_boxes(tree))[:1]
    seen = {_file(lead)} if lead else set()
    if lead:
        yield next((image for image in shown if _file(image.url) == _file(lead)), None) or Image(url=lead, alt=alt)
    for image in shown:
        if _file(image.url) not in seen:
            seen.add(_file(image.url))
            yield image


def _figures(tree: Any) -> Iterator[Image]:
    inside = tree.xpath("//article//figure | //main//figure") or tree.xpath("//figure")
    for figure in inside:
        if not figure.xpath("ancestor::aside | ancestor::nav | ancestor::footer"):
            for img in figure.xpath(".//img")[:1]:
                captions = figure.xpath(".//figcaption")
                yield from _image(img, _plain(captions[0].text_content()) if captions else "")


def _boxes(tree: Any) -> Iterator[Image]:
    """Pages without figures: a wide picture in a box that is named for pictures, with the words beside it."""
    for img in tree.xpath("//img[@src]"):
        box = next((e for e in img.iterancestors() if _PICTURE_NAMES.search(e.get("class") or "")), None)
        if box is not None and (_size(img.get("width")) or 0) >= _SMALLEST and not img.xpath(_OUTSIDE):
            caption = _plain(box.text_content())
            yield from _image(img, caption if len(caption) <= _LONGEST_CAPTION else "")


def _image(img: Any, caption: str) -> Iterator[Image]:
    url = (img.get("src") or img.get("data-src") or "").strip()
    if url:
        yield Image(
            url=url,
            caption=caption,
            alt=_plain(img.get("alt") or ""),
            width=_size(img.get("width")),
            height=_size(img.get("height")),
        )


def _size(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else None


def _file(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2] or url


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
