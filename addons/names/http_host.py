"""Reads the host that a plain HTTP/1 request is for, from its first bytes.

Tolerant, because it only looks: what a strict server would refuse is passed on all the same. It
searches with the speed of `bytes.find` and has no loop that a hostile request could lengthen.
"""

from addons.names.reading import INCOMPLETE, NAMELESS, OTHER, Outcome, Reading, named

LARGEST = 16_384
"""Bytes worth keeping for the head of a request: servers refuse longer ones."""
LONGEST_METHOD = 20

_PREFACE = b"PRI * HTTP/2.0"
"""HTTP/2 with prior knowledge: its names are packed."""


def read(data: bytes) -> Reading:
    """Read the host from the start of a request: of its target, else of its Host field."""
    line, newline, _ = data.partition(b"\n")
    method, space, rest = line.partition(b" ")
    if not _may_be_method(method) or (newline and not space):
        return OTHER
    if line.startswith(_PREFACE):
        return NAMELESS
    if not newline:
        return _unfinished(data)
    return _in_target(method, rest.partition(b" ")[0]) or _in_fields(data)


def _may_be_method(token: bytes) -> bool:
    return len(token) <= LONGEST_METHOD and (
        not token or (token.isascii() and token.replace(b"-", b"x").isalpha())
    )


def _unfinished(data: bytes) -> Reading:
    return NAMELESS if len(data) >= LARGEST else INCOMPLETE


def _in_target(method: bytes, target: bytes) -> Reading | None:
    """Take the authority of an absolute target, or of a CONNECT."""
    if method.upper() == b"CONNECT":
        return of_authority(target.strip())
    scheme, slashes, rest = target.partition(b"://")
    if not slashes or not scheme.isalpha():
        return None
    authority = rest.partition(b"/")[0].partition(b"?")[0]
    return of_authority(authority.rpartition(b"@")[2].strip())


def _in_fields(data: bytes) -> Reading:
    lowered = data.lower()
    end = _end(data)
    at = lowered.find(b"\nhost:", 0, end)
    if at < 0:
        return NAMELESS if end is not None else _unfinished(data)
    start = at + len(b"\nhost:")
    stop = data.find(b"\n", start)
    return of_authority(data[start:stop].strip()) if stop >= 0 else _unfinished(data)


def _end(data: bytes) -> int | None:
    """Find where the fields end: the first empty line."""
    ends = [at for at in (data.find(b"\n\r\n"), data.find(b"\n\n")) if at >= 0]
    return min(ends, default=None)


def of_authority(authority: bytes) -> Reading:
    """Take the hostname of `host:port`; an address is no name."""
    if authority.startswith(b"["):
        return NAMELESS
    reading = named(authority.partition(b":")[0])
    if reading.outcome is Outcome.NAME and is_address(reading.hostname):
        return NAMELESS
    return reading


def is_address(host: str) -> bool:
    """Whether a host is an IP address: browsers take what ends in a number for one."""
    return ":" in host or host.rpartition(".")[2].isdecimal()
