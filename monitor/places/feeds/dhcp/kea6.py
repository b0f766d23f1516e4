"""Leases of Kea's DHCPv6, as those of DHCPv4: its own lease file.

A client is known by its MAC address where Kea learned it from the network, and never by its DUID.
Kea takes none from a link-local address when it is a randomised one, as phones have: then only the
relay tells it (RFC 6939).
"""

from monitor.places.bindings import BindingSource
from monitor.places.feeds.dhcp.kea_leases import KeaLeaseFileFeed
from monitor.places.feeds.feed_spec import FeedSpec


class Kea6LeaseFileFeed(KeaLeaseFileFeed):
    """A feed from the lease file of DHCPv6."""

    name = "kea6"


FEED = FeedSpec(
    name=Kea6LeaseFileFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="kea_leases6",
    open=lambda path, context: Kea6LeaseFileFeed(path, context.leases),
)
