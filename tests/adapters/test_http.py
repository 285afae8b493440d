"""HTTP as publishers speak it, well and badly."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rawi.adapters.http import HttpFetcher
from rawi.core import payload
from rawi.errors import AddressRefused, FetchError, HostRests
from rawi.model import Ask, Exchange
from tests.adapters.server import Server, drips, ok, repeats, resets_after, stalls_after

AGENT = "Rawi/test (+https://example.org/)"
PAGE = "<p>Published in Al Bawaba — نشر</p>".encode()


@pytest.fixture
def fetcher() -> Iterator[HttpFetcher]:
    made = HttpFetcher(AGENT, seconds=20, max_bytes=100_000, pause=0, allow_loopback=True)
    yield made
    made.close()


@pytest.fixture
def hasty() -> Iterator[HttpFetcher]:
    """For servers that never end: what they are given is short."""
    made = HttpFetcher(AGENT, seconds=0.3, max_bytes=100_000, pause=0, allow_loopback=True)
    yield made
    made.close()


@pytest.fixture
def strict() -> Iterator[HttpFetcher]:
    made = HttpFetcher(AGENT, seconds=20, pause=0)
    yield made
    made.close()


def ask(url: str, **more: str) -> Ask:
    return Ask(url=url, purpose="article", **more)


def outcome(fetcher: HttpFetcher, asked: Ask) -> Exchange | FetchError:
    [(back, answer)] = fetcher.fetch([asked])
    assert back is asked
    return answer


def exchange(fetcher: HttpFetcher, asked: Ask) -> Exchange:
    answer = outcome(fetcher, asked)
    assert isinstance(answer, Exchange), answer
    return answer


def failure(fetcher: HttpFetcher, asked: Ask) -> FetchError:
    answer = outcome(fetcher, asked)
    assert isinstance(answer, FetchError), answer
    return answer


# ------------------------------------------------------------------------------------ byte for byte


def test_an_exchange_holds_what_was_sent_and_what_came(fetcher: HttpFetcher) -> None:
    head = b'HTTP/1.1 200 Fine\r\nX-ODD-Case: a\r\nset-cookie: b=1\r\nContent-Type: Text/HTML; charset="utf-8"\r\n'
    head += b'X-ODD-Case: c\r\nETag: W/"x"\r\nContent-Length: %d\r\n\r\n' % len(PAGE)
    before = datetime.now(UTC)
    with Server({"/a?b=%D9%86": head + PAGE}) as server:
        url = f"{server.root}/a?b=%D9%86"
        answer = exchange(fetcher, ask(url))
        assert answer.request == server.requests[0]
    assert answer.head == head
    assert answer.body == PAGE
    assert (answer.url, answer.status, answer.ip, answer.truncated) == (url, 200, "127.0.0.1", "")
    assert answer.media_type == 'Text/HTML; charset="utf-8"'
    assert (answer.purpose, answer.source) == ("article", "gather")
    assert before <= answer.at <= datetime.now(UTC)


def test_the_request_says_who_asks_and_what_can_be_undone(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(PAGE)}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    assert payload.header(answer.request, "user-agent") == AGENT
    assert payload.header(answer.request, "accept-encoding") == "gzip, deflate, br, zstd"
    assert payload.header(answer.request, "host") == server.root.removeprefix("http://")


@pytest.mark.parametrize("tag", ['"a"', 'W/"a,b;c \\d"', "bare", '"é"'.encode().decode("latin-1"), '"\xff\xfe"'])
def test_validators_are_sent_back_byte_for_byte(fetcher: HttpFetcher, tag: str) -> None:
    when = "Fri, 02 Oct 2015  10:11:12 gmt"
    with Server({"/": ok(PAGE, f"ETag: {tag}", f"Last-Modified: {when}")}) as server:
        first = exchange(fetcher, ask(f"{server.root}/"))
        said = {name: payload.header(first.head, name) for name in ("etag", "last-modified")}
        exchange(fetcher, ask(f"{server.root}/", etag=said["etag"], last_modified=said["last-modified"]))
        assert f"If-None-Match: {tag}\r\n".encode("latin-1") in server.requests[1]
        assert f"If-Modified-Since: {when}\r\n".encode() in server.requests[1]


@pytest.mark.parametrize("tag", ['"ن"', '"a\r\nX-Evil: 1"', '"a\0"', '"' + "a" * 60_000 + '"'])
def test_a_validator_that_cannot_be_sent_back_is_left_out(fetcher: HttpFetcher, tag: str) -> None:
    with Server({"/": ok(PAGE)}) as server:
        exchange(fetcher, ask(f"{server.root}/", etag=tag))
        assert b"If-None-Match" not in server.requests[0]
        assert b"Evil" not in server.requests[0]


def test_content_codings_are_kept(fetcher: HttpFetcher) -> None:
    body = gzip.compress(PAGE, mtime=0)
    with Server({"/": ok(body, "Content-Encoding: gzip")}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    assert answer.body == body


def test_chunks_are_joined(fetcher: HttpFetcher) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with Server({"/": chunked}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    assert (answer.body, answer.truncated) == (b"abcde", "")


def test_a_redirect_is_not_followed(fetcher: HttpFetcher) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    with Server({"/a": moved, "/b": ok(PAGE)}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/a"))
        assert len(server.requests) == 1
    assert answer.status == 302
    assert payload.header(answer.head, "location") == "/b"


def test_cookies_are_not_sent_back(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(PAGE, "Set-Cookie: a=b; Path=/")}) as server:
        for _ in range(2):
            exchange(fetcher, ask(f"{server.root}/"))
        assert not any(b"ookie" in request for request in server.requests)


def test_proxies_of_the_environment_are_not_used(fetcher: HttpFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with Server({"/": ok(PAGE)}) as server:
        assert exchange(fetcher, ask(f"{server.root}/")).body == PAGE


def test_a_not_modified_answer_has_no_body(fetcher: HttpFetcher) -> None:
    with Server({"/": b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/", etag="x"))
    assert (answer.status, answer.body) == (304, b"")


# ------------------------------------------------------------------------------------ limits, faults


def test_a_body_that_is_too_long_is_cut(fetcher: HttpFetcher) -> None:
    with Server({"/": repeats(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000)}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    assert (answer.body, answer.truncated) == (b"x" * 100_000, "length")


def test_a_body_as_long_as_allowed_is_whole(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(b"x" * 100_000), "/more": ok(b"x" * 100_001)}) as server:
        assert exchange(fetcher, ask(f"{server.root}/")).truncated == ""
        assert exchange(fetcher, ask(f"{server.root}/more")).truncated == "length"


def test_a_slow_body_is_cut(hasty: HttpFetcher) -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc"
    with Server({"/drip": drips(start), "/stall": stalls_after(start)}) as server:
        dripped = exchange(hasty, ask(f"{server.root}/drip"))
        stalled = exchange(hasty, ask(f"{server.root}/stall"))
    assert dripped.body.startswith(b"abc")
    assert (dripped.truncated, stalled.body, stalled.truncated) == ("time", b"abc", "time")


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_no_head_in_time_is_a_failure(hasty: HttpFetcher, start: bytes) -> None:
    with Server({"/drip": drips(start), "/stall": stalls_after(start)}) as server:
        assert failure(hasty, ask(f"{server.root}/stall")).reason == "timeout"
        assert failure(hasty, ask(f"{server.root}/drip")).reason in ("timeout", "protocol")


@pytest.mark.parametrize(
    "cut",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10995116277760\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nff\r\n",
    ],
)
def test_what_came_before_a_disconnect_is_kept(fetcher: HttpFetcher, cut: bytes) -> None:
    with Server({"/": cut}) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    assert (answer.body, answer.truncated) == (b"abc", "disconnect")


def test_a_reset_costs_the_rest_of_the_body_at_most(fetcher: HttpFetcher) -> None:
    with Server({"/": resets_after(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")}) as server:
        answer = outcome(fetcher, ask(f"{server.root}/"))
    # The reset may overtake what was sent before it.
    if isinstance(answer, Exchange):
        assert b"abc".startswith(answer.body)
        assert answer.truncated == "disconnect"
    else:
        assert answer.reason in ("connect", "protocol")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>no status line</html>",
        b"HTTP/1.1 abc Strange\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gremlin, chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_not_http_is_a_failure_of_that_address_only(fetcher: HttpFetcher, answer: bytes) -> None:
    with Server({"/": answer, "/good": ok(PAGE)}) as server:
        outcomes = dict(fetcher.fetch([ask(f"{server.root}/"), ask(f"{server.root}/good")]))
    bad, good = outcomes[ask(f"{server.root}/")], outcomes[ask(f"{server.root}/good")]
    assert isinstance(bad, FetchError)
    assert bad.reason == "protocol"
    assert server.root in str(bad)
    assert isinstance(good, Exchange)


def test_endless_headers_end(fetcher: HttpFetcher) -> None:
    with Server({"/": repeats(b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n")}) as server:
        assert failure(fetcher, ask(f"{server.root}/")).reason == "protocol"


def test_a_part_that_nobody_asked_for_is_marked(fetcher: HttpFetcher) -> None:
    part = b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-2/10\r\nContent-Length: 3\r\n\r\nabc"
    with Server({"/": part}) as server:
        assert exchange(fetcher, ask(f"{server.root}/")).truncated == "length"


def test_nobody_there(fetcher: HttpFetcher) -> None:
    with Server({}) as server:
        gone = server.root
    assert failure(fetcher, ask(f"{gone}/")).reason == "connect"


def test_an_unknown_name(fetcher: HttpFetcher) -> None:
    assert failure(fetcher, ask("http://nowhere.invalid/")).reason == "dns"


def test_no_tls_where_tls_was_asked(fetcher: HttpFetcher) -> None:
    with Server({}) as server:
        assert failure(fetcher, ask(server.root.replace("http:", "https:") + "/")).reason == "tls"


@pytest.fixture
def unsigned(tmp_path: Path) -> ssl.SSLContext:
    """A server's side of TLS with a certificate that nobody signed."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make a certificate with")
    key, card = tmp_path / "key.pem", tmp_path / "card.pem"
    made = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run([openssl, *made.split(), "-keyout", key, "-out", card], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(card, key)
    return context


def test_a_certificate_that_nobody_signed_is_refused(fetcher: HttpFetcher, unsigned: ssl.SSLContext) -> None:
    with Server({"/": ok(PAGE)}, tls=unsigned) as server:
        refused = failure(fetcher, ask(f"{server.root}/"))
        assert refused.reason == "tls"
        assert "self-signed" in str(refused)
        assert "gather.unverified_hosts" in str(refused)
        assert server.requests == []


def test_where_its_owner_lets_it_an_unverified_host_is_asked_and_that_is_said(
    unsigned: ssl.SSLContext, tmp_path: Path
) -> None:
    fetcher = HttpFetcher(AGENT, pause=0, allow_loopback=True, unverified_hosts=("127.0.0.1",))
    with Server({"/": ok(PAGE)}, tls=unsigned) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    fetcher.close()
    assert answer.body == PAGE
    assert "self-signed" in answer.tls_problem
    assert answer.tls.startswith("TLSv1.")
    assert answer.certificates == (ssl.PEM_cert_to_DER_cert((tmp_path / "card.pem").read_text()),)


def test_a_verified_host_is_asked_and_its_chain_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A root that is trusted signs an intermediate, which signs the host's own; the host sends the latter two."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make certificates with")

    def run(command: str) -> None:
        subprocess.run([openssl, *command.split()], cwd=tmp_path, check=True, capture_output=True)

    authority = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n"
    (tmp_path / "middle.cnf").write_text(authority)
    (tmp_path / "own.cnf").write_text("subjectAltName=IP:127.0.0.1\n")
    run("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=root -keyout root.key -out root.pem")
    for name, signer in (("middle", "root"), ("own", "middle")):
        run(f"req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr")
        signing = f"-CA {signer}.pem -CAkey {signer}.key -CAcreateserial -extfile {name}.cnf"
        run(f"x509 -req -in {name}.csr -days 2 {signing} -out {name}.pem")
    own, middle = (tmp_path / "own.pem").read_text(), (tmp_path / "middle.pem").read_text()
    (tmp_path / "chain.pem").write_text(own + middle)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "own.key")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
    fetcher = HttpFetcher(AGENT, pause=0, allow_loopback=True)
    with Server({"/": ok(PAGE)}, tls=context) as server:
        answer = exchange(fetcher, ask(f"{server.root}/"))
    fetcher.close()
    assert (answer.body, answer.tls_problem) == (PAGE, "")
    assert answer.certificates == (ssl.PEM_cert_to_DER_cert(own), ssl.PEM_cert_to_DER_cert(middle))


