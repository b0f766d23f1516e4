"""`lesrust check`: what is missing before it matters, and what to do about it."""

import time
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.commands.check import check
from monitor.configuration import load_configuration
from monitor.diagnostics.finding import PARTS, FindingKind, SystemPart
from monitor.store.guarded.confirmations import record_baseline, take_fingerprints
from schedules import store
from schedules.lesson import Lesson
from schedules.store import source_states
from tests.monitor.commands.school import CommandRunner
from tests.schedules.cast import AMSTERDAM, lesson

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("commands_in_dutch")]

SOURCE = """
[[timetable]]
name = "untis"
format = "untis"
path = "export"
[[bells]]
hours = ["1 08:30-09:20"]
"""


def tomorrow() -> date:
    return (datetime.now(UTC) + timedelta(days=1)).date()


def take(*rooms: str, more: Iterable[Lesson] = ()) -> None:
    """Take in a lesson of tomorrow in each of these rooms, and others."""
    lessons = [*(lesson(room, rooms=(room,), day=tomorrow()) for room in rooms), *more]
    store.import_timetable(lessons, source="untis", by="", now=time.time(), zone=AMSTERDAM)


def test_a_school_that_has_everything_needs_nothing(school: CommandRunner) -> None:
    school.add(SOURCE)
    take("B204", "B205", more=school.measure_all(tomorrow()))
    source_states.record_source_read("untis", time.time())
    result = school.run(check, "--offline")
    assert result.exit_code == 0, result.stdout
    assert "LET OP" not in result.stdout
    assert "groot" not in result.stdout


def test_it_is_said_for_how_many_a_class_counts_and_of_what_too_little_is_measured(
    school: CommandRunner,
) -> None:
    lessons = school.measure_all(tomorrow())
    school.replace("[groups]", "[contact] # ")
    school.replace("sizes = ", "name = ")
    take(more=lessons)
    shown = school.run(check, "--offline").stdout
    assert "voor de ondergrenzen telt elke klas voor 15 leerlingen" in shown
    assert "Van de school wordt te weinig gemeten voor enig cijfer (200 leerlingen)." in shown


def test_sizes_that_cannot_be_used_are_told(school: CommandRunner) -> None:
    take(more=school.measure_all(tomorrow()))
    school.file("groepen.csv", "groep;aantal\nh3a;28\nh3b;veel\n")
    shown = school.run(check, "--offline").stdout
    assert "groepen.csv, regel 3: gevonden: 'veel'" in shown
    assert "Groepen zonder grootte, die voor niemand meetellen: h3b, " in shown
    school.file("groepen.csv", "groep;aantal\nh3a;veel\n")
    assert school.run(check, "--offline").exit_code == 2


def test_each_finding_comes_with_its_remedy_and_what_must_be_done_comes_first(
    school: CommandRunner,
) -> None:
    take("B204", "hal")
    result = school.run(check, "--offline")
    assert result.exit_code == 1
    first, remedy, *rest = result.stdout.splitlines()
    assert first.startswith("LET OP  Lokalen uit het rooster waarvan niet bekend is waar ze zijn")
    assert "(hal)" in first
    assert remedy.strip().startswith("Wat te doen: ")
    assert any("ter info" in line for line in rest)


def test_a_change_that_waits_for_a_second_person_is_told_with_what_to_do(
    school: CommandRunner,
) -> None:
    secret = Path(school.file("web.secret", "a secret of the school"))
    secret.chmod(0o600)
    settings = load_configuration(secret.with_name("lesrust.toml"))
    fingerprints = take_fingerprints(settings)
    assert fingerprints is not None
    record_baseline(settings, fingerprints, time.time())
    assert "bevestig" not in school.run(check, "--offline").stdout
    school.add('[[place]]\nprefixes = ["10.9.9.0/24"]\nroom = "hal"\n')
    told = " ".join(school.run(check, "--offline").stdout.split())
    assert "LET OP Een wijziging van plaatsen wacht op bevestiging door directie of" in told
    assert "onder Instellingen; of zet de instellingen terug zoals ze waren." in told
    secret.unlink()
    assert "Het bestand bij [web] secret" in school.run(check, "--offline").stdout


def test_it_speaks_english_when_asked(school: CommandRunner) -> None:
    result = school.run(check, "--offline", "--lang", "en")
    assert "WARNING  The timetable has no lessons" in result.stdout


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_remedy_stands_below_what_was_found(school: CommandRunner, language: str) -> None:
    lines = school.run(check, "--offline", "--lang", language).stdout.splitlines()
    for finding, remedy in zip(lines[::2], lines[1::2], strict=True):
        label, gap, _ = finding.partition("  ")
        assert len(remedy) - len(remedy.lstrip()) == len(label + gap)


def test_a_source_in_trouble_is_told_with_what_it_said(school: CommandRunner) -> None:
    school.add(SOURCE)
    take("B204", "B205")
    source_states.record_source_read("untis", time.time() - 3 * 3600)
    source_states.record_source_failure("untis", "the folder is gone", time.time())
    shown = school.run(check, "--offline", "--lang", "en").stdout
    assert "not been read for 3 hours" in shown
    assert "untis, the folder is gone" in shown


def test_a_secret_of_a_timetable_is_told_with_the_timetable(school: CommandRunner) -> None:
    school.add(
        """
[[timetable]]
name = "zermelo"
format = "zermelo"
address = "https://school.zportal.nl"
secret = "zermelo.token"
"""
    )
    shown = school.run(check, "--offline").stdout
    assert "Het bestand met het geheim van een rooster is niet te gebruiken: /" in shown
    assert "`lesrust timetable link` maakt het" in shown
    assert PARTS[FindingKind.TIMETABLE_SECRET] is SystemPart.TIMETABLE


def test_a_holiday_is_no_fault(school: CommandRunner) -> None:
    today = datetime.now(UTC).date()
    first, last = today - timedelta(days=2), today + timedelta(days=20)
    school.add(
        f'[calendar]\nfree = [{{ first = {first}, last = {last}, name = "Zomer" }}]\n{SOURCE}'
    )
    source_states.record_source_read("untis", time.time())
    result = school.run(check, "--offline")
    assert result.exit_code == 0
    assert "ter info  Vandaag en de komende twee weken is er geen les: Zomer." in result.stdout


def test_a_sensor_that_does_not_answer_is_told(school: CommandRunner) -> None:
    school.add('[health]\nlisten = "127.0.0.1:1"')
    take("B204", "B205")
    assert "antwoordt geen sensor" in school.run(check).stdout


def test_a_wrong_configuration_is_refused(school: CommandRunner) -> None:
    school.add("[nonsense]")
    assert school.run(check).exit_code == 2
