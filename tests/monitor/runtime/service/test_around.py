"""What a process reads and shows around its counts: the timetable's age, RADIUS, own devices."""

import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from monitor import store
from monitor.configuration import (
    AttachmentSettings,
    Configuration,
    DeviceSettings,
    PlaceSettings,
    RadiusSettings,
    TimetableSettings,
)
from monitor.runtime.service import Service
from schedules import store as schedule_store
from schedules.pause import Pause
from schedules.store import source_states
from tests.cast import AMSTERDAM, at, client, lessons, use
from tests.clock import ManualClock
from tests.monitor.runtime.service.conftest import eventually, hours, live, read_health, running

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]


def test_how_old_the_timetable_is_is_read_anew_each_minute(
    configuration: Configuration, clock: ManualClock, tmp_path: Path
) -> None:
    """A source that was read and is as it was makes no new version, and is not old."""
    source = TimetableSettings(name="rooster", format="csv", path=tmp_path / "rooster.csv")
    store.connect(configuration.database)
    source_states.record_source_read("rooster", at(7))

    def age(of: Service, seconds: float) -> bool:
        name = 'lesrust_timetable_age_seconds{kind="file",source="rooster"}'
        return f"{name} {seconds}" in read_health(of)

    with running(configuration.model_copy(update={"timetables": (source,)}), clock) as one:
        assert age(one, 3600.0)
        source_states.record_source_read("rooster", at(8))
        clock.now = at(8, 1)
        eventually(lambda: age(one, 60.0))
        one.reload(configuration)
        eventually(lambda: "rooster" not in read_health(one))


def test_it_tells_the_store_which_version_of_the_schedules_it_holds(service: Service) -> None:
    """So that who grants sees whether the network knows."""
    eventually(
        lambda: (
            [sensor.version for sensor in store.list_sensors()]
            == [schedule_store.current_version()]
        )
    )
    number = schedule_store.add_pause(
        Pause(start=at(8), end=at(9), by="it", reason="a change like any other")
    ).number
    assert number
    eventually(
        lambda: (
            [sensor.version for sensor in store.list_sensors()]
            == [schedule_store.current_version()]
        )
    )
    assert store.list_running_sensors(time.time())


RECORD = """Mon Nov 23 08:35:00 2026
\tAcct-Status-Type = Start
\tAcct-Session-Id = "5E0C1A-01"
\tUser-Name = "jan.jansen"
\tFramed-IP-Address = 10.99.0.1
\tTunnel-Private-Group-Id:0 = "204"
\tTimestamp = {at:.0f}

"""


def test_where_radius_says_that_a_client_is_it_is_counted(
    configuration: Configuration, clock: ManualClock, tmp_path: Path
) -> None:
    mapping, detail = tmp_path / "aansluitingen.csv", tmp_path / "detail"
    mapping.write_text("kind,name,room\nvlan,204,101\n")
    detail.write_text("")
    feeds = {
        "attachments": AttachmentSettings(file=mapping),
        "radius": RadiusSettings(detail=detail),
    }
    phone = bytes((10, 99, 0, 1))
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(lessons()), source="csv", by="test", now=at(7), zone=AMSTERDAM
    )
    with running(configuration.model_copy(update=feeds), clock) as one:
        live(one, clock, at(8, 35), *use(at(8, 31), phone))
        detail.write_text(RECORD.format(at=at(8, 35)))
        eventually(lambda: one.bindings.find(phone, at(8, 36)))
        live(one, clock, at(9, 31), *use(at(8, 40), phone))
        eventually(hours)
        shown = read_health(one)
    assert hours() == {"1": 1}
    assert 'lesrust_hour_feed_messages{feed="radius-detail",outcome="taken"} 1.0' in shown
    assert "jansen" not in shown


def test_a_device_sees_itself_on_the_page_and_is_counted_as_ever(
    configuration: Configuration, clock: ManualClock
) -> None:
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(lessons()), source="csv", by="test", now=at(7), zone=AMSTERDAM
    )
    loopback = PlaceSettings.model_validate({"prefixes": ["127.0.0.0/8"], "room": "101"})
    places = (*configuration.places, loopback)
    changes = {"device": DeviceSettings(listen="127.0.0.1:0"), "places": places}
    with running(configuration.model_copy(update=changes), clock) as service:
        live(service, clock, at(8, 40))
        with urlopen(f"http://127.0.0.1:{service.device_port}/mijn-apparaat/live") as told:
            eventually(lambda: b"lokaal 101" in told.readline())
            live(service, clock, at(8, 45), *use(at(8, 41), bytes((127, 0, 0, 1))))
            eventually(lambda: b"actief op: Instagram" in told.readline())
        live(service, clock, at(9, 31))
        eventually(hours)
        assert hours() == {"1": 1}
        service.health.publish()
        assert service.health.counts["addon_errors"] == 0


def test_an_error_in_showing_costs_no_count(
    service: Service, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(service._sessions, "by_device", {client(): None})
    monkeypatch.setattr(service._sessions, "receive_sighting", fail)
    live(service, clock, at(9, 31), *use(at(8, 40)))
    eventually(hours)
    assert hours() == {"1": 1}
    service.health.publish()
    assert service.health.counts["addon_errors"] == 1, "there were some"
