"""Attacks by who sees a phone in a lesson, and scrapes what Lesrust shows to Prometheus."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from random import Random

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from monitor.attacks.membership import Change, measure_gain
from monitor.attacks.on_promise import format_gain
from monitor.attacks.outcome import AttackOutcome
from monitor.core import Core
from monitor.health import Health
from monitor.release.tables import MIN_GRANTERS, TABLES, Cell, TableSpec
from monitor.runtime.metrics import Gauges
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, CATALOGUE, at, client, lesson, lessons, school_snapshot, use
from tests.privacy.attacks.running import Attack
from tests.privacy.worlds.school import HOSTNAMES

PHONES = 300
POPULARITY = (23, 17, 14, 12, 10, 9, 7, 5, 3)
"""Percent of the phones that use each platform: the most popular is the best blind guess."""
ERROR = 0.08
"""Of a share of so many phones, at most."""
CLASS, ACTIVE = 25, 3
"""Pupils in a room, and how many of them use a platform where it is not allowed."""
MOST_OF_EXEMPTION = 0.1
"""What was measured when the rules were chosen, of phones that are active in other lessons too: the
figures of a day lose nothing, so only the lesson hour's can show it. Counted it was 0.57."""
MOST_OF_ONLY_USE = 0.2
"""Of phones that are active in no other lesson of the day, all figures lose something: some 0.05 a
phone. With the three of this class it is measured as 0.16; the school says so in its documents."""
TICK = 100.0
ROOM, OTHER_ROOM = "101", "124"
FIRST = at(8)
TICKS = 100
"""Until all lessons are over: in a longer gap the core would be blind."""
DAY_IS_OVER, WEEK_IS_OVER = at(18), at(8) + 7 * 86_400.0


def attacks() -> Iterator[Attack]:
    """Give every attack."""
    yield naming
    yield live_counter
    yield exemption
    yield counted_exemption


def naming() -> Iterator[AttackOutcome]:
    """Name the platform of a phone in the room by the difference of two scrapes."""
    gauges = Gauges(periods=["1", "2"], layers=["3 havo", "3 vwo"], platforms=[*HOSTNAMES])
    right, changed = _name_phones(gauges.registry, lambda _: None)
    blind = POPULARITY[0] / 100
    yield AttackOutcome(
        f"{PHONES} phones whose platform is named from two scrapes of /metrics",
        f"{right:.0%}; {changed} scrapes changed",
        f"≤ a blind guess, {blind:.0%}; 0 changed",
        not changed and right <= blind + ERROR,
    )


def live_counter() -> Iterator[AttackOutcome]:
    """Do the same where a counter goes along with the traffic."""
    registry = CollectorRegistry()
    counter = Gauge("lesrust_devices", "Devices, as they come.", ["platform"], registry=registry)
    for platform in HOSTNAMES:
        counter.labels(platform).set(0)

    def count(sighting: Sighting) -> None:
        match = CATALOGUE.recognise(sighting.hostname)
        if match is not None:
            counter.labels(match.candidates[0]).inc()

    right, changed = _name_phones(registry, count)
    yield AttackOutcome(
        "mutant: a live counter",
        f"{right:.0%} named; {changed} scrapes changed",
        "found: > 50 %",
        right > 0.5,
    )


def _name_phones(
    registry: CollectorRegistry, count: Callable[[Sighting], None]
) -> tuple[float, int]:
    """Return the share of phones of which the platform is named, and how many scrapes changed."""
    random = Random(1)
    core = Core(school_snapshot(), Health(), at(8))
    platforms = random.choices([*HOSTNAMES], POPULARITY, k=PHONES)
    right = changed = 0
    for number, platform in enumerate(platforms):
        before = generate_latest(registry)
        who = client(ROOM, 1 + number % 250)
        for sighting in use(at(8, 35) + number, who, hostname=HOSTNAMES[platform]):
            core.receive_sighting(sighting)
            count(sighting)
        after = generate_latest(registry)
        changed += before != after
        moved = {*after.splitlines()} - {*before.splitlines()}
        named = [name for name in HOSTNAMES if any(f'"{name}"'.encode() in line for line in moved)]
        right += (named or [*HOSTNAMES])[0] == platform
    return right / PHONES, changed


