"""The days of a page: when it says that it was published, and when changed.

Sources are schema.org data, meta elements, `time` elements, attributes, the lines a reader sees, the address, and the
data of scripts. None is trusted alone when others gainsay it: what was chosen against what stands in the note of the
moment that comes out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from rawi.core import dated_lines, dates, urls
from rawi.core.date_words import MONTHS
from rawi.core.dates import Moment, Reading
from rawi.core.outline import Outline

_PUBLISHED = (
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "datepublished",
    "pubdate",
    "publishdate",
    "publisheddate",
    "publisheddatetime",
    "publishedtime",
    "publishtime",
    "publicationdate",
    "articlepublished",
    "articlepublisheddate",
    "articlepublicationdate",
    "articledateoriginal",
    "originalpublicationdate",
    "ogpublishedtime",
    "ogpubdate",
    "ogpublishdate",
    "ogregdate",
    "rnewsdatepublished",
    "btpubdate",
    "citationpublicationdate",
    "citationonlinedate",
    "citationdate",
    "prismpublicationdate",
    "parselypubdate",
    "parselypublishdate",
    "sailthrudate",
    "cxenseparserecspublishtime",
    "dcdateissued",
    "dctermsissued",
    "dcissued",
    "dcdatepublished",
    "dcdate",
    "dctermsdate",
    "dcdatecreated",
    "dctermscreated",
    "dccreated",
    "displaydate",
    "articledate",
    "postdate",
    "dateposted",
    "releasedate",
    "videoreleasedate",
    "mediatorpublishedtime",
    "vrpublishedtime",
    "datecreated",
    "createddate",
    "articlecreated",
    "created",
    "date",
    "timestamp",
)
"""Names of meta elements, of their letters only, the most trusted first."""
_MODIFIED = (
    "articlemodifiedtime",
    "articlemodified",
    "articlemodifieddate",
    "articleupdatedtime",
    "ogarticlemodifiedtime",
    "ogmodifiedtime",
    "ogupdatedtime",
    "datemodified",
    "dctermsmodified",
    "dcdatemodified",
    "dcmodified",
    "btmoddate",
    "modifieddate",
    "modificationdate",
    "modifiedtime",
    "lastupdated",
    "updatedtime",
    "lastmodified",
    "lastmod",
    "revised",
)
_MIGHT_DATE = re.compile("date|time|publi|modif|creat|issued|lastmod|revised")
_STATE = re.compile(
    r"\\?[\"'](?:date_?published|published_?(?:at|on|date|time)?|publish_?(?:date|time|ed_?date)|pub_?date"
    r"|publication_?(?:date|time)|first_?published(?:_?(?:at|date))?|date_?time_?published"
    r"|post_?date|display_?date)\\?[\"']\s{0,4}:\s{0,4}(?:\\?[\"']([^\"'\\]{8,40})\\?[\"']|(\d{9,13})\b)",
    re.IGNORECASE,
)
_LONGEST_SCRIPT, _MOST_STATES = 2_000_000, 50
_EPOCH = re.compile(r"[1-4]\d{8,9}(?:\.\d{1,6})?|[1-4]\d{11,12}", re.ASCII)
_DATA_PARTS, _MOST_ATTRIBUTES = ("date", "time", "publi", "epoch"), 200
_DATA_NAMES = re.compile(
    r"data-(?:(?:article|post|story|page|item)-)?(?:epoch(?:-?(?:time|seconds?))?|(?:unix)?-?time-?stamp|u?time|date(?:-?time)?"
    r"|(?:date-?)?publi(?:shed|cation|sh)(?:-?(?:at|on|date|time(?:stamp)?))?|created(?:-?at)?)"
)

_BY_SLASHES = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[^\d]|$)")
_BY_NAME = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(\d{1,2})(?=/|$)", re.IGNORECASE)
_BY_DASHES = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")
_BY_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")

_NO_ARTICLE = {"comment", "imageobject", "organization", "person", "product", "review", "usercomment"}
_MOST_ELEMENTS = 20
_LAST_YEAR = 2050
"""Later ones are refused even where nobody says when the page was captured."""
BY_ADDRESS = "its date is the one in its address"
ONLY_CHANGED = "it says only when it was changed: taken for its date"
_EPOCH_ZERO = date(1970, 1, 1)
_DAY = timedelta(days=1)
"""A clock that is ahead, a zone that is not written."""
_QUARTER = timedelta(minutes=15)
_FURTHEST_EAST, _FURTHEST_WEST = timedelta(hours=14), timedelta(hours=-12)

_MONTH_FIRST_TAGS = {"en-ph", "en-us", "es-us"}
_DAY_FIRST_REGIONS = {"au", "gb", "ie", "in", "ke", "my", "ng", "nz", "pk", "sg", "tz", "ug", "uk", "za", "zw"}
"""Regions that write English with the day first: in tags, and at the end of hosts."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What one place of a page says of a day."""

    kind: str
    """"data" (JSON-LD), "meta", "element" (`time`, microdata), "line" (that readers see), "attribute" or "script"."""
    on: date
    text: str
    is_change: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDates:
    """When a page was published and changed; what was doubtful in it stands in `notes`."""

    published: Moment | None = None
    modified: Moment | None = None
    notes: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    """All that was found and can be, the most trusted first; looked for only as long as something was open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clue:
    """What one place of the page says of a day."""

    kind: str
    """Sources of one kind are one witness."""
    reading: Reading


@dataclass(slots=True)
class _Clues:
    """What a page says of its days, the most trusted first; what cannot be is refused with a note."""

    language: str
    captured_at: datetime | None
    published: list[_Clue] = field(default_factory=list)
    modified: list[_Clue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, kind: str, texts: Iterable[str]) -> list[_Clue]:
        readings = (_of_seconds(text) or dates.read(text, self.language) for text in texts if text)
        return [_Clue(kind=kind, reading=found) for found in readings if found and self._is_possible(found)]

    def read_lines(self, lines: Iterable[dated_lines.Line]) -> list[_Clue]:
        """The best of the lines that can be read."""
        for line in lines:
            found = dates.read(line.part, self.language)
            if found and self._is_possible(found):
                return [_Clue(kind="line", reading=replace(found, text=line.text))]
        return []

    def _is_possible(self, found: Reading) -> bool:
        at = found.at
        if abs(found.on - _EPOCH_ZERO) <= _DAY and (at is None or at.timestamp() == 0):
            return self._refuse(found.on, "is what computers count from")
        if is_future(found.on, self.captured_at) and (
            found.swapped is None or is_future(found.swapped, self.captured_at)
        ):
            return self._refuse(found.on, "is later than its capture")
        return True

    def _refuse(self, on: date, why: str) -> bool:
        note = f"a date, {on.isoformat()}, {why}: not taken"
        if note not in self.notes:
            self.notes.append(note)
        return False


def read_dates(
    parts: Outline,
    *,
    nodes: Sequence[Mapping[str, Any]] = (),
    articles: Sequence[Mapping[str, Any]] = (),
    metas: Mapping[str, str],
    tag: str = "",
    url: str = "",
    captured_at: datetime | None = None,
) -> PageDates:
    """When this page was published and changed.

    `nodes` are its JSON-LD objects, `articles` those of them that are articles, `metas` its meta elements by name,
    `tag` the language it declares ("en-GB"). Without a time of capture, only absurd years are refused as future.
    """
    tag = tag.strip().lower().replace("_", "-")
    clues = _Clues(language=tag.partition("-")[0][:3], captured_at=captured_at)
    address = day_in_address(url)
    if address and is_future(address, captured_at):
        address = None
    _gather(clues, parts, nodes, articles, metas)
    published = _chosen(clues, address)
    if published and published.swapped:
        published = _in_order(published, clues, address, parts, tag, url)
    modified = _completed(clues.modified[0].reading, clues.modified, None) if clues.modified else None
    if modified and modified.swapped:
        modified = _in_order(modified, clues, address, parts, tag, url)
    if published and modified and _is_before(modified, published):
        if published.on - modified.on > _DAY:  # else it was saved, and then went out: nothing is wrong
            clues.notes.append(f"its date of change, {modified.on.isoformat()}, is before its publication: not taken")
        modified = None
    said = _moment(published)
    if published is None and address:
        said = Moment(at=None, on=address, text="", note=BY_ADDRESS)
    elif published is None and modified:
        said = Moment(at=modified.at, on=modified.on, text=modified.text, note=ONLY_CHANGED)
    if said and said.note:
        clues.notes.append(said.note)
    return PageDates(
        published=said, modified=_moment(modified), notes=tuple(clues.notes), witnesses=tuple(_witnesses_of(clues))
    )


def _witnesses_of(clues: _Clues) -> Iterator[Witness]:
    for said, is_change in ((clues.published, False), (clues.modified, True)):
        for clue in said:
            yield Witness(clue.kind, clue.reading.on, clue.reading.text, is_change)


def day_in_address(url: str) -> date | None:
    """The day in an address such as /2015/10/02/, /2015/oct/02/ or /20151002-; None when there is none."""
    path = url.partition("://")[2].partition("/")[2] or url
    path = "/" + path.partition("?")[0]
    for pattern in (_BY_SLASHES, _BY_NAME, _BY_DASHES, _BY_DIGITS):
        for found in islice(pattern.finditer(path), 5):
            year, month, day = found.groups()
            number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
            try:
                return date(int(year), number, int(day))
            except ValueError:
                continue
    return None


def is_future(on: date, captured_at: datetime | None) -> bool:
    """Whether a day is later than a capture can have seen, with a day's tolerance."""
    return on - captured_at.date() > _DAY if captured_at else on.year > _LAST_YEAR


