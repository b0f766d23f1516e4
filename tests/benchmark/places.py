"""What it costs to know where an address is: asking, and being told by RADIUS."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv4Network

from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

from monitor.locate import locate_client
from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import Bindings, BindingSource, SessionUpdate
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.message import RadiusAttribute
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.places.prefix_map import PrefixMap
from tests.benchmark.core import resident, seconds
from tests.cast import school_snapshot

BINDINGS = 10_000
PREFIXES = 2_000
STARTS = 3_000
SECRET = b"testing123"
SENDER = ("127.0.0.1", 9)
NOON = 1_792_396_800.0
NIGHT = NOON + 36_000


def phone(number: int) -> bytes:
    """Give the packed address of one of many devices that no prefix covers."""
    return bytes((100, 64, number // 256, number % 256))


def prefix(number: int) -> bytes:
    """Give the /64 of one of many devices."""
    return bytes((0x20, 0x01, 0x0D, 0xB8, 0, 64, number // 256, number % 256))


def heard(number: int, *addresses: bytes) -> SessionUpdate:
    """Say that a device is in a room."""
    return SessionUpdate(
        BindingSource.RADIUS, number.to_bytes(4), addresses, Place("B204"), NOON, NIGHT
    )


def bound(count: int) -> Bindings:
    """Give a snapshot of so many devices with IPv4."""
    table = BindingTable()
    for number in range(count):
        table.record(heard(number, phone(number)))
    return table.snapshot()


def bound_in_both(count: int) -> Bindings:
    """Give a snapshot of so many devices, each with IPv4 and a /64 of its own."""
    table = BindingTable()
    for number in range(count):
        table.record(heard(number, phone(number), prefix(number)))
    return table.snapshot()


def asking() -> Iterator[Sequence[object]]:
    """Time asking, beside a dictionary's answer."""
    rooms = (IPv4Network(f"10.{n // 256}.{n % 256}.0/24") for n in range(PREFIXES))
    places = PrefixMap((prefix, Place(str(prefix))) for prefix in rooms)
    school = replace(school_snapshot(), prefixes=places)
    bindings = bound_in_both(BINDINGS // 2)
    asked = [phone(number) for number in range(BINDINGS // 2)]
    private = [
        prefix(number) + b"\x01privat" + bytes((number % 256,)) for number in range(len(asked))
    ]
    inside = [bytes((10, n // 256, n % 256, 7)) for n in range(PREFIXES)]
    known = dict.fromkeys(asked, True)
    plain = seconds(lambda: [known[address] for address in asked]) / len(asked)
    for what, clients in (
        ("a bound address", asked),
        ("an address in a bound /64", private),
        ("an address in a prefix", inside),
    ):

        def ask(clients: list[bytes] = clients) -> None:
            for client in clients:
                locate_client(client, b"", NOON, school, bindings)

        each = seconds(ask) / len(clients)
        figure, beside = f"{each * 1e9:,.0f} ns", f"{each / plain:.0f} × a dictionary's"
        yield f"locating {what}, 10,000 bindings, 2,000 prefixes", figure, beside, "< 2,000 ns"


def packets() -> list[bytes]:
    """Give the Starts of a lesson's beginning, as an access point would send them."""
    made = []
    for number in range(STARTS):
        packet = AcctPacket(id=number % 256, secret=SECRET, dict=Dictionary())
        packet.add_message_authenticator()
        packet[int(RadiusAttribute.ACCT_STATUS_TYPE)] = [(1).to_bytes(4)]
        packet[int(RadiusAttribute.ACCT_SESSION_ID)] = [f"session-{number}".encode()]
        packet[int(RadiusAttribute.CALLED_STATION_ID)] = [b"70-3A-0E-11-22-33:eduroam"]
        packet[int(RadiusAttribute.FRAMED_IP_ADDRESS)] = [phone(number)]
        packet[int(RadiusAttribute.EVENT_TIMESTAMP)] = [int(NOON).to_bytes(4)]
        made.append(packet.RequestPacket())
    return made


def told() -> Iterator[Sequence[object]]:
    """Time 3,000 Starts, from packet to binding; a school has a minute for them."""
    starts = packets()
    mapping = AttachmentMap(
        [Attachment(AttachmentKind.ACCESS_POINT, "70:3a:0e:11:22:33", Place("B204"))]
    )
    sessions = AccountingTranslator(
        mapping, frozenset(), 36_000.0, SessionHasher(), UnmappedAttachments()
    )

    def take() -> None:
        listener = RadiusListenerFeed(
            ("127.0.0.1", 0), [RadiusSender(IPv4Network("127.0.0.0/8"), SECRET)], sessions
        )
        table = BindingTable()
        for start in starts:
            for event in listener.receive_packet(start, SENDER, NOON):
                table.record(event)
        assert len(table) == STARTS
        listener.close()

    spent = seconds(take)
    each = f"{spent / STARTS * 1e6:.0f} µs each, answer included"
    yield "3,000 RADIUS Starts, one core", f"{spent:.2f} s", each, "within a minute"


def shared() -> Iterator[Sequence[object]]:
    """Time as many sessions that all have the network's own /64, and move to another room."""
    told = [heard(number, phone(number), prefix(0)) for number in range(STARTS)]
    moved = [update._replace(place=Place("B205"), timestamp=NOON + 1) for update in told]

    def take() -> None:
        table = BindingTable()
        for update in (*told, *moved):
            table.record(update)
        assert len(table) == STARTS

    each = f"{seconds(take) / STARTS / 2 * 1e6:.0f} µs"
    yield "a message of one of 3,000 sessions in one /64", each, "", "as without"


def memory() -> Iterator[Sequence[object]]:
    """Measure processes of their own."""
    for count in (STARTS, BINDINGS, 5 * BINDINGS):
        command = [sys.executable, "-m", "tests.benchmark.places", str(count)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        megabytes = float(answer.stdout)
        each = f"{megabytes * 1e6 / count:,.0f} bytes a session"
        aim = "< 50 MB" if count == STARTS else "linear"
        yield f"memory, {count:,} sessions", f"{megabytes:.1f} MB", each, aim


def rows() -> Iterator[Sequence[object]]:
    """Measure all of it: what, figure, beside, aim."""
    yield from asking()
    yield from told()
    yield from shared()
    yield from memory()


if __name__ == "__main__":
    before = resident()
    kept = bound(int(sys.argv[1]))
    sys.stdout.write(str((resident() - before) / 1e6))
