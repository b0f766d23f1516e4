"""A timetable as iCalendar. The feeds are invented: no licensed one of a Dutch school was found."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendar import DateRange
from schedules.importers.ical.events import MAX_EVENTS
from schedules.importers.ical.feeds import parse_feeds
from schedules.importers.ical.pupil import MIN_PUPIL_LESSONS
from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import AMSTERDAM, TUESDAY, at, lesson

WEEKS = DateRange(TUESDAY, TUESDAY + timedelta(days=27))
"""Four weeks, in which the clocks go back: on 25 October 2026."""
WINDOWS_ZONE = """BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def event(
    *lines: str,
    start: str = ":20261006T083000",
    end: str = ":20261006T092000",
    uid: str = "1@school",
    summary: str = "B204 - h3a - vda",
) -> str:
    times = f"UID:{uid}\nDTSTART{start}\nDTEND{end}\nSUMMARY:{summary}\n"
    return f"BEGIN:VEVENT\n{times}{''.join(f'{line}\n' for line in lines)}END:VEVENT\n"


def feed(*events: str, head: str = "") -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{head}{''.join(events)}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*events: str, head: str = "", days: DateRange = WEEKS) -> ImportResult:
    return parse_feeds({"rooster.ics": feed(*events, head=head)}, days=days, zone=AMSTERDAM)


def starts(imported: ImportResult) -> list[str]:
    assert imported.problems == ()
    return sorted(
        f"{lesson.start.astimezone(AMSTERDAM):%m-%d %H:%M}" for lesson in imported.lessons
    )


def only(imported: ImportResult) -> Lesson:
    assert imported.problems == ()
    (found,) = imported.lessons
    return found


def test_an_event_is_a_lesson() -> None:
    found = only(read(event()))
    assert found == lesson(found.instance, period="08:30")
    assert found.instance.startswith("ical-")
    assert "school" not in found.instance


def test_without_somtodays_title_the_location_is_the_room() -> None:
    found = only(read(event("LOCATION:B204\\, B205", summary="h3a")))
    assert (found.rooms, found.groups, found.teachers) == (("B204", "B205"), ("h3a",), ())


@pytest.mark.parametrize(
    ("head", "parameter", "clock"),
    [
        ("", "", "083000"),
        ("", ";TZID=Europe/Amsterdam", "083000"),
        (WINDOWS_ZONE, ";TZID=W. Europe Standard Time", "083000"),
        ("", ";TZID=W. Europe Standard Time", "083000"),
        ("X-WR-TIMEZONE:Europe/Amsterdam\n", "", "063000Z"),
    ],
)
def test_a_weekly_lesson_is_at_the_same_time_by_the_clock_all_year(
    head: str, parameter: str, clock: str
) -> None:
    weekly = event(
        "RRULE:FREQ=WEEKLY;COUNT=100",
        start=f"{parameter}:20261006T{clock}",
        end=f"{parameter}:20261006T{clock.replace('30', '59', 1)}",
    )
    assert starts(read(weekly, head=head)) == [
        "10-06 08:30",
        "10-13 08:30",
        "10-20 08:30",
        "10-27 08:30",
    ]


def test_a_recurrence_can_be_left_out_moved_and_cancelled() -> None:
    series = event("RRULE:FREQ=WEEKLY", "EXDATE:20261013T083000")
    moved = event("RECURRENCE-ID:20261020T083000", start=":20261021T103000", end=":20261021T112000")
    off = event(
        "RECURRENCE-ID:20261027T083000",
        "STATUS:CANCELLED",
        start=":20261027T083000",
        end=":20261027T092000",
    )
    imported = read(series, moved, off)
    assert starts(imported) == ["10-06 08:30", "10-21 10:30", "10-27 08:30"]
    assert [lesson.status for lesson in imported.lessons].count(LessonStatus.CANCELLED) == 1
    assert {lesson.instance for lesson in imported.lessons} <= {
        lesson.instance for lesson in read(event("RRULE:FREQ=WEEKLY")).lessons
    }