# ------------------------------------------------------------------------------------------ gathering


def _gather(
    clues: _Clues,
    parts: Outline,
    nodes: Sequence[Mapping[str, Any]],
    articles: Sequence[Mapping[str, Any]],
    metas: Mapping[str, str],
) -> None:
    """Fills the clues: from what costs little to what costs much, as long as something is open."""
    plain = _plain_names(metas)
    clues.published += clues.read("data", _in_data(articles, "datePublished"))
    clues.published += clues.read("meta", (plain[name] for name in _PUBLISHED if name in plain))
    clues.modified += clues.read("data", _in_data(articles, "dateModified"))
    clues.modified += clues.read("meta", (plain[name] for name in _MODIFIED if name in plain))
    if not _is_settled(clues.published):
        published, modified = _in_elements(parts)
        clues.published += clues.read("element", published)
        clues.modified += clues.read("element", modified)
    if not clues.published:
        said = [*_in_data(nodes, "datePublished"), *_in_data(articles, "dateCreated"), *_in_data(nodes, "uploadDate")]
        clues.published += clues.read("data", said)
    if not clues.modified:
        clues.modified += clues.read("data", _in_data(nodes, "dateModified"))
    if _is_open(clues.published) or not clues.modified:
        lines = dated_lines.lines(parts)
        clues.published += clues.read_lines(line for line in lines if not line.is_change)
        clues.modified += clues.read_lines(line for line in lines if line.is_change)
    if not clues.published:
        clues.published += clues.read("attribute", _in_attributes(parts))[:1]
    if not clues.published:
        clues.published += _of_one_day(clues.read("script", _in_scripts(parts)))


