"""Which fragments become a datagram again, and that those that never do cost a bounded amount."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scapy.layers.inet import fragment
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment, fragment6

from addons.packets import fragments, link_types
from addons.packets.fragments import (
    LIFETIME,
    MAX_BYTES,
    MAX_DATAGRAMS,
    MAX_PIECES,
    FragmentAssembler,
)
from addons.packets.frame_parser import FrameParser
from addons.packets.ip_datagram import IpDatagram
from addons.packets.packet import Packet
from tests.addons.packets import samples
from tests.addons.packets.samples import frame, ip_4, udp

SAID = bytes(range(256)) * 12
A, B = b"\x0a\x00\x00\x01", b"\x0a\x00\x00\x02"


def piece(offset: int, content: bytes, *, last: bool = False, number: int = 1) -> IpDatagram:
    return IpDatagram(4, A, B, 17, content, len(content), number, offset, not last)


def of_version_4() -> list[bytes]:
    pieces = fragment(ip_4(udp(SAID), id=77), fragsize=1_200)  # type: ignore[no-untyped-call]
    return [bytes(frame(datagram)) for datagram in pieces]


def of_version_6() -> list[bytes]:
    packet = IPv6(src=samples.PUPIL_6, dst=samples.SITE_6) / IPv6ExtHdrFragment(id=77) / udp(SAID)
    pieces = fragment6(packet, 1_280)  # type: ignore[no-untyped-call]
    return [bytes(frame(datagram)) for datagram in pieces]


@pytest.mark.parametrize("frames", [of_version_4(), of_version_6()], ids=["IPv4", "IPv6"])
def test_fragments_in_any_order(frames: list[bytes]) -> None:
    assert len(frames) == 3
    for order in permutations(frames):
        reader = FrameParser(link_types.ETHERNET)
        *before, last = [reader.parse_frame(content, 1.0) for content in order]
        assert before == [None, None]
        assert isinstance(last, Packet)
        assert (last.payload, last.size) == (SAID, len(SAID))


def test_a_fragment_that_comes_twice() -> None:
    first, second, third = of_version_4()
    reader = FrameParser(link_types.ETHERNET)
    said = [reader.parse_frame(content, 1.0) for content in (first, first, second, second, third)]
    assert [packet is not None for packet in said] == [False] * 4 + [True]


def test_one_that_is_missing() -> None:
    first, _, third = of_version_4()
    reader = FrameParser(link_types.ETHERNET)
    assert [reader.parse_frame(content, 1.0) for content in (first, third, third, third)] == [
        None
    ] * 4


def test_where_pieces_overlap_the_first_stands() -> None:
    waiting = FragmentAssembler()
    assert waiting.add(piece(0, b"first---"), 0.0) is None
    assert waiting.add(piece(0, b"SECOND--" + b"middle--"), 0.0) is None
    whole = waiting.add(piece(8, b"NOTUSED-last", last=True), 0.0)
    assert whole is not None
    assert whole.content == b"first---middle--last"


def test_pieces_of_different_datagrams_do_not_mix() -> None:
    waiting = FragmentAssembler()
    assert waiting.add(piece(0, b"a" * 8, number=1), 0.0) is None
    assert waiting.add(piece(8, b"b", last=True, number=2), 0.0) is None
    assert len(waiting) == 2


def test_an_old_fragment_is_forgotten() -> None:
    waiting = FragmentAssembler()
    waiting.add(piece(0, b"a" * 8), 100.0)
    assert waiting.add(piece(8, b"b", last=True), 100.0 + LIFETIME + 1) is None
    assert len(waiting) == 1


def test_a_clock_that_goes_back_forgets_nothing() -> None:
    waiting = FragmentAssembler()
    waiting.add(piece(0, b"a" * 8), 100.0)
    assert waiting.add(piece(8, b"b", last=True), 50.0) is not None
    assert (len(waiting), waiting.bytes_waiting) == (0, 0)


def test_a_bound_on_datagrams() -> None:
    waiting = FragmentAssembler()
    for number in range(2 * MAX_DATAGRAMS):
        waiting.add(piece(0, b"a" * 8, number=number), 0.0)
        assert len(waiting) <= MAX_DATAGRAMS
    assert waiting.add(piece(8, b"b", last=True, number=2 * MAX_DATAGRAMS - 1), 0.0) is not None
    assert waiting.add(piece(8, b"b", last=True, number=0), 0.0) is None


def test_a_bound_on_pieces_of_one_datagram() -> None:
    waiting = FragmentAssembler()
    for at in range(10 * MAX_PIECES):
        waiting.add(piece(8 * at, b"a" * 8), 0.0)
        assert waiting.bytes_waiting <= 8 * MAX_PIECES


def test_a_bound_on_bytes() -> None:
    waiting = FragmentAssembler()
    for number in range(200):
        waiting.add(piece(0, bytes(60_000), number=number), 0.0)
        assert waiting.bytes_waiting <= MAX_BYTES + fragments.MAX_DATAGRAM_SIZE
    assert waiting.bytes_waiting > MAX_BYTES // 2


def test_one_that_would_be_too_long() -> None:
    waiting = FragmentAssembler()
    assert waiting.add(piece(65_528, bytes(100), last=True), 0.0) is None
    assert len(waiting) == 0


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60), st.booleans()), max_size=80),
    st.integers(0, 1_000),
)
def test_any_pieces(pieces: list[tuple[int, int, bool]], seed: int) -> None:
    """Whatever comes, what is made whole has the bytes that came first, and the count is kept."""
    waiting, random = FragmentAssembler(), Random(seed)
    kept: dict[int, int] = {}
    for offset, size, last in pieces:
        content = random.randbytes(size)
        for at, byte in enumerate(content, start=8 * offset):
            kept.setdefault(at, byte)
        whole = waiting.add(piece(8 * offset, content, last=last), 0.0)
        if whole is not None:
            assert whole.content == bytes(kept[at] for at in range(len(whole.content)))
            kept.clear()
        elif not len(waiting):
            kept.clear()
        assert (waiting.bytes_waiting == 0) == (len(waiting) == 0)
