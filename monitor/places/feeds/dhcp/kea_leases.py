"""Follows the file in which Kea keeps its leases (`memfile`), as it grows and is cleaned up.

Kea only adds lines: the last one for an address counts. Columns are found by their names in the
header. The user context is JSON without quotes; Kea writes a comma in it as `&#x2c`, and where it
does not, the columns around it are counted.

Now and then Kea sets the file aside (`.1`) and condenses it (`.2`, `.completed`); the file then
begins anew, without the condensed leases. So those are read first, as Kea itself does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from monitor.health import FeedOutcome
from monitor.places.bindings import Address, BindingEvent, BindingSource
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import Lease, LeaseTranslator
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.feeds.file_tail import FileTail
from monitor.places.hardware_address import parse_ipv6_hardware, parse_mac

MAX_LINES = 500_000
"""Lines that are read of a file that was set aside."""
REQUIRED = ("address", "valid_lifetime", "expire", "state")
CONTEXT = "user_context"
HARDWARE = "hwaddr"
DUID, KIND, SOURCE = "duid", "lease_type", "hwaddr_source"
"""Columns of the file of DHCPv6; older versions do not say how they learned a MAC address."""
_UNKNOWN = "0"
_OF_THE_CLIENT = frozenset({"1", "4", "8"})
"""How Kea learns a client's own MAC address: from the frame, from its link-local address, and from
what the relay nearest to it says (RFC 6939). Others may be a DUID's, a switch's or a modem's."""
_COMMA = "&#x2c"


class KeaColumns(NamedTuple):
    """The columns of a line that are kept."""

    address: int
    lifetime: int
    expire: int
    state: int
    context: int | None
    hardware: int | None
    duid: int | None
    kind: int | None
    source: int | None
    width: int

    @classmethod
    def parse_header(cls, header: str) -> Self:
        """Parse a header.

        Raises:
            ValueError: when a column is missing.
        """
        names = header.split(",")
        context, hardware, duid, kind, source = (
            names.index(name) if name in names else None
            for name in (CONTEXT, HARDWARE, DUID, KIND, SOURCE)
        )
        address, lifetime, expire, state = (names.index(name) for name in REQUIRED)
        return cls(
            address, lifetime, expire, state, context, hardware, duid, kind, source, len(names)
        )

    def parse_line(self, line: str) -> Lease | None:
        """Parse a line; None when it leases no address. Names in it are dropped.

        Raises:
            ValueError: when a value is wrong; the error does not quote it.
        """
        cells = line.split(",")
        context = "" if self.context is None else self._take_context(cells, self.context)
        if len(cells) != self.width:
            raise ValueError("another number of columns")
        if self.kind is not None and cells[self.kind] == kea.PREFIX:
            return None
        address = kea.parse_address(cells[self.address])
        lifetime, expire, state = (
            _parse_number(cells[column]) for column in (self.lifetime, self.expire, self.state)
        )
        since = expire if lifetime == kea.FOREVER else expire - lifetime
        until = kea.lease_end(since, lifetime) if state == kea.ASSIGNED else since
        relay_info = kea.parse_relay_info(kea.parse_json(context) if context else None)
        return Lease(address, relay_info, since, until, hardware=self._parse_hardware(cells))

    def _parse_hardware(self, cells: list[str]) -> bytes:
        """Parse the client's MAC address; empty where it may be another's, such as the DUID's."""
        mac = "" if self.hardware is None else cells[self.hardware]
        if self.duid is None:
            return parse_mac(mac)
        if self.kind is not None and cells[self.kind] == kea.TEMPORARY:
            return b""
        source = _UNKNOWN if self.source is None else cells[self.source]
        if source in {"", _UNKNOWN}:
            return parse_ipv6_hardware(mac, cells[self.duid])
        return parse_mac(mac) if source in _OF_THE_CLIENT else b""

    def _take_context(self, cells: list[str], start: int) -> str:
        """Return the user context, whatever commas it has, and leave one cell for it."""
        end = start + 1 + max(0, len(cells) - self.width)
        context = ",".join(cells[start:end]).replace(_COMMA, ",")
        cells[start:end] = [""]
        return context


class KeaLeaseFileFeed:
    """A feed from Kea's lease file.

    Args:
        path: of the file, as `lease-database` in Kea's configuration names it.
        leases: translates leases into events.
    """

    name = "kea"
    is_asked = False

    def __init__(self, path: Path, leases: LeaseTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._path = path
        self._file = FileTail(path)
        self._leases = leases
        self._columns: KeaColumns | None = None
        self._has_begun = False

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what was written since the last call.

        Raises:
            OSError: when the file cannot be read.
        """
        latest: dict[Address, Lease] = {}
        if not self._has_begun:
            for file in self._set_aside():
                self._collect(islice(_lines(file), MAX_LINES), latest)
        self._collect(self._file.new_lines(), latest)
        self._has_begun = True
        for lease in latest.values():
            self.heard_at = now
            yield self._leases.lease_event(lease, now, self.counts)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _set_aside(self) -> list[Path]:
        """Return the condensed file and the one that is being condensed, where they exist."""
        completed, condensed, aside = (
            Path(f"{self._path}.{suffix}") for suffix in ("completed", "2", "1")
        )
        first = [completed] if completed.exists() else [condensed, aside]
        return [path for path in first if path.exists()]

    def _collect(self, lines: Iterable[str], latest: dict[Address, Lease]) -> None:
        for line in lines:
            try:
                if line.startswith("address,"):
                    self._columns = KeaColumns.parse_header(line)
                elif line and self._columns is not None:
                    lease = self._columns.parse_line(line)
                    if lease is not None:
                        latest[lease.address] = lease
            except ValueError:
                self.counts[FeedOutcome.MALFORMED] += 1


def _parse_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(2**40))):
        raise ValueError("no number")
    return int(text)


def _lines(path: Path) -> Iterator[str]:
    file = FileTail(path)
    while lines := list(file.new_lines()):
        yield from lines
    file.close()


FEED = FeedSpec(
    name=KeaLeaseFileFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="kea_leases",
    open=lambda path, context: KeaLeaseFileFeed(path, context.leases),
)
