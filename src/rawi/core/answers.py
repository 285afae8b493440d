"""What a publisher's answer means: for the address, for its host, and for what is asked next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from rawi.core import payload, schedule, urls
from rawi.core.schedule import Pace
from rawi.errors import AddressRefused, BadInput, FetchError
from rawi.model import Exchange, Visit

MOST_HOPS = 5
"""Redirects that are followed from one address (RFC 9309 asks for five)."""

REDIRECTS = (301, 302, 303, 307, 308)
GONE = (401, 403, 404, 410, 451)
RESTS = (429, 503)
"""Statuses by which a host asks for a rest."""

MOST_FAILURES = 3
"""So many failures in a row, and a host rests by itself: what is wrong is not one page."""

_LONGEST_VALIDATOR = 2000
_LARGEST_RETRY_AFTER = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What an answer comes to."""

    visit: Visit
    """The notebook after it."""
    event: str
    """A word of `model.FATES`."""
    note: str
    target: str = ""
    """Where it leads, in canonical form; empty when nowhere that is to be asked."""
    rest_until: datetime | None = None
    """Until when its host must rest."""

    @property
    def is_failure(self) -> bool:
        return self.event == "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """What came of an answer's body, as far as the schedule needs to know."""

    capture: str = ""
    """The id of its capture; empty when it was not kept."""
    found: int = 0
    """Articles' addresses in it that are new."""
    times: Sequence[datetime] = ()
    """When these were published, as far as it says so."""


def judge(
    visit: Visit,
    answer: Exchange | FetchError,
    now: datetime,
    *,
    pace: Pace,
    failures: int = 0,
    content: Content | None = None,
) -> Verdict:
    """What an answer to a visit means. `failures` are those of its host in a row before it."""
    if isinstance(answer, AddressRefused):
        return Verdict(visit=schedule.ended(visit, now, status=0), event="blocked", note=str(answer))
    if isinstance(answer, FetchError):
        return _failed(visit, now, pace, f"{answer.reason}: {answer}", failures=failures, rests=ends_turn(answer))
    status = answer.status
    if status in REDIRECTS:
        return _redirected(visit, answer, now, pace, failures)
    if status in GONE:
        return Verdict(visit=schedule.gone(visit, now, pace=pace, status=status), event="gone", note=_why_gone(answer))
    if status in RESTS:
        return _rests(visit, answer, now, pace, failures)
    if status == 304 and not visit.visits:
        return _failed(visit, now, pace, "HTTP 304 to an unconditional request", status, failures)
    if status != 304 and not 200 <= status < 300:
        return _failed(visit, now, pace, f"HTTP {status}", status, failures)
    if status != 304 and not answer.body and visit.purpose != "robots":
        cut = f", cut: {answer.truncated}" if answer.truncated else ""
        return _failed(visit, now, pace, f"HTTP {status} without any content{cut}", status, failures)
    return _answered(visit, answer, now, pace, content or Content())


def ends_turn(answer: Exchange | FetchError) -> bool:
    """Whether an answer says that its host is to be left alone for a while."""
    if isinstance(answer, FetchError):
        return answer.reason in ("dns", "connect")
    return answer.status in RESTS


def is_failure(answer: Exchange | FetchError) -> bool:
    """Whether an answer is one that speaks against its host: none at all, or 5xx."""
    if isinstance(answer, FetchError):
        return not isinstance(answer, AddressRefused)
    return answer.status >= 500 or answer.status in RESTS


def is_new(visit: Visit, answer: Exchange) -> bool:
    """Whether an answer's body is other than the last one of its address that was kept."""
    return answer.status != 304 and (not visit.digest or digest(answer) != visit.digest)


def digest(answer: Exchange) -> str:
    """See `Capture.digest`."""
    return sha256(answer.body).hexdigest()


def location(answer: Exchange) -> str:
    """Where a redirect leads; BadInput when to no usable address. Many write it in UTF-8."""
    said = payload.header(answer.head, "location").encode("latin-1")
    if not said:
        raise BadInput("it says no Location")
    return urls.clean(said.decode("utf-8", "replace"), answer.url)


# ------------------------------------------------------------------------------------------- verdicts


