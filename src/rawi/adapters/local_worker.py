"""What a worker process of `local.PoolRunner` does. Started with `python -c`, it imports as little as it can.

The parent sends a chunk: the pickled function and the pickled items. For each item the worker sends one answer: a
pickled value or `Failure`. A timer whose signal kills the process, whatever code it is in, bounds each item.
"""

import contextlib
import ctypes
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from rawi.model import Failure

READY = b"ready"

_MOST_REASON = 500
_LEAST_MEMORY = 32 * 1024 * 1024
_NO_MEMORY = 12
_PR_SET_PDEATHSIG = 1


def serve(descriptor: int, parent: int, seconds: float, memory_bytes: int) -> None:
    """Answers chunks until the parent closes its end. `memory_bytes` 0 means no limit."""
    _die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C stops
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        try:
            bytearray(_LEAST_MEMORY)
        except MemoryError:
            os._exit(_NO_MEMORY)  # the parent tells it: no item could ever be worked on
    connection: Connection = Connection(descriptor)
    connection.send_bytes(READY)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent has closed its end
        while True:
            function, items = pickle.loads(connection.recv_bytes())  # noqa: S301 - from our own parent
            _answer(connection, function, items, seconds)


def _answer(connection: Connection, function: bytes, items: list[bytes], seconds: float) -> None:
    try:
        call = pickle.loads(function)  # noqa: S301
    except Exception as error:
        for _ in items:
            connection.send_bytes(pickle.dumps(failure(error)))
        return
    for item in items:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = _apply(call, item)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send_bytes(answer)


def _apply(call: Callable[[Any], Any], item: bytes) -> bytes:
    try:
        return pickle.dumps(call(pickle.loads(item)), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except (Exception, SystemExit) as error:
        return pickle.dumps(failure(error))


def failure(error: BaseException) -> Failure:
    """What is told of an exception: its type and its words."""
    try:
        words = str(error)
    except Exception:
        words = "(its words cannot be told)"
    return Failure(f"{type(error).__name__}: {words}"[:_MOST_REASON])


def _die_with(parent: int) -> None:
    """Has the system kill this process when its parent ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)  # it ended before we could ask
