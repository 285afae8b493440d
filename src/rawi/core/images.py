"""The pictures of an article: those that stand in its own part of the page, with their captions, and the declared one.

What a page shows comes first, because a declaration often names a crop made for sharing. A picture is the article's
own by where it stands: between the headline and the last paragraph, in no box that is named for something else, and
not in a link to another article.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree

from rawi.core.outline import Outline
from rawi.model import Image

MOST = 40
_MOST_CANDIDATES, _MOST_PARAGRAPHS, _MOST_SOURCES, _MOST_CREDITS = 3000, 20_000, 11, 20
_SMALLEST = 100
"""Pixels on a side: what is said to be smaller is an icon, a portrait or a tracker."""
_LONE_SMALLEST = 200
"""The same for a picture in no figure or box of its own."""
_LONGEST_CAPTION, _LONGEST_CREDIT, _LONGEST_ADDRESS, _LONGEST_NAME = 1500, 120, 4000, 400
_FEWEST_LETTERS = 60
"""A paragraph that is shorter says little about where the text is."""

# ---------------------------------------------------------------------------------------- facts of the web

_SOURCES = ("data-full-src", "data-hi-res-src", "data-original", "data-src", "data-lazy-src", "data-image", "data-url")
"""Where an address of a picture is said that is loaded late, the best first; other names that hold "src" follow, and
last `src`, which then holds a placeholder."""
_NO_PICTURE = frozenset(
    """
    1x1 advertorials app-store appstore author authors autor autores avatar avatars badge beacon blank btn button dummy
    emoji facebook favicon googleplay gravatar headshot icon icons lazy loader loading logo logos noimage pixel
    placeholder play-store spacer spinner sprite sprites svg tracking transparent twitter whatsapp
    """.split()  # noqa: SIM905 - a table, a few words a line
)
"""Words of the addresses of what is no picture of an article."""
_NO_PICTURE_PARTS = ("arc-authors", "profile-image", "default-image", "google-play", "no-image", "user-icon")
_OUTSIDE_TAGS = frozenset(("aside", "nav", "footer", "form", "button", "dialog", "template"))
_OUTSIDE_NAMES = frozenset(
    """
    ad ads advert advertisement advertising also archive author authors autor avatar bio breadcrumb breadcrumbs byline
    comment comments consent cookie cookies footer latest lire logo masthead menu more nav navbar navigation next
    playlist popular profile rail share sharing similar social sponsor sponsored subscribe tags ticker topbar trending
    upsell weitere
    """.split()  # noqa: SIM905 - a table, a few words a line
)
"""Words of the classes of boxes that are not the article's own part."""
_OUTSIDE_PARTS = (
    "related",
    "recommend",
    "teaser",
    "sidebar",
    "newsletter",
    "outbrain",
    "taboola",
    "recirc",
    "most-read",
    "mostread",
    "mostviewed",
    "more-from",
    "readmore",
    "seealso",
    "suggest",
    "onward",
    "spotim",
)
_WORDS = re.compile(r"[^\w]+|_+")
_PICTURE_NAMES = re.compile(
    r"photo|pict?\b|picture|image|illustration|figure|plate|thumbnail|visuel|caption|gallery|media|صورة", re.IGNORECASE
)
_CAPTION_NAMES = re.compile(r"caption|legend|légende|description|bildunter|bildtext|pie-?de", re.IGNORECASE)
_CREDIT_NAMES = re.compile(
    r"credit|copyright|rights|source|photographer|fotograf|agency|quelle|attribution|author|byline|auteur|firma",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)

