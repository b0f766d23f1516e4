"""What a declaration may say of a table, and what it may not."""

from dataclasses import replace

import pytest

from monitor.release.tables import (
    R1,
    R2,
    R3,
    R4,
    W2,
    Cell,
    Dimension,
    Face,
    TableName,
)
from tests.cast import MONDAY


def test_every_cell_of_a_day_is_there_whatever_was_counted() -> None:
    domain = {Dimension.LAYER: ["2 vwo", "3 havo"], Dimension.PLATFORM: ["x", "instagram"]}
    assert R4.cells(MONDAY, domain) == {
        Cell(TableName.LAYER_PLATFORMS, MONDAY, layer=layer, platform=platform): (layer, platform)
        for layer in ("2 vwo", "3 havo")
        for platform in ("x", "instagram")
    }


def test_a_table_without_dimensions_has_one_cell() -> None:
    whole_school = replace(R3, dimensions=())
    assert whole_school.cells(MONDAY, {}) == {Cell(R3.name, MONDAY): ()}


def test_a_cell_says_what_it_is_of() -> None:
    cell = R4.cell(MONDAY, ("3 havo", "x"))
    assert (cell.layer, cell.platform) == R4.values_of(cell) == ("3 havo", "x")


@pytest.mark.parametrize(
    ("dimensions", "what"),
    [
        ((Dimension.PERIOD, Dimension.PLATFORM), "not by platform"),
        ((Dimension.LAYER,), "has its period"),
    ],
)
def test_in_a_lesson_hour_a_device_counts_once(dimensions: tuple[Dimension], what: str) -> None:
    with pytest.raises(ValueError, match=f"R1: .*{what}"):
        replace(R1, dimensions=dimensions)


def test_only_a_lesson_hour_has_a_period() -> None:
    with pytest.raises(ValueError, match=r"R2: .*has its period"):
        replace(R2, dimensions=(Dimension.PERIOD,))


def test_what_is_charted_by_day_has_a_title() -> None:
    untitled = replace(R2.words, chart=None)
    with pytest.raises(ValueError, match=r"R2: say in `words\.chart`"):
        replace(R2, words=untitled)
    assert replace(R2, words=untitled, faces=frozenset({Face.TERMINAL})).words is untitled


def test_a_total_adds_up_over_what_its_table_has() -> None:
    with pytest.raises(ValueError, match="W2: it has a dimension that R3 has not"):
        replace(W2, of=R3)


def test_a_total_adds_up_days_and_not_weeks() -> None:
    with pytest.raises(ValueError, match="W2: what adds up a week needs figures of its days"):
        replace(W2, of=R4)
