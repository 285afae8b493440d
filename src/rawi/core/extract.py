"""From the bytes of a page to the article on it.

The text is what `core.body` judges to be the article's among the blocks of the page; where the page shows hardly any,
it is what the page declares (JSON-LD) or hands to its own program. Headline, authors, dates, section and pictures are
chosen from what the page declares and shows (`core.page`).
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from rawi.core import (
    by_recipe,
    credits,  # noqa: A004 - the word of the field; nobody asks Python for its credits
    dated_lines,
    dates,
    doubts,
    headlines,
    kinds,
    old_pages,
    page,
    page_dates,
    payload,
    sections,
    text,
    urls,
)
from rawi.core.authors import Named
from rawi.core.by_recipe import Told
from rawi.core.dates import Moment
from rawi.core.lines import Line
from rawi.core.outline import Outline
from rawi.core.page import Declared
from rawi.core.recipes import Rules
from rawi.errors import BadInput
from rawi.model import Article, Image, address_id

if TYPE_CHECKING:
    from rawi.core.body import Model

MADE_BY = "extract/4"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]+"
)
_MOST_DATELINES, _LONGEST_DATELINE = 4, 90
_MOST_DAYS = 2
"""Days that the lines above a text may name (published, updated)."""
_READING_TIME = re.compile(r"temps de lecture|\bmin(?:ute)?s? read|مدة القراءة", re.IGNORECASE)
_TELLING = 800
"""Characters of a text that are enough to tell its language by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """An article, and what it was read from."""

    article: Article
    declared: Declared = Declared()  # noqa: RUF009 - frozen
    lines: tuple[Line, ...] = ()
    """Every block of the page in its order, with the decision on it; none when the page was not looked at."""
    source: str = ""
    """Where the text was taken from, in words."""
    no_article: str = ""
    """Why there is no article on the page; "" when there may be one."""
    told: Told = Told()  # noqa: RUF009 - frozen
    """What its recipe pointed at."""


def extract(
    html: bytes | str,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    captured_at: datetime = _EPOCH,
    capture: str = "",
    recipe: Rules | None = None,
    model: "Model | None" = None,
) -> Article:
    """The article of a page.

    `html` is the page's body with content codings undone; `headers` are the response's (Content-Type, X-Robots-Tag and
    TDM-Reservation are used); `recipe` says what its publisher's pages leave open (`recipes.choose`), and stands in
    `made_by`; `model` judges the text in place of the one that came with Rawi, which measurements need. Never raises:
    a page without an article gives one with an empty `text`, and `notes` that say why. The same bytes give the same
    article for the same `made_by`.
    """
    return explain(html, url, headers, captured_at=captured_at, capture=capture, recipe=recipe, model=model).article