_CREDIT_CUE = (
    r"(?:photos?(?:graph(?:er|ie|y)?)?(?:\s+(?:by|credit|courtesy|courtesy\sof|illustration))?|pictures?(?:\s+by)?|"
    r"image(?:\s+(?:credit|by|courtesy|source))?|crédits?(?:\s+(?:photos?|images?))?|credits?|"
    r"foto(?:graf(?:ie|ía|o|in)?|s)?|bilder|bild(?:quelle)?|quelle|fotocredit|kredit|imago|"
    r"illustration|source|fuente|fonte|courtesy(?:\sof)?|copyright|via|تصوير|صورة|الصورة|عدسة|المصدر|مصدر\sالصورة)"
)
_CREDIT_PARENS = re.compile(
    rf"\s*[(\[]\s*({_CREDIT_CUE}\s*[:：/-]\s*[^()\[\]]{{2,100}}|©\s*[^()\[\]]{{2,100}}|"
    rf"(?:photo|foto|picture|image)s?\s+(?:by|von|par|de|di|via)\s+[^()\[\]]{{2,100}}|"
    r"[^()\[\]]{0,60}\b(?:AFP|AP|Reuters|REUTERS|dpa|EPA|Getty(?:\sImages)?|EFE|ANSA|Xinhua|ANP|APA|AAP|PA|TASS|IMAGO|"
    r"أ\sف\sب|رويترز|واس|الأناضول|أ\.?ف\.?ب)\b[^()\[\]]{0,50})\s*[)\]]\s*\.?\s*$",
    re.IGNORECASE,
)
_CREDIT_AFTER = re.compile(
    rf"(?:^|[.!?»”\"|–—-]\s*|\s\s|\s[|/–—-]\s|\s(?=©))({_CREDIT_CUE}\s*[:：]\s*[^:：]{{2,100}}|©\s*[^©]{{2,100}})\s*$",
    re.IGNORECASE,
)
_CUE_FIRST = re.compile(rf"^(?:{_CREDIT_CUE}\s*[:：/]\s*|©\s*(?:Copyright\s*)?|\(c\)\s*)+", re.IGNORECASE)

_SIZE_AT_END = re.compile(
    r"(?:[-_@](?:\d{2,4}x\d{0,4}|x\d{2,4}|w?\d{2,4}w?|h\d{2,4}|scaled|large|small|medium|thumb(?:nail)?|full|original|big|"
    r"square|wide|e?\d{10,13}|[1-9]x|\d+-80))+$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:\d{1,5}|master|original|large|small|medium|default|thumb(?:nail)?s?|images?|img|photo|full|main|max|crop|smart|"
    r"fit-in|landscape|portrait|square|wide|teaser|index|file|download|view|resize|\d{1,4}(?:[_x:.+,;=-]\d{1,4})+|[wh]=?\d+)",
    re.IGNORECASE,
)
_PIXELS = re.compile(r"(?:[wh]=?)?(?!(?:19|20)\d\d$)\d{3,4}(?:x\d{2,4})?")


# ------------------------------------------------------------------------------------------ from outside


def images(parts: Outline, said: Iterable[Image] = ()) -> tuple[Image, ...]:
    """The pictures of a page's article, each once, in its largest size; `said` are those it declares (`declared`)."""
    page = _Page.of(parts)
    shown: dict[str, Image] = {}
    leads = False
    for position, image in _shown(page):
        key = same_file(image.url)
        leads = leads or position < page.first
        shown[key] = _joined(shown[key], image) if key in shown else image
    lead: dict[str, Image] = {}
    for number, image in enumerate(said):
        key = same_file(image.url)
        if key in shown:
            # What is declared of a picture that is seen says what the page's sight does not.
            shown[key] = _joined(shown[key], image)
            if not lead:
                lead[key] = shown.pop(key)
        elif number == 0 and not leads and not _is_no_picture(image.url):
            lead[key] = image
    return tuple({**lead, **shown}.values())[:MOST]


def declared(articles: Iterable[Mapping[str, Any]], metas: Mapping[str, str]) -> list[Image]:
    """The pictures that a page declares as its article's: JSON-LD of its articles, then OpenGraph."""
    found = [image for node in articles for image in _of_json(node.get("image"))]
    found += [image for node in articles for image in _of_json(node.get("associatedMedia"))]
    for name in ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src"):
        if url := metas.get(name, ""):
            sizes = (_size(metas.get("og:image:width")), _size(metas.get("og:image:height")))
            width, height = sizes if name.startswith("og:") else (None, None)
            found.append(Image(url=url, alt=metas.get("og:image:alt", ""), width=width, height=height))
    return found[:MOST]


