"""Several feeds that are one timetable: of a folder, or the calendars of one file."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.calendar import DateRange
from schedules.importers.ical.feeds import MAX_CONTRADICTIONS, parse_feeds
from schedules.importers.importer import ImportResult
from tests.schedules.cast import AMSTERDAM, TUESDAY
from tests.schedules.importers.ical.test_feed import WEEKS, event, feed, only, pupil, starts

FOLDER = Path(__file__).with_name("cases") / "folder"


def read(**feeds: bytes) -> ImportResult:
    files = {f"{name}.ics": content for name, content in feeds.items()}
    return parse_feeds(files, days=WEEKS, zone=AMSTERDAM)


def rooms(imported: ImportResult) -> list[tuple[str, ...]]:
    assert imported.problems == ()
    return sorted(lesson.rooms for lesson in imported.lessons)


def shown(imported: ImportResult) -> set[tuple[str, frozenset[str], tuple[str, ...]]]:
    return {
        (lesson.instance, frozenset(lesson.rooms), lesson.groups) for lesson in imported.lessons
    }


def in_room(room: str, **changes: str) -> bytes:
    return feed(event(summary=f"{room} - h3a - vda", **changes))


def test_the_feeds_of_two_rooms_are_both_read() -> None:
    files = {file.name: file.read_bytes() for file in sorted(FOLDER.iterdir())}
    days = DateRange(TUESDAY, TUESDAY + timedelta(days=60))
    imported = parse_feeds(files, days=days, zone=AMSTERDAM)
    assert rooms(imported) == [("B204",), ("B205",)]
    assert imported.days == days


def test_a_lesson_in_the_feeds_of_two_rooms_is_one_lesson_in_both() -> None:
    lesson = only(read(a=in_room("B204"), b=in_room("B205"), c=in_room("B204")))
    assert lesson.rooms == ("B204", "B205")
    assert lesson.instance == only(read(a=in_room("B204"))).instance


@pytest.mark.parametrize(
    "other",
    [
        in_room("B204", start=":20261006T084000"),
        in_room("B204", end=":20261006T100000"),
        feed(event(summary="B204 - h3b - vda")),
        feed(event("STATUS:CANCELLED")),
    ],
    ids=["start", "end", "groups", "status"],
)
def test_a_lesson_of_which_two_feeds_tell_other_things_is_left_out(other: bytes) -> None:
    change = other.replace(b"UID:1@school", b"UID:1@school\r\nRECURRENCE-ID:20261006T083000")
    old = feed(event(), event(uid="2"))
    imported = read(a=old, b=change)
    assert starts(imported) == ["10-06 08:30"]
    (problem,) = imported.unreadable
    assert problem.where == "b.ics, line 4"
    assert problem.found == "a lesson that another feed or calendar tells differently"


def test_two_calendars_of_one_file_are_as_two_feeds() -> None:
    assert only(read(a=in_room("B204") + in_room("B205"))).rooms == ("B204", "B205")
    assert len(read(a=in_room("B204") + in_room("B205", end=":20261006T100000")).unreadable) == 1


def test_an_old_export_beside_the_new_one_refuses_both() -> None:
    def exported(end: str) -> bytes:
        return feed(
            *(
                event(uid=str(number), end=f":20261006T{end}")
                for number in range(MAX_CONTRADICTIONS + 1)
            )
        )

    imported = read(new=exported("092000"), old=exported("092500"))
    assert imported.lessons == ()
    assert imported.days is None
    assert imported.problems[0].found == "11 of 11 lessons that two feeds tell differently"


def test_a_room_without_lessons_on_these_days_is_no_problem() -> None:
    assert rooms(read(a=feed(), b=in_room("B205"))) == [("B205",)]
    assert "no lesson on these days" in str(read(a=feed(), b=feed()).problems[0])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id,date\n1,2", "a file that cannot be read"),
        (feed(event(summary="h3")).replace(b"h3", b"h3\xe9"), "that is no UTF-8"),
        (feed(*pupil("B{number} - h3.vak{number} - t{number}")), "one pupil's own timetable"),
    ],
    ids=["foreign", "encoding", "a pupil's"],
)
def test_a_feed_that_is_refused_refuses_the_others_and_is_named(
    content: bytes, reason: str
) -> None:
    (problem,) = read(a=in_room("B204"), b=content).problems
    assert problem.where == "b.ics, the whole file"
    assert reason in problem.found


_UIDS = st.sampled_from("abc")
_EVENTS = st.tuples(_UIDS, st.sampled_from(["B204", "B205"]), st.sampled_from(["h3a", "h3b"]))


@given(st.lists(st.lists(_EVENTS, max_size=4), min_size=1, max_size=3))
def test_in_whatever_order_the_feeds_come_the_lessons_are_the_same(
    feeds: list[list[tuple[str, str, str]]],
) -> None:
    contents = {
        f"{number}.ics": feed(
            *(
                event(f"X-NUMBER:{place}", uid=uid, summary=f"{room} - {group} - vda")
                for place, (uid, room, group) in enumerate(events)
            )
        )
        for number, events in enumerate(feeds)
    }
    there, back = (
        parse_feeds(dict(files), days=WEEKS, zone=AMSTERDAM)
        for files in (contents.items(), reversed(contents.items()))
    )
    assert shown(there) == shown(back)
    assert len(there.unreadable) == len(back.unreadable)
