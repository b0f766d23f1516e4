"""What holds for whatever reads a name, from bytes that anyone may have sent."""

from collections import Counter
from collections.abc import Callable

from addons.names import client_hello, dtls, http_host, sniff, vpn
from addons.names.parse_result import (
    INCOMPLETE,
    MAX_HOSTNAME_LENGTH,
    NO_NAME,
    OTHER_PROTOCOL,
    ParseResult,
    ParseStatus,
)

MORE = (b"\x00", b"\n\n", b"\x16\x03\x01\x00\x05hello", b"Host: more.example\r\n\r\n")
"""What may follow."""
PORTS = (443, vpn.OPENVPN_PORT, vpn.IKE_PORT, vpn.IKE_NAT_PORT)

type Read = Callable[[bytes], ParseResult]


def is_sound(reading: ParseResult, source: bytes) -> None:
    """A name is one that can be a hostname, and there is none without bytes to read it from."""
    assert isinstance(reading, ParseResult)
    assert isinstance(reading.status, ParseStatus)
    assert (reading.status is ParseStatus.NAME) == bool(reading.hostname)
    assert reading.hostname.isascii()
    assert len(reading.hostname) <= min(MAX_HOSTNAME_LENGTH, len(source))
    assert not Counter(reading.hostname.encode()) - Counter(source)


def cuts(data: bytes) -> list[bytes]:
    """Give what a reader would have seen earlier."""
    places = {len(data) * part // 8 for part in range(8)} | {len(data) - 1, len(data) - 2}
    return [data[:place] for place in sorted(places) if place > 0]


def is_too_large(message: bytes) -> bool:
    """Whether a handshake message says that it is larger than what is kept: it is given up."""
    return int.from_bytes(message[1:4]) + 4 > client_hello.MAX_SIZE


def stands(read: Read, data: bytes, *, gives_up: bool = False) -> ParseResult:
    """What was read does not change with what follows, and before it there was nothing else.

    Only one that gives up may say that there is no name, before it has come.
    """
    reading = read(data)
    before = (reading, INCOMPLETE, NO_NAME) if gives_up else (reading, INCOMPLETE)
    is_sound(reading, data)
    for start_of_it in cuts(data):
        earlier = read(start_of_it)
        is_sound(earlier, start_of_it)
        assert earlier in before
    if reading != INCOMPLETE and not gives_up:
        assert all(read(data + more) == reading for more in MORE)
    return reading


def records(data: bytes) -> None:
    reading = stands(
        client_hello.parse_client_hello,
        data,
        gives_up=is_too_large(client_hello._join_records(data)[0]),
    )
    rest = iter(data)
    assert all(byte in rest for byte in reading.hostname.encode())


def message(data: bytes) -> None:
    assert (
        stands(
            client_hello.parse_handshake_message, data, gives_up=is_too_large(data)
        ).hostname.encode()
        in data
    )


def request(data: bytes) -> None:
    assert stands(http_host.parse_request, data).hostname.encode() in data


def first_bytes(data: bytes) -> None:
    tls = data.partition(b"\n")[2] if data.startswith(b"PROXY ") else data
    gives_up = is_too_large(client_hello._join_records(tls)[0])
    stands(lambda data: sniff.sniff_name(data)[0], data, gives_up=gives_up)


def datagram_of_dtls(data: bytes) -> None:
    reading = dtls.parse_dtls_client_hello(data)
    is_sound(reading, data)
    assert dtls.is_plain_handshake(data) or reading == OTHER_PROTOCOL
    if len(data) <= 13 + int.from_bytes(data[11:13]):  # one record: its pieces cannot overlap
        before = [reading, INCOMPLETE, OTHER_PROTOCOL]
        before += [NO_NAME] if is_too_large(data[13:]) else []
        assert all(
            dtls.parse_dtls_client_hello(start_of_it) in before for start_of_it in cuts(data)
        )


def datagram_of_a_vpn(data: bytes) -> None:
    begun = [port for port in PORTS if vpn.is_vpn_start(port, data)]
    assert all(isinstance(vpn.is_vpn_start(port, data), bool) for port in PORTS)
    assert data or not begun
