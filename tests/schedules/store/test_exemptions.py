"""Exemptions in the store: kept as they were granted, for the lesson of the same name."""

import pytest

from schedules import store
from schedules.exemption import Exemptions, ExemptionScope
from schedules.exemption_rules import DenialReason, ExemptionDenied, grant_by_leadership
from schedules.lesson import LessonStatus
from schedules.problem import Refused
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, VAN_DALEN, YILDIZ, at, lesson
from tests.schedules.store.cast import (
    ART,
    DUTCH,
    MATHS,
    THURSDAY,
    audited,
    grant_dutch,
    grant_school,
    import_lessons,
)

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_an_exemption_is_stored_as_it_was_granted() -> None:
    import_lessons(DUTCH)
    wide, dutch = grant_school(), grant_dutch()
    assert store.list_exemptions() == (
        store.ExemptionWithLesson(dutch, DUTCH),
        store.ExemptionWithLesson(wide, None),
    )
    assert wide.number != dutch.number


def test_exemptions_are_in_force_for_the_timetable_that_they_are_loaded_with() -> None:
    import_lessons(DUTCH, MATHS)
    grant_dutch()
    timetable = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    exemptions = store.load_exemptions(timetable)
    assert exemptions.covers((DUTCH,), "B204", "", "youtube", at("08:30"))
    assert not exemptions.covers((MATHS,), "B204", "", "youtube", at("09:30"))
    grant_school()
    exemptions = store.load_exemptions(timetable)
    assert exemptions.covers((MATHS,), "B204", "", "youtube", at("09:30"))


def test_an_exemption_of_another_day_is_not_loaded() -> None:
    import_lessons(DUTCH, ART)
    grant_school()
    grant_dutch()
    thursday = store.load_exemptions(store.load_timetable(AMSTERDAM, THURSDAY, THURSDAY))
    assert thursday.newly_retroactive(Exemptions()) == ()
    assert not thursday.covers((DUTCH,), "B204", "", "youtube", at("09:00"))


def test_an_empty_timetable_has_no_exemptions() -> None:
    grant_school()
    nothing = store.load_exemptions(store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY))
    assert not nothing.covers((), "B204", "", "youtube", at("10:00"))


def test_an_exemption_stays_with_its_lesson_when_the_timetable_is_imported_again() -> None:
    import_lessons(DUTCH, MATHS)
    grant_dutch()
    moved = lesson(start="10:10", end="11:00", rooms=("B205",), status=LessonStatus.MOVED)
    import_lessons(moved, MATHS)
    timetable = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    exemptions = store.load_exemptions(timetable)
    there = timetable.lessons_at("B205", at("10:30"))
    assert exemptions.covers(there, "B205", "", "youtube", at("10:30"))


def test_a_revocation_ends_it_and_keeps_what_it_allowed() -> None:
    import_lessons(DUTCH)
    number = grant_dutch().number
    revoked = store.revoke_exemption(number, by=VAN_DALEN, is_leadership=False, now=at("09:00"))
    assert store.list_exemptions() == (store.ExemptionWithLesson(revoked, DUTCH),)
    exemptions = store.load_exemptions(store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY))
    assert exemptions.covers((DUTCH,), "B204", "", "youtube", at("08:59"))
    assert not exemptions.covers((DUTCH,), "B204", "", "youtube", at("09:00"))


def test_the_rules_of_revoking_hold_in_the_store() -> None:
    import_lessons(DUTCH)
    number = grant_dutch().number
    with pytest.raises(ExemptionDenied) as refused:
        store.revoke_exemption(number, by=BAKKER, is_leadership=False, now=at("09:00"))
    assert refused.value.reason is DenialReason.NOT_OWN_LESSON
    assert store.list_exemptions()[0].exemption.revoked_at is None
    assert audited()[-1] == ("exemption.granted", VAN_DALEN)


def test_revoking_what_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="'99'"):
        store.revoke_exemption(99, by=YILDIZ, is_leadership=True, now=at("09:00"))


def test_the_listing_leaves_out_what_is_over_or_revoked_when_asked() -> None:
    import_lessons(DUTCH, MATHS)
    dutch, early, late = grant_dutch(), grant_school("09:00", "10:00"), grant_school()
    store.revoke_exemption(grant_school().number, by=YILDIZ, is_leadership=True, now=at("08:30"))

    def current(clock: str) -> list[int]:
        return [entry.exemption.number for entry in store.list_exemptions(ending_after=at(clock))]

    assert current("09:00") == [late.number, early.number, dutch.number]
    assert current("09:20") == [late.number, early.number]
    assert current("10:00") == [late.number]
    assert current("12:00") == []


def numbers() -> set[int]:
    return {entry.exemption.number for entry in store.list_exemptions()}


def test_what_has_ended_is_deleted_and_what_lasts_stays() -> None:
    import_lessons(DUTCH, MATHS)
    dutch, early, late = grant_dutch(), grant_school("09:00", "09:20"), grant_school()
    assert store.count_exemptions_before(at("09:19")) == 0
    assert store.delete_exemptions_before(at("09:19")) == 0
    assert store.count_exemptions_before(at("09:20")) == 2
    assert store.delete_exemptions_before(at("09:20")) == 2
    assert numbers() == {late.number}
    assert {dutch.number, early.number}.isdisjoint(numbers())


def test_what_was_revoked_ended_then() -> None:
    import_lessons(DUTCH)
    revoked, lasting = grant_school(), grant_school()
    store.revoke_exemption(revoked.number, by=YILDIZ, is_leadership=True, now=at("10:00"))
    assert store.delete_exemptions_before(at("09:59")) == 0
    assert store.delete_exemptions_before(at("10:00")) == 1
    assert numbers() == {lasting.number}


def test_of_a_lesson_that_is_gone_only_what_was_granted_long_ago_is_deleted() -> None:
    import_lessons(DUTCH, MATHS)
    grant_dutch()
    import_lessons(MATHS)
    assert store.delete_exemptions_before(at("08:50")) == 0
    assert store.delete_exemptions_before(at("08:51")) == 1
    assert numbers() == set()


def test_a_lesson_that_moved_keeps_its_exemption_until_it_has_been_held() -> None:
    import_lessons(DUTCH, ART)
    number = grant_dutch().number
    import_lessons(lesson(start="10:10", end="11:00", status=LessonStatus.MOVED), ART)
    assert store.delete_exemptions_before(at("10:59")) == 0
    assert numbers() == {number}
    assert store.delete_exemptions_before(at("11:00")) == 1


def test_a_place_is_not_taken_for_a_lesson_of_that_name() -> None:
    import_lessons(lesson("B204"))
    wide = store.add_exemption(
        grant_by_leadership(
            ExemptionScope.ROOM,
            "B204",
            by=YILDIZ,
            platforms=None,
            start=at("09:00"),
            end=at("12:00"),
            now=at("08:00"),
            reason="open dag",
        )
    )
    assert store.delete_exemptions_before(at("11:59")) == 0
    assert numbers() == {wide.number}
