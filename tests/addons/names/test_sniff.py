"""Which protocol the first bytes are of, and what a name in them is evidence of."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addons.names import client_hello, http_host, sniff
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus
from monitor.evidence import Evidence
from tests.addons.hellos import HOSTNAME, hello

NAME = ParseResult(ParseStatus.NAME, HOSTNAME)
REQUEST = f"GET / HTTP/1.1\r\nHost: {HOSTNAME}\r\n\r\n".encode()
PROXY = b"PROXY TCP4 192.0.2.1 192.0.2.2 50000 443\r\n"


@pytest.mark.parametrize("before", [b"", PROXY, PROXY.replace(b"\r", b""), b"PROXY UNKNOWN\r\n"])
def test_name_of_a_hello_and_of_a_request(before: bytes) -> None:
    assert sniff.sniff_name(before + hello()) == (NAME, Evidence.SNI)
    assert sniff.sniff_name(before + REQUEST) == (NAME, Evidence.HTTP)


def test_hello_without_a_name_is_tls_all_the_same() -> None:
    assert sniff.sniff_name(hello(None)) == (NO_NAME, Evidence.SNI)
    assert sniff.sniff_name(PROXY + hello(None)) == (NO_NAME, Evidence.SNI)


@given(st.integers(0, len(PROXY)))
def test_line_of_a_proxy_that_is_not_there_yet_is_waited_for(at: int) -> None:
    reading, _ = sniff.sniff_name(PROXY[:at])
    assert reading == INCOMPLETE


@given(st.integers(1, 60))
def test_hello_behind_it_that_is_not_there_yet_is_waited_for(at: int) -> None:
    assert sniff.sniff_name(PROXY + hello()[:at]) == (INCOMPLETE, Evidence.SNI)


def test_line_that_never_ends_is_given_up() -> None:
    endless = b"PROXY ".ljust(http_host.MAX_HEAD_SIZE, b"x")
    assert sniff.sniff_name(endless) == (NO_NAME, Evidence.HTTP)


@pytest.mark.parametrize("data", [b"\x00\x01", b"\x16\x04\x01\x00", b"SSH-2.0-OpenSSH\r\n"])
def test_other_protocols(data: bytes) -> None:
    reading, _ = sniff.sniff_name(data)
    assert reading == OTHER_PROTOCOL


@given(st.binary(max_size=300))
@example(b"")
@example(b"PROXY \n")
def test_any_bytes_are_read_as_by_the_protocols_own_reader(data: bytes) -> None:
    reading, evidence = sniff.sniff_name(data)
    if evidence is Evidence.SNI:
        assert reading == client_hello.parse_client_hello(data)
    assert sniff.sniff_name(PROXY + data)[0] == (reading if data else INCOMPLETE)
