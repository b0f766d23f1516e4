"""Reads FreeRADIUS's detail file as it grows, for those who cannot have accounting sent.

A record is a line without indent, lines `Attribute = value` with one, and an empty line. Names and
MAC addresses are dropped as their lines are read; that they stood there is counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv6Network, ip_address
from pathlib import Path
from re import fullmatch

from monitor.health import FeedOutcome
from monitor.places.bindings import BindingEvent, BindingSource
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.feeds.file_tail import FileTail
from monitor.places.feeds.radius.message import (
    AccountingMessage,
    AccountingStatus,
    RadiusAttribute,
    parse_accounting,
)
from monitor.places.feeds.radius.sessions import OLDEST_MESSAGE, AccountingTranslator

MOST_LINES = 200
"""Of one record."""
LONGEST_LINE = 1_000
"""Characters."""
_STATUS = {
    "Start": AccountingStatus.START,
    "Stop": AccountingStatus.STOP,
    "Interim-Update": AccountingStatus.INTERIM,
    "Accounting-On": AccountingStatus.ACCOUNTING_ON,
    "Accounting-Off": AccountingStatus.ACCOUNTING_OFF,
}
_SOMEONE = b"x"
"""In the place of a name or a MAC address: that there was one."""


class DetailFileFeed:
    """A feed from a detail file.

    Args:
        path: of the file; it may come later, and begin anew.
        sessions: makes bindings of records.
    """

    name = "radius-detail"

    def __init__(self, path: Path, sessions: AccountingTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._file = FileTail(path)
        self._sessions = sessions
        self._record: list[str] = []

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Give what was written since it was asked before.

        Raises:
            OSError: when the file cannot be read.
        """
        for line in self._file.new_lines():
            if line[:1].isspace() and line.strip():
                self._record.append(line[:LONGEST_LINE])
                del self._record[MOST_LINES:]
                continue
            record, self._record = self._record, []
            if line.strip():
                self.counts[FeedOutcome.MALFORMED] += bool(
                    record
                )  # another begins: its end is lost
            elif record:
                self.heard_at = now
                yield from self._of(record, now)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _of(self, record: Iterable[str], now: float) -> Iterator[BindingEvent]:
        try:
            attributes = _attributes(record)
            message = parse_accounting(attributes)
        except (ValueError, OverflowError):
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        if message is None or _is_old(message, now):
            self.counts[FeedOutcome.IGNORED] += 1
            return
        yield from self._sessions.events(_happened(message), now, self.counts)


def _is_old(message: AccountingMessage, now: float) -> bool:
    """Say whether it was written long before it is read, as most of a file is when that begins."""
    return message.timestamp is not None and now - message.timestamp > OLDEST_MESSAGE


def _happened(message: AccountingMessage) -> AccountingMessage:
    """Give the moment that it is about: Timestamp is when FreeRADIUS received it."""
    at = None if message.timestamp is None else message.timestamp - message.delay
    return message._replace(timestamp=at)


def _attributes(record: Iterable[str]) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for line in record:
        name, equals, value = (part.strip() for part in line.partition("="))
        known = _KNOWN.get(name.partition(":")[0])
        if equals and known is not None and line[:1].isspace():
            attribute, raw = known
            found.setdefault(attribute, []).append(raw(value.strip('"')))
    return found


def _user(value: str) -> bytes:
    return b"" if value.partition("@")[0].lower() in {"", "anonymous"} else _SOMEONE


def _station(value: str) -> bytes:
    return _SOMEONE if value else b""


def _status(value: str) -> bytes:
    return _STATUS.get(value, 0).to_bytes(4)


def _number(value: str) -> bytes:
    return int(value[:20]).to_bytes(4)


def _address(value: str) -> bytes:
    return ip_address(value).packed


def _prefix(value: str) -> bytes:
    prefix = IPv6Network(value, strict=False)
    return bytes((0, prefix.prefixlen)) + prefix.network_address.packed


def _class(value: str) -> bytes:
    """Read Class, which a detail file has in hexadecimal: `0x6c6565726c696e67`."""
    if fullmatch("0x([0-9a-fA-F]{2})+", value):
        return bytes.fromhex(value.removeprefix("0x"))
    return value.encode()


_KNOWN: dict[str, tuple[RadiusAttribute, Callable[[str], bytes]]] = {
    "Acct-Delay-Time": (RadiusAttribute.ACCT_DELAY_TIME, _number),
    "Acct-Interim-Interval": (RadiusAttribute.ACCT_INTERIM_INTERVAL, _number),
    "Acct-Session-Id": (RadiusAttribute.ACCT_SESSION_ID, str.encode),
    "Acct-Status-Type": (RadiusAttribute.ACCT_STATUS_TYPE, _status),
    "Called-Station-Id": (RadiusAttribute.CALLED_STATION_ID, str.encode),
    "Calling-Station-Id": (RadiusAttribute.CALLING_STATION_ID, _station),
    "Class": (RadiusAttribute.CLASS, _class),
    "Framed-IP-Address": (RadiusAttribute.FRAMED_IP_ADDRESS, _address),
    "Framed-IPv6-Address": (RadiusAttribute.FRAMED_IPV6_ADDRESS, _address),
    "Framed-IPv6-Prefix": (RadiusAttribute.FRAMED_IPV6_PREFIX, _prefix),
    "NAS-IP-Address": (RadiusAttribute.NAS_IP_ADDRESS, _address),
    "NAS-IPv6-Address": (RadiusAttribute.NAS_IPV6_ADDRESS, _address),
    "NAS-Identifier": (RadiusAttribute.NAS_IDENTIFIER, str.encode),
    "Timestamp": (RadiusAttribute.EVENT_TIMESTAMP, _number),
    "Tunnel-Private-Group-Id": (RadiusAttribute.TUNNEL_PRIVATE_GROUP_ID, str.encode),
    "User-Name": (RadiusAttribute.USER_NAME, _user),
}


FEED = FeedSpec(
    name=DetailFileFeed.name,
    source=BindingSource.RADIUS,
    section="radius",
    key="detail",
    open=lambda path, context: DetailFileFeed(path, context.accounting),
)
