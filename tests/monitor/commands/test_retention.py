"""`lesrust retention` as its timer runs it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor import store
from monitor.commands.retention import retention
from monitor.figures import Figure
from monitor.tables import R1, Cell
from schedules import store as schedules
from schedules.models import Action, AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.store]
TODAY = datetime.now(UTC).date()
OLD = TODAY - timedelta(weeks=9)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "lesrust.toml"
    path.write_text('[school]\nname = "Het Voorbeeld"\n')
    for day in (OLD, TODAY):
        figure = Figure(Cell(R1.name, day, "1"), 85, datetime.now(UTC))
        store.record(f"R1/{day}/1", day, [figure])
    return path


def days() -> list[object]:
    return [figure.cell.day for figure in store.figures(since=OLD)]


def test_it_deletes_what_has_been_kept_long_enough(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config)])
    assert result.exit_code == 0
    assert "R1: 1 figures of before" in result.output
    assert "visibility: 0 days of before" in result.output
    assert days() == [TODAY]


def test_a_dry_run_deletes_nothing(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config), "--dry-run"])
    assert "R1: 1 figures of before" in result.output
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
        schedules.note(Action.ACCOUNT_CHANGED, by="ict", subject=f"{years}", now=at.timestamp())


def subjects() -> list[str]:
    return [entry.subject for entry in AuditEntry.objects.all()]


@pytest.mark.usefixtures("audited")
def test_the_audit_is_kept_for_three_years_where_the_school_says_nothing(config: Path) -> None:
    result = CliRunner().invoke(retention, ["--config", str(config), "--dry-run"])
    assert "audit: 1 entries of before" in result.output
    assert subjects() == ["1", "2", "4"]
    CliRunner().invoke(retention, ["--config", str(config)])
    assert subjects() == ["1", "2"]


@pytest.mark.usefixtures("audited")
def test_or_for_as_long_as_it_says(config: Path) -> None:
    config.write_text(f"{config.read_text()}[web]\naudit_years = 1\n")
    result = CliRunner().invoke(retention, ["--config", str(config)], catch_exceptions=False)
    assert "audit: 3 entries of before" in result.output
    assert subjects() == []
