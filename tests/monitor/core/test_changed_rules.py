"""A figure is of one thing: whose rules change inside it, or are not confirmed, has none."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.release.tables import DRAWN, R1, R2, R3, R4, V1, TableSpec
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.lesson import LessonStatus
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, MONDAY, ROOMS, at, client, lesson, lessons, school_snapshot, use
from tests.monitor.core.living import NEXT_MONDAY, Day, all_but


class TestChangesInside:
    """What decides who is counted changes inside what a figure covers: it has none.

    A client of room 103 is active in the second hour of Monday, and in the first of Tuesday.
    """

    TUESDAY = MONDAY + timedelta(days=1)

    def week(self, *swaps: tuple[float, Snapshot], first: Snapshot | None = None) -> Day:
        """Live through a week in which the snapshot is swapped."""
        active = [*use(at(9, 40), client("103")), *use(at(8, 40, self.TUESDAY), client("103"))]
        day = Day(first or self.school())
        for moment, snapshot in swaps:
            day.until(moment, *(seen for seen in active if day.now <= seen.timestamp < moment))
            day.core.snapshot = snapshot
        return day.until(NEXT_MONDAY, *(seen for seen in active if seen.timestamp >= day.now))

    def school(self, exemptions: Exemptions | None = None, rules: str = "") -> Snapshot:
        timetable = list(lessons([MONDAY, self.TUESDAY]))
        return replace(school_snapshot(timetable, exemptions), rules=rules)

    def days(self, day: Day, *tables: TableSpec) -> dict[date, set[int | None]]:
        """Give the counts of each day, zeros left out."""
        found: dict[date, set[int | None]] = {}
        for closed in day.closed:
            for table in tables:
                for cell, count in (closed.counts.get(table) or {}).items():
                    if count != 0:
                        found.setdefault(cell.day, set()).add(count)
        return found

    def test_nothing_changed(self) -> None:
        day = self.week()
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}
        assert self.days(day, V1) == {MONDAY: {200}}

    def test_the_leadership_allows_something_in_one_room_from_within_an_hour_on(self) -> None:
        """That hour has no figure; of the day and the week it is one room of many."""
        later = self.school(all_but(*ROOMS[1:], start=at(8, 50)))
        day = self.week((at(8, 45), later))
        assert self.days(day, R1) == {MONDAY: {None, 1}, self.TUESDAY: {1}}
        assert self.days(day, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_the_leadership_ends_something_within_an_hour(self) -> None:
        held = self.school(all_but(*ROOMS[1:]))
        day = self.week((at(8, 45), self.school()), first=held)
        assert self.days(day, R1) == {MONDAY: {None, 1}, self.TUESDAY: {1}}

    def test_the_leadership_allows_something_in_a_third_of_a_layer_within_the_day(self) -> None:
        """The layer has no figure of the day; the school and the week are more."""
        rooms = {"101", "105", "107", "109"}
        later = self.school(all_but(*{*ROOMS} - rooms, start=at(8, 50)))
        day = self.week((at(8, 45), later))
        assert self.days(day, R3) == {MONDAY: {None}, self.TUESDAY: {1}}
        assert ("", "3 vwo", "") not in day.counts(R3), "nothing, and that is a figure"
        assert self.days(day, R2) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_the_leadership_allows_something_in_the_school_on_one_of_two_days(self) -> None:
        """Monday has no figure, and the week is of two things."""
        day = self.week(first=self.school(all_but()))
        assert self.days(day, R1, R2, R3) == {MONDAY: {None}, self.TUESDAY: {1}}
        assert self.days(day, R4) == self.days(day, V1) == {MONDAY: {None}}

    @pytest.mark.parametrize("moment", [at(8, 45), at(9, 20)])
    def test_other_rules_within_the_day_leave_neither_the_day_nor_the_week(
        self, moment: float
    ) -> None:
        day = self.week((moment, self.school(rules="other")))
        assert self.days(day, R2, R3) == {
            MONDAY: {None},
            self.TUESDAY: {1},
        }
        assert self.days(day, R4, V1) == {MONDAY: {None}}

    def test_other_rules_between_two_days_leave_the_days_and_not_the_week(self) -> None:
        day = self.week((at(20), self.school(rules="other")))
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4, V1) == {MONDAY: {None}}

    def test_other_rules_after_the_last_lesson_cost_nothing(self) -> None:
        evening = at(18, 0, self.TUESDAY)
        day = self.week((evening, self.school(rules="other")))
        assert self.days(day, R4) == {MONDAY: {2}}

    def test_ordinary_school_life_costs_nothing(self) -> None:
        """A teacher's exemption, a substitution, a cancelled lesson, and a day that is shortened
        before it begins.
        """
        hers = Exemption(
            scope=ExemptionScope.LESSON,
            target=lesson("102").instance,
            platforms=None,
            granted_by="mul",
            granted_at=at(8, 40),
        )
        changed = {
            lesson("104").instance: {"teachers": ("JAN",), "rooms": ("124",)},
            lesson("106").instance: {"status": LessonStatus.CANCELLED},
        }
        shortened = timedelta(minutes=-10)
        timetable = [
            replace(held, **changed.get(held.instance, {}))  # type: ignore[arg-type]
            if held.start.date() == MONDAY
            else replace(held, end=held.end + shortened)
            for held in lessons([MONDAY, self.TUESDAY])
        ]
        exemptions = Exemptions([hers], Timetable(timetable, AMSTERDAM))
        changed_school = replace(school_snapshot(timetable, exemptions), rules="")
        day = self.week((at(8, 45), changed_school))
        assert self.days(day, R1, R2, R3) == {MONDAY: {1}, self.TUESDAY: {1}}
        assert self.days(day, R4) == {MONDAY: {2}}
        assert self.days(day, V1) == {MONDAY: {200}}


def test_while_a_change_is_not_confirmed_nothing_that_it_touches_has_a_figure() -> None:
    """The first hour is over when it comes; the second is confirmed before it begins."""
    tuesday = MONDAY + timedelta(days=1)
    before = replace(school_snapshot(lessons([MONDAY, tuesday])), rules="before")
    changed = replace(before, rules="after", is_confirmed=False)
    day = Day(before).until(at(9, 25), *use(at(8, 40)))
    day.core.snapshot = changed
    day.until(at(20), *use(at(9, 40)))
    day.core.snapshot = replace(changed, is_confirmed=True)
    day.until(NEXT_MONDAY, *use(at(9, 40, tuesday)))
    hours = {
        (cell.day, cell.period): count
        for closed in day.closed
        for cell, count in closed.counts.get(R1, {}).items()
        if count != 0
    }
    assert hours == {(MONDAY, "1"): 1, (MONDAY, "2"): None, (tuesday, "2"): 1}
    layers = {
        (cell.day, cell.layer): count
        for closed in day.closed
        for cell, count in closed.counts.get(R3, {}).items()
        if count != 0
    }
    assert layers[tuesday, "3 havo"] == 1
    assert {count for (date, _), count in layers.items() if date == MONDAY} == {None}
    assert set(day.counts(R4).values()) == {None}, "the week is of two things"


def test_a_change_that_is_taken_back_within_an_hour_leaves_it_without_a_figure() -> None:
    before = replace(school_snapshot(), rules="before")
    day = Day(before).until(at(8, 45))
    day.core.snapshot = replace(before, rules="after", is_confirmed=False)
    day.until(at(8, 50))
    day.core.snapshot = before
    day.until(at(18), *use(at(8, 55)), *use(at(9, 40)))
    assert day.counts(R1) == {("1", "", ""): None, ("2", "", ""): 1}


def test_a_process_that_starts_with_what_is_not_confirmed_has_no_figures() -> None:
    day = Day(replace(school_snapshot(), is_confirmed=False)).until(NEXT_MONDAY, *use(at(8, 40)))
    for table in DRAWN:
        assert set(day.counts(table).values()) == {None}, table.name
