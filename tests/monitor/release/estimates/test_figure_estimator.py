"""Intervals of true counts, and estimates: worked out once, from what was released up to then."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from monitor.release.estimates.figure_estimator import FigureEstimator
from monitor.release.figures import CountInterval, Figure, half_width
from monitor.release.tables import B1, B2, BEYOND, DRAWN, R1, R2, R3, R4, V1, W1, W2, Cell

MONDAY = date(2026, 11, 2)
HOURS = range(1, 10)
BEYOND_A_WEEK = (100, 60, 20)
"""Device-days that were active in one, two and three lesson hours more than count."""
CUT_A_WEEK = 100 + 2 * 60 + 3 * 20
PLATFORMS = ("instagram", "x")
LAYERS = ("3 havo", "3 vwo")


def released(cell: Cell, drawn: int | None, *, hour: int = 17, parts: int = 1) -> Figure:
    at = datetime.combine(cell.day, time(hour), UTC)
    return Figure(cell, drawn, at, parts=parts)


def hours_of(day: date, drawn: int = 150) -> list[list[Figure]]:
    return [[released(R1.cell(day, (str(hour),)), drawn, hour=7 + hour)] for hour in HOURS]


def day_of(day: date, drawn: int = 200) -> list[Figure]:
    return [
        *(released(R2.cell(day, (name,)), drawn) for name in PLATFORMS),
        *(released(R3.cell(day, (name,)), drawn) for name in LAYERS),
    ]


def week_of(monday: date, beyond: Iterable[int | None] = BEYOND_A_WEEK) -> list[Figure]:
    counts = [*beyond]
    return [
        *(released(R4.cell(monday, (layer, "x")), 300) for layer in LAYERS),
        released(V1.cell(monday, ("sni",)), 100_000),
        *(released(B1.cell(monday, (name,)), counts[place]) for place, name in enumerate(BEYOND)),
        *(released(B2.cell(monday, (name,)), counts[place]) for place, name in enumerate(BEYOND)),
        released(W1.cell(monday, ()), 45 * 150, parts=45),
        *(released(W2.cell(monday, (name,)), 1_000, parts=5) for name in PLATFORMS),
    ]


def slots(monday: date = MONDAY, **changed: int) -> Iterator[list[Figure]]:
    """Give a week's releases in their order."""
    for number in range(5):
        yield from hours_of(monday + timedelta(days=number), **changed)
        yield day_of(monday + timedelta(days=number))
    yield week_of(monday)


def after_weeks(count: int) -> FigureEstimator:
    estimator = FigureEstimator()
    for week in range(count):
        for figures in slots(MONDAY + timedelta(weeks=week)):
            estimator.estimate(figures)
    return estimator


def estimated(estimator: FigureEstimator, slots: Iterable[list[Figure]]) -> dict[Cell, Figure]:
    return {figure.cell: figure for slot in slots for figure in estimator.estimate(slot)}


def test_the_draw_is_never_changed() -> None:
    for figures in slots():
        estimated = after_weeks(2).estimate(figures)
        bare = [replace(figure, interval=None, estimate=None) for figure in estimated]
        assert bare == figures


def test_before_the_first_released_week_late_hours_say_at_least() -> None:
    found = estimated(FigureEstimator(), hours_of(MONDAY))
    width = half_width(R1.scale)
    for hour in HOURS:
        interval = found[R1.cell(MONDAY, (str(hour),))].interval
        high = None if hour > R1.cap else 150 + width
        assert interval == CountInterval(150 - width, high)


def test_a_week_knows_how_far_its_own_devices_went_beyond_the_cap() -> None:
    found = estimated(FigureEstimator(), slots())
    interval = found[W1.cell(MONDAY, ())].interval
    assert interval
    assert interval.high
    width = half_width(R1.scale, 45)
    assert interval.low < 45 * 150 + CUT_A_WEEK < interval.high
    assert interval.high > 45 * 150 + CUT_A_WEEK + width


def test_after_it_late_hours_are_wider_and_higher_and_early_ones_as_they_were() -> None:
    later = MONDAY + timedelta(weeks=1)
    found = estimated(after_weeks(1), hours_of(later))
    early, late = (found[R1.cell(later, (hour,))].interval for hour in ("6", "9"))
    width = half_width(R1.scale)
    assert early == CountInterval(150 - width, 150 + width)
    assert late
    assert late.high
    assert late.high - 150 > 150 - late.low > 0
    assert late.high > 150 + width


