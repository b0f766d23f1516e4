"""Where the processes listen, and where what must last is kept."""

from typing import Literal

from pydantic import Field

from monitor.configuration.values import LocalPath, Section, SocketAddress, Text, socket_address


class Gateway(Section):
    """Where the mitmproxy addon listens."""

    listen: tuple[Text, ...] = Field(default=("transparent@8080",), min_length=1, strict=False)


class Watch(Section):
    """What the passive sensor listens to."""

    interfaces: tuple[Text, ...] = Field(default=(), strict=False)
    promiscuous: bool = True
    """Whether to hear what is not meant for this machine, as on a mirror port."""
    tunnels: tuple[Literal["vxlan", "geneve", "gtp", "6in4", "4in6", "ipip", "gre"], ...] = Field(
        default=(), strict=False
    )
    """Ways in which packets are carried in packets, to look into."""
    gateway: LocalPath | None = None
    """The socket on which the gateway of this machine takes what the sensor sees; None: the sensor
    has a core of its own."""


class Endpoint(Section):
    """An HTTP endpoint that others read."""

    listen: SocketAddress

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return socket_address(self.listen)


class Metrics(Endpoint):
    """Where Prometheus reads the released figures."""

    listen: SocketAddress = "127.0.0.1:9464"


class Health(Endpoint):
    """Where the administrator's own monitoring reads how Lesrust itself is."""

    listen: SocketAddress = "127.0.0.1:9465"


class Store(Section):
    """Where what must last is kept."""

    database: Text = "lesrust.sqlite3"
    """A path for SQLite, or `postgresql://…`."""
