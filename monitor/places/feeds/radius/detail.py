"""Follows FreeRADIUS's detail file, for schools that cannot have accounting sent.

A record is a line without indent, lines `Attribute = value` with one, and an empty line. What it
says of who and of which device is hashed when the record is whole, and dropped.
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
from monitor.places.feeds.radius.sessions import MAX_MESSAGE_AGE, AccountingTranslator

MAX_LINES = 200
"""Lines of one record."""
MAX_LINE_LENGTH = 1_000
"""Characters."""
_STATUS = {
    "Start": AccountingStatus.START,
    "Stop": AccountingStatus.STOP,
    "Interim-Update": AccountingStatus.INTERIM,
    "Accounting-On": AccountingStatus.ACCOUNTING_ON,
    "Accounting-Off": AccountingStatus.ACCOUNTING_OFF,
}


class DetailFileFeed:
    """A feed from a detail file.

    Args:
        path: of the file; it may come later, and begin anew.
        sessions: translates records into events.
    """

    name = "radius-detail"
    is_asked = False

    def __init__(self, path: Path, sessions: AccountingTranslator) -> None:
        self.counts: Counter[FeedOutcome] = Counter()
        self.heard_at = 0.0
        self._file = FileTail(path)
        self._sessions = sessions
        self._record: list[str] = []

    def events(self, now: float) -> Iterator[BindingEvent]:
        """Yield what was written since the last call.

        Raises:
            OSError: when the file cannot be read.
        """
        for line in self._file.new_lines():
            if line[:1].isspace() and line.strip():
                self._record.append(line[:MAX_LINE_LENGTH])
                del self._record[MAX_LINES:]
                continue
            record, self._record = self._record, []
            if line.strip():
                self.counts[FeedOutcome.MALFORMED] += bool(
                    record
                )  # another begins: its end is lost
            elif record:
                self.heard_at = now
                yield from self._translate(record, now)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _translate(self, record: Iterable[str], now: float) -> Iterator[BindingEvent]:
        try:
            attributes = _parse_record(record)
            message = parse_accounting(attributes)
        except (ValueError, OverflowError):
            self.counts[FeedOutcome.MALFORMED] += 1
            return
        if message is None or _is_old(message, now):
            self.counts[FeedOutcome.IGNORED] += 1
            return
        yield from self._sessions.events(_with_time(message), now, self.counts)


def _is_old(message: AccountingMessage, now: float) -> bool:
    """Say whether a message was written long ago, as most are when a file is first read."""
    return message.timestamp is not None and now - message.timestamp > MAX_MESSAGE_AGE


def _with_time(message: AccountingMessage) -> AccountingMessage:
    """Return the message with the time that it is about: FreeRADIUS writes when it came."""
    timestamp = None if message.timestamp is None else message.timestamp - message.delay
    return message._replace(timestamp=timestamp)


def _parse_record(record: Iterable[str]) -> dict[int, list[bytes]]:
    attributes: dict[int, list[bytes]] = {}
    for line in record:
        name, equals, value = (part.strip() for part in line.partition("="))
        known = _KNOWN.get(name.partition(":")[0])
        if equals and known is not None and line[:1].isspace():
            attribute, encode = known
            attributes.setdefault(attribute, []).append(encode(value.strip('"')))
    return attributes


def _encode_status(value: str) -> bytes:
    return _STATUS.get(value, 0).to_bytes(4)


def _encode_number(value: str) -> bytes:
    return int(value[:20]).to_bytes(4)


def _encode_address(value: str) -> bytes:
    return ip_address(value).packed


def _encode_prefix(value: str) -> bytes:
    prefix = IPv6Network(value, strict=False)
    return bytes((0, prefix.prefixlen)) + prefix.network_address.packed


def _encode_octets(value: str) -> bytes:
    """Encode octets, which a detail file has in hexadecimal: `0x6c6565726c696e67`."""
    if fullmatch("0x([0-9a-fA-F]{2})+", value):
        return bytes.fromhex(value.removeprefix("0x"))
    return value.encode()


_KNOWN: dict[str, tuple[RadiusAttribute, Callable[[str], bytes]]] = {
    "Acct-Delay-Time": (RadiusAttribute.ACCT_DELAY_TIME, _encode_number),
    "Acct-Interim-Interval": (RadiusAttribute.ACCT_INTERIM_INTERVAL, _encode_number),
    "Acct-Session-Id": (RadiusAttribute.ACCT_SESSION_ID, str.encode),
    "Acct-Status-Type": (RadiusAttribute.ACCT_STATUS_TYPE, _encode_status),
    "Called-Station-Id": (RadiusAttribute.CALLED_STATION_ID, str.encode),
    "Calling-Station-Id": (RadiusAttribute.CALLING_STATION_ID, str.encode),
    "Chargeable-User-Identity": (RadiusAttribute.CHARGEABLE_USER_IDENTITY, _encode_octets),
    "Class": (RadiusAttribute.CLASS, _encode_octets),
    "Framed-IP-Address": (RadiusAttribute.FRAMED_IP_ADDRESS, _encode_address),
    "Framed-IPv6-Address": (RadiusAttribute.FRAMED_IPV6_ADDRESS, _encode_address),
    "Framed-IPv6-Prefix": (RadiusAttribute.FRAMED_IPV6_PREFIX, _encode_prefix),
    "NAS-IP-Address": (RadiusAttribute.NAS_IP_ADDRESS, _encode_address),
    "NAS-IPv6-Address": (RadiusAttribute.NAS_IPV6_ADDRESS, _encode_address),
    "NAS-Identifier": (RadiusAttribute.NAS_IDENTIFIER, str.encode),
    "Timestamp": (RadiusAttribute.EVENT_TIMESTAMP, _encode_number),
    "Tunnel-Private-Group-Id": (RadiusAttribute.TUNNEL_PRIVATE_GROUP_ID, str.encode),
    "User-Name": (RadiusAttribute.USER_NAME, str.encode),
}


FEED = FeedSpec(
    name=DetailFileFeed.name,
    source=BindingSource.RADIUS,
    section="radius",
    key="detail",
    open=lambda path, context: DetailFileFeed(path, context.accounting),
)
