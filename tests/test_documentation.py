"""What is documented is what there is: every setting, meter and command, and every link."""

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from re import findall

import pytest
from pydantic import BaseModel

from monitor.configuration import Configuration, load_configuration
from monitor.health import Health
from monitor.release.tables import DRAWN, TABLES, ReleasedTable
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import RELEASED_AT

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
METERS = (ROOT / "docs" / "metingen.md").read_text("utf-8")
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


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_gauge_is_documented_with_its_labels(table: ReleasedTable) -> None:
    row = f"| `{table.metric.name}` | {table.name}: "
    found = [line for line in METERS.splitlines() if line.startswith(row)]
    assert len(found) == 1, f"add a row that begins with {row!r} to docs/metingen.md"
    assert all(f"`{label}`" in found[0] for label in (*table.dimensions, "bound"))


def health_meters() -> Iterator[str]:
    for family in HealthCollector(Health(), lambda: 0.0).collect():
        yield f"{family.name}_total" if family.type == "counter" else family.name


@pytest.mark.parametrize("name", [RELEASED_AT, *health_meters()])
def test_every_other_meter_is_documented(name: str) -> None:
    assert f"`{name}`" in METERS


def test_the_tables_are_documented_with_their_figures() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text("utf-8").replace(",", ".")
    for table in DRAWN:
        row = next(line for line in page.splitlines() if line.startswith(f"| {table.name} "))
        assert f" {table.cap} " in row
        assert f"{table.epsilon:.2f} per dag" in row
        assert row.rstrip().endswith(f"| {table.scale:.0f} |")


@pytest.mark.parametrize("command", [one.name for one in entry_points(group="lesrust.commands")])
def test_every_command_is_documented(command: str) -> None:
    assert any(f"lesrust {command}" in page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
