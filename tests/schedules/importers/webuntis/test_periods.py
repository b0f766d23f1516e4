"""What WebUntis calls periods, as lessons: invented rows, and answers that were recorded."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.webuntis.periods import WebUntisAnswers, parse_answers, parse_school_years
from schedules.lesson import LessonStatus
from schedules.problem import InvalidValue
from tests.schedules.cast import AMSTERDAM, TUESDAY, at, lesson
from tests.schedules.importers.webuntis.stand_in import period

RECORDED = Path(__file__).parents[4] / ".." / "shared" / "fixtures" / "timetables"
HOURS = [{"name": "1", "startTime": 830}, {"name": "2", "startTime": 920}]


def read(*rows: object, **changes: Any) -> ImportResult:
    answers: dict[str, Any] = {
        "classes": [{"id": 31, "name": "h3a"}, {"id": 32, "name": "h3b"}],
        "rooms": [{"id": 204, "name": "B204"}],
        "teachers": [{"id": 11, "name": "vda", "longName": "Van Dalen"}],
        "grid": [{"day": 3, "timeUnits": HOURS}],
        "days": DateRange(TUESDAY, TUESDAY),
        **changes,
    }
    return parse_answers(WebUntisAnswers(rows=rows, **answers), name="webuntis", zone=AMSTERDAM)


def test_a_period_is_a_lesson_on_the_schools_clocks() -> None:
    assert read(period()).lessons == (lesson("webuntis-4"),)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (None, LessonStatus.PLANNED),
        ("", LessonStatus.PLANNED),
        ("cancelled", LessonStatus.CANCELLED),
        ("irregular", LessonStatus.MOVED),
    ],
)
def test_what_has_become_of_it(code: object, status: LessonStatus) -> None:
    (found,) = read(period(code=code)).lessons
    assert found.status is status


def test_a_coupled_lesson_that_each_class_answers_is_one() -> None:
    row = period(kl=[{"id": 31}, {"id": 32}])
    (found,) = read(row, row).lessons
    assert found.groups == ("h3a", "h3b")


@pytest.mark.parametrize("rooms", [None, [], [{"id": 0}]])
def test_without_a_room_it_is_known_and_held_against_nobody(rooms: object) -> None:
    imported = read(period(ro=rooms))
    assert [lesson.rooms for lesson in imported.lessons] == [()]
    assert imported.left_out == ()


def test_a_room_that_may_not_be_seen_is_told() -> None:
    imported = read(period(ro=[{"id": 999}]))
    assert [lesson.rooms for lesson in imported.lessons] == [()]
    assert [problem.found for problem in imported.left_out] == [
        "1 times one that is not among the rooms"
    ]


def test_an_examination_is_a_lesson_and_other_types_are_left_out_with_their_number() -> None:
    kinds = ["ex", "oh", "oh", "bs"]
    imported = read(*[period(number, lstype=kind) for number, kind in enumerate(kinds)])
    assert [lesson.instance for lesson in imported.lessons] == ["webuntis-0"]
    assert [problem.found for problem in imported.left_out] == [
        "2 periods of the type oh",
        "1 period of the type bs",
    ]


@pytest.mark.parametrize(
    ("grid", "label"),
    [
        ([{"day": 3, "timeUnits": HOURS}], "1"),
        ([{"day": 2, "timeUnits": HOURS}], "08:30"),
        ([{"day": 3, "timeUnits": [{**hour, "name": "0"} for hour in HOURS]}], "08:30"),
        ([{"day": 3, "timeUnits": [{"name": "1", "startTime": "half 9"}, 5]}], "08:30"),
        (None, "08:30"),
    ],
)
def test_the_lesson_hour_is_named_by_the_grid_or_its_start(grid: object, label: str) -> None:
    (found,) = read(period(), grid=grid).lessons
    assert found.period == label


def test_the_days_of_a_grid_begin_at_sunday() -> None:
    sunday = TUESDAY - timedelta(days=2)
    row = period(date=int(f"{sunday:%Y%m%d}"))
    (found,) = read(
        row, grid=[{"day": 1, "timeUnits": HOURS}], days=DateRange(sunday, TUESDAY)
    ).lessons
    assert found.period == "1"


def test_5_is_five_past_midnight() -> None:
    (found,) = read(period(startTime=5, endTime=45)).lessons
    assert found.start.timestamp() == at("00:05")


def test_what_is_on_another_day_was_not_asked_for() -> None:
    imported = read(period(date=20261007))
    assert (imported.lessons, imported.problems) == ((), ())
    assert imported.days == (TUESDAY, TUESDAY)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"date": 20261306}, "period 4: found 'no day as date'"),
        ({"date": "2026-10-06"}, "no day as date"),
        ({"startTime": 2460}, "no time as startTime"),
        ({"endTime": 2400}, "no time as endTime"),
        ({"endTime": 829}, "an end that is before the start"),
        ({"kl": 31}, "no list as kl"),
        ({"te": [{"id": "Van Dalen"}]}, "no number in te"),
        ({"code": "Van Dalen ziek"}, "another code"),
        ({"id": True}, "row 1: found 'no period'"),
    ],
)
def test_a_lesson_that_cannot_be_read_is_listed_and_names_nobody(
    change: dict[str, object], told: str
) -> None:
    imported = read(period(**change))
    (problem,) = imported.unreadable
    assert imported.lessons == ()
    assert told in str(problem)
    assert "Dalen" not in "".join(map(str, (*imported.unreadable, *imported.problems)))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"lstype": "bs", "endTime": 2400}, "of the type bs"),
        ({"lstype": "oh", "te": [{"id": 11}] * 120}, "of the type oh"),
        ({"lstype": "sb", "date": None, "id": None}, "of the type sb"),
        ({"startTime": 800, "endTime": 2200}, "of more than 12 hours"),
        ({"endTime": 830}, "without duration"),
        ({"ro": [{"id": 204}] * 51}, "with more than 50 rooms"),
        ({"kl": [{"id": number} for number in range(60)]}, "with more than 50 classes"),
    ],
)
def test_what_is_no_lesson_is_counted_by_kind_and_refuses_nothing(
    change: dict[str, object], kind: str
) -> None:
    imported = read(period(), period(5, **{"id": 5, **change}))
    assert imported.lessons == (lesson("webuntis-4"),)
    assert imported.problems == imported.unreadable == ()
    (left_out,) = imported.left_out
    assert left_out.found == f"1 period {kind}"


def test_what_is_no_lesson_and_on_another_day_was_not_asked_for() -> None:
    assert read(period(lstype="bs", date=20261007)).left_out == ()


def test_with_more_than_a_tenth_that_cannot_be_read_the_others_are_doubtful() -> None:
    good = [period(number) for number in range(9)]
    assert read(*good, period(9, kl=31)).problems == ()
    share, listed = read(*good[1:], period(9, kl=31)).problems
    assert share.where == "webuntis, the number of lessons that cannot be read (1 of 9)"
    assert listed.where == "webuntis, period 9"


def test_without_the_right_to_teachers_the_lessons_are_there() -> None:
    imported = read(period(), teachers=None, grid=None, classes_not_shown=2)
    assert imported.lessons == (replace(lesson("webuntis-4", period="08:30"), teachers=()),)
    assert [problem.found for problem in imported.left_out] == [
        "2 classes whose timetable is not shown",
        "no teachers: they are not shown",
        "no names of the lesson hours: the time grid is not shown",
    ]


def test_a_teacher_without_a_name_costs_nobody_elses_lesson() -> None:
    teachers = [{"id": 11, "name": "vda"}, {"id": 12, "name": None, "longName": "Van Dalen"}]
    imported = read(period(), teachers=teachers)
    assert imported.lessons == (lesson("webuntis-4"),)
    assert imported.problems == ()
    assert [problem.found for problem in imported.left_out] == ["1 teachers without a usable name"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"teachers": [{"id": 11, "name": None, "longName": "Van Dalen"}]},
            "teachers: found 'no usable name'",
        ),
        ({"teachers": {"Van Dalen": 11}}, "teachers: found 'no list'"),
    ],
)
def test_a_list_that_is_wrong_is_a_problem_that_names_nobody(
    change: dict[str, object], told: str
) -> None:
    (problem,) = read(**change).problems
    assert told in str(problem)
    assert "Dalen" not in str(problem)


def test_what_was_answered_is_not_shown() -> None:
    names = [{"id": 11, "longName": "Van Dalen"}]
    days = DateRange(TUESDAY, TUESDAY)
    answers = WebUntisAnswers(rows=[], classes=[], rooms=[], teachers=names, grid=[], days=days)
    assert "Dalen" not in repr(answers)


def test_school_years() -> None:
    year = {"id": 7, "name": "2026/2027", "startDate": 20260801, "endDate": 20270731}
    assert parse_school_years([year]) == [(7, (date(2026, 8, 1), date(2027, 7, 31)))]
    assert parse_school_years(None) == []
    with pytest.raises(InvalidValue):
        parse_school_years([{**year, "endDate": None}])


def test_recorded_answers() -> None:
    folder = RECORDED / "python-webuntis"
    if not folder.is_dir():
        pytest.skip("the recorded answers are not here")
    rows, classes, rooms, teachers, grid, years = (
        json.loads((folder / f"get{name}_mock.json").read_text())
        for name in ("timetables", "klassen", "rooms", "teachers", "timegrid", "schoolyears")
    )
    days = DateRange(date(2013, 1, 1), date(2013, 1, 31))
    imported = read(*rows, classes=classes, rooms=rooms, teachers=teachers, grid=grid, days=days)
    assert imported.problems == ()
    assert len(imported.lessons) == 112
    assert [lesson.status for lesson in imported.lessons].count(LessonStatus.CANCELLED) == 1
    assert [problem.found for problem in imported.left_out][:2] == [
        "1 period of the type oh",
        "1 period of the type bs",
    ]
    first = imported.lessons[0]
    assert (first.groups, first.rooms, first.period) == (("1A", "1B"), ("AK1",), "11:55")
    assert f"{first.start:%H:%M}" == "10:55"
    assert len(parse_school_years(years)) == 7


KEYS = ("id", "date", "startTime", "endTime", "kl", "te", "ro", "code", "lstype", "name", "day")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=10,
)
CHANGED = st.dictionaries(st.sampled_from(KEYS), JSON).map(lambda d: {**period(), **d})


@given(st.lists(JSON | CHANGED, max_size=3), JSON, JSON, JSON)
def test_whatever_was_answered_it_is_read(
    rows: list[object], names: object, grid: object, years: object
) -> None:
    imported = read(*rows, classes=names, rooms=names, teachers=names, grid=grid)
    assert all(lesson.start < lesson.end for lesson in imported.lessons)
    with suppress(InvalidValue):
        assert all(number >= 0 for number, _ in parse_school_years(years))
