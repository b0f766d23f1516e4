"""Accounting packets, as an access point or its server would send them."""

from ipaddress import ip_address

from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

from monitor.places.feeds.radius.message import RadiusAttribute
from tests.monitor.places.feeds.radius.free_radius import SECRET

NOON = 1_792_396_800.0
CLIENT = ("127.0.0.1", 40_000)
PHONE = ip_address("10.20.4.17").packed
START, STOP, INTERIM, ACCOUNTING_ON = ([number.to_bytes(4)] for number in (1, 2, 3, 7))


def packet(
    changes: dict[int, list[bytes]] | None = None,
    secret: str = SECRET,
    *,
    has_authenticator: bool = True,
    number: int | None = None,
) -> bytes:
    """Make a Start of a phone in B204, with a Message-Authenticator where it has one."""
    made = AcctPacket(id=number, secret=secret.encode(), dict=Dictionary())
    start: dict[int, list[bytes]] = {
        RadiusAttribute.ACCT_STATUS_TYPE: START,
        RadiusAttribute.ACCT_SESSION_ID: [b"5E0C1A-01"],
        RadiusAttribute.FRAMED_IP_ADDRESS: [PHONE],
        RadiusAttribute.CALLED_STATION_ID: [b"70-3A-0E-11-22-33:eduroam"],
    }
    if has_authenticator:
        made.add_message_authenticator()
    for attribute, values in {**start, **(changes or {})}.items():
        made[int(attribute)] = values
    content: bytes = made.RequestPacket()
    return content


def timed(timestamp: float) -> dict[int, list[bytes]]:
    """Give what says when a message was made."""
    return {RadiusAttribute.EVENT_TIMESTAMP: [int(timestamp).to_bytes(4)]}


def lasted(seconds: int, status: list[bytes] = INTERIM) -> dict[int, list[bytes]]:
    """Give what says how long a session has lasted."""
    return {
        RadiusAttribute.ACCT_STATUS_TYPE: status,
        RadiusAttribute.ACCT_SESSION_TIME: [seconds.to_bytes(4)],
    }
