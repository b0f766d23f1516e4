"""The week of Untis: what its lines become, what they are called, and when they hold."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from schedules.calendar import DateRange, SchoolCalendar
from schedules.importers.importer import ImportResult
from schedules.importers.untis import dated_plan
from schedules.importers.untis.export import parse_export
from schedules.importers.untis.validity import MAX_VALIDITIES
from schedules.importers.untis.weekly_plan import MAX_PARTS
from tests.schedules.cast import AMSTERDAM, TUESDAY
from tests.schedules.importers.untis.test_export import (
    BELLS,
    DUTCH,
    MONDAY,
    OTHERS,
    SHARED,
    WEEK,
    change,
    only,
    read,
)

NEXT_DOOR = DUTCH.replace("B204", "B205")
YEAR = DateRange(MONDAY, MONDAY + timedelta(days=365))


def period(
    first: str = "20260901", last: str = "20270731", *, of: str = "h3a", group: str = ""
) -> str:
    """A line of GPU002 about lesson 133 of a class."""
    return f"133;1;1;1;{of};VDA;NE;B204;;;1;{group};;;{first};{last};\n"


def names(imported: ImportResult) -> dict[tuple[str, ...], str]:
    return {lesson.rooms: lesson.instance for lesson in imported.lessons}


def test_a_lesson_is_called_after_its_number_day_and_hour() -> None:
    assert only(read(DUTCH)).instance == "untis-133-20261006-1"


def test_it_keeps_its_name_when_another_class_joins_it() -> None:
    joined = read(DUTCH + DUTCH.replace("h3a", "h3b"))
    assert only(joined).instance == only(read(DUTCH)).instance


@pytest.mark.parametrize("part", [NEXT_DOOR, NEXT_DOOR.replace("VDA", "BAK")])
def test_the_parts_of_a_lesson_keep_their_names_in_whatever_order_they_are(part: str) -> None:
    """What mevrouw Van Dalen allows in B204 would hold next door after the next export."""
    found = names(read(DUTCH + part))
    assert len(set(found.values())) == 2
    assert names(read(part + DUTCH)) == found


def test_a_part_that_a_teacher_has_alone_keeps_its_name_in_another_room() -> None:
    part = NEXT_DOOR.replace("VDA", "BAK")
    before, after = read(DUTCH + part), read(DUTCH.replace("B204", "B206") + part)
    assert names(after)["B206",] == names(before)["B204",]


def test_two_lessons_that_are_alike_are_two_lessons() -> None:
    """Cancelling one leaves the other: published plans have such lessons."""
    found = read(DUTCH + DUTCH.replace("133", "134"), changes=change("C", lesson="134"))
    assert {lesson.instance[:9]: lesson.is_held for lesson in found.lessons} == {
        "untis-133": True,
        "untis-134": False,
    }


def test_a_lesson_with_two_spans_holds_in_both() -> None:
    spans = period("20260901", "20261011") + period("20261101", "20270731")
    found = read(DUTCH, periods=spans, days=DateRange(MONDAY, date(2026, 11, 8)))
    assert {f"{lesson.start:%m%d}" for lesson in found.lessons} == {"1006", "1103"}


def test_a_class_is_in_the_lesson_when_its_own_line_holds() -> None:
    both = DUTCH + DUTCH.replace("h3a", "h3b")
    assert only(read(both, periods=period(last="20261005"))).groups == ("h3b",)


def test_a_week_group_is_not_taken_for_every_week_because_of_another_span() -> None:
    spans = period(last="20261231", group="A") + period("20270101", "20270731")
    found = read(DUTCH, periods=spans)
    assert found.lessons == ()
    assert "week group" in str(found.left_out[0])


def test_a_line_that_holds_on_none_of_the_days_is_left_out_with_its_number() -> None:
    found = read(DUTCH, periods=period(last="20261005"))
    assert [problem.where for problem in found.left_out] == ["GPU001.TXT, line 1"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (DUTCH.replace(";2;1;", f";{'9' * 5000};1;"), "as day a number"),
        (DUTCH.replace(";2;1;", ";00;1;"), "as day a number"),
        (DUTCH.replace(";2;1;", ";٢;1;"), "as day a number"),
        (DUTCH.replace("133", "een"), "as lesson a number"),
        (DUTCH.replace("VDA", "V\x1b[31m"), "does not print"),
    ],
)
def test_a_line_with_a_value_that_is_none_is_left_out(line: str, told: str) -> None:
    found = read(line + OTHERS)
    assert (len(found.lessons), found.problems) == (20, ())
    (problem,) = found.unreadable
    assert problem.where == "GPU001.TXT, line 1"
    assert told in str(problem)


def test_what_was_read_is_told_and_nothing_else() -> None:
    files = {"GPU001.TXT": DUTCH.encode(), "GPU004.TXT": b"1", "notes.txt": b"1"}
    told = parse_export(
        files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    ).format
    assert told == "Untis GPU001, ';' between cells, UTF-8"


def test_a_file_that_is_no_text_has_no_separator() -> None:
    files = {"GPU001.TXT": b"\x81\xff"}
    found = parse_export(files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM)
    assert (found.format, len(found.problems)) == ("Untis GPU001", 1)


def test_two_files_of_one_number_are_a_problem() -> None:
    """An old copy in the folder would be read in the place of the export, and nobody told."""
    files = {"GPU001.TXT": DUTCH.encode(), "GPU001.BAK": NEXT_DOOR.encode()}
    found = parse_export(files, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM)
    assert found.lessons == ()
    assert "one file of each number" in str(found.problems[0])


def test_a_lesson_in_too_many_rooms_is_left_out() -> None:
    rows = [DUTCH.replace("B204", f"B{number}") for number in range(MAX_PARTS + 1)]
    found = read("".join(rows) + OTHERS)
    assert (len(found.lessons), found.problems) == (20, ())
    (problem,) = found.unreadable
    assert problem.where == f"GPU001.TXT, line {MAX_PARTS + 1}"


def test_a_lesson_with_too_many_spans_is_left_out() -> None:
    spans = [period(f"202609{number + 1:02}") for number in range(MAX_VALIDITIES + 1)]
    found = read(DUTCH + OTHERS, periods="".join(spans))
    assert (len(found.lessons), found.problems) == (20, ())
    (problem,) = found.unreadable
    assert problem.where.startswith(f"GPU002.TXT, line {MAX_VALIDITIES + 1}")


def test_more_lessons_than_a_school_has_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dated_plan, "MAX_LESSONS", 10)
    found = read(DUTCH, days=YEAR)
    assert "10 lessons at most" in str(found.problems[0])


def test_a_lesson_with_very_many_lines_is_read_as_quickly_as_others() -> None:
    rows = "".join(f"1;c{number};T;NE;B;2;1\n" for number in range(20_000))
    assert len(only(read(rows)).groups) == 20_000


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published exports are not on this machine")
def test_every_line_of_a_published_export_is_in_a_lesson() -> None:
    content = (Path(SHARED) / "svws" / "GPU001.txt").read_bytes()
    found = parse_export(
        {"GPU001.txt": content}, bells=BELLS, calendar=SchoolCalendar(), days=WEEK, zone=AMSTERDAM
    )
    assert (found.problems, found.left_out) == ((), ())
    lines = [line.replace('"', "").split(";") for line in content.decode().splitlines()]
    held = {
        (
            lesson.instance.split("-")[1],
            lesson.start.isoweekday(),
            lesson.period,
            *lesson.rooms,
        ): lesson
        for lesson in found.lessons
    }
    taken = [held[line[0], int(line[5]), line[6], *filter(None, [line[4]])] for line in lines]
    assert len(taken) == len(lines) == 967
    assert all(line[1] in lesson.groups for line, lesson in zip(lines, taken, strict=True))
    assert {lesson.instance for lesson in taken} == {lesson.instance for lesson in found.lessons}
    assert TUESDAY.isoweekday() in {lesson.start.isoweekday() for lesson in found.lessons}
