"""Where the processes listen, and where what must last is kept."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import (
    LocalPath,
    Prefix,
    Section,
    SocketAddress,
    Text,
    socket_address,
)


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


class Device(Section):
    """The page on which a device sees what is recognised of itself ('Mijn apparaat')."""

    listen: SocketAddress | None = None
    """Where devices reach it directly, with nothing between that hides their address; None: no
    page."""
    names: tuple[Text, ...] = Field(default=(), strict=False)
    """Hostnames by which it is reached; an IP address always is one."""
    shared: tuple[Prefix, ...] = Field(default=(), strict=False)
    """Addresses behind which there are several devices: they are refused."""
    certificate: LocalPath | None = None
    """A PEM file with the certificate and what it is signed by; None: no TLS."""
    key: LocalPath | None = None
    """A PEM file with the certificate's key; None: it is in the certificate's file."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""
        return socket_address(self.listen) if self.listen else None

    @model_validator(mode="after")
    def _has_what_the_key_is_for(self) -> Self:
        if self.key and not self.certificate:
            raise PydanticCustomError("certificate", "a key only with a certificate")
        return self


class Store(Section):
    """Where what must last is kept."""

    database: Text = "lesrust.sqlite3"
    """A path for SQLite, or `postgresql://…`."""