def test_without_tls_there_is_nothing_to_say_of_it(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(PAGE)}) as server:
        answer = exchange(fetcher, Ask(url=f"{server.root}/", purpose="article", why="revisit 2"))
    assert (answer.tls, answer.tls_problem, answer.certificates, answer.why) == ("", "", (), "revisit 2")


# ------------------------------------------------------------------------------------------ addresses

REFUSED = [
    "http://10.0.0.1/",
    "http://127.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.100.100.200/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[fd00::1]/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://127.1/",
    "http://0177.0.0.1/",
    "http://１２７.0.0.1/",
    "http://localhost/",
    "http://localhost./",
    "http://user:secret@example.com/",
    "http://example.com:22/",
    "https://example.com:8443/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "nonsense",
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_not_public_are_refused(strict: HttpFetcher, url: str) -> None:
    answer = failure(strict, ask(url))
    assert isinstance(answer, AddressRefused)
    assert answer.reason == "address"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost.", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"])
def test_a_refusal_makes_no_connection(host: str) -> None:
    """The port is allowed here, so that only the check of the address stands between."""
    with Server({"/": ok(PAGE)}) as server:
        fetcher = HttpFetcher(AGENT, pause=0, ports=(server.port,))
        answer = failure(fetcher, ask(f"http://{host}:{server.port}/"))
        fetcher.close()
        assert isinstance(answer, AddressRefused)
        assert "not a public address" in str(answer)
        assert server.requests == []


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/", "http://[fd00::1]/"])
def test_with_loopback_allowed_all_else_is_still_refused(fetcher: HttpFetcher, url: str) -> None:
    assert isinstance(failure(fetcher, ask(url)), AddressRefused)


