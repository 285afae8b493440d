"""Captures that stand in the WARCs of others beside those that the archive keeps itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rawi.core import urls
from rawi.core.digests import fingerprint
from rawi.errors import BadInput, CaptureError
from rawi.model import REFERENCED, Exchange, Torn
from rawi.ports import Captures, ForeignWarcs


class WithReferenced:
    """See `ports.Captures`. Only reading reaches the files of others: they are never written, and `scan` and
    `recover` tell of the archive's own (a file of others may hold what was never wanted of it)."""

    def __init__(self, captures: Captures, warcs: ForeignWarcs) -> None:
        self._captures = captures
        self._warcs = warcs

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        return self._captures.keep(exchanges)

    def read(self, place: str) -> Exchange:
        if not place.startswith(REFERENCED):
            return self._captures.read(place)
        where, _, told = place.rpartition("#")
        try:
            read = self._warcs.read_at(where)
            found = replace(read, url=urls.clean(read.url))
        except BadInput as error:
            raise CaptureError(f"{where}: {error}") from error
        if fingerprint(found) != told:
            raise CaptureError(f"{where}: the file was altered since it was imported: it holds something else")
        return found

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        return self._captures.scan()

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        return self._captures.recover()

    def close(self) -> None:
        self._captures.close()
