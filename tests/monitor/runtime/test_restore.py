"""A store that was restored has forgotten what was drawn since: nothing of that is drawn again."""

import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from monitor import store
from monitor.configuration import Configuration
from monitor.release.tables import R1, TableName, TableSpec
from monitor.runtime.service import Service
from schedules import store as schedule_store
from schedules.lesson import Lesson
from tests.cast import AMSTERDAM, MONDAY, ROOMS, at, lesson, use
from tests.clock import ManualClock
from tests.monitor.runtime.service import conftest as of_service
from tests.monitor.runtime.service.conftest import live

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

configuration = of_service.configuration
ROOT = Path(__file__).parents[3]
TUESDAY = MONDAY + timedelta(days=1)
HOURS = 7
"""Lesson hours a day, one more than a device can add to; each from the whole hour, from eight."""
RELEASED_AFTER = 51
"""Minutes after an hour's start: forty of lesson, ten of waiting, and the tick that finds it."""

type Backup = Callable[[], Callable[[], object]]
"""Makes a backup of the store, and returns what restores it."""


def timetable(days: Sequence[date] = (MONDAY, TUESDAY)) -> Iterator[Lesson]:
    for day in days:
        for hour in range(8, 8 + HOURS):
            start = lesson("101", day=day).start.replace(hour=hour, minute=0)
            end = start + timedelta(minutes=40)
            for room in ROOMS:
                instance = f"{day}/{hour}/{room}"
                yield replace(
                    lesson(room), instance=instance, period=str(hour), start=start, end=end
                )


class School:
    """A service that is started again and again on one store, and what it drew."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self.clock = ManualClock(at(7))
        self.drawn: list[tuple[TableName, int]] = []
        """Each draw's table, and how many cells it was of."""

    def run(
        self,
        until: float,
        *,
        restore: Callable[[], object] = lambda: None,
        next_week: bool = False,
    ) -> None:
        """Run one process until a time, and on the Monday after; its store may be restored."""
        service = Service(self._configuration, clock=self.clock, mechanism=self._draw)
        service.open()
        restore()
        hours = [at(hour, 5, day) for day in (MONDAY, TUESDAY) for hour in range(8, 8 + HOURS)]
        phone = [sighting for hour in hours for sighting in use(hour)]
        live(service, self.clock, until, *(s for s in phone if s.timestamp > self.clock.now))
        if next_week:
            self.clock.now = at(8) + 7 * 86_400
            service.tick()
        service.close()

    def _draw(self, table: TableSpec, counts: Sequence[int]) -> list[int]:
        self.drawn.append((table.name, len(counts)))
        return list(counts)


@pytest.fixture
def school(configuration: Configuration) -> School:
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(timetable()), source="csv", by="test", now=at(6), zone=AMSTERDAM
    )
    return School(configuration)


@pytest.fixture
def backup(tmp_path: Path, school: School) -> Backup:
    """Give what makes a backup of the store as an administrator does, and returns what restores it.

    Of a file with SQLite's own backup, as `.backup` and `.restore` of `sqlite3` do; of a server
    with `pg_dump` and `pg_restore`.
    """
    settings = connection.settings_dict
    return partial(
        backup_of_file if connection.vendor == "sqlite" else backup_of_server, settings, tmp_path
    )


def backup_of_file(settings: dict[str, Any], folder: Path) -> Callable[[], object]:
    kept = str(folder / "back-up.sqlite3")

    def copy(source: str, target: str) -> None:
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)

    copy(settings["NAME"], kept)
    return lambda: copy(kept, settings["NAME"])


def backup_of_server(settings: dict[str, Any], folder: Path) -> Callable[[], object]:
    found = subprocess.run([ROOT / ".ci" / "postgresql", "--find"], check=True, capture_output=True)
    programs, kept = Path(found.stdout.decode().strip()), str(folder / "back-up.dump")
    where = ["--host", settings["HOST"], "--username", settings["USER"]]
    where += ["--dbname", settings["NAME"]]
    made = ("--format", "custom", "--file", kept)
    subprocess.run([programs / "pg_dump", *where, *made], check=True)
    whole = ("--clean", "--single-transaction", "--exit-on-error", kept)
    return lambda: subprocess.run([programs / "pg_restore", *where, *whole], check=True)


def hours_of(day: date) -> dict[str, int | None]:
    figures = store.load_figures(since=day, until=day, tables=[TableName.LESSON_HOURS])
    return {figure.cell.period: figure.drawn for figure in figures}


def test_what_was_drawn_between_backup_and_restore_is_no_figure_and_never_drawn_again(
    school: School, backup: Backup
) -> None:
    school.run(at(9, RELEASED_AFTER))
    restore = backup()
    school.run(at(9, RELEASED_AFTER, TUESDAY))
    assert hours_of(TUESDAY) == {"8": 1, "9": 1}
    restore()
    school.drawn.clear()
    school.run(at(17, 30, TUESDAY), next_week=True)
    assert hours_of(MONDAY) == {"8": 1, "9": 1, **dict.fromkeys(map(str, range(10, 15)))}
    assert {hours_of(TUESDAY)[hour] for hour in ("8", "9")} == {None}
    days = store.load_figures(
        since=MONDAY, tables=[TableName.PLATFORMS, TableName.LAYERS, TableName.LAYER_PLATFORMS]
    )
    assert days
    assert {figure.drawn for figure in days} == {None}
    assert {table for table, cells in school.drawn if cells} <= {TableName.LESSON_HOURS}
    (week,) = store.load_figures(since=MONDAY, tables=[TableName.WEEK])
    hours = [*hours_of(MONDAY).values(), *hours_of(TUESDAY).values()]
    assert week.drawn == sum(hour or 0 for hour in hours) > 2
    assert (week.parts, week.missing) == (len(hours) - hours.count(None), hours.count(None))


def test_after_a_restore_no_device_gets_its_cap_anew(school: School, backup: Backup) -> None:
    """It adds to R1 on Tuesday: twice before, and in the four hours after that it may."""
    restore = backup()
    school.run(at(9, RELEASED_AFTER, TUESDAY))
    before = sum(hour or 0 for hour in hours_of(TUESDAY).values())
    restore()
    school.run(at(17, day=TUESDAY))
    after = sum(hour or 0 for hour in hours_of(TUESDAY).values())
    assert (before, after) == (2, R1.cap - 2)


def test_with_a_new_store_no_device_gets_its_cap_anew(school: School) -> None:
    school.clock.now = at(9, RELEASED_AFTER)
    school.run(at(17))
    hours = hours_of(MONDAY)
    assert list(hours) == ["10", "11", "12", "13", "14"]
    assert sum(hour or 0 for hour in hours.values()) == R1.cap - 2


def test_a_process_that_runs_while_its_store_is_restored_draws_nothing_twice(
    school: School, backup: Backup
) -> None:
    restore = backup()
    school.run(at(8, RELEASED_AFTER))
    drawn = len(school.drawn)
    school.run(at(9, RELEASED_AFTER), restore=restore)
    assert hours_of(MONDAY) == {"9": 1}
    assert len(school.drawn) == drawn + 1
