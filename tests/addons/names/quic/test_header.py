"""Where the packets of a datagram are, and which datagrams may begin a connection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import header
from addons.names.quic.header import PacketType
from tests.addons.names.quic import initials
from tests.addons.names.quic.initials import CONNECTION, SALTS, VERSION_1, VERSION_2, initial, other

GREASE = 0x1A2A3A4A


def kinds(datagram: bytes) -> list[int]:
    return [packet.type for packet in header.parse_packets(datagram)]


@pytest.mark.parametrize("version", [VERSION_1, VERSION_2])
def test_packets_that_share_a_datagram(version: int) -> None:
    first = initial(b"\x01", version, token=b"token", source=b"source", size=300)
    datagram = first + other(1, version) + other(2, version) + b"\x40 a short header ends the walk"
    assert kinds(datagram) == [PacketType.INITIAL, PacketType.ZERO_RTT, PacketType.HANDSHAKE]
    packet = header.parse_packets(datagram)[0]
    assert packet.destination == CONNECTION
    assert (packet.start, packet.end) == (0, len(first))


def test_packet_that_is_cut_short_is_none() -> None:
    datagram = initial(b"\x01", token=b"token")
    assert all(kinds(datagram[:end]) == [] for end in range(len(datagram)))


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\xc0",
        bytes(1_200),
        b"\x80" + bytes(1_200),  # version negotiation
        initials.long_header(VERSION_1, 3, 1, CONNECTION) + bytes(60),  # Retry
        initials.long_header(VERSION_1, 0, 1, bytes(21)) + b"\x40\x40" + bytes(100),
        initials.long_header(VERSION_1, 0, 1, CONNECTION) + b"\xff" * 8,
    ],
)
def test_what_has_no_packet_of_a_known_kind(datagram: bytes) -> None:
    assert kinds(datagram) == []


def test_packets_are_bounded() -> None:
    assert len(kinds(other(2, size=30) * 40)) == header.MAX_PACKETS


@pytest.mark.parametrize("version", [*SALTS, GREASE, 0xFF000010])
def test_first_datagrams(version: int) -> None:
    start = initials.long_header(version, 0, 1, CONNECTION, source=b"source")
    assert header.may_be_first_datagram(start.ljust(1_200, b"\x00"))


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        bytes(1_200),
        bytes((0xC0, 0, 0, 0, 1)),
        initials.long_header(0, 0, 1, CONNECTION).ljust(1_200, b"\x00"),  # version negotiation
        initials.long_header(VERSION_1, 0, 1, b"").ljust(1_200, b"\x00"),  # Chrome's server
        initials.long_header(VERSION_1, 0, 1, bytes(7)).ljust(1_200, b"\x00"),
        initials.long_header(VERSION_1, 0, 1, bytes(21)).ljust(1_200, b"\x00"),
        initials.long_header(GREASE, 0, 1, CONNECTION).ljust(1_199, b"\x00"),
        initials.long_header(GREASE, 0, 1, CONNECTION, source=bytes(21)).ljust(1_200, b"\x00"),
        b"\x80" + initials.long_header(GREASE, 0, 1, CONNECTION)[1:].ljust(1_200, b"\x00"),
        other(1),
        other(2),
        other(2, VERSION_2),
        b"GET / HTTP/1.1\r\n\r\n".ljust(1_200, b"\x00"),
    ],
)
def test_datagrams_that_begin_nothing(datagram: bytes) -> None:
    assert not header.may_be_first_datagram(datagram)


@given(
    st.sampled_from([b"", b"\xc0\x00\x00\x00\x01", b"\xd0\x6b\x33\x43\xcf"]), st.binary(max_size=80)
)
def test_any_bytes_give_an_answer(start: bytes, rest: bytes) -> None:
    assert header.may_be_first_datagram(start + rest) in (True, False)
    end = 0
    for packet in header.parse_packets(start + rest):
        assert packet.start == end < packet.number <= packet.end
        end = packet.end
    assert end <= len(start + rest)
