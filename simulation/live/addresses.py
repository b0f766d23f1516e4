"""Where the gateway of a demonstration listens, on ports that nobody uses."""

from typing import NamedTuple

from simulation.live.machine import find_free_ports
from simulation.live.processes.tls_server import LOOPBACK
from simulation.live.processes.tunnel import HostPort


class ListenAddresses(NamedTuple):
    """Two proxies, two endpoints and two sets of pages."""

    http: HostPort
    socks: HostPort
    metrics: HostPort
    health: HostPort
    pages: HostPort
    device: HostPort

    @property
    def configured(self) -> dict[str, str]:
        """How the configuration says it."""
        return {
            "gateway": f"regular@{self.http},socks5@{self.socks}",
            "metrics": str(self.metrics),
            "health": str(self.health),
            "web": str(self.pages),
            "device": str(self.device),
        }


def choose_addresses() -> ListenAddresses:
    """Choose ports."""
    return ListenAddresses(
        *(HostPort(LOOPBACK, port) for port in find_free_ports(len(ListenAddresses._fields)))
    )