def split_caption(said: str) -> tuple[str, str]:
    """A caption without the words that say whose picture it is, and who that is: ("The ferry.", "AFP")."""
    said = _plain(said)
    start = max(0, len(said) - 200)
    for pattern in (_CREDIT_PARENS, _CREDIT_AFTER):
        if found := pattern.search(said, start):
            credit = bare_credit(found[1])
            if 0 < len(credit) <= _LONGEST_CREDIT:
                at = found.start() if pattern is _CREDIT_PARENS else found.start(1)
                return said[:at].rstrip(" |/–—-\t"), credit
    return said, ""


def bare_credit(said: str) -> str:
    """Who a picture is from, without "Photo:", "©" and brackets around it."""
    said = _plain(said).strip("()[] ")
    return _CUE_FIRST.sub("", said).strip("()[] .|")


def same_file(url: str) -> str:
    """What two addresses of the same picture in different sizes have in common, as far as addresses tell."""
    address = url[:_LONGEST_ADDRESS]
    for _ in range(2):
        address = unquote(address)
    inner = max(address.rfind("http://"), address.rfind("https://"))
    address = address[inner:] if inner > 0 else address
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    segments = [part for part in path.split("/")[3:] if part] or [part for part in path.split("/") if part]
    stems = [_SIZE_AT_END.sub("", stem) or stem for stem in (_FILE.sub("", part) for part in segments)]
    if not stems:
        return url
    name = stems[-1]
    if len(name) > 7 and not _GENERIC.fullmatch(name):
        return name
    if mark := next((stem for stem in reversed(stems) if len(stem) >= 16 and any(map(str.isdigit, stem))), ""):
        return mark  # the file is named for its size, its folder for the picture
    if "?" in url and not _FILE.search(path):
        return url
    return "/".join(stem for stem in stems if stem is name or not _PIXELS.fullmatch(stem))


# --------------------------------------------------------------------------------------- where things are

_letters = etree.XPath("string-length(normalize-space(.))")


@dataclass(slots=True)
class _Page:
    """A page's parts in the order in which they stand, gathered in one pass."""

    pictures: list[tuple[int, Any]]
    body: Any
    """The element that holds most of the paragraphs; None when there are hardly any."""
    zone: Any
    """The article's part of the page around it: an `article` or `main`, else a few levels up."""
    above: set[Any]
    """`body` and all that it stands in."""
    own: range
    """The places of all that stands in the zone."""
    first: int
    """Where the first and the last paragraph of the body and the headline stand, in the same count as pictures."""
    last: int
    headline: int
    outside: dict[Any, bool] = field(default_factory=dict)
    frames: dict[Any, "_Frame"] = field(default_factory=dict)
    titled: dict[Any, bool] = field(default_factory=dict)
    """Whether a figure that is in a link is another article's: it has a headline, or no caption."""

    @classmethod
    def of(cls, parts: Outline) -> "_Page":
        pictures: list[tuple[int, Any]] = []
        paragraphs: list[tuple[int, Any]] = []
        headline = -1
        weights: dict[Any, float] = {}
        for position in parts.places("p", "img", "amp-img", "h1"):
            element = parts.elements[position]
            if element.tag == "p":
                if len(paragraphs) > _MOST_PARAGRAPHS:
                    continue
                length = _letters(element)
                parent = element.getparent()
                if length >= _FEWEST_LETTERS and parent is not None:
                    paragraphs.append((position, element))
                    weights[parent] = weights.get(parent, 0.0) + length
                    above = parent.getparent()
                    if above is not None:
                        weights[above] = weights.get(above, 0.0) + 0.6 * length
            elif element.tag == "h1":
                headline = position if headline < 0 else headline
            elif len(pictures) < _MOST_CANDIDATES:
                pictures.append((position, element))
        body = max(weights, key=weights.__getitem__) if weights else None
        above = [body, *body.iterancestors()] if body is not None else []
        inside = [at for at, element in paragraphs if _is_under(element, body, 3)] if body is not None else []
        zone = next((element for element in above[:8] if element.tag in ("article", "main")), None)
        if zone is None and len(above) > 1:
            zone = above[min(2, len(above) - 1)]
        end = len(parts.elements)
        own = parts.span(zone if zone is not None else body) if body is not None else range(0)
        return cls(
            pictures, body, zone, set(above), own, inside[0] if inside else end, inside[-1] if inside else end, headline
        )


