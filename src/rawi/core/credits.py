"""Credits: the words in which an article names where it came from.

A credit is a claim with its evidence: only words that stand where papers put them count (before the first sentence,
after the last, in the by-line, in a box named for it), in a form that papers use. What stands in the middle, in a quote
or under a picture is none. What a sentence says of an agency ("told Reuters") is a weak one, of its own kind: it says
of one fact where it came from, and not of the text (`core.cited`).
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from rawi.core import agencies, cited
from rawi.core.outline import Outline
from rawi.model import Credit

MOST = 8
_HEAD, _TAIL, _LONGEST_LINE, _LONGEST_NAME, _LONGEST_LEAD, _LONGEST_PART = 140, 320, 340, 80, 70, 45
_FIRST_LINES, _LAST_LINES = 3, 4
_SHORT_LINE, _LONGEST_CAPTION = 90, 5000
"""Characters: a longer line is a paragraph, and what comes behind it is no longer the beginning."""

# ------------------------------------------------------------------------------------------- in words

_PARENS = re.compile(r"[(\[（]\s*([^()\[\]（）\n]{2,60}?)\s*[)\]）]")
_SLASHES = re.compile(r"(?:^|\s)/([^/\s][^/\n]{1,20})/")
_PLACE_AND_DAY = re.compile(r"\s{1,3}[A-ZÀ-Ü][A-ZÀ-Ü' ]{2,24}, \d{1,2} [A-Z]{3}\w{0,6} -")
"""What ANSA puts behind its name."""
_DASH = re.compile(r"\s{0,3}(?:-{1,3}|[–—―:：ـ]|\.\s?[-–—])")
_DASH_OR_STOP = re.compile(rf"\.|{_DASH.pattern}")
_PARTED = re.compile(r"\s{1,3}[-–—]{1,2}\s{0,3}|[-–—]{1,2}\s{1,3}|\s{0,3}[:：|ـ]+\s{0,3}|\s{0,3}//?\s{0,3}|\s--")
_AMONG = re.compile(
    r"\s*(?:[/,،;؛|+&•]\s*(?:(?:and|et|und|y|e)\s)?|\s(?:and|et|und|y|e|with|avec|mit|con|com|مع)\s|\s-\s|\sو(?=\S))\s*",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"^(?:[-–—*•~]+\s*)?(?:(?:avec|with|mit|con|com|via|by|par|por|von|di|da|from|مع|عن|بقلم|كتب|إعداد)\b\s*(?:[:：]\s*)?)?",
    re.IGNORECASE,
)
_HOUSE = re.compile(r"[a-z]{2,4}")
"""Initials and desks of a house beside its agencies: "(dpa/lnw)", "nsh/msh (AP, Reuters)"."""
_LATIN_FORM = re.compile(r"[A-Z]{2,6}")
_NO_STATION = frozenset(
    """
    ANALYSIS AUDIO BREAKING CORRECTED EXCLUSIVE FILE GALLERY GOP LIVE MORE NEW OPINION PHOTO PHOTOS POLL READ UPDATE
    UPDATED VIDEO VIDEOS WATCH
    """.split()  # noqa: SIM905 - a table, a few words a line
)
_SMALL = frozenset(
    """
    and am april août avril bei by d'avril da de dec del den der di du décembre el en et février im in janvier juillet
    juin la le les lès mai mars near novembre octobre of on sept septembre sur the und van von y
    """.split()  # noqa: SIM905 - a table, a few words a line
)
"""Words of a dateline that begin with a small letter."""
_SAYING = frozenset(
    """
    agence agencia agency agentur agenzia company group news presse press service according said says told reported
    أعلن أعلنت أفاد أفادت أكد أكدت أوردت بثت بحسب تابعت حسب ذكر ذكرت صحيفة صرح صرحت قال قالت كشف كشفت لوكالة نشرت نقلت
    وأعلن وأعلنت وأفادت وأوردت وأكد وبحسب وذكرت وقال وقالت وكالة وكالات ونشرت ونقلت
    """.split()  # noqa: SIM905 - a table, a few words a line
)
"""Words before a name that make a sentence of it."""
_NO_NAME_AFTER = re.compile(
    r"\b(?:\d{1,2}|january|february|march|april|may|june|july|august|september|october|november|december|mon|tue|wed|thu|"
    r"fri|sat|sun)\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:bureau of|census|data|company reports?|calculations?|estimates?|filings?|government|insee|institute|minist|"
    r"office|research|statistic|survey|university|wikipedia|world bank|imf)|إحصاء|بيانات|وزارة|البنك",
    re.IGNORECASE,
)
"""Who figures come from; a chart names them in the same words."""

_SOURCE = re.compile(
    r"(?:sources?|quellen?|fuentes?|fontes?|fonti|kaynak|bron|źródło|источник|via|syndicated from|credit|crédits?|"
    r"المصدر|المصادر|مصدر الخبر|مصدر|مصادر)\s*[:：/-]\s*",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"(?:نقلاً|نقلا|منقول|نقلًا)\s+عن\s*[:：]?\s*|نقلا\s*[:：]\s*|عن\s+(?=[«\"“]|صحيفة|وكالة|موقع|جريدة|مجلة)"
)
_PIECE = (
    r"(?:this|the)\s+"
    r"(?:article|story|piece|post|report|essay|column|op-ed|interview|analysis|investigation|content)"
)
_APPEARED = (
    re.compile(
        rf"{_PIECE}\s+(?:was\s+|has\s+been\s+)?(?:(?:first|originally|previously)\s+)?(?:appeared|ran|published|"
        rf"produced|reported|republished|reprinted|posted|provided|supplied|syndicated|co-published)\s+"
        rf"(?:first\s+|originally\s+|here\s+)?(?:(?:with\s+permission\s+)?(?:in|on|at|by|from|for|with)\s+)(?:the\s+website\s+of\s+)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_PIECE}\s+(?:is|was)\s+(?:based\s+on|compiled\s+from|adapted\s+from)\s+"
        r"(?:(?:reporting|reports|material|files|an?\s+\w+)\s+(?:by|from|in)\s+)?|"
        rf"{_PIECE}\s+(?:contains|uses|includes|incorporates)\s+"
        r"(?:(?:reporting|reports|material|files|an?\s+\w+)\s+(?:by|from|in)\s+)?|"
        r"(?:originally|first|previously)\s+(?:published|appeared|posted|ran)\s+(?:in|on|at|by)\s+|"
        r"(?:republished|reprinted|reproduced|reposted|syndicated)\s+(?:here\s+)?(?:with\s+(?:the\s+)?(?:kind\s+)?"
        r"permission\s+)?(?:courtesy\s+)?(?:from|of|by)\s+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:cet\s+article|ce\s+texte|cette\s+tribune)\s+(?:a\s+été\s+|est\s+)?(?:d'abord\s+|initialement\s+|"
        r"originellement\s+)?(?:publiée?|parue?|repris)\s+(?:initialement\s+|d'abord\s+)?(?:à\s+l'origine\s+)?"
        r"(?:dans|sur|par|en|de)\s+|(?:article|texte)\s+(?:initialement\s+)?(?:publié|paru)\s+(?:initialement\s+)?(?:dans|sur|par)\s+",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:dieser\s+(?:artikel|text|beitrag)\s+(?:erschien|ist)\s+(?:zuerst|ursprünglich)\s+(?:erschienen\s+)?(?:in|im|auf|bei)\s+)|"
        r"(?:este\s+(?:artículo|texto|reportaje)\s+(?:fue\s+|se\s+)?(?:publicado|publicó|apareció)\s+(?:originalmente|"
        r"primero|por\s+primera\s+vez)\s+(?:en|por)\s+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:نشر|نُشر|ينشر)\s+(?:هذا\s+)?(?:المقال|التقرير|النص|الموضوع)\s+(?:أصلا\s+|أولا\s+|لأول\s+مرة\s+|بداية\s+)?(?:في|على|لدى|بالاتفاق\s+مع)\s+"
    ),
    re.compile(r"(?:ينشر\s+)?(?:بالاتفاق|بالتعاون|بالشراكة)\s+مع\s+|خدمة\s+(?=[«\"“'{])|ترجمة\s+عن\s+"),
)
_AIDED = (
    re.compile(
        r"(?:with\s+(?:additional\s+|files?\s+|additional\s+files?\s+)?(?:reporting|files?|material|information|inputs?|"
        r"agency\s+inputs|contributions?)\s+(?:from|by)|(?:additional\s+)?(?:material|reporting|files?)\s+from|"
        r"contributing|contributors?|with|avec|mit(?:\s+(?:material|informationen|inhalten|texten)\s+(?:von|der))?|"
        r"con(?:\s+información)?(?:\s+(?:de|di))?|com(?:\s+informações)?(?:\s+(?:da|do|de))?|"
        r"d'après|rédaction\s+avec|la\s+rédaction\s+avec|بالتعاون\s+مع|مع|وكالات|باستخدام\s+مواد\s+من)\s*[:：]?\s+",
        re.IGNORECASE,
    ),
)
_CONTRIBUTED = re.compile(
    r"([^\"“”«»]{2,300}?)\s+(?:also\s+)?(?:contributed|helped)\b(?:\s+(?:to\s+)?(?:this|the|with|reporting|additional)\b.{0,80})?[.]?",
    re.IGNORECASE | re.DOTALL,
)
_STAFF = re.compile(r"\s(?:wires?|staff|(?:staff\s)?(?:writer|reporter|journalist|correspondent|editor)s?\b).*$")
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)|حقوق النشر)[\s:]{0,3}(?:©|\(c\))?\s{0,3}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)?"
    r"[\s,.:]{0,4}(?:by\s+)?",
    re.IGNORECASE,
)
_RIGHTS_END = re.compile(
    r"[,.\s]*(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|جميع الحقوق محفوظة|click here.{0,60}|"
    r"this material may not.{0,120}|,?\s+(?:LLC|Inc|Ltd|GmbH|S\.?A)\.?).{0,160}$",
    re.IGNORECASE | re.DOTALL,
)
_REPORTING = re.compile(
    r"[(\[*]?\s*(?:additional\s+|with\s+additional\s+)?(?:reporting|writing|editing|compiled|written)\s+by\s+[^\n]{2,220}?"
    r"(?:[;.,]\s*(?:additional\s+|further\s+)?(?:reporting|writing|editing|compiled)\s+by\s+[^\n]{2,160})[)\]]?[.]?",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?؟…])[\"”»'’)]{0,2}\s+(?=\S)")
_AT_END = re.compile(r"[(\[/]\s*([^()\[\]/\n]{2,60}(?:/[^()\[\]/\n]{2,30})?)\s*[)\]/]\s*\.?$")
_DASHED_END = re.compile(r"[.!?؟»”\"]\s*(?:[-–—]{1,2}|/{1,2})\s*([^\n.!?؟»”\"–—]{2,40})\.?$")
_BEHIND_NAME = re.compile(
    r"[.;(]\s|,\s|\s(?:and|under|as\spart\sof|with)\s(?=is\s|republish|permission|the\spermission|a\slicen|licen|"
    r"collab)|\s(?:on|in)\s(?=\w{0,9}\.?\s?\d)",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(r"^(?:the|l'|la|le|les|der|die|das|el|il)\s+", re.IGNORECASE)
_TRIM = " \t\n\"'“”„«»‹›{}[]()*•·.،,;؛:-–—"
_PICTURE = re.compile(
    r"\b(?:photo|photos|foto|image|images|picture|bild|video|vidéo|getty|تصوير|صورة|الصورة)\b", re.IGNORECASE
)


_PICTURE_FIRST = re.compile(rf"\W{{0,3}}(?:{_PICTURE.pattern})", re.IGNORECASE)


class _Found(NamedTuple):
    who: tuple[str, ...]
    start: int
    end: int


def find(
    text: str,
    authors: Iterable[str] = (),
    seen: Iterable[tuple[str, str]] = (),
    captions: Iterable[str] = (),
    site: str = "",
) -> tuple[Credit, ...]:
    """The credits of an article, in the order first line, last line, by-line, box, and behind them the sentences.

    `text` is its text, `authors` its by-line as declared, `seen` what `seen` found in its page, `captions` the words
    under its pictures (lines of the text that are one say where the picture is from), `site` the publisher's name,
    whose own mark is no credit.
    """
    under = {" ".join(caption.split()) for caption in captions if caption}
    found = [*_first(text, under), *_last(text, under), *_bylines(authors, seen), *_in_boxes(seen)]
    is_named = next((c.who for c in found if c.who), "")
    kept: dict[tuple[object, ...], Credit] = {}
    for one in found:
        if one.who or is_named or one.where == "last line":
            key = (one.who, one.start, one.where if one.start is None else "")
            kept.setdefault(key, one)
    strong = [one for one in kept.values() if not _is_own(one.who, site)]
    named = {one.who for one in found}
    weak = (one for one in cited.in_sentences(text, site) if one.who not in named)
    return (*strong, *weak)[:MOST]


def words(found: tuple[Credit, ...]) -> str | None:
    """The words of the first of an article's credits that say where its text is from; None when it has none."""
    return next((one.words for one in found if one.where != cited.SENTENCE), None)


