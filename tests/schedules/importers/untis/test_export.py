"""The timetable of Untis: a week's plan laid out over days, and what is different on one of them.

The school has six hours and a shortened variant of them; its week here is that of Monday 5 to
Sunday 11 October 2026.
"""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.bells import SHORTENED, Bells, BellSchedule, Period
from schedules.calendar import DateRange, NamedDays, Region, SchoolCalendar
from schedules.importers.importer import ImportResult, Recognition
from schedules.importers.untis import IMPORTER
from schedules.importers.untis.export import parse_export
from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import AMSTERDAM, TUESDAY, at

SHARED = Path(__file__).parents[5] / "shared" / "fixtures" / "timetables"
MONDAY = TUESDAY - timedelta(days=1)
WEEK = DateRange(MONDAY, MONDAY + timedelta(days=6))
HOURS = tuple(Period(str(n), time(8 + n, 0), time(8 + n, 50)) for n in range(9))
SHORT = tuple(Period(str(n), time(8 + n, 0), time(8 + n, 40)) for n in range(9))
BELLS = Bells([BellSchedule(periods=HOURS), BellSchedule(periods=SHORT, variant=SHORTENED)])

DUTCH = '133;"h3a";"VDA";"NE";"B204";2;1;;\n'
"""Lesson 133: mevrouw Van Dalen teaches h3a in B204, Tuesday, hour 1."""
OTHERS = "".join(f'{number};"h4a";"BAK";"WI";"B205";3;1;;\n' for number in range(20, 40))
"""Enough lines on Wednesday for one on Tuesday that cannot be read."""


def read(
    plan: str,
    *,
    periods: str = "",
    changes: str = "",
    calendar: SchoolCalendar | None = None,
    days: DateRange = WEEK,
) -> ImportResult:
    files = {"GPU001.TXT": plan, "GPU002.TXT": periods, "GPU014.TXT": changes}
    return parse_export(
        {name: text.encode() for name, text in files.items() if text},
        bells=BELLS,
        calendar=calendar or SchoolCalendar(),
        days=days,
        zone=AMSTERDAM,
    )


def only(imported: ImportResult) -> Lesson:
    assert imported.problems == ()
    (lesson,) = imported.lessons
    return lesson


def change(kind: str = "", **cells: str) -> str:
    """A line of GPU014 about lesson 133 on Tuesday, hour 1."""
    line = ["1", "20261006", "1", "0", "133", "VDA", "", "NE", *[""] * 13]
    columns = {"day": 1, "hour": 2, "lesson": 4, "absent": 5, "stand_in": 6, "planned_room": 11}
    columns |= {"room": 12, "planned_class": 14, "classes": 18}
    for name, value in cells.items():
        line[columns[name]] = value
    line[15], line[16], line[19] = "Krank", "zie Van Dalen thuis", f" {kind}"
    return ",".join(line) + "\n"


def test_an_hour_of_the_week_is_a_lesson_on_its_day() -> None:
    lesson = only(read(DUTCH))
    assert (lesson.start.timestamp(), lesson.end.timestamp()) == (at("09:00"), at("09:50"))
    assert (lesson.period, lesson.rooms, lesson.groups) == ("1", ("B204",), ("h3a",))
    assert (lesson.teachers, lesson.status) == (("VDA",), LessonStatus.PLANNED)


def test_its_name_is_the_same_when_its_room_is_another() -> None:
    assert only(read(DUTCH)).instance == only(read(DUTCH.replace("B204", "B206"))).instance


def test_a_coupled_lesson_is_a_line_for_each_class_and_one_lesson() -> None:
    lesson = only(read(DUTCH + DUTCH.replace("h3a", "h3b").replace("VDA", "BAK")))
    assert (lesson.groups, lesson.teachers) == (("h3a", "h3b"), ("VDA", "BAK"))


def test_its_part_in_another_room_is_another_lesson() -> None:
    """What mevrouw Van Dalen allows holds where she teaches, and not next door."""
    part = DUTCH.replace("B204", "B205").replace("VDA", "BAK")
    assert {lesson.rooms for lesson in read(DUTCH + part).lessons} == {("B204",), ("B205",)}


def test_a_lesson_holds_from_and_until_the_days_of_gpu002() -> None:
    period = "133;1;1;1;h3a;VDA;NE;B204;;;1;;;;{first};{last};\n"
    before = period.format(first="20260901", last="20261005")
    within = period.format(first="20261006", last="20261006")
    assert read(DUTCH, periods=before).lessons == ()
    assert only(read(DUTCH, periods=within)).start.timestamp() == at("09:00")


