"""The filter's pieces for TCP: handshakes, requests, and DNS answers."""

from addons.captures.filters.expression import IpFields, all_of, any_of, field_in, field_not_in
from addons.names.http_host import METHODS
from addons.packets.packet import FIN, PSH, RST, SYN
from addons.packets.ports import DNS, DNS_OVER_TLS, HTTP, HTTPS

WEB_PORTS = (HTTPS, HTTP, DNS_OVER_TLS, 8443, 8080, 3128, 1080)
"""Ports whose traffic may hold the last piece of a handshake or a request."""
BUSIEST_PORTS = (HTTPS, HTTP)
"""Ports whose every request passes, for its sequence numbers."""
FULL_SEGMENT = 1_400
"""Bytes: a shorter segment is the last of what was written, and not one of many."""

HANDSHAKE, CLIENT_HELLO = 0x16, 1
HANDSHAKE_OF_TLS = 0x1603
"""The first two bytes of a record (RFC 8446, section 5.1)."""
_RECORDS, _OF_ANY_KIND = 0x1403, 0xFCFF
"""These bits are the same in all kinds of record: 0x14 to 0x17."""
_LATER_MESSAGES = (0x0B00, 0x1000)
"""A client's Certificate and ClientKeyExchange (RFC 5246, section 7.4), with the first byte of the
length, which is always 0."""

_LETTERS, _UPPER_CASE = 0xE0E0E000, 0x40404000
"""Bits that three letters have: one test that spares random bytes the others."""


def names_over_tcp(version: IpFields) -> str:
    """Pass segments that can carry a name."""
    return all_of(
        not_of_a_server(version),
        f"{version.tcp_payload_size} > 0",
        any_of(
            dns_answer(version),
            cut_client_hello(version),
            last_piece(version),
            http_request(version),
            client_hello(version),
        ),
    )


def sizes_over_tcp(version: IpFields) -> str:
    """Pass segments whose numbers tell how much a connection carries."""
    return any_of(connection_end(version), short_request(version))


def not_of_a_server(version: IpFields) -> str:
    """Pass all but what a web server sends: downloads skip the other tests."""
    return any_of(f"{version.tcp_field(0, 2)} != {HTTPS}", f"{version.tcp_field(2, 2)} = {HTTPS}")


def dns_answer(version: IpFields) -> str:
    """Pass what a name server sends."""
    return f"{version.tcp_field(0, 2)} = {DNS}"


def client_hello(version: IpFields) -> str:
    """Pass the start of a ClientHello, to any port."""
    return all_of(
        f"{version.tcp_payload_size} >= 6",
        f"{version.tcp_payload(0, 2)} = {HANDSHAKE_OF_TLS:#x}",
        f"{version.tcp_payload(5)} = {CLIENT_HELLO}",
    )


def cut_client_hello(version: IpFields) -> str:
    """Pass the start of a ClientHello that is cut before it can be recognised."""
    return all_of(f"{version.tcp_payload_size} < 6", f"{version.tcp_payload(0)} = {HANDSHAKE:#x}")


def last_piece(version: IpFields) -> str:
    """Pass the last piece of a ClientHello or request; its first byte can be anything.

    A record of TLS does not pass, unless it may carry a piece of a ClientHello that is cut into
    records. Two bytes are compared with those of records, because one in 64 last pieces has the
    first byte of a record by chance.
    """
    begins = version.tcp_payload(0, 2)
    return all_of(
        _is_pushed(version),
        field_in(version.tcp_field(2, 2), WEB_PORTS),
        f"{version.tcp_payload_size} < {FULL_SEGMENT}",
        any_of(
            f"{version.tcp_payload_size} = 1",
            f"{begins} & {_OF_ANY_KIND:#x} != {_RECORDS:#x}",
            all_of(
                f"{begins} = {HANDSHAKE_OF_TLS:#x}",
                any_of(
                    f"{version.tcp_payload_size} < 7",
                    field_not_in(version.tcp_payload(5, 2), _LATER_MESSAGES),
                ),
            ),
        ),
    )


def http_request(version: IpFields) -> str:
    """Pass the start of an HTTP/1 request, to any port."""
    start = version.tcp_payload(0, 4)
    return all_of(
        f"{version.tcp_payload_size} >= 4",
        f"{start} & {_LETTERS:#x} = {_UPPER_CASE:#x}",
        field_in(start, (int.from_bytes(method) for method in METHODS)),
    )


def connection_end(version: IpFields) -> str:
    """Pass the end of a connection: FIN or RST."""
    flags = version.tcp_field(13)
    return all_of(f"{flags} & {SYN} = 0", f"{flags} & {FIN | RST} != 0")


def short_request(version: IpFields) -> str:
    """Pass the last segment of what a client wrote, encrypted or not."""
    return all_of(
        _is_pushed(version),
        field_in(version.tcp_field(2, 2), BUSIEST_PORTS),
        f"{version.tcp_payload_size} > 0",
        f"{version.tcp_payload_size} < {FULL_SEGMENT}",
    )


def _is_pushed(version: IpFields) -> str:
    return f"{version.tcp_field(13)} & {PSH} != 0"
