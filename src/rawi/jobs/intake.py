"""From files to captures: what is new of the items in them, batch by batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from rawi.core import urls
from rawi.core.digests import fingerprint
from rawi.errors import BadInput, CaptureError
from rawi.jobs import files
from rawi.jobs.files import Item, Opener
from rawi.jobs.found import fate
from rawi.jobs.keep import capture_id, capture_of, keep
from rawi.jobs.only import Only
from rawi.jobs.outcome import Listen, Outcome, unheard
from rawi.jobs.revisits import NotHere, resolved
from rawi.jobs.tell import Tell, silent
from rawi.model import REFERENCED, Capture, Exchange, Fate, Reference
from rawi.ports import Captures, ForeignWarcs, Store

EVERYTHING = Only()

BATCH = 100
"""Items kept together, with one fsync."""
BATCH_BYTES = 16 * 1024 * 1024

MOST_WAITING = 50_000
"""Revisits that wait, in one import, for what they confirm."""


@dataclass(slots=True)
class Report:
    """What an import did."""

    kept: int = 0
    referenced: int = 0
    """Of these, records that stay in the WARCs of others."""
    known: int = 0
    """Items that the archive had already."""
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    """Items that were not wanted, by why."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """What is none of the kinds that are read: files in folders and zips by their ending, records of WARCs by the
    scheme of their address."""


def import_paths(
    paths: Iterable[Path],
    *,
    store: Store,
    captures: Captures,
    warcs: ForeignWarcs,
    most_bytes: int,
    only: Only = EVERYTHING,
    listen: Listen = unheard,
    tell: Tell = silent,
) -> Report:
    """Imports what is wanted of all that is at these paths. A failed item is named by `listen`; the rest goes on."""
    report = Report()
    opened = Opener(warcs=warcs, store=store, most_bytes=most_bytes, passed_over=report.passed_over, choice=only.key)
    importing = _Importing(store=store, captures=captures, only=only, report=report, listen=listen)
    for batch in _batches(item for path in paths for item in opened.items(path)):
        importing.take([item for item in batch if _is_wanted(item, only, report)])
        for file, offset in {item.file: item.offset for item in batch if item.file}.items():
            importing.advance(file, offset)
        tell("import", report.kept + report.known + report.failed + report.left_out.total(), None)
    importing.finish()
    return report


def _is_wanted(item: Item, only: Only, report: Report) -> bool:
    why_not = only.leaves_out(item.exchange) if item.exchange else ""
    if why_not:
        report.left_out[why_not] += 1
    return not why_not


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.exchange.body) if item.exchange else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@dataclass(slots=True)
class _Importing:
    """One import under way; `waiting` are revisits of what is not here, or not yet."""

    store: Store
    captures: Captures
    only: Only
    report: Report
    listen: Listen
    waiting: list[Item] = field(default_factory=list)
    _reached: dict[str, int] = field(default_factory=dict)
    """How far each file was read."""

    def take(self, batch: Sequence[Item]) -> None:
        """Keeps what is new of a batch: first what stands by itself, then the revisits, which may confirm it."""
        self._keep_new([item for item in batch if not _is_revisit(item)])
        self.waiting += self._resolve([item for item in batch if _is_revisit(item)])
        if len(self.waiting) > MOST_WAITING:
            self._give_up(self.waiting[:-MOST_WAITING])
            self.waiting = self.waiting[-MOST_WAITING:]

    def finish(self) -> None:
        """Everything was read: what still waits may have come since. What has not, is asked for by name, and its file
        is gone through from there when it is imported again."""
        held = {item.file for item in self.waiting}
        self.waiting = self._resolve(self.waiting)
        for file in held:
            self.advance(file, self._reached[file])
        self._give_up(self.waiting)

    def advance(self, file: str, offset: int) -> None:
        """A file was read up to an offset: a later import goes on there, but not behind a revisit that waits."""
        self._reached[file] = offset
        waiting = (max(item.offset - 1, 0) for item in self.waiting if item.file == file)
        self.store.advance(file, min([offset, *waiting]))

    def _resolve(self, revisits: Sequence[Item]) -> list[Item]:
        """Keeps those whose content is here, until none of them brings what another confirms; gives the rest."""
        while revisits:
            found, left = [], []
            for item in revisits:
                try:
                    found.append(self._resolved(item))
                except NotHere:
                    left.append(item)
            self._keep_new(found)
            if not found:
                return left
            revisits = left
        return []

    def _resolved(self, item: Item) -> Item:
        if item.exchange is None or item.exchange.revisit is None:
            return item
        known = resolved(item.exchange, item.exchange.revisit, store=self.store, captures=self.captures)
        return replace(item, exchange=known)

    def _give_up(self, items: Sequence[Item]) -> None:
        for item in items:
            if self.only.languages:
                self.report.left_out["confirming what is not here"] += 1
            elif item.exchange and item.exchange.revisit:
                problem = _not_here(item.exchange, item.exchange.revisit)
                _count(replace(item, exchange=None, problem=problem), None, self.report, self.listen)

    def _keep_new(self, batch: Sequence[Item]) -> None:
        new = _new(batch, self.store, self.captures)
        copied = [item for item in new if not item.place]
        kept = keep([item.exchange for item in copied if item.exchange], store=self.store, captures=self.captures)
        cards = {id(item): card for item, card in zip(copied, kept, strict=True)}
        cards |= {id(item): _referenced(item.exchange, item.place) for item in new if item.place and item.exchange}
        referenced = [cards[id(item)] for item in new if item.place]
        self.store.put(*referenced, *map(_fate, cards.values()))
        for item in batch:
            _count(item, cards.get(id(item)), self.report, self.listen)
        self.report.referenced += len(referenced)


def _is_revisit(item: Item) -> bool:
    return bool(item.exchange and item.exchange.revisit)


def _not_here(exchange: Exchange, confirmed: Reference) -> str:
    of = f"{confirmed.url} of {confirmed.at:%Y-%m-%d %H:%M:%S}"
    if confirmed.at == exchange.at:
        of = f"an earlier answer with the digest {confirmed.digest[:80]}"
    what = f"a revisit of {exchange.url}: what it confirms ({of}) is not here"
    return f"{what}; import the file that holds it, then this one again"


def _referenced(exchange: Exchange, place: str) -> Capture:
    """The card of what stays where it is."""
    return capture_of(exchange, f"{place}#{fingerprint(exchange)}")


def _new(batch: Sequence[Item], store: Store, captures: Captures) -> list[Item]:
    """The items the archive does not have: by time and bytes, or by bytes alone where the time is only the file's."""
    candidates = [(item, item.exchange) for item in batch if item.exchange]
    known = {card.id: card for card in store.get_many(Capture, [capture_id(exchange) for _, exchange in candidates])}
    digests = {id(item): sha256(exchange.body).hexdigest() for item, exchange in candidates if not item.has_own_time}
    cards = store.find(Capture, digest=tuple(digests.values()), limit=1_000_000) if digests else []
    same = {(card.url, card.digest) for card in cards}
    new, taken = list[Item](), set[str]()
    for item, exchange in candidates:
        key, by_bytes = capture_id(exchange), (exchange.url, digests.get(id(item), ""))
        is_here = key in taken or (key in known and not _is_lost(known[key], item, captures))
        if is_here or (not item.has_own_time and by_bytes in same):
            continue
        taken.add(key)
        same.add(by_bytes)
        new.append(item)
    return new


