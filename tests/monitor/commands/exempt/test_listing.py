"""Exemptions as people and programs read them."""

import json

import pytest

from monitor.commands.exempt.listing import (
    SCOPES,
    STATES,
    describe_grant,
    describe_place,
    format_json,
    name_platforms,
)
from schedules.exemption import Exemption, ExemptionScope, ExemptionState
from schedules.language import Language, override
from schedules.lesson import Lesson
from schedules.store import ExemptionWithLesson
from tests.schedules.cast import AMSTERDAM, YILDIZ, at, lesson

ROOM = Exemption(
    number=12,
    scope=ExemptionScope.ROOM,
    target="B204",
    platforms=frozenset({"youtube", "tiktok"}),
    granted_by=YILDIZ,
    granted_at=at("08:00"),
    start=at("09:00"),
    end=at("12:00"),
    reason="open dag",
)
DUTCH_LESSON = Exemption(
    scope=ExemptionScope.LESSON,
    target="dutch",
    platforms=None,
    granted_by="vda",
    granted_at=at("08:50"),
)


def test_a_sentence_says_what_is_allowed_where_and_when() -> None:
    with override(Language.DUTCH):
        said = describe_grant(ROOM, None, AMSTERDAM)
    assert said == (
        "Toestemming 12: tiktok, youtube, lokaal B204, van 6-10-2026 09:00 tot 6-10-2026 12:00."
    )


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (lesson(), "lesson 1 (B204, h3a, 2026-10-06 08:30)"),
        (lesson(rooms=(), groups=()), "lesson 1 (2026-10-06 08:30)"),
        (None, "lesson dutch, which is not in the timetable"),
    ],
)
def test_a_lesson_is_named_as_the_timetable_has_it_now(held: Lesson | None, expected: str) -> None:
    assert describe_place(DUTCH_LESSON, held, AMSTERDAM) == expected


def test_no_platforms_named_is_all_of_them() -> None:
    assert name_platforms(DUTCH_LESSON) == "all platforms"


def test_every_scope_and_state_has_its_words() -> None:
    assert set(SCOPES) == set(ExemptionScope)
    assert set(STATES) == set(ExemptionState)


def test_data_has_the_school_s_time_and_null_for_what_is_not_so() -> None:
    lesson_gone, room = json.loads(
        format_json(
            [ExemptionWithLesson(DUTCH_LESSON, None), ExemptionWithLesson(ROOM, None)],
            AMSTERDAM,
            at("10:00"),
        )
    )
    assert (lesson_gone["from"], lesson_gone["until"], lesson_gone["platforms"]) == (None,) * 3
    assert room["from"] == "2026-10-06T09:00:00+02:00"
    assert room["platforms"] == ["tiktok", "youtube"]
    assert room["state"] == "in force"
