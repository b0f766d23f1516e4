"""The addresses on which a demonstration listens, on unused ports."""

from typing import NamedTuple

from simulation.live.machine import find_free_ports
from simulation.live.processes.tls_server import LOOPBACK
from simulation.live.processes.tunnel import HostPort


class ListenAddresses(NamedTuple):
    """The addresses of two proxies, two metric endpoints, the pages and the own-device page."""

    http: HostPort
    socks: HostPort
    metrics: HostPort
    health: HostPort
    pages: HostPort
    device: HostPort

    @property
    def as_settings(self) -> dict[str, str]:
        """The addresses by section of the configuration."""
        return {
            "gateway": f"regular@{self.http},socks5@{self.socks}",
            "metrics": str(self.metrics),
            "health": str(self.health),
            "web": str(self.pages),
            "device": str(self.device),
        }


def choose_addresses() -> ListenAddresses:
    """Choose an unused port for each."""
    return ListenAddresses(
        *(HostPort(LOOPBACK, port) for port in find_free_ports(len(ListenAddresses._fields)))
    )
