"""The configuration held against the timetable."""

from datetime import date
from pathlib import Path

import pytest

from monitor.configuration import Configuration, SchoolSettings, TimetableSettings
from monitor.diagnostics.checks.timetable import (
    STALE_FILE,
    check_roster,
    check_sources,
    check_timetable,
    find_holidays,
)
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.release.layers import Layer, Layers
from schedules.calendar import NamedDays, Region, SchoolCalendar
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable
from tests.cast import LAYERS, ROOMS, lesson, lessons

NOW = 1_792_396_800.0


def test_a_timetable_that_is_whole_gives_no_finding() -> None:
    assert list(check_timetable(Timetable(lessons()), frozenset(ROOMS), LAYERS)) == []


def test_what_is_missing_for_lessons_to_be_counted_is_named() -> None:
    held = [
        *lessons(),
        lesson("101", instance="roomless", rooms=()),
        lesson("101", instance="strange", groups=("zz9",)),
    ]
    placed = frozenset({*ROOMS, "kelder"} - {"103"})
    assert list(check_timetable(Timetable(held), placed, LAYERS)) == [
        Finding(FindingKind.LESSONS_WITHOUT_ROOM, count=1),
        Finding(FindingKind.ROOMS_WITHOUT_PLACE, ("103",), 1),
        Finding(FindingKind.PLACES_WITHOUT_LESSON, ("kelder",), 1),
        Finding(FindingKind.GROUPS_WITHOUT_LAYER, ("zz9",), 1),
    ]


def test_no_lessons_at_all_is_one_finding() -> None:
    assert list(check_timetable(Timetable(), frozenset(), LAYERS)) == [
        Finding(FindingKind.NO_LESSONS)
    ]


def test_days_that_are_all_holidays_have_no_lessons_and_nothing_is_wrong() -> None:
    (finding,) = check_timetable(Timetable(), frozenset(), LAYERS, ("Kerstvakantie",))
    assert finding == Finding(FindingKind.HOLIDAY, ("Kerstvakantie",), 1)
    assert finding.is_note


def test_the_holidays_that_some_days_are_in_are_named_when_there_is_no_school_on_any() -> None:
    named = NamedDays(date(2026, 12, 21), date(2026, 12, 30), "Kerst")
    calendar = SchoolCalendar(free=(named, NamedDays(date(2026, 12, 31), date(2027, 1, 1))))
    unnamed = "a day that the school has marked as free"
    saturday = date(2026, 12, 19)
    assert find_holidays(calendar, saturday, date(2027, 1, 2)) == ("Kerst", unnamed)
    assert find_holidays(calendar, date(2026, 12, 18), date(2027, 1, 2)) == ()
    assert find_holidays(SchoolCalendar(region=Region.MIDDLE), date(2026, 7, 20), date(2026, 8, 3))
    assert find_holidays(SchoolCalendar(), date(2026, 7, 20), date(2026, 8, 3)) == ()


@pytest.mark.parametrize(
    ("sizes", "kinds"),
    [
        ((250, 250), []),
        ((450, 60), [FindingKind.LAYER_TOO_SMALL]),
        ((150, 150), [FindingKind.SCHOOL_WEEKLY]),
        ((100, 99), [FindingKind.SCHOOL_TOO_SMALL]),
    ],
)
def test_what_the_roster_is_too_small_for(sizes: tuple[int, int], kinds: list[FindingKind]) -> None:
    layers = Layers((Layer("3 havo", sizes[0]), Layer("3 vwo", sizes[1])))
    assert [finding.kind for finding in check_roster(layers)] == kinds


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (None, [FindingKind.NEVER_READ]),
        (SourceState("untis", NOW, None, "gone"), [FindingKind.NEVER_READ]),
        (SourceState("untis", NOW, NOW, ""), []),
        (SourceState("untis", NOW, NOW - 60, "gone"), [FindingKind.SOURCE_FAILED]),
        (SourceState("untis", NOW, NOW - 3600, "gone"), [FindingKind.SOURCE_TROUBLE]),
        (SourceState("untis", NOW, NOW, "not the rest"), [FindingKind.PARTLY_READ]),
        (SourceState("untis", NOW, NOW - STALE_FILE - 1, ""), [FindingKind.STALE_SOURCE]),
    ],
)
def test_how_it_is_with_a_source(state: SourceState | None, kinds: list[FindingKind]) -> None:
    source = TimetableSettings(name="untis", format="csv", path=Path("x"))
    settings = Configuration(school=SchoolSettings(name="x"), timetable=(source,))
    states = [state] if state else []
    assert [finding.kind for finding in check_sources(settings, states, NOW)] == kinds


def test_untis_needs_bells_and_no_source_is_a_note() -> None:
    source = TimetableSettings(name="u", format="untis", path=Path("x"))
    settings = Configuration(school=SchoolSettings(name="x"), timetable=(source,))
    kinds = [finding.kind for finding in check_sources(settings, [], NOW)]
    assert kinds == [FindingKind.NO_BELLS, FindingKind.NEVER_READ]
    (note,) = check_sources(Configuration(school=SchoolSettings(name="x")), [], NOW)
    assert (note.kind, note.is_note) == (FindingKind.NO_SOURCE, True)
