"""Releases are made on a thread of their own, and wait there for the store."""

from threading import Event, Thread

import pytest

from monitor.core import ClosedSlot
from monitor.health import Health
from monitor.release.figures import Figure
from monitor.release.ledger import MemoryLedger
from monitor.release.schedule import ReleaseSlot
from monitor.release.tables import R1, Cell, ReleaseInterval
from monitor.runtime import release_worker
from monitor.runtime.release_worker import ReleaseWorker
from monitor.runtime.releaser import Releaser
from tests.cast import MONDAY, at

CELL = Cell(R1.name, MONDAY, "1")
CLOSED = ClosedSlot(
    ReleaseSlot(at(9, 30), ReleaseInterval.LESSON_HOUR, MONDAY, "1", ()), {R1: {CELL: 120}}
)


class LedgerThatIsAway(MemoryLedger):
    """A ledger that does not answer the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.was_asked = Event()

    def record_release(self, *args: object, **kwargs: object) -> None:
        if not self.was_asked.is_set():
            self.was_asked.set()
            raise OSError
        super().record_release(*args, **kwargs)  # type: ignore[arg-type]


def releaser(ledger: MemoryLedger, shown: list[Figure]) -> Releaser:
    return Releaser(
        daily=True, show=shown.extend, mechanism=lambda _, counts: list(counts), ledger=ledger
    )


def failures(health: Health) -> int:
    health.publish()
    return health.counts["release_failures"]


def test_what_was_handed_over_is_released_before_it_ends() -> None:
    shown: list[Figure] = []
    health = Health()
    worker = ReleaseWorker(releaser(MemoryLedger(), shown), health)
    worker.put(CLOSED)
    worker.stop()
    worker.run()
    assert [(figure.cell, figure.drawn) for figure in shown] == [(CELL, 120)]
    assert failures(health) == 0


def test_what_the_store_did_not_take_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_worker, "RETRY", 0.01)
    shown: list[Figure] = []
    health, ledger, is_shown = Health(), LedgerThatIsAway(), Event()

    class Shown(list[Figure]):
        def extend(self, figures: object) -> None:
            shown.extend(figures)  # type: ignore[arg-type]
            is_shown.set()

    worker = ReleaseWorker(releaser(ledger, Shown()), health)
    thread = Thread(target=worker.run)
    thread.start()
    worker.put(CLOSED)
    assert is_shown.wait(10)
    worker.stop()
    thread.join()
    assert ledger.was_asked.is_set()
    assert [figure.drawn for figure in shown] == [120]
    assert failures(health) == 1
