"""The example of noise is made by what makes every interval."""

from itertools import pairwise

from dashboards.public import example
from monitor.release.figures import SCALES, half_width
from monitor.release.tables import R1, R2, R3, R4
from tests.dashboards.public.conftest import Ask


def test_it_has_the_interval_of_every_table_that_is_drawn() -> None:
    found = {figure_example.table: figure_example.shown for figure_example in example.examples()}
    assert list(found) == [R1, R2, R3, R4]
    for table, shown in found.items():
        width = half_width(SCALES[table.name])
        assert shown.low <= example.FIGURE - width
        assert shown.high >= example.FIGURE + width


def test_what_is_not_clearly_more_is_inside_the_interval() -> None:
    assert example.FIGURE < example.indistinct_figure() < example.FIGURE + half_width(R1.scale)


def test_the_drawing_is_to_scale_and_stays_inside() -> None:
    drawing = example.drawing()
    shown = example.examples()[0].shown
    assert 0 < drawing.first <= drawing.low < drawing.figure < drawing.high <= drawing.last
    assert drawing.last < drawing.width
    steps = {second - first for (_, first), (_, second) in pairwise(drawing.ticks)}
    assert max(steps) - min(steps) <= 1
    length = drawing.last - drawing.first
    assert drawing.high - drawing.low == round(
        (shown.high - shown.low) * length / drawing.ticks[-1][0]
    )


def test_the_page_says_it_in_words_in_a_drawing_and_in_a_table(transparency: Ask) -> None:
    shown = example.examples()[0].shown
    page = transparency()
    assert f"Een voorbeeld: er staat {example.FIGURE}" in page
    assert f"De hele school, per lesuur {shown.low} {shown.high}" in page
    assert f"Staat er op een andere dag {example.indistinct_figure()}?" in page
