"""Runners on this machine: in this process, or in a pool of processes."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from multiprocessing import Pipe
from typing import Any, TypeVar

from rawi.adapters.local_worker import READY, failure
from rawi.errors import CannotRun
from rawi.model import Failure

A = TypeVar("A")
B = TypeVar("B")

_CHUNK = 4
"""Items that go to a worker at once: enough to hide the way there and back, few enough to spread a short stream."""
_AHEAD = 3
"""Chunks per worker that are taken from the stream before the first answer is asked for."""
_START_SECONDS = 60
_GRACE_SECONDS = 60
"""How long after its own timer a worker that still has not ended (it may be stopped) is killed from here."""

_BOOT = (
    "import sys, json; path, *rest = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from rawi.adapters.local_worker import serve; serve(*rest)"
)


class SerialRunner:
    """Calls the function here, one item after the other. It cannot bound time nor survive a crash: for tests."""

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]:
        for item in items:
            answer: B | Failure
            try:
                answer = function(item)
            except (Exception, SystemExit) as error:
                answer = failure(error)
            yield answer

    def close(self) -> None:
        pass


class PoolRunner:
    """Calls the function in worker processes; each is started when first needed and again when it has died.

    Every worker belongs to one thread here, which sends it chunks and takes its answers one by one: when a worker
    dies, the item it was at is known. Workers are plain interpreters that import the function's module by name; unlike
    those of `multiprocessing` they do not run the main script again, so that a script without a
    `if __name__ == "__main__"` may use the archive. Processes are never forked, because threads may be running here.
    """

    def __init__(self, workers: int, *, seconds_per_item: float = 60, memory_bytes: int | None = None) -> None:
        self._workers = max(1, workers)
        self._seconds = seconds_per_item
        self._memory_bytes = memory_bytes or 0
        self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="rawi-runner")
        self._mine = threading.local()
        self._guard = threading.Lock()
        self._started: set[_Worker] = set()
        self._closed = False

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]:
        code = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
        pending: deque[Future[list[Any]]] = deque()
        stream = iter(items)
        try:
            while chunk := list(islice(stream, _CHUNK)):
                pending.append(self._threads.submit(self._run, code, chunk))
                del chunk
                if len(pending) > _AHEAD * self._workers:
                    yield from pending.popleft().result()
            while pending:
                yield from pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def close(self) -> None:
        with self._guard:
            self._closed = True
            for worker in self._started:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._started:
            worker.end()
        self._started.clear()

    # ------------------------------------------------------------------- in the threads, one a worker

    def _run(self, code: bytes, chunk: list[Any]) -> list[Any]:
        """The answers for a chunk, whatever happens to the worker."""
        answers: list[Any] = [None] * len(chunk)
        rest: deque[tuple[int, bytes]] = deque()
        for number, item in enumerate(chunk):
            try:
                rest.append((number, pickle.dumps(item, pickle.HIGHEST_PROTOCOL)))
            except Exception as error:
                answers[number] = failure(error)
        while rest:
            worker = self._worker()
            if not worker.send(code, [item for _, item in rest]):
                self._lose(worker)  # it died while it had nothing to do; no item is to blame
                continue
            while rest:
                answer = worker.answer()
                number, _ = rest.popleft()
                if answer is None:
                    answers[number] = Failure(self._lose(worker))
                    break
                answers[number] = _value(answer)
        return answers

    def _worker(self) -> "_Worker":
        worker: _Worker | None = getattr(self._mine, "worker", None)
        if worker is None:
            with self._guard:
                if self._closed:
                    raise CannotRun("the runner was closed while work was under way")
                worker = _Worker(self._seconds, self._memory_bytes)
                self._started.add(worker)
            self._mine.worker = worker
            if not worker.is_ready():
                why = self._lose(worker)
                raise CannotRun(f"a worker process could not be started ({why}); is its memory limit too small?")
        return worker

    def _lose(self, worker: "_Worker") -> str:
        """Forgets a worker that died; says what ended it."""
        self._mine.worker = None
        with self._guard:
            self._started.discard(worker)
            closed = self._closed
        reason = worker.end()
        if closed:
            raise CannotRun("the runner was closed while work was under way")
        return reason


def _value(answer: bytes) -> Any:
    try:
        return pickle.loads(answer)  # noqa: S301 - from our own worker
    except Exception as error:
        return failure(error)


class _Worker:
    """One process and the line to it."""

    def __init__(self, seconds: float, memory_bytes: int) -> None:
        self._seconds = seconds
        self._connection, there = Pipe()
        arguments = [[str(entry) for entry in sys.path], there.fileno(), os.getpid(), seconds, memory_bytes]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter and a text of ours
                [sys.executable, "-P", "-c", _BOOT, json.dumps(arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # what a library prints must not get among our own output
                pass_fds=[there.fileno()],
            )
        except OSError as error:
            self._connection.close()
            raise CannotRun(f"a worker process could not be started ({error.strerror}); use fewer workers") from error
        finally:
            there.close()

    def is_ready(self) -> bool:
        return self._receive(_START_SECONDS) == READY

    def send(self, code: bytes, items: list[bytes]) -> bool:
        """Whether it took them."""
        try:
            self._connection.send_bytes(pickle.dumps((code, items), pickle.HIGHEST_PROTOCOL))
        except OSError:
            return False
        return True

    def answer(self) -> bytes | None:
        """The next answer; None when it died instead."""
        return self._receive(self._seconds + _GRACE_SECONDS)

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> str:
        """Waits until it is gone; says what ended it."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)  # its end of the line closes a moment before it is gone
        self._process.kill()
        status = self._process.wait()
        self._connection.close()
        if status == -signal.SIGALRM:
            return f"took longer than {self._seconds:g} s and was stopped"
        if status < 0:
            return f"its process was ended by {_signal(-status)}"
        return f"its process ended itself with status {status}"

    def _receive(self, seconds: float) -> bytes | None:
        try:
            return self._connection.recv_bytes() if self._connection.poll(seconds) else None
        except (EOFError, OSError):
            return None


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