def _is_settled(published: Sequence[_Clue]) -> bool:
    """Whether the first clue says its moment with the publisher's own offset, and no other gainsays it."""
    return bool(published) and bool(published[0].reading.offset) and not _is_open(published)


def _is_open(published: Sequence[_Clue]) -> bool:
    """Whether there is no date, one with its parts in doubt or without its time, or several."""
    if not published:
        return True
    first = published[0].reading
    return bool(first.swapped) or first.at is None or any(abs(c.reading.on - first.on) > _DAY for c in published)


def _plain_names(metas: Mapping[str, str]) -> dict[str, str]:
    """The meta elements that may hold dates, by the letters of their names."""
    found: dict[str, str] = {}
    for names, content in metas.items():
        if _MIGHT_DATE.search(names):
            for name in names.split():
                found.setdefault(re.sub(r"[^a-z]", "", name), content)
    return found


def _in_data(nodes: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    said: list[str] = []
    for node in nodes:
        kinds = node.get("@type")
        kind = (
            kinds
            if isinstance(kinds, str)
            else next((k for k in kinds if isinstance(k, str)), "")
            if isinstance(kinds, list)
            else ""
        )
        if kind.rpartition("/")[2].lower() in _NO_ARTICLE:
            continue
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("@value") if isinstance(value, dict) else value
        if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
            said.append(str(value)[: dates.LONGEST])
    return said


def _in_elements(parts: Outline) -> tuple[list[str], list[str]]:
    """What microdata and `time` elements say: of publication, of a change; the best one first."""
    published: list[tuple[int, str]] = []
    modified: list[tuple[int, str]] = []
    marked = (element for name, element in parts.marked if "date" in name)
    above = None
    for element in dict.fromkeys([*islice(marked, _MOST_ELEMENTS), *parts.first("time", most=_MOST_ELEMENTS)]):
        if element.tag == "meta" and not element.get("content"):
            continue
        above = dated_lines.above_headline(parts) if above is None else above
        weight = dated_lines.weight(element, above)
        said = element.get("content") or element.get("datetime") or dated_lines.short_text(element) or ""
        named = (element.get("itemprop") or "").lower()
        if weight is None or not said or ("datecreated" in named and "datepublished" not in named):
            continue
        weight += 20 if "datepublished" in named or "datemodified" in named else 0
        is_change = "datemodified" in named or ("datepublished" not in named and dated_lines.is_change(element))
        (modified if is_change else published).append((weight, said))
    return _best_first(published), _best_first(modified)


def _best_first(weighed: list[tuple[int, str]]) -> list[str]:
    return [said for _, said in sorted(weighed, key=lambda pair: -pair[0])][:1]


def _in_attributes(parts: Outline) -> Iterator[str]:
    above = dated_lines.above_headline(parts)
    dated = ((one, name) for one in parts.elements for name in map(str, one.keys()) if name.startswith("data-"))
    named = ((element, name) for element, name in dated if any(part in name for part in _DATA_PARTS))
    for element, name in islice(named, _MOST_ATTRIBUTES):
        if _DATA_NAMES.fullmatch(name) and dated_lines.weight(element, above) is not None:
            yield element.get(name, "").strip()


def _in_scripts(parts: Outline) -> Iterator[str]:
    left = _LONGEST_SCRIPT
    for _, text in parts.scripts:
        left -= len(text)
        if left < 0:
            return
        for found in islice(_STATE.finditer(text), _MOST_STATES):
            yield found[1] or found[2]


def _of_one_day(clues: list[_Clue]) -> list[_Clue]:
    """The first of the dates of a page's scripts: none when they are of several days, which are of several articles."""
    return clues[:1] if len({clue.reading.on for clue in clues}) == 1 else []


def _of_seconds(said: str) -> Reading | None:
    """A moment written as seconds, or thousandths of them, since 1970."""
    if not _EPOCH.fullmatch(said):
        return None
    seconds = float(said)
    at = datetime.fromtimestamp(seconds if seconds < 10**11 else seconds / 1000, UTC)
    passed = timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
    return Reading(on=at.date(), text=said, clock=passed, offset=timedelta(), has_zone=True)


# ------------------------------------------------------------------------------------------- choosing


def _chosen(clues: _Clues, address: date | None) -> Reading | None:
    """The date that most witnesses bear out: the most trusted one's, unless more of the others agree on another."""
    said = clues.published
    if not said:
        return None
    best = max(said, key=lambda clue: _witnesses(clue, said, address))
    first = said[0]
    chosen = best if _witnesses(best, said, address) > _witnesses(first, said, address) else first
    others = {c.reading.on: c.kind for c in said if c.kind != chosen.kind and not _agrees(c.reading, chosen.reading.on)}
    if others:
        against = ", ".join(f"{on.isoformat()} ({kind})" for on, kind in others.items())
        clues.notes.append(f"its dates disagree: {chosen.reading.on.isoformat()} ({chosen.kind}) taken, not {against}")
    return _completed(chosen.reading, said, address)


def _witnesses(clue: _Clue, said: Sequence[_Clue], address: date | None) -> int:
    kinds = {other.kind for other in said if _agrees(other.reading, clue.reading.on)}
    return len(kinds) + bool(address and _agrees(clue.reading, address))


def _agrees(reading: Reading, on: date) -> bool:
    return abs(reading.on - on) <= _DAY or reading.swapped == on


def _completed(chosen: Reading, said: Sequence[_Clue], address: date | None) -> Reading:
    """With the offset, the time and the publisher's own day, where other sources say them of the same moment."""
    others = [clue.reading for clue in said if clue.reading is not chosen]
    if chosen.clock is None or (chosen.clock == timedelta() and not chosen.offset):
        for other in others:
            if other.on == chosen.on and other.clock and other.at:
                return replace(chosen, clock=other.clock, offset=other.offset)
    if chosen.clock is not None and not chosen.offset:
        for other in others:
            offset = _offset_between(chosen, other)
            if offset is not None:
                return _moved(chosen, offset)
    if chosen.clock and chosen.offset == timedelta():
        days = [*(other.on for other in others if other.clock is None), *([address] if address else [])]
        for on in days:
            if abs(on - chosen.on) == _DAY and _can_be(chosen.clock, on - chosen.on):
                return replace(chosen, on=on, clock=chosen.clock + (chosen.on - on))
    return chosen


def _offset_between(chosen: Reading, other: Reading) -> timedelta | None:
    """The publisher's offset, where two readings are the same moment and one of them, or both together, tell it."""
    if chosen.clock is None or other.clock is None or abs(other.on - chosen.on) > _DAY:
        return None
    mine, others = _to_the_minute(chosen.clock, other.clock)
    apart = (other.on - chosen.on) + others - mine
    if chosen.offset is None:
        if other.offset is None or not apart:
            return other.offset
        # Both local: the other one in its own zone, or in UTC.
        return _as_zone(other.offset - apart, mine)
    if other.offset is None:
        return _as_zone(apart, mine)
    return other.offset if other.offset and apart == other.offset else None


def _to_the_minute(one: timedelta, two: timedelta) -> tuple[timedelta, timedelta]:
    """Without seconds, when one of them has none."""
    minute = timedelta(minutes=1)
    return (one, two) if one % minute and two % minute else (one - one % minute, two - two % minute)


def _as_zone(shift: timedelta, clock: timedelta) -> timedelta | None:
    """A difference that may be a zone's: whole hours, or quarters when the seconds are equal, which is no chance."""
    step = _QUARTER if clock % timedelta(minutes=1) else timedelta(hours=1)
    return shift if shift and not shift % step and _FURTHEST_WEST <= shift <= _FURTHEST_EAST else None


def _moved(chosen: Reading, offset: timedelta) -> Reading:
    """The same moment in another zone, or one without a zone in this one."""
    if chosen.offset is None or chosen.clock is None:
        return replace(chosen, offset=offset, has_zone=True, note="")
    days, clock = divmod(chosen.clock + offset - chosen.offset, _DAY)
    try:
        return replace(chosen, on=chosen.on + days * _DAY, clock=clock, offset=offset)
    except OverflowError:  # behind the last day of year 9999
        return chosen


def _can_be(clock: timedelta, days: timedelta) -> bool:
    """Whether at this time in UTC it is, somewhere, a day later or earlier."""
    return clock + _FURTHEST_EAST >= _DAY if days > timedelta() else clock + _FURTHEST_WEST < timedelta()


def _in_order(found: Reading, clues: _Clues, address: date | None, parts: Outline, tag: str, url: str) -> Reading:
    """With day and month in the order that evidence gives: other dates of the page, its address, the way it writes its
    other dates, its country, and the day of the capture; as it was, with its note, when nothing tells."""
    days = (found.on, found.swapped or found.on)
    sure = [clue.reading.on for clue in (*clues.published, *clues.modified) if not clue.reading.swapped]
    for on in (*sure, *([address] if address else [])):
        if on in days:
            return replace(found, on=on, swapped=None, note="")
    month_first = dated_lines.is_month_first(parts)
    if month_first is None:
        month_first = _by_region(tag, url)
    if month_first is None and is_future(days[0], clues.captured_at) != is_future(days[1], clues.captured_at):
        month_first = is_future(days[0], clues.captured_at)
    if month_first is None:
        return found
    return replace(found, on=days[month_first], swapped=None, note="")


def _by_region(tag: str, url: str) -> bool | None:
    if tag in _MONTH_FIRST_TAGS:
        return True
    end = (urls.parts(url).hostname or "").rpartition(".")[2] if "://" in url[:10] else ""
    return False if tag.rpartition("-")[2] in _DAY_FIRST_REGIONS or end in _DAY_FIRST_REGIONS else None


def _is_before(modified: Reading, published: Reading) -> bool:
    if modified.at and published.at:
        return modified.at < published.at
    return modified.on < published.on


def _moment(found: Reading | None) -> Moment | None:
    return Moment(at=found.at, on=found.on, text=found.text, note=found.note) if found else None