def test_loopback_is_asked_when_it_is_allowed(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(PAGE)}, "127.0.0.7") as server:
        assert exchange(fetcher, ask(f"{server.root}/")).ip == "127.0.0.7"


# ----------------------------------------------------------------------------------------- many at once


def test_one_stalling_host_does_not_keep_the_others_waiting(fetcher: HttpFetcher) -> None:
    may_answer = threading.Event()

    def late(connection: socket.socket) -> None:
        may_answer.wait(20)
        connection.sendall(ok(b"late"))

    with Server({"/": late}, "127.0.0.2") as slow, Server({"/a": ok(PAGE), "/b": ok(PAGE)}, "127.0.0.3") as quick:
        asks = [ask(f"{slow.root}/"), ask(f"{quick.root}/a"), ask(f"{quick.root}/b")]
        order = []
        for asked, _ in fetcher.fetch(asks):
            order.append(asked)
            if len(order) == 2:
                may_answer.set()
    assert order[2] == asks[0]


def test_a_host_is_asked_one_thing_at_a_time(fetcher: HttpFetcher) -> None:
    paths = [f"/{number}" for number in range(6)]
    with Server(dict.fromkeys(paths, ok(PAGE))) as server:
        answers = list(fetcher.fetch(ask(server.root + path) for path in paths))
        assert not server.overlapped
        assert [request.split(b" ")[1].decode() for request in server.requests] == paths
    assert len(answers) == 6


