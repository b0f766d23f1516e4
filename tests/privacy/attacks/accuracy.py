"""What the noise costs: figures of a simulated school beside what is true, and their intervals.

1,500 pupils in six year layers, 60 rooms, nine lesson hours, nine platforms: the school on which
the rules were chosen. In each lesson about 12 % of the devices are active, some hardly ever, some
often.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import sqrt
from random import Random

from monitor.attacks.outcome import AttackOutcome
from monitor.release.day_counts import ActiveDevice, DayCounts
from monitor.release.figures import Figure
from monitor.release.noise import draw_figures
from monitor.release.tables import R1, R2, R3, R4, Cell, TableSpec
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import LAYERS, PUPILS
from tests.privacy.attacks.running import Attack

Counts = Counter[tuple[str, ...]]

WEEKS, DAYS, HOURS = 20, 5, 9
PLATFORMS: Mapping[str, float] = {
    "instagram": 0.24,
    "snapchat": 0.2,
    "tiktok": 0.17,
    "youtube": 0.14,
    "facebook": 0.06,
    "x": 0.05,
    "pinterest": 0.05,
    "linkedin": 0.04,
    "weblogs": 0.05,
}
"""Each with its share of all use."""
ACTIVE, SHAPE = 0.12, 0.9
"""The mean of a device's chance to be active in a lesson, and how unlike the devices are."""
SPREAD = 1.2
"""Errors are said to be within 20 %."""
TABLES: Mapping[TableSpec, float] = {R1: 0.094, R2: 0.092, R3: 0.085, R4: 0.109}
"""Each with the error that the rules were chosen for."""
COVERAGE, STRAY = 0.95, 3.0
"""And the standard deviations that a measured share strays, at most."""
RELEASED_AT = datetime(2026, 11, 30, 6, tzinfo=UTC)


def every_hour(_layer: str, _platform: str) -> list[str]:
    """Give every lesson hour: enough is measured of each."""
    return [str(hour) for hour in range(1, HOURS + 1)]


def attacks() -> Iterator[Attack]:
    """Give the one measurement."""
    yield accuracy


def accuracy() -> Iterator[AttackOutcome]:
    """Draw the figures of some weeks, and lay them beside what is true."""
    errors, truths = Counter[TableSpec](), Counter[TableSpec]()
    inside, capped_inside, cells = Counter[TableSpec](), Counter[TableSpec](), Counter[TableSpec]()
    random = Random(1)
    chances = [min(0.9, random.gammavariate(SHAPE, ACTIVE / SHAPE)) for _ in range(6 * PUPILS)]
    for _ in range(WEEKS):
        for table, values, counted, true in _count_week(random, chances):
            drawn = draw_figures(table, [counted[value] for value in values])
            for value, figure in zip(values, drawn, strict=True):
                shown = Figure(Cell(table.name, MONDAY), figure, RELEASED_AT).shown
                assert shown is not None
                errors[table] += abs(figure - true[value])  # as it is drawn: rounding adds little
                truths[table] += true[value]
                cells[table] += 1
                inside[table] += shown.holds(true[value])
                capped_inside[table] += shown.holds(counted[value])
    for table, chosen in TABLES.items():
        error = errors[table] / truths[table]
        yield AttackOutcome(
            f"accuracy of {table.name}: its error against true, uncapped counts",
            f"{error:.1%}",
            f"≤ {SPREAD * chosen:.1%} ({chosen:.1%} was chosen for)",
            error <= SPREAD * chosen,
        )
        share, capped = inside[table] / cells[table], capped_inside[table] / cells[table]
        stray = STRAY * sqrt(COVERAGE * (1 - COVERAGE) / cells[table])
        yield AttackOutcome(
            f"accuracy of {table.name}: intervals that hold the true count",
            f"{share:.1%} ± {stray:.1%}; the capped count {capped:.1%}",
            f"≥ {COVERAGE:.0%}",
            share + stray >= COVERAGE,
        )


def _count_week(
    random: Random, chances: list[float]
) -> Iterator[tuple[TableSpec, list[tuple[str, ...]], Counts, Counts]]:
    """Give each table of a week with its cells, what is counted in them, and what is true."""
    week_counted, week_true = Counts(), Counts()
    names, shares = [*PLATFORMS], [*PLATFORMS.values()]
    favourites = [tuple(random.choices(names, shares, k=3)) for _ in chances]
    for _ in range(DAYS):
        day = DayCounts([R1, R2, R3, R4])
        used: dict[int, set[str]] = {}
        for hour in range(1, HOURS + 1):
            active = []
            for device, chance in enumerate(chances):
                if random.random() < chance:
                    platforms = tuple(dict.fromkeys(random.choices(favourites[device], k=2)))
                    used.setdefault(device, set()).update(platforms)
                    active.append(ActiveDevice(device, platforms, LAYERS[device // PUPILS]))
            counted = day.add_hour(str(hour), active, is_released=True)[R1]
            yield R1, [(str(hour),)], counted, Counts({(str(hour),): len(active)})
        layers = Counts((LAYERS[device // PUPILS],) for device in used)
        platforms_of_day = Counts((name,) for device in used for name in used[device])
        yield R2, [(name,) for name in names], day.count(R2, every_hour), platforms_of_day
        yield R3, [(layer,) for layer in LAYERS], day.count(R3, every_hour), layers
        week_counted += day.count(R4, every_hour)
        week_true += Counts(
            (LAYERS[device // PUPILS], name) for device in used for name in used[device]
        )
    yield R4, [(layer, name) for layer in LAYERS for name in names], week_counted, week_true
