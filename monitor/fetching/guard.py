"""The guard: no address of a config or a page leads to this machine, its network or a cloud's metadata, unless allowed.

Names are looked up once, every address found is checked, and the connection goes to an address that was checked: what DNS
says a moment later does not matter. Numbers in any spelling (decimal, octal, hex, short) go the same way, for the system
reads them like names. The networks are those of the registries of RFC 6890 (IANA's special-purpose addresses).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LookUp = Callable[[str, int], Sequence[str]]
"""The addresses of a host, as numbers, in the order in which they are to be tried. Raises OSError."""

# Ports of other services, which a request might talk into doing something ("bad ports", https://fetch.spec.whatwg.org).
BAD_PORTS = frozenset(
    [0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111,
     113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548,
     554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665,
     6666, 6667, 6668, 6669, 6679, 6697, 10080]
)  # fmt: skip

_NAMED = (
    ("a cloud's metadata", "169.254.169.254 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::/32 fd20:ce::254"),
    ("loopback", "127.0.0.0/8 ::1"),
    ("private", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
    ("link-local", "169.254.0.0/16 fe80::/10"),
    ("carrier-grade NAT", "100.64.0.0/10"),
    ("unspecified", "0.0.0.0/8 ::"),
    ("multicast", "224.0.0.0/4 ff00::/8"),
    ("broadcast", "255.255.255.255"),
    ("documentation", "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20"),
    ("benchmarking", "198.18.0.0/15"),
    ("reserved", "192.0.0.0/24 192.88.99.0/24 240.0.0.0/4 2001::/23"),
)
_RANGES: tuple[tuple[str, Network], ...] = tuple((name, ip_network(net)) for name, nets in _NAMED for net in nets.split())
_PUBLIC = IPv6Network("2000::/3")  # RFC 4291, section 2.4; what lies outside and carries no IPv4 address is not public

# IPv6 addresses that carry an IPv4 address to which they lead, and by how many bits it is shifted: IPv4-compatible and
# -mapped (RFC 4291, section 2.5.5), translated (RFC 2765), NAT64 (RFC 6052, section 2.1), 6to4 (RFC 3056, section 2).
_CARRIERS: tuple[tuple[IPv6Network, int], ...] = tuple(
    (IPv6Network(net), shift)
    for net, shift in [("::/96", 0), ("::ffff:0:0/96", 0), ("::ffff:0:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80)]
)


class Refused(Exception):
    """A connection that is not made. The text says which address, which range and what would allow it."""


def look_up(host: str, port: int) -> Sequence[str]:
    """The system's resolver. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(_numeric(sockaddr) for _, _, _, _, sockaddr in found))


def _numeric(sockaddr: Sequence[object]) -> str:
    scope = sockaddr[3] if len(sockaddr) == 4 else 0
    address = str(sockaddr[0])
    return f"{address}%{scope}" if scope and "%" not in address else address


def checked(host: str, addresses: Sequence[str], reach: Sequence[str]) -> Sequence[str]:
    """``addresses``, which ``host`` was found to have, when none of them is forbidden. ``reach`` is what a source allows.

    One forbidden address among good ones refuses all: no honest site has such, and which one answers is a matter of chance.
    """
    for each in addresses:
        address = ip_address(each)
        name = forbidden(address)
        if name is not None and not _is_allowed(address, reach):
            shown = each if each == host else f"{host} is {each}"
            raise Refused(f'{shown}, {name}: not asked (`reach = ["{each.partition("%")[0]}"]` in its source would allow it)')
    return addresses


def forbidden(address: Address) -> str | None:
    """The range that makes ``address`` one we never ask of our own accord, in a few words; None for a public address."""
    carried = list(_carried(address))
    for each in (*carried, address):
        for name, network in _RANGES:
            if each.version == network.version and each in network:
                return f"{name} ({network})" if each is address else f"which leads to {each}, {name} ({network})"
    is_public = bool(carried) or address in _PUBLIC if isinstance(address, IPv6Address) else address.is_global
    return None if is_public else "not public"


def _carried(address: Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv6Address) and int(address) > 1:  # :: and ::1 carry nothing
        for network, shift in _CARRIERS:
            if address in network:
                yield IPv4Address(int(address) >> shift & 0xFFFFFFFF)


def _is_allowed(address: Address, reach: Sequence[str]) -> bool:
    return any(each in network for network in _networks(tuple(reach)) for each in (address, *_carried(address)))


@lru_cache(maxsize=256)
def _networks(reach: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(each, strict=False) for each in reach)