def test_between_two_requests_to_a_host_there_is_a_pause() -> None:
    fetcher = HttpFetcher(AGENT, pause=3600, allow_loopback=True)
    with Server({"/a": ok(PAGE), "/b": ok(PAGE)}) as one, Server({"/": ok(PAGE)}, "127.0.0.2") as other:
        coming = fetcher.fetch([ask(f"{one.root}/a"), ask(f"{one.root}/b"), ask(f"{other.root}/")])
        first = {next(coming)[0].url, next(coming)[0].url}
        assert first == {f"{one.root}/a", f"{other.root}/"}
        assert len(one.requests) == 1
        # The pause holds from one call to the next.
        again = fetcher.fetch([ask(f"{one.root}/a"), ask(f"{other.root}/")])
        fetcher.close()
        with pytest.raises(RuntimeError):
            next(again)
        _, answer = next(coming)
        assert isinstance(answer, FetchError)
        assert answer.reason == "closed"
        assert len(one.requests) == 1


@pytest.mark.parametrize(("factor", "longest", "pause"), [(0.0, 0.0, 3600.0), (1e9, 3600.0, 0.0)])
def test_the_pause_that_a_publisher_wants_and_that_its_speed_suggests_are_kept(
    factor: float, longest: float, pause: float
) -> None:
    fetcher = HttpFetcher(AGENT, pause=0, pause_factor=factor, longest_pause=longest, allow_loopback=True)
    with Server({"/a": ok(PAGE), "/b": ok(PAGE)}) as one, Server({"/": ok(PAGE)}, "127.0.0.2") as other:
        urls = (f"{one.root}/a", f"{one.root}/b", f"{other.root}/")
        coming = fetcher.fetch(Ask(url=url, purpose="article", pause=pause) for url in urls)
        assert {next(coming)[0].url, next(coming)[0].url} == {urls[0], urls[2]}
        fetcher.close()
        _, answer = next(coming)
        assert isinstance(answer, FetchError)
        assert answer.reason == "closed"
        assert len(one.requests) == 1


