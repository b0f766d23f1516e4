"""Which names are read from DTLS, whole and in fragments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names import dtls
from addons.names.client_hello import MAX_SIZE
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus
from tests.addons import hellos
from tests.addons.hellos import HOSTNAME

NAME = ParseResult(ParseStatus.NAME, HOSTNAME)
SESSION = 4 + 2 + 32
"""Where the length of the session id stands in a TLS message."""


def body(hostname: str | None = HOSTNAME, cookie: bytes = b"") -> bytes:
    """Make DTLS's message of TLS's: with a cookie, and without the header."""
    message = hellos.message(hostname)
    at = SESSION + 1 + message[SESSION]
    return message[4:at] + bytes((len(cookie),)) + cookie + message[at:]


def record(message: bytes, version: int = 0xFEFD, kind: int = 22, epoch: int = 0) -> bytes:
    header = bytes((kind,)) + version.to_bytes(2) + epoch.to_bytes(2) + bytes(6)
    return header + len(message).to_bytes(2) + message


def fragment(whole: bytes, start: int = 0, end: int | None = None, kind: int = 1) -> bytes:
    piece = whole[start:end]
    sizes = (len(whole), start, len(piece))
    size, offset, length = (number.to_bytes(3) for number in sizes)
    return bytes((kind,)) + size + b"\x00\x00" + offset + length + piece


def hello(hostname: str | None = HOSTNAME, cookie: bytes = b"", version: int = 0xFEFD) -> bytes:
    return record(fragment(body(hostname, cookie)), version)


@pytest.mark.parametrize("version", [0xFEFF, 0xFEFD, 0xFEFC])
def test_versions(version: int) -> None:
    assert dtls.is_plain_handshake(hello(version=version))
    assert dtls.parse_dtls_client_hello(hello(version=version)) == NAME


@pytest.mark.parametrize("size", [0, 1, 20, 255])
def test_cookie(size: int) -> None:
    assert dtls.parse_dtls_client_hello(hello(cookie=b"c" * size)) == NAME
    assert dtls.parse_dtls_client_hello(hello(None, b"c" * size)) == NO_NAME


def test_hello_without_a_name() -> None:
    assert dtls.parse_dtls_client_hello(hello(None)) == NO_NAME


@pytest.mark.parametrize("size", [30, 100, 200])
def test_fragments(size: int) -> None:
    whole = body(cookie=b"cookie")
    pieces = [record(fragment(whole, at, at + size)) for at in range(0, len(whole), size)]
    assert dtls.parse_dtls_client_hello(b"".join(pieces)) == NAME
    assert dtls.parse_dtls_client_hello(b"".join(reversed(pieces))) == NAME
    assert dtls.parse_dtls_client_hello(b"".join([pieces[0], *pieces])) == NAME
    assert dtls.parse_dtls_client_hello(pieces[1]) == INCOMPLETE
    assert dtls.parse_dtls_client_hello(pieces[0]) == (
        INCOMPLETE if size < whole.index(HOSTNAME.encode()) else NAME
    )


def test_fragments_of_another_message_are_left_out() -> None:
    whole = body()
    other = record(fragment(b"\xff" * 20))
    rest = record(fragment(whole, 100))
    assert dtls.parse_dtls_client_hello(record(fragment(whole, 0, 100)) + other + rest) == NAME


def test_what_follows_the_hello_does_not_matter() -> None:
    assert dtls.parse_dtls_client_hello(hello() + record(b"secret", kind=23, epoch=1)) == NAME
    assert (
        dtls.parse_dtls_client_hello(hello(None) + record(b"secret", kind=23, epoch=1)) == NO_NAME
    )


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"\x16\xfe\xfd",
        record(fragment(body(), kind=2)),  # a server's
        record(fragment(body()), kind=23),
        record(fragment(body()), epoch=1),
        record(fragment(body()), version=0x0303),
        record(b"\x01"),
        bytes(100),
    ],
)
def test_other_protocols(datagram: bytes) -> None:
    assert dtls.parse_dtls_client_hello(datagram) == OTHER_PROTOCOL


def test_what_cannot_become_whole_has_no_name() -> None:
    too_large = fragment(body(), 0, 100).replace(len(body()).to_bytes(3), b"\xff\xff\xff", 1)
    assert int.from_bytes(b"\xff\xff\xff") > MAX_SIZE
    assert dtls.parse_dtls_client_hello(record(too_large)) == NO_NAME
    assert dtls.parse_dtls_client_hello(record(fragment(body()[:60]))) == NO_NAME


def test_records_are_bounded() -> None:
    whole = body()
    pieces = [record(fragment(whole, at, at + 1)) for at in range(len(whole))]
    assert len(pieces) > dtls.MAX_RECORDS
    assert dtls.parse_dtls_client_hello(b"".join(pieces)) == INCOMPLETE


@given(st.integers(0, 2_000))
def test_truncated_datagram(end: int) -> None:
    datagram = hello()[:end]
    there = hello().index(HOSTNAME.encode()) + len(HOSTNAME)
    if end >= there:
        assert dtls.parse_dtls_client_hello(datagram) == NAME
    else:
        assert dtls.parse_dtls_client_hello(datagram) in (OTHER_PROTOCOL, INCOMPLETE)


@given(st.binary(max_size=300), st.sampled_from([b"", hello()[:13], hello()[:60]]))
def test_any_bytes_give_an_answer(rest: bytes, start: bytes) -> None:
    reading = dtls.parse_dtls_client_hello(start + rest)
    assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)
    assert reading.hostname.encode() in start + rest


@given(st.data())
def test_changed_hello_gives_an_answer(data: st.DataObject) -> None:
    changed = bytearray(hello(cookie=b"cookie"))
    places = st.integers(0, len(changed) - 1)
    for at in data.draw(st.lists(places, min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    assert dtls.parse_dtls_client_hello(bytes(changed)).hostname.encode() in changed
