"""Settings of the feeds that say where an address is, beside the prefixes that stay the same."""

from typing import Annotated

from pydantic import Field

from monitor.configuration.values import (
    LocalPath,
    Prefix,
    Section,
    SocketAddress,
    Text,
    parse_socket_address,
)


class AttachmentSettings(Section):
    """Which room an access point, a VLAN or a switch's port is in."""

    file: LocalPath | None = None
    """A CSV file with the columns `kind,name,room,layer,role`."""


class RadiusSettings(Section):
    """RADIUS accounting: who is on the Wi-Fi where, without their names."""

    listen: SocketAddress | None = None
    """Where copies of accounting messages arrive; None: nowhere."""
    detail: LocalPath | None = None
    """A FreeRADIUS detail file, for servers that cannot send copies."""
    forget_after_hours: Annotated[int, Field(ge=1, le=48)] = 10
    """Hours without a message after which a session is over."""
    staff_classes: tuple[Text, ...] = Field(default=(), strict=False)
    """Values of the attribute Class that staff have."""
    own_prefixes: bool = False
    """Whether each session has a /64 of its own (RFC 8273); otherwise no /64 says where a device
    is."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""
        return parse_socket_address(self.listen) if self.listen else None

    @property
    def is_on(self) -> bool:
        """Whether accounting is heard at all."""
        return bool(self.listen or self.detail)


class SenderSettings(Section):
    """A server or controller that may send RADIUS accounting."""

    prefix: Prefix
    secret: LocalPath
    """A file with the shared secret, readable by nobody else."""
    message_authenticator: bool = True
    """Whether each message has to have a Message-Authenticator."""


class DhcpSettings(Section):
    """DHCP servers whose leases name the port or access point of an address."""

    kea_leases: LocalPath | None = None
    kea_socket: LocalPath | None = None
    kea_leases6: LocalPath | None = None
    kea_socket6: LocalPath | None = None
    """The same of Kea's DHCPv6."""
    dnsmasq_leases: LocalPath | None = None
    dnsmasq_socket: LocalPath | None = None
    """The socket to which the script in `deploy/dnsmasq/` sends each lease."""
    windows_logs: LocalPath | None = None
    """The folder of a Windows server's `DhcpSrvLog-*.log`."""
