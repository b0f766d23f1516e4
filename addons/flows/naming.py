"""Decides a flow's name, from its first bytes and from what DNS said.

The name in the first bytes can be another's (an encrypted ClientHello shows the name of the server
that decrypts it), false (a VPN writes the name of a known site), or say nothing by itself (a weblog
on its own domain). Where there is none, DNS may have said whose the address is.
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
"""Ways to hide by which a client asks DNS unseen."""

type FlowKey = tuple[bytes, int, bytes, int]
"""A flow's client and server: the packed address and the port of each."""


class FlowName(NamedTuple):
    """A flow's name, as a sighting has it."""

    hostname: str
    evidence: Evidence
    cname: str = ""
    hiding_method: HidingMethod | None = None
    is_tracked: bool = False
    """Whether its bytes are counted: those of flows to no platform are not."""


class FlowNamer:
    """Names flows by their first bytes, the catalogue and DNS answers.

    Args:
        catalogue: returns the catalogue in force.
        hiding_list: names and addresses of what hides where flows go.
    """

    def __init__(self, catalogue: Callable[[], Catalogue], hiding_list: HidingList) -> None:
        self._catalogue = catalogue
        self._hiding_list = hiding_list
        self.dns_memory = DnsMemory(self.platform_of, self._platform_of_cname)

    def platform_of(self, hostname: str) -> str | None:
        """Return the platform that the catalogue has a hostname under; None where it has none."""
        match = self._catalogue().recognise(hostname)
        return match.platform if match else None

    def name_flow(
        self,
        key: FlowKey,
        result: ParseResult,
        evidence: Evidence,
        timestamp: float,
        dns_client: bytes,
        *,
        is_proxied: bool = False,
    ) -> FlowName:
        """Return a flow's name.

        Args:
            key: the flow.
            result: what its first bytes hold.
            evidence: which evidence a name in them is.
            timestamp: seconds since 1970-01-01 UTC.
            dns_client: whose answers of DNS are used; empty for nobody's.
            is_proxied: whether the server is a proxy that was asked for another server: DNS never
                gives a platform's name for its address, and the name is still true.
        """
        _, _, server, port = key
        hostname = result.hostname
        if result.status is not ParseStatus.NAME:
            nameless = FlowName("", evidence, hiding_method=self._hiding_method(server, port))
            return self._name_by_address(dns_client, server, timestamp, nameless)
        if self.platform_of(hostname) is None:
            return self._name_other_site(dns_client, key, hostname, evidence, timestamp)
        if not is_proxied and self.dns_memory.is_spoofed(dns_client, hostname, server, timestamp):
            return FlowName(hostname, Evidence.HIDDEN, hiding_method=HidingMethod.SPOOFED)
        return FlowName(hostname, evidence, is_tracked=True)

    def _name_other_site(
        self, client: bytes, key: FlowKey, hostname: str, evidence: Evidence, timestamp: float
    ) -> FlowName:
        """Return the name of a flow to no platform; it may hide another, or point to a platform."""
        _, _, server, port = key
        hides = self._hiding_list.method_of_hostname(hostname)
        if hides is HidingMethod.ENCRYPTED_HELLO or self.dns_memory.is_ech_outer_name(
            client, hostname, timestamp
        ):
            shown = FlowName(hostname, evidence, hiding_method=HidingMethod.ENCRYPTED_HELLO)
            return self._name_by_address(client, server, timestamp, shown)
        if port == DNS_OVER_TLS or hides in _HIDES_DNS:
            self.dns_memory.mark_resolver_hidden(client, timestamp)
        alias = self.dns_memory.find_cname(client, hostname, timestamp)
        return FlowName(hostname, evidence, alias, is_tracked=bool(alias))

    def _name_by_address(
        self, client: bytes, server: bytes, timestamp: float, unresolved: FlowName
    ) -> FlowName:
        """Return the name that DNS gave for the address; without one, the flow stays hidden."""
        if unresolved.hiding_method in _HIDES_DNS:
            self.dns_memory.mark_resolver_hidden(client, timestamp)
        hostname = self.dns_memory.find_hostname(client, server, timestamp)
        if not hostname:
            return unresolved._replace(evidence=Evidence.HIDDEN)
        alias = self.dns_memory.find_cname(client, hostname, timestamp)
        return FlowName(hostname, Evidence.ADDRESS, alias, is_tracked=True)

    def _platform_of_cname(self, hostname: str) -> str | None:
        match = self._catalogue().recognise_cname(hostname)
        return match.platform if match else None

    def _hiding_method(self, server: bytes, port: int) -> HidingMethod:
        if port == DNS_OVER_TLS:
            return HidingMethod.RESOLVER
        return self._hiding_list.method_of_address(server) or HidingMethod.NAMELESS
