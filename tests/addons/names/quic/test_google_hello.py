"""The name in the handshake that Google's QUIC had of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic import google_hello
from addons.names.quic.frames import Piece
from addons.names.reading import INCOMPLETE, NAMELESS, Outcome, Reading
from tests.addons.hellos import HOSTNAME
from tests.addons.names.quic.google_packets import hello, message

NAME = Reading(Outcome.NAME, HOSTNAME)


def test_name() -> None:
    assert google_hello.read_message(hello()) == NAME
    assert google_hello.read_message(message([(b"SNI\x00", HOSTNAME.encode())])) == NAME


def test_hello_without_a_name() -> None:
    assert google_hello.read_message(message([(b"VER\x00", b"Q046")])) == NAMELESS
    assert google_hello.read_message(message([])) == NAMELESS
    assert google_hello.read_message(hello(b"")) == NAMELESS


def test_name_is_read_as_soon_as_it_has_come() -> None:
    there = hello().index(HOSTNAME.encode()) + len(HOSTNAME)
    for end in range(len(hello())):
        reading = google_hello.read_message(hello()[:end])
        assert reading == (NAME if end >= there else INCOMPLETE), end


@pytest.mark.parametrize(
    "other",
    [
        message([(b"SNI\x00", b"server.example")], b"REJ\x00"),
        b"CHLO" + b"\xff\xff\x00\x00" + bytes(2_000),
        b"CHLO" + b"\x01\x00\x00\x00" + b"SNI\x00" + b"\xff\xff\xff\xff",
        b"CHLO\x02\x00\x00\x00PAD\x00\x09\x00\x00\x00SNI\x00\x03\x00\x00\x00" + bytes(9),
        b"\x01\x00\x00\xee\x03\x03",
    ],
)
def test_message_that_is_wrong_has_no_name(other: bytes) -> None:
    assert google_hello.read_message(other) == NAMELESS


def test_second_hello_of_a_stream_is_read_from_its_own_start() -> None:
    pieces = [Piece(900, b"before"), Piece(1_024, b"CHLO..."), Piece(1_031, b"more")]
    assert google_hello.begun(pieces) == [(0, b"CHLO..."), (7, b"more")]
    assert google_hello.begun(pieces[:1]) == pieces[:1]


@given(st.binary(max_size=300), st.sampled_from([b"", b"CHLO", b"CHLO\x03\x00\x00\x00SNI\x00"]))
def test_any_bytes_give_an_answer(rest: bytes, start: bytes) -> None:
    reading = google_hello.read_message(start + rest)
    assert (reading.outcome is Outcome.NAME) == bool(reading.hostname)
    assert reading.hostname.encode() in start + rest
