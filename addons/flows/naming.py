"""What a name that was read is worth, beside what DNS said.

A name can be another's (an encrypted ClientHello shows the name of who decrypts it), or nobody's
(a VPN writes one of a known site), or say nothing by itself (a weblog on a domain of its own); and
where there is none, DNS may have said whose the address is.
"""

from collections.abc import Callable
from typing import NamedTuple

from addons.flows.dns_memory import Lookups
from addons.names.reading import Outcome, Reading
from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import Hiding
from monitor.sighting import Evidence, HidingMethod

ENCRYPTED_DNS = 853
"""The port of DNS over TLS and over QUIC (RFC 7858, RFC 9250)."""

_ELSEWHERE = (HidingMethod.RESOLVER, HidingMethod.RELAY)
"""Ways by which a client asks DNS unseen."""

type Ends = tuple[bytes, int, bytes, int]
"""A connection's client and server: the packed address and the port of each."""


class Named(NamedTuple):
    """A connection's name, as a sighting has it."""

    hostname: str
    evidence: Evidence
    alias: str = ""
    hidden: HidingMethod | None = None
    is_followed: bool = False
    """Whether what the connection carries matters: the rest is nobody's business."""


class Naming:
    """Names connections by what was read of them, the catalogue, and DNS's answers.

    Args:
        catalogue: gives the catalogue in force.
        hiding: what hides where connections go.
    """

    def __init__(self, catalogue: Callable[[], Catalogue], hiding: Hiding) -> None:
        self._catalogue = catalogue
        self._hiding = hiding
        self.lookups = Lookups(self.platform_of, self._platform_of_alias)

    def platform_of(self, hostname: str) -> str | None:
        """Name the platform of a hostname, as the catalogue has it."""
        match = self._catalogue().recognise(hostname)
        return match.platform if match else None

    def name(
        self, ends: Ends, read: Reading, by: Evidence, moment: float, *, is_asked: bool = False
    ) -> Named:
        """Settle a connection's name.

        Args:
            ends: the connection.
            read: what was read of its first bytes.
            by: how it was read.
            moment: seconds since 1970-01-01 UTC.
            is_asked: whether the server is a proxy that was asked for another: DNS gives no
                platform's name for its address, and that is then no pretence.
        """
        client, _, server, port = ends
        hostname = read.hostname
        if read.outcome is not Outcome.NAME:
            nameless = Named("", by, hidden=self._way(server, port))
            return self._hidden(client, server, moment, nameless)
        if self.platform_of(hostname) is None:
            return self._of_no_platform(ends, hostname, by, moment)
        if not is_asked and self.lookups.contradicts(client, hostname, server, moment):
            return Named(hostname, Evidence.HIDDEN, hidden=HidingMethod.SPOOFED)
        return Named(hostname, by, is_followed=True)

    def _of_no_platform(self, ends: Ends, hostname: str, by: Evidence, moment: float) -> Named:
        """Settle a name that may show for another, or point to a platform."""
        client, _, server, port = ends
        hides = self._hiding.of(hostname)
        if hides is HidingMethod.ENCRYPTED_HELLO or self.lookups.is_outer(hostname):
            shown = Named(hostname, by, hidden=HidingMethod.ENCRYPTED_HELLO)
            return self._hidden(client, server, moment, shown)
        if port == ENCRYPTED_DNS or hides in _ELSEWHERE:
            self.lookups.asks_elsewhere(client, moment)
        alias = self.lookups.alias_of(hostname, moment)
        return Named(hostname, by, alias, is_followed=bool(alias))

    def _hidden(self, client: bytes, server: bytes, moment: float, shown: Named) -> Named:
        """Take the name that DNS gave for the address, where it gave one."""
        if shown.hidden in _ELSEWHERE:
            self.lookups.asks_elsewhere(client, moment)
        hostname = self.lookups.name_of(client, server, moment)
        if not hostname:
            return shown._replace(evidence=Evidence.HIDDEN)
        alias = self.lookups.alias_of(hostname, moment)
        return Named(hostname, Evidence.ADDRESS, alias, is_followed=True)

    def _platform_of_alias(self, hostname: str) -> str | None:
        match = self._catalogue().recognise_alias(hostname)
        return match.platform if match else None

    def _way(self, server: bytes, port: int) -> HidingMethod:
        if port == ENCRYPTED_DNS:
            return HidingMethod.RESOLVER
        return self._hiding.of_address(server) or HidingMethod.NAMELESS
