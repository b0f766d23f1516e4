"""Where the gateway of a demonstration listens, on ports that nobody uses."""

from typing import NamedTuple

from simulation.live.machine import free_ports
from simulation.live.tls_server import LOOPBACK
from simulation.live.tunnel import Address


class Listening(NamedTuple):
    """Two proxies, two endpoints and two sets of pages."""

    http: Address
    socks: Address
    metrics: Address
    health: Address
    pages: Address
    device: Address

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


def anywhere() -> Listening:
    """Choose ports."""
    return Listening(*(Address(LOOPBACK, port) for port in free_ports(len(Listening._fields))))
