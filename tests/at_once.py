"""What several people do at the same moment: each in a thread, with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

MAX_WAIT = 120
"""Seconds that one may wait for the others on a busy machine."""


def do_at_once[T](actions: Sequence[Callable[[], T]]) -> list[T]:
    """Do everything at the same moment, and return what came of each, in their order."""
    barrier = Barrier(len(actions))

    def do(action: Callable[[], T]) -> T:
        try:
            # Opening a connection is slow: nobody waits for it after the barrier.
            connections["default"].ensure_connection()
            barrier.wait(MAX_WAIT)
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(do, actions))
