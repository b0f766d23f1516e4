"""WebUntis's answers as lessons."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.imported import Imported
from schedules.lesson import Status
from schedules.webuntis import Answers, parse
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson
from tests.schedules.webuntis_stand_in import CLASSES, GRID, ROOMS, TEACHERS, period

SHARED = Path(__file__).parents[3] / "shared" / "fixtures" / "timetables" / "python-webuntis"


def read(*periods: object, grid: Any = GRID, holidays: Any = ()) -> Imported:
    answers = Answers(periods, ROOMS, CLASSES, TEACHERS, grid, holidays)
    return parse(answers, name="webuntis", days=(TUESDAY, TUESDAY), zone=AMSTERDAM)


def test_a_period_is_a_lesson() -> None:
    assert read(period()).lessons == (lesson("webuntis-4"),)


def test_a_period_that_several_classes_have_is_given_with_each_and_is_one_lesson() -> None:
    assert len(read(period(), period()).lessons) == 1


@pytest.mark.parametrize(
    ("code", "status"), [("cancelled", Status.CANCELLED), ("irregular", Status.MOVED)]
)
def test_what_has_become_of_it(code: str, status: Status) -> None:
    (found,) = read(period(code=code)).lessons
    assert found.status is status


@pytest.mark.parametrize("rooms", [[], [{"id": 0}], None])
def test_without_a_room_it_is_known_and_held_against_nobody(rooms: object) -> None:
    (found,) = read(period(ro=rooms)).lessons
    assert found.rooms == ()


def test_a_time_of_a_few_digits_is_just_past_midnight() -> None:
    (found,) = read(period(startTime=5, endTime=45)).lessons
    assert (found.start.astimezone(AMSTERDAM).minute, found.period) == (5, "00:05")


def test_in_the_grid_day_1_is_sunday() -> None:
    on_sunday = [{"day": 1, "timeUnits": GRID[0]["timeUnits"]}]
    (tuesday,) = read(period(), grid=on_sunday).lessons
    (sunday,) = read(period(date=20261011), grid=on_sunday).lessons
    assert (tuesday.period, sunday.period) == ("08:30", "1")


def test_units_that_have_the_same_name_are_told_apart_by_their_place() -> None:
    units = [{"name": "0", "startTime": start} for start in (740, 830)]
    (found,) = read(period(), grid=[{"day": 3, "timeUnits": units}]).lessons
    assert found.period == "2"


def test_what_is_no_lesson_is_left_out_with_its_reason() -> None:
    holiday = {"startDate": 20261012, "endDate": 20261018}
    imported = read(
        period(1, lstype="oh"), period(2, lstype="ex"), period(3, date=20261014), holidays=[holiday]
    )
    assert [one.instance for one in imported.lessons] == ["webuntis-2"]
    assert {each.found for each in imported.left_out} == {
        "1 × an office hour",
        "1 × a period in a holiday",
    }


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"date": 20260231}, "20260231"),
        ({"startTime": "830"}, "no time"),
        ({"startTime": 890}, "no time"),
        ({"endTime": 830}, "an end that is not within 12 hours"),
        ({"ro": [{"id": 99}]}, "an unknown number in ro"),
        ({"kl": "h3a"}, "no list as kl"),
        ({"id": None}, "no number as id"),
    ],
)
def test_a_period_that_is_wrong_is_a_problem_with_its_place(
    changes: dict[str, object], told: str
) -> None:
    (problem,) = read(period(9), period(**changes)).problems
    assert problem.where == "webuntis, period 2"
    assert told in problem.found


KEYS = ["id", "date", "startTime", "endTime", "kl", "te", "ro", "code", "lstype", "name", "day"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=10,
)


@given(
    st.lists(JSON, max_size=3),
    st.lists(JSON, max_size=2),
    st.dictionaries(st.sampled_from(KEYS), JSON),
)
def test_whatever_the_answers_they_are_read(
    periods: list[Any], lists: list[Any], changes: dict[str, Any]
) -> None:
    rows = [*periods, {**period(), **changes}]
    answers = Answers(rows, lists, lists, lists, lists, lists)
    parse(answers, name="webuntis", days=(TUESDAY, TUESDAY), zone=AMSTERDAM)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no recorded answers on this machine")
def test_recorded_answers_are_read_whole() -> None:
    def recorded(name: str) -> Any:
        return json.loads((SHARED / f"get{name}_mock.json").read_text("utf-8"))

    answers = Answers(
        recorded("timetables"),
        recorded("rooms"),
        recorded("klassen"),
        recorded("teachers"),
        recorded("timegrid"),
        recorded("holidays"),
    )
    week = (date(2013, 1, 7), date(2013, 1, 11))
    imported = parse(answers, name="webuntis", days=week, zone=AMSTERDAM)
    assert imported.problems == ()
    assert len(imported.lessons) == 112
    assert {each.found for each in imported.left_out} == {
        "1 × an office hour",
        "1 × a break supervision",
    }
    assert sum(one.status is Status.CANCELLED for one in imported.lessons) == 1
    assert {one.period for one in imported.lessons} <= {str(n) for n in range(1, 15)}
