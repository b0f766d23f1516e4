"""A lesson hour is released once, as it was drawn, and what was not seen is no figure."""

import pytest

from monitor import store
from monitor.configuration import Configuration
from monitor.release.tables import TableName
from monitor.runtime.service import Service
from schedules import store as schedule_store
from tests.cast import AMSTERDAM, MONDAY, at, lessons, use
from tests.clock import ManualClock
from tests.monitor.runtime.service.conftest import eventually, hours, live, read_from, running

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]


def test_a_lesson_hour_is_released_and_shown(service: Service, clock: ManualClock) -> None:
    before = read_from(service.metrics_port)
    live(service, clock, at(9, 29), *use(at(8, 40)))
    assert read_from(service.metrics_port) == before
    live(service, clock, at(9, 31))
    eventually(hours)
    assert hours() == {"1": 1}
    shown = 'lesrust_lesson_hour_devices{bound="high",period="1"} 50.0'
    eventually(lambda: shown in read_from(service.metrics_port))


def test_scraping_through_a_lesson_tells_nothing(service: Service, clock: ManualClock) -> None:
    """Not one byte changes between two releases, whoever does what."""
    live(service, clock, at(8, 31))
    first = read_from(service.metrics_port)
    for minute in range(32, 60):
        live(service, clock, at(8, minute), *use(at(8, minute) - 30, hostname="www.tiktok.com"))
        assert read_from(service.metrics_port) == first


def test_what_was_open_when_the_process_died_is_no_figure(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    live(service, clock, at(9, 40), *use(at(8, 40)))
    eventually(hours)
    service.close()
    clock.now = at(9, 45)
    with running(configuration, clock) as again:
        live(again, clock, at(18), *use(at(9, 50)))
        eventually(lambda: len(hours()) == 2)
    assert hours() == {"1": 1, "2": None}
    day = store.load_figures(since=MONDAY, tables=[TableName.PLATFORMS, TableName.LAYERS])
    assert {figure.drawn for figure in day} == {None}


def test_what_was_released_stays_as_it_was_drawn(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    live(service, clock, at(9, 31), *use(at(8, 40)))
    shown = 'lesrust_lesson_hour_devices{bound="high",period="1"} 50.0'
    eventually(lambda: shown in read_from(service.metrics_port))
    before = read_from(service.metrics_port)
    service.close()
    clock.now = at(9, 32)
    with running(configuration, clock) as again:
        assert read_from(again.metrics_port) == before


def test_hours_that_passed_while_nothing_ran_are_no_figure(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    live(service, clock, at(9, 31))
    eventually(hours)
    service.close()
    clock.now = at(17, 30)
    with running(configuration, clock) as again:
        again.tick()
        eventually(lambda: len(hours()) == 2)
    assert hours() == {"1": 0, "2": None}


def test_a_new_store_tells_nothing_of_the_time_before_it(
    configuration: Configuration, clock: ManualClock
) -> None:
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(lessons()), source="csv", by="test", now=at(7), zone=AMSTERDAM
    )
    clock.now = at(9, 40)
    with running(configuration, clock) as new:
        live(new, clock, at(10, 21))
        eventually(hours)
    assert hours() == {"2": None}
