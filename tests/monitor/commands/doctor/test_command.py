"""`lesrust doctor`: one line first, every part after it, and the diagnostics file."""

import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from monitor import store
from monitor.commands.doctor.command import doctor
from monitor.configuration import HealthSettings
from monitor.health import Health
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from schedules import store as schedule_store
from schedules.store import source_states
from tests.monitor.commands.school import CommandRunner
from tests.schedules.cast import AMSTERDAM, lesson

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("commands_in_dutch")]

SOURCE = '[[timetable]]\nname = "zermelo"\nformat = "csv"\npath = "x.csv"\n'


@pytest.fixture
def well(school: CommandRunner) -> CommandRunner:
    """A school that has all that it needs but for a sensor that answers."""
    now = time.time()
    school.add(SOURCE)
    today = datetime.now(AMSTERDAM).date()
    lessons = [lesson(room, rooms=(room,), day=today) for room in ("B204", "B205")]
    lessons += school.measure_all(today)
    schedule_store.import_timetable(lessons, source="zermelo", by="", now=now, zone=AMSTERDAM)
    source_states.record_source_read("zermelo", now)
    store.record_sensor("gateway-1", schedule_store.current_version(), now)
    return school


def test_where_all_is_well_it_says_so_and_ends_with_0(well: CommandRunner) -> None:
    health = Health()
    health.snapshot_read_at = health.watermark = time.time()
    listen = HealthSettings(listen="127.0.0.1:0")
    with serve_metrics("health.listen", listen, HealthCollector(health, time.time)) as port:
        well.add(f'[health]\nlisten = "127.0.0.1:{port}"')
        result = well.run(doctor)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Alles werkt\n")
    assert "Opslag  in orde  Laatst gezien: zojuist" in result.stdout
    assert "Sensor gateway-1 meldde zich" in result.stdout


def test_the_first_thing_that_is_not_well_stands_first_and_the_end_is_1(
    well: CommandRunner,
) -> None:
    well.add('[health]\nlisten = "127.0.0.1:1"')
    result = well.run(doctor, "--lang", "en")
    assert result.exit_code == 1
    first = result.stdout.splitlines()[0]
    assert first.startswith("Not everything works: No sensor answers at the address under")
    assert "What to do: Start `lesrust gateway`" in result.stdout
    assert "What follows: Nothing or too little is measured" in result.stdout


def test_a_store_that_cannot_be_opened_is_a_finding(
    school: CommandRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> None:
        raise store.database_error()

    monkeypatch.setattr(store, "connect", away)
    result = school.run(doctor)
    assert result.exit_code == 1
    assert "De opslag is niet te openen." in result.stdout


def test_the_diagnostics_file_is_written_whatever_is_wrong(
    well: CommandRunner, tmp_path: Path
) -> None:
    well.add('[health]\nlisten = "127.0.0.1:1"')
    path = tmp_path / "diagnose.json"
    result = well.run(doctor, "--bundle", str(path))
    assert (result.exit_code, result.stdout) == (1, "")
    content = json.loads(path.read_text())
    assert "not_running" in [finding["kind"] for finding in content["findings"]]
    assert "schedules.0001_initial" in content["store"]["migrations"]
    assert "B204" not in path.read_text()
    assert "Voorbeeld" not in path.read_text()


def test_a_wrong_configuration_is_refused(school: CommandRunner) -> None:
    school.add("[nonsense]")
    assert school.run(doctor).exit_code == 2
