"""What only looks must never break what it looks at: its errors are counted, and end there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType


class ErrorCounter(AbstractContextManager[None]):
    """Turns an error in what only looks into a count: the connection goes on."""

    def __init__(self, count: Callable[[], None]) -> None:
        self._count = count

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Count an exception and end it there; what ends the process goes on."""
        if not isinstance(error, Exception):
            return False
        self._count()
        return True
