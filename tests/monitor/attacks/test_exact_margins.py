"""Too little noise is seen in figures alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from monitor.attacks.exact_margins import audit_margins
from monitor.release.figures import Figure
from monitor.release.tables import TableSpec
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import (
    PLATFORMS,
    ExactCounts,
    exact_counts,
    release,
    without_noise,
)

WEEKS = 8


def weeks() -> Iterator[ExactCounts]:
    for number in range(WEEKS):
        yield exact_counts(number, MONDAY + timedelta(weeks=number))


def half_the_scale(table: TableSpec) -> TableSpec:
    return replace(table, scale=table.scale / 2, epsilon=2 * table.epsilon)


def test_the_noise_that_is_claimed_is_there() -> None:
    """A right sampler fails once in a thousand times; so it may try twice."""
    assert any(
        audit_margins(figure for week in weeks() for figure in release(week)).is_held
        for _ in range(2)
    )


def test_half_the_scale_is_found_in_some_weeks() -> None:
    figures = [figure for week in weeks() for figure in release(week, half_the_scale)]
    audit = audit_margins(figures)
    assert audit.margins == WEEKS * len(PLATFORMS)
    assert not audit.is_held


def test_no_noise_is_found_in_one_week() -> None:
    audit = audit_margins(without_noise(exact_counts()))
    assert audit.spread == 0
    assert not audit.is_held


def test_of_few_figures_nothing_is_said() -> None:
    figures: list[Figure] = without_noise(exact_counts())
    few = [figure for figure in figures if figure.cell.platform in {"x", "tiktok"}]
    audit = audit_margins(few)
    assert audit.margins == 2
    assert not audit.is_enough
    assert audit.is_held
    assert audit_margins([]).is_held