def _is_lost(card: Capture, item: Item, captures: Captures) -> bool:
    """Whether a capture stood in a file of others that is gone or altered, and this item can take its place."""
    if not card.place.startswith(REFERENCED) or (item.place and card.place.startswith(f"{item.place}#")):
        return False
    try:
        captures.read(card.place)
    except CaptureError:
        return True
    return False


def _fate(card: Capture) -> Fate:
    said = "confirms an earlier capture" if card.revisit_of else f"{card.length} bytes"
    return fate(card.url, card.at, "imported", f"from {card.source.removeprefix('import ')}, {said}")


def _count(item: Item, card: Capture | None, report: Report, listen: Listen) -> None:
    if item.exchange is None:
        report.failed += 1
        listen(Outcome(address=item.name, event="failed", note=item.problem, failed=True))
    elif card is None:
        report.known += 1
        listen(Outcome(address=item.exchange.url, event="known", note=item.name, failed=False))
    else:
        report.kept += 1
        listen(Outcome(address=card.url, event="imported", note=item.name, failed=False, capture=card.id))


def check_paths(paths: Sequence[Path]) -> None:
    """Raises when there is nothing at any of the paths: then the command was a mistake, not a bad item."""
    if not any(path.exists() for path in paths):
        raise BadInput(f"{', '.join(map(str, paths))}: there is nothing to import")


def page(url: str, html: bytes | str, at: datetime) -> Exchange:
    """A page given by a program, as an exchange."""
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    media_type = files.HTML if isinstance(html, str) else "text/html"
    return files.saved("add_page", urls.clean(url), at, body, media_type)
