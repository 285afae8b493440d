"""A fetcher that answers from a dictionary: for tests, and for archives that gather nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rawi.errors import FetchError
from rawi.model import Ask, Exchange

Answer = Exchange | FetchError | Callable[[Ask], Exchange | FetchError]


class CannedFetcher:
    """Answers each address with what stands under it in `answers`, or with what that makes of the ask.

    Addresses that are not there cannot be found. `asked` lists every ask, in order.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.asked: list[Ask] = []

    def fetch(self, asks: Iterable[Ask | None]) -> Iterator[tuple[Ask, Exchange | FetchError]]:
        for ask in asks:
            if ask is None:
                continue  # what was asked before has its answer already
            self.asked.append(ask)
            canned = self.answers.get(ask.url, FetchError(f"{ask.url}: no such host", "dns"))
            yield ask, canned if isinstance(canned, Exchange | FetchError) else canned(ask)

    def close(self) -> None: ...