def explain(
    html: bytes | str,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    captured_at: datetime = _EPOCH,
    capture: str = "",
    recipe: Rules | None = None,
    model: "Model | None" = None,
) -> Explanation:
    """The article of a page, as `extract` gives it, with what was taken from where and why."""
    notes: list[str] = []
    if isinstance(html, bytes):
        content_type = next((v for k, v in (headers or {}).items() if k.lower() == "content-type"), "")
        html, doubt = payload.decode(html, content_type)
        notes += [doubt] if doubt else []
    tree, depth_note = page.parsed(html)
    notes += [depth_note] if depth_note else []
    if tree is None:
        return _nothing(url, captured_at, capture, notes, "there is no page in it")
    if recipe and (problem := by_recipe.why_none(recipe, tree, url)):
        return _nothing(url, captured_at, capture, notes, problem)
    told = by_recipe.told(recipe, tree) if recipe else Told()
    notes += told.notes
    parts = Outline(tree)
    found = page.declared(tree, url, captured_at if captured_at > _EPOCH else None, parts)
    found = by_recipe.declared(recipe, told, found) if recipe else found
    named = credits.seen(parts)
    looked = kinds.look(parts, found, {name.lower(): said for name, said in (headers or {}).items()})
    from rawi.core import body  # here, because numpy takes longer to load than a search takes to answer

    read = body.read(tree, found, page.parse, model)
    found = _with_script(found, read.headline, read.authors)
    said, source = (told.text, f"where its recipe {told.by} points") if told.text else (read.text, read.source)
    found = _of_an_old_page(found, parts, url, clean(said))
    candidates = (headlines.Candidate(told.headline, "h1"),) if told.headline else found.headlines
    title = clean(headlines.choose(candidates, found.site_names, url))
    words = clean(said)
    if not told.text:  # what a recipe points at is taken as it stands
        words = _without_dateline(_without_headline(words, title), found)
    reason = kinds.no_article(looked, found, words, url)
    if reason:
        notes.append(reason)
        words = ""
    else:
        notes += [f"a {found.form}" if words else "no article text in the page"] if found.form or not words else []
        notes += [read.note] if read.note and not told.text else []
        notes += kinds.notes(looked, words)
        notes += doubts.of_text(words)
        notes += [doubts.BROKEN_OFF] if doubts.is_broken_off(html, read.lines, words) else []
    if not title and words:
        title = _first_words(words)
        notes.append("no headline: the text's first words stand for it")
    made = article(
        url,
        captured_at=captured_at,
        capture=capture,
        notes=tuple(notes),
        title=title,
        text=words,
        declared=found,
        named=named,
    )
    made = replace(made, made_by=f"{MADE_BY}+{recipe.id}") if recipe else made
    return Explanation(
        article=made, declared=found, lines=tuple(read.lines), source=source, no_article=reason, told=told
    )


def _with_script(found: Declared, headline: str, names: tuple[str, ...]) -> Declared:
    """What a page declares, with the headline and the authors that the script says that holds its text. The title of
    such a page is its program's and carries the site's name."""
    if headline:
        others = (one for one in found.headlines if one.source not in ("block", "title"))
        found = replace(found, headlines=(headlines.Candidate(headline, "json"), *others))
    if names and not found.authors:
        found = replace(found, authors=names, named=(*found.named, Named(names, "JSON-LD")))
    return found


def _of_an_old_page(found: Declared, parts: Outline, url: str, said: str) -> Declared:
    """What a page declares, with the headline, and the day below it, that it only shows in bold or large letters."""
    headline = old_pages.headline(parts, found.headlines, found.site_names, url, said)
    if not headline:
        return found
    found = replace(found, headlines=(headlines.Candidate(headline, "h2"), *found.headlines))
    is_dated = found.published is not None and bool(found.published.text)
    day = None if is_dated else old_pages.day(_without_headline(said, clean(headline)), found.language)
    return replace(found, published=day) if day else found


def _nothing(url: str, captured_at: datetime, capture: str, notes: list[str], reason: str) -> Explanation:
    made = article(url, captured_at=captured_at, capture=capture, notes=(*notes, reason))
    return Explanation(article=made, no_article=reason)


def article(
    url: str,
    *,
    captured_at: datetime,
    capture: str,
    notes: tuple[str, ...] = (),
    title: str = "",
    text: str = "",
    declared: Declared = Declared(),  # noqa: B008 - frozen
    named: tuple[tuple[str, str], ...] = (),
) -> Article:
    """An article from its parts, with everything in it that follows from others.

    `named` are the short texts of its page that may name where it came from (`credits.seen`).
    """
    dated, of_date = published(url, declared, captured_at, bool(text))
    images = _pictures(declared.images, url)
    captions = (words for image in images for words in (image.caption, image.credit, image.alt))
    found = credits.find(text, declared.authors, named, captions, declared.site)
    language = _language(title, text, declared.language)
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=urls.absolute(declared.address, url) or url,
        publisher=_publisher(url),
        publisher_name=clean(declared.site),
        title=title,
        authors=tuple(clean(author) for author in declared.authors),
        published_at=dated.at if dated else None,
        published_on=dated.on if dated else None,
        date_text=clean(dated.text)[:200] if dated else "",
        modified_at=declared.modified.at if declared.modified else None,
        language=language,
        section=clean(sections.as_written(declared.section)) or None,
        topic=sections.judge(declared.section, url, title, text, language).key,
        text=text,
        images=images,
        credit=credits.words(found),
        credits=found,
        capture=capture,
        captured_at=captured_at,
        dated_at=dated_at(dated.at, dated.on, captured_at) if dated else captured_at,
        notes=(*notes, *of_date),
        made_by=MADE_BY,
    )