def _is_under(element: Any, root: Any, levels: int) -> bool:
    for _ in range(levels):
        if element is root:
            return True
        element = element.getparent()
        if element is None:
            return False
    return element is root


def _shown(page: _Page) -> Iterator[tuple[int, Image]]:
    """The article's own pictures, with where they stand."""
    for position, element in page.pictures:
        if image := _own(page, position, element):
            yield position, image


@dataclass(slots=True)
class _Around:
    """What a picture stands in."""

    figure: Any = None
    box: Any = None
    """The nearest element that is named for pictures."""
    link: Any = None
    in_body: bool = False
    in_zone: bool = False
    is_outside: bool = False


def _own(page: _Page, position: int, element: Any) -> Image | None:
    # Outside the article's part of the page a picture is its own between the headline and the last paragraph only.
    is_between = page.first <= position <= page.last or 0 <= page.headline < position < page.first
    if page.body is not None and position not in page.own and not is_between:
        return None
    around = _around(page, element)
    if around.is_outside:
        return None
    is_framed = around.figure is not None or around.box is not None
    if not _is_placed(page, position, around, is_framed=is_framed):
        return None
    if around.link is not None and _leads_elsewhere(page, around):
        return None
    url, width, height = largest(element)
    if not url or min(width or 999, height or 999) < _SMALLEST or _is_no_picture(url):
        return None
    is_drawn = url.partition("?")[0].lower().endswith(".gif")
    if not is_framed and (width or (0 if is_drawn else _LONE_SMALLEST)) < _LONE_SMALLEST:
        return None
    caption, credit = _words(page, around, element)
    alt = _plain(element.get("alt") or "")
    return Image(url=url, caption=caption, credit=credit, alt=alt, width=width, height=height)


def _is_placed(page: _Page, position: int, around: _Around, *, is_framed: bool) -> bool:
    """Whether a picture stands where an article has its own."""
    if page.body is None:
        return is_framed
    if around.in_body:
        return True
    if page.first <= position <= page.last:
        return is_framed or around.in_zone
    if position < page.first:
        # The lead picture: in the article's part, or between the headline and the text.
        is_behind_headline = 0 <= page.headline < position
        return is_framed and (around.in_zone or is_behind_headline)
    return around.in_zone and around.figure is not None


def _around(page: _Page, element: Any) -> _Around:
    around = _Around()
    parent = element.getparent()
    passed: list[Any] = []
    for _ in range(40):
        if parent is None:
            break
        passed.append(parent)
        if parent in page.above:
            around.in_zone = around.in_zone or _is_zone(page, parent)
            around.in_body = parent is page.body
            break
        if _is_outside(page, parent):
            around.is_outside = True
            page.outside.update(dict.fromkeys(passed, True))  # the next picture beside it need not look again
            break
        tag = parent.tag
        if tag == "figure":
            around.figure = around.figure if around.figure is not None else parent
        elif tag == "a" and around.link is None:
            around.link = parent
        name = parent.get("class")
        if around.box is None and around.figure is None and name and _is_named_for_pictures(name[:400]):
            around.box = parent
        parent = parent.getparent()
    return around


def _is_zone(page: _Page, meeting: Any) -> bool:
    """Whether an element in which a picture and the body meet lies in the article's part."""
    if page.zone is None:
        return False
    return meeting is page.zone or page.zone in meeting.iterancestors()


def _is_outside(page: _Page, element: Any) -> bool:
    known = page.outside.get(element)
    if known is None:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        # An article beside the one that holds the text is another.
        is_other = element.tag in _OUTSIDE_TAGS or (element.tag == "article" and page.body is not None)
        known = is_other or (len(name) > 1 and _is_named_outside(name[:400]))
        page.outside[element] = known
    return known


@lru_cache(maxsize=4096)
def _is_named_outside(name: str) -> bool:
    name = name.lower()
    return not _OUTSIDE_NAMES.isdisjoint(_WORDS.split(name)) or any(part in name for part in _OUTSIDE_PARTS)


