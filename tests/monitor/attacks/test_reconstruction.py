"""Linear programming finds what a threshold hides, and nothing behind noise."""

from dataclasses import replace

import pytest

from monitor.attacks.reconstruction import (
    Reconstruction,
    Span,
    allow_for_noise,
    reconstruct,
    reconstruct_figures,
)
from monitor.release.figures import Figure
from monitor.release.tables import R2, R4, Cell, TableSpec
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import (
    PLATFORMS,
    RELEASED_AT,
    ExactCounts,
    exact_counts,
    release,
    without_noise,
)


def hide_small(counts: ExactCounts, threshold: int) -> dict[Cell, Span]:
    """Give what somebody knows where small counts are left out, and all others are exact."""
    return {
        cell: (0.0, threshold - 1.0) if count < threshold else (float(count), float(count))
        for cell, count in counts.items()
    }


def test_nothing_is_known_of_released_figures() -> None:
    found = reconstruct_figures(release(exact_counts()))
    assert found.spans
    assert found.known == ()
    assert found.narrowest > 20


def test_the_exact_count_is_within_what_is_possible() -> None:
    counts = exact_counts()
    found = reconstruct_figures(release(counts))
    outside = [cell for cell, (low, high) in found.spans.items() if not low <= counts[cell] <= high]
    # All figures together have more noise than is allowed for in one week of twenty.
    assert len(outside) <= 2


def test_what_a_threshold_hides_is_found_through_the_margins() -> None:
    counts = exact_counts(2)
    spans = hide_small(counts, 10)
    hidden = [cell for cell, (low, high) in spans.items() if low < high]
    found = reconstruct(spans, is_exact=True)
    recovered = [cell for cell in found.known if cell in hidden]
    assert len(hidden) > 1
    assert recovered == hidden
    assert all(found.spans[cell][0] == counts[cell] for cell in recovered)


def test_the_only_hidden_cell_of_a_sum_is_known() -> None:
    cells = [R4.cell(MONDAY, (layer, "x")) for layer in ("3 havo", "3 vwo")]
    spans = {cells[0]: (40.0, 40.0), cells[1]: (0.0, 9.0), R2.cell(MONDAY, ("x",)): (47.0, 47.0)}
    assert reconstruct(spans, is_exact=True).spans[cells[1]] == (7, 7)
    assert reconstruct(spans).spans[cells[1]] == (0, 7)


def test_where_there_is_hardly_any_noise_counts_are_known() -> None:
    def quiet(table: TableSpec) -> TableSpec:
        return replace(table, scale=0.05, epsilon=table.cap / 0.05)

    figures = [replace(figure, scale=0.05) for figure in release(exact_counts(), quiet)]
    assert len(reconstruct_figures(figures).known) > len(figures) / 2


def test_no_figure_says_nothing() -> None:
    figure = Figure(R2.cell(MONDAY, ("x",)), None, RELEASED_AT)
    low, high = allow_for_noise([figure])[figure.cell]
    assert (low, high) == (0, float("inf"))
    assert reconstruct_figures([figure]).spans == {figure.cell: (0, float("inf"))}


def test_figures_that_contradict_each_other_say_nothing() -> None:
    week, day = R4.cell(MONDAY, ("3 havo", "x")), R2.cell(MONDAY, ("x",))
    assert reconstruct({week: (100.0, 200.0), day: (0.0, 5.0)}) == Reconstruction({})


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    reconstruct_figures(without_noise(exact_counts())[: len(PLATFORMS)])
    assert capfd.readouterr() == ("", "")
