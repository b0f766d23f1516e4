"""Reads dnsmasq's lease file, which says of a renewed lease how much longer it lasts.

dnsmasq does not run its script for a renewal unless it is asked to, and the file does not have
option 82. Its lines are `expiry MAC IP hostname client-id`; it is written anew in place, so it is
read whole. Behind a line `duid` are those of IPv6, which have no MAC address: the script has it.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from monitor.health import FeedOutcome
from monitor.places.bindings import MAX_SESSIONS, Address, BindingEvent, BindingSource
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.dnsmasq import parse_client_mac, parse_expiry
from monitor.places.feeds.dhcp.leases import Lease, LeaseTranslator
from monitor.places.feeds.dhcp.option82 import RelayInfo
from monitor.places.feeds.feed_spec import FeedSpec

MAX_FILE_SIZE = 16 * 1024 * 1024


class DnsmasqLeaseFileFeed:
    """A feed from the lease file.

    Args:
        path: of the file, as `dhcp-leasefile` names it.
        leases: the same that the script's feed has.
    """

    name = "dnsmasq-leases"
    is_asked = False

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._leases = leases
        self._seen: tuple[int, int, int] | None = None
        self._known: dict[Address, tuple[float, int]] = {}

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what has changed since the last call.

        Raises:
            OSError: when the file cannot be read.
        """
        status = self._path.stat()
        seen = (status.st_ino, status.st_size, status.st_mtime_ns)
        if seen == self._seen:
            return
        with self._path.open("rb") as file:
            content = file.read(MAX_FILE_SIZE)
        self._seen, self.heard_at = seen, now
        known, self._known = self._known, {}
        for lease in self._parse_lines(content, now):
            # The hash is only compared: a MAC address is not kept.
            version = self._known[lease.address] = (lease.until, hash(lease.hardware))
            if known.get(lease.address) != version:
                yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _parse_lines(self, content: bytes, now: float) -> Iterator[Lease]:
        """Parse whole lines; the last may be unfinished."""
        for line in content.split(b"\n")[:-1][:MAX_SESSIONS]:
            if line.startswith(b"duid "):  # that of the server; leases of IPv6 follow
                return
            try:
                yield parse_lease_line(line, now)
            except ValueError:
                self.counts[FeedOutcome.MALFORMED] += 1


def parse_lease_line(line: bytes, now: float) -> Lease:
    """Parse a line of the file, of which the names are dropped.

    Raises:
        ValueError: when it is something else; the error does not quote it.
    """
    expires, hardware, address, *_ = (*line.decode("latin-1").split(" ", 3), "", "", "")
    return Lease(
        kea.parse_address(address),
        RelayInfo(),
        now,
        parse_expiry(expires),
        is_renewal=True,
        hardware=parse_client_mac(hardware),
    )


FEED = FeedSpec(
    name=DnsmasqLeaseFileFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="dnsmasq_leases",
    open=lambda path, context: DnsmasqLeaseFileFeed(path, context.leases),
)
