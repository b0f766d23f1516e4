import pytest

from dashboards.terminal.plot import PlotScale

SCALE = PlotScale(largest=100, width=11)


@pytest.mark.parametrize(
    ("low", "high", "figure", "true", "drawn"),
    [
        (20, 60, 40, None, "  ──●──"),
        (20, 60, 40, 60, "  ──●─◆"),
        (20, 60, 40, 40, "  ──◆──"),
        (20, 60, 40, 100, "  ──●──   ◆"),
        (0, 30, None, None, "────"),
        (90, 250, 240, 300, "         ─◆"),
    ],
)
def test_a_figure_in_its_interval_and_what_is_true(
    low: int, high: int, figure: int | None, true: int | None, drawn: str
) -> None:
    assert SCALE.draw(low, high, figure=figure, truth=true).plain == drawn


def test_nothing_at_all_is_drawn_too() -> None:
    assert PlotScale(largest=0, width=11).draw(0, 0, figure=None, truth=0).plain == "◆"
