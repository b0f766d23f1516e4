"""What is taken from an accounting message, from a packet or from a file.

Who and what it is about is hashed by the translator in the same call, and dropped with the message;
everything else in it is dropped here.
Numbers of attributes are IANA's, from RFC 2865, 2866, 2868, 2869, 3162, 4372 and 6911.
"""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from re import compile as pattern
from typing import NamedTuple

from monitor.places.attachment_map import normalise_name
from monitor.places.bindings import Address, pack_address


class RadiusAttribute(IntEnum):
    """The attributes that are used."""

    USER_NAME = 1
    NAS_IP_ADDRESS = 4
    FRAMED_IP_ADDRESS = 8
    CLASS = 25
    CALLED_STATION_ID = 30
    CALLING_STATION_ID = 31
    NAS_IDENTIFIER = 32
    ACCT_STATUS_TYPE = 40
    ACCT_DELAY_TIME = 41
    ACCT_SESSION_ID = 44
    ACCT_SESSION_TIME = 46
    EVENT_TIMESTAMP = 55
    TUNNEL_PRIVATE_GROUP_ID = 81
    ACCT_INTERIM_INTERVAL = 85
    CHARGEABLE_USER_IDENTITY = 89
    NAS_IPV6_ADDRESS = 95
    FRAMED_IPV6_PREFIX = 97
    FRAMED_IPV6_ADDRESS = 168


class AccountingStatus(IntEnum):
    """Acct-Status-Type, of which others are ignored."""

    START = 1
    STOP = 2
    INTERIM = 3
    ACCOUNTING_ON = 7
    ACCOUNTING_OFF = 8


type Attributes = Mapping[int, Sequence[bytes]]
"""Raw values by the number of their attribute."""

_MAX_TAG = 0x1F
_NUMBER_BYTES = 4
_PREFIX_HEAD = 2
_HASHED = pattern(b"[0-9a-f]{64}")
_KEYED = pattern("[0-9a-f]{32,}")
"""What a server made of a name with a key."""
_MAC = pattern("(?:[0-9A-Fa-f]{2}[-:.]?){5}[0-9A-Fa-f]{2}")
"""What comes before `:eduroam`: `70-3A-0E-11-22-33`, `703a-0e11-2233` or `703A0E112233`."""


class AccountingMessage(NamedTuple):
    """An accounting message; it lives no longer than the call that translates it."""

    status: AccountingStatus
    sender: bytes
    """Who keeps the session: an access point or its controller."""
    session: bytes
    """SHA-256 in hexadecimal, as some are made of a user's name and the policy in `deploy/` sends
    them: so a copy and the detail file are about one session. A keyed name is made of it next."""
    addresses: tuple[Address, ...]
    access_points: tuple[str, ...]
    """What may name the access point, the most precise first."""
    vlan: str
    classes: tuple[str, ...]
    """Every attribute Class, as text: some servers send one of their own beside the school's."""
    timestamp: int | None
    """The time in the message, in seconds since 1970; None when it has none."""
    delay: int
    """Seconds since it happened."""
    interim: int | None
    """Seconds between two updates; None when the message does not say."""
    user: str
    """Who authenticated: Chargeable-User-Identity, which says the same of a user everywhere, or
    else User-Name; empty when it names nobody."""
    station: str
    """Calling-Station-Id: the client's MAC address, or what a server made of it."""
    has_readable_user: bool
    """Whether User-Name can be read by whoever sees the message."""
    elapsed: int | None = None
    """Seconds that the session has lasted; None when the message does not say."""


