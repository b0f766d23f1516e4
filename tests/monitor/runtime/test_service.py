"""A sensor process's share of the core, with its real threads, store and endpoints."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
    load_configuration,
)
from monitor.release.tables import TABLES, TableName, TableSpec
from monitor.runtime.service import Service
from monitor.sighting import Sighting
from monitor.store.guarded.confirmations import confirm_settings, find_confirmation
from schedules import store as schedule_store
from schedules.exemption import Exemption, ExemptionScope
from schedules.models import Action, AuditEntry, ConfigurationSection
from schedules.pause import Pause
from schedules.problem import Refused
from schedules.secret import write_secret
from schedules.store import source_states
from tests.cast import AMSTERDAM, MONDAY, ROOMS, ExactHealth, at, client, lesson, lessons, use
from tests.clock import ManualClock

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

MAX_WAIT = 60.0
"""Seconds in which a thread of the service surely does what it has to do."""


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


def eventually(holds: Callable[[], object]) -> None:
    """Wait until another thread has done it; a test that hangs fails."""
    deadline = time.monotonic() + MAX_WAIT
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def exact_health(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the service count small numbers too."""
    monkeypatch.setattr("monitor.runtime.service.Health", ExactHealth)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    places = "\n".join(
        f'[[place]]\nprefixes = ["10.0.{room}.0/24"]\nroom = "{room}"' for room in ROOMS
    )
    path = tmp_path / "lesrust.toml"
    path.write_text(
        f"""
[school]
name = "Het Voorbeeld"
[identity]
unit = "address"
reused = false
[metrics]
listen = "127.0.0.1:0"
[health]
listen = "127.0.0.1:0"
[[layer]]
name = "3 havo"
pupils = 300
groups = ["h3*"]
[[layer]]
name = "3 vwo"
pupils = 300
groups = ["v3*"]
{places}
"""
    )
    return load_configuration(path)


@contextmanager
def running(configuration: Configuration, clock: ManualClock) -> Iterator[Service]:
    service = Service(configuration, clock=clock, mechanism=exact)
    service.open()
    try:
        yield service
    finally:
        service.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(at(8))


@pytest.fixture
def service(configuration: Configuration, clock: ManualClock) -> Iterator[Service]:
    store.connect(configuration.database)
    schedule_store.import_timetable(
        list(lessons()), source="csv", by="test", now=at(7), zone=AMSTERDAM
    )
    with running(configuration, clock) as one:
        yield one


def live(service: Service, clock: ManualClock, until: float, *sightings: Sighting) -> None:
    waiting = sorted(sightings, reverse=True)
    while clock.now < until:
        clock.now = min(clock.now + 60, until)
        while waiting and waiting[-1].timestamp < clock.now:
            service.receive_sighting(waiting.pop())
        service.tick()


def hours() -> dict[str, int | None]:
    figures = store.load_figures(since=MONDAY, tables=[TableName.LESSON_HOURS])
    return {figure.cell.period: figure.drawn for figure in figures}


