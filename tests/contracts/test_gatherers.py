"""Many gatherers that share one archive, on every store: work is leased, nobody asks twice, nothing is lost."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.core.schedule import Pace, first_visit
from rawi.errors import FetchError
from rawi.jobs.gather import Gatherer
from rawi.jobs.turns import LEASED_FOR
from rawi.model import Ask, Capture, Exchange, Publisher, Visit
from rawi.ports import Store

HOSTS, PAGES, GATHERERS = 12, 4, 4
PACE = Pace(
    feed=timedelta(hours=1), shortest=timedelta(hours=1), longest=timedelta(hours=1), revisits=(timedelta(days=1),)
)


class Press:
    """Answers everything, and counts who was asked what, by several gatherers at once."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.by: Counter[str] = Counter()
        self.at_once: Counter[str] = Counter()
        self.overlapped = False
        self._lock = threading.Lock()

    def answer(self, ask: Ask, who: str) -> Exchange:
        host = ask.url.split("/")[2]
        with self._lock:
            self.asked[ask.url] += 1
            self.by[who] += 1
            self.at_once[host] += 1
            self.overlapped |= self.at_once[host] > 1
        status = 404 if ask.purpose == "robots" else 200
        made = Exchange(
            url=ask.url,
            at=datetime.now(UTC),
            status=status,
            request=b"GET / HTTP/1.1\r\n\r\n",
            head=b"HTTP/1.1 %d X\r\n\r\n" % status,
            body=ask.url.encode(),
            media_type="text/html",
            purpose=ask.purpose,
            source="gather",
        )
        with self._lock:
            self.at_once[host] -= 1
        return made


class Asking:
    """A fetcher of one gatherer, whose host lanes are the turns it was given."""

    def __init__(self, press: Press, who: str) -> None:
        self._press, self._who = press, who

    def fetch(self, asks: Iterable[Ask | None]) -> Iterator[tuple[Ask, Exchange | FetchError]]:
        for ask in asks:
            if ask is not None:
                yield ask, self._press.answer(ask, self._who)

    def close(self) -> None: ...


def fill(store: Store) -> list[str]:
    now = datetime.now(UTC)
    urls = [f"https://h{host}.example/{page}" for host in range(HOSTS) for page in range(PAGES)]
    hosts = tuple(f"h{host}.example" for host in range(HOSTS))
    store.put(
        Publisher(id="p", name="P", home="https://h0.example/", language="", country="", hosts=hosts, added_at=now),
        *(first_visit(url, "article", "p", "", now) for url in urls),
    )
    return urls


def gatherer(store: Store, captures: MemoryCaptures, fetcher: Asking, holder: str, later: timedelta) -> Gatherer:
    return Gatherer(
        store=store,
        captures=captures,
        fetcher=fetcher,
        pace=PACE,
        agent="rawi/test",
        now=lambda: datetime.now(UTC) + later,
        holder=holder,
    )


def test_several_gatherers_ask_everything_once(store: Store) -> None:
    urls, press, captures = fill(store), Press(), MemoryCaptures()
    makers = [gatherer(store, captures, Asking(press, str(n)), f"gatherer {n}", timedelta(0)) for n in range(GATHERERS)]
    with ThreadPoolExecutor(GATHERERS) as pool:
        counts = list(pool.map(lambda one: one.ask_all(), makers))
    assert sum(counts) == len(urls)
    assert {url: press.asked[url] for url in urls} == dict.fromkeys(urls, 1)
    assert not press.overlapped
    assert store.count(Capture, purpose="article") == len(urls)
    assert store.holders() == {}


def test_what_a_killed_gatherer_had_in_hand_is_asked_when_its_lease_is_over(store: Store) -> None:
    urls, press, captures = fill(store), Press(), MemoryCaptures()
    now = datetime.now(UTC)
    held = [f"host/h{host}.example" for host in range(3)]
    store.lease(held, "killed", now=now, until=now + LEASED_FOR)
    gatherer(store, captures, Asking(press, "other"), "other", timedelta(0)).ask_all()
    assert store.count(Capture, purpose="article") == len(urls) - 3 * PAGES
    gatherer(store, captures, Asking(press, "late"), "late", LEASED_FOR + timedelta(minutes=1)).ask_all()
    assert {url: press.asked[url] for url in urls} == dict.fromkeys(urls, 1)
    assert all(visit.visits == 1 for visit in store.find(Visit, limit=1000, purpose="article"))
    assert store.holders() == {}
