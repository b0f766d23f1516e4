"""What tells where an address is, beside the prefixes that are always the same."""

from typing import Annotated

from pydantic import Field

from monitor.configuration.values import (
    LocalPath,
    Prefix,
    Section,
    SocketAddress,
    Text,
    socket_address,
)


class Attachments(Section):
    """Which room an access point, a VLAN or a switch's port is in."""

    file: LocalPath | None = None
    """A CSV file with the columns `kind,name,room,layer,role`."""


class Radius(Section):
    """RADIUS accounting: who is on the Wi-Fi where, without their names."""

    listen: SocketAddress | None = None
    """Where copies of accounting arrive; None: nowhere."""
    detail: LocalPath | None = None
    """A detail file of FreeRADIUS's, for those who cannot send copies."""
    forget_after_hours: Annotated[int, Field(ge=1, le=48)] = 10
    """After which a session that nothing is heard of is over."""
    staff_classes: tuple[Text, ...] = Field(default=(), strict=False)
    """Values of the attribute Class that staff have."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port."""
        return socket_address(self.listen) if self.listen else None


class Sender(Section):
    """A server or controller that may send RADIUS accounting."""

    prefix: Prefix
    secret: LocalPath
    """A file with the shared secret, readable by nobody else."""


class Dhcp(Section):
    """DHCP servers whose leases say at which port or access point an address is."""

    kea_leases: LocalPath | None = None
    kea_socket: LocalPath | None = None
    dnsmasq_leases: LocalPath | None = None
    dnsmasq_socket: LocalPath | None = None
    """Where `deploy/dnsmasq/` hands over what dnsmasq runs it with."""
    windows_logs: LocalPath | None = None
    """The folder of a Windows server's `DhcpSrvLog-*.log`."""
