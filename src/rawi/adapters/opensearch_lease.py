"""Who writes an index: a document that its holder renews, and that another may take once it has run out.

The holder's machine and process stand in it, so that on the same machine a killed process holds nothing back. A holder
that was stopped for longer than its lease sees before its next writing, and at the end of a commit, that it lost it.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from rawi.adapters.holder import is_dead, new_holder
from rawi.adapters.opensearch_node import Failed, Node, Unreachable, explained
from rawi.errors import ArchiveBusy, RawiError

SECONDS = 60.0
"""For which a lease holds; it is renewed three times in that time. Clocks of machines may differ by half of it."""

_SETTINGS = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": False, "properties": {}},
}


class Lease:
    """The right to write, of one process at a time."""

    def __init__(self, node: Node, name: str, to: str, *, now: Callable[[], float] = time.time) -> None:
        self._node, self._index, self._to, self._now = node, f"{name}-lease", to, now
        self._lock = threading.RLock()
        self._holder = ""
        self._at: dict[str, str] | None = None
        self._renewed = 0.0
        self._ended = threading.Event()

    @property
    def is_held(self) -> bool:
        return self._at is not None

    def hold(self) -> None:
        """Takes it, or makes sure of it; ArchiveBusy when another has it."""
        with self._lock:
            if self._at is None:
                self._take()
            elif self._now() - self._renewed > SECONDS / 3:
                self.renew()

    def renew(self) -> None:
        """Makes sure that it is still ours, and for longer; ArchiveBusy when it is not."""
        with self._lock:
            if self._at is None:
                raise ArchiveBusy(f"{self._to} is not ours to write any more: start again")
            try:
                self._write(self._at)
            except RawiError:
                self._lose()
                raise

    def release(self) -> None:
        with self._lock:
            at = self._at
            self._lose()
            if at is not None:
                try:
                    self._node.try_to("DELETE", f"/{self._index}/_doc/writer", params=at)
                except (Failed, Unreachable):
                    return  # it runs out by itself

    def _take(self) -> None:
        self._holder = new_holder()
        found = self._found()
        if found is None:
            self._write({"op_type": "create"})
        else:
            held = found["_source"]
            if held["until"] > self._now() and not is_dead(held["holder"]):
                raise self._busy(held)
            self._write({"if_seq_no": str(found["_seq_no"]), "if_primary_term": str(found["_primary_term"])})
        self._ended = threading.Event()
        threading.Thread(target=self._keep, args=(self._ended,), name="lease", daemon=True).start()

    def _found(self) -> dict[str, Any] | None:
        try:
            return self._node.try_to("GET", f"/{self._index}/_doc/writer")
        except Failed as fault:
            if fault.status == 404 and fault.kind != "index_not_found_exception":
                return None
            if fault.status != 404:
                raise explained(fault, self._to) from fault
        except Unreachable as fault:
            raise explained(fault, self._to) from fault
        try:
            self._node.try_to("PUT", f"/{self._index}", _SETTINGS)
        except (Failed, Unreachable) as fault:
            if isinstance(fault, Unreachable) or fault.kind != "resource_already_exists_exception":
                raise explained(fault, self._to) from fault
        return None

    def _write(self, condition: dict[str, str]) -> None:
        began = self._now()
        body = {"holder": self._holder, "until": began + SECONDS}
        try:
            answer = self._node.try_to("PUT", f"/{self._index}/_doc/writer", body, params=condition)
        except Failed as fault:
            found = self._found() if fault.status == 409 else None
            if found and found["_source"]["holder"] == self._holder:  # written by a try whose answer was lost
                answer = found
            elif fault.status == 409:
                raise self._busy(found["_source"] if found else {}) from fault
            else:
                raise explained(fault, self._to) from fault
        except Unreachable as fault:
            raise explained(fault, self._to) from fault
        self._at = {"if_seq_no": str(answer["_seq_no"]), "if_primary_term": str(answer["_primary_term"])}
        self._renewed = began

    def _busy(self, held: dict[str, Any]) -> ArchiveBusy:
        machine, _, rest = str(held.get("holder", "")).partition("/")
        who = f"process {rest.partition('/')[0]} on {machine}" if machine else "another process"
        return ArchiveBusy(
            f"{self._to} is being written by {who}: wait until it is done, or stop it; "
            f"should it have died, its right to write ends within {SECONDS:.0f} seconds"
        )

    def _lose(self) -> None:
        self._at = None
        self._ended.set()

    def _keep(self, ended: threading.Event) -> None:
        """Renews it while it is held, whether or not anything is written."""
        while not ended.wait(SECONDS / 3):
            with self._lock:
                if ended.is_set():
                    return
                try:
                    self.renew()
                except RawiError:
                    return  # the next writing sees that it is lost, and says so
