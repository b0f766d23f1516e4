"""Where an explicit proxy connects to: to the internet, and inside the school where it is allowed.

A client of such a proxy names its server, so it could name what only this machine reaches. A
transparent gateway passes on what the network itself has let through, and is not held against this.
"""

import asyncio
import errno
import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

NOT_ALLOWED = "lesrust: this address is not allowed"
"""The error of a connection that is refused."""
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last four bytes are the IPv4 address that is connected to."""


class DestinationPolicy:
    """What clients of an explicit proxy may be connected to."""

    def __init__(self, inside: Iterable[Network] = (), forbidden: Iterable[Network] = ()) -> None:
        self.set_prefixes(inside, forbidden)
        self.own_ports: frozenset[int] = frozenset()
        """Where this gateway listens: a client may not nest through it."""

    def set_prefixes(self, inside: Iterable[Network], forbidden: Iterable[Network]) -> None:
        """Set what the configuration says.

        Args:
            inside: prefixes that are no internet, and are allowed.
            forbidden: prefixes that are never allowed, also where they are internet.
        """
        self._inside, self._forbidden = tuple(inside), tuple(forbidden)

    def allows(self, host: str, port: int) -> bool:
        """Say whether an address may be connected to.

        Args:
            host: an address as it was resolved, with a zone or without.
            port: the server's.
        """
        address = ip_address(host.partition("%")[0])
        return not (port in self.own_ports and _is_own(address)) and all(
            self._reaches(meant) for meant in _meant_by(address)
        )

    def allows_literal(self, host: str, port: int) -> bool:
        """Say the same of what a client asked for, where that is an address; a name is resolved."""
        try:
            return self.allows(host, port)
        except ValueError:
            return True

    def guard_resolution(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let names resolve to allowed addresses alone, so that what is checked is connected to."""
        resolve = loop.getaddrinfo

        async def getaddrinfo(host: Any, port: Any, *, flags: int = 0, **asked: int) -> Any:
            found = await resolve(host, port, flags=flags, **asked)
            if flags & socket.AI_PASSIVE:  # where the gateway itself listens
                return found
            allowed = [info for info in found if self.allows(str(info[4][0]), port)]
            if not allowed:
                raise OSError(errno.EACCES, NOT_ALLOWED)
            return allowed

        loop.getaddrinfo = getaddrinfo  # type: ignore[method-assign]

    def _reaches(self, address: Address) -> bool:
        if any(address in prefix for prefix in self._forbidden):
            return False
        if any(address in prefix for prefix in self._inside):
            return True
        is_internet = address.is_global and not (address.is_multicast or address.is_reserved)
        return is_internet and not _is_own(address)


def _meant_by(address: Address) -> Iterator[Address]:
    """Yield what a connection to an address can end at: IPv6 addresses may carry one of IPv4."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _TRANSLATED:
        yield IPv4Address(address.packed[-4:])
    else:
        yield address
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo


def _is_own(address: Address) -> bool:
    """Say whether this machine has an address: nothing can be bound to another's."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    with socket.socket(family) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