def seen(parts: Outline) -> tuple[tuple[str, str], ...]:
    """Short texts of a page that stand in a by-line or a box named for the source: (where, text)."""
    found: dict[tuple[str, str], None] = {}
    looked_at = 0
    names = {name: where for name in parts.named(_NAMED_PARTS) if (where := _where(name[:300]))}
    for element, name in zip(parts.elements, parts.classes, strict=True) if names else ():
        if not name or not (where := names.get(name, "")) or element.tag not in _BOX_TAGS:
            continue
        looked_at += 1
        if looked_at > _MOST_BOXES:
            break
        said = _short_text(element)
        if 2 <= len(said) <= _LONGEST_BOX and not _is_aside(element):
            found[where, said] = None
    return tuple(found)[:20]


_MOST_BOXES, _LONGEST_BOX = 200, 140
_BOX_TAGS = frozenset(("div", "p", "span", "a", "cite", "small", "address", "section", "strong", "em", "td", "dd"))
# Looked for first: the patterns are slow, and few classes need them.
_NAMED_PARTS = ("source", "agenc", "credit", "copyright", "provider", "syndication", "line", "aut", "مصدر")
_BOX_NAMES = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|news|content|field|text|body|name)?[_-]{0,2}"
    r"(?:source|sources|agency|agencies|agence|newsagency|credits?|copyright|provider|syndication|مصدر)(?:$|[\s_-](?!code|set|media|sans))",
    re.IGNORECASE,
)
_BYLINE_NAMES = re.compile(r"(?:^|[\s_-])(?:by-?line|author|auteur|autor)s?(?:$|[\s_-])", re.IGNORECASE)
_ASIDE_TAGS = frozenset(("aside", "nav", "footer", "figure", "figcaption", "header", "li", "form", "blockquote"))
_ASIDE_NAMES = re.compile(
    r"comment|caption|photo|image|picture|gallery|media|video|figure|teaser|card|related|footer|widget|sidebar|promo",
    re.IGNORECASE,
)