def read_from(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text: str = answer.read().decode()
    return text


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


def test_a_second_process_on_the_same_store_is_refused(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    with pytest.raises(Refused, match="another process that releases into it"):
        Service(configuration, clock=clock).open()


def test_an_address_that_is_taken_is_refused(
    configuration: Configuration, service: Service, clock: ManualClock, tmp_path: Path
) -> None:
    taken = configuration.metrics.model_copy(update={"listen": f"127.0.0.1:{service.metrics_port}"})
    elsewhere = configuration.store.model_copy(update={"database": str(tmp_path / "another")})
    changes = {"metrics": taken, "store": elsewhere}
    with pytest.raises(Refused, match=r"key metrics\.listen"):
        Service(configuration.model_copy(update=changes), clock=clock).open()


def test_an_error_in_the_core_is_counted_and_goes_no_further(
    service: Service, clock: ManualClock
) -> None:
    service.receive_sighting(None)  # type: ignore[arg-type]
    live(service, clock, at(8, 2))
    assert service.health.counts["addon_errors"] == 1
    assert "lesrust_hour_addon_errors 1.0" in read_from(service.health_port)


def test_another_configuration_is_swapped_in(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    moved = configuration.places[1].model_copy(
        update={"prefixes": configuration.places[0].prefixes}
    )
    service.reload(configuration.model_copy(update={"places": (moved,)}))

    def room() -> str | None:
        place = service.snapshot.prefixes.find(client("101"))
        return place.room if place else None

    assert room() == "101"
    eventually(lambda: room() == "102")


def confirm(settings: Configuration) -> None:
    """Have somebody of the directie confirm the settings, as the web application does."""
    shown = find_confirmation(settings).shown
    confirm_settings(settings, shown, by="yil", now=time.time())


def unconfirmed(service: Service) -> int:
    text = read_from(service.health_port)
    return int(float(text.rpartition("\nlesrust_unconfirmed_settings ")[2].split("\n")[0]))


def test_a_change_of_places_waits_for_a_second_person_and_then_holds(
    service: Service, clock: ManualClock, tmp_path: Path
) -> None:
    assert service.snapshot.is_confirmed
    path = tmp_path / "lesrust.toml"
    path.write_text(path.read_text().replace('["10.0.103.0/24"]', '["10.0.103.7/32"]'))
    changed = load_configuration(path)
    service.reload(changed)
    eventually(lambda: not service.snapshot.is_confirmed)
    assert unconfirmed(service) == 1
    live(service, clock, at(9, 15), *use(at(8, 40)))
    confirm(changed)
    eventually(lambda: service.snapshot.is_confirmed)
    assert unconfirmed(service) == 0
    live(service, clock, at(10, 31), *use(at(9, 40)))
    eventually(lambda: len(hours()) == 2)
    assert hours() == {"1": None, "2": 1}


def test_a_change_that_is_taken_back_waits_for_nobody(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "lesrust.toml"
    as_it_was = path.read_text()
    path.write_text(f'{as_it_was}[[layer]]\nname = "4 vwo"\npupils = 120\n')
    service.reload(load_configuration(path))
    eventually(lambda: not service.snapshot.is_confirmed)
    path.write_text(as_it_was)
    service.reload(load_configuration(path))
    eventually(lambda: service.snapshot.is_confirmed)


def test_another_time_zone_takes_a_restart(service: Service, tmp_path: Path) -> None:
    """By another midnight a device would get its cap anew in the middle of a day."""
    path = tmp_path / "lesrust.toml"
    path.write_text(path.read_text().replace("[school]", '[school]\ntime_zone = "Asia/Tokyo"', 1))
    with pytest.raises(Refused, match=r"school\.time_zone.*a restart"):
        service.reload(load_configuration(path))


def test_a_lower_loss_takes_a_restart_and_a_second_person(
    service: Service, clock: ManualClock, tmp_path: Path
) -> None:
    path = tmp_path / "lesrust.toml"
    assert "lesrust_day_epsilon 1.0" in read_from(service.metrics_port)
    path.write_text(f"{path.read_text()}[privacy]\nepsilon = 0.5\n")
    lower = load_configuration(path)
    with pytest.raises(Refused, match=r"\[privacy\].*a restart"):
        service.reload(lower)
    service.close()
    with running(lower, clock) as again:
        assert not again.snapshot.is_confirmed
        live(again, clock, at(9, 15), *use(at(8, 40)))
        confirm(lower)
        eventually(lambda: again.snapshot.is_confirmed)
        assert "lesrust_day_epsilon 0.5" in read_from(again.metrics_port)
        live(again, clock, at(10, 31), *use(at(9, 40)))
        eventually(lambda: len(hours()) == 2)
    first, second = store.load_figures(since=MONDAY, tables=[TableName.LESSON_HOURS])
    assert (first.drawn, second.drawn) == (None, 1)
    assert second.scale == pytest.approx(2 * TABLES[TableName.LESSON_HOURS].scale)


def test_how_old_the_timetable_is_is_read_anew_each_minute(
    configuration: Configuration, clock: ManualClock, tmp_path: Path
) -> None:
    """A source that was read and is as it was makes no new version, and is not old."""
    source = TimetableSettings(name="rooster", format="csv", path=tmp_path / "rooster.csv")
    store.connect(configuration.database)
    source_states.record_source_read("rooster", at(7))

    def age(of: Service, seconds: float) -> bool:
        name = 'lesrust_timetable_age_seconds{kind="file",source="rooster"}'
        return f"{name} {seconds}" in read_from(of.health_port)

    with running(configuration.model_copy(update={"timetables": (source,)}), clock) as one:
        assert age(one, 3600.0)
        source_states.record_source_read("rooster", at(8))
        clock.now = at(8, 1)
        eventually(lambda: age(one, 60.0))
        one.reload(configuration)
        eventually(lambda: "rooster" not in read_from(one.health_port))


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


def test_another_configuration_is_audited_when_it_starts_and_when_it_is_reloaded(
    configuration: Configuration, service: Service, clock: ManualClock, tmp_path: Path
) -> None:
    def audited() -> list[str]:
        entries = AuditEntry.objects.filter(action=Action.CONFIGURATION_CHANGED)
        return [entry.subject for entry in entries]

    service.close()
    write_secret(tmp_path / "web.secret", "a secret of the school")
    path = tmp_path / "lesrust.toml"
    with running(configuration, clock) as again:
        eventually(ConfigurationSection.objects.exists)
        path.write_text(f'{path.read_text()}\n[staff]\nconsent = "MR 12 mei"\n')
        again.reload(load_configuration(path))
        eventually(audited)
    path.write_text(path.read_text().replace("Voorbeeld", "Vervolg"))
    with running(load_configuration(path), clock):
        eventually(lambda: len(audited()) == 2)
    assert audited() == ["[staff]", "[school]"]


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
        shown = read_from(one.health_port)
    assert hours() == {"1": 1}
    assert 'lesrust_hour_feed_messages{feed="radius-detail",outcome="taken"} 1.0' in shown
    assert "jansen" not in shown


def test_a_mapping_that_is_wrong_is_refused(
    configuration: Configuration, clock: ManualClock, tmp_path: Path
) -> None:
    mapping = tmp_path / "aansluitingen.csv"
    mapping.write_text("kind,name,room\nlokaal,204,101\n")
    changes = {"attachments": AttachmentSettings(file=mapping)}
    with pytest.raises(Refused, match="line 2: found 'lokaal'"):
        Service(configuration.model_copy(update=changes), clock=clock).open()


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
