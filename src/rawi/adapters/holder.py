"""Who this process is, among those that share an archive, and which of them have died on this machine."""

import os
import socket
import uuid
from pathlib import Path

_PROCESSES = Path("/proc")


def new_holder() -> str:
    """A name for one gatherer: machine, process, when that began, and a number of its own."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{_began(pid)}/{uuid.uuid4().hex[:8]}"


def is_dead(holder: str) -> bool:
    """Whether a holder's process ran on this machine and is no more; False when that cannot be known."""
    machine, _, rest = holder.rpartition("/")[0].partition("/")
    pid, _, began = rest.partition("/")
    if machine != socket.gethostname() or not pid.isdigit() or not _PROCESSES.is_dir():
        return False
    return _began(int(pid)) != began


def _began(pid: int) -> str:
    """When a process began, in ticks since the machine did; empty when there is none (or none can be seen)."""
    try:
        # The second field, its name, is in brackets and may hold anything; the start is the 22nd.
        return (_PROCESSES / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
