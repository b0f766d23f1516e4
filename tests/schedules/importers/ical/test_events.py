"""Small invented feeds, each with something that real ones have, and the lessons that they hold."""

from datetime import date
from pathlib import Path

import pytest

from schedules.calendar import DateRange
from schedules.importers.ical import events
from schedules.importers.ical.feeds import parse_feeds
from schedules.importers.importer import ImportResult
from tests.schedules.cast import AMSTERDAM
from tests.schedules.importers.ical.test_feed import WEEKS, event, feed

CASES = Path(__file__).with_name("cases")
OCTOBER = DateRange(date(2026, 10, 1), date(2026, 10, 31))


def read(name: str) -> ImportResult:
    content = (CASES / name).read_bytes()
    return parse_feeds({name: content}, days=OCTOBER, zone=AMSTERDAM)


def shown(imported: ImportResult) -> list[str]:
    assert imported.problems == ()
    return sorted(
        f"{lesson.start.astimezone(AMSTERDAM):%m-%d %H:%M} {' '.join(lesson.rooms)}"
        for lesson in imported.lessons
    )


def test_a_change_to_this_and_future_holds_to_the_end() -> None:
    assert shown(read("thisandfuture.ics")) == [
        "10-05 08:30 B204",
        "10-12 10:30 B205",
        "10-19 10:30 B205",
        "10-26 10:30 B205",
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("end-before-start.ics", "an end before the start"),
        ("one-without-dtstart.ics", "no time"),
        ("empty-exdate.ics", "EXDATE that cannot be read"),
        ("schoolyear-allday.ics", "a whole day"),
    ],
)
def test_what_is_no_lesson_or_cannot_be_read_does_not_refuse_the_lesson_beside_it(
    name: str, reason: str
) -> None:
    imported = read(name)
    assert shown(imported) == ["10-19 08:30 B204"]
    (other,) = (*imported.left_out, *imported.unreadable)
    assert (other.where, other.found) == (f"{name}, line 12", reason)


@pytest.mark.parametrize(
    ("rule", "recurrences"),
    [
        ("FREQ=WEEKLY", 5),
        ("FREQ=WEEKLY;BYDAY=TU", 5),
        ("FREQ=WEEKLY;BYDAY=MO,TU", 10),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 28),
        ("FREQ=DAILY", 28),
        ("FREQ=MONTHLY", 28),
    ],
)
def test_recurrences_are_bounded_by_what_the_rules_allow_on_the_days(
    rule: str, recurrences: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = feed(event(f"RRULE:{rule}"))
    for limit, refused in ((recurrences, False), (recurrences - 1, True)):
        monkeypatch.setattr(events, "MAX_RECURRENCES", limit)
        imported = parse_feeds({"x": content}, days=WEEKS, zone=AMSTERDAM)
        assert bool(imported.problems) is refused


def test_a_byte_that_cannot_be_decoded_refuses_the_file_with_its_line() -> None:
    imported = read("latin1.ics")
    assert imported.lessons == ()
    assert [problem.found for problem in imported.problems] == [
        "a byte on line 10 that is no UTF-8"
    ]
