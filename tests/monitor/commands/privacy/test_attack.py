"""`lesrust privacy attack`: on a school's own store, and on copies of its figures."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboards.commands.figures import figures
from monitor import store
from monitor.commands.privacy.command import privacy
from monitor.models import ReleasedFigure, SpentRelease
from monitor.release.figures import Figure
from monitor.release.schedule import slot_key
from monitor.release.tables import TABLES, TableName
from schedules.calendar import monday
from tests.monitor.attacks.school_week import exact_counts, release

pytestmark = [pytest.mark.django_db, pytest.mark.store]

LAST_WEEK = monday(datetime.now(UTC).date()) - timedelta(weeks=1)
SCHOOL = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[[layer]]
name = "havo"
pupils = 750
[[layer]]
name = "vwo"
pupils = 750
[[place]]
prefixes = ["10.1.0.0/24"]
room = "B204"
[watch]
interfaces = ["eth0"]
"""


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the attacks on the promise draw little: they are tested where they stand."""
    monkeypatch.setattr("monitor.attacks.membership.MAX_DRAWS", 5_000)
    monkeypatch.setattr("monitor.attacks.membership.MIN_TRIALS", 40)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "lesrust.toml"
    path.write_text(SCHOOL)
    for key, of_slot in by_slot(release(exact_counts(monday=LAST_WEEK))):
        store.record_release(key, of_slot[0].cell.day, of_slot)
    return path


def by_slot(released: Sequence[Figure]) -> Iterator[tuple[str, list[Figure]]]:
    slots: dict[str, list[Figure]] = {}
    for figure in released:
        key = slot_key(TABLES[figure.cell.table].interval, figure.cell.day)
        slots.setdefault(key, []).append(figure)
    yield from slots.items()


def attack(config: Path, *copies: Path, language: str = "en") -> Result:
    words = ["attack", *map(str, copies), "--config", str(config), "--lang", language]
    return CliRunner().invoke(privacy, words, catch_exceptions=False)


def test_every_attack_is_shown_with_what_it_gained_and_its_gate(config: Path) -> None:
    attacked = attack(config)
    assert attacked.exit_code == 0, attacked.output
    assert "Every gate holds." in attacked.output
    for words in (
        "was the heaviest device there, on 1 day ",
        "was the heaviest device there, on 40 days",
        "habits of one pupil, from all figures of 8 weeks: heaviest use",
        "0 of 129",
        "counts worked out from all others, by linear programming",
        "by 9 sums",
        "figures of too few rooms or pupils, by what was exempt or has no place",
    ):
        assert words in attacked.output


def test_it_speaks_dutch(config: Path) -> None:
    attacked = attack(config, language="nl")
    assert "Elke grens houdt." in attacked.output
    assert "was het zwaarste apparaat er, op 40 dagen" in attacked.output


def test_a_figure_that_could_be_drawn_again_ends_in_an_error(config: Path) -> None:
    SpentRelease.objects.filter(day=LAST_WEEK).delete()
    attacked = attack(config)
    assert attacked.exit_code == 1
    assert "1 gate is broken." in attacked.output


def test_an_export_beside_the_store_is_the_same_draw(config: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cijfers.csv"
    CliRunner().invoke(figures, ["--csv", str(copy), "--config", str(config)])
    assert "0 of 129 differ" in attack(config, copy).output
    changed = ReleasedFigure.objects.filter(table=TableName.LAYERS).first()
    assert changed is not None
    assert changed.drawn is not None
    changed.drawn += 100
    changed.save()
    attacked = attack(config, copy)
    assert attacked.exit_code == 1
    assert "1 of 129 differ" in attacked.output


def test_what_is_no_copy_is_refused(config: Path, tmp_path: Path) -> None:
    assert attack(config, tmp_path / "none.csv").exit_code == 2


def test_a_mapping_that_is_not_there_is_told_and_no_traceback(config: Path) -> None:
    config.write_text(f'{SCHOOL}[attachments]\nfile = "aansluitingen.csv"\n')
    attacked = attack(config)
    assert attacked.exit_code == 2
    assert "aansluitingen.csv" in attacked.stderr


def test_of_a_school_too_small_for_figures_nothing_is_promised_and_nothing_attacked(
    config: Path,
) -> None:
    config.write_text(SCHOOL.replace("750", "71"))
    assert "was the heaviest device there" not in attack(config).output


def test_it_is_said_that_there_is_nothing_yet_to_attack(config: Path) -> None:
    said = "No figure has been released yet"
    assert said not in attack(config).output
    ReleasedFigure.objects.all().delete()
    assert said in attack(config).output


def test_nothing_is_written(config: Path) -> None:
    before = list(ReleasedFigure.objects.values_list()), list(SpentRelease.objects.values_list())
    attack(config)
    after = list(ReleasedFigure.objects.values_list()), list(SpentRelease.objects.values_list())
    assert before == after


def test_what_is_not_installed_is_named(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    result = attack(config)
    assert "install lesrust[privacy]" in result.output
    assert result.exit_code == 1


def test_the_configuration_may_be_named_before_the_word_attack(config: Path) -> None:
    result = CliRunner().invoke(privacy, ["--config", str(config), "--lang", "en", "attack"])
    assert "Every gate holds." in result.output
