"""How OpenSearch is asked: over any of its nodes, tried again where that can help, its failures told as ours."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import orjson

from rawi.errors import CannotRun, RawiError, StorageFull, StoreError

_PASSES = frozenset({429, 502, 503, 504})
"""Answers that another moment may better: too much at once, a node that goes or comes."""

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Where OpenSearch is, and as whom it is asked."""

    nodes: tuple[str, ...]
    """Addresses like https://host:9200; any of them answers for all."""
    user: str = ""
    password: str = ""
    ca_file: str = ""
    """The authorities to trust, in a file; the system's own when empty."""
    client_cert: str = ""
    client_key: str = ""
    seconds: float = 60.0
    """For one request, and for all tries of one that fails for a while."""

    def __repr__(self) -> str:
        return f"Reach({', '.join(self.nodes)})"


class Failed(Exception):
    """An answer that is no success: its status, OpenSearch's word for the fault, and what it said."""

    def __init__(self, status: int, kind: str, said: str) -> None:
        super().__init__(said)
        self.status, self.kind = status, kind

    @property
    def is_full(self) -> bool:
        """Whether a disk has no room left, so that its indexes take no more."""
        return self.kind == "cluster_block_exception" and "flood-stage" in str(self)

    @property
    def passes(self) -> bool:
        """Whether it is worth asking again."""
        return self.status in _PASSES and not self.is_full


class Unreachable(Exception):
    """No node answered."""


class Node:
    """Asks, and tries again with growing pauses until the time for it is over."""

    def __init__(
        self,
        reach: Reach,
        *,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
        transport: Any = None,
    ) -> None:
        self._reach, self._clock, self._pause, self._transport = reach, clock, pause, transport

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def ask(
        self, method: str, path: str, body: object = None, *, params: Mapping[str, str] | None = None, to: str
    ) -> dict[str, Any]:
        """The answer; `to` names what was asked for, in the message of an error."""
        try:
            return self.try_to(method, path, body, params=params)
        except (Failed, Unreachable) as fault:
            raise explained(fault, to) from fault

    def try_to(
        self, method: str, path: str, body: object = None, *, params: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """As `ask`, with the failure as it is, for who knows what to make of it."""
        ends = self._clock() + self._reach.seconds
        tried = 0
        while True:
            try:
                return self._once(method, path, body, params)
            except (Failed, Unreachable) as fault:
                if isinstance(fault, Failed) and not fault.passes:
                    raise
                if not self.wait(tried, ends):
                    raise
            tried += 1

    def write(self, actions: Sequence[Sequence[bytes]], *, to: str) -> None:
        """Carries out actions of the bulk form, each of one line or two. Those that are refused for a moment are sent
        again; there must be no two of the same document, for they could change places."""
        ends, waiting, tried = self._clock() + self._reach.seconds, list(actions), 0
        while waiting:
            body = b"\n".join(line for action in waiting for line in action) + b"\n"
            answer = self.ask("POST", "/_bulk", body, params={"filter_path": _OF_BULK}, to=to)
            if not answer.get("errors"):
                return
            faults = [_fault_of(item) for item in answer["items"]]
            for fault in faults:
                if fault and not fault.passes:
                    raise explained(fault, to)
            waiting = [action for action, fault in zip(waiting, faults, strict=True) if fault]
            if waiting and not self.wait(tried, ends):
                raise explained(next(fault for fault in faults if fault), to)
            tried += 1

    def wait(self, tried: int, ends: float) -> bool:
        """Pauses before another try; False when there is no time left for one."""
        longest = min(_FIRST_PAUSE * 2**tried, _LONGEST_PAUSE)
        seconds = longest * random.uniform(0.5, 1.0)  # noqa: S311 - so that not all who wait come back at once
        if self._clock() + seconds > ends:
            return False
        self._pause(seconds)
        return True

    def _once(self, method: str, path: str, body: object, params: Mapping[str, str] | None) -> dict[str, Any]:
        from opensearchpy import exceptions

        if self._transport is None:
            self._transport = _transport(self._reach)
        content = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
        given = {**(params or {}), "request_timeout": self._reach.seconds}
        try:
            answer = self._transport.perform_request(method, path, params=given, body=content)
        except exceptions.ConnectionError as error:
            raise Unreachable(" ".join(str(error.error).split())) from error
        except exceptions.TransportError as error:
            raise _failed(error) from error
        return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


_OF_BULK = "errors,items.*.status,items.*.error.type,items.*.error.reason"


def _transport(reach: Reach) -> Any:
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise CannotRun("an index on OpenSearch needs its client: pip install 'rawi[server]'") from error
    import logging

    # What fails is told by an error; the client would write it to standard error as well.
    logging.getLogger("opensearch").addHandler(logging.NullHandler())
    hosts = [
        {"host": parts.hostname, "port": parts.port or 9200, "use_ssl": parts.scheme == "https"}
        for parts in map(urlsplit, reach.nodes)
    ]
    options: dict[str, Any] = {"hosts": hosts, "max_retries": 0, "timeout": reach.seconds, "pool_maxsize": 20}
    if any(host["use_ssl"] for host in hosts):
        options |= {"verify_certs": True, "ca_certs": reach.ca_file or None}
        options |= {"client_cert": reach.client_cert or None, "client_key": reach.client_key or None}
    if reach.user:
        options["http_auth"] = (reach.user, reach.password)
    try:
        return OpenSearch(**options).transport
    except OSError as error:
        raise CannotRun(f"a certificate's file cannot be read ({error}): correct [opensearch] in rawi.toml") from error


def _failed(error: Any) -> Failed:
    status = error.status_code if isinstance(error.status_code, int) else 0
    told = error.info.get("error") if isinstance(error.info, dict) else None
    if not isinstance(told, dict):
        return Failed(status, str(error.error), " ".join(str(error.info).split())[:500])
    causes = told.get("root_cause") or [told]
    return Failed(status, str(causes[0].get("type")), str(causes[0].get("reason") or told.get("reason"))[:500])


def _fault_of(item: dict[str, dict[str, Any]]) -> Failed | None:
    ((_, result),) = item.items()
    if "error" not in result:
        return None
    return Failed(int(result["status"]), str(result["error"]["type"]), str(result["error"]["reason"])[:500])


def explained(fault: Failed | Unreachable, to: str) -> RawiError:
    """What a failure means for the archive's keeper."""
    if isinstance(fault, Unreachable):
        return CannotRun(
            f"{to} cannot be reached ({fault}): see that OpenSearch runs there, and that index in rawi.toml is right"
        )
    if fault.is_full:
        return StorageFull(
            f"no room is left for {to} ({fault}): make room on the disks of OpenSearch, then start again"
        )
    if fault.status in (401, 403):
        return CannotRun(f"{to} refuses us ({fault}): correct opensearch.user and its password, or its rights there")
    if fault.status in _PASSES:
        return StoreError(f"{to} has too much to do, or lacks a part ({fault}): see to OpenSearch, then start again")
    return StoreError(f"{to} failed ({fault.kind}: {fault}): see to OpenSearch, or run `rawi rebuild index`")