def published(
    url: str, declared: Declared, captured_at: datetime, has_text: bool
) -> tuple[Moment | None, tuple[str, ...]]:
    """The day of an article, and what is doubtful about it: as declared, else as its address says, never later than
    its capture. An address dates an article only: a page without text has none."""
    said, notes = declared.published, declared.date_notes
    on = said.on if said else None
    if on and captured_at > _EPOCH and page_dates.is_future(on, captured_at):
        said, notes = None, (*notes, f"its date, {on.isoformat()}, is later than its capture: not taken")
    elif said is None and (day := page_dates.day_in_address(url)):
        said, notes = Moment(at=None, on=day, text="", note=page_dates.BY_ADDRESS), (*notes, page_dates.BY_ADDRESS)
    elif said and said.note:
        notes = (*notes, said.note)
    is_by_address = said is not None and not said.text
    return (None, notes) if is_by_address and not has_text else (said, tuple(dict.fromkeys(notes)))


def dated_at(published_at: datetime | None, published_on: date | None, captured_at: datetime) -> datetime:
    """Where an article stands in lists; see `Article.dated_at`."""
    return published_at or (datetime.combine(published_on, time(), UTC) if published_on else captured_at)


def clean(said: str) -> str:
    """A text that every database takes and no reader trips over: no control characters but the newline, NFC, no blank
    lines, no blanks at the ends of lines."""
    said = text.composed(_UNWANTED.sub("", said))
    return "\n".join(line for part in said.splitlines() if (line := " ".join(part.split())))


def _without_headline(said: str, title: str) -> str:
    first, newline, rest = said.partition("\n")
    return rest if newline and " ".join(first.split()).casefold() == title.casefold() else said


def _without_dateline(said: str, found: Declared) -> str:
    """Without the lines before the first paragraph that only say who published it, when, and how long it is to read."""
    lines = said.split("\n")
    count, days = 0, set[date]()
    while count < min(len(lines), _MOST_DATELINES) and (told := _dateline(lines[count], found)) is not None:
        days.update(told)
        count += 1
    is_chronology = len(days) > _MOST_DAYS
    return said if count == len(lines) or is_chronology else "\n".join(lines[count:])


def _dateline(line: str, found: Declared) -> tuple[date, ...] | None:
    """The days that a line names which says nothing but who, when and how long; None for any other line."""
    if len(line) > _LONGEST_DATELINE:
        return None
    if line == found.site or line in found.authors or _READING_TIME.search(line):
        return ()
    moment = dates.read_date(line)
    if not moment or not moment.on or line.endswith((".", "؟", "!", "?", "»", "”")):
        return None
    known = (*found.site_names, *found.authors, found.section)
    return (moment.on,) if dated_lines.says_only_when(line, known) else None


def _first_words(said: str) -> str:
    line = said.partition("\n")[0]
    return line if len(line) <= 100 else line[:100].rpartition(" ")[0] + "…"


def telling(title: str, said: str) -> str:
    """As much of an article as its language is told by."""
    return f"{title}\n{said[:_TELLING]}"


def _language(title: str, said: str, declared: str) -> str:
    return text.language(telling(title, said), declared) if title or said else declared[:2]


def _pictures(images: tuple[Image, ...], url: str) -> tuple[Image, ...]:
    kept: dict[str, Image] = {}
    for image in images:
        if address := urls.absolute(image.url, url):
            kept.setdefault(
                address,
                Image(
                    url=address,
                    caption=clean(image.caption),
                    credit=clean(image.credit),
                    alt=clean(image.alt),
                    width=image.width,
                    height=image.height,
                ),
            )
    return tuple(kept.values())


def _publisher(url: str) -> str:
    with suppress(BadInput):
        return urls.publisher_of(urls.host(url))
    return ""