def _short_text(element: Any) -> str:
    """The beginning of what an element says: enough to see that it is longer than a box."""
    parts: list[str] = []
    length = 0
    for part in element.itertext(with_tail=False):
        parts.append(part[: _LONGEST_BOX * 4])
        length += len(part.strip())
        if length > _LONGEST_BOX:
            break
    return " ".join("".join(parts).split())


@lru_cache(maxsize=4096)
def _where(name: str) -> str:
    """What a class says that stands in it: "box" for a source, "byline", or "" for neither."""
    return "box" if _BOX_NAMES.search(name) else "byline" if _BYLINE_NAMES.search(name) else ""


@lru_cache(maxsize=4096)
def _is_aside_name(name: str) -> bool:
    return bool(_ASIDE_NAMES.search(name))


def _is_aside(element: Any) -> bool:
    """Whether an element stands in a picture, a comment, a teaser, or another part that is not the article's own."""
    above = element
    for _ in range(12):
        if above is None or above.tag in ("article", "main", "body"):
            return False
        is_list = above.tag == "li" and above is element
        name = f"{above.get('class') or ''} {above.get('id') or ''}"[:300]
        if (above.tag in _ASIDE_TAGS and above.tag not in ("header", "li")) or is_list or _is_aside_name(name):
            return True
        above = above.getparent()
    return False


