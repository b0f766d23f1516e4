"""A connection in frames, as scapy's own reading of them says."""

from itertools import pairwise

from scapy.layers.inet import IP, TCP
from scapy.layers.l2 import Ether

from addons.names import client_hello
from addons.names.parse_result import ParseResult, ParseStatus
from simulation.captures.frames import WireFrame, make_frames
from simulation.traffic.connection import ByteExchange, SimulatedConnection, make_connection

CONTACT = SimulatedConnection(1_000.0, b"\x0a\x01\x00\x07", "www.tiktok.com", 2_000, 150_000, 30.0)
HEADERS = 54


def packets() -> list[tuple[WireFrame, Ether]]:
    return [(frame, Ether(frame.content)) for frame in make_frames(CONTACT, 5, seed=1)]


def test_it_is_a_whole_tcp_connection() -> None:
    flags = [str(packet[TCP].flags) for _, packet in packets()]
    assert flags == ["S", "SA", "A", "PA", "PA", "PA", "PA", "PA", "FA", "FA", "A"]
    moments = [frame.timestamp for frame, _ in packets()]
    assert all(before < after for before, after in pairwise(moments))


def test_the_client_hello_goes_at_the_moment_of_the_contact() -> None:
    [(frame, packet)] = [pair for pair in packets() if pair[0].timestamp == CONTACT.timestamp]
    reading = client_hello.parse_client_hello(bytes(packet[TCP].payload))
    assert reading == ParseResult(ParseStatus.NAME, "www.tiktok.com")
    assert packet[IP].src == "10.1.0.7"
    assert len(frame.content) == frame.length_on_wire


def test_it_carries_what_the_contact_carries() -> None:
    up = sum(f.length_on_wire - HEADERS for f, p in packets() if p[IP].src == "10.1.0.7")
    down = sum(f.length_on_wire - HEADERS for f, p in packets() if p[IP].dst == "10.1.0.7")
    assert (up, down) == (CONTACT.up, CONTACT.down)


def test_sequence_numbers_follow_and_are_acknowledged() -> None:
    client = [(f, p) for f, p in packets() if p[IP].src == "10.1.0.7"]
    for (frame, packet), (_, following) in pairwise(client):
        carried = frame.length_on_wire - HEADERS + bool(packet[TCP].flags & "SF")
        assert following[TCP].seq == (packet[TCP].seq + carried) % 2**32
    last_down = [(f, p) for f, p in packets() if p[IP].dst == "10.1.0.7"][-1][1]
    assert client[-1][1][TCP].ack == (last_down[TCP].seq + 1) % 2**32


def test_every_checksum_is_right() -> None:
    for frame, packet in packets():
        whole = Ether(frame.content + bytes(frame.length_on_wire - len(frame.content)))
        sums = whole[IP].chksum, whole[TCP].chksum
        del whole[IP].chksum, whole[TCP].chksum
        assert (Ether(bytes(whole))[IP].chksum, Ether(bytes(whole))[TCP].chksum) == sums
        assert packet[IP].len == frame.length_on_wire - 14


def test_a_connection_in_bursts_carries_each_at_its_moment() -> None:
    said = [ByteExchange(0.1, 600, 4_000), ByteExchange(20.0, 90_000, 130_000)]
    contact = make_connection(1_000.0, b"\x0a\x01\x00\x07", "x.com", said, quic=False)
    sent = [(frame, Ether(frame.content)) for frame in make_frames(contact, 5, seed=1)]
    late = [
        f.length_on_wire - HEADERS for f, p in sent if f.timestamp > 1_020 and not p[TCP].flags.F
    ]
    assert [size for size in late if size] == [60_000, 30_000, 60_000, 60_000, 10_000]
    down = sum(f.length_on_wire - HEADERS for f, p in sent if p[IP].dst == "10.1.0.7")
    up = sum(f.length_on_wire - HEADERS for f, p in sent if p[IP].src == "10.1.0.7")
    assert (up, down) == (contact.up, contact.down)
    assert [f.timestamp for f, _ in sent] == sorted(f.timestamp for f, _ in sent)
