"""A bucket of an object store that speaks S3: whole objects in, ranges of bytes out, nothing altered.

Every fault says which bucket and key it was, and what to do.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from rawi.errors import CannotRun, StorageFull

if TYPE_CHECKING:
    from obstore.store import S3Store

_PART = 8 * 1024 * 1024
_MOST_SIZES = 10_000
_FULL = ("507 Insufficient", "InsufficientStorage", "QuotaExceeded", "StorageFull")


class NotThere(CannotRun):
    """There is no such object."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """How to reach a bucket. What is empty is taken from AWS's variables, else from the machine's role."""

    bucket: str
    endpoint: str = ""
    region: str = ""
    access_key_id: str = ""
    secret_access_key: str = ""
    seconds: float = 60.0
    """For one request; a large object goes in parts of 8 MiB, each a request."""
    retries: int = 5


class Bucket:
    """Errors: NotThere, StorageFull, CannotRun. Safe to use from several threads."""

    def __init__(self, access: Access) -> None:
        self.name = access.bucket
        self._store = _store(access)
        self._sizes: dict[str, int] = {}
        """Of objects that were opened: they never change, and each question costs as much as reading."""

    def size(self, key: str) -> int | None:
        """The bytes of an object; None when it is not there."""
        import obstore

        try:
            return int(obstore.head(self._store, key)["size"])
        except FileNotFoundError:
            return None
        except Exception as error:
            raise self._fault(key, "cannot be looked at", error) from error

    def range(self, key: str, start: int, length: int) -> bytes:
        """Some bytes of an object, fewer only at its end."""
        import obstore

        try:
            return bytes(obstore.get_range(self._store, key, start=start, length=length))
        except Exception as error:
            raise self._fault(key, "cannot be read", error) from error

    def digest(self, key: str) -> str:
        """SHA-256 of an object, read back from its first byte to its last."""
        import obstore

        digest = sha256()
        try:
            for piece in obstore.get(self._store, key).stream(min_chunk_size=_PART):
                digest.update(piece)
        except Exception as error:
            raise self._fault(key, "cannot be read back", error) from error
        return digest.hexdigest()

    def put(self, key: str, path: Path) -> None:
        """Sends a file as an object, in parts where it is large; it appears whole or not at all."""
        import obstore

        try:
            with path.open("rb") as file:
                obstore.put(self._store, key, file, chunk_size=_PART)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not path.exists():
                raise
            raise self._fault(key, "cannot be written", error) from error
        except Exception as error:
            raise self._fault(key, "cannot be written", error) from error

    def drop(self, key: str) -> None:
        """Takes an object away that was sent wrong."""
        import obstore

        try:
            obstore.delete(self._store, key)
        except Exception as error:
            raise self._fault(key, "cannot be taken away", error) from error

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys below a prefix, as a stream."""
        import obstore

        try:
            for some in obstore.list(self._store, prefix or None):
                yield from (str(one["path"]) for one in some)
        except Exception as error:
            raise self._fault(prefix, "cannot be listed", error) from error

    def open(self, key: str, ahead: int) -> BinaryIO:
        """An object as a file; it is read in blocks of so many bytes."""
        size = self._sizes.get(key)
        if size is None:
            size = self.size(key)
            if size is None:
                raise NotThere(f"s3://{self.name}/{key} is not there: restore it from a copy")
            if len(self._sizes) > _MOST_SIZES:
                self._sizes.clear()
            self._sizes[key] = size
        return cast(BinaryIO, io.BufferedReader(_Object(self, key, size, ahead)))

    def _fault(self, key: str, what: str, error: Exception) -> CannotRun:
        from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

        where = f"s3://{self.name}/{key}"
        said = " ".join(str(error).split())
        if any(word in said for word in _FULL):
            return StorageFull(f"{where} {what}: the object store has no room (make some); it said: {said[:300]}")
        if isinstance(error, PermissionDeniedError | UnauthenticatedError):
            return CannotRun(
                f"{where} {what}: the object store refuses it; look at s3.access_key_id, s3.secret_access_key and what "
                f"that key may do. It said: {said[:300]}"
            )
        if isinstance(error, FileNotFoundError):
            return NotThere(f"{where} {what}: it is not there; look at the bucket's name. It said: {said[:300]}")
        return CannotRun(
            f"{where} {what}: look at s3.endpoint and whether the object store runs. It said: {said[:300]}"
        )


def _store(access: Access) -> "S3Store":
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise CannotRun("captures in an object store need the extra: pip install 'rawi[s3]'") from error
    settings: dict[str, str] = {
        name: value
        for name, value in (
            ("endpoint", access.endpoint),
            ("region", access.region or ("us-east-1" if access.endpoint else "")),
            ("access_key_id", access.access_key_id),
            ("secret_access_key", access.secret_access_key),
        )
        if value
    }
    return S3Store(
        access.bucket,
        config=settings,  # type: ignore[arg-type]  # its keys are those of S3Config
        client_options={
            "timeout": timedelta(seconds=access.seconds),
            "connect_timeout": timedelta(seconds=min(access.seconds, 10)),
            "allow_http": access.endpoint.startswith("http://"),
        },
        retry_config={
            "max_retries": access.retries,
            "retry_timeout": timedelta(seconds=2 * access.seconds),
        },
    )


class _Object(io.RawIOBase):
    """Reads an object block by block and remembers the last one."""

    def __init__(self, bucket: Bucket, key: str, size: int, ahead: int) -> None:
        self.name = f"s3://{bucket.name}/{key}"
        self._bucket, self._key, self._size, self._ahead = bucket, key, size, ahead
        self._at = 0
        self._start, self._block = 0, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        if self._at >= self._size:
            return 0
        if not self._start <= self._at < self._start + len(self._block):
            length = min(max(self._ahead, len(target)), self._size - self._at)
            self._start, self._block = self._at, self._bucket.range(self._key, self._at, length)
            if len(self._block) != length:
                raise CannotRun(f"{self.name}: the object store gave {len(self._block)} of {length} bytes; try again")
        piece = self._block[self._at - self._start :][: len(target)]
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
