"""Settings of the processes: where they listen, and where the store is."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from monitor.configuration.values import (
    LocalPath,
    Prefix,
    Section,
    SocketAddress,
    Text,
    parse_socket_address,
)
from monitor.release.retention import MAX_WEEKS_KEPT, MIN_WEEKS_KEPT
from schedules.language import gettext
from schedules.outgoing.policy import OutgoingPolicy

FINGERPRINT_LENGTH = 12
"""Hexadecimal digits that tell one rule of a firewall from another."""


class OutgoingSettings(Section):
    """Where Lesrust itself may connect: to a timetable's server, or the provider of accounts."""

    inside: tuple[Prefix, ...] = Field(default=(), strict=False)
    """What is no internet, and may be connected to."""

    @property
    def policy(self) -> OutgoingPolicy:
        """Return what that means for a connection."""
        return OutgoingPolicy(self.inside)


class GatewaySettings(Section):
    """Where the mitmproxy addon listens."""

    listen: tuple[Text, ...] = Field(default=("transparent@8080",), min_length=1, strict=False)
    inside: tuple[Prefix, ...] = Field(default=(), strict=False)
    """What is no internet, and clients of an explicit proxy may be connected to."""
    forbidden: tuple[Prefix, ...] = Field(default=(), strict=False)
    """What they may not be connected to, also where it is internet."""


def _check_fingerprint(value: str) -> str:
    if len(value) != FINGERPRINT_LENGTH or set(value) - set("0123456789abcdef"):
        raise PydanticCustomError(
            "fingerprint", gettext("a code as `lesrust steer` shows it, such as '3f9a1c2e77b0'")
        )
    return value


Fingerprint = Annotated[str, AfterValidator(_check_fingerprint)]


class SteeringSettings(Section):
    """What the administrator looked at before connections are steered."""

    reviewed: tuple[Fingerprint, ...] = Field(default=(), strict=False)
    """Rules of the school's firewall that cannot be compared, by the fingerprints that are shown:
    somebody saw that they say the same of what is steered."""


class WatchSettings(Section):
    """What the passive sensor captures."""

    interfaces: tuple[Text, ...] = Field(default=(), strict=False)
    promiscuous: bool = True
    """Whether to capture frames for other machines too, as on a mirror port."""
    tunnels: tuple[Literal["vxlan", "geneve", "gtp", "6in4", "4in6", "ipip", "gre"], ...] = Field(
        default=(), strict=False
    )
    """Tunnel protocols whose inner packets are read."""
    gateway: LocalPath | None = None
    """The socket of the gateway on this machine, which receives the sensor's sightings; None: the
    sensor has a core of its own."""


class EndpointSettings(Section):
    """An HTTP endpoint."""

    listen: SocketAddress

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return parse_socket_address(self.listen)


class MetricsSettings(EndpointSettings):
    """Where Prometheus reads the released figures."""

    listen: SocketAddress = "127.0.0.1:9464"


class HealthSettings(EndpointSettings):
    """Where the administrator's own monitoring reads the health of Lesrust."""

    listen: SocketAddress = "127.0.0.1:9465"
    token: LocalPath | None = None
    """The file with what has to be said there; None: beside the file of [web] secret."""


class DeviceSettings(Section):
    """The page on which a device sees what is recognised of itself ('Mijn apparaat')."""

    listen: SocketAddress | None = None
    """Where devices reach it directly, without a proxy that hides their address; None: no page."""
    names: tuple[Text, ...] = Field(default=(), strict=False)
    """Hostnames by which it is reached; an IP address always is one."""
    shared: tuple[Prefix, ...] = Field(default=(), strict=False)
    """Addresses that several devices share: they are refused."""
    certificate: LocalPath | None = None
    """A PEM file with the certificate and its chain; None: no TLS."""
    key: LocalPath | None = None
    """A PEM file with the certificate's key; None: it is in the certificate's file."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""
        return parse_socket_address(self.listen) if self.listen else None

    @model_validator(mode="after")
    def _require_certificate_for_key(self) -> Self:
        if self.key and not self.certificate:
            raise PydanticCustomError("certificate", gettext("a key only with a certificate"))
        return self


class StoreSettings(Section):
    """Where figures, timetables and exemptions are stored."""

    database: Text = "lesrust.sqlite3"
    """A path for SQLite, or `postgresql://…`."""
    weeks_kept: Annotated[int, Field(ge=MIN_WEEKS_KEPT, le=MAX_WEEKS_KEPT)] | None = None
    """Weeks for which weekly figures are kept; None: until the end of the next school year."""
