from datetime import date
from itertools import islice, pairwise

from simulation.school.bells import LESSON_HOURS, bell_spans, school_days, school_timestamp
from tests.simulation.cast import MONDAY


def test_a_day_has_nine_lesson_hours_of_fifty_minutes_and_two_breaks() -> None:
    day = bell_spans(MONDAY)
    assert [span.hour for span in day] == [1, 2, 3, 0, 4, 5, 0, 6, 7, 8, 9]
    assert {span.end - span.start for span in day if span.hour} == {50 * 60}
    assert all(before.end == after.start for before, after in pairwise(day))


def test_lesson_hours_keep_to_the_wall_clock_when_the_clocks_change() -> None:
    summer, winter = date(2026, 10, 23), date(2026, 10, 26)
    start = LESSON_HOURS[0][0]
    assert school_timestamp(winter, start) - school_timestamp(summer, start) == 3 * 86_400 + 3_600


def test_a_school_week_is_monday_to_friday() -> None:
    week = list(islice(school_days(MONDAY), 6))
    assert [day.weekday() for day in week] == [0, 1, 2, 3, 4, 0]
