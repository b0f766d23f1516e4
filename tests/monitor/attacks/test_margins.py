from itertools import chain

from monitor.attacks.margins import find_margins
from monitor.release.tables import R2, R4
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import DAYS, LAYERS, PLATFORMS, exact_counts


def test_every_margin_holds_of_exact_counts() -> None:
    counts = exact_counts()
    for margin in find_margins(counts):
        less, more = (sum(counts[cell] for cell in cells) for cells in (margin.less, margin.more))
        assert less <= margin.factor * more, margin
        assert less == more or not margin.is_exact, margin


def test_every_cell_is_in_one() -> None:
    counts = exact_counts()
    found = chain.from_iterable((*margin.less, *margin.more) for margin in find_margins(counts))
    assert set(found) == set(counts)


def test_a_platform_is_the_same_in_all_layers_and_in_the_school() -> None:
    exact = [margin for margin in find_margins(exact_counts()) if margin.is_exact]
    assert len(exact) == len(PLATFORMS)
    assert {(len(margin.less), len(margin.more)) for margin in exact} == {(len(LAYERS), DAYS)}


def test_weeks_are_held_apart() -> None:
    cells = [R4.cell(MONDAY, ("3 havo", "x")), R2.cell(MONDAY.replace(day=30), ("x",))]
    assert list(find_margins(cells)) == []
