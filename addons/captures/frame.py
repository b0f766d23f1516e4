"""A captured frame."""

from typing import NamedTuple


class CapturedFrame(NamedTuple):
    """A frame, as it was captured."""

    timestamp: float
    """Seconds since 1970-01-01 UTC."""
    content: bytes
    length: int
    """Bytes on the wire; fewer may have been captured."""