@pytest.mark.parametrize(("most", "patience", "expected"), [(1, 0.2, False), (2, 20, True)])
@pytest.mark.parametrize(
    ("limit", "ips"), [("concurrency", ("127.0.0.2", "127.0.0.3")), ("at_one_address", ("127.0.0.1", "127.0.0.1"))]
)
def test_so_many_hosts_as_allowed_are_asked_at_once(
    limit: str, ips: tuple[str, str], most: int, patience: float, expected: bool
) -> None:
    """In all, and of those that share one network address."""
    limits: dict[str, Any] = {limit: most}
    fetcher = HttpFetcher(AGENT, pause=0, allow_loopback=True, **limits)
    both_here = threading.Barrier(2)
    met: list[bool] = []

    def meets(connection: socket.socket) -> None:
        try:
            both_here.wait(patience)
            met.append(True)
        except threading.BrokenBarrierError:
            met.append(False)
        connection.sendall(ok(PAGE))

    with Server({"/": meets}, ips[0]) as one, Server({"/": meets}, ips[1]) as other:
        answers = list(fetcher.fetch([ask(f"{one.root}/"), ask(f"{other.root}/")]))
    fetcher.close()
    assert met == [expected, expected]
    assert all(isinstance(answer, Exchange) for _, answer in answers)


