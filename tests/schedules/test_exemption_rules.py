"""Who may allow what: teachers in their own lessons, the leadership anywhere."""

from dataclasses import replace
from typing import Any

import pytest

from schedules.exemption import Exemption, ExemptionScope, TimeSpan
from schedules.exemption_rules import (
    MAX_EXEMPTION_DURATION,
    MAX_REASON_LENGTH,
    DenialReason,
    ExemptionDenied,
    explain_denial,
    grant_by_leadership,
    grant_for_lesson,
    revoke,
)
from schedules.language import Language, override
from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import BAKKER, VAN_DALEN, YILDIZ, at, lesson

DUTCH = lesson()
YOUTUBE = frozenset({"youtube"})


def grant(given: Lesson = DUTCH, **changes: Any) -> Exemption:
    """Mevrouw Van Dalen allows YouTube at ten to nine, in what is not said otherwise."""
    asked: dict[str, Any] = {"teacher": VAN_DALEN, "platforms": YOUTUBE, "now": at("08:50")}
    return grant_for_lesson(given, **{**asked, **changes})


def grant_wide(
    scope: ExemptionScope = ExemptionScope.ROOM, target: str = "B204", **changes: Any
) -> Exemption:
    """Mevrouw Yildiz allows YouTube this morning, in what is not said otherwise."""
    asked: dict[str, Any] = {
        "by": YILDIZ,
        "platforms": YOUTUBE,
        "start": at("09:00"),
        "end": at("12:00"),
        "now": at("08:00"),
        "reason": "profielwerkstuk",
    }
    return grant_by_leadership(scope, target, **{**asked, **changes})


def denial(why: pytest.ExceptionInfo[ExemptionDenied]) -> DenialReason:
    return why.value.reason


def test_a_teacher_allows_a_platform_in_her_own_lesson_from_its_start() -> None:
    granted = grant(reason=" presentaties ")
    assert (granted.scope, granted.target) == (ExemptionScope.LESSON, "dutch")
    assert (granted.granted_by, granted.platforms) == (VAN_DALEN, YOUTUBE)
    assert granted.reason == "presentaties"
    assert granted.time_span(DUTCH) == TimeSpan(at("08:30"), at("09:20"))
    assert granted.is_from_start


def test_or_from_now() -> None:
    granted = grant(from_start=False)
    assert granted.time_span(DUTCH) == TimeSpan(at("08:50"), at("09:20"))
    assert not granted.is_from_start


def test_or_all_platforms_or_before_the_lesson() -> None:
    assert grant(platforms=None).platforms is None
    assert grant(now=at("07:00")).time_span(DUTCH) == TimeSpan(at("08:30"), at("09:20"))


def test_each_teacher_of_a_lesson_may_and_the_case_of_the_code_does_not_matter() -> None:
    together = lesson(teachers=(VAN_DALEN.upper(), BAKKER))
    for teacher in (VAN_DALEN, BAKKER.upper()):
        assert grant(together, teacher=teacher).target == together.instance


@pytest.mark.parametrize(
    ("given", "changes", "why"),
    [
        (DUTCH, {"teacher": BAKKER}, DenialReason.NOT_OWN_LESSON),
        (DUTCH, {"teacher": ""}, DenialReason.NOT_OWN_LESSON),
        (lesson(teachers=()), {}, DenialReason.NOT_OWN_LESSON),
        (lesson(status=LessonStatus.CANCELLED), {}, DenialReason.CANCELLED),
        (DUTCH, {"now": at("09:20")}, DenialReason.OVER),
        (DUTCH, {"platforms": frozenset()}, DenialReason.NO_PLATFORM),
        (DUTCH, {"reason": "x" * (MAX_REASON_LENGTH + 1)}, DenialReason.REASON_TOO_LONG),
        (DUTCH, {"reason": "two\nlines"}, DenialReason.REASON_NOT_TEXT),
    ],
)
def test_a_teacher_may_not(given: Lesson, changes: dict[str, Any], why: DenialReason) -> None:
    with pytest.raises(ExemptionDenied) as refused:
        grant(given, **changes)
    assert denial(refused) is why


@pytest.mark.parametrize(
    ("scope", "target"),
    [(ExemptionScope.ROOM, "B204"), (ExemptionScope.LAYER, "havo 3"), (ExemptionScope.SCHOOL, "")],
)
def test_the_leadership_allows_it_for_a_place_over_a_time(
    scope: ExemptionScope, target: str
) -> None:
    granted = grant_wide(scope, target)
    assert (granted.scope, granted.target, granted.granted_by) == (scope, target, YILDIZ)
    assert granted.time_span(None) == TimeSpan(at("09:00"), at("12:00"))
    assert not granted.is_from_start


def test_the_leadership_never_looks_back() -> None:
    assert grant_wide(now=at("10:00")).time_span(None) == TimeSpan(at("10:00"), at("12:00"))


