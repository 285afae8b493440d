"""What was taken from where and why, in words: a reading field by field, and block by block.

Nothing is decided here: what the reading decided is told, with what it passed over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, timezone
from itertools import groupby

from rawi.core import dates, extract, headlines, images, page_dates, section_model, sections, text, urls
from rawi.core.dates import Moment
from rawi.core.extract import Explanation, clean
from rawi.core.lines import OF_BLOCKS, PLAIN_LINK, Line
from rawi.core.page import Declared
from rawi.core.page_dates import Witness
from rawi.core.reading import JSON_LINE, TEXT_PAGE, Explained
from rawi.model import Image

_LONGEST = 1000
"""Characters of a value that are told."""
_FURTHEST_ZONE = timedelta(hours=14)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d{1,12})?)?\s?(?:Z|[+-]\d\d:?\d\d)")
"""A whole moment as machines write it: to tell it twice would tell nothing."""
_FIRST_LINES = 6
"""Blocks of text at the beginning that may be taken off again: the headline, and lines that only say who and when."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """What might have been taken, and was not."""

    value: str
    source: str
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A part of an article, and where it is from."""

    name: str
    """One of `FIELDS`."""
    value: str
    """As the article has it; empty when it has none."""
    source: str = ""
    why: str = ""
    passed: tuple[Passed, ...] = ()
    notes: tuple[str, ...] = ()
    """What is doubtful about it, apart from the reason."""


FIELDS = (
    "kind",
    "recipe",
    "headline",
    "authors",
    "published",
    "modified",
    "section",
    "topic",
    "language",
    "credit",
    "picture",
    "text",
)
"""Their names, in order. "picture" stands there once for each; "kind" is "an article" or "no article"."""

_OF_HEADLINES = {
    "apart": "shares no word with the title",
    "block": "a block that stands in the title",
    "h1": "h1",
    "h2": "a lesser heading",
    "has a kicker": "begins with what another does without",
    "json": "JSON-LD",
    "later": "a later h1",
    "meta": "meta",
    "microdata": "microdata",
    "news": "JSON-LD of a news article",
    "og": "og:title",
    "part": "h1 without its kicker",
    "short": "short",
    "slug": "its words are in the address",
    "title": "title",
    "twitter": "twitter:title",
}
"""In words: the sources of headlines, and what speaks for and against them."""

_OF_AUTHORS = {
    "by-line": "the by-line that is seen nearest to the headline",
    "JSON-LD": "JSON-LD of the article",
    "meta": "a meta element",
    "microdata": "microdata",
    "signature": "a name at the right margin, behind the text",
}

_OF_DATES = {
    "attribute": "an attribute",
    "data": "JSON-LD",
    "element": "a time element or microdata",
    "line": "a line that readers see",
    "meta": "a meta element",
    "script": "a script",
}

_OF_SECTIONS = {
    "JSON-LD": "JSON-LD of the article",
    "link": "a link that is named for it",
    "meta": "a meta element",
    "microdata": "microdata",
    "path": "the page's path of links",
}


def fields(looked: Explained, recipe: str = "") -> tuple[Field, ...]:
    """Each part of a reading with its source, the reason, and what was passed over; `recipe` is the id of the rules."""
    found, problem = looked.explanation, looked.reading.problem
    kind = Field(name="kind", value="no article" if problem else "an article", why=problem)
    if found is None:
        return (kind,)
    kind = replace(kind, notes=doubts(looked))
    by = Field(name="recipe", value=recipe, why="" if recipe else "none holds for its host on the day of its capture")
    by = replace(by, notes=found.told.missed)
    if found.no_article and found.declared == Declared():
        return (kind, by)  # the page was not looked at
    return (
        kind,
        by,
        _headline(found),
        _authors(found),
        _published(found),
        _modified(found),
        _section(found),
        _topic(found),
        _language(found),
        _credit(found),
        *_pictures(found),
        _text(found),
    )


def doubts(looked: Explained) -> tuple[str, ...]:
    """What is noted of a reading besides the reason why it is no article."""
    found, problem = looked.explanation, looked.reading.problem
    return tuple(note for note in found.article.notes if note != problem) if found else ()