def test_a_lost_histogram_says_at_least_of_the_first_week_and_little_later() -> None:
    first = [*slots()][:-1]
    lost = week_of(MONDAY, (100, None, 20))
    found = estimated(FigureEstimator(), [*first, lost])
    for cell in (W1.cell(MONDAY, ()), W2.cell(MONDAY, ("x",)), R4.cell(MONDAY, ("3 vwo", "x"))):
        interval = found[cell].interval
        assert interval
        assert interval.high is None
    later = MONDAY + timedelta(weeks=1)
    known = estimated(after_weeks(1), [*([*slots(later)][:-1]), week_of(later, (None, None, None))])
    interval = known[W1.cell(later, ())].interval
    assert interval
    assert interval.high


def test_an_hour_without_a_figure_does_not_count_as_one_of_the_day() -> None:
    """It uses up nobody's cap, so the seventh hour is the sixth that counts."""
    day = hours_of(MONDAY)
    day[2] = [replace(day[2][0], drawn=None)]
    found = estimated(FigureEstimator(), day)
    assert found[R1.cell(MONDAY, ("3",))].interval is None
    seventh, eighth = (found[R1.cell(MONDAY, (hour,))].interval for hour in ("7", "8"))
    assert seventh
    assert eighth
    assert seventh.high is not None
    assert eighth.high is None


def test_what_no_cap_cuts_has_the_interval_of_its_noise() -> None:
    found = estimated(after_weeks(2), [day_of(MONDAY + timedelta(weeks=2))])
    layer = found[R3.cell(MONDAY + timedelta(weeks=2), ("3 vwo",))]
    width = half_width(R3.scale)
    assert layer.interval == CountInterval(200 - width, 200 + width)


@pytest.mark.parametrize("table", [B1, B2, V1, W1, W2], ids=lambda table: table.name)
def test_tables_that_are_not_estimated(table: object) -> None:
    found = estimated(after_weeks(2), slots(MONDAY + timedelta(weeks=2)))
    names = {figure.cell.table for figure in found.values() if figure.estimate}
    assert names == {R1.name, R2.name, R3.name, R4.name}
    assert table not in names


def test_where_there_is_no_history_there_is_no_estimate() -> None:
    found = estimated(FigureEstimator(), slots())
    without = {cell for cell, figure in found.items() if figure.estimate is None}
    assert {cell for cell in found if cell.table is R1.name} <= without
    assert {cell for cell in found if cell.table is R4.name} <= without
    first = {cell for cell in found if cell.table in {R2.name, R3.name} and cell.day == MONDAY}
    assert first <= without


def test_a_new_school_year_begins_without_history() -> None:
    autumn = date(2027, 8, 30)
    found = estimated(after_weeks(3), [day_of(autumn)])
    assert not any(figure.estimate for figure in found.values())


def test_an_estimate_of_stable_use_is_nearer_and_surer_than_an_odd_draw() -> None:
    later = MONDAY + timedelta(weeks=6)
    found = estimated(after_weeks(6), [day_of(later, 230)])
    figure = found[R3.cell(later, ("3 vwo",))]
    assert figure.estimate
    assert figure.interval
    assert figure.interval.high
    assert figure.estimate.interval.high
    assert 200 <= figure.estimate.value < 230
    width = figure.estimate.interval.high - figure.estimate.interval.low
    assert width < figure.interval.high - figure.interval.low


def test_a_week_without_one_of_its_days_teaches_nothing_and_has_no_estimate() -> None:
    later = MONDAY + timedelta(weeks=6)
    less = [replace(figure, missing=1) for figure in week_of(later)]
    found = estimated(after_weeks(6), [less])
    assert not any(figure.estimate for figure in found.values())


def test_whoever_follows_what_was_released_says_the_same() -> None:
    """A process that starts again reads the history from the ledger."""
    history = [
        figure
        for week in range(3)
        for slot in slots(MONDAY + timedelta(weeks=week))
        for figure in slot
    ]
    monday = {W1.name, W2.name, R4.name, V1.name, B1.name, B2.name}
    history = [
        replace(figure, released_at=figure.released_at + timedelta(days=7))
        if figure.cell.table in monday
        else figure
        for figure in history
    ]
    followed = FigureEstimator()
    followed.follow(reversed(history))
    later = MONDAY + timedelta(weeks=3)
    assert estimated(followed, slots(later)) == estimated(after_weeks(3), slots(later))


def test_where_a_device_may_have_several_addresses_more_hours_say_at_least() -> None:
    """Each address adds fewer hours, and how far they go beyond that is not released."""
    tables = [replace(R1, cap=3), *(table for table in DRAWN if table not in {R1, B1, B2})]
    found = estimated(FigureEstimator(tables), hours_of(MONDAY))
    at_least = {
        cell.period
        for cell, figure in found.items()
        if figure.interval and figure.interval.high is None
    }
    assert at_least == {"4", "5", "6", "7", "8", "9"}
