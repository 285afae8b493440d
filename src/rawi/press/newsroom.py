"""What the made-up press has written: articles with their editions, loaded from the files beside this one.

`load()` reads and checks everything and gives a `Newsroom`; `Newsroom.on_show()` says what can be read at a moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rawi.press.derivation import derive
from rawi.press.manuscripts import House, read_originals
from rawi.press.pictures import KEYS
from rawi.press.pieces import BadNewsroom, Piece, Shown
from rawi.press.publishers import PUBLISHERS, SECTIONS

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Newsroom:
    """All pieces, oldest first, live ones last."""

    pieces: tuple[Piece, ...]

    def on_show(self, started_at: datetime, now: datetime, live: bool = True) -> list[Shown]:
        """The pieces that can be read now, newest first, each with its latest text.

        Everything dated is there from the start with all its revisions, whatever the clock says, so that the press is
        the same on every day. What is counted from the start (live pieces, staged revisions) comes only with `live`.
        """
        passed = now - started_at if live else timedelta(-1)
        shown = [_shown(piece, started_at, passed) for piece in self.pieces if _is_out(piece, passed)]
        # Live pieces go first even if the press is started before the last dated day.
        return sorted(shown, key=lambda s: (s.piece.since_start is not None, s.published_at, s.piece.key), reverse=True)

    def of(self, publisher: str) -> "Newsroom":
        """What one publisher has written."""
        return Newsroom(tuple(piece for piece in self.pieces if piece.publisher == publisher))

    def moments(self) -> list[timedelta]:
        """The times after the start at which something changes, in order."""
        times = {piece.since_start for piece in self.pieces}
        for piece in self.pieces:
            for edition in piece.editions[1:]:
                if edition.since_start is not None:
                    times.add(edition.since_start)
                elif piece.since_start is not None:
                    times.add(piece.since_start + edition.after)
        return sorted(time for time in times if time is not None)


def _is_out(piece: Piece, passed: timedelta) -> bool:
    return piece.since_start is None or piece.since_start <= passed


def _shown(piece: Piece, started_at: datetime, passed: timedelta) -> Shown:
    published_at = piece.published_at or _moment(started_at, piece.since_start)
    shown = Shown(
        piece=piece, text=piece.editions[0].text, published_at=published_at, modified_at=published_at, edition=0
    )
    for at, edition in enumerate(piece.editions[1:], 1):
        if edition.since_start is not None:
            if edition.since_start > passed:
                break
            modified_at = _moment(started_at, edition.since_start)
        else:
            modified_at = published_at + edition.after
            if piece.since_start is not None and piece.since_start + edition.after > passed:
                break
        shown = replace(shown, text=edition.text, modified_at=modified_at, edition=at)
    return shown


def _moment(started_at: datetime, since: timedelta | None) -> datetime:
    return (started_at + (since or timedelta())).astimezone(UTC).replace(microsecond=0)


def load(
    originals: Path = HERE / "originals",
    derived: Path = HERE / "derived",
    *,
    languages: Mapping[str, str] | None = None,
    sections: Iterable[str] | None = None,
    pictures: Iterable[str] | None = None,
) -> Newsroom:
    """The newsroom of these folders; BadNewsroom when a file breaks a rule.

    `languages` (by publisher id), `sections` and `pictures` are what files may name; by default the press's own.
    """
    house = House(
        languages=dict(languages) if languages is not None else {p.id: p.language for p in PUBLISHERS},
        sections=frozenset(SECTIONS if sections is None else sections),
        pictures=frozenset(KEYS if pictures is None else pictures),
    )
    faults: list[str] = []
    written = read_originals(originals, house, faults)
    pieces = derive(written, derived, house, faults)
    if faults:
        raise BadNewsroom("\n".join(faults))
    return Newsroom(tuple(sorted(pieces, key=_order)))


def _order(piece: Piece) -> tuple[bool, datetime, timedelta, str]:
    return (
        piece.published_at is None,
        piece.published_at or datetime.max.replace(tzinfo=UTC),
        piece.since_start or timedelta(),
        piece.key,
    )
