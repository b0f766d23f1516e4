"""Where connections to the addresses of the configuration may lead."""

import socket
from dataclasses import dataclass

from schedules.outgoing.destinations import Network, may_be_reached, parse_resolved

WRITTEN_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Who writes this in an address means this machine."""


class ForbiddenDestination(Exception):
    """An address leads to where nothing of ours may connect."""


@dataclass(frozen=True, slots=True)
class OutgoingPolicy:
    """Where connections to the addresses of the configuration may lead, besides the internet."""

    inside: tuple[Network, ...] = ()
    """What is no internet, and may be connected to."""
    may_mean_this_machine: bool = False
    """Whether an address in which this machine is written may lead to it: as in a configuration,
    and not in what somebody else answers. A name that resolves to it may not."""

    def resolve(self, host: str, port: int) -> list[str]:
        """Resolve a host, and return the addresses that may be connected to.

        Raises:
            ForbiddenDestination: when it has others alone.
            OSError: when it has none.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        if self.may_mean_this_machine and host in WRITTEN_LOOPBACK:
            return [address for address in addresses if parse_resolved(address).is_loopback]
        allowed = [
            address for address in addresses if may_be_reached(parse_resolved(address), self.inside)
        ]
        if not allowed:
            raise ForbiddenDestination
        return allowed
