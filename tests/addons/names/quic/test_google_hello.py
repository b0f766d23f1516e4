"""The name in the handshake that Google's QUIC had of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.parse_result import INCOMPLETE, NO_NAME, ParseResult, ParseStatus
from addons.names.quic import google_hello
from addons.names.quic.frames import HandshakePiece
from tests.addons.hellos import HOSTNAME
from tests.addons.names.quic.google_packets import hello, message

NAME = ParseResult(ParseStatus.NAME, HOSTNAME)


def test_name() -> None:
    assert google_hello.parse_google_hello(hello()) == NAME
    assert google_hello.parse_google_hello(message([(b"SNI\x00", HOSTNAME.encode())])) == NAME


def test_hello_without_a_name() -> None:
    assert google_hello.parse_google_hello(message([(b"VER\x00", b"Q046")])) == NO_NAME
    assert google_hello.parse_google_hello(message([])) == NO_NAME
    assert google_hello.parse_google_hello(hello(b"")) == NO_NAME


def test_name_is_read_as_soon_as_it_has_come() -> None:
    there = hello().index(HOSTNAME.encode()) + len(HOSTNAME)
    for end in range(len(hello())):
        reading = google_hello.parse_google_hello(hello()[:end])
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
    assert google_hello.parse_google_hello(other) == NO_NAME


def test_second_hello_of_a_stream_is_read_from_its_own_start() -> None:
    pieces = [
        HandshakePiece(900, b"before"),
        HandshakePiece(1_024, b"CHLO..."),
        HandshakePiece(1_031, b"more"),
    ]
    assert google_hello.align_to_hello(pieces) == [(0, b"CHLO..."), (7, b"more")]
    assert google_hello.align_to_hello(pieces[:1]) == pieces[:1]


@given(st.binary(max_size=300), st.sampled_from([b"", b"CHLO", b"CHLO\x03\x00\x00\x00SNI\x00"]))
def test_any_bytes_give_an_answer(rest: bytes, start: bytes) -> None:
    reading = google_hello.parse_google_hello(start + rest)
    assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)
    assert reading.hostname.encode() in start + rest
