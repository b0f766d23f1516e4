"""Charts are legible by day and by night, and each colour of the day has one of the night."""

import pytest

from dashboards.charts.colours import DAY, NIGHT, Palette, contrast_ratio, night_colours

TEXT, DRAWING = 4.5, 3.0
"""What WCAG 2.2 AA asks of text, and of what a chart draws."""
THEMES = [pytest.param(DAY, id="day"), pytest.param(NIGHT, id="night")]


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_what_it_stands_on(theme: Palette) -> None:
    for step, text in zip(theme.steps, theme.on_steps, strict=True):
        assert contrast_ratio(step, text) >= TEXT
    for text in (theme.ink, theme.soft):
        assert contrast_ratio(text, theme.paper) >= TEXT
    assert contrast_ratio(theme.soft, theme.none) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_drawn_stands_out_from_the_paper(theme: Palette) -> None:
    for colour in (theme.accent, *theme.platforms):
        assert contrast_ratio(colour, theme.paper) >= DRAWING
    assert contrast_ratio(theme.accent, theme.band) >= DRAWING


def test_each_colour_of_the_day_is_one_of_the_night() -> None:
    """A colour that meant two things by day could become one thing only by night."""
    colours = night_colours()
    assert set(DAY.steps) | set(DAY.on_steps) | set(DAY.platforms) | {DAY.paper} <= set(colours)
    assert len(colours) == 7 + len(DAY.steps) + 2 + len(DAY.platforms)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
