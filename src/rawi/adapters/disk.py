"""The few things an append-only file asks of the operating system, in one place so that tests can let them fail."""

import errno
import os
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Errors that mean: no room here, try again when there is some."""


class Disk:
    """Calls of the operating system, with nothing kept back in buffers. All raise OSError."""

    def create(self, path: Path) -> int:
        """A new file, open for writing; gives its descriptor."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)

    def open(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CLOEXEC)

    def write(self, descriptor: int, data: memoryview, offset: int) -> int:
        """Writes some of the bytes, at least one; says how many."""
        return os.pwrite(descriptor, data, offset)

    def cut(self, descriptor: int, length: int) -> None:
        os.ftruncate(descriptor, length)

    def sync(self, descriptor: int) -> None:
        """Has all that was written to a file on disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def remove(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Has the names in a folder on disk."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_all(disk: Disk, descriptor: int, data: bytes, offset: int) -> int:
    """Writes all bytes at an offset; gives the offset behind them."""
    rest = memoryview(data)
    while rest:
        written = disk.write(descriptor, rest, offset)
        rest, offset = rest[written:], offset + written
    return offset
