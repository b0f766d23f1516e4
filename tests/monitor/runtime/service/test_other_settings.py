"""Another configuration is swapped in, audited, and where it is guarded waits."""

import time
from pathlib import Path

import pytest

from monitor import store
from monitor.configuration import Configuration, load_configuration
from monitor.release.tables import TABLES, TableName
from monitor.runtime.service import Service
from monitor.store.guarded.confirmations import confirm_settings, find_confirmation
from schedules.models import Action, AuditEntry, ConfigurationSection
from schedules.problem import Refused
from schedules.secret import write_secret
from tests.cast import MONDAY, at, client, use
from tests.clock import ManualClock
from tests.monitor.runtime.service.conftest import (
    eventually,
    hours,
    live,
    read_from,
    read_health,
    running,
)

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]


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
    text = read_health(service)
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
    path.write_text(f"{path.read_text()}[privacy]\nepsilon = 0.6\n")
    lower = load_configuration(path)
    with pytest.raises(Refused, match=r"\[privacy\].*a restart"):
        service.reload(lower)
    service.close()
    with running(lower, clock) as again:
        assert not again.snapshot.is_confirmed
        live(again, clock, at(9, 15), *use(at(8, 40)))
        confirm(lower)
        eventually(lambda: again.snapshot.is_confirmed)
        assert "lesrust_day_epsilon 0.6" in read_from(again.metrics_port)
        live(again, clock, at(10, 31), *use(at(9, 40)))
        eventually(lambda: len(hours()) == 2)
    first, second = store.load_figures(since=MONDAY, tables=[TableName.LESSON_HOURS])
    assert (first.drawn, second.drawn) == (None, 1)
    assert second.scale == pytest.approx(1 / 0.6 * TABLES[TableName.LESSON_HOURS].scale)


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
