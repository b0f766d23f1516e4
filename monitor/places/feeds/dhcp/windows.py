"""Follows the audit logs of Windows' DHCP server: a folder with a file for each day of the week.

A file (`DhcpSrvLog-Mon.log`) begins with an explanation, then a header that starts with
`ID,Date,Time`, then lines; a week later it is written anew. The log does not say how long a lease
lasts: Windows' default of eight days is assumed, and it ends earlier when the log says so.

Its log of DHCPv6 (`DhcpV6SrvLog-Mon.log`) is not read: its columns have a client's DUID and no MAC
address (`…,IPv6 Address,Host Name,Error Code, Duid Length, Duid Bytes(Hex),User Name,Dhcid,Subnet
Prefix.`, in https://docs.nxlog.co/integrate/windows-dhcp-server.html), and a DUID names no device.

Unverified, for want of a real server: the date is `MM/DD/YY`, or with `-` or `.` the day first, or
with four digits the year first, as the server's language has it; `RelayAgentInformation` is option
82 in hexadecimal; and a file may be in UTF-16, of which only the ASCII is used.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from monitor.health import FeedOutcome
from monitor.places.bindings import Address, BindingEvent, BindingSource
from monitor.places.feeds.dhcp import kea
from monitor.places.feeds.dhcp.leases import Lease, LeaseTranslator
from monitor.places.feeds.dhcp.option82 import RelayInfo, parse_hexadecimal
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.feeds.file_tail import FileTail
from monitor.places.hardware_address import parse_mac
from schedules.local_time import FIRST_YEAR, LAST_YEAR

FILES = "DhcpSrvLog-*.log"
MAX_FILES = 14
"""Seven, and some for a folder with copies."""
LEASE_SECONDS = 8 * 86_400.0
"""Seconds: the default of Windows."""
RELAY = "RelayAgentInformation"
HARDWARE = "MAC Address"
REQUIRED = ("ID", "Date", "Time", "IP Address")
_DATE = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
_YEAR_DIGITS = 4


class WindowsLogEvent(IntEnum):
    """The numbers of the log that are used."""

    NEW = 10
    RENEWED = 11
    RELEASED = 12
    DELETED = 16
    EXPIRED = 17
    EXPIRED_AND_UNNAMED = 18
    """Its name was removed from DNS too."""


class WindowsLogColumns(NamedTuple):
    """The columns of a line that are kept."""

    number: int
    date: int
    time: int
    address: int
    relay: int | None
    hardware: int | None

    @classmethod
    def parse_header(cls, header: str) -> Self:
        """Parse a header.

        Raises:
            ValueError: when a column is missing.
        """
        names = [name.strip().rstrip(".") for name in header.split(",")]
        number, date, time, address = (names.index(name) for name in REQUIRED)
        relay, hardware = (
            names.index(name) if name in names else None for name in (RELAY, HARDWARE)
        )
        return cls(number, date, time, address, relay, hardware)

    def parse_line(self, line: str, zone: ZoneInfo) -> tuple[WindowsLogEvent, Lease] | None:
        """Parse a line; None when it is about something else. Names are dropped.

        Raises:
            ValueError: when a value is wrong; the error does not quote it.
        """
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) <= self.number or cells[self.number] not in _NUMBERS:
            return None
        if len(cells) <= max(self[:4]):
            raise ValueError("too few columns")
        event = WindowsLogEvent(int(cells[self.number]))
        timestamp = parse_timestamp(cells[self.date], cells[self.time], zone)
        relay, hardware = (
            cells[column] if column is not None and column < len(cells) else ""
            for column in (self.relay, self.hardware)
        )
        lease = Lease(
            address=kea.parse_address(cells[self.address]),
            relay_info=parse_hexadecimal(relay) if relay else RelayInfo(),
            since=timestamp,
            until=timestamp + LEASE_SECONDS if event <= WindowsLogEvent.RENEWED else timestamp,
            is_renewal=event is WindowsLogEvent.RENEWED,
            hardware=parse_mac(hardware),
        )
        return event, lease


class _Day:
    def __init__(self, path: Path) -> None:
        self.file = FileTail(path)
        self.columns: WindowsLogColumns | None = None


class WindowsLogFeed:
    """A feed from a folder of audit logs.

    Args:
        folder: where the server writes them, or has them copied to.
        leases: translates leases into events.
        zone: of the server's clock.
    """

    name = "windows"
    is_asked = False

    def __init__(self, folder: Path, leases: LeaseTranslator, zone: ZoneInfo) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._folder = folder
        self._leases = leases
        self._zone = zone
        self._days: dict[Path, _Day] = {}

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what was written since the last call.

        Raises:
            OSError: when the folder or a file cannot be read.
        """
        paths = list(self._folder.glob(FILES))[:MAX_FILES]
        if not paths:
            raise FileNotFoundError(f"no {FILES} in the folder")
        for path in self._days.keys() - paths:
            self._days.pop(path).file.close()
        last: dict[Address, tuple[WindowsLogEvent, Lease]] = {}
        for path in sorted(paths, key=lambda path: path.stat().st_mtime):
            day = self._days.setdefault(path, _Day(path))
            for entry in self._entries(day, day.file.new_lines()):
                _keep(last, entry)
        for event, lease in last.values():
            self.heard_at = now
            if event <= WindowsLogEvent.RENEWED:
                yield self._leases.lease_event(lease, now, self.counts)
            else:
                self.counts[FeedOutcome.TAKEN] += 1
                yield self._leases.end_event(lease.address, now)

    def close(self) -> None:
        """Close the files."""
        for day in self._days.values():
            day.file.close()

    def _entries(self, day: _Day, lines: Iterable[str]) -> Iterator[tuple[WindowsLogEvent, Lease]]:
        for raw_line in lines:
            line = raw_line.replace("\0", "").strip()
            try:
                if line.startswith("ID,Date,Time"):
                    day.columns = WindowsLogColumns.parse_header(line)
                elif day.columns is not None and (
                    entry := day.columns.parse_line(line, self._zone)
                ):
                    yield entry
            except ValueError:
                self.counts[FeedOutcome.MALFORMED] += 1


