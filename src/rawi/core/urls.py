"""Addresses: one parser for all of them, one canonical form, and which of them are public.

The parser is yarl's, and the fetcher connects where yarl says: what is checked, stored, linked and connected to is
one and the same host.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from yarl import URL

from rawi.errors import BadInput

LONGEST = 4000
"""Characters of an address in its canonical form. An Arabic headline in an address takes six for each letter."""
_LONGEST_NAME = 253
"""Characters of a host's name."""

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEFORE_QUERY = re.compile(r"[^?#]*")
_NO_HOST = re.compile(r"(https?:)?(///|[/\\]*\\[/\\]|/\\)|https?:(?!//)|https?://[^/?#]*\\", re.IGNORECASE)
_CREDENTIALS = re.compile(r"//[^/?#@:]*:[^/?#@]+@")
_CANONICAL = re.compile(
    r"https?://(?!(?:[^/]*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
    r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?)?(?:\?[A-Za-z0-9._~&=-]+)?"
)
"""Addresses that are canonical as they are: names in ASCII, nothing to encode, no dots to resolve. Most are."""
_BREAKS = dict.fromkeys(map(ord, "\t\n\r"))
_CONTROLS = "".join(map(chr, range(0x21)))
_PREFIXES = (
    "amp.",
    "m.",
    "www.",
)

# The IANA registries of special-purpose addresses (IPv4, IPv6), with multicast and 6to4's relays, as of 2025.
# Parts of these that are reachable (anycast services, AS112) hold no press: they are refused with the rest.
_SPECIAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a carrier's customers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; the clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_SPECIAL_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID, DRIP and others
        "2001:db8::/32",  # documentation
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_ASSIGNED_6 = IPv6Network("2000::/3")
"""The only global unicast there is: ::1, fc00::/7, fe80::/10, fec0::/10, ff00::/8, 100::/64, 5f00::/16,
64:ff9b:1::/48 and all that nobody was given lie outside."""
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_6TO4 = IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)
_LOOPBACK_4 = IPv4Network("127.0.0.0/8")
_LOOPBACK_6 = IPv6Address("::1")


def clean(url: str, base: str = "") -> str:
    """The canonical form of an http or https address, resolved against `base`.

    Scheme and host in lower case, the host in ASCII (punycode) and without a final dot, no port where it is the
    scheme's own, dots in the path resolved, characters percent-encoded the one way yarl does it, no fragment.
    Cleaning twice changes nothing. BadInput, naming the address, for all else: other schemes, no host, a user name or
    password, a number in an odd form as the host (0x7f000001, 127.1), or one that is too long.
    """
    if len(url) <= _LONGEST_NAME and _CANONICAL.fullmatch(url):
        return url
    try:
        parsed = URL(_stripped(url))
        if base:
            parsed = URL(_stripped(base)).join(parsed)
        canonical = _canonical(parsed)
        # What was percent-encoded may be a dot, and change the path once more: one more reading settles it.
        return _canonical(URL(canonical)) if "%" in url or "%" in base else canonical
    except (ValueError, TypeError) as error:
        shown = _CREDENTIALS.sub("//…@", url[:200])  # they must not stand in a log
        raise BadInput(f"not an address that can be asked: {shown!r} ({str(error)[:200]})") from error


def absolute(said: str, base: str) -> str:
    """The canonical form of an address as a page or feed says it, or "" when it says none that could be asked."""
    try:
        return clean(said.strip(), base) if said.strip() else ""
    except BadInput:
        return ""


def parts(said: str) -> SplitResult:
    """The parts of an address as it is written, whatever it is; all empty for one that has none ("http://[")."""
    try:
        return urlsplit(said)
    except ValueError:
        return urlsplit("")


def host(url: str) -> str:
    """The host of an address, with :port where it is not the scheme's own. BadInput when it has none."""
    try:
        return _host(URL(_stripped(url)))
    except ValueError as error:
        raise BadInput(f"not an address: {url[:200]!r} ({str(error)[:200]})") from error


def host_of(canonical: str) -> str:
    """`host` of an address that is in canonical form already, without reading it again."""
    return re.split("[/?]", canonical.partition("://")[2], maxsplit=1)[0]


def publisher_of(host: str) -> str:
    """A host without "www.", "m." or "amp." in front: what a publisher is called by, until a person names it."""
    for _ in _PREFIXES:
        for prefix in _PREFIXES:
            rest = host.removeprefix(prefix)
            if "." in rest:
                host = rest
    return host


def is_public(ip: str) -> bool:
    """Whether an IP address (no name) belongs to the public Internet, so that one may connect to it.

    IPv6 addresses that lead to an IPv4 address (mapped, NAT64, 6to4, ISATAP) are judged by that address. What is not
    an IP address, or has a zone, is not public.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return _is_public_4(address) if isinstance(address, IPv4Address) else _is_public_6(address)


def is_loopback(ip: str) -> bool:
    """Whether an IP address (no name) is this machine's own: 127.0.0.0/8 or ::1."""
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return address in _LOOPBACK_4 if isinstance(address, IPv4Address) else address == _LOOPBACK_6


def _stripped(url: str) -> str:
    if _SURROGATE.search(url):
        raise ValueError("it has characters that are none")
    if len(url) > 2 * LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    url = url.strip(_CONTROLS).translate(_BREAKS)
    if _NO_HOST.match(url):
        raise ValueError("it names no host, or names it in a way that everyone reads differently")
    # In a path a backslash is a slash to browsers, and a plain letter to others: here it is always a slash.
    return _BEFORE_QUERY.sub(lambda found: found[0].replace("\\", "/"), url, count=1)


def _canonical(url: URL) -> str:
    if url.scheme not in ("http", "https"):
        raise ValueError("only http and https are asked")
    if url.raw_user is not None or url.raw_password is not None:
        raise ValueError("it has a user name or password")
    canonical = f"{url.scheme}://{_host(url)}{url.raw_path_qs}"
    if len(canonical) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    return canonical


def _host(url: URL) -> str:
    name = (url.raw_host or "").lower().removesuffix(".")
    if url.port == 0:
        raise ValueError("port 0")
    port = "" if url.explicit_port is None or url.is_default_port() else f":{url.port}"
    if ":" in name:
        # An address with a zone ("fe80::1%lo") is of one machine's wires only.
        return f"[{_ipv6(name)}]{port}"
    labels = name.split(".")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"no such host: {name[:80]!r}")
    if _NUMBER.fullmatch(labels[-1]):
        # Systems read 127.1, 0177.0.0.1 and 0x7f000001 as 127.0.0.1; no publisher is to be found there.
        IPv4Address(name)
    return name + port


def _ipv6(name: str) -> str:
    if "%" in name:
        raise ValueError("an address with a zone")
    return IPv6Address(name).compressed


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _SPECIAL_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    bits = int(address)
    if address in _MAPPED or address in _NAT64:
        return _is_public_4(IPv4Address(bits & 0xFFFFFFFF))
    if address not in _ASSIGNED_6 or any(address in network for network in _SPECIAL_6):
        return False
    if address in _6TO4 and not _is_public_4(IPv4Address(bits >> 80 & 0xFFFFFFFF)):
        return False
    return bits >> 32 & 0xFFFFFFFF not in _ISATAP or _is_public_4(IPv4Address(bits & 0xFFFFFFFF))
