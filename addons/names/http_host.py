"""Parses the host of a plain HTTP/1 request, from its first bytes.

It is tolerant: a request that a strict server refuses is passed on all the same. It searches with
the speed of `bytes.find`, and has no loop that a hostile request could lengthen.
"""

from addons.names.parse_result import (
    INCOMPLETE,
    NO_NAME,
    OTHER_PROTOCOL,
    ParseResult,
    ParseStatus,
    parse_hostname,
)

MAX_HEAD_SIZE = 16_384
"""Bytes that are kept of a request's head: servers refuse longer ones."""
MAX_METHOD_LENGTH = 20

METHODS = (
    *(b"GET ", b"POST", b"HEAD", b"PUT ", b"DELE", b"OPTI", b"PATC", b"CONN", b"TRAC", b"PRI "),
    *(b"PROP", b"REPO", b"SEAR", b"MKCO", b"COPY", b"MOVE", b"LOCK", b"UNLO", b"PROX"),
)
"""The first four bytes of a request: RFC 9110, HTTP/2 (RFC 9113), WebDAV (RFC 4918, RFC 3253,
RFC 5323), and the line that a proxy writes before it (PROXY)."""

_HTTP2_PREFACE = b"PRI * HTTP/2.0"
"""HTTP/2 with prior knowledge: its names are compressed."""


def parse_request(data: bytes) -> ParseResult:
    """Return the host of a request: that of its target, else that of its Host field."""
    line, newline, _ = data.partition(b"\n")
    method, space, rest = line.partition(b" ")
    if not _may_be_method(method) or (newline and not space):
        return OTHER_PROTOCOL
    if line.startswith(_HTTP2_PREFACE):
        return NO_NAME
    if not newline:
        return _unfinished(data)
    return _parse_target(method, rest.partition(b" ")[0]) or _find_host_field(data)


def _may_be_method(token: bytes) -> bool:
    return len(token) <= MAX_METHOD_LENGTH and (
        not token or (token.isascii() and token.replace(b"-", b"x").isalpha())
    )


def _unfinished(data: bytes) -> ParseResult:
    return NO_NAME if len(data) >= MAX_HEAD_SIZE else INCOMPLETE


def _parse_target(method: bytes, target: bytes) -> ParseResult | None:
    """Return the host of an absolute target, or of a CONNECT; None where there is none."""
    if method.upper() == b"CONNECT":
        return parse_authority(target.strip())
    scheme, slashes, rest = target.partition(b"://")
    if not slashes or not scheme.isalpha():
        return None
    authority = rest.partition(b"/")[0].partition(b"?")[0]
    return parse_authority(authority.rpartition(b"@")[2].strip())


def _find_host_field(data: bytes) -> ParseResult:
    lowered = data.lower()
    end = _end_of_fields(data)
    at = lowered.find(b"\nhost:", 0, end)
    if at < 0:
        return NO_NAME if end is not None else _unfinished(data)
    start = at + len(b"\nhost:")
    stop = data.find(b"\n", start)
    return parse_authority(data[start:stop].strip()) if stop >= 0 else _unfinished(data)


def _end_of_fields(data: bytes) -> int | None:
    """Return where the fields end, at the first empty line; None where they do not."""
    ends = [position for position in (data.find(b"\n\r\n"), data.find(b"\n\n")) if position >= 0]
    return min(ends, default=None)


def parse_authority(authority: bytes) -> ParseResult:
    """Return the hostname of `host:port`; an IP address is no name."""
    if authority.startswith(b"["):
        return NO_NAME
    result = parse_hostname(authority.partition(b":")[0])
    if result.status is ParseStatus.NAME and is_ip_address(result.hostname):
        return NO_NAME
    return result


def is_ip_address(host: str) -> bool:
    """Return whether a host is an IP address: browsers take what ends in a number for one."""
    return ":" in host or host.rpartition(".")[2].isdecimal()
