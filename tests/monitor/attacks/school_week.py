"""A week of a school of which everything is known: exact counts, and figures of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from monitor.release.figures import Figure
from monitor.release.noise import draw_figures
from monitor.release.tables import R2, R3, R4, Cell, TableSpec
from tests.cast import MONDAY

LAYERS = ("1 havo", "2 havo", "3 havo", "1 vwo", "2 vwo", "3 vwo")
PUPILS = 250
"""In each."""
PLATFORMS: Mapping[str, float] = {
    "instagram": 0.17,
    "snapchat": 0.15,
    "tiktok": 0.12,
    "youtube": 0.1,
    "facebook": 0.02,
    "x": 0.02,
    "pinterest": 0.015,
    "linkedin": 0.01,
    "weblogs": 0.01,
}
"""Each with the chance that a device uses it on a day."""
HABITS = (0.1, 1.0, 1.0, 1.0, 1.5)
"""By how much more or less a layer uses a platform."""
DAYS = 5
RELEASED_AT = datetime(2026, 11, 30, 6, tzinfo=UTC)
TABLES = (R2, R3, R4)

type ExactCounts = dict[Cell, int]


def exact_counts(seed: int = 1, monday: date = MONDAY) -> ExactCounts:
    """Count a week: no device is without a layer, none uses more than the cap, and no staff."""
    random = Random(seed)
    counts: ExactCounts = {}
    chances = {
        layer: {name: share * random.choice(HABITS) for name, share in PLATFORMS.items()}
        for layer in LAYERS
    }
    for number in range(DAYS):
        day = monday + timedelta(days=number)
        by_platform, by_layer = Counter[str](), Counter[str]()
        for layer in LAYERS:
            for _ in range(PUPILS):
                used = [name for name, share in chances[layer].items() if random.random() < share]
                by_layer[layer] += bool(used)
                for platform in used[: R2.cap]:
                    by_platform[platform] += 1
                    cell = R4.cell(monday, (layer, platform))
                    counts[cell] = counts.get(cell, 0) + 1
        counts |= {R2.cell(day, (platform,)): by_platform[platform] for platform in PLATFORMS}
        counts |= {R3.cell(day, (layer,)): by_layer[layer] for layer in LAYERS}
    return {R4.cell(monday, (x, y)): 0 for x in LAYERS for y in PLATFORMS} | counts


def release(
    counts: ExactCounts, change: Callable[[TableSpec], TableSpec] = lambda table: table
) -> list[Figure]:
    """Draw the figures of a week, with the noise of the tables or of others."""
    return [
        Figure(cell, drawn, RELEASED_AT)
        for table in TABLES
        for cell, drawn in _draw(change(table), counts)
    ]


def _draw(table: TableSpec, counts: ExactCounts) -> Iterator[tuple[Cell, int]]:
    cells: Sequence[Cell] = [cell for cell in counts if cell.table is table.name]
    yield from zip(cells, draw_figures(table, [counts[cell] for cell in cells]), strict=True)


def without_noise(counts: ExactCounts) -> list[Figure]:
    """Give figures that are the exact counts."""
    return [Figure(cell, count, RELEASED_AT) for cell, count in counts.items()]