# ---------------------------------------------------------------------------------- where they stand


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The first lines of a text that are not empty, with where they begin."""
    at = 0
    for _ in range(_FIRST_LINES * 3):
        end = text.find("\n", at)
        line = text[at : end if end >= 0 else len(text)]
        if line.strip():
            yield at + len(line) - len(line.lstrip()), line.strip()
        if end < 0:
            return
        at = end + 1


def _last_lines(text: str) -> Iterator[tuple[int, str]]:
    """The last lines of a text that are not empty, from the last upwards, with where they begin."""
    end = len(text)
    for _ in range(_LAST_LINES * 3):
        at = text.rfind("\n", 0, end) + 1
        line = text[at:end]
        if line.strip():
            yield at + len(line) - len(line.lstrip()), line.strip()
        if at == 0:
            return
        end = at - 1


def _first(text: str, captions: set[str]) -> Iterator[Credit]:
    lines = 0
    for at, line in _lines(text):
        lines += 1
        if lines > _FIRST_LINES:
            return
        if _is_one_of(captions, line):
            continue
        found = list(_leads(line)) or list(_whole(line)[:1] if len(line) <= _LONGEST_LINE else ())
        for one in found:
            yield from _credits(text, one, at, "first line")
        if found or len(line) > _SHORT_LINE:
            return


def _last(text: str, captions: set[str]) -> Iterator[Credit]:
    found: list[list[Credit]] = []
    lines = list(_last_lines(text))[:_LAST_LINES]
    for number, (at, line) in enumerate(lines):
        if _is_one_of(captions, line):
            continue
        ends: list[_Found] = []
        if len(line) <= _LONGEST_LINE:
            ends = _whole(line)
        if not ends and number <= 1:
            ends = _tail(line)
        found.append([credit for one in ends for credit in _credits(text, one, at, "last line")])
    for of_line in reversed(found):
        yield from of_line


def _is_one_of(captions: set[str], line: str) -> bool:
    return bool(captions) and len(line) <= _LONGEST_CAPTION and " ".join(line.split()) in captions


def _credits(text: str, one: _Found, at: int, where: str) -> Iterator[Credit]:
    said = text[at + one.start : at + one.end]
    for who in one.who or ("",):
        yield Credit(who=who, words=said, where=where, start=at + one.start, end=at + one.end)


def _bylines(authors: Iterable[str], seen: Iterable[tuple[str, str]]) -> Iterator[Credit]:
    for said in [*authors, *(said for where, said in seen if where == "byline")]:
        if len(said) > _LONGEST_BOX or _PICTURE.search(said):
            continue
        for who in _in_byline(said):
            yield Credit(who=who, words=said, where="byline", start=None, end=None)


def _in_byline(said: str) -> list[str]:
    said = _WITH.sub("", said.replace('"', " - ").strip(), count=1)
    parts = [part for big in _PARTED.split(said) for part in _AMONG.split(big.strip())]
    inner = [name for found in _PARENS.finditer(said) for name in _AMONG.split(found[1])]
    parts = [_PARENS.sub("", part).strip(_TRIM) for part in parts] + inner
    names = [agencies.named(part) for part in parts if part]
    is_alone = len(parts) == 1
    found = [name.name for name in names if name and (not name.is_weak or is_alone or len(names) > 1)]
    letters = [part for part in parts if not agencies.named(part) and agencies.is_short_form(part)]
    return list(dict.fromkeys([*found, *letters]))


def _in_boxes(seen: Iterable[tuple[str, str]]) -> Iterator[Credit]:
    for where, said in seen:
        if where == "box" and not _PICTURE.search(said):
            for one in _whole(said):
                for who in one.who:
                    yield Credit(who=who, words=said[one.start : one.end], where="box", start=None, end=None)


# ----------------------------------------------------------------------------- before the first sentence


def _leads(line: str) -> Iterator[_Found]:
    """The credits before the first sentence, one after the other: "CAIRO (AFP) - WASHINGTON (Reuters) - …"."""
    at = 0
    for _ in range(3):
        found = _lead(line[at : at + _HEAD])
        if not found:
            return
        yield _Found(found.who, at + found.start, at + found.end)
        at += found.end
        at += len(line[at:]) - len(line[at:].lstrip())


def _lead(head: str) -> _Found | None:
    if _PICTURE_FIRST.match(head):
        return None
    return _lead_in_parens(head) or _lead_parted(head) or _lead_cited(head)


def _lead_in_parens(head: str) -> _Found | None:
    found = _PARENS.search(head) or _SLASHES.search(head)
    if not found or found.start() > _LONGEST_LEAD:
        return None
    before, behind = head[: found.start()].strip(), head[found.end() :]
    dash = (_DASH_OR_STOP if found[0].endswith("/") else _DASH).match(behind)
    # "PARIS (AFP), 3 mars -"
    dated = re.match(r"\s?,?\s?[^\n(]{0,24}?\d[^\n(]{0,12}?\s[-–—]\s", behind) if not dash else None
    names = _names(found[1], is_lone=False) or (_station(found[1], before) if dash else ())
    if not names or not _is_dateline(before):
        return None
    if dash or dated:
        end = found.end() + (dash or dated).end()  # type: ignore[union-attr]
        end = behind_it.end() if (behind_it := _PLACE_AND_DAY.match(head, end)) else end
        return _Found(names, 0, len(head[:end].rstrip()))
    is_begun = not behind.strip() or not behind.strip()[0].islower()
    is_short = len(before.split()) <= (4 if before.isupper() else 2)
    return _Found(names, 0, found.end()) if is_begun and is_short else None


def _lead_parted(head: str) -> _Found | None:
    """ "القاهرة - أ ف ب: …", "واس - الرياض: …", "AFP - PARIS …": parts set off by dashes, one of them an agency."""
    at = end = 0
    names: tuple[str, ...] = ()
    for number in range(5):
        mark = _PARTED.search(head, at)
        stop = mark.start() if mark else len(head)
        part = head[at:stop].strip()
        if (not mark and len(head) >= _HEAD) or len(part) > _LONGEST_PART or (not part and number):
            break
        these = _names_of_part(part, is_lone=number == 0 and not _is_set_off(head, mark))
        if these:
            names, end = (*names, *these), mark.end() if mark else stop
        elif names or not _is_dateline(part) or len(part.split()) > (6 if part.isascii() else 4):
            # "واس - الرياض:": a place behind the agency, when no colon has closed the line before
            is_place = names and mark and head[:at].rstrip()[-1] not in ":：" and 0 < len(part.split()) <= 3
            if is_place and mark and _is_dateline(part):
                end = mark.end()
            break
        if not mark or (mark[0].strip() in ("/", "//") and not these and len(part.split()) > 1 and part.isascii()):
            break  # "Dana Kettani / AFP" is whose picture it is
        at = mark.end()
    return _Found(tuple(dict.fromkeys(names)), 0, len(head[:end].rstrip())) if names else None


def _names_of_part(part: str, *, is_lone: bool) -> tuple[str, ...]:
    names = _names(part, is_lone=is_lone)
    commas = re.split(r"[,،]", part)
    if not names and len(commas) > 1 and _is_dateline(commas[0]):
        return _names(commas[-1], is_lone=False)
    return names


def _is_set_off(head: str, mark: re.Match[str] | None) -> bool:
    """Whether a second short part follows the first one: "قنا - الدوحة: …"."""
    if not mark:
        return False
    following = _PARTED.search(head, mark.end())
    return bool(following and following.start() - mark.end() <= 20)


def _lead_cited(head: str) -> _Found | None:
    """ "نقلا عن صحيفة المرفأ: …" before the first sentence."""
    cue = _CITED.match(head) or _SOURCE.match(head)
    if not cue:
        return None
    mark = re.compile(r"\s[-–—]\s|[:：]\s|$").search(head, cue.end())
    if not mark or mark.start() - cue.end() > 45 or mark.end() == len(head) == _HEAD:
        return None
    who = _who(head[cue.end() : mark.start()])
    return _Found(who, 0, len(head[: mark.end()].rstrip())) if who else None


def _is_dateline(said: str) -> bool:
    """Whether a text may stand before the agency in a first line: places, a day, a name; no sentence."""
    is_quote = said.lstrip().startswith(('"', "“", "«"))
    said = said.strip(' ,،-–—:"“”«»')
    tokens = re.split(r"[\s/-]+", said) if said else []
    if len(tokens) > 10 or len(said) > _LONGEST_LEAD or "?" in said or "؟" in said or "!" in said:
        return False
    if is_quote or not _SAYING.isdisjoint(token.casefold().strip(",.") for token in tokens):
        return False
    if not said.isascii() and not any("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in said):
        return len(tokens) <= 6 or said.upper() != said.lower()
    return all(not token[:1].islower() or token.strip(",.").casefold() in _SMALL for token in tokens)


def _station(said: str, before: str) -> tuple[str, ...]:
    """A short form that no table knows, where one stands: at the beginning of all, or behind a place in capitals."""
    said = said.strip()
    first = re.split(r"[\s,]+", before)[0]
    is_placed = not before or (len(first) >= 3 and first.isupper() and first.isalpha())
    is_form = _LATIN_FORM.fullmatch(said) and said not in _NO_STATION
    return (said,) if is_form and is_placed else ()


def _names(said: str, *, is_lone: bool) -> tuple[str, ...]:
    """Who is meant where a text is nothing but names of agencies; () when it is not.

    `is_lone` says that nothing else marks the text as a credit: then forms that are words too count for nothing.
    """
    said = said.strip()
    if not 1 < len(said) <= 70 or _PICTURE.search(said):
        return ()
    whole = agencies.named(said)
    if whole:
        return () if whole.is_weak and is_lone else (whole.name,)
    if agencies.is_short_form(said):
        return (said,)
    found, strange = [], 0
    parts = [part for part in _AMONG.split(_WITH.sub("", said, count=1)) if part.strip()]
    for part in parts:
        means = agencies.named(part)
        if means and not (means.is_weak and is_lone):
            found.append(means.name)
        elif agencies.is_short_form(part):
            found.append(part.strip())
        elif not _HOUSE.fullmatch(part.strip()):
            strange += 1 if len(part.split()) == 1 or "/" not in said else 2  # "Dana Kettani/Reuters": a picture's
    # "(وكالات، مرآة الجنوب)", "(AFP, Harbour Post)": the agencies and the house
    if not found or strange > 1 or (strange and (is_lone or len(said) > 50)):
        return ()
    return tuple(dict.fromkeys(found))


# ----------------------------------------------------------------------------- after the last sentence


def _whole(line: str) -> list[_Found]:
    """The credits of a line, or a sentence, that says nothing else."""
    said = line.strip()
    start = len(line) - len(line.lstrip())
    end = start + len(said)
    bare = said.lstrip("*•-–— ")
    if bare[:1] in ("(", "["):
        bare = bare.strip(" ([)].")
    if not bare or _PICTURE.search(bare[:40]):
        return []
    for reading in (_only_names, _by_cue, _as_appeared, _by_help, _by_rights, _as_reported):
        if (who := reading(bare)) is not None:
            return [_Found(who, start, end)]
    return []


def _only_names(said: str) -> tuple[str, ...] | None:
    if len(said) > 60:
        return None
    return _names(said.strip("./ "), is_lone=True) or None


def _by_cue(said: str) -> tuple[str, ...] | None:
    cue = _SOURCE.match(said) or _CITED.match(said)
    if not cue or len(said) - cue.end() > _LONGEST_NAME:
        return None
    return _who(said[cue.end() :]) or None


def _as_appeared(said: str) -> tuple[str, ...] | None:
    for pattern in _APPEARED:
        if cue := pattern.match(said):
            rest = _BEHIND_NAME.split(said[cue.end() : cue.end() + _LONGEST_NAME * 2])[0]
            return _who(rest) or None
    return None


def _by_help(said: str) -> tuple[str, ...] | None:
    """ "With reporting from AP", "The Associated Press contributed to this report": those of them that are known."""
    rest = ""
    for pattern in _AIDED:
        if cue := pattern.match(said):
            rest = said[cue.end() :]
    if not rest and (helped := _CONTRIBUTED.fullmatch(said)):
        rest = re.sub(r"^additional reporting by\s+", "", helped[1], flags=re.IGNORECASE)
    if not rest or len(rest) > _LONGEST_LINE:
        return None
    parts = [_BEFORE_NAME.sub("", part.strip(_TRIM)) for part in _AMONG.split(rest) if part.strip(_TRIM)]
    known = [means for part in parts if (means := agencies.named(_STAFF.sub("", part)) or _wires(part))]
    is_sure = len(known) == len(parts) or any(not means.is_weak for means in known)
    return tuple(dict.fromkeys(means.name for means in known)) if known and is_sure else None


def _wires(part: str) -> agencies.Named | None:
    is_wires = re.fullmatch(
        r"(?:\w+ )?(?:post |news |wire |agency )?(?:wires?|wire services?|agencies|agences|agenturen)(?: reports)?",
        part,
        re.IGNORECASE,
    )
    return agencies.Named(agencies.AGENCIES, True, False) if is_wires else None


def _by_rights(said: str) -> tuple[str, ...] | None:
    cue = _RIGHTS.match(said)
    if not cue:
        return None
    name = _RIGHTS_END.sub("", said[cue.end() :]).strip(_TRIM)
    means = agencies.named(name) or agencies.named(_BEFORE_NAME.sub("", name))
    return (means.name,) if means else None


def _as_reported(said: str) -> tuple[str, ...] | None:
    return () if _REPORTING.fullmatch(said) else None


def _who(said: str) -> tuple[str, ...]:
    """Who is named after a cue: those in the table, or the name as it is written."""
    said = (_PARENS.sub("", said) or said).strip(_TRIM)
    if not said or len(said) > _LONGEST_NAME:
        return ()
    if means := agencies.named(said):
        return (means.name,)
    parts = [part.strip(_TRIM) for part in _AMONG.split(said) if part.strip(_TRIM)]
    names = [agencies.named(part) for part in parts]
    if any(names):
        return tuple(dict.fromkeys(name.name if name else part for name, part in zip(names, parts, strict=True)))
    is_name = not said[0].islower() or "." in said
    is_name = is_name and len(said.split()) <= 7 and not _DATA.search(said) and not _NO_NAME_AFTER.search(said)
    return (said,) if is_name and any(map(str.isalpha, said)) and "://" not in said else ()


def _tail(line: str) -> list[_Found]:
    """The credits at the end of a paragraph: its last sentences, or a name set off behind the last."""
    start = max(0, len(line) - _TAIL)
    end_part = line[start:]
    cuts = [match.end() for match in _SENTENCES.finditer(end_part)]
    for cut in cuts[-2:]:
        if cut and (found := _whole(end_part[cut:])) and not _is_in_quote(line[: start + cut]):
            return [_Found(one.who, start + cut + one.start, start + cut + one.end) for one in found]
    for pattern in (_AT_END, _DASHED_END):
        if (closing := pattern.search(end_part)) and not _is_in_quote(line[: start + closing.start(1)]):
            who = _names(closing[1], is_lone=pattern is _DASHED_END) or _after_cue(closing[1])
            if who:
                at = closing.start() if pattern is _AT_END else closing.start(1)
                return [_Found(who, start + at, len(line.rstrip()))]
    return []


def _after_cue(said: str) -> tuple[str, ...]:
    return _by_cue(said) or _by_help(said) or ()


def _is_in_quote(before: str) -> bool:
    """Whether a quote is open where a text ends."""
    return before.count("“") > before.count("”") or before.count("«") > before.count("»") or before.count('"') % 2 == 1


def _is_own(who: str, site: str) -> bool:
    """Whether a name is the publisher's own; an agency's is evidence on its own pages, too."""
    if not who or not site:
        return False
    if who.casefold() == site.casefold() or who.casefold().removeprefix("the ") == site.casefold().removeprefix("the "):
        means = agencies.named(who)
        return not (means and means.is_agency)
    means, own = agencies.named(who), agencies.named(site)
    return bool(means and own and means.name == own.name and not means.is_agency)