def parse_accounting(attributes: Attributes) -> AccountingMessage | None:
    """Parse the attributes that say where a session is; None when they are of another kind.

    Raises:
        ValueError: when a value has a length that its kind does not have.
    """
    status = _number(attributes, RadiusAttribute.ACCT_STATUS_TYPE)
    if status not in set(AccountingStatus):
        return None
    called = _called(attributes)
    identifier = _text(attributes, RadiusAttribute.NAS_IDENTIFIER)
    return AccountingMessage(
        status=AccountingStatus(status),
        sender=b"/".join(
            _first(attributes, attribute)
            for attribute in (
                RadiusAttribute.NAS_IP_ADDRESS,
                RadiusAttribute.NAS_IPV6_ADDRESS,
                RadiusAttribute.NAS_IDENTIFIER,
            )
        ),
        session=_hashed(_first(attributes, RadiusAttribute.ACCT_SESSION_ID)),
        addresses=_addresses(attributes),
        access_points=tuple(filter(None, (_mac(called), called, identifier))),
        vlan=_vlan(_first(attributes, RadiusAttribute.TUNNEL_PRIVATE_GROUP_ID)),
        classes=tuple(map(_decode, attributes.get(RadiusAttribute.CLASS, ()))),
        timestamp=_number(attributes, RadiusAttribute.EVENT_TIMESTAMP),
        delay=_number(attributes, RadiusAttribute.ACCT_DELAY_TIME) or 0,
        interim=_number(attributes, RadiusAttribute.ACCT_INTERIM_INTERVAL),
        user=_user(attributes),
        station=_text(attributes, RadiusAttribute.CALLING_STATION_ID),
        has_readable_user=_has_readable_user(attributes),
        elapsed=_number(attributes, RadiusAttribute.ACCT_SESSION_TIME),
    )


def _hashed(session: bytes) -> bytes:
    return session if _HASHED.fullmatch(session) else sha256(session).hexdigest().encode()


def _user(attributes: Attributes) -> str:
    identity = _text(attributes, RadiusAttribute.CHARGEABLE_USER_IDENTITY).strip("\0")
    return identity or _text(attributes, RadiusAttribute.USER_NAME)


def _has_readable_user(attributes: Attributes) -> bool:
    """Say whether a name can be read in it: `anonymous`, before a realm or not, is none."""
    user = _text(attributes, RadiusAttribute.USER_NAME).partition("@")[0].lower()
    return user not in {"", "anonymous"} and not _KEYED.fullmatch(user)


def _called(attributes: Attributes) -> str:
    """Return the station that was called, unless it is the calling one: some confuse the two."""
    called = _text(attributes, RadiusAttribute.CALLED_STATION_ID)
    calling = _mac(_text(attributes, RadiusAttribute.CALLING_STATION_ID))
    return "" if calling and normalise_name(_mac(called)) == normalise_name(calling) else called


def _mac(called: str) -> str:
    match = _MAC.match(called)
    return match[0] if match else ""


def _first(attributes: Attributes, attribute: RadiusAttribute) -> bytes:
    values = attributes.get(attribute)
    return values[0] if values else b""


def _text(attributes: Attributes, attribute: RadiusAttribute) -> str:
    return _decode(_first(attributes, attribute))


def _decode(value: bytes) -> str:
    return value.decode("utf-8", "replace").strip()


def _number(attributes: Attributes, attribute: RadiusAttribute) -> int | None:
    value = _first(attributes, attribute)
    if not value:
        return None
    if len(value) != _NUMBER_BYTES:
        raise ValueError("a number of another length")
    return int.from_bytes(value)


def _vlan(value: bytes) -> str:
    """Parse a VLAN; a first byte up to 0x1F is a tag (RFC 2868, 3.6)."""
    return (value[1:] if value[:1] <= bytes((_MAX_TAG,)) else value).decode("utf-8", "replace")


def _addresses(attributes: Attributes) -> tuple[Address, ...]:
    addresses: list[Address] = []
    for value in attributes.get(RadiusAttribute.FRAMED_IP_ADDRESS, ()):
        _append(addresses, IPv4Address(value))
    for value in attributes.get(RadiusAttribute.FRAMED_IPV6_ADDRESS, ()):
        _append(addresses, IPv6Address(value))
    for value in attributes.get(RadiusAttribute.FRAMED_IPV6_PREFIX, ()):
        _append(addresses, _prefix(value))
    return tuple(dict.fromkeys(addresses))


def _append(addresses: list[Address], address: IPv4Address | IPv6Address | IPv6Network) -> None:
    try:
        addresses.append(pack_address(address))
    except ValueError:
        return  # 0.0.0.0, as some switches send, and prefixes of more than one client


def _prefix(value: bytes) -> IPv6Network:
    """Parse a prefix: a zero, its bits, and as many bytes as those take (RFC 3162, 2.3)."""
    if len(value) < _PREFIX_HEAD or len(value) > _PREFIX_HEAD + 16:
        raise ValueError("a prefix of another length")
    return IPv6Network((value[_PREFIX_HEAD:].ljust(16, b"\0"), value[1]), strict=False)