def test_a_lesson_keeps_its_name_when_its_room_is_another() -> None:
    other = event(summary="B999 - h3a - vda")
    assert only(read(event())).instance == only(read(other)).instance


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": ";VALUE=DATE:20261006", "end": ";VALUE=DATE:20261007"}, "a whole day"),
        ({"end": ":20261007T092000"}, "more than 12 hours"),
        ({"end": ":20261006T083000"}, "an end that is not after the start"),
        ({"summary": "x" * 101}, "a text that is too long"),
        ({"summary": ",".join(map(str, range(60)))}, "a text that is too long"),
        ({"end": ":99990101T092000"}, "more than 12 hours"),
    ],
)
def test_what_is_no_lesson_is_left_out_with_its_reason(change: dict[str, str], reason: str) -> None:
    imported = read(event(uid="2"), event(**change))
    assert len(imported.lessons) == 1
    assert [problem.found for problem in imported.left_out] == [reason]


def pupil(summary: str) -> list[str]:
    """A week and more of lessons that follow each other, each by its own summary."""
    return [
        event(
            uid=str(number),
            start=f":202610{6 + number:02}T083000",
            end=f":202610{6 + number:02}T092000",
            summary=summary.format(number=number),
        )
        for number in range(MIN_PUPIL_LESSONS)
    ]


def test_a_pupils_own_feed_is_refused() -> None:
    imported = read(*pupil("B{number} - h3.vak{number} - t{number}"))
    assert imported.lessons == ()
    assert "one pupil's own timetable" in str(imported.problems[0])


@pytest.mark.parametrize(
    "summary",
    [
        "B{number} - h3.vak{number} - vda",
        "B204 - h3.vak{number} - t{number}",
        "B{number} - h3a - t{number}",
    ],
    ids=["a teacher's", "a room's", "a class's"],
)
def test_a_feed_of_a_teacher_a_room_or_a_class_is_read(summary: str) -> None:
    assert len(read(*pupil(summary)).lessons) == MIN_PUPIL_LESSONS


def test_a_schools_feed_is_read() -> None:
    beside = event(uid="x", summary="C1 - v4b - bak")
    assert read(*pupil("B{number} - h3.vak{number} - t{number}"), beside).problems == ()


ENDLESS = [
    "FREQ=SECONDLY;COUNT=1000000000",
    "FREQ=MIN\n UTELY",
    "FREQ=DAILY;BYSECOND=0,1,2,3",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=00;COUNT=3",
]


@pytest.mark.parametrize("rule", ENDLESS)
def test_an_event_whose_rule_would_be_followed_without_end_is_left_out(rule: str) -> None:
    imported = read(event(), event(f"RRULE:{rule}", uid="2"))
    assert starts(imported) == ["10-06 08:30"]
    assert "a rule that repeats within a day" in str(imported.unreadable[0])


@pytest.mark.parametrize("rule", ENDLESS)
def test_a_time_zone_whose_rule_would_be_followed_without_end_is_a_problem(rule: str) -> None:
    zone = WINDOWS_ZONE.replace("W. Europe Standard Time", "Nergens").replace(
        "RRULE:FREQ=YEARLY", f"RRULE:{rule}"
    )
    assert "a rule that repeats within a day" in str(read(event(), head=zone).problems[0])


def test_every_other_week_is_every_other_week() -> None:
    assert starts(read(event("RRULE:FREQ=WEEKLY;INTERVAL=2"))) == ["10-06 08:30", "10-20 08:30"]
    assert len(starts(read(event("RRULE:FREQ=WEEKLY;INTERVAL=10")))) == 1


def test_events_without_end_are_a_problem() -> None:
    many = feed(event() * (MAX_EVENTS + 1))
    imported = parse_feeds({"x": many}, days=WEEKS, zone=AMSTERDAM)
    assert f"{MAX_EVENTS} events at most" in str(imported.problems[0])


@pytest.mark.parametrize("content", [b"", b"x", b"BEGIN:VCALENDAR", b"\xff", feed()])
def test_a_file_without_lessons_is_a_problem(content: bytes) -> None:
    imported = parse_feeds({"rooster.ics": content}, days=WEEKS, zone=AMSTERDAM)
    assert len(imported.problems) == 1


def test_lessons_of_other_days_are_not_there() -> None:
    imported = read(event("RRULE:FREQ=WEEKLY"), days=DateRange(TUESDAY, TUESDAY))
    assert only(imported).start.timestamp() == at("08:30")


@given(st.binary(max_size=200), st.text(max_size=50))
def test_whatever_the_bytes_there_are_lessons_or_problems(content: bytes, text: str) -> None:
    for given_content in (content, feed(event("RRULE:" + text)), feed(event(text)), feed(text)):
        imported = parse_feeds({"x": given_content}, days=WEEKS, zone=AMSTERDAM)
        assert imported.lessons or imported.problems