@lru_cache(maxsize=4096)
def _is_named_for_pictures(name: str) -> bool:
    return bool(_PICTURE_NAMES.search(name))


def _is_no_picture(url: str) -> bool:
    """Whether an address is that of a logo, an icon, a portrait of an author, a tracker or a placeholder."""
    path = url.partition("?")[0][-200:].lower()
    return not _NO_PICTURE.isdisjoint(_WORDS.split(path)) or any(part in path for part in _NO_PICTURE_PARTS)


def _leads_elsewhere(page: _Page, around: _Around) -> bool:
    """Whether a picture is in a link to another page: a teaser. A link to the picture itself is none."""
    href = (around.link.get("href") or "").strip()
    if not href or href.startswith(("#", "javascript:")) or _FILE.search(href) or "attachment" in href:
        return False
    figure = around.figure
    if figure is None or not _is_in(around.link, figure):
        return True
    if figure not in page.titled:
        has_caption = next(figure.iter("figcaption"), None) is not None
        page.titled[figure] = not has_caption or next(figure.iter("h2", "h3"), None) is not None
    return page.titled[figure]


def _is_in(element: Any, outer: Any) -> bool:
    return outer in element.iterancestors()


# ---------------------------------------------------------------------------------------------- what it says


def largest(element: Any) -> tuple[str, int | None, int | None]:
    """The address of the largest size that a picture is offered in, with its size where it is said."""
    said = dict(element.items())
    width, height = _size(said.get("width")), _size(said.get("height"))
    best, url = 0.0, ""
    for candidate, size in _offered(element, said):
        if size > best and (address := _address(candidate)):
            best, url = size, address
    own = next((address for name in _sources(said) if (address := _address(said[name]))), "")
    if not url or (best < 10 and own and best <= 1):  # sizes of "2x" are larger than `src`; one of "1x" is the same
        url, best = own or url, 0.0
    if best >= 10 and best != width:
        height = round(height * best / width) if width and height else None
        width = int(best)
    return url, width, height


def _offered(element: Any, said: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """The addresses of srcset attributes, of the picture (`said`) and of the `source` elements beside it, with their
    sizes."""
    sources: list[Any] = []
    parent = element.getparent()
    # The parser does not know that `source` ends at once: what follows it stands in it.
    while parent is not None and parent.tag in ("source", "picture") and len(sources) < _MOST_SOURCES:
        sources += [parent] if parent.tag == "source" else parent.iterchildren("source")
        parent = parent.getparent()
    for attributes in (said, *(dict(source.items()) for source in sources[:_MOST_SOURCES])):
        for name, value in attributes.items():
            if "srcset" in name or "src-set" in name:
                yield from _of_set(value)


def _sources(said: Mapping[str, str]) -> Iterator[str]:
    """The names of the attributes in which a picture's address may stand, the best first."""
    yield from (name for name in _SOURCES if name in said)
    yield from (name for name in islice(said, 40) if name.startswith("data-") and ("src" in name or "lazy" in name))
    yield from ("src",) if "src" in said else ()


def _of_set(said: str) -> Iterator[tuple[str, float]]:
    """ "a.jpg 320w, b.jpg 640w": addresses may hold commas, so blanks part them."""
    url = ""
    for word in said[:20_000].split():
        if url and (size := _DESCRIPTOR.fullmatch(word)):
            yield url, float(size[1])
            url = ""
            continue
        if url:
            yield url.rstrip(","), 1.0
        url = word.lstrip(",")
    if url:
        yield url.rstrip(","), 1.0


_DESCRIPTOR = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)[wx],?")