def _answered(visit: Visit, answer: Exchange, now: datetime, pace: Pace, content: Content) -> Verdict:
    status, is_same = answer.status, not is_new(visit, answer)
    # A body that was cut is no measure of the next one: what was known of the last whole one stays.
    is_whole = not answer.truncated
    after = schedule.answered(
        visit,
        now,
        pace=pace,
        status=status,
        etag=_validator(answer, "etag") if is_whole else "",
        last_modified=_validator(answer, "last-modified") if is_whole else "",
        digest=digest(answer) if is_whole and status != 304 else "",
        capture=content.capture if is_whole else "",
        found=content.found,
        times=content.times,
    )
    if is_same:
        return Verdict(visit=after, event="unchanged", note=f"HTTP {status}")
    cut = f", cut: {answer.truncated}" if answer.truncated else ""
    return Verdict(visit=after, event="captured", note=f"HTTP {status}, {len(answer.body)} bytes{cut}")


def _failed(
    visit: Visit,
    now: datetime,
    pace: Pace,
    note: str,
    status: int = 0,
    failures: int = 0,
    rests: bool = False,
) -> Verdict:
    after = schedule.failed(visit, now, pace=pace, status=status)
    # Without its rules nothing may be asked of a host.
    rests = rests or visit.purpose == "robots" or failures + 1 >= MOST_FAILURES
    rest = schedule.unreachable(now, failures) if rests else None
    return Verdict(visit=after, event="failed", note=note, rest_until=rest)


def _rests(visit: Visit, answer: Exchange, now: datetime, pace: Pace, failures: int) -> Verdict:
    said = payload.header(answer.head, "retry-after")[:_LARGEST_RETRY_AFTER]
    until = schedule.rest_until(now, said, failures)
    after = schedule.failed(visit, now, pace=pace, status=answer.status)
    if after.due_at is not None:
        after = replace(after, due_at=max(after.due_at, until))
    told = f", Retry-After: {said}" if said else ""
    return Verdict(visit=after, event="failed", note=f"HTTP {answer.status}{told}", rest_until=until)


def _redirected(visit: Visit, answer: Exchange, now: datetime, pace: Pace, failures: int) -> Verdict:
    try:
        target = location(answer)
    except BadInput as error:
        return _failed(visit, now, pace, f"redirected to no usable address: {error}", answer.status, failures)
    after = schedule.ended(visit, now, status=answer.status)
    if target == visit.url:
        return _failed(visit, now, pace, "redirected to itself", answer.status, failures)
    if visit.hops >= MOST_HOPS:
        return Verdict(visit=after, event="failed", note=f"more than {MOST_HOPS} redirects")
    is_home = urls.host_of(target) == urls.host_of(visit.url) and _is_front(target)
    if visit.purpose == "article" and is_home and not _is_front(visit.url):
        # A removed article is often sent to the front page, which is no revision of it.
        gone = schedule.gone(visit, now, pace=pace, status=answer.status)
        return Verdict(visit=gone, event="gone", note=f"leads to the front page now ({target})")
    return Verdict(visit=after, event="redirected", note=f"to {target}", target=target)


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _why_gone(answer: Exchange) -> str:
    """The status, and whose wall it is where it can be told."""
    status = answer.status
    if status == 451:
        by = payload.header(answer.head, "link")
        return f"HTTP 451: withheld for legal reasons{f' ({by[:300]})' if by else ''}"
    if status in (401, 403) and _is_challenge(answer):
        return f"HTTP {status}: a firewall asks for a browser"
    return f"HTTP {status}"


def _is_challenge(answer: Exchange) -> bool:
    """A page that only checks whether a browser reads it."""
    start = payload.unpack(answer.body[:50_000], payload.header(answer.head, "content-encoding"), 50_000)[0].lower()
    marks = (
        b"just a moment",
        b"checking your browser",
        b"cf-chl",
        b"challenge-platform",
        b"captcha",
        b"ddos protection",
    )
    return bool(payload.header(answer.head, "cf-mitigated")) or any(mark in start for mark in marks)


def _validator(answer: Exchange, name: str) -> str:
    """A validator as it came; one with control characters in it is none that could be sent back."""
    said = payload.header(answer.head, name)
    return said if said.isprintable() and len(said) <= _LONGEST_VALIDATOR else ""
