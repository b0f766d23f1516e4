"""Which pieces of a handshake are found between the other frames of a packet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import frames
from addons.names.quic.frames import GOOGLE, IETF, MAX_FRAMES, collect_pieces
from tests.addons.names.quic.initials import crypto, integer

PADDING = bytes(200)
PING = b"\x01"
ACK = b"\x02" + integer(900) + integer(70) + integer(2) + integer(5) + b"\x01\x02" + b"\x03\x04"
ACK_WITH_ECN = b"\x03" + ACK[1:] + integer(1) + integer(70_000) + integer(0)
CLOSE = b"\x1c" + integer(0x100) + integer(6) + integer(5) + b"sorry"

GOOGLE_PING = b"\x07"
GOOGLE_ACK = b"\x40" + b"\x09" + bytes(2) + b"\x09" + b"\x00"
GOOGLE_ACK_OF_MORE = b"\x69" + b"\xff" * 6 + b"\x02" + b"\xff" * 8 + b"\x02" + b"\xff" * 8
"""The largest in four bytes, three blocks in two bytes each, two time stamps."""

HERE = [(0, b"here")]


@pytest.mark.parametrize(
    "before", [b"", PADDING, PING, ACK, ACK_WITH_ECN, CLOSE, PING + PADDING + ACK]
)
def test_pieces_after_other_frames(before: bytes) -> None:
    assert collect_pieces(before + crypto(b"here"), IETF) == HERE


@pytest.mark.parametrize("before", [b"", PADDING, GOOGLE_PING, GOOGLE_ACK, GOOGLE_ACK_OF_MORE])
def test_pieces_after_other_frames_of_google(before: bytes) -> None:
    assert collect_pieces(before + crypto(b"here", kind=8), GOOGLE) == HERE


def test_pieces_come_in_the_order_of_the_packet() -> None:
    payload = crypto(b"later", 70_000) + PADDING + crypto(b"earlier") + PING + crypto(b"", 5)
    assert collect_pieces(payload, IETF) == [(70_000, b"later"), (0, b"earlier"), (5, b"")]


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 127, 128, 129, 1_000])
def test_padding_of_any_size(size: int) -> None:
    assert frames.skip_padding(b"x" + bytes(size) + b"x", 1) == 1 + size
    assert frames.skip_padding(bytes(size), 0) == size


@pytest.mark.parametrize("unknown", [b"\x08", b"\x05", b"\x40\x06", b"\xff"])
def test_nothing_is_sought_after_an_unknown_frame(unknown: bytes) -> None:
    assert collect_pieces(crypto(b"here") + unknown + crypto(b"there", 4), IETF) == HERE


@pytest.mark.parametrize(
    "cut",
    [crypto(b"there", 4)[:-1], b"\x06", b"\x06\x40", ACK[:-1], CLOSE[:3], b"\x02\x00\x00\xff"],
)
def test_frame_that_is_cut_short_is_none(cut: bytes) -> None:
    assert collect_pieces(crypto(b"here") + cut, IETF) == HERE


def test_frames_are_bounded() -> None:
    assert len(collect_pieces(crypto(b"x") * 1_000, IETF)) == MAX_FRAMES
    assert collect_pieces(PING * MAX_FRAMES + crypto(b"x"), IETF) == []


@given(st.binary(max_size=300))
def test_any_bytes_give_pieces_of_themselves(payload: bytes) -> None:
    for kind in (IETF, GOOGLE):
        found = collect_pieces(payload, kind)
        assert all(data in payload for _, data in found)
        assert sum(len(data) for _, data in found) <= len(payload)
