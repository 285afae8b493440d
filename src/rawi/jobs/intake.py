"""From files to captures: what is new of the items in them, batch by batch."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from rawi.core import urls
from rawi.errors import BadInput
from rawi.jobs import files
from rawi.jobs.files import Item, Opener
from rawi.jobs.found import fate
from rawi.jobs.keep import capture_id, capture_of, keep
from rawi.jobs.only import Only
from rawi.jobs.outcome import Listen, Outcome, unheard
from rawi.jobs.revisits import resolved
from rawi.jobs.tell import Tell, silent
from rawi.model import Capture, Exchange, Fate
from rawi.ports import Captures, ForeignWarcs, Store

EVERYTHING = Only()

BATCH = 100
"""Items kept together, with one fsync."""
BATCH_BYTES = 16 * 1024 * 1024


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
    for batch in _batches(item for path in paths for item in opened.items(path)):
        wanted = [item for item in batch if _is_wanted(item, only, report)]
        _import_batch(wanted, only, report, store=store, captures=captures, listen=listen)
        for file, offset in {item.file: item.offset for item in batch if item.file}.items():
            store.advance(file, offset)
        tell("import", report.kept + report.known + report.failed + report.left_out.total(), None)
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


def _import_batch(
    batch: Sequence[Item], only: Only, report: Report, *, store: Store, captures: Captures, listen: Listen
) -> None:
    """Keeps what is new of a batch: first what stands by itself, then the revisits, which may confirm it."""
    revisits = [item for item in batch if item.exchange and item.exchange.revisit]
    _keep_new(
        [item for item in batch if not (item.exchange and item.exchange.revisit)], report, store, captures, listen
    )
    found = []
    for item in revisits:
        known = _resolved(item, store, captures)
        if known.exchange is None and only.languages:
            report.left_out["confirming what is not here"] += 1
        else:
            found.append(known)
    _keep_new(found, report, store, captures, listen)


def _resolved(item: Item, store: Store, captures: Captures) -> Item:
    exchange = item.exchange
    if exchange is None or exchange.revisit is None:
        return item
    known = resolved(exchange, exchange.revisit, store=store, captures=captures)
    if known is None:
        of = f"{exchange.revisit.url} of {exchange.revisit.at:%Y-%m-%d %H:%M:%S}"
        problem = (
            f"a revisit of {exchange.url}: what it confirms ({of}) is not here; import the file that holds it first"
        )
        return replace(item, exchange=None, problem=problem)
    return replace(item, exchange=known)


def _keep_new(batch: Sequence[Item], report: Report, store: Store, captures: Captures, listen: Listen) -> None:
    new = _new(batch, store)
    copied = [item for item in new if not item.place]
    kept = keep([item.exchange for item in copied if item.exchange], store=store, captures=captures)
    cards = {id(item): card for item, card in zip(copied, kept, strict=True)}
    cards |= {id(item): _referenced(item.exchange, item.place) for item in new if item.place and item.exchange}
    store.put(*(card for item in new if item.place and (card := cards[id(item)])), *map(_fate, cards.values()))
    for item in batch:
        _count(item, cards.get(id(item)), report, listen)
    report.referenced += len(cards) - len(kept)


def _referenced(exchange: Exchange, place: str) -> Capture:
    """The card of what stays where it is."""
    card = capture_of(exchange, place)
    return replace(card, place=f"{place}#{card.digest}")


def _new(batch: Sequence[Item], store: Store) -> list[Item]:
    """The items the archive does not have: by time and bytes, or by bytes alone where the time is only the file's."""
    candidates = [(item, item.exchange) for item in batch if item.exchange]
    digests = [sha256(exchange.body).hexdigest() for _, exchange in candidates]
    ids = [capture_id(exchange) for _, exchange in candidates]
    known = {card.id for card in store.get_many(Capture, ids)}
    cards = store.find(Capture, digest=tuple(digests), limit=1_000_000) if candidates else []
    same = {(card.url, card.digest) for card in cards}
    new = []
    for (item, exchange), key, digest in zip(candidates, ids, digests, strict=True):
        by_bytes = (exchange.url, digest)
        if key in known or (not item.has_own_time and by_bytes in same):
            continue
        known.add(key)
        same.add(by_bytes)
        new.append(item)
    return new


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
