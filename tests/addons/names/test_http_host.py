"""Which host is read from a plain request, and that nothing a client sends does more than that."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addons.names import http_host
from addons.names.parse_result import INCOMPLETE, NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus

REQUEST = (
    b"GET /news?id=1 HTTP/1.1\r\n"
    b"User-Agent: Mozilla/5.0\r\n"
    b"Host: example.com:8080\r\n"
    b"Accept: */*\r\n"
    b"\r\n"
)


@pytest.mark.parametrize(
    ("request_", "hostname"),
    [
        (REQUEST, "example.com"),
        (b"GET / HTTP/1.1\r\nhOsT:example.com\r\n\r\n", "example.com"),
        (b"GET / HTTP/1.1\nHost:\t example.com \n\n", "example.com"),
        (b"POST / HTTP/1.0\r\nX: y\r\nHost: a.example\r\nHost: b.example\r\n\r\n", "a.example"),
        (b"GET http://example.com/path HTTP/1.1\r\nHost: other.example\r\n\r\n", "example.com"),
        (b"GET http://user:word@example.com:81/ HTTP/1.1\r\n\r\n", "example.com"),
        (b"GET http://example.com?q HTTP/1.1\r\n\r\n", "example.com"),
        (b"CONNECT example.com:443 HTTP/1.1\r\n\r\n", "example.com"),
        (b"VERSION-CONTROL / HTTP/1.1\r\nHost: example.com\r\n\r\n", "example.com"),
        (b"M-SEARCH * HTTP/1.1\r\nHost: Example.COM.\r\n\r\n", "Example.COM."),
    ],
)
def test_host_of_a_request(request_: bytes, hostname: str) -> None:
    assert http_host.parse_request(request_) == ParseResult(ParseStatus.NAME, hostname)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.0\r\nAccept: */*\r\n\r\nHost: in-the-body.example\r\n",
        b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 192.0.2.7\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 192.0.2.7:8080\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: [2001:db8::7]:8080\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: " + b"x" * 256 + b"\r\n\r\n",
        b"CONNECT 192.0.2.7:443 HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_request_without_a_name(request_: bytes) -> None:
    assert http_host.parse_request(request_) == NO_NAME


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00",
        b"\x00\x00",
        b"{json}\r\n",
        b"no-space\r\n",
        b"a-method-that-is-much-too-long / HTTP/1.1\r\n",
        "méthode / HTTP/1.1\r\n".encode(),
    ],
)
def test_other_protocols(data: bytes) -> None:
    assert http_host.parse_request(data) == OTHER_PROTOCOL


@given(st.integers(0, REQUEST.index(b"Accept") - 1))
def test_truncated_request_is_incomplete_until_its_host_is_there(at: int) -> None:
    assert http_host.parse_request(REQUEST[:at]) == INCOMPLETE


@pytest.mark.parametrize(
    "endless", [b"GET /", b"GET / HTTP/1.1\r\nX: ", b"GET / HTTP/1.1\r\nHost:"]
)
def test_what_never_ends_is_given_up(endless: bytes) -> None:
    assert http_host.parse_request(endless.ljust(http_host.MAX_HEAD_SIZE - 1, b"x")) == INCOMPLETE
    assert http_host.parse_request(endless.ljust(http_host.MAX_HEAD_SIZE, b"x")) == NO_NAME


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(b"")
@example(b"CONNECT")
def test_any_bytes_give_an_answer(data: bytes) -> None:
    for start in (data, b"GET " + data, b"GET / HTTP/1.1\r\n" + data):
        reading = http_host.parse_request(start)
        assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)


@given(st.data())
def test_changed_request_gives_an_answer(data: st.DataObject) -> None:
    changed = bytearray(REQUEST)
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    reading = http_host.parse_request(bytes(changed))
    if reading.status is ParseStatus.NAME:
        assert reading.hostname.encode() in changed


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7", "127.1", "7"])
def test_addresses_are_no_names(host: str) -> None:
    assert http_host.is_ip_address(host)


@pytest.mark.parametrize("host", ["example.com", "7.example", "x", "", "1.2.3.4.example"])
def test_names_are_no_addresses(host: str) -> None:
    assert not http_host.is_ip_address(host)
