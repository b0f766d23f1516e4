"""Which addresses a timetable's server may have: a secret goes there, so nobody may listen in."""

from urllib.parse import urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def base(address: str) -> str | None:
    """Give the scheme and host of an address that starts with https://, or of this machine.

    None when it is not such an address, or has a query or a user in it.
    """
    try:
        parts = urlsplit(address)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not (is_safe and is_port and parts.hostname) or parts.query or "@" in parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc}"
