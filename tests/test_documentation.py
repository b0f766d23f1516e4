"""What is documented is what there is: every setting, meter and command, and every link."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from re import findall

import pytest
from pydantic import BaseModel

from monitor.configuration import Configuration, load_configuration
from monitor.health import Health
from monitor.release.tables import (
    DAY_CLOSES,
    RELEASE_DELAY,
    TABLES,
    WEEK_CLOSES,
    Dimension,
    ReleasedTable,
    ReleaseInterval,
    Retention,
    TableSpec,
    TotalSpec,
)
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import EPSILON, RELEASED_AT

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
METERS = (ROOT / "docs" / "metingen.md").read_text("utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text("utf-8")
DIMENSIONS = {
    Dimension.PERIOD: "lesuur",
    Dimension.LAYER: "leerlaag",
    Dimension.PLATFORM: "platform",
    Dimension.EVIDENCE: "hoe iets te zien was",
    Dimension.BEYOND: "boven de",
}
INTERVALS = {
    ReleaseInterval.LESSON_HOUR: f"bel + {RELEASE_DELAY / 60:.0f} minuten",
    ReleaseInterval.DAY: f"{DAY_CLOSES:%H:%M}",
    ReleaseInterval.WEEK: f"maandag {WEEK_CLOSES:%H:%M}",
}
RETENTIONS = {
    Retention.EIGHT_WEEKS: "8 weken",
    Retention.NEXT_SCHOOL_YEAR: "tot het einde van het volgende schooljaar",
}
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
EXAMPLE = ROOT / "deploy" / "lesrust.toml"


def settings(model: type[BaseModel] = Configuration) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from settings(inner)


@pytest.mark.parametrize("setting", sorted(set(settings())))
def test_every_setting_is_in_the_example(setting: str) -> None:
    assert findall(rf"\b{setting}\b *=|\[{setting}\]", EXAMPLE.read_text("utf-8"))


def test_the_example_is_a_configuration() -> None:
    assert load_configuration(EXAMPLE).school.name


@every_table
def test_the_gauge_of_a_released_table_is_documented(table: ReleasedTable) -> None:
    row = f"| `{table.metric.name}` | {table.name}: "
    found = [line for line in METERS.splitlines() if line.startswith(row)]
    assert len(found) == 1, f"add a row that begins with {row!r} to docs/metingen.md"
    for label in (*table.dimensions, "bound"):
        assert f"`{label}`" in found[0], f"name the label `{label}` there"


def health_meters() -> Iterator[str]:
    for family in HealthCollector(Health(), lambda: 0.0).collect():
        yield f"{family.name}_total" if family.type == "counter" else family.name


@pytest.mark.parametrize("name", [RELEASED_AT, EPSILON, *health_meters()])
def test_every_other_meter_is_documented(name: str) -> None:
    assert f"`{name}`" in METERS


@every_table
def test_a_released_table_stands_on_the_page_about_privacy(table: ReleasedTable) -> None:
    what, when, *numbers = privacy_row(table)
    assert all(DIMENSIONS[dimension] in what for dimension in table.dimensions), what
    assert INTERVALS[table.interval] in when
    match table:
        case TableSpec():
            assert numbers[0].startswith(f"{table.devices:g} ")
            assert numbers[1].startswith(f"{table.epsilon:g} per dag".replace(".", ","))
            assert numbers[2] == f"{table.noise:.0f}"
        case TotalSpec():
            assert f"de som van {table.of.name}" in what


@every_table
def test_how_long_a_released_table_is_kept_stands_on_the_page_about_privacy(
    table: ReleasedTable,
) -> None:
    term = RETENTIONS[table.retention]
    rows = [line for line in PRIVACY.splitlines() if line.startswith("| vrijgegeven ")]
    found = [row for row in rows if findall(rf"\b{table.name}\b", row)]
    assert found, f"name {table.name} where docs/privacy.md says how long figures are kept"
    assert [row.endswith(f"| {term} |") for row in found] == [True]


def privacy_row(table: ReleasedTable) -> list[str]:
    """Give a table's row in the table of all tables, without its name."""
    rows = [line for line in PRIVACY.splitlines() if line.startswith(f"| {table.name} |")]
    assert len(rows) == 1, f"add a row that begins with '| {table.name} |' to docs/privacy.md"
    return [cell.strip() for cell in rows[0].strip("|").split("|")][1:]


@pytest.mark.parametrize(
    "command", [entry_point.name for entry_point in entry_points(group="lesrust.commands")]
)
def test_every_command_is_documented(command: str) -> None:
    assert any(f"lesrust {command}" in page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


EXPLAINING = [
    page
    for page in sorted((ROOT / "docs" / "developers").glob("*.md"))
    if not page.name.startswith("extend-")  # how-tos name what is yet to be made
]


@pytest.mark.parametrize("page", EXPLAINING, ids=lambda page: page.name)
def test_every_room_and_module_that_developers_are_sent_to_exists(page: Path) -> None:
    rooms = "addons|dashboards|deploy|monitor|schedules|simulation|tests"
    for place in findall(rf"`((?:{rooms})/[\w/.-]*)`", page.read_text("utf-8")):
        assert (ROOT / place).exists(), place


def test_a_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [decision.name[:4] for decision in decisions]
    assert len({*numbers}) == len(numbers)
    for decision in decisions:
        assert decision.read_text("utf-8").startswith(f"# {decision.name[:4]}: "), decision.name
