import pytest

from dashboards.terminal.plot import Scale

SCALE = Scale(largest=100, width=11)


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
    assert SCALE.line(low, high, figure=figure, true=true).plain == drawn


def test_nothing_at_all_is_drawn_too() -> None:
    assert Scale(largest=0, width=11).line(0, 0, figure=None, true=0).plain == "◆"
