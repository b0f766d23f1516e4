"""Every released table is declared, and everything that follows from it can."""

from collections import Counter

import pytest

from monitor.models import ReleasedFigure
from monitor.release.longitudinal import HEAVIEST, MODERATE, information_of_a_week
from monitor.release.tables import (
    DRAWN,
    EPSILON_A_DAY,
    OF_STAFF,
    PREPARED,
    S1,
    SCHOOL_DAYS,
    TABLES,
    TOTALS,
    Dimension,
    ReleasedTable,
    TableName,
    TableSpec,
    TotalSpec,
)

DECLARED = "monitor/release/tables/declared.py"

every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


@pytest.mark.parametrize("name", TableName)
def test_a_released_table_is_declared(name: TableName) -> None:
    declared = {*TABLES, *(table.name for table in PREPARED)}
    assert name in declared, f"declare {name} in {DECLARED}, and name it in DRAWN or TOTALS"


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


def test_staff_lose_no_more_than_pupils() -> None:
    """They are in no table by layer, and not in visibility."""
    of_pupils = {Dimension.LAYER, Dimension.EVIDENCE}
    others = sum(table.epsilon for table in DRAWN if not of_pupils & {*table.dimensions})
    assert others + sum(table.epsilon for table in OF_STAFF) <= EPSILON_A_DAY


def test_over_a_year_staff_tell_no_more_of_themselves_than_pupils() -> None:
    """One cell a week says more of one device than as much loss over many cells."""
    for habits in (HEAVIEST, MODERATE):
        share = SCHOOL_DAYS * min(habits.hours, S1.cap) / S1.scale
        layers = [table for table in DRAWN if Dimension.LAYER in table.dimensions]
        assert share**2 < sum(information_of_a_week(table, habits) for table in layers)


@pytest.mark.parametrize("table", [*DRAWN, *OF_STAFF, *PREPARED], ids=lambda table: table.name)
def test_the_noise_of_a_released_table_follows_from_its_cap(table: TableSpec) -> None:
    assert table.scale == pytest.approx(table.cap / table.epsilon), f"see {DECLARED}"


@pytest.mark.parametrize("table", TOTALS, ids=lambda table: table.name)
def test_a_released_total_has_the_noise_of_what_it_adds_up(table: TotalSpec) -> None:
    assert table.of in DRAWN
    assert table.scale == table.of.scale
