"""Five school years of releases of an invented school, as the web application finds them."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched

from monitor import store
from monitor.release.estimates.figure_estimator import FigureEstimator
from monitor.release.figures import Figure, add_up
from monitor.release.tables import B1, B2, R5, S1, V1, Cell, TableName, TableSpec
from schedules.lesson import Lesson

YEARS = 5
WEEKS = 40
LAYERS = ("1", "2", "3 havo", "3 vwo", "4-5 havo", "4-6 vwo")
PLATFORMS = {
    "snapchat": 160,
    "tiktok": 150,
    "instagram": 120,
    "youtube": 90,
    "x": 25,
    "facebook": 12,
    "pinterest": 20,
    "linkedin": 4,
    "weblogs": 8,
}
HOURS = (60, 85, 70, 95, 110, 105, 120, 130, 60)
SEEN = {
    "http": 1,
    "address": 4,
    "nameless": 2,
    "encrypted_hello": 5,
    "spoofed": 0,
    "resolver": 1,
    "vpn": 2,
    "relay": 1,
}
"""Percents of the connections of pupils' devices, beside QUIC and TLS."""
DEVICE_DAYS = 6_700
"""Of a week."""
BEYOND_A_WEEK = {B1: {"1": 66, "2": 27, "3": 9}, B2: {"1": 118, "2": 34, "3": 4}}
"""Device-days that went so far beyond the caps."""
EXEMPT, OF_STAFF = 1_250, 230
"""Device-lessons a week. In one week of five too few people grant for a figure of the first."""
CONFIGURATION = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
unit = "address"
reused = false
[web]
listen = "127.0.0.1:{port}"
secret = "{folder}/web.secret"
[store]
database = "{folder}/lesrust.sqlite3"
""" + "".join(f'[[layer]]\nname = "{name}"\npupils = 250\n' for name in LAYERS)


def released(last: date, years: int = YEARS) -> Iterator[tuple[str, date, list[Figure]]]:
    """Give every release up to the week of a Monday, the oldest first: as `store.record` takes."""
    chance = random.Random(20261127)
    estimator = FigureEstimator()
    for year in range(years - 1, -1, -1):
        august = date(last.year - year - (0 if last.month >= 8 else 1), 8, 18)
        monday = august - timedelta(days=august.weekday())
        for number in range(WEEKS + 3):
            week = monday + timedelta(weeks=number)
            if number % 14 != 9 and week <= last:
                for key, day, figures in _week(week, chance):
                    yield key, day, estimator.estimate(figures)


def _week(monday: date, chance: random.Random) -> Iterator[tuple[str, date, list[Figure]]]:
    level = chance.gauss(1, 0.08)
    hours: list[Figure] = []
    by_platform: dict[str, list[Figure]] = {name: [] for name in PLATFORMS}
    lost = chance.random() < 0.1
    for number in range(5):
        day = monday + timedelta(days=number)
        of_day = [
            _drawn(Cell(TableName.LESSON_HOURS, day, period=str(hour)), mean * level, chance)
            for hour, mean in enumerate(HOURS, 1)
        ]
        if lost and number == 2:
            of_day[3] = Figure(of_day[3].cell, None, of_day[3].released_at)
        hours += of_day
        for name, mean in PLATFORMS.items():
            cell = Cell(TableName.PLATFORMS, day, platform=name)
            by_platform[name].append(_drawn(cell, mean * level, chance))
        layers = [
            _drawn(Cell(TableName.LAYERS, day, layer=name), 55 * level, chance) for name in LAYERS
        ]
        found = [*of_day, *layers, *(by_platform[name][-1] for name in PLATFORMS)]
        yield f"day/{day}", day, found
    moment = _moment(monday + timedelta(days=7))
    week = [add_up(Cell(TableName.WEEK, monday), hours, moment)]
    week += [
        add_up(Cell(TableName.WEEK_PLATFORMS, monday, platform=name), parts, moment)
        for name, parts in by_platform.items()
    ]
    week += [
        _drawn(
            Cell(TableName.LAYER_PLATFORMS, monday, layer=layer, platform=name),
            5 * level * mean / len(LAYERS),
            chance,
        )
        for layer in LAYERS
        for name, mean in PLATFORMS.items()
    ]
    for table, counts in BEYOND_A_WEEK.items():
        for beyond, mean in counts.items():
            count = round(mean * level + _noise(table, chance))
            week.append(Figure(table.cell(monday, (beyond,)), count, moment))
    for table, mean in ((R5, EXEMPT), (S1, OF_STAFF)):
        known = table is S1 or chance.random() < 0.8
        count = round(mean * level + _noise(table, chance))
        week.append(Figure(table.cell(monday, ()), count if known else None, moment))
    quic = chance.randint(28, 34)
    for kind, percent in {**SEEN, "quic": quic, "sni": 100 - sum(SEEN.values()) - quic}.items():
        exact = percent * DEVICE_DAYS
        count = round(exact + _noise(V1, chance))
        week.append(Figure(Cell(V1.name, monday, evidence=kind), count, moment))
    yield f"week/{monday}", monday, week


def _noise(table: TableSpec, chance: random.Random) -> float:
    return table.scale * (chance.expovariate() - chance.expovariate())


def _drawn(cell: Cell, mean: float, chance: random.Random) -> Figure:
    noise = chance.expovariate(1 / 15) - chance.expovariate(1 / 15)
    return Figure(cell, round(mean + noise), _moment(cell.day))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(16), UTC)


def fill(last: date, years: int = YEARS) -> int:
    """Put every release in the store that is open, and say how many figures that were."""
    from django.db import transaction

    count = 0
    for batch in batched(released(last, years), 500):
        with transaction.atomic():
            for key, day, figures in batch:
                store.record_release(key, day, figures)
                count += len(figures)
    return count


def lessons(now: datetime, teachers: int) -> Iterator[Lesson]:
    """Give a week of lessons of that many teachers, each of whom teaches now."""
    first = now - timedelta(minutes=50 * 2 + 20)
    for number in range(8):
        for teacher in range(teachers):
            for hour in range(len(HOURS)):
                start = first + timedelta(days=number, minutes=50 * hour)
                yield Lesson(
                    instance=f"{number}/{teacher}/{hour}",
                    start=start,
                    end=start + timedelta(minutes=50),
                    period=str(hour + 1),
                    rooms=(f"{teacher:03}",),
                    groups=(f"g{teacher % 60}",),
                    teachers=(f"T{teacher:03}",),
                )