def test_what_is_past_does_not_make_a_time_too_long() -> None:
    granted = grant_wide(start=at("09:00") - MAX_EXEMPTION_DURATION, now=at("10:00"))
    assert granted.start == at("10:00")


@pytest.mark.parametrize(
    ("scope", "target", "changes", "why"),
    [
        (ExemptionScope.LESSON, "dutch", {}, DenialReason.NOT_OWN_LESSON),
        (ExemptionScope.ROOM, "", {}, DenialReason.NO_PLACE),
        (ExemptionScope.LAYER, "", {}, DenialReason.NO_PLACE),
        (ExemptionScope.SCHOOL, "B204", {}, DenialReason.NO_PLACE),
        (ExemptionScope.ROOM, "B204", {"by": " "}, DenialReason.NO_GRANTER),
        (ExemptionScope.ROOM, "B204", {"platforms": frozenset()}, DenialReason.NO_PLATFORM),
        (ExemptionScope.ROOM, "B204", {"reason": " "}, DenialReason.NO_REASON),
        (
            ExemptionScope.ROOM,
            "B204",
            {"reason": "x" * (MAX_REASON_LENGTH + 1)},
            DenialReason.REASON_TOO_LONG,
        ),
        (ExemptionScope.ROOM, "B204", {"end": at("09:00")}, DenialReason.ENDS_BEFORE_START),
        (ExemptionScope.ROOM, "B204", {"now": at("12:00")}, DenialReason.OVER),
        (
            ExemptionScope.SCHOOL,
            "",
            {"end": at("09:00") + MAX_EXEMPTION_DURATION + 1},
            DenialReason.TOO_LONG,
        ),
    ],
)
def test_the_leadership_may_not(
    scope: ExemptionScope, target: str, changes: dict[str, Any], why: DenialReason
) -> None:
    with pytest.raises(ExemptionDenied) as refused:
        grant_wide(scope, target, **changes)
    assert denial(refused) is why


@pytest.mark.parametrize(
    ("by", "is_leadership"), [(VAN_DALEN, False), (BAKKER.upper(), False), (YILDIZ, True)]
)
def test_a_teacher_of_the_lesson_and_the_leadership_revoke(by: str, is_leadership: bool) -> None:
    together = lesson(teachers=(VAN_DALEN, BAKKER))
    revoked = revoke(grant(together), together, by=by, is_leadership=is_leadership, now=at("09:00"))
    assert revoked.revoked_by == by
    assert revoked.time_span(together) == TimeSpan(at("08:30"), at("09:00"))


def test_who_granted_it_revokes_it_also_when_someone_else_teaches_the_lesson_now() -> None:
    stand_in = lesson(teachers=(BAKKER,))
    for now_taught in (stand_in, None):
        revoked = revoke(grant(), now_taught, by=VAN_DALEN, is_leadership=False, now=at("09:00"))
        assert revoked.revoked_at == at("09:00")


def test_a_clock_that_runs_behind_does_not_revoke_before_the_grant() -> None:
    revoked = revoke(grant(), DUTCH, by=VAN_DALEN, is_leadership=False, now=at("08:40"))
    assert revoked.revoked_at == at("08:50")


@pytest.mark.parametrize(
    ("exemption", "by", "is_leadership", "clock", "why"),
    [
        (grant(), BAKKER, False, "09:00", DenialReason.NOT_OWN_LESSON),
        (grant(), "", True, "09:00", DenialReason.NO_GRANTER),
        (grant(), "x" * 101, True, "09:00", DenialReason.NO_GRANTER),
        (grant(), "two\nlines", True, "09:00", DenialReason.NO_GRANTER),
        (grant(), VAN_DALEN, False, "09:20", DenialReason.OVER),
        (replace(grant(), revoked_at=at("08:55")), YILDIZ, True, "09:00", DenialReason.REVOKED),
        (grant_wide(), YILDIZ, False, "09:00", DenialReason.NOT_OWN_LESSON),
        (grant_wide(), YILDIZ, True, "12:00", DenialReason.OVER),
    ],
)
def test_not_revoked(
    exemption: Exemption, by: str, is_leadership: bool, clock: str, why: DenialReason
) -> None:
    with pytest.raises(ExemptionDenied) as refused:
        revoke(exemption, DUTCH, by=by, is_leadership=is_leadership, now=at(clock))
    assert denial(refused) is why


def test_what_is_not_allowed_says_why() -> None:
    said = "The lesson is cancelled: there is nothing to allow."
    assert str(ExemptionDenied(DenialReason.CANCELLED)) == said


@pytest.mark.parametrize("reason", DenialReason)
def test_why_not_is_said_in_a_sentence(reason: DenialReason) -> None:
    with override(Language.DUTCH):
        dutch = explain_denial(reason)
    assert dutch.endswith((".", "?"))
    assert dutch != explain_denial(reason)
