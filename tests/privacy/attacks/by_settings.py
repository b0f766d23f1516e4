"""Attacks by whoever has the settings, the timetable or the exemptions: one class is isolated.

A class of 25 phones is active in every lesson of some days, and everybody else is silent; and then
the class is silent too. The attacker has the exact counts, with the noise off: whatever cell
differs between the two would be of that class alone. None may, in any of the ways to isolate it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import partial

from monitor.attacks.outcome import AttackOutcome
from monitor.core import Core
from monitor.health import Health
from monitor.release.tables import Cell
from monitor.sighting import Sighting
from tests.cast import MONDAY, at, client, use
from tests.privacy.attacks.isolating import DAYS, PHONES, VICTIM, WAYS, Isolation, school
from tests.privacy.attacks.mutants import floor_by_roster, floor_by_traffic, hours_by_label
from tests.privacy.attacks.running import Attack

TICK = 60.0
type Counts = Mapping[Cell, int | None]
BY_LABEL = ("a label at another time", "a label for longer than the others")
"""Ways for which it matters what is inside a lesson hour."""
BY_ROSTER = tuple(name for name in WAYS if name not in BY_LABEL)


def play(way: Isolation, *, is_active: bool) -> Counts:
    """Let a core live through the days, and return every count that it closed."""
    core = Core(way.snapshot, Health(), at(7))
    counts: dict[Cell, int | None] = {}
    for day in DAYS:
        core.snapshot = way.snapshot
        swaps = [(at(*clock, day), snapshot) for clock, snapshot in reversed(way.swaps)]
        is_active_today = is_active and day in way.days
        waiting = sorted(_activity(day, way.active), reverse=True) if is_active_today else []
        for timestamp in _ticks(day):
            while waiting and waiting[-1].timestamp < timestamp:
                core.receive_sighting(waiting.pop())
            while swaps and swaps[-1][0] <= timestamp:
                core.snapshot = swaps.pop()[1]
            _close(core, timestamp, counts)
    _close(core, at(7, 30, MONDAY + timedelta(days=7)), counts)
    return counts


def count_told(way: Isolation) -> int:
    """Count the cells that differ by what the class did."""
    active, silent = play(way, is_active=True), play(way, is_active=False)
    return sum(active.get(cell) != silent.get(cell) for cell in active.keys() | silent.keys())


def _activity(day: date, clocks: Sequence[tuple[int, int]]) -> list[Sighting]:
    return [
        seen
        for clock in clocks
        for number in range(1, PHONES + 1)
        for seen in use(at(*clock, day), client(VICTIM, number))
    ]


def _ticks(day: date) -> Iterator[float]:
    timestamp = at(8, 0, day)
    while timestamp < at(12, 0, day):
        yield timestamp
        timestamp += TICK
    yield at(18, 0, day)


def _close(core: Core, timestamp: float, counts: dict[Cell, int | None]) -> None:
    for closed in core.tick(timestamp):
        for cells in closed.counts.values():
            counts.update(cells)


MUTANTS: Sequence[tuple[str, Callable[[], AbstractContextManager[None]], str]] = (
    *(("by the roster only", floor_by_roster, name) for name in BY_ROSTER),
    ("by traffic", floor_by_traffic, "all other rooms exempted, every day"),
    *(("of every lesson with its label", hours_by_label, name) for name in BY_LABEL),
)
"""What a floor would be, and a way to isolate a class that it lets through."""


def attacks() -> Iterator[Attack]:
    """Give every attack: each way, and the school as it is, in which the class is one of many."""
    yield among_others
    for name in WAYS:
        yield partial(isolated, name)
    for mutant in MUTANTS:
        yield partial(isolated_under_mutant, *mutant)


def among_others() -> Iterator[AttackOutcome]:
    """Leave the school as it is."""
    whole = count_told(Isolation(school()))
    yield AttackOutcome(
        "a class among all others", f"{whole} cells differ", "> 0: it is counted", whole > 0
    )


def isolated(name: str) -> Iterator[AttackOutcome]:
    """Isolate the class in one way."""
    told = count_told(WAYS[name]())
    yield AttackOutcome(f"a class isolated: {name}", f"{told} cells tell it", "0 cells", told == 0)


def isolated_under_mutant(
    floor: str, mutant: Callable[[], AbstractContextManager[None]], name: str
) -> Iterator[AttackOutcome]:
    """Isolate it where floors are of something else."""
    with mutant():
        told = count_told(WAYS[name]())
    yield AttackOutcome(
        f"mutant: a floor {floor}; {name}", f"{told} cells tell it", "found: > 0", told > 0
    )