def test_a_lesson_of_a_week_group_is_left_out_with_its_reason() -> None:
    imported = read(DUTCH, periods="133;1;1;1;h3a;VDA;NE;B204;;;1;A;;;20260901;20270731;\n")
    assert imported.lessons == ()
    assert "week group" in str(imported.left_out[0])


def test_a_line_of_gpu002_without_an_hour_is_left_out_with_its_reason() -> None:
    imported = read(DUTCH, periods="134;1;1;1;h3a;VDA;NE;B204;;;1;;;;20260901;20270731;\n")
    assert len(imported.lessons) == 1
    assert "GPU002.TXT, line 1" in str(imported.left_out[0])


def test_there_are_no_lessons_in_holidays_and_on_the_schools_own_free_days() -> None:
    autumn = DateRange(date(2026, 10, 12), date(2026, 10, 18))
    assert read(DUTCH, days=autumn, calendar=SchoolCalendar(Region.NORTH)).lessons == ()
    study = SchoolCalendar(free=(NamedDays(TUESDAY, TUESDAY, "studiedag"),))
    assert read(DUTCH, calendar=study).lessons == ()


def test_a_shortened_day_has_its_own_bells() -> None:
    lesson = only(read(DUTCH, calendar=SchoolCalendar(variants={TUESDAY: SHORTENED})))
    assert lesson.end.timestamp() == at("09:40")


def test_an_hour_without_bells_is_left_out_once() -> None:
    imported = read(
        DUTCH.replace(";1;;", ";12;;"), days=DateRange(MONDAY, MONDAY + timedelta(days=60))
    )
    assert imported.lessons == ()
    assert [str(problem) for problem in imported.left_out] == [
        "GPU001.TXT, hour 12: found '9 lessons'; allowed: an hour that [[bells]] has"
    ]


@pytest.mark.parametrize("kind", ["C", "L"])
def test_a_cancelled_lesson_is_not_held(kind: str) -> None:
    assert not only(read(DUTCH, changes=change(kind))).is_held


def test_a_lesson_in_another_room_is_held_there_and_keeps_its_name() -> None:
    lesson = only(read(DUTCH, changes=change("R", room="B206")))
    assert (lesson.rooms, lesson.teachers, lesson.status) == (
        ("B206",),
        ("VDA",),
        LessonStatus.MOVED,
    )
    assert lesson.instance == only(read(DUTCH)).instance


def test_a_stand_in_is_the_teacher_of_the_lesson() -> None:
    assert only(read(DUTCH, changes=change("S", stand_in="BAK"))).teachers == ("BAK",)


def test_a_substitution_of_a_part_leaves_the_other_part() -> None:
    part = DUTCH.replace("B204", "B205").replace("VDA", "BAK")
    by_room = {lesson.rooms: lesson for lesson in read(DUTCH + part, changes=change("C")).lessons}
    assert by_room["B204",].status is LessonStatus.CANCELLED
    assert by_room["B205",].status is LessonStatus.PLANNED


@pytest.mark.parametrize(("origin", "target"), ["FT", "TF"])
def test_a_moved_lesson_is_held_where_and_when_it_is_now(origin: str, target: str) -> None:
    gone = change(origin)
    come = change(target, day="20261007", hour="3", room="B207")
    lesson = only(read(DUTCH, changes=gone + come))
    assert lesson.start.timestamp() == at("11:00", TUESDAY + timedelta(days=1))
    assert (lesson.period, lesson.rooms, lesson.status) == ("3", ("B207",), LessonStatus.MOVED)
    assert lesson.instance == only(read(DUTCH)).instance


def test_a_lesson_that_has_gone_nowhere_is_not_held() -> None:
    assert not only(read(DUTCH, changes=change("F"))).is_held


def test_a_moved_lesson_without_a_room_is_held_against_nobody() -> None:
    come = change("T", day="20261007", hour="3")
    assert only(read(DUTCH, changes=change("F") + come)).rooms == ()


def test_a_substitution_without_a_lesson_is_left_out_with_its_line() -> None:
    imported = read(DUTCH, changes=change("C", lesson="999"))
    assert only(imported).is_held
    assert str(imported.left_out[0]).startswith("GPU014.TXT, line 1: found 'lesson 999")


def test_the_reason_of_an_absence_and_the_text_are_nowhere() -> None:
    wrong = change("C", day="31 februari") + change("C", lesson="999") + change("R", room="B206")
    assert "Krank" not in repr(read(DUTCH, changes=wrong))
    assert "thuis" not in repr(read(DUTCH, changes=wrong))


