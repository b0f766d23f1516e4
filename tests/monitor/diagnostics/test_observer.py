"""What is asked of the store, the sensor and the disk."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor import store
from monitor.configuration import AttachmentSettings, Configuration, HealthSettings
from monitor.diagnostics.observer import observe, observe_without_store
from schedules import store as schedule_store
from schedules.pause import Pause
from schedules.store import source_states
from tests.cast import AMSTERDAM, MONDAY, ROOMS, at, lessons
from tests.monitor.diagnostics.cast import NOW, SETTINGS

pytestmark = [pytest.mark.store, pytest.mark.django_db]

ALONE = SETTINGS.model_copy(update={"health": HealthSettings(listen="127.0.0.1:1")})
"""No sensor answers."""


def mapped(path: Path) -> Configuration:
    return ALONE.model_copy(update={"attachments": AttachmentSettings(file=path)})


def test_the_store_says_what_it_has_of_every_part() -> None:
    days = [MONDAY + timedelta(days=number) for number in (-1, 0, 6, 7, 14, 15)]
    schedule_store.import_timetable(
        list(lessons(days)), source="c", by="", now=at(7), zone=AMSTERDAM
    )
    schedule_store.add_pause(Pause(start=at(8), end=at(9), by="ict"))
    lasting = schedule_store.add_pause(Pause(start=at(9), end=at(12), by="ict"))
    source_states.record_source_read("zermelo", at(9))
    store.record_sensor("gateway-1", 2, at(9))
    seen = observe(ALONE, NOW)
    assert [sensor.name for sensor in seen.sensors] == ["gateway-1"]
    assert seen.version == schedule_store.current_version() == 3
    assert [source.name for source in seen.sources] == ["zermelo"]
    assert seen.pauses == (lasting,)
    assert (seen.imported_at, seen.changed_at) == (at(7), at(9))
    assert seen.week.days == (days[1], days[2])
    assert seen.coming_days.days == tuple(days[1:5])
    assert seen.placed_rooms == frozenset(ROOMS)
    assert seen.metrics is None
    assert seen.store is not None


def test_a_mapping_file_adds_its_rooms_or_is_known_to_be_of_no_use(tmp_path: Path) -> None:
    path = tmp_path / "aansluitingen.csv"
    assert observe(mapped(path), NOW).placed_rooms is None
    path.write_text("kind,name,room\nvlan,204,hal\n")
    assert observe(mapped(path), NOW).placed_rooms == frozenset({*ROOMS, "hal"})
    path.write_text("kind,name,room\nlokaal,204,hal\n")
    assert observe_without_store(mapped(path), NOW).placed_rooms is None


def test_without_a_store_the_rest_is_still_asked() -> None:
    seen = observe_without_store(ALONE, NOW)
    assert (seen.store, seen.metrics, seen.placed_rooms) == (None, None, frozenset(ROOMS))