def test_who_waits_for_an_address_keeps_nobody_elsewhere_waiting() -> None:
    fetcher = HttpFetcher(AGENT, pause=0, concurrency=2, at_one_address=1, seconds=20, allow_loopback=True)
    was_elsewhere = threading.Event()

    def slow(connection: socket.socket) -> None:
        connection.sendall(ok(PAGE) if was_elsewhere.wait(10) else b"nonsense")

    def elsewhere(connection: socket.socket) -> None:
        was_elsewhere.set()
        connection.sendall(ok(PAGE))

    with (
        Server({"/": slow}) as first,
        Server({"/": ok(PAGE)}) as second,
        Server({"/": elsewhere}, "127.0.0.2") as third,
    ):
        answers = list(fetcher.fetch(ask(f"{server.root}/") for server in (first, second, third)))
    fetcher.close()
    assert [type(answer) for _, answer in answers] == [Exchange] * 3


def test_waiting_for_an_address_takes_none_of_the_time_of_an_ask() -> None:
    fetcher = HttpFetcher(AGENT, pause=0, at_one_address=1, seconds=0.4, allow_loopback=True)
    never = threading.Event()

    def stalls(connection: socket.socket) -> None:
        never.wait(10)

    with Server({"/": stalls}) as first, Server({"/": stalls}) as second, Server({"/": ok(PAGE)}) as third:
        answers = {a.url: b for a, b in fetcher.fetch(ask(f"{server.root}/") for server in (first, second, third))}
        never.set()
    fetcher.close()
    assert [getattr(answers[f"{one.root}/"], "reason", "") for one in (first, second)] == ["timeout", "timeout"]
    assert isinstance(answers[f"{third.root}/"], Exchange)


@pytest.mark.parametrize("status", [429, 503])
def test_what_was_handed_in_before_a_host_asked_for_a_rest_is_not_asked(fetcher: HttpFetcher, status: int) -> None:
    busy = b"HTTP/1.1 %d Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n" % status
    with (
        Server({"/busy": busy, "/a": ok(PAGE), "/later": ok(PAGE)}) as server,
        Server({"/": ok(PAGE)}, "127.0.0.2") as other,
    ):

        def asks() -> Iterator[Ask | None]:
            yield from (ask(f"{server.root}/busy"), ask(f"{server.root}/a"), ask(f"{other.root}/"))
            while len(answers) < 3:
                yield None
            yield ask(f"{server.root}/later")

        answers: dict[str, Exchange | FetchError] = {}
        for asked, answer in fetcher.fetch(asks()):
            answers[asked.url] = answer
        assert [request.split(b" ")[1] for request in server.requests] == [b"/busy", b"/later"]
    assert isinstance(answers[f"{server.root}/a"], HostRests)
    assert isinstance(answers[f"{other.root}/"], Exchange)
    assert isinstance(answers[f"{server.root}/later"], Exchange)


def test_asks_are_taken_as_they_are_needed(fetcher: HttpFetcher) -> None:
    taken = 0

    def endless() -> Iterator[Ask]:
        nonlocal taken
        while True:
            taken += 1
            yield ask("http://10.0.0.1/")

    coming = fetcher.fetch(endless())
    for _ in range(5000):
        next(coming)
    coming.close()  # type: ignore[attr-defined]
    assert taken <= 5000 + 1000 + 1


def test_a_fault_in_the_asks_themselves_is_not_hidden(fetcher: HttpFetcher) -> None:
    def broken() -> Iterator[Ask]:
        yield ask("http://10.0.0.1/")
        raise ValueError("of the caller's own")

    with pytest.raises(ValueError, match="caller's own"):
        list(fetcher.fetch(broken()))


def test_an_error_that_nobody_foresaw_costs_one_address(fetcher: HttpFetcher) -> None:
    with Server({"/": ok(PAGE)}) as server:
        odd = Ask(url=f"{server.root}/", purpose="nothing")  # type: ignore[arg-type]
        outcomes = list(fetcher.fetch([odd, ask(f"{server.root}/")]))
    assert isinstance(outcomes[0][1], FetchError)
    assert isinstance(outcomes[1][1], Exchange)
