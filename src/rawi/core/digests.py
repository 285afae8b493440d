"""Digests as WARC writes them, and one over all that is told of an exchange."""

import base64
import binascii
import hashlib

from rawi.model import Exchange

_BYTES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}


def fits(said: str, data: bytes) -> bool | None:
    """Whether a digest as WARC writes it (`sha1:…` in base 32, `SHA-256:…` in base 16 …) is that of the data.

    None when nothing is said, or in an algorithm that is not known here.
    """
    name, _, value = said.partition(":")
    name = _algorithm(name)
    if name not in _BYTES:
        return None
    return _unpacked(value.strip(), _BYTES[name]) == hashlib.new(name, data, usedforsecurity=False).digest()


def unpacked(said: str) -> tuple[str, bytes] | None:
    """A digest's algorithm and bytes; None for one that cannot be read, or in an algorithm that is not known here."""
    name, _, value = said.partition(":")
    name = _algorithm(name)
    found = _unpacked(value.strip(), _BYTES[name]) if name in _BYTES else None
    return (name, found) if found else None


def _algorithm(said: str) -> str:
    return said.strip().lower().replace("-", "")


def _unpacked(value: str, size: int) -> bytes | None:
    """A digest's bytes from base 16, 32 or 64, told apart by how long it is; None when it is none."""
    bare = value.rstrip("=")
    try:
        if len(bare) == 2 * size:
            return bytes.fromhex(bare)
        if len(bare) == -(-size * 8 // 5):
            return base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        found = base64.urlsafe_b64decode(bare.replace("+", "-").replace("/", "_") + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return None
    return found if len(found) == size else None


def fingerprint(exchange: Exchange) -> str:
    """SHA-256 (64 hexadecimal digits) over address, time, status, type, head and body: what its card tells, and all
    that is shown of it."""
    told = (exchange.url, exchange.at.isoformat(), str(exchange.status), exchange.media_type, exchange.truncated)
    parts = [*(text.encode("utf-8", "surrogatepass") for text in told), exchange.head, exchange.body]
    return hashlib.sha256(b"".join(b"%d:%s" % (len(part), part) for part in parts)).hexdigest()
