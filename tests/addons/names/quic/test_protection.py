"""Taking the protection off, against the standards' examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import header
from addons.names.quic.protection import InitialKeys, decode_packet_number
from addons.names.quic.versions import VERSIONS
from tests.addons.names.quic import initials
from tests.addons.names.quic.initials import CONNECTION, SALTS, VERSION_1, VERSION_2, initial

FRAMES = bytes.fromhex(  # RFC 9001 and RFC 9369, appendix A.2
    "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e868"
    "04fe3a47f06a2b69484c00000413011302010000c000000010000e00000b6578"
    "616d706c652e636f6dff01000100000a00080006001d00170018001000070005"
    "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
    "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b000302030400"
    "0d0010000e0403050306030203080408050806002d00020101001c0002400100"
    "3900320408ffffffffffffffff05048000ffff07048000ffff08011001048000"
    "75300901100f088394c8f03e51570806048000ffff"
)


def opened(datagram: bytes, connection: bytes = CONNECTION) -> bytes | None:
    packet = header.parse_packets(datagram)[0]
    return InitialKeys(packet.version, connection).decrypt(datagram, packet)


@pytest.mark.parametrize(
    ("version", "key", "iv", "mask"),
    [  # appendix A.1
        (
            VERSION_1,
            "1f369613dd76d5467730efcbe3b1a22d",
            "fa044b2f42a3fd3b46fb255c",
            "9f50449e04a0e810283a1e9933adedd2",
        ),
        (
            VERSION_2,
            "8b1a0bc121284290a29e0971b5cd045d",
            "91f73e2351d8fa91660e909f",
            "45b95e15235d6f45a6b19cbcb0294ba9",
        ),
    ],
)
def test_keys_of_the_packets_made_here(version: int, key: str, iv: str, mask: str) -> None:
    assert [made.hex() for made in initials.keys(version, CONNECTION)] == [key, iv, mask]


@pytest.mark.parametrize(
    ("version", "start", "tag"),
    [  # appendix A.2: where the packets begin, and their authentication tags
        (
            VERSION_1,
            "c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11",
            "e221af44860018ab0856972e194cd934",
        ),
        (
            VERSION_2,
            "d76b3343cf088394c8f03e5157080000449ea0c95e82ffe67b6abcdb4298b485",
            "a18b2faa745b6fe189cf772a9f84cbfc",
        ),
    ],
)
def test_example_of_the_standard(version: int, start: str, tag: str) -> None:
    datagram = initial(FRAMES, version, number=2, number_size=4)
    assert datagram.hex().startswith(start)
    assert datagram.hex().endswith(tag)
    assert opened(datagram) == FRAMES.ljust(1_162, b"\x00")


@pytest.mark.parametrize("version", SALTS)
@pytest.mark.parametrize("number_size", [1, 2, 3, 4])
def test_versions(version: int, number_size: int) -> None:
    payload = opened(initial(b"content", version, number=77, number_size=number_size))
    assert payload is not None
    assert payload.rstrip(b"\x00") == b"content"


def test_nothing_is_made_of_a_changed_packet() -> None:
    datagram = bytearray(initial(FRAMES, size=400))
    for at in range(len(datagram)):
        datagram[at] ^= 0x01
        packets = header.parse_packets(bytes(datagram))
        assert not packets or opened(bytes(datagram), packets[0].destination) is None, at
        datagram[at] ^= 0x01


def test_another_connection_has_other_keys() -> None:
    assert opened(initial(FRAMES), CONNECTION[::-1]) is None


@pytest.mark.parametrize("size", range(40))
def test_packet_too_short_to_be_one(size: int) -> None:
    start = initials.long_header(VERSION_1, 0, 1, CONNECTION) + initials.integer(size)
    assert opened(start + bytes(size)) is None


def test_number_goes_on_from_the_largest_that_came() -> None:
    keys = InitialKeys(VERSIONS[VERSION_1.to_bytes(4)], CONNECTION)
    for number in (200, 250, 260, 255, 300, 400):
        datagram = initial(b"content", number=number)
        assert keys.decrypt(datagram, header.parse_packets(datagram)[0]) is not None, number


def test_number_example_of_the_standard() -> None:
    assert decode_packet_number(0x9B32, 2, 0xA82F30EA + 1) == 0xA82F9B32  # RFC 9000, appendix A.3


def test_number_half_way_is_the_later_one() -> None:
    assert decode_packet_number(64, 1, 448) == 576


@given(st.integers(0, 1 << 60), st.integers(1, 4), st.data())
def test_number_is_completed_to_the_nearest(expected: int, size: int, data: st.DataObject) -> None:
    half = 1 << 8 * size - 1
    number = data.draw(st.integers(max(expected - half + 1, 0), expected + half))
    assert decode_packet_number(number % (2 * half), size, expected) == number
