"""One page read again before its reader's eyes: what was taken from where, and why. Nothing is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rawi.core import payload, reading, reasons, recipes, urls
from rawi.core.lines import Line
from rawi.core.reading import Explained, ToRead
from rawi.core.reasons import Field
from rawi.core.recipes import Recipes
from rawi.errors import BadInput, CaptureError, NotFound
from rawi.jobs import files
from rawi.jobs.read import Known, can_be_read
from rawi.model import Article, Capture, Exchange, address_id
from rawi.ports import Captures, Store

NO_ADDRESS = "file:no-address"
"""The address of a page that does not say its own. The name of its file would be no evidence of its section or day."""

_MANY = (*files.WARC_ENDINGS, *files.LINES_ENDINGS, ".zip")
_MOST_CAPTURES = 10_000
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """A page, what was read from it, and why so."""

    url: str
    address_from: str
    """"of the archive", "as the page says it", "as it was given", or "none known"."""
    captured_at: datetime
    capture: str
    """The id of the capture; empty for a file."""
    article: Article | None
    problem: str
    """Why it is no article; empty when it is one."""
    fields: tuple[Field, ...]
    blocks: tuple[Line, ...]
    """Every block of the page in its order; none when it is no HTML."""
    is_of_blocks: bool
    """Whether the text was made of these blocks."""
    doubts: tuple[str, ...] = ()
    """What is doubtful about the page, apart from the reason why it is no article."""
    notes: tuple[str, ...] = ()
    """What is to be known of the choice of the capture."""


def is_address(said: str) -> bool:
    """Whether an address is meant and not a file."""
    return bool(_ADDRESS.match(said))


# ------------------------------------------------------------------------------------------- a file


def of_file(path: Path, *, url: str, at: datetime | None, recipes: Recipes) -> Looked:
    """A page in a file; BadInput when there is none in it."""
    data, written_at = _bytes(path)
    media_type = files.page_type(path.name.lower().removesuffix(".gz"), data)
    if not data.strip():
        raise BadInput(f"{path} is empty")
    kind = reading.kind(media_type, data)
    if not kind:
        raise BadInput(f"{path} is no page: its bytes are those of another kind of file")
    own = "" if url or kind != "html" else reading.own_address(data, media_type)
    address = urls.clean(url) if url else own or NO_ADDRESS
    exchange = files.saved(path.name, address, at or written_at, data, media_type)
    said = "as it was given" if url else "as the page says it" if own else "none known"
    looked = _looked(exchange, said, recipes)
    if address is NO_ADDRESS:
        note = "the page does not say its address: nothing is known by it, and pictures need one (--url gives it)"
        return replace(looked, notes=(note,))
    return looked


def _bytes(path: Path) -> tuple[bytes, datetime]:
    """What is in a file, unpacked, and when it was written."""
    if path.is_dir():
        raise BadInput(f"{path} is a folder: name a file in it, or an address (https://…)")
    if path.name.lower().removesuffix(".gz").endswith(_MANY):
        raise BadInput(f"{path} holds more than a page: rawi import it, then rawi read ADDRESS")
    try:
        if path.exists() and not path.is_file():
            raise BadInput(f"{path} is no file that can be read to an end")
        written_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        with path.open("rb") as file:
            data = file.read(payload.MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BadInput(f"{path} is not there; an address begins with https://") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(data) > payload.MOST_BYTES:
        raise BadInput(f"{path} is larger than {payload.MOST_BYTES:,} bytes: that is no page")
    if data.startswith(b"\x1f\x8b"):
        data, problem = payload.gunzip(data, payload.MOST_BYTES)
        if problem:
            raise BadInput(f"{path}: its gzip {problem}")
    return data, written_at


# ------------------------------------------------------------------------------------------- a capture


def of_address(address: str, *, at: datetime | None, store: Store, captures: Captures, recipes: Recipes) -> Looked:
    """The newest capture of an address that is a page, or that nearest to a time.

    One whose bytes cannot be had is passed over with a note; CaptureError when that is so of all, NotFound when there
    is none.
    """
    found = _cards(address, store)
    cards = [card for card in found if can_be_read(card)]
    if not cards:
        raise NotFound(f"{address}: {_why_none(found)}")
    notes = []
    for card in _in_order(cards, at):
        try:
            exchange = captures.read(card.place)
        except CaptureError as error:
            notes.append(f"the capture of {_time(card)} cannot be read: {error}")
            continue
        if len(cards) > 1:
            notes.append(f"its capture of {_time(card)}, one of {len(cards)}; --at DATE chooses another")
        looked = _looked(exchange, "of the archive", recipes, card)
        article = looked.article and Known(store).named(looked.article)
        return replace(looked, article=article, notes=tuple(notes))
    raise CaptureError(f"{address}: {'; '.join(notes)}")


def _cards(address: str, store: Store) -> list[Capture]:
    """All captures of an address, as it is written or in its canonical form."""
    if found := store.find(Capture, address=address_id(address), limit=_MOST_CAPTURES):
        return found
    return store.find(Capture, address=address_id(urls.clean(address)), limit=_MOST_CAPTURES)


def _why_none(found: Iterable[Capture]) -> str:
    newest = max(found, key=lambda card: card.at, default=None)
    if newest is None:
        return "the archive has no capture of this address"
    answer = f"HTTP {newest.status}" if newest.purpose == "article" else f"a {newest.purpose}"
    return f"none of its captures is a page; the newest, of {_time(newest)}, is {answer} (rawi fate tells more)"


def _in_order(cards: Iterable[Capture], at: datetime | None) -> list[Capture]:
    newest = sorted(cards, key=lambda card: (card.at, card.id), reverse=True)
    return sorted(newest, key=lambda card: abs(card.at - at)) if at else newest


def _time(card: Capture) -> str:
    return f"{card.at:%Y-%m-%d %H:%M:%S} UTC"


# ------------------------------------------------------------------------------------------- both


def _looked(exchange: Exchange, address_from: str, known: Recipes, card: Capture | None = None) -> Looked:
    at, capture = (card.at, card.id) if card else (exchange.at, "")
    rules = recipes.choose(known, exchange.url, at)
    explained = reading.explain(ToRead(capture=capture, captured_at=at, exchange=exchange, recipe=rules))
    return Looked(
        url=exchange.url,
        address_from=address_from,
        captured_at=at,
        capture=capture,
        article=explained.reading.article,
        problem=explained.reading.problem,
        doubts=reasons.doubts(explained),
        fields=reasons.fields(explained, rules.id if rules else ""),
        blocks=_blocks(explained),
        is_of_blocks=bool(explained.explanation and reasons.is_of_blocks(explained.explanation)),
    )


def _blocks(explained: Explained) -> tuple[Line, ...]:
    return reasons.blocks(explained.explanation) if explained.explanation else ()
