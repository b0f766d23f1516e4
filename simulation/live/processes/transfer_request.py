"""The request of a simulated device to the TLS server: so many bytes, over so much time."""

from struct import Struct
from typing import NamedTuple

_FORMAT = Struct("!III")
SIZE = _FORMAT.size


class TransferRequest(NamedTuple):
    """One request, which is followed by `up` bytes of zeros."""

    up: int
    down: int
    milliseconds: int

    def to_bytes(self) -> bytes:
        """Encode the request."""
        return _FORMAT.pack(*self)


def parse_transfer_request(content: bytes) -> TransferRequest:
    """Decode a request."""
    return TransferRequest(*_FORMAT.unpack(content))