def exemption() -> Iterator[AttackOutcome]:
    """Ask whether a teacher allowed something: by what of her class is no longer counted."""
    later = _class_use(ACTIVE, at(9, 30))
    yield _ask("an exemption of a teacher, seen in a day and its week", later, MOST_OF_EXEMPTION)
    yield _ask("the same of phones that are active in no other lesson", [], MOST_OF_ONLY_USE)
    name = "an exemption, in a week in which ten others granted one too"
    yield _ask(name, later, MOST_OF_EXEMPTION, others=MIN_GRANTERS)
    name = "the same of phones that are active in no other lesson, in such a week"
    yield _ask(name, [], MOST_OF_ONLY_USE, others=MIN_GRANTERS)


def _ask(name: str, later: Sequence[Sighting], most: float, *, others: int = 0) -> AttackOutcome:
    """Ask for one exemption, beside those of others, for a lesson in which nobody does anything."""
    without = count_world(_exempt(others=others, asked=False), [*_class_use(ACTIVE), *later])
    within = count_world(_exempt(others=others), [*_class_use(CLASS), *later])
    gain = measure_gain(changes_between(without, within))
    return AttackOutcome(name, format_gain(gain), f"≤ {most}", gain.is_within(most))


def counted_exemption() -> Iterator[AttackOutcome]:
    """Ask the same where what is allowed is counted."""
    without = count_world(school_snapshot(), _class_use(ACTIVE))
    within = count_world(school_snapshot(), _class_use(CLASS))
    gain = measure_gain(changes_between(without, within))
    yield AttackOutcome(
        "mutant: use with an exemption is counted",
        format_gain(gain),
        f"found: > {MOST_OF_ONLY_USE}",
        not gain.is_within(MOST_OF_ONLY_USE),
    )


def _class_use(devices: int, moment: float = at(8, 40)) -> list[Sighting]:
    names = [*HOSTNAMES.values()]
    return sorted(
        sighting
        for number in range(devices)
        for sighting in use(moment, client(ROOM, number), hostname=names[number % ACTIVE])
    )


def _exempt(*, others: int = 0, asked: bool = True) -> Snapshot:
    granted = {f"{number}": lesson(OTHER_ROOM, "2") for number in range(others)}
    if asked:
        granted["MUL"] = lesson(ROOM)
    allowed = [
        Exemption(
            scope=ExemptionScope.LESSON,
            target=held.instance,
            platforms=None,
            granted_by=granter,
            granted_at=at(8, 31),
        )
        for granter, held in granted.items()
    ]
    exemptions = Exemptions(allowed, Timetable(lessons(), AMSTERDAM))
    return school_snapshot(exemptions=exemptions)


def count_world(held: Snapshot, sightings: Iterable[Sighting]) -> Mapping[Cell, int | None]:
    """Return the exact counts of a day and its week."""
    core = Core(held, Health(), FIRST)
    waiting = iter([*sightings, None])
    sighting = next(waiting)
    counts: dict[Cell, int | None] = {}
    moments = [FIRST + TICK * number for number in range(TICKS)]
    for moment in (*moments, DAY_IS_OVER, WEEK_IS_OVER):
        while sighting is not None and sighting.timestamp <= moment:
            core.receive_sighting(sighting)
            sighting = next(waiting)
        for closed in core.tick(moment):
            for cells in closed.counts.values():
                counts |= cells
    return counts


def changes_between(
    one: Mapping[Cell, int | None], other: Mapping[Cell, int | None]
) -> list[Change]:
    """Return what differs between two worlds, which have a figure of the same cells."""
    assert {cell for cell in one if one[cell] is None} == {
        cell for cell in other if other[cell] is None
    }
    changes = []
    for cell, count in one.items():
        table = TABLES[cell.table]
        apart = (other[cell] or 0) - (count or 0)
        if apart and isinstance(table, TableSpec):
            changes.append(Change(table, 1, apart))
    return changes
