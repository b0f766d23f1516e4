"""Which names are read from a ClientHello, and that nothing a client sends does more than that."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addons.names import client_hello
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus
from tests.addons import hellos
from tests.addons.hellos import HOSTNAME, hello, key_share, record, server_name, with_extensions

NAME = ParseResult(ParseStatus.NAME, HOSTNAME)
ECH = 0xFE0D


def test_name_of_a_real_hello() -> None:
    assert client_hello.parse_client_hello(hello()) == NAME
    assert (
        client_hello.parse_client_hello(hello("pinterest.nl", ("h2", "http/1.1"))).hostname
        == "pinterest.nl"
    )


def test_hello_without_a_name() -> None:
    assert client_hello.parse_client_hello(hello(None)) == NO_NAME


def test_what_follows_the_hello_does_not_matter() -> None:
    early_data = record(b"\x00\x01", kind=20) + record(b"secret", kind=23)
    assert client_hello.parse_client_hello(hello() + early_data) == NAME
    assert client_hello.parse_client_hello(hello(None) + early_data) == NO_NAME


@pytest.mark.parametrize("size", [1, 2, 3, 10, 100, 516])
def test_hello_over_several_records(size: int) -> None:
    within_bounds = hellos.message()[: size * client_hello.MAX_RECORDS]
    reading = client_hello.parse_client_hello(hellos.records(within_bounds, size))
    assert reading in (NAME, NO_NAME)
    assert (reading == NAME) == (HOSTNAME.encode() in within_bounds)


@pytest.mark.parametrize("size", [1_216, 1_665, 21_632])
@pytest.mark.parametrize("is_first", [True, False])
def test_large_key_share(size: int, is_first: bool) -> None:
    extensions = [server_name(HOSTNAME.encode()), key_share(size)]
    message = with_extensions(*(extensions if is_first else reversed(extensions)))
    assert client_hello.parse_client_hello(hellos.records(message, 16_384)) == NAME


def test_name_is_read_before_the_rest_has_come() -> None:
    message = with_extensions(server_name(HOSTNAME.encode()), key_share(1_216))
    assert client_hello.parse_client_hello(record(message)[:150]) == NAME


def test_name_beside_an_encrypted_hello_counts() -> None:
    message = with_extensions((ECH, bytes(200)), server_name(b"cloudflare-ech.com"))
    assert client_hello.parse_client_hello(record(message)).hostname == "cloudflare-ech.com"
    assert client_hello.parse_client_hello(record(with_extensions((ECH, bytes(200))))) == NO_NAME


def test_message_without_records() -> None:
    assert client_hello.parse_handshake_message(hellos.message()) == NAME
    assert client_hello.parse_handshake_message(b"") == INCOMPLETE


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        b"\x16\x02\x00\x00\x05hello",
        record(b"\x02" + bytes(40)),  # a ServerHello
        record(b"\x01", kind=23),
        b"\x80\x2e\x01\x00\x02",  # SSL 2
        bytes(100),
    ],
)
def test_other_protocols(data: bytes) -> None:
    assert client_hello.parse_client_hello(data) == OTHER_PROTOCOL


@pytest.mark.parametrize(
    "message",
    [
        with_extensions(server_name(b"")),
        with_extensions(server_name(b"x" * 256)),
        with_extensions(server_name("bücher.example".encode())),
        with_extensions(server_name(HOSTNAME.encode(), kind=7)),
        with_extensions((0, b"")),
        with_extensions((0, b"\xff\xff\x00\xff\xffshort")),
        with_extensions(*[(7, b"")] * client_hello.MAX_EXTENSIONS, server_name(b"late.example")),
        b"\x01\x00\x00\x10" + bytes(16),
        b"\x01" + client_hello.MAX_SIZE.to_bytes(3) + bytes(3_000),
    ],
)
def test_hello_that_is_wrong_has_no_name(message: bytes) -> None:
    assert client_hello.parse_client_hello(record(message)) == NO_NAME


def test_hello_that_stops_in_mid_record_is_over_when_another_kind_follows() -> None:
    assert (
        client_hello.parse_client_hello(record(hellos.message()[:100]) + record(b"", 21)) == NO_NAME
    )


@given(st.integers(min_value=0))
def test_truncated_hello_is_incomplete_until_its_name_is_there(at: int) -> None:
    start = hello()[: at % len(hello())]
    there = hello().index(HOSTNAME.encode()) + len(HOSTNAME)
    assert client_hello.parse_client_hello(start) == (NAME if len(start) >= there else INCOMPLETE)


@given(st.integers(2, 100), st.integers(1, 60))
def test_incomplete_over_several_records(size: int, cut: int) -> None:
    data = hellos.records(with_extensions((7, b""), (8, b"")), size)
    assert client_hello.parse_client_hello(data) == NO_NAME
    assert client_hello.parse_client_hello(data[:-cut]) == INCOMPLETE


def test_what_never_becomes_whole_is_given_up() -> None:
    endless = record(b"\x01\x00\xff\x00" + bytes(16_380))
    unfinished = b"\x16\x03\x01\xff\xff\x01\x00\xff\xf0\x03\x03" + bytes(33) + b"\xff\xff"
    assert client_hello.parse_client_hello(endless) == NO_NAME
    assert client_hello.parse_client_hello(unfinished) == INCOMPLETE
    assert client_hello.parse_client_hello(unfinished.ljust(client_hello.MAX_SIZE)) == NO_NAME
    assert client_hello.parse_client_hello(hellos.records(hellos.message(None), 1)) == NO_NAME


@given(st.binary(max_size=600))
@example(b"")
@example(b"\x16\x03")
def test_any_bytes_give_an_answer(data: bytes) -> None:
    for reading in (
        client_hello.parse_client_hello(data),
        client_hello.parse_handshake_message(data),
    ):
        assert isinstance(reading, ParseResult)
        assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)


@given(st.data())
def test_changed_hello_gives_an_answer(data: st.DataObject) -> None:
    changed = bytearray(hello())
    places = st.integers(0, len(changed) - 1)
    for at in data.draw(st.lists(places, min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    reading = client_hello.parse_client_hello(bytes(changed))
    if reading.status is ParseStatus.NAME:
        assert reading.hostname.encode() in changed


@given(st.lists(st.tuples(st.integers(0, 65_535), st.binary(max_size=80)), max_size=12))
def test_any_extensions_give_what_the_first_server_name_says(
    extensions: list[tuple[int, bytes]],
) -> None:
    others = [(kind or 1, content) for kind, content in extensions]
    for at in range(len(others) + 1):
        message = with_extensions(*others[:at], server_name(b"a.example"), *others[at:])
        assert client_hello.parse_client_hello(record(message)).hostname == "a.example"
