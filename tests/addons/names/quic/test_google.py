"""The handshake in packets of Google's QUIC that were not yet encrypted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import google
from tests.addons.names.quic.google_packets import packet, stream

ACK = b"\x40" + b"\x09" + bytes(2) + b"\x09" + b"\x00"
VERSIONS = range(24, 47)


@pytest.mark.parametrize("version", VERSIONS)
def test_versions(version: int) -> None:
    datagram = packet(stream(b"CHLO...", version), version, 4 if version > 43 else 1)
    assert google.is_google_packet(datagram)
    assert google.collect_google_pieces(datagram) == [(0, b"CHLO...")]


@pytest.mark.parametrize("version", [43, 46])
@pytest.mark.parametrize("size", [1, 2, 4])
def test_packet_numbers_of_any_size(version: int, size: int) -> None:
    datagram = packet(stream(b"CHLO...", version), version, size)
    assert google.collect_google_pieces(datagram) == [(0, b"CHLO...")]


@pytest.mark.parametrize("version", [35, 43, 46])
def test_frames_around_the_handshake(version: int) -> None:
    frames = bytes(100) + ACK + stream(b"CHLO...", version, offset=1_024) + b"\x07" + bytes(100)
    assert google.collect_google_pieces(packet(frames, version)) == [(1_024, b"CHLO...")]


def test_other_streams_are_not_the_handshake() -> None:
    frames = stream(b"GET / ", 43, number=5) + stream(b"CHLO...", 43)
    assert google.collect_google_pieces(packet(frames, 43)) == [(0, b"CHLO...")]


def test_stream_without_a_length_fills_the_packet() -> None:
    assert google.collect_google_pieces(packet(b"\x80\x01CHLO...", 43)) == [(0, b"CHLO...")]


@pytest.mark.parametrize("cut", [1, 5, 8, 10])
def test_frame_that_is_cut_short_is_none(cut: int) -> None:
    assert google.collect_google_pieces(packet(stream(b"CHLO...", 43)[:-cut], 43)) == []


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\x09",
        packet(b"", 43)[:14],
        packet(b"", 23),
        packet(b"", 47),
        b"\x0c" + packet(b"", 43)[1:],  # without a version, as all but the first packets
        b"\x49" + packet(b"", 43)[1:],
        packet(b"", 46).replace(b"\x50", b"\x05", 1),  # a server's
        b"\x09" + bytes(8) + b"HTTP/1.1 200 OK",
    ],
)
def test_what_is_not_a_clients_packet(datagram: bytes) -> None:
    assert not google.is_google_packet(datagram)
    assert google.collect_google_pieces(datagram) == []


@given(st.sampled_from(VERSIONS), st.binary(max_size=200), st.integers(0, 255))
def test_any_bytes_give_pieces_of_themselves(version: int, frames: bytes, flags: int) -> None:
    datagram = bytes((flags,)) + packet(frames, version)[1:]
    assert all(data in datagram for _, data in google.collect_google_pieces(datagram))
