"""The filter's pieces for TCP: handshakes, requests, and DNS answers."""

from addons.captures.expression import Version, all_of, any_of, either, none_of
from addons.packets.packet import FIN, PSH, RST, SYN

WEB_PORTS = (443, 80, 853, 8443, 8080, 3128, 1080)
"""Ports at which the later pieces of a handshake or a request are looked for."""
BUSIEST_PORTS = (443, 80)
"""Ports at which every request is looked at for its sequence numbers."""
SHORT = 1_400
"""Bytes: a segment with less is the last of what was written, not one of many."""
DNS, WEB = 53, 443

HANDSHAKE, CLIENT_HELLO = 0x16, 1
HANDSHAKE_OF_TLS = 0x1603
"""The first two bytes of a record (RFC 8446, section 5.1)."""
_RECORDS, _OF_ANY_KIND = 0x1403, 0xFCFF
"""These bits are the same in all kinds of record: 0x14 to 0x17."""
_LATER_MESSAGES = (0x0B00, 0x1000)
"""A client's Certificate and ClientKeyExchange (RFC 5246, section 7.4), with the first byte of a
length that never needs it."""

METHODS = (
    *(b"GET ", b"POST", b"HEAD", b"PUT ", b"DELE", b"OPTI", b"PATC", b"CONN", b"TRAC", b"PRI "),
    *(b"PROP", b"REPO", b"SEAR", b"MKCO", b"COPY", b"MOVE", b"LOCK", b"UNLO", b"PROX"),
)
"""How what asks begins: RFC 9110, HTTP/2 (RFC 9113), WebDAV (RFC 4918, RFC 3253, RFC 5323), and the
line that a proxy writes before it (PROXY)."""
_LETTERS, _UPPER_CASE = 0xE0E0E000, 0x40404000
"""Three letters have these bits: one question that spares random bytes the others."""


def with_names(version: Version) -> str:
    """Pass segments that can carry a name."""
    return all_of(
        not_of_a_server(version),
        f"{version.segment_size} > 0",
        any_of(
            dns_answer(version),
            short_piece(version),
            continuation(version),
            request(version),
            client_hello(version),
        ),
    )


def with_sizes(version: Version) -> str:
    """Pass segments whose numbers tell how much a connection carries."""
    return any_of(end(version), short_request(version))


def not_of_a_server(version: Version) -> str:
    """Pass all but what a web server says, of which downloads consist: it is spared the rest."""
    return any_of(f"{version.tcp(0, 2)} != {WEB}", f"{version.tcp(2, 2)} = {WEB}")


def dns_answer(version: Version) -> str:
    """Pass what a name server says."""
    return f"{version.tcp(0, 2)} = {DNS}"


def client_hello(version: Version) -> str:
    """Pass the start of a ClientHello, to any port."""
    return all_of(
        f"{version.segment_size} >= 6",
        f"{version.segment(0, 2)} = {HANDSHAKE_OF_TLS:#x}",
        f"{version.segment(5)} = {CLIENT_HELLO}",
    )


def short_piece(version: Version) -> str:
    """Pass the start of a ClientHello that is cut before it says that it is one."""
    return all_of(f"{version.segment_size} < 6", f"{version.segment(0)} = {HANDSHAKE:#x}")


def continuation(version: Version) -> str:
    """Pass the last piece of a ClientHello or request; its first byte can be anything.

    A record of TLS is none, but for one that may carry a piece of a ClientHello that is cut into
    records. Not only the first byte is held against that of records: one in 64 last pieces has
    one of these by chance.
    """
    begins = version.segment(0, 2)
    return all_of(
        _pushed(version),
        either(version.tcp(2, 2), WEB_PORTS),
        f"{version.segment_size} < {SHORT}",
        any_of(
            f"{version.segment_size} = 1",
            f"{begins} & {_OF_ANY_KIND:#x} != {_RECORDS:#x}",
            all_of(
                f"{begins} = {HANDSHAKE_OF_TLS:#x}",
                any_of(
                    f"{version.segment_size} < 7",
                    none_of(version.segment(5, 2), _LATER_MESSAGES),
                ),
            ),
        ),
    )


def request(version: Version) -> str:
    """Pass the start of an HTTP/1 request, to any port."""
    start = version.segment(0, 4)
    return all_of(
        f"{version.segment_size} >= 4",
        f"{start} & {_LETTERS:#x} = {_UPPER_CASE:#x}",
        either(start, (int.from_bytes(method) for method in METHODS)),
    )


def end(version: Version) -> str:
    """Pass the end of a connection."""
    flags = version.tcp(13)
    return all_of(f"{flags} & {SYN} = 0", f"{flags} & {FIN | RST} != 0")


def short_request(version: Version) -> str:
    """Pass what ends a client's writing, encrypted or not."""
    return all_of(
        _pushed(version),
        either(version.tcp(2, 2), BUSIEST_PORTS),
        f"{version.segment_size} > 0",
        f"{version.segment_size} < {SHORT}",
    )


def _pushed(version: Version) -> str:
    return f"{version.tcp(13)} & {PSH} != 0"
