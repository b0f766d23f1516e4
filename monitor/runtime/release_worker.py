"""Draws and writes releases on a thread of its own, so that the sensor's thread never waits."""

from contextlib import suppress
from queue import Empty, SimpleQueue

from monitor import store
from monitor.core import ClosedSlot
from monitor.health import Health
from monitor.runtime.releaser import Releaser

RETRY = 1.0
"""Seconds before a release that the store did not take is tried again."""


class ReleaseWorker:
    """A queue of closed counts, and the thread's work on it.

    Args:
        releaser: draws and writes; only this worker's thread uses it.
        health: counts the releases that the store did not take.
    """

    def __init__(self, releaser: Releaser, health: Health) -> None:
        self._releaser = releaser
        self._health = health
        self._queue: SimpleQueue[ClosedSlot | None] = SimpleQueue()

    def put(self, closed: ClosedSlot) -> None:
        """Hand over closed counts; never waits."""
        self._queue.put(closed)

    def stop(self) -> None:
        """Let `run` end once everything that was handed over is drawn."""
        self._queue.put(None)

    def run(self) -> None:
        """Draw and write until `stop` is called."""
        stopped = False
        while not stopped:
            with suppress(Empty):
                closed = self._queue.get(timeout=RETRY if self._releaser.waiting else None)
                if closed is None:
                    stopped = True
                else:
                    self._releaser.draw(closed)
            self._write()
        store.disconnect()

    def _write(self) -> None:
        try:
            self._releaser.release()
        except Exception:  # noqa: BLE001 (what is drawn waits for the store)
            self._health.count_release_failure()
            store.disconnect()