def test_an_hour_0_is_a_lesson_hour_of_which_the_bells_have_the_time() -> None:
    lesson = only(read(DUTCH.replace(";2;1;", ";2;0;")))
    assert (lesson.period, lesson.start.timestamp()) == ("0", at("08:00"))


CASES = Path(__file__).parents[5] / "shared" / "cases" / "timetables"


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not on this machine")
def test_the_shared_case_of_hour_0_gives_both_hours() -> None:
    assert [lesson.period for lesson in read_case("untis-hour0")] == ["0", "1"]


def read_case(folder: str) -> tuple[Lesson, ...]:
    files = {"GPU001.TXT": (CASES / folder / "GPU001.TXT").read_bytes()}
    imported = parse_export(
        files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    )
    assert (imported.problems, imported.left_out, imported.unreadable) == ((), (), ())
    return tuple(sorted(imported.lessons, key=lambda lesson: lesson.start))


def test_an_export_without_gpu001_or_without_a_line_is_a_problem() -> None:
    assert "GPU001" in str(read("", changes=change("C")).problems[0])
    assert "no lesson" in str(read("\n").problems[0])


@pytest.mark.parametrize("name", ["GPU001.TXT", "gpu014.txt", "export/GPU002.csv"])
def test_its_files_are_recognised_by_name(name: str) -> None:
    assert IMPORTER.recognise(name, b"1") is Recognition.BY_NAME
    assert IMPORTER.recognise(name, b"") is Recognition.NO
    assert IMPORTER.recognise("rooster.csv", b"1") is Recognition.NO


@given(st.binary(), st.binary(), st.binary())
def test_whatever_the_bytes_there_are_lessons_or_problems(
    one: bytes, two: bytes, last: bytes
) -> None:
    files = {"GPU001.TXT": one, "GPU002.TXT": two, "GPU014.TXT": last}
    imported = parse_export(
        files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    )
    assert imported.lessons or imported.problems or imported.left_out


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published exports are not on this machine")
def test_a_published_export_is_read_whole() -> None:
    """967 lines of GPU001 and 381 of GPU002; the two were not made of one plan."""
    names = ("GPU001.txt", "GPU002.txt")
    files = {name: (SHARED / "svws" / name).read_bytes() for name in names}
    week = DateRange(date(2019, 3, 4), date(2019, 3, 10))
    imported = parse_export(
        files, bells=BELLS, calendar=SchoolCalendar(), days=week, zone=AMSTERDAM
    )
    assert imported.problems == ()
    lines = files["GPU001.txt"].decode().splitlines()
    cells = [[cell.strip('"') for cell in line.split(";")] for line in lines]
    found = {
        (lesson.start.isoweekday(), lesson.period, room)
        for lesson in imported.lessons
        for room in lesson.rooms
    }
    found |= {
        (lesson.start.isoweekday(), lesson.period, "")
        for lesson in imported.lessons
        if not lesson.rooms
    }
    assert {(int(line[5]), line[6], line[4]) for line in cells} == found
    taught = {(line[0], line[1], line[2], line[3]) for line in cells}
    periods = [line.split(";") for line in files["GPU002.txt"].decode().splitlines()]
    alone = [line for line in periods if (line[0], line[4], line[5], line[6]) not in taught]
    assert len(imported.left_out) == len(alone)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published exports are not on this machine")
def test_published_substitutions_are_read_whole() -> None:
    changes = (SHARED / "untis-gpu014" / "GPU014.txt").read_bytes()
    plan = '124;"8a";"Stü";"Ma";"R233";3;2;;\n269;"8b";"Bol";"De";"R103";3;3;;\n'
    imported = parse_export(
        {"GPU001.TXT": plan.encode(), "GPU014.TXT": changes},
        bells=BELLS,
        calendar=SchoolCalendar(),
        days=DateRange(date(2019, 8, 5), date(2019, 8, 9)),
        zone=AMSTERDAM,
    )
    maths, german = sorted(imported.lessons, key=lambda lesson: lesson.start)
    assert (maths.teachers, maths.rooms) == (("Zim",), ("R232",))
    assert (german.teachers, german.rooms) == (("Kal",), ("R103",))
    assert [str(problem).partition(":")[0] for problem in imported.left_out] == [
        "GPU014.TXT, line 3"
    ]
    assert "Krank" not in repr(imported)
