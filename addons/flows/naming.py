"""What a name that was read is worth, beside what DNS said.

A name can be another's (an encrypted ClientHello shows the name of who decrypts it), or nobody's
(a VPN writes one of a known site), or say nothing by itself (a weblog on a domain of its own); and
where there is none, DNS may have said whose the address is.
"""

from collections.abc import Callable
from typing import NamedTuple

from addons.flows.dns_memory import DnsMemory
from addons.names.parse_result import ParseResult, ParseStatus
from addons.packets.ports import DNS_OVER_TLS
from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import HidingList
from monitor.evidence import Evidence, HidingMethod

_HIDES_DNS = (HidingMethod.RESOLVER, HidingMethod.RELAY)
"""Ways by which a client asks DNS unseen."""

type FlowKey = tuple[bytes, int, bytes, int]
"""A connection's client and server: the packed address and the port of each."""


class FlowName(NamedTuple):
    """A connection's name, as a sighting has it."""

    hostname: str
    evidence: Evidence
    alias: str = ""
    hidden: HidingMethod | None = None
    is_tracked: bool = False
    """Whether what the connection carries matters: the rest is nobody's business."""


class FlowNamer:
    """Names connections by what was read of them, the catalogue, and DNS's answers.

    Args:
        catalogue: gives the catalogue in force.
        hiding: what hides where connections go.
    """

    def __init__(self, catalogue: Callable[[], Catalogue], hiding: HidingList) -> None:
        self._catalogue = catalogue
        self._hiding = hiding
        self.dns_memory = DnsMemory(self.platform_of, self._platform_of_alias)

    def platform_of(self, hostname: str) -> str | None:
        """Name the platform of a hostname, as the catalogue has it."""
        match = self._catalogue().recognise(hostname)
        return match.platform if match else None

    def name_flow(
        self,
        key: FlowKey,
        parsed: ParseResult,
        evidence: Evidence,
        timestamp: float,
        *,
        is_proxied: bool = False,
    ) -> FlowName:
        """Settle a connection's name.

        Args:
            key: the connection.
            parsed: what was read of its first bytes.
            evidence: how it was read.
            timestamp: seconds since 1970-01-01 UTC.
            is_proxied: whether the server is a proxy that was asked for another: DNS gives no
                platform's name for its address, and that is then no pretence.
        """
        client, _, server, port = key
        hostname = parsed.hostname
        if parsed.status is not ParseStatus.NAME:
            nameless = FlowName("", evidence, hidden=self._way_of_hiding(server, port))
            return self._name_by_address(client, server, timestamp, nameless)
        if self.platform_of(hostname) is None:
            return self._name_other_site(key, hostname, evidence, timestamp)
        if not is_proxied and self.dns_memory.is_spoofed(client, hostname, server, timestamp):
            return FlowName(hostname, Evidence.HIDDEN, hidden=HidingMethod.SPOOFED)
        return FlowName(hostname, evidence, is_tracked=True)

    def _name_other_site(
        self, key: FlowKey, hostname: str, evidence: Evidence, timestamp: float
    ) -> FlowName:
        """Settle a name that may show for another, or point to a platform."""
        client, _, server, port = key
        hides = self._hiding.method_of_hostname(hostname)
        if hides is HidingMethod.ENCRYPTED_HELLO or self.dns_memory.is_ech_outer_name(hostname):
            shown = FlowName(hostname, evidence, hidden=HidingMethod.ENCRYPTED_HELLO)
            return self._name_by_address(client, server, timestamp, shown)
        if port == DNS_OVER_TLS or hides in _HIDES_DNS:
            self.dns_memory.mark_resolver_hidden(client, timestamp)
        alias = self.dns_memory.find_alias(hostname, timestamp)
        return FlowName(hostname, evidence, alias, is_tracked=bool(alias))

    def _name_by_address(
        self, client: bytes, server: bytes, timestamp: float, shown: FlowName
    ) -> FlowName:
        """Take the name that DNS gave for the address, where it gave one."""
        if shown.hidden in _HIDES_DNS:
            self.dns_memory.mark_resolver_hidden(client, timestamp)
        hostname = self.dns_memory.find_hostname(client, server, timestamp)
        if not hostname:
            return shown._replace(evidence=Evidence.HIDDEN)
        alias = self.dns_memory.find_alias(hostname, timestamp)
        return FlowName(hostname, Evidence.ADDRESS, alias, is_tracked=True)

    def _platform_of_alias(self, hostname: str) -> str | None:
        match = self._catalogue().recognise_cname(hostname)
        return match.platform if match else None

    def _way_of_hiding(self, server: bytes, port: int) -> HidingMethod:
        if port == DNS_OVER_TLS:
            return HidingMethod.RESOLVER
        return self._hiding.method_of_address(server) or HidingMethod.NAMELESS
