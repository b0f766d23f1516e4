"""Events that are no lesson or cannot be read, and what a series makes of its rules and changes."""

import pytest

from schedules.importers.ical.feeds import parse_feeds
from schedules.lesson import LessonStatus
from tests.schedules.cast import AMSTERDAM
from tests.schedules.importers.ical.test_feed import WEEKS, event, feed, read, starts


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["EXDATE:"], "EXDATE that cannot be read"),
        (["RDATE:morgen"], "RDATE that cannot be read"),
        (["RRULE:COUNT=3"], "recurrences that cannot be worked out"),
        (["RRULE:FREQ=SOMETIMES"], "RRULE that cannot be read"),
        (["DTSTART:20261006T103000"], "DTSTART more than once"),
        (["LOCATION:B20\ufffd"], "LOCATION with a character that its source has lost"),
        (["DTSTART:morgen"], "DTSTART that cannot be read"),
    ],
)
def test_an_event_that_cannot_be_read_is_left_out_with_its_line(
    lines: list[str], reason: str
) -> None:
    imported = read(event(), event(*lines, uid="2"))
    assert starts(imported) == ["10-06 08:30"]
    assert imported.left_out == ()
    assert [str(problem) for problem in imported.unreadable] == [
        f"rooster.ics, line 10: found {reason!r}; allowed: an event that can be read"
    ]


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ({"end": ":10130503T092000"}, "an end before the start"),
        ({"end": ":20261006T082900"}, "an end before the start"),
        ({"start": ":00010101T083000"}, "a rule that begins long ago"),
        ({"end": ";VALUE=DATE:20261006"}, "a start and an end of which one is a day"),
    ],
)
def test_times_of_a_series_that_cannot_be_are_not_mended(
    times: dict[str, str], reason: str
) -> None:
    end = times.get("start", times.get("end", "")).replace("T083000", "T092000")
    series = event("RRULE:FREQ=DAILY", uid="2", **({"end": end} | times))
    imported = read(event(), series)
    assert starts(imported) == ["10-06 08:30"]
    assert [problem.found for problem in imported.unreadable] == [reason]


def test_an_event_on_other_days_is_not_mentioned() -> None:
    backwards = event(uid="2", start=":20250106T093000", end=":20250106T083000")
    holiday = event(uid="3", start=";VALUE=DATE:20250718", end=";VALUE=DATE:20250831")
    imported = read(event(), backwards, holiday)
    assert (imported.left_out, imported.unreadable) == ((), ())


def test_whole_days_that_repeat_are_counted_once_and_never_worked_out() -> None:
    birthday = event(
        "RRULE:FREQ=YEARLY", uid="2", start=";VALUE=DATE:19661012", end=";VALUE=DATE:19661013"
    )
    weeks = event(uid="3", start=";VALUE=DATE:20260801", end=";VALUE=DATE:20270731")
    imported = read(event(), birthday, weeks)
    assert starts(imported) == ["10-06 08:30"]
    assert [problem.found for problem in imported.left_out] == ["a whole day", "a whole day"]


@pytest.mark.parametrize(
    "change",
    [
        event("RECURRENCE-ID:20261013T083000", start=":20261013T103000", end=":20261013T092000"),
        event("RECURRENCE-ID:morgen"),
    ],
)
def test_a_series_with_a_change_that_cannot_be_read_is_not_taken_for_unchanged(change: str) -> None:
    imported = read(event(uid="2"), event("RRULE:FREQ=WEEKLY"), change)
    assert starts(imported) == ["10-06 08:30"]
    assert len(imported.unreadable) == 1


@pytest.mark.parametrize(("unreadable", "refused"), [(10, False), (11, True)])
def test_more_than_a_share_of_events_that_cannot_be_read_is_a_problem(
    unreadable: int, *, refused: bool
) -> None:
    broken = (event("EXDATE:", uid=f"x{number}") for number in range(unreadable))
    imported = read(event(), *broken)
    assert bool(imported.problems) is refused
    if refused:
        assert imported.problems[0].found == "11 of 12 events that cannot be read"
        assert imported.problems[0].allowed.endswith("line 10: EXDATE that cannot be read")


def test_a_change_to_this_and_future_keeps_the_names_of_the_lessons() -> None:
    series = event("RRULE:FREQ=WEEKLY")
    moved = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261013T083000",
        start=":20261014T103000",
        end=":20261014T112000",
        summary="B205 - h3a - vda",
    )
    imported = read(series, moved)
    assert starts(imported) == ["10-06 08:30", "10-14 10:30", "10-21 10:30", "10-28 10:30"]
    assert {lesson.instance for lesson in imported.lessons} == {
        lesson.instance for lesson in read(series).lessons
    }


def test_a_cancellation_of_this_and_future_cancels_each() -> None:
    off = event(
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261020T083000",
        "STATUS:CANCELLED",
        start=":20261020T083000",
        end=":20261020T092000",
    )
    imported = read(event("RRULE:FREQ=WEEKLY"), off)
    assert [
        lesson.status for lesson in sorted(imported.lessons, key=lambda lesson: lesson.start)
    ] == [
        LessonStatus.PLANNED,
        LessonStatus.PLANNED,
        LessonStatus.CANCELLED,
        LessonStatus.CANCELLED,
    ]


@pytest.mark.parametrize("parameter", ["", ";TZID=Europe/Amsterdam"])
@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261020", "10-20 08:30"),
        ("20261019", "10-13 08:30"),
        ("20261020T083000", "10-20 08:30"),
        ("20261020T082959", "10-13 08:30"),
        ("20261020T063000Z", "10-20 08:30"),
        ("20261020T062959Z", "10-13 08:30"),
    ],
)
def test_a_rule_ends_with_its_last_day_or_moment(until: str, last: str, parameter: str) -> None:
    series = event(
        f"RRULE:FREQ=WEEKLY;UNTIL={until}",
        start=f"{parameter}:20261006T083000",
        end=f"{parameter}:20261006T092000",
    )
    assert starts(read(series))[-1] == last


def test_a_rule_in_utc_ends_with_the_last_day_of_the_school() -> None:
    late = event(
        "RRULE:FREQ=DAILY;UNTIL=20261007", start=":20261006T203000Z", end=":20261006T212000Z"
    )
    assert starts(read(late)) == ["10-06 22:30", "10-07 22:30"]


def test_every_calendar_in_a_file_is_read_in_its_own_time_zone() -> None:
    utc = event(uid="2", start=":20261006T083000Z", end=":20261006T092000Z")
    content = feed(event()) + feed(utc, head="X-WR-TIMEZONE:Europe/Amsterdam\n")
    imported = parse_feeds({"x": content}, days=WEEKS, zone=AMSTERDAM)
    assert starts(imported) == ["10-06 08:30", "10-06 10:30"]


def test_a_calendar_that_is_cut_off_is_a_problem() -> None:
    content = feed(event()) + feed(event(uid="2"))[:-20]
    imported = parse_feeds({"x": content}, days=WEEKS, zone=AMSTERDAM)
    assert "a calendar without its end" in str(imported.problems[0])
