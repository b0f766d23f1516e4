"""What teachers and IT order is in force within a second."""

import time
from collections.abc import Sequence

import pytest

from monitor import store
from monitor.configuration import Configuration
from monitor.release.tables import TableName, TableSpec
from monitor.runtime.service import Service
from schedules import store as schedule_store
from schedules.exemption import Exemption, ExemptionScope
from schedules.pause import Pause
from tests.cast import MONDAY, at, lesson, use
from tests.clock import ManualClock
from tests.monitor.runtime.service.conftest import eventually, hours, live

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]


def test_a_grant_is_in_force_within_a_second(service: Service, clock: ManualClock) -> None:
    live(service, clock, at(8, 45), *use(at(8, 40)))
    schedule_store.add_exemption(
        Exemption(
            scope=ExemptionScope.LESSON,
            target=lesson("101").instance,
            platforms=None,
            granted_by="MUL",
            granted_at=at(8, 45),
        )
    )
    started = time.monotonic()
    allowed = (lesson("101"),), "101", "3 havo", "instagram", at(8, 46)
    eventually(lambda: service.snapshot.exemptions.covers(*allowed))
    assert time.monotonic() - started < 1.0
    live(service, clock, at(9, 31), *use(at(8, 50)))
    eventually(hours)
    assert hours() == {"1": 0}


def interrupt(start: float, end: float) -> None:
    schedule_store.add_pause(Pause(start=start, end=end, by="ict", reason="open dag"))


def test_an_interruption_is_in_force_within_a_second_and_its_lesson_hour_has_no_figure(
    service: Service, clock: ManualClock
) -> None:
    live(service, clock, at(8, 45), *use(at(8, 40)))
    interrupt(at(8, 45), at(9))
    started = time.monotonic()
    eventually(lambda: service.snapshot.pauses)
    assert time.monotonic() - started < 1.0
    live(service, clock, at(8, 59), *use(at(8, 50)))
    service.health.publish()
    assert sum(service.health.evidence.values()) == 4
    live(service, clock, at(18), *use(at(9, 40)))
    eventually(lambda: len(hours()) == 2)
    assert hours() == {"1": None, "2": 1}
    day = [TableName.PLATFORMS, TableName.LAYERS]
    eventually(lambda: store.load_figures(since=MONDAY, tables=day))
    assert {figure.drawn for figure in store.load_figures(since=MONDAY, tables=day)} == {None}


def test_measuring_goes_on_within_a_second_when_it_is_resumed_early(
    service: Service, clock: ManualClock
) -> None:
    interrupt(at(8), at(18))
    eventually(lambda: service.snapshot.pauses)
    live(service, clock, at(9, 20), *use(at(8, 40)))
    assert schedule_store.end_pauses(by="ict", now=at(9, 20))
    eventually(lambda: service.snapshot.pauses[0].end == at(9, 20))
    live(service, clock, at(10, 25), *use(at(9, 40)))
    eventually(lambda: len(hours()) == 2)
    assert hours() == {"1": None, "2": 1}


def test_what_a_pause_took_away_is_drawn_at_no_later_moment(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    """Neither when it is resumed, nor by another process: a device adds to a cell once."""
    service.close()
    drawn: list[TableName] = []

    def counted(table: TableSpec, counts: Sequence[int]) -> list[int]:
        drawn.append(table.name)
        return list(counts)

    interrupt(at(8, 45), at(18))
    for last in (at(9), at(9, 31), at(18)):
        again = Service(configuration, clock=clock, mechanism=counted)
        again.open()
        live(again, clock, last, *use(at(8, 35)), *use(at(9, 40)))
        again.close()
        schedule_store.end_pauses(by="ict", now=clock.now)
    assert hours() == {"1": None, "2": None}
    assert drawn == []


def test_a_store_that_cannot_be_read_leaves_the_last_snapshot_in_force(
    service: Service, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> int:
        raise OSError

    monkeypatch.setattr(schedule_store, "current_version", away)
    live(service, clock, at(8, 2))

    def failures() -> int:
        clock.now += 61
        service.tick()
        return service.health.counts["snapshot_failures"]

    eventually(failures)
    clock.now = at(8, 20)
    live(service, clock, at(9, 31), *use(at(8, 40)))
    eventually(hours)
    assert hours() == {"1": 1}