def parse_timestamp(date: str, time: str, zone: ZoneInfo) -> float:
    """Parse a date and a time of the log, into seconds since 1970-01-01 UTC.

    Raises:
        ValueError: when they are not valid.
    """
    day, clock = _DATE.fullmatch(date), _TIME.fullmatch(time)
    if day is None or clock is None:
        raise ValueError("no date and time")
    first, between, middle, last = day.groups()
    if len(first) == _YEAR_DIGITS:
        year, month, number = int(first), int(middle), int(last)
    elif between == "/":
        month, number, year = int(first), int(middle), int(last)
    else:
        number, month, year = int(first), int(middle), int(last)
    year = year if year >= FIRST_YEAR else FIRST_YEAR + year
    if year > LAST_YEAR:
        raise ValueError("no year of a log")
    hour, minute, second = map(int, clock.groups())
    return datetime(year, month, number, hour, minute, second, tzinfo=zone).timestamp()


def _keep(
    last: dict[Address, tuple[WindowsLogEvent, Lease]], entry: tuple[WindowsLogEvent, Lease]
) -> None:
    """Keep the latest entry of an address, with the relay information of when it was new."""
    event, lease = entry
    before = last.get(lease.address)
    if before is not None and before[1].since > lease.since:
        return
    if before is not None and lease.is_renewal and not any(lease.relay_info):
        lease = lease._replace(relay_info=before[1].relay_info, is_renewal=before[1].is_renewal)
    last[lease.address] = (event, lease)


_NUMBERS = frozenset(str(int(event)) for event in WindowsLogEvent)


FEED = FeedSpec(
    name=WindowsLogFeed.name,
    source=BindingSource.DHCP,
    section="dhcp",
    key="windows_logs",
    open=lambda path, context: WindowsLogFeed(path, context.leases, context.zone),
)
