"""Leases of Kea's DHCPv6, as those of DHCPv4: its own control socket.

It does not say where Kea had a MAC address from, as the file does. So one that is the DUID's too is
not believed.
"""

from monitor.places.bindings import BindingSource
from monitor.places.feeds.dhcp.kea_control import COMMAND_6, KeaControlFeed
from monitor.places.feeds.feed_spec import FeedSpec


class Kea6ControlFeed(KeaControlFeed):
    """A feed from the control socket of DHCPv6."""

    name = "kea6-control"
    command = COMMAND_6


FEED = FeedSpec(
    name=Kea6ControlFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="kea_socket6",
    open=lambda path, context: Kea6ControlFeed(path, context.leases),
)
