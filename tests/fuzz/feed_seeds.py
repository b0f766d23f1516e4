"""What fuzzing begins with for timetables and for what tells places: as it should be."""

from collections.abc import Iterator

from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

from monitor.places.feeds.radius.message import RadiusAttribute
from tests.fuzz import feeds, timetables
from tests.monitor.places.feeds.neighbours import test_messages as neighbours
from tests.schedules.importers import test_excel
from tests.schedules.importers.ical import test_feed as test_ical
from tests.schedules.importers.untis import test_export as test_untis

ATTACHMENTS = (
    b"kind,name,room,layer,role\nvlan,204,B204,3 havo,\naccess_point,70:3a:0e:11:*,B205,,staff\n",
    b"kind;name;room\ncircuit;sw-b2:ge-0/0/4;B206\nlokaal;1;2\nvlan;;\n",
)
NEIGHBOURS = (
    neighbours.message(),
    neighbours.message(neighbours.OWN_6, state=neighbours.FAILED) + neighbours.message(),
)
_RECORD = """Sun Nov 22 22:57:33 2026
\tAcct-Status-Type = Start
\tAcct-Session-Id = "1"
\tUser-Name = "a"
\tCalling-Station-Id = "b"
\tFramed-IP-Address = 10.20.4.17
\tFramed-IPv6-Prefix = 2001:db8::/64
\tTunnel-Private-Group-Id:0 = "204"
\tClass = 0x6c65
\tTimestamp = 1795388253
\tAcct-Delay-Time = 0

"""
DETAIL = (
    _RECORD.encode(),
    b"x\n\tAcct-Status-Type = Accounting-On\n\tNAS-IP-Address = 10.0.0.2\n\n",
    b'x\n\tAcct-Status-Type = Stop\n\tAcct-Session-Id = "1"\n\tTimestamp = x\n\n',
)
START: dict[int, bytes] = {
    RadiusAttribute.ACCT_STATUS_TYPE: (1).to_bytes(4),
    RadiusAttribute.ACCT_SESSION_ID: b"1",
    RadiusAttribute.USER_NAME: b"a",
    RadiusAttribute.FRAMED_IP_ADDRESS: bytes((10, 20, 4, 17)),
    RadiusAttribute.FRAMED_IPV6_PREFIX: b"\x00\x40\x20\x01\x0d\xb8\x00\x20\x00\x04",
    RadiusAttribute.TUNNEL_PRIVATE_GROUP_ID: b"\x00204",
    RadiusAttribute.CLASS: b"personeel",
    RadiusAttribute.EVENT_TIMESTAMP: int(feeds.NOW).to_bytes(4),
    RadiusAttribute.ACCT_INTERIM_INTERVAL: (600).to_bytes(4),
}


def radius() -> Iterator[bytes]:
    changes: tuple[dict[int, bytes], ...] = (
        {},
        {RadiusAttribute.ACCT_STATUS_TYPE: (2).to_bytes(4)},
        {RadiusAttribute.ACCT_STATUS_TYPE: (7).to_bytes(4)},
        {RadiusAttribute.ACCT_STATUS_TYPE: (9).to_bytes(4)},
        {RadiusAttribute.FRAMED_IP_ADDRESS: b"\x00"},
        {RadiusAttribute.EVENT_TIMESTAMP: bytes(4)},
    )
    for change in changes:
        packet = AcctPacket(id=1, secret=feeds.SECRET, dict=Dictionary())
        packet.add_message_authenticator()
        for number, value in {**START, **change}.items():
            packet[int(number)] = [value]
        yield packet.RequestPacket()
    yield b"\x01\x01\x00\x14" + bytes(16)


def untis() -> Iterator[bytes]:
    changes = test_untis.change("C") + test_untis.change("T", day="20261007", hour="1", room="B2")
    period = "133;1;1;1;h3a;VDA;NE;B204;;;1;;;;20260901;20270731;\n"
    for parts in (
        (test_untis.DUTCH,),
        (test_untis.DUTCH, period, changes),
        (test_untis.DUTCH.replace(";", ",") * 2, period.replace(";1;;;;", ";1;A;;;"), "1;2\n"),
        ("1;2\n",),
        (test_untis.OTHERS + "133;\n", period + "133;;\n", test_untis.change("C", day="x")),
        (test_untis.DUTCH.replace('"', "'").replace("2;1", "2;0"), "", "1;20261006;1;;0\n"),
    ):
        yield timetables.BETWEEN.join(part.encode() for part in parts)


def ical() -> Iterator[bytes]:
    event, feed = test_ical.event, test_ical.feed
    yield feed(event("RRULE:FREQ=WEEKLY", "EXDATE:20261013T083000"))
    yield feed(event("LOCATION:B204", summary="h3a"), event("RRULE:FREQ=SECONDLY"))
    yield feed(event(start=";VALUE=DATE:20261006", end=";VALUE=DATE:20261007"))
    moved = event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261013T083000")
    yield feed(event("RRULE:FREQ=WEEKLY;UNTIL=20261020"), moved)
    yield feed(event(end=":20261006T082900"), event("EXDATE:", uid="2")) + feed(event())


def excel() -> Iterator[bytes]:
    yield b"PK\x03\x04"
    yield test_excel.book(("date", "start"), ("x", 1))
