"""Every released table is declared, and everything that follows from it can."""

from collections import Counter

import pytest

from monitor.models import ReleasedFigure
from monitor.release.tables import (
    DRAWN,
    EPSILON_A_DAY,
    TABLES,
    TOTALS,
    ReleasedTable,
    TableName,
    TableSpec,
    TotalSpec,
)

DECLARED = "monitor/release/tables/declared.py"

every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@pytest.mark.parametrize("name", TableName)
def test_a_released_table_is_declared(name: TableName) -> None:
    assert name in TABLES, f"declare {name} in {DECLARED}, and name it in DRAWN or TOTALS"


@every_table
def test_a_released_table_fits_in_the_store(table: ReleasedTable) -> None:
    field = ReleasedFigure._meta.get_field("table")
    assert field.max_length is not None
    assert len(table.name) <= field.max_length, f"give {table.name} a shorter name in {DECLARED}"


def test_released_tables_have_gauges_of_their_own() -> None:
    metrics = Counter(table.metric.name for table in TABLES.values())
    assert all(name.startswith("lesrust_") for name in metrics), f"see {DECLARED}"
    assert metrics.most_common(1)[0][1] == 1, f"two tables have one gauge in {DECLARED}"


def test_what_released_tables_lose_together_is_what_is_promised() -> None:
    lost = sum(table.epsilon for table in DRAWN)
    assert lost == pytest.approx(EPSILON_A_DAY), f"divide EPSILON_A_DAY anew in {DECLARED}"


@pytest.mark.parametrize("table", DRAWN, ids=lambda table: table.name)
def test_the_noise_of_a_released_table_follows_from_its_cap(table: TableSpec) -> None:
    assert table.scale == pytest.approx(table.cap / table.epsilon), f"see {DECLARED}"


@pytest.mark.parametrize("table", TOTALS, ids=lambda table: table.name)
def test_a_released_total_has_the_noise_of_what_it_adds_up(table: TotalSpec) -> None:
    assert table.of in DRAWN
    assert table.scale == table.of.scale
