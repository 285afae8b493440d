"""A fetcher that answers from a dictionary: for tests, and for archives that gather nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from rawi.core.answers import RESTS
from rawi.errors import FetchError, HostRests
from rawi.model import Ask, Exchange

Answer = Exchange | FetchError | Callable[[Ask], Exchange | FetchError]


class CannedFetcher:
    """Answers each address with what stands under it in `answers`, or with what that makes of the ask.

    Addresses that are not there cannot be found. `asked` lists every ask, in order. A host that answers 429 or 503
    rests until the end of the call.
    """

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.asked: list[Ask] = []

    def fetch(self, asks: Iterable[Ask | None]) -> Iterator[tuple[Ask, Exchange | FetchError]]:
        resting: set[str] = set()
        for ask in asks:
            if ask is None:
                continue  # what was asked before has its answer already
            name = urlsplit(ask.url).netloc
            if name in resting:
                yield ask, HostRests(f"{ask.url}: {name} asked for a rest")
                continue
            self.asked.append(ask)
            canned = self.answers.get(ask.url, FetchError(f"{ask.url}: no such host", "dns"))
            answer = canned if isinstance(canned, Exchange | FetchError) else canned(ask)
            if isinstance(answer, Exchange) and answer.status in RESTS:
                resting.add(name)
            yield ask, answer

    def close(self) -> None: ...
