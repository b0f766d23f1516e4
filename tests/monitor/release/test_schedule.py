"""When each table is released."""

from datetime import date, timedelta

from monitor.release.schedule import release_schedule
from monitor.release.tables import MIN_ROOMS, ReleaseInterval
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, BELLS, MONDAY, ROOMS, at, lesson, lessons


def moments(timetable: Timetable) -> dict[str, float]:
    return {slot.key: slot.timestamp for slot in release_schedule(timetable, AMSTERDAM)}


def test_a_school_day() -> None:
    assert moments(Timetable(lessons())) == {
        "R1/2026-11-23/1": at(9, 30),
        "R1/2026-11-23/2": at(10, 20),
        "R3/2026-11-23/": at(17, 0),
        "R4/2026-11-23/": at(7, 0, MONDAY + timedelta(days=7)),
    }


def test_the_day_closes_after_its_last_lesson_hour() -> None:
    start = lesson("101").start.replace(hour=18)
    evening = [lesson("101", start=start, end=start + timedelta(minutes=50))]
    assert moments(Timetable(evening))["R3/2026-11-23/"] == at(19, 30) + 1


def test_a_lesson_hour_with_too_few_rooms_has_no_figure() -> None:
    for rooms in (MIN_ROOMS - 1, MIN_ROOMS):
        held = [lesson(room) for room in ROOMS[:rooms]]
        hour = release_schedule(Timetable(held), AMSTERDAM)[0]
        assert hour.interval is ReleaseInterval.LESSON_HOUR
        assert hour.is_released == (rooms >= MIN_ROOMS)


def test_a_week_looks_at_every_lesson_hour_in_it() -> None:
    days = [MONDAY, MONDAY + timedelta(days=4), MONDAY + timedelta(days=7)]
    weeks = [
        slot
        for slot in release_schedule(Timetable(lessons(days)), AMSTERDAM)
        if slot.interval is ReleaseInterval.WEEK
    ]
    assert [(week.day, len(week.hours)) for week in weeks] == [
        (MONDAY, 2 * len(BELLS)),
        (MONDAY + timedelta(days=7), len(BELLS)),
    ]


def test_a_week_in_which_the_clock_changes_ends_on_monday_at_seven() -> None:
    friday = date(2026, 10, 23)
    closes = moments(Timetable(lessons([friday])))["R4/2026-10-19/"]
    assert closes == at(7, 0, date(2026, 10, 26))
