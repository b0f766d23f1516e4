"""Which lessons are held where and when."""

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import start_of_day
from schedules.timetable import DatedPeriod, Timetable
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, at, lesson


def names(held: tuple[Lesson, ...]) -> list[str]:
    return [lesson.instance for lesson in held]


def test_a_lesson_is_held_in_its_room_from_its_start_until_just_before_its_end() -> None:
    timetable = Timetable([lesson()])
    assert names(timetable.lessons_at("B204", at("08:30"))) == ["dutch"]
    assert names(timetable.lessons_at("B204", at("09:20") - 0.001)) == ["dutch"]
    assert timetable.lessons_at("B204", at("08:30") - 0.001) == ()
    assert timetable.lessons_at("B204", at("09:20")) == ()
    assert timetable.lessons_at("B205", at("09:00")) == ()


def test_of_two_lessons_that_touch_the_second_holds_from_the_moment_that_they_share() -> None:
    timetable = Timetable([lesson(), lesson("maths", "09:20", "10:10", period="2")])
    assert names(timetable.lessons_at("B204", at("09:20") - 0.001)) == ["dutch"]
    assert names(timetable.lessons_at("B204", at("09:20"))) == ["maths"]


def test_a_double_booking_gives_both_lessons_and_the_first_to_begin_is_the_one_of_record() -> None:
    late = lesson("late", "09:00", "09:50")
    timetable = Timetable([late, lesson(), lesson("again")])
    assert names(timetable.lessons_at("B204", at("08:45"))) == ["again", "dutch"]
    assert names(timetable.lessons_at("B204", at("09:10"))) == ["again", "dutch", "late"]
    assert names(timetable.lessons_at("B204", at("09:30"))) == ["late"]


def test_a_lesson_in_two_rooms_is_held_in_both() -> None:
    timetable = Timetable([lesson(rooms=("B204", "B205"))])
    assert (
        timetable.lessons_at("B204", at("09:00")) == timetable.lessons_at("B205", at("09:00")) != ()
    )


def test_a_cancelled_lesson_is_known_but_held_nowhere() -> None:
    timetable = Timetable([lesson(status=LessonStatus.CANCELLED)])
    assert timetable.lessons_at("B204", at("09:00")) == ()
    assert timetable.periods_on(TUESDAY) == ()
    assert timetable.days == ()
    assert timetable.lesson("dutch") is not None


def test_a_lesson_without_a_room_is_known_but_held_against_nobody() -> None:
    timetable = Timetable([lesson(rooms=())])
    assert timetable.lesson("dutch") is not None
    assert timetable.periods_on(TUESDAY) == ()
    assert timetable.rooms == ()


def test_a_moved_lesson_is_held_where_and_when_it_is_now() -> None:
    timetable = Timetable(
        [lesson(start="10:30", end="11:20", rooms=("B205",), status=LessonStatus.MOVED)]
    )
    assert timetable.lessons_at("B204", at("09:00")) == ()
    assert names(timetable.lessons_at("B205", at("11:00"))) == ["dutch"]


def test_an_unknown_lesson_is_none() -> None:
    assert Timetable().lesson("dutch") is None


def test_hours_count_each_room_once_and_last_until_their_last_lesson_ends() -> None:
    timetable = Timetable(
        [
            lesson("second", "09:20", "10:10", period="2"),
            lesson("short", end="09:10"),
            lesson("both", rooms=("B204", "B205"), teachers=(BAKKER,)),
            lesson("cancelled", end="09:50", rooms=("B206",), status=LessonStatus.CANCELLED),
            lesson("nowhere", end="09:55", rooms=()),
        ]
    )
    assert timetable.periods_on(TUESDAY) == (
        DatedPeriod(TUESDAY, "1", at("08:30"), at("09:20"), rooms=2),
        DatedPeriod(TUESDAY, "2", at("09:20"), at("10:10"), rooms=1),
    )


def test_days_are_those_with_a_lesson_by_the_school_s_clocks() -> None:
    # Half past midnight in Amsterdam is still the day before in UTC.
    night = lesson("night", "00:30", "01:20", day=TUESDAY + timedelta(days=1))
    timetable = Timetable([night, lesson()], AMSTERDAM)
    assert timetable.days == (TUESDAY, TUESDAY + timedelta(days=1))


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
def test_lessons_are_held_at_the_hour_that_the_clocks_show_when_they_change(day: date) -> None:
    timetable = Timetable([lesson(day=day)])
    first = start_of_day(day, AMSTERDAM).timestamp()
    shift = 7.5 if day.month == 3 else 9.5
    assert names(timetable.lessons_at("B204", first + shift * 3600)) == ["dutch"]
    assert timetable.lessons_at("B204", first + shift * 3600 - 1) == ()


class DrawnLesson(NamedTuple):
    start: int
    length: int
    rooms: tuple[str, ...]
    status: LessonStatus

    def lesson(self, number: int) -> Lesson:
        begin = start_of_day(TUESDAY, AMSTERDAM) + timedelta(minutes=self.start)
        return Lesson(
            instance=f"lesson {number:02}",
            start=begin,
            end=begin + timedelta(minutes=self.length),
            period=str(self.start // 50),
            rooms=self.rooms,
            status=self.status,
        )


ROOMS = ["B204", "B205", "B206"]
DRAWN = st.builds(
    DrawnLesson,
    st.integers(0, 40),
    st.integers(1, 20),
    st.lists(st.sampled_from(ROOMS), unique=True, max_size=3).map(tuple),
    st.sampled_from(LessonStatus),
)


@given(st.lists(DRAWN, max_size=12), st.sampled_from(ROOMS), st.integers(-1, 62))
def test_what_is_held_is_what_looking_through_all_lessons_finds(
    drawn: list[DrawnLesson], room: str, minute: int
) -> None:
    lessons = [entry.lesson(number) for number, entry in enumerate(drawn)]
    moment = start_of_day(TUESDAY, AMSTERDAM) + timedelta(minutes=minute)
    expected = [
        lesson
        for lesson in lessons
        if lesson.is_held and room in lesson.rooms and lesson.start <= moment < lesson.end
    ]
    expected.sort(key=lambda lesson: (lesson.start, lesson.instance))
    assert Timetable(lessons).lessons_at(room, moment.timestamp()) == tuple(expected)


@given(st.lists(DRAWN, max_size=12))
def test_hours_are_what_looking_through_all_lessons_finds(drawn: list[DrawnLesson]) -> None:
    lessons = [entry.lesson(number) for number, entry in enumerate(drawn)]
    held = [lesson for lesson in lessons if lesson.is_held and lesson.rooms]
    hours = Timetable(lessons).periods_on(TUESDAY)
    assert {hour.period for hour in hours} == {lesson.period for lesson in held}
    assert [hour.start for hour in hours] == sorted(hour.start for hour in hours)
    for hour in hours:
        mine = [lesson for lesson in held if lesson.period == hour.period]
        assert hour.rooms == len({room for lesson in mine for room in lesson.rooms})
        assert hour.end == max(lesson.end for lesson in mine).timestamp()
