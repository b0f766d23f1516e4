"""`lesrust retention` as its timer runs it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from monitor import store
from monitor.commands.retention import retention
from monitor.release.figures import Figure
from monitor.release.tables import R1, Cell
from schedules import store as schedule_store
from schedules.exemption import ExemptionScope
from schedules.exemption_rules import grant_by_leadership, grant_for_lesson
from schedules.lesson import Lesson
from schedules.models import (
    Action,
    AuditEntry,
    ExemptionRow,
    LessonRow,
    PauseRow,
    TimetableImport,
)
from schedules.pause import Pause

pytestmark = [pytest.mark.django_db, pytest.mark.store]
UTC_ZONE = ZoneInfo("UTC")
TODAY = datetime.now(UTC).date()
OLD = TODAY - timedelta(weeks=9)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "lesrust.toml"
    path.write_text('[school]\nname = "Het Voorbeeld"\n')
    for day in (OLD, TODAY):
        figure = Figure(Cell(R1.name, day, "1"), 85, datetime.now(UTC))
        store.record_release(f"R1/{day}/1", day, [figure])
    return path


def days() -> list[object]:
    return [figure.cell.day for figure in store.load_figures(since=OLD)]


def test_it_deletes_what_has_been_kept_long_enough(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config)])
    assert result.exit_code == 0
    assert "R1: 1 figure of before" in result.output
    assert days() == [TODAY]


def test_a_dry_run_deletes_nothing(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config), "--dry-run"])
    assert "R1: 1 figure of before" in result.output
    assert "would be deleted" in result.output
    assert days() == [OLD, TODAY]


def test_a_configuration_that_is_refused_ends_with_2(tmp_path: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(tmp_path / "absent.toml")])
    assert result.exit_code == 2
    assert "absent.toml: found" in result.output


@pytest.fixture
def audited() -> None:
    for years in (1, 2, 4):
        at = datetime.now(UTC) - years * timedelta(days=366)
        schedule_store.record_audit_entry(
            Action.ACCOUNT_CHANGED, by="ict", subject=f"{years}", now=at.timestamp()
        )


def subjects() -> list[str]:
    return [entry.subject for entry in AuditEntry.objects.all()]


@pytest.mark.usefixtures("audited")
def test_the_audit_is_kept_for_three_years_where_the_school_says_nothing(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config), "--dry-run"])
    assert "audit: 1 entry of before" in result.output
    assert subjects() == ["1", "2", "4"]
    CliRunner().invoke(retention, ["--config", str(config)])
    assert subjects() == ["1", "2"]


@pytest.mark.usefixtures("audited")
def test_or_for_as_long_as_it_says(config: Path) -> None:
    config.write_text(f"{config.read_text()}[web]\naudit_years = 1\n")
    result = CliRunner().invoke(retention, ["--config", str(config)], catch_exceptions=False)
    assert "audit: 3 entries of before" in result.output
    assert subjects() == []


YEAR = timedelta(days=366)


def lesson_of(age: timedelta) -> Lesson:
    start = datetime.now(UTC) - age
    end = start + timedelta(minutes=50)
    return Lesson(f"lesson {age.days}", start, end, "1", teachers=("vda",))


@pytest.fixture
def granted() -> None:
    """Give the store two of each: of two years ago, and of four."""
    for age in (2 * YEAR, 4 * YEAR):
        lesson = lesson_of(age)
        begun = lesson.start.timestamp()
        over = begun + 3600
        schedule_store.import_timetable([lesson], source="csv", by="ict", now=begun, zone=UTC_ZONE)
        schedule_store.add_exemption(
            grant_for_lesson(lesson, teacher="vda", platforms=None, now=begun)
        )
        schedule_store.add_exemption(
            grant_by_leadership(
                ExemptionScope.SCHOOL,
                "",
                by="yil",
                platforms=None,
                start=begun,
                end=over,
                now=begun,
                reason="open dag",
            )
        )
        schedule_store.add_pause(Pause(start=begun, end=over, by="ict", reason="open dag"))


GRANTED = {
    "exemptions: 2": ExemptionRow,
    "interruptions: 1": PauseRow,
    "lessons: 1": LessonRow,
    "imports: 1": TimetableImport,
}


def kept() -> list[int]:
    return [rows.objects.count() for rows in GRANTED.values()]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("granted")
def test_who_granted_and_interrupted_goes_with_the_audit_and_so_do_the_lessons(
    config: Path,
) -> None:
    CliRunner().invoke(retention, ["--config", str(config), "--dry-run"], catch_exceptions=False)
    assert kept() == [4, 2, 2, 2]
    result = CliRunner().invoke(retention, ["--config", str(config)], catch_exceptions=False)
    for line in GRANTED:
        assert f"{line} of before" in result.output
    assert kept() == [2, 1, 1, 1]
    config.write_text(f"{config.read_text()}[web]\naudit_years = 1\n")
    CliRunner().invoke(retention, ["--config", str(config)], catch_exceptions=False)
    assert kept() == [0, 0, 0, 0]


@pytest.mark.usefixtures("granted")
def test_a_dry_run_says_what_a_real_one_deletes(config: Path) -> None:
    asked = CliRunner().invoke(retention, ["--config", str(config), "--dry-run"])
    done = CliRunner().invoke(retention, ["--config", str(config)])
    assert asked.output.replace("would be deleted", "deleted") == done.output
