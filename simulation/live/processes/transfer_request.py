"""What a simulated device asks of the local server: so many bytes, over so much time."""

from struct import Struct
from typing import NamedTuple

_ON_THE_WIRE = Struct("!III")
SIZE = _ON_THE_WIRE.size


class TransferRequest(NamedTuple):
    """One request; its own `up` bytes of zeros follow it."""

    up: int
    down: int
    milliseconds: int

    def written(self) -> bytes:
        """Write it."""
        return _ON_THE_WIRE.pack(*self)


def parse_transfer_request(content: bytes) -> TransferRequest:
    """Read what was written."""
    return TransferRequest(*_ON_THE_WIRE.unpack(content))
