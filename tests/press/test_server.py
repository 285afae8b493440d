"""The press on the air, over real connections on loopback."""

import gzip
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from rawi.press.server import Press, serve

STARTED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = STARTED_AT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def press(clock: FakeClock) -> Iterator[Press]:
    with serve(started_at=STARTED_AT, clock=clock) as press:
        yield press


@pytest.fixture
def reader() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, headers={"Accept-Encoding": "identity"}) as reader:
        yield reader


def test_ten_publishers_each_on_an_address_of_its_own(press: Press, reader: httpx.Client) -> None:
    assert len({publisher.hosts for publisher in press.publishers}) == 10
    for publisher in press.publishers:
        answer = reader.get(publisher.home)
        assert answer.status_code == 200
        assert publisher.hosts == (f"{answer.url.host}:{press.port}",)
        assert publisher.name in answer.text
        for path in ("robots.txt", "favicon.ico", "css/site.css"):
            assert reader.get(publisher.home + path).status_code == 200
        assert reader.get(publisher.home + "nothing-here").status_code == 404


def test_what_a_reader_holds_is_not_sent_again(press: Press, reader: httpx.Client) -> None:
    for publisher in press.publishers:
        first = reader.get(publisher.home)
        for header, value in (
            ("If-None-Match", first.headers["etag"]),
            ("If-None-Match", '"other", ' + first.headers["etag"]),
            ("If-Modified-Since", first.headers["last-modified"]),
        ):
            again = reader.get(publisher.home, headers={header: value})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
        assert reader.get(publisher.home, headers={"If-None-Match": '"other"'}).status_code == 200
        assert reader.get(publisher.home, headers={"If-Modified-Since": "not a date"}).status_code == 200


def test_feeds_change_when_a_live_article_appears(press: Press, clock: FakeClock, reader: httpx.Client) -> None:
    changed = 0
    for publisher in press.publishers:
        clock.now = STARTED_AT
        first = reader.get(publisher.home)
        clock.now = STARTED_AT + timedelta(days=9)
        held = {"If-None-Match": first.headers["etag"], "If-Modified-Since": first.headers["last-modified"]}
        then = reader.get(publisher.home, headers=held)
        changed += then.status_code == 200 and then.headers["etag"] != first.headers["etag"]
    assert changed >= 3


def test_pages_are_packed_for_those_who_can_unpack(press: Press, reader: httpx.Client) -> None:
    harbour = next(publisher for publisher in press.publishers if publisher.id == "harbour")
    plain = reader.get(harbour.home)
    with reader.stream("GET", harbour.home, headers={"Accept-Encoding": "gzip"}) as packed:
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(b"".join(packed.iter_raw())) == plain.content


def test_heads_are_answered_without_a_body(press: Press, reader: httpx.Client) -> None:
    answer = reader.head(press.publishers[0].home)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) > 1000


def test_a_port_that_is_taken_is_an_error_and_leaves_no_server_behind(press: Press) -> None:
    with pytest.raises(OSError, match="in use"):
        serve(press.port)


def test_it_writes_nothing_and_can_be_closed_twice(capfd: pytest.CaptureFixture[str], clock: FakeClock) -> None:
    press = serve(started_at=STARTED_AT, clock=clock)
    httpx.get(press.publishers[0].home, trust_env=False)
    httpx.get(press.publishers[0].home + "none", trust_env=False)
    press.close()
    press.close()
    assert capfd.readouterr() == ("", "")
    with pytest.raises(httpx.ConnectError):
        httpx.get(press.publishers[0].home, trust_env=False)


def test_the_command_prints_the_addresses_and_stops_when_interrupted() -> None:
    command = [sys.executable, "-m", "rawi.press"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        homes = [running.stdout.readline().split()[0] for _ in range(10)]
        assert httpx.get(homes[-1], trust_env=False).status_code == 200
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        assert running.stderr.read() == ""


def test_the_command_says_which_port_it_cannot_have(press: Press) -> None:
    command = [sys.executable, "-m", "rawi.press", "--port", str(press.port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert ended.returncode == 3
    assert f"cannot be served on port {press.port}" in ended.stderr
