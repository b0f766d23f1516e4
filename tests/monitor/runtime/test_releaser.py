"""Each figure is drawn once, and what is in the store is what is shown."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError

from dashboards.figures.row import FigureRow
from monitor import store
from monitor.core import ClosedSlot
from monitor.release.figures import CountEstimate, CountInterval, Figure, half_width
from monitor.release.ledger import Ledger, MemoryLedger
from monitor.release.schedule import ReleaseSlot
from monitor.release.table_counts import Counts
from monitor.release.tables import (
    B1,
    B2,
    BEYOND,
    DRAWN,
    R1,
    R2,
    R4,
    Cell,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from monitor.runtime.releaser import Releaser
from schedules.timetable import DatedPeriod
from tests.cast import MONDAY, at

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


class RecordedReleaser:
    """A releaser, and what it has shown."""

    def __init__(
        self,
        *,
        daily: bool = True,
        ledger: Ledger = store,
        tables: Sequence[TableSpec] = DRAWN,
        only_in_totals: Collection[TableName] = (),
    ) -> None:
        self.shown: list[Figure] = []
        self.releaser = Releaser(
            daily=daily,
            show=self.shown.extend,
            mechanism=exact,
            ledger=ledger,
            tables=tables,
            only_in_totals=only_in_totals,
        )

    def release(
        self,
        interval: ReleaseInterval,
        counts: Counts,
        day_number: int = 0,
        *,
        closes: float | None = None,
    ) -> None:
        day = MONDAY + timedelta(days=day_number)
        period = "1" if interval is ReleaseInterval.LESSON_HOUR else ""
        slot = ReleaseSlot(closes or at(9, 30, day), interval, day, period, ())
        self.releaser.draw(ClosedSlot(slot, counts))
        self.releaser.release()

    def hour(self, count: int | None, day_number: int = 0) -> None:
        cell = Cell(R1.name, MONDAY + timedelta(days=day_number), "1")
        self.release(ReleaseInterval.LESSON_HOUR, {R1: {cell: count}}, day_number)

    def platform_day(self, count: int, day_number: int) -> None:
        cell = Cell(R2.name, MONDAY + timedelta(days=day_number), platform="x")
        self.release(ReleaseInterval.DAY, {R2: {cell: count}}, day_number)

    def busy_day(self, count: int, day_number: int) -> None:
        """Release nine lesson hours and a day."""
        day = MONDAY + timedelta(days=day_number)
        for hour in range(1, 10):
            slot = ReleaseSlot(
                at(7 + hour, 0, day), ReleaseInterval.LESSON_HOUR, day, str(hour), ()
            )
            self.releaser.draw(ClosedSlot(slot, {R1: {Cell(R1.name, day, str(hour)): count}}))
            self.releaser.release()
        cell = Cell(R2.name, day, platform="x")
        self.release(ReleaseInterval.DAY, {R2: {cell: count}}, day_number, closes=at(17, 0, day))

    def whole_week(self, beyond: int, week_number: int = 0) -> None:
        """Release how far device-days went beyond the caps in a week, on the Monday after it."""
        first = 7 * week_number
        monday = MONDAY + timedelta(days=first)
        counts: Counts = {
            table: dict.fromkeys(table.cells(monday, {Dimension.BEYOND: BEYOND}), beyond)
            for table in (B1, B2)
        }
        closes = at(7, 0, monday + timedelta(days=7))
        self.release(ReleaseInterval.WEEK, counts, first, closes=closes)

    def week(self) -> None:
        cell = Cell(R4.name, MONDAY, layer="3 havo", platform="x")
        self.release(ReleaseInterval.WEEK, {R4: {cell: 100}})


def stored() -> list[tuple[TableName, int | None]]:
    return [(figure.cell.table, figure.drawn) for figure in store.load_figures(since=MONDAY)]


def test_a_figure_is_shown_once_it_is_in_the_store() -> None:
    school = RecordedReleaser()
    school.hour(120)
    assert stored() == [(TableName.LESSON_HOURS, 120)]
    assert store.load_figures(since=MONDAY) == school.shown


def test_a_release_that_was_made_is_not_made_again() -> None:
    """Whatever happens in between: another process, a restart, a store that was put back."""
    RecordedReleaser().hour(120)
    again = RecordedReleaser()
    again.hour(90)
    assert stored() == [(TableName.LESSON_HOURS, 120)]
    assert again.shown == []


def test_a_figure_keeps_the_scale_of_its_noise_where_that_is_not_declared() -> None:
    louder = replace(R1, cap=1, units=6, scale=6 / R1.epsilon * 2, epsilon=R1.epsilon / 2)
    school = RecordedReleaser(tables=[louder])
    for day_number in range(2):
        cell = Cell(R1.name, MONDAY + timedelta(days=day_number), "1")
        school.release(ReleaseInterval.LESSON_HOUR, {louder: {cell: 400}}, day_number)
    school.week()
    hour, _ = store.load_figures(since=MONDAY, tables=[R1.name])
    (total,) = store.load_figures(since=MONDAY, tables=[TableName.WEEK])
    assert hour.scale == total.scale == louder.scale
    hour = replace(hour, interval=None)
    as_declared = replace(hour, scale=None)
    assert hour.shown is not None
    assert as_declared.shown is not None
    assert hour.shown.low < as_declared.shown.low
    RecordedReleaser().hour(90, day_number=2)
    assert store.load_figures(since=MONDAY + timedelta(days=2))[0].scale is None


def test_a_table_that_is_withheld_has_no_total_either() -> None:
    school = RecordedReleaser(tables=[R4])
    school.week()
    assert {figure.cell.table for figure in school.shown} == {R4.name}


def test_what_was_not_seen_whole_is_released_as_no_figure() -> None:
    school = RecordedReleaser()
    school.hour(None)
    assert stored() == [(TableName.LESSON_HOURS, None)]
    school.hour(120)
    assert stored() == [(TableName.LESSON_HOURS, None)]


def test_a_store_that_is_away_gets_the_figure_that_was_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    school = RecordedReleaser()
    with monkeypatch.context() as away:
        away.setattr(store, "record_release", _refuses)
        with pytest.raises(DatabaseError):
            school.hour(120)
    assert school.releaser.waiting == 1
    assert school.shown == []
    school.releaser.release()
    assert stored() == [(TableName.LESSON_HOURS, 120)]
    assert school.releaser.waiting == 0


def _refuses(*_: object) -> None:
    raise DatabaseError


def test_a_week_adds_up_what_was_released() -> None:
    school = RecordedReleaser()
    school.hour(120)
    school.hour(None, 1)
    school.hour(60, 2)
    platforms = {R2: {Cell(R2.name, MONDAY, platform="x"): 40}}
    school.release(ReleaseInterval.DAY, platforms)
    school.week()
    totals = {figure.cell.table: figure for figure in store.load_figures(since=MONDAY)}
    week = totals[TableName.WEEK]
    assert (week.drawn, week.parts, week.missing) == (180, 2, 1)
    assert totals[TableName.WEEK_PLATFORMS].drawn == 40
    assert totals[TableName.LAYER_PLATFORMS].drawn == 100


def test_a_week_that_is_drawn_keeps_how_many_days_are_not_in_it() -> None:
    school = RecordedReleaser()
    whole, less = (Cell(R4.name, MONDAY, layer="3 havo", platform=name) for name in ("x", "tiktok"))
    nothing = replace(less, platform="facebook")
    slot = ReleaseSlot(at(9, 30), ReleaseInterval.WEEK, MONDAY, "", ())
    counts = {R4: {whole: 100, less: 60, nothing: None}}
    school.releaser.draw(ClosedSlot(slot, counts, {less: 2, nothing: 5}))
    school.releaser.release()
    drawn = {figure.cell: figure for figure in store.load_figures(since=MONDAY)}
    assert [drawn[cell].missing for cell in (whole, less, nothing)] == [0, 2, 0]
    assert drawn[less].parts == 1
    row = FigureRow.from_figure(drawn[less])
    assert (row.days_left_out, row.missing_parts, row.measured_parts) == (2, 0, 1)
    assert row.noise == FigureRow.from_figure(drawn[whole]).noise


def test_a_total_misses_what_was_never_released() -> None:
    """As in the week of the first start, or of a backup that was restored."""
    school = RecordedReleaser()
    school.hour(120, 2)
    platforms = {R2: {Cell(R2.name, MONDAY, platform="x"): 40}}
    school.release(ReleaseInterval.DAY, platforms, 2)
    hours = tuple(
        DatedPeriod(MONDAY + timedelta(days=number), "1", 0.0, 1.0, rooms)
        for number, rooms in enumerate((24, 24, 24, 12))
    )
    slot = ReleaseSlot(at(9, 30), ReleaseInterval.WEEK, MONDAY, "", hours)
    school.releaser.draw(ClosedSlot(slot, {}))
    school.releaser.release()
    totals = {figure.cell.table: figure for figure in store.load_figures(since=MONDAY)}
    week, by_platform = totals[TableName.WEEK], totals[TableName.WEEK_PLATFORMS]
    assert (week.drawn, week.parts, week.missing) == (120, 1, 2)
    assert (by_platform.drawn, by_platform.parts, by_platform.missing) == (40, 1, 3)


def test_a_small_school_shows_weeks_only() -> None:
    school = RecordedReleaser(daily=False)
    school.hour(120)
    assert not stored()
    assert not school.shown
    school.week()
    assert {table for table, _ in stored()} == {TableName.LAYER_PLATFORMS, TableName.WEEK}
    week = next(figure for figure in school.shown if figure.cell.table is TableName.WEEK)
    assert week.drawn == 120


def test_what_would_be_noise_by_itself_is_shown_in_the_total_of_its_week_only() -> None:
    school = RecordedReleaser(only_in_totals={R1.name})
    school.hour(120)
    school.release(ReleaseInterval.DAY, {R2: {Cell(R2.name, MONDAY, platform="x"): 40}})
    assert [table for table, _ in stored()] == [TableName.PLATFORMS]
    school.week()
    assert {figure.cell.table for figure in school.shown} == {"R2", "R4", "W1", "W2"}
    assert (TableName.WEEK, 120) in stored()


def test_another_ledger_gets_what_the_store_does_not() -> None:
    """Also what a week adds up comes from it, and what it has spent is not made again."""
    memory = MemoryLedger()
    school = RecordedReleaser(ledger=memory)
    school.hour(120)
    school.hour(60, 1)
    school.week()
    assert not stored()
    totals = {figure.cell.table: figure.drawn for figure in memory.load_figures(since=MONDAY)}
    assert totals[TableName.WEEK] == 180
    again = RecordedReleaser(ledger=memory)
    again.hour(90)
    assert again.shown == []


def estimates(ledger: Ledger) -> list[tuple[Cell, CountInterval | None, CountEstimate | None]]:
    return [
        (figure.cell, figure.interval, figure.estimate)
        for figure in ledger.load_figures(since=MONDAY)
    ]


def test_a_figure_is_kept_with_the_interval_of_the_true_count_and_its_estimate() -> None:
    school = RecordedReleaser()
    for day_number in range(5):
        school.platform_day(200, day_number)
    school.whole_week(40)
    school.platform_day(220, 7)
    kept = store.load_figures(since=MONDAY)
    assert sorted(kept, key=lambda figure: figure.cell) == sorted(
        school.shown, key=lambda figure: figure.cell
    )
    (last,) = (figure for figure in kept if figure.cell.day == MONDAY + timedelta(days=7))
    assert last.estimate
    assert last.interval
    assert last.interval.high
    width = half_width(R2.scale)
    assert last.interval.high > 220 + width, "the cap cut something away in the week before"


def test_a_process_that_starts_again_goes_on_from_what_was_released() -> None:
    on, again = MemoryLedger(), MemoryLedger()
    going_on = RecordedReleaser(ledger=on)
    for week_number in range(3):
        for day_number in range(7 * week_number, 7 * week_number + 5):
            count = 180 + 10 * (day_number % 4)
            going_on.busy_day(count, day_number)
            RecordedReleaser(ledger=again).busy_day(count, day_number)
        going_on.whole_week(40, week_number)
        RecordedReleaser(ledger=again).whole_week(40, week_number)
    assert estimates(on) == estimates(again)
    assert any(estimate for _, _, estimate in estimates(on))


def test_a_draw_that_is_not_released_teaches_nothing() -> None:
    """Another process made the release: what this one drew for it is nobody's figure."""
    alone, shared = MemoryLedger(), MemoryLedger()
    for ledger in (alone, shared):
        for day_number in range(5):
            RecordedReleaser(ledger=ledger).platform_day(200, day_number)
        RecordedReleaser(ledger=ledger).whole_week(40)
    late = RecordedReleaser(ledger=shared)
    late.platform_day(200, 7)
    RecordedReleaser(ledger=shared).platform_day(205, 8)
    late.platform_day(900, 8)
    late.platform_day(210, 9)
    for count, day_number in ((200, 7), (205, 8), (210, 9)):
        RecordedReleaser(ledger=alone).platform_day(count, day_number)
    assert any(estimate for _, _, estimate in estimates(alone))
    assert estimates(shared) == estimates(alone)
