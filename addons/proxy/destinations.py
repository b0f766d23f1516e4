"""Where an explicit proxy connects to: to the internet, and inside the school where it is allowed.

A client of such a proxy names its server, so it could name what only this machine reaches. A
transparent gateway passes on what the network itself has let through, and is not held against this.
"""

import asyncio
import errno
import socket
from collections.abc import Iterable
from typing import Any

from schedules.outgoing.destinations import (
    Network,
    addresses_meant,
    is_own,
    may_be_reached,
    parse_resolved,
)

NOT_ALLOWED = "lesrust: this address is not allowed"
"""The error of a connection that is refused."""


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
        address = parse_resolved(host)
        if port in self.own_ports and is_own(address):
            return False
        meant = addresses_meant(address)
        if any(reached in prefix for reached in meant for prefix in self._forbidden):
            return False
        return may_be_reached(address, self._inside)

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