def _address(said: str) -> str:
    said = said.strip()
    if (
        not said
        or len(said) > _LONGEST_ADDRESS
        or said.startswith(("data:", "blob:", "about:", "{", "javascript:", "#"))
    ):
        return ""
    return said if "/" in said or _FILE.search(said) else ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a figure, or another element around pictures, says of them."""

    text: str
    credit: str
    is_caption: bool
    """Whether nothing in it is named for a caption, so that all its words are taken."""
    picture: Any
    """The first picture in it."""

    @classmethod
    def of(cls, frame: Any) -> "_Frame":
        caption = next(frame.iter("figcaption"), None) if frame.tag == "figure" else None
        if caption is None:
            named = (e for e in frame.iter("div", "p", "span") if _CAPTION_NAMES.search(e.get("class") or ""))
            caption = next(named, frame)
        text = _few_words(caption, _LONGEST_CAPTION)
        return cls(text, _credit(frame), caption is frame, next(frame.iter("img"), None))


def _words(page: _Page, around: _Around, element: Any) -> tuple[str, str]:
    """The caption and the credit of a picture."""
    around_it = around.figure if around.figure is not None else around.box
    if around_it is None:
        following = element.getnext()
        around_it = following if following is not None and _CAPTION_NAMES.search(following.get("class") or "") else None
    if around_it is None:
        return "", ""
    if around_it not in page.frames:  # it may hold many pictures
        page.frames[around_it] = _Frame.of(around_it)
    frame = page.frames[around_it]
    text, credit = frame.text, frame.credit
    is_shared = frame.picture is not None and frame.picture is not element
    if frame.is_caption and (around.figure is not None or is_shared):
        # The words of a figure without a caption are buttons and numbers.
        text = text if around.figure is not None and len(text) > 20 else ""
    if len(text) > _LONGEST_CAPTION:
        return "", ""
    if credit and credit != text:
        bare, also = split_caption(text.replace(credit, " ", 1) if credit in text else text)
        return bare.rstrip(" |/–—-"), bare_credit(credit) or also
    return split_caption(text)


def _credit(frame: Any) -> str:
    """What a part of a picture's frame says that is named for its credit; "" when there is none."""
    parts = frame.iter("span", "cite", "small", "p", "div", "figcaption", "em")
    named = (part for part in parts if (name := part.get("class")) and _CREDIT_NAMES.search(name[:_LONGEST_NAME]))
    for part in islice(named, _MOST_CREDITS):
        said = _few_words(part, _LONGEST_CREDIT)
        if 0 < len(said) <= _LONGEST_CREDIT:
            return said
    return ""


def _few_words(element: Any, most: int) -> str:
    """The words of an element; of more than so many characters the beginning, which is longer than that, too."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece) if len(piece) < most else len("".join(piece[: 4 * most].split()))
        if length > 8 * most and len(said := _plain("".join(pieces))) > most:
            return said
    return _plain("".join(pieces))


def _of_json(value: Any) -> Iterator[Image]:
    for item in value[:MOST] if isinstance(value, list) else [value]:
        if isinstance(item, str) and item.strip():
            yield Image(url=item.strip())
        elif isinstance(item, dict):
            addresses = (item.get(key) for key in ("contentUrl", "url", "@id"))
            url = next((said for said in addresses if isinstance(said, str) and said), "")
            if url.strip():
                caption, credit = split_caption(_text(item.get("caption")) or _text(item.get("description")))
                said = _text(item.get("creditText")) or _text(item.get("copyrightHolder")) or _text(item.get("creator"))
                yield Image(
                    url=url.strip(),
                    caption=caption,
                    credit=bare_credit(said)[:_LONGEST_CREDIT] or credit,
                    width=_size(item.get("width")),
                    height=_size(item.get("height")),
                )


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return _plain(value)[:_LONGEST_CAPTION] if isinstance(value, str) else ""


def _joined(one: Image, other: Image) -> Image:
    """One picture from two of its sizes: the larger address, and the words of whichever has them."""
    larger = other if (other.width or 0) > (one.width or 0) and one.width else one
    return replace(
        larger,
        caption=one.caption or other.caption,
        credit=one.credit or other.credit,
        alt=one.alt or other.alt,
        width=larger.width or (other.width if other.url == larger.url else None),
        height=larger.height or (other.height if other.url == larger.url else None),
    )


def _size(said: Any) -> int | None:
    if isinstance(said, dict):
        said = said.get("value") or said.get("name")
    if isinstance(said, int | float) and not isinstance(said, bool):
        return int(said) if 0 < said < 100_000 else None
    if not isinstance(said, str):
        return None
    said = said.strip().removesuffix("px")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 and int(said) else None


def _plain(text: str) -> str:
    return " ".join(text.split())