def _short(said: str) -> str:
    """A value on one line, not endless."""
    said = " ".join(clean(said[: 2 * _LONGEST]).split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _by_recipe(found: Explanation) -> str:
    return f"recipe {found.told.by}"


def _in_words(words: Mapping[str, str], source: str) -> str:
    """A source in words. One that has none is told by its own name: no page is left untold for that."""
    return words.get(source, source)


# ---------------------------------------------------------------------------------------- one by one


def _headline(found: Explanation) -> Field:
    title, declared = found.article.title, found.declared
    judged = headlines.judged(declared.headlines, declared.site_names, found.article.url)
    told = [Passed(value=_short(one.text), source=_sources(one), why=_weighed(one)) for one in judged]
    if found.told.headline:
        why = "where its recipe points"
        return Field(name="headline", value=title, source=_by_recipe(found), why=why, passed=tuple(told))
    if found.source in (TEXT_PAGE, JSON_LINE):
        return Field(name="headline", value=title, source=found.source if title else "")
    if not title:
        return Field(name="headline", value="", why="nothing on the page may be it", passed=tuple(told))
    if not judged or clean(judged[0].text) != title:
        why = "nothing on the page may be it: the text's first words stand for it"
        return Field(name="headline", value=title, source="the text", why=why, passed=tuple(told))
    best, *others = told
    return Field(name="headline", value=title, source=best.source, why=best.why, passed=tuple(others))


def _sources(one: headlines.Judged) -> str:
    return ", ".join(_in_words(_OF_HEADLINES, source) for source in one.sources)


def _weighed(one: headlines.Judged) -> str:
    parts = sorted(one.reasons, key=lambda reason: -abs(reason[1]))
    return f"weight {one.weight:.2f}: " + ", ".join(f"{_in_words(_OF_HEADLINES, name)} {by:+.2f}" for name, by in parts)


def _authors(found: Explanation) -> Field:
    value = ", ".join(found.article.authors)
    named = [
        Passed(
            value=", ".join(map(_short, one.names)),
            source=_in_words(_OF_AUTHORS, one.source),
            why="names only the paper",
        )
        for one in found.declared.named
    ]
    if found.told.authors:
        told = tuple(replace(one, why="") for one in named)
        return Field(name="authors", value=value, source=_by_recipe(found), why="where its recipe points", passed=told)
    if not value:
        return Field(name="authors", value="", why="nobody is named, neither declared nor in a by-line")
    if not named:
        return Field(name="authors", value=value, source=found.source)
    best, *others = named
    why = "the first place that names somebody besides the paper" if others else "the first place that names anybody"
    return Field(name="authors", value=value, source=best.source, why=why, passed=tuple(others))


def _published(found: Explanation) -> Field:
    article, declared = found.article, found.declared
    moment, notes = extract.published(article.url, declared, article.captured_at, bool(article.text))
    witnesses = [one for one in declared.witnesses if not one.is_change]
    why = "; ".join(notes)
    if moment is None:
        passed = _dates(witnesses, None)
        return Field(name="published", value="", why=why or "no date was found", passed=passed)
    if page_dates.BY_ADDRESS in notes and not moment.text:
        source = "the address"
    elif found.told.published:
        source, why = _by_recipe(found), why or "where its recipe points"
    else:
        source = _witnessed(declared.witnesses if page_dates.ONLY_CHANGED in notes else witnesses, moment, found)
    passed = _dates(witnesses, moment)
    return Field(name="published", value=_when(moment), source=source, why=why or _borne_out(passed), passed=passed)


def _borne_out(passed: Sequence[Passed]) -> str:
    return "the most trusted place that says it" if passed else "nothing that was looked at gainsays it"


def _modified(found: Explanation) -> Field:
    moment = found.declared.modified
    witnesses = [one for one in found.declared.witnesses if one.is_change]
    if moment is None or found.article.modified_at is None:
        day = moment.on if moment else None
        why = f"only a day was found, {day.isoformat()}, without a time and its zone" if day else "no date was found"
        return Field(name="modified", value="", why=why, passed=_dates(witnesses, None))
    source = _witnessed(witnesses, moment, found)
    passed = _dates(witnesses, moment)
    return Field(name="modified", value=_when(moment), source=source, why=_borne_out(passed), passed=passed)


def _witnessed(witnesses: Sequence[Witness], moment: Moment, found: Explanation) -> str:
    return next((_in_words(_OF_DATES, one.kind) for one in witnesses if one.text == moment.text), found.source)


def _dates(witnesses: Sequence[Witness], taken: Moment | None) -> tuple[Passed, ...]:
    told = [
        Passed(value=_short(one.text), source=_in_words(_OF_DATES, one.kind), why=one.on.isoformat())
        for one in witnesses
        if taken is None or one.text != taken.text
    ]
    return tuple(dict.fromkeys(told))


def _when(moment: Moment) -> str:
    """A moment in the publisher's own zone, with its wording where that says it otherwise."""
    said = _own_time(moment)
    wording = _short(moment.text)
    machine = _ISO.fullmatch(wording)
    is_same = wording == said or bool(machine and machine[1] == said[:10] and machine[2] == said[11:16])
    return said if is_same or not wording else f"{said} (“{wording}”)"


def _own_time(moment: Moment) -> str:
    day = moment.on.isoformat() if moment.on else ""
    if moment.at is None:
        return day
    found = dates.read(moment.text)
    clock = found.clock if found else None
    if moment.on and clock is not None:
        # The day is the publisher's own: what lies between its clock and UTC is its offset, wherever that was found.
        offset = datetime.combine(moment.on, time(), UTC) + clock - moment.at
        if abs(offset) <= _FURTHEST_ZONE and not offset.total_seconds() % 60:
            local = moment.at.astimezone(timezone(offset))
            if local.date() == moment.on:
                return local.isoformat(" ", "seconds")
    said = moment.at.isoformat(" ", "seconds")
    return said if not day or said.startswith(day) else f"{day}, {said}"


def _section(found: Explanation) -> Field:
    value = found.article.section or ""
    said = [
        Passed(value=_short(words), source=_in_words(_OF_SECTIONS, where)) for words, where in found.declared.sections
    ]
    if found.told.section:
        why = "where its recipe points"
        return Field(name="section", value=value, source=_by_recipe(found), why=why, passed=tuple(said))
    if not said:
        why = "" if value else "the page names none"
        return Field(name="section", value=value, source=found.source if value else "", why=why)
    best, *others = said
    why = "what is said first"
    if sections.is_of_address(found.declared.section, found.article.url):
        why += ": a part of the page's address and not the publisher's words for it"
    return Field(name="section", value=value, source=best.source, why=why, passed=tuple(others))


def _topic(found: Explanation) -> Field:
    article = found.article
    judged = sections.judge(found.declared.section, article.url, article.title, article.text, article.language)
    source, _, why = judged.why.partition(": ")
    passed = []
    if source == "section" and (by_address := sections.of_address(article.url)):
        passed.append(Passed(value=by_address, source="address"))
    guess = section_model.guess(article.title, article.text, article.language) if source != "text" else None
    if guess:
        likely = f"{guess.likely:.2f}"
        passed.append(Passed(value=guess.key, source="text", why=likely if source else f"{likely} is not clear enough"))
    if not judged.key:
        why = "neither the publisher's words nor the address nor the text tells it clearly"
    return Field(name="topic", value=judged.key or "", source=source, why=why, passed=tuple(passed))


def _language(found: Explanation) -> Field:
    article, declared = found.article, _short(found.declared.language)
    has_words = bool(article.title or article.text)
    if not article.language:
        why = "its words are of no language that is known here" if has_words else "there is no text to tell it by"
        passed = (Passed(value=declared, source="the page", why="the text is not in it"),) if declared else ()
        return Field(name="language", value="", why=why, passed=passed if has_words else ())
    if found.source == JSON_LINE and declared:
        return Field(name="language", value=article.language, source=found.source)
    passed = (Passed(value=declared, source="the page"),) if declared and declared[:2] != article.language else ()
    if not has_words:
        return Field(name="language", value=article.language, source="the page")
    judged = text.judge_language(extract.telling(article.title, article.text), found.declared.language)
    if judged.code != article.language:  # another reader's own word for it
        return Field(name="language", value=article.language, source=found.source)
    if judged.by == "declared":
        told = Passed(value=judged.alone, source="the text", why="weak evidence")
        is_alike = judged.alone in ("", judged.code)
        why = "what it declares; the text by itself tells it " + ("weakly" if judged.alone == judged.code else "not")
        return Field(
            name="language",
            value=article.language,
            source="the page",
            why=why if is_alike else "what it declares",
            passed=() if is_alike else (told,),
        )
    why = "its letters and words" + ("; the page declares the same" if declared and not passed else "")
    return Field(name="language", value=article.language, source="the text", why=why, passed=passed)


def _credit(found: Explanation) -> Field:
    if not found.article.credits:
        return Field(name="credit", value="", why="nothing names where it came from")
    best, *others = [
        Passed(value=_short(one.words), source=one.where, why=one.who and f"names {one.who}")
        for one in found.article.credits
    ]
    return Field(name="credit", value=best.value, source=best.source, why=best.why, passed=tuple(others))


def _pictures(found: Explanation) -> Iterator[Field]:
    said = {
        images.same_file(urls.absolute(one.url, found.article.url) or one.url): one for one in found.declared.pictured
    }
    taken = {images.same_file(one.url) for one in found.article.images}
    passed = tuple(
        Passed(value=_short(one.url), source="JSON-LD or OpenGraph", why="declared, but not shown as the article's")
        for key, one in said.items()
        if key not in taken
    )
    if not found.article.images:
        yield Field(name="picture", value="", why="none was found that is the article's own", passed=passed)
    is_page = found.source not in (TEXT_PAGE, JSON_LINE)
    for number, one in enumerate(found.article.images):
        is_said = images.same_file(one.url) in said
        source = "JSON-LD or OpenGraph" if is_said else "shown with the text" if is_page else found.source
        source = _by_recipe(found) if found.told.images else source
        words = [f"{what}: {_short(said)}" for what, said in _captioned(one) if said]
        yield Field(
            name="picture",
            value=_short(one.url),
            source=source,
            why="; ".join(words),
            passed=() if number else passed,
        )


def _captioned(one: Image) -> tuple[tuple[str, str], ...]:
    size = f"{one.width or '?'} × {one.height or '?'}" if one.width or one.height else ""
    return ("caption", one.caption), ("credit", one.credit), ("alt", one.alt), ("size", size)


def _text(found: Explanation) -> Field:
    said = found.article.text
    lines = [line for line in blocks(found) if line.is_text]
    of_blocks = f"{len(lines)} of {len(found.lines)} blocks of the page are text" if found.lines else ""
    value = f"{len(said):,} characters in {said.count(chr(10)) + 1} paragraphs" if said else ""
    passed = []
    if found.lines and not is_of_blocks(found):
        shown = sum(len(line.text) for line in lines)
        passed.append(Passed(value=f"{shown:,} characters", source="the blocks of the page", why=of_blocks))
    body = found.declared.body
    if body and "JSON-LD" not in found.source:
        why = "no fuller than what was taken, or not the same"
        passed.append(Passed(value=f"{len(body):,} characters", source="JSON-LD", why=why))
    if not said:
        why = found.no_article or of_blocks or "there is none"
        return Field(name="text", value="", why=why, passed=tuple(passed))
    why = of_blocks if is_of_blocks(found) else ""
    return Field(name="text", value=value, source=found.source, why=why, passed=tuple(passed))


# ------------------------------------------------------------------------------------- block by block


def is_of_blocks(found: Explanation) -> bool:
    """Whether the text was made of the page's blocks, and not taken from elsewhere."""
    return found.source == OF_BLOCKS


def blocks(found: Explanation) -> tuple[Line, ...]:
    """Every block of the page in its order, with what came of it at last: a line that was judged to be text and taken
    off again, because it is the headline or only says who and when, is none."""
    if not (is_of_blocks(found) and found.article.text):
        return tuple(found.lines)
    kept = {part for line in found.article.text.split("\n") for part in (line, *line.split(" | "))}
    title = found.article.title.casefold()
    told, left = [], _FIRST_LINES
    for line in found.lines:
        if line.is_text and left:
            left -= 1
            said = clean(line.text)
            if not all(part in kept or not part for part in said.split("\n")):
                is_title = said.casefold() == title
                line = replace(line, is_text=False, why="the headline" if is_title else _NO_MORE)
            else:
                left = 0
        told.append(line)
    return tuple(told)


_NO_MORE = "says only who, when or how long"


def folded(found: Sequence[Line]) -> Iterator[Line | int]:
    """Blocks in their order; of plain links that follow one another only their number."""
    for is_link, lines in groupby(found, key=lambda line: line.why == PLAIN_LINK):
        if is_link:
            yield sum(1 for _ in lines)
        else:
            yield from lines
