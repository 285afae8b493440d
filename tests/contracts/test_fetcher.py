"""What every fetcher keeps to (`ports.Fetcher`)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from rawi.adapters.canned import CannedFetcher
from rawi.adapters.http import HttpFetcher
from rawi.errors import AddressRefused, FetchError
from rawi.model import Ask, Exchange
from rawi.ports import Fetcher
from tests.adapters.server import Server, ok

BODY = "<p>نشر في البوابة</p>".encode()
MOVED = b"HTTP/1.1 301 Moved\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n"
BAD = b"no HTTP at all\r\n\r\n"
Made = tuple[Fetcher, str]


def _canned(root: str) -> Fetcher:
    def answer(path: str, status: int, body: bytes, head: bytes) -> Exchange:
        return Exchange(
            url=root + path,
            at=datetime(2015, 10, 2, tzinfo=UTC),
            status=status,
            request=f"GET {path} HTTP/1.1\r\nHost: example.com\r\n\r\n".encode(),
            head=head,
            body=body,
            media_type="text/html; charset=utf-8",
            purpose="article",
            source="gather",
        )

    return CannedFetcher(
        {
            f"{root}/a": answer("/a", 200, BODY, ok(BODY)[: -len(BODY)]),
            f"{root}/b": lambda ask: answer("/b", 200, BODY, ok(BODY)[: -len(BODY)]),
            f"{root}/moved": answer("/moved", 301, b"", MOVED),
            f"{root}/bad": FetchError("no HTTP", "protocol"),
            "http://10.0.0.1/": AddressRefused("http://10.0.0.1/: not public"),
        }
    )


@pytest.fixture(params=["canned", "http"])
def made(request: pytest.FixtureRequest) -> Iterator[Made]:
    with Server({"/a": ok(BODY), "/b": ok(BODY), "/moved": MOVED, "/bad": BAD}) as server:
        makers: dict[str, Callable[[], Fetcher]] = {
            "canned": lambda: _canned(server.root),
            "http": lambda: HttpFetcher("Rawi/test", pause=0, allow_loopback=True),
        }
        fetcher = makers[request.param]()
        yield fetcher, server.root
        fetcher.close()


def _ask(url: str) -> Ask:
    return Ask(url=url, purpose="article")


def test_every_ask_has_one_answer(made: Made) -> None:
    fetcher, root = made
    asks = [_ask(f"{root}/{path}") for path in ("a", "b", "moved", "bad", "a")]
    answers = list(fetcher.fetch(asks))
    assert sorted(asks, key=lambda ask: ask.url) == sorted((ask for ask, _ in answers), key=lambda ask: ask.url)
    kinds = {ask.url.removeprefix(root): type(answer) for ask, answer in answers}
    assert kinds == {"/a": Exchange, "/b": Exchange, "/moved": Exchange, "/bad": FetchError}


def test_an_answer_is_what_was_asked_for(made: Made) -> None:
    fetcher, root = made
    for ask, answer in fetcher.fetch([_ask(f"{root}/a"), _ask(f"{root}/b")]):
        assert isinstance(answer, Exchange)
        assert answer.url == ask.url
        assert (answer.status, answer.body, answer.purpose, answer.truncated) == (200, BODY, "article", "")
        assert answer.media_type == "text/html; charset=utf-8"
        assert answer.at.tzinfo is UTC
        assert answer.request.startswith(b"GET /")
        assert answer.request.endswith(b"\r\n\r\n")
        assert answer.head.startswith(b"HTTP/1.1 200 ")
        assert answer.head.endswith(b"\r\n\r\n")


def test_redirects_are_told_not_followed(made: Made) -> None:
    fetcher, root = made
    [(_, answer)] = fetcher.fetch([_ask(f"{root}/moved")])
    assert isinstance(answer, Exchange)
    assert (answer.status, answer.url, answer.head) == (301, f"{root}/moved", MOVED)


def test_an_error_is_a_value_with_a_reason(made: Made) -> None:
    fetcher, root = made
    [(_, bad), (_, refused)] = fetcher.fetch([_ask(f"{root}/bad"), _ask("http://10.0.0.1/")])
    if isinstance(bad, AddressRefused):
        bad, refused = refused, bad
    assert isinstance(bad, FetchError)
    assert bad.reason == "protocol"
    assert isinstance(refused, AddressRefused)
    assert refused.reason == "address"


def test_nothing_is_asked_for_nothing(made: Made) -> None:
    assert list(made[0].fetch([])) == []


def test_answers_can_be_left_and_asked_for_anew(made: Made) -> None:
    fetcher, root = made
    next(iter(fetcher.fetch([_ask(f"{root}/a"), _ask(f"{root}/b")])))
    assert len(list(fetcher.fetch([_ask(f"{root}/b")]))) == 1


def test_asks_may_come_one_by_one(made: Made) -> None:
    fetcher, root = made
    answers = list(fetcher.fetch(_ask(f"{root}/a") for _ in range(3)))
    assert len(answers) == 3


def test_closing_twice_is_closing(made: Made) -> None:
    fetcher, root = made
    list(fetcher.fetch([_ask(f"{root}/a")]))
    fetcher.close()
    fetcher.close()
