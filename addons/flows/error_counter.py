"""Errors of a sensor are counted and end there: they never break the traffic it looks at."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType


class ErrorCounter(AbstractContextManager[None]):
    """A context in which an error becomes a count.

    Args:
        count: called for each error.
    """

    def __init__(self, count: Callable[[], None]) -> None:
        self._count = count

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Count an exception and suppress it; what ends the process is not suppressed."""
        if not isinstance(error, Exception):
            return False
        self._count()
        return True
