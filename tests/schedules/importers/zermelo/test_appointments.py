"""What Zermelo calls appointments, as lessons. The rows are invented after the documentation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.zermelo.appointments import FIELDS, parse_appointments
from schedules.lesson import LessonStatus
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson
from tests.schedules.importers.zermelo.stand_in import appointment

DAY = DateRange(TUESDAY, TUESDAY)


def read(*rows: object) -> ImportResult:
    return parse_appointments(rows, name="zermelo", days=DAY, zone=AMSTERDAM)


def test_an_appointment_is_a_lesson() -> None:
    assert read(appointment()).lessons == (lesson("zermelo-4"),)
    assert {*appointment()} == {*FIELDS}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"cancelled": True, "moved": True}, LessonStatus.CANCELLED),
        ({"moved": True, "new": True}, LessonStatus.MOVED),
        ({"new": True}, LessonStatus.NEW),
    ],
)
def test_what_has_become_of_it(change: dict[str, bool], status: LessonStatus) -> None:
    (found,) = read(appointment(**change)).lessons
    assert found.status is status


def test_of_its_versions_the_valid_one_that_was_changed_last_holds() -> None:
    old = appointment(valid=False, locations=["B205"], lastModified=1_791_000_009)
    now = appointment(lastModified=1_791_000_005)
    before = appointment(locations=["B206"], lastModified=1_791_000_001)
    (found,) = read(now, old, before).lessons
    assert found.rooms == ("B204",)


@pytest.mark.parametrize("change", [{"valid": False}, {"hidden": True}])
def test_what_is_hidden_or_not_valid_is_nobodys_lesson(change: dict[str, object]) -> None:
    assert read(appointment(**change)).lessons == ()


@pytest.mark.parametrize("rooms", [None, []])
def test_without_a_room_it_is_known_and_held_against_nobody(rooms: object) -> None:
    (found,) = read(appointment(locations=rooms)).lessons
    assert found.rooms == ()


@pytest.mark.parametrize(
    ("change", "period"),
    [
        ({"startTimeSlotName": "u2"}, "2"),
        ({"startTimeSlotName": "mentoruur"}, "mentoruur"),
        ({"startTimeSlotName": None}, "1"),
        ({"startTimeSlotName": None, "startTimeSlot": None}, "08:30"),
    ],
)
def test_the_lesson_hour_is_named_by_slot_or_time(change: dict[str, object], period: str) -> None:
    (found,) = read(appointment(**change)).lessons
    assert found.period == period


def test_an_exam_is_a_lesson_and_other_types_are_left_out_with_their_number() -> None:
    rows = [appointment(n, type=kind) for n, kind in enumerate(["exam", "talk", "talk", "choice"])]
    imported = read(*rows)
    assert [lesson.instance for lesson in imported.lessons] == ["zermelo-0"]
    assert [problem.found for problem in imported.left_out] == [
        "2 appointments of the type talk",
        "1 appointment of the type choice",
    ]


def test_a_type_that_is_none_is_not_quoted() -> None:
    (left_out,) = read(appointment(type="x" * 1_000)).left_out
    assert left_out.found == "1 appointment of the type unknown"


def test_what_starts_on_another_day_was_not_asked_for() -> None:
    imported = read(appointment(start=1_791_354_600, end=1_791_357_600))
    assert (imported.lessons, imported.problems, imported.days) == ((), (), DAY)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"start": "half 9"}, "appointment 4: found 'no moment as start'"),
        ({"end": 1_791_268_199}, "appointment 4: found 'an end that is before the start'"),
        ({"start": -1}, "no moment as start"),
        ({"start": float("nan")}, "no moment as start"),
        ({"groups": "h3a"}, "no list as groups"),
        ({"teachers": [{"name": "Van Dalen"}]}, "no name in teachers"),
        ({"locations": ["B" * 101]}, "no name in locations"),
        ({"valid": None}, "no field valid"),
        ({"type": None}, "no field type"),
        ({"appointmentInstance": None}, "row 1: found 'no appointment'"),
        ({"appointmentInstance": True}, "row 1: found 'no appointment'"),
        ({"appointmentInstance": 10**400}, "row 1: found 'no appointment'"),
    ],
)
def test_a_lesson_that_cannot_be_read_is_listed_and_names_nobody(
    change: dict[str, object], told: str
) -> None:
    imported = read(appointment(**change))
    (problem,) = imported.unreadable
    assert imported.lessons == ()
    assert told in str(problem)
    assert "Dalen" not in "".join(map(str, (*imported.unreadable, *imported.problems)))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"type": "meeting", "teachers": [f"t{n:03}" for n in range(120)]}, "of the type meeting"),
        ({"type": "activity", "end": 1_791_268_200 + 4 * 86_400}, "of the type activity"),
        ({"type": "activity", "groups": [f"g{n}" for n in range(60)]}, "of the type activity"),
        ({"type": "activity", "end": 1_791_268_200}, "of the type activity"),
        ({"type": "talk", "start": "half 9", "valid": None}, "of the type talk"),
        ({"type": "talk", "appointmentInstance": None}, "of the type talk"),
        ({"end": 1_791_268_200}, "without duration"),
        ({"end": 1_791_268_200 + 14 * 3600}, "of more than 12 hours"),
        ({"groups": [f"g{n}" for n in range(60)]}, "with more than 50 groups"),
        ({"type": "exam", "teachers": [f"t{n:03}" for n in range(51)]}, "more than 50 teachers"),
        ({"locations": [f"B{n}" for n in range(51)]}, "with more than 50 rooms"),
    ],
)
def test_what_is_no_lesson_is_counted_by_kind_and_refuses_nothing(
    change: dict[str, object], kind: str
) -> None:
    imported = read(appointment(), appointment(5, **{"appointmentInstance": 5, **change}))
    assert imported.lessons == (lesson("zermelo-4"),)
    assert imported.problems == imported.unreadable == ()
    (left_out,) = imported.left_out
    assert left_out.found.startswith("1 appointment ")
    assert left_out.found.endswith(kind)


def test_what_is_no_lesson_and_on_another_day_was_not_asked_for() -> None:
    assert read(appointment(type="talk", start=1_791_354_600)).left_out == ()


def test_a_lesson_that_cannot_be_read_leaves_those_beside_it() -> None:
    imported = read(*[appointment(n) for n in range(9)], appointment(9, groups="h3a"))
    assert len(imported.lessons) == 9
    assert imported.problems == ()
    assert [problem.where for problem in imported.unreadable] == ["zermelo, appointment 9"]


def test_with_more_than_a_tenth_that_cannot_be_read_the_others_are_doubtful() -> None:
    imported = read(*[appointment(n) for n in range(8)], appointment(9, groups="h3a"))
    share, listed = imported.problems
    assert share.where == "zermelo, the number of lessons that cannot be read (1 of 9)"
    assert (share.found, share.allowed) == (
        "no list as groups",
        "10 % of such lessons at most; here is missing: a list",
    )
    assert listed.where == "zermelo, appointment 9"


@pytest.mark.parametrize("key", ["type", "valid", "locations"])
def test_without_a_field_that_decides_it_is_refused_and_the_right_is_named(key: str) -> None:
    rows = [appointment(n) for n in range(3)]
    for row in rows:
        del row[key]
    first = read(*rows).problems[0]
    assert first.found == f"no field {key}"
    assert "READ in the scope Schedule" in first.allowed


def test_without_teachers_the_lessons_are_there_and_the_right_is_named() -> None:
    row = appointment()
    del row["teachers"]
    imported = read(row)
    assert imported.lessons == (replace(lesson("zermelo-4"), teachers=()),)
    assert [problem.found for problem in imported.left_out] == ["no field teachers"]
    assert imported.problems == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner),
    max_leaves=10,
)


@given(
    st.lists(JSON | st.dictionaries(st.sampled_from(FIELDS), JSON).map(lambda d: appointment(**d)))
)
def test_whatever_the_rows_it_is_read(rows: list[object]) -> None:
    assert read(*rows).format == "Zermelo"
