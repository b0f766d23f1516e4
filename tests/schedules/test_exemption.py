"""What is allowed where and when."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.exemption import (
    Exemption,
    Exemptions,
    ExemptionScope,
    ExemptionState,
    RetroactiveExemption,
    TimeSpan,
)
from schedules.lesson import Lesson, LessonStatus
from schedules.timetable import Timetable
from tests.schedules.cast import VAN_DALEN, YILDIZ, at, lesson

DUTCH = lesson()
MATHS = lesson("maths", "09:20", "10:10", period="2")
TIMETABLE = Timetable([DUTCH, MATHS])
YOUTUBE = frozenset({"youtube"})

FROM_START = Exemption(
    scope=ExemptionScope.LESSON,
    target="dutch",
    platforms=YOUTUBE,
    granted_by=VAN_DALEN,
    granted_at=at("08:50"),
    number=1,
)
FROM_NOW = replace(FROM_START, start=at("08:50"), number=2)
ROOM = Exemption(
    scope=ExemptionScope.ROOM,
    target="B204",
    platforms=YOUTUBE,
    granted_by=YILDIZ,
    granted_at=at("08:00"),
    start=at("08:00"),
    end=at("12:00"),
    number=3,
)
LAYER = replace(ROOM, scope=ExemptionScope.LAYER, target="havo 3", number=4)
SCHOOL = replace(ROOM, scope=ExemptionScope.SCHOOL, target="", number=5)


def covers(
    *rows: Exemption,
    clock: str = "09:00",
    room: str = "B204",
    layer: str = "havo 3",
    platform: str = "youtube",
    timetable: Timetable = TIMETABLE,
) -> bool:
    lessons = timetable.lessons_at(room, at(clock))
    return Exemptions(rows, timetable).covers(lessons, room, layer, platform, at(clock))


def test_nothing_is_allowed_when_nothing_is_granted() -> None:
    assert not covers()


@pytest.mark.parametrize("granted", [FROM_START, FROM_NOW, ROOM, LAYER, SCHOOL])
def test_what_is_granted_is_allowed_for_its_platforms_only(granted: Exemption) -> None:
    assert covers(granted)
    assert not covers(granted, platform="tiktok")
    assert covers(replace(granted, platforms=None), platform="tiktok")


def test_from_the_start_of_the_lesson_looks_back_and_ends_with_the_lesson() -> None:
    assert FROM_START.time_span(DUTCH) == TimeSpan(at("08:30"), at("09:20"))
    assert covers(FROM_START, clock="08:30")
    assert not covers(FROM_START, clock="09:20")


def test_from_now_does_not_look_back() -> None:
    assert not covers(FROM_NOW, clock="08:49")
    assert covers(FROM_NOW, clock="08:50")


def test_an_exemption_granted_before_its_lesson_does_not_begin_before_it() -> None:
    assert FROM_NOW.time_span(MATHS) == TimeSpan(at("09:20"), at("10:10"))


def test_an_exemption_moves_with_its_lesson() -> None:
    moved = Timetable(
        [lesson(start="10:30", end="11:20", rooms=("B205",), status=LessonStatus.MOVED)]
    )
    assert not covers(FROM_START, timetable=moved)
    assert covers(FROM_START, clock="10:30", room="B205", timetable=moved)
    assert not covers(FROM_START, clock="11:20", room="B205", timetable=moved)


def test_an_exemption_for_a_lesson_that_is_cancelled_or_gone_is_never_in_force() -> None:
    assert FROM_START.time_span(lesson(status=LessonStatus.CANCELLED)) is None
    assert FROM_START.time_span(None) is None
    assert not covers(FROM_START, timetable=Timetable())


def test_of_a_double_booking_one_exempt_lesson_is_enough() -> None:
    timetable = Timetable([lesson("art"), DUTCH])
    assert [lesson.instance for lesson in timetable.lessons_at("B204", at("09:00"))] == [
        "art",
        "dutch",
    ]
    assert covers(FROM_START, timetable=timetable)


def test_an_exemption_for_a_place_holds_there_only() -> None:
    assert not covers(ROOM, room="B205")
    assert not covers(LAYER, layer="vwo 4")
    assert not covers(LAYER, layer="")


def test_an_exemption_of_the_leadership_never_looks_back() -> None:
    late = replace(SCHOOL, start=at("07:00"), granted_at=at("08:55"))
    assert not covers(late, clock="08:54")
    assert covers(late, clock="08:55")


def test_an_exemption_ends_just_before_its_end() -> None:
    short = replace(SCHOOL, end=at("09:00"))
    assert covers(short, clock="08:59")
    assert not covers(short, clock="09:00")


@pytest.mark.parametrize("granted", [FROM_START, FROM_NOW, ROOM, LAYER, SCHOOL])
def test_what_was_allowed_until_a_revocation_stays_allowed(granted: Exemption) -> None:
    revoked = replace(granted, revoked_at=at("09:00"))
    assert covers(revoked, clock="08:59")
    assert not covers(revoked, clock="09:00")


def test_an_exemption_revoked_before_it_began_was_never_in_force() -> None:
    assert replace(SCHOOL, start=at("10:00"), revoked_at=at("09:00")).time_span(None) is None


@pytest.mark.parametrize(
    ("granted", "clock", "state"),
    [
        (SCHOOL, "07:59", ExemptionState.TO_COME),
        (SCHOOL, "08:00", ExemptionState.IN_FORCE),
        (SCHOOL, "12:00", ExemptionState.OVER),
        (FROM_START, "09:00", ExemptionState.IN_FORCE),
        (replace(FROM_START, revoked_at=at("09:00")), "08:59", ExemptionState.IN_FORCE),
        (replace(FROM_START, revoked_at=at("09:00")), "09:00", ExemptionState.REVOKED),
    ],
)
def test_an_exemption_has_a_state_at_a_moment(
    granted: Exemption, clock: str, state: ExemptionState
) -> None:
    assert granted.state(DUTCH, at(clock)) is state


@pytest.mark.parametrize("gone", [None, lesson(status=LessonStatus.CANCELLED)])
def test_the_state_says_so_when_there_is_no_lesson(gone: Lesson | None) -> None:
    assert FROM_START.state(gone, at("09:00")) is ExemptionState.WITHOUT_LESSON


def test_a_snapshot_tells_what_now_looks_back_and_did_not_before() -> None:
    before = Exemptions([], TIMETABLE)
    granted = Exemptions([FROM_START, FROM_NOW, ROOM, LAYER, SCHOOL], TIMETABLE)
    assert granted.newly_retroactive(before) == (RetroactiveExemption("dutch", YOUTUBE),)
    assert granted.newly_retroactive(granted) == ()
    assert before.newly_retroactive(granted) == ()


def test_what_was_granted_and_revoked_between_two_snapshots_looks_back_too() -> None:
    brief = replace(FROM_START, revoked_at=at("08:51"))
    assert Exemptions([brief], TIMETABLE).newly_retroactive(Exemptions()) == (
        RetroactiveExemption("dutch", YOUTUBE),
    )


def test_a_revocation_does_not_look_back() -> None:
    before = Exemptions([FROM_START], TIMETABLE)
    after = Exemptions([replace(FROM_START, revoked_at=at("09:00"))], TIMETABLE)
    assert after.newly_retroactive(before) == ()


def test_a_second_exemption_for_the_same_lesson_looks_back_on_its_own() -> None:
    second = replace(FROM_START, platforms=None, number=6)
    before = Exemptions([FROM_START], TIMETABLE)
    after = Exemptions([FROM_START, second], TIMETABLE)
    assert after.newly_retroactive(before) == (RetroactiveExemption("dutch", None),)


MINUTES = st.integers(0, 20)
PLATFORMS = st.one_of(st.none(), st.frozensets(st.sampled_from(["youtube", "tiktok"]), min_size=1))
TARGETS = {
    ExemptionScope.LESSON: ["dutch", "maths", "gone"],
    ExemptionScope.ROOM: ["B204", "B205"],
    ExemptionScope.LAYER: ["havo 3", "vwo 4"],
    ExemptionScope.SCHOOL: [""],
}


@st.composite
def exemptions(draw: st.DrawFn) -> Exemption:
    scope = draw(st.sampled_from(ExemptionScope))
    is_lesson = scope is ExemptionScope.LESSON
    times = st.one_of(st.none(), MINUTES.map(float)) if is_lesson else MINUTES.map(float)
    return Exemption(
        scope=scope,
        target=draw(st.sampled_from(TARGETS[scope])),
        platforms=draw(PLATFORMS),
        granted_by=YILDIZ,
        granted_at=float(draw(MINUTES)),
        start=draw(times),
        end=None if is_lesson else float(draw(MINUTES)),
        revoked_at=draw(st.one_of(st.none(), MINUTES.map(float))),
    )


def is_allowed(row: Exemption, lessons: tuple[Lesson, ...], clock: float) -> bool:
    """The rules once more, said as they are in the documentation and not made fast."""
    if row.revoked_at is not None and clock >= row.revoked_at:
        return False
    if row.scope is ExemptionScope.LESSON:
        named = [lesson for lesson in lessons if lesson.instance == row.target]
        return bool(named) and (row.start is None or row.start <= clock)
    assert row.start is not None
    assert row.end is not None
    return row.granted_at <= clock and row.start <= clock < row.end


@given(
    st.lists(exemptions(), max_size=6),
    st.integers(0, 20).map(float),
    st.sampled_from(["B204", "B205"]),
    st.sampled_from(["havo 3", "vwo 4", ""]),
    st.sampled_from(["youtube", "tiktok", "x"]),
)
def test_what_is_allowed_is_what_going_through_all_exemptions_finds(
    rows: list[Exemption], clock: float, room: str, layer: str, platform: str
) -> None:
    epoch = DUTCH.start.timestamp()
    moved = [
        replace(
            row,
            granted_at=epoch + row.granted_at,
            start=None if row.start is None else epoch + row.start,
            end=None if row.end is None else epoch + row.end,
            revoked_at=None if row.revoked_at is None else epoch + row.revoked_at,
        )
        for row in rows
    ]
    moment = epoch + clock
    lessons = TIMETABLE.lessons_at(room, moment)
    here = {ExemptionScope.ROOM: room, ExemptionScope.LAYER: layer, ExemptionScope.SCHOOL: ""}
    expected = any(
        is_allowed(row, lessons, moment)
        for row in moved
        if (row.platforms is None or platform in row.platforms)
        and (row.scope is ExemptionScope.LESSON or here[row.scope] == row.target)
    )
    found = Exemptions(moved, TIMETABLE).covers(lessons, room, layer, platform, moment)
    assert found == expected
