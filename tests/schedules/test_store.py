"""The store of lessons and exemptions: whole, audited, and with a version that readers watch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schedules import store
from schedules.difference import Difference
from schedules.exemption import Exemption, Exemptions, Scope
from schedules.granting import Denial, NotAllowed, grant_leadership, grant_lesson
from schedules.lesson import Lesson, Status
from schedules.models import Action, AuditEntry, LessonRow, PauseRow, TimetableImport
from schedules.pause import Pause
from schedules.problem import Refused
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, VAN_DALEN, YILDIZ, at, lesson

pytestmark = [pytest.mark.store, pytest.mark.django_db]

WEDNESDAY = TUESDAY + timedelta(days=1)
THURSDAY = TUESDAY + timedelta(days=2)
DUTCH = lesson()
MATHS = lesson("maths", "09:20", "10:10", period="2", teachers=(BAKKER,))
ART = lesson("art", day=THURSDAY, groups=("h3a", "h3b"), rooms=(), status=Status.NEW)
YOUTUBE = frozenset({"youtube"})


def take(*lessons: Lesson, source: str = "csv") -> Difference:
    return store.import_timetable(
        lessons, source=source, by="beheer", now=at("07:00"), zone=AMSTERDAM
    )


def stored(first: date = TUESDAY, last: date = THURSDAY) -> list[Lesson]:
    return list(store.load_timetable(AMSTERDAM, first, last).lessons)


def grant_dutch(**changes: object) -> Exemption:
    asked = grant_lesson(DUTCH, teacher=VAN_DALEN, platforms=YOUTUBE, now=at("08:50"))
    return store.grant(replace(asked, **changes))  # type: ignore[arg-type]


def grant_school(start: str = "09:00", end: str = "12:00") -> Exemption:
    return store.grant(
        grant_leadership(
            Scope.SCHOOL,
            "",
            by=YILDIZ,
            platforms=None,
            start=at(start),
            end=at(end),
            now=at("08:00"),
            reason="open dag",
        )
    )


def audited() -> list[tuple[str, str]]:
    return [(entry.action, entry.by) for entry in AuditEntry.objects.all()]


def test_what_is_imported_is_loaded_as_it_was() -> None:
    assert take(DUTCH, MATHS, ART) == Difference((DUTCH, MATHS, ART), (), (), same=0)
    assert stored() == [DUTCH, MATHS, ART]
    assert store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY).zone == AMSTERDAM


def test_only_the_days_asked_for_are_loaded() -> None:
    early = lesson("early", "00:10", "01:00", day=WEDNESDAY)
    take(DUTCH, early, ART)
    assert stored(WEDNESDAY, WEDNESDAY) == [early]
    assert stored(TUESDAY, TUESDAY) == [DUTCH]


def test_one_lesson_is_found_by_its_name() -> None:
    take(DUTCH, MATHS)
    assert store.lesson("maths") == MATHS
    assert store.lesson("art") is None


def test_a_new_version_replaces_its_days_and_leaves_the_others() -> None:
    gone = lesson("gone", day=WEDNESDAY)
    take(DUTCH, MATHS, gone, ART)
    moved = replace(MATHS, rooms=("B205",), status=Status.MOVED)
    new = lesson("new", day=WEDNESDAY)
    assert take(moved, DUTCH, new) == Difference((new,), (moved,), (gone,), same=1)
    assert stored() == [DUTCH, moved, new, ART]


def test_a_lesson_that_moves_into_the_days_of_the_new_version_is_changed_and_not_twice_there() -> (
    None
):
    take(DUTCH, ART)
    moved = lesson("art", "10:10", "11:00", rooms=("B204",), status=Status.MOVED)
    assert take(DUTCH, moved) == Difference((), (moved,), (), same=1)
    assert stored() == [DUTCH, moved]


def test_comparing_changes_nothing() -> None:
    take(DUTCH)
    before = store.version()
    changes = store.compare([MATHS], source="csv", zone=AMSTERDAM)
    assert changes == Difference((MATHS,), (), (DUTCH,), same=0)
    assert stored() == [DUTCH]
    assert store.version() == before


def test_the_lessons_of_another_source_stay() -> None:
    take(DUTCH, source="main building")
    take(MATHS, source="annexe")
    assert stored() == [DUTCH, MATHS]


def test_a_name_that_another_source_uses_is_refused_and_nothing_is_applied() -> None:
    take(DUTCH, source="main building")
    before = store.version()
    with pytest.raises(Refused, match="main building"):
        take(MATHS, lesson(rooms=("X1",)), source="annexe")
    assert stored() == [DUTCH]
    assert store.version() == before


def test_an_import_that_fails_halfway_leaves_everything_as_it_was() -> None:
    take(DUTCH)

    def fail(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        store.import_timetable([MATHS], source="csv", by="", now=0, zone=AMSTERDAM, progress=fail)
    assert stored() == [DUTCH]
    assert audited() == [("timetable.imported", "beheer")]


def test_what_an_import_will_change_is_shown_before_anything_is_written() -> None:
    take(DUTCH)
    shown: list[tuple[Difference, list[Lesson]]] = []
    lessons = [DUTCH, ART]

    def show(changes: Difference) -> None:
        shown.append((changes, stored()))

    done = store.import_timetable(lessons, source="csv", by="", now=0, zone=AMSTERDAM, show=show)
    assert shown == [(done, [DUTCH])]
    assert stored() == lessons


def test_a_timetable_without_lessons_is_refused() -> None:
    with pytest.raises(Refused, match="no lesson"):
        take()


def test_an_import_is_a_version_of_its_source() -> None:
    take(DUTCH, ART)
    version = TimetableImport.objects.get()
    assert (version.source, version.by, version.lessons) == ("csv", "beheer", 2)
    assert (version.first_day, version.last_day) == (TUESDAY, THURSDAY)
    assert {row.taken_from for row in LessonRow.objects.all()} == {version}


def test_progress_counts_every_row_that_is_written() -> None:
    told: list[int] = []
    lessons = [lesson(f"lesson {number}") for number in range(1200)]
    store.import_timetable(
        lessons, source="csv", by="", now=0, zone=AMSTERDAM, progress=told.append
    )
    assert sum(told) == 1200
    assert len(told) > 1


def test_an_exemption_is_stored_as_it_was_granted() -> None:
    take(DUTCH)
    wide, dutch = grant_school(), grant_dutch()
    assert store.listing() == (store.Granted(dutch, DUTCH), store.Granted(wide, None))
    assert wide.number != dutch.number


def test_exemptions_are_in_force_for_the_timetable_that_they_are_loaded_with() -> None:
    take(DUTCH, MATHS)
    grant_dutch()
    timetable = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    exemptions = store.load_exemptions(timetable)
    assert exemptions.covers((DUTCH,), "B204", "", "youtube", at("08:30"))
    assert not exemptions.covers((MATHS,), "B204", "", "youtube", at("09:30"))
    grant_school()
    exemptions = store.load_exemptions(timetable)
    assert exemptions.covers((MATHS,), "B204", "", "youtube", at("09:30"))


def test_an_exemption_of_another_day_is_not_loaded() -> None:
    take(DUTCH, ART)
    grant_school()
    grant_dutch()
    thursday = store.load_exemptions(store.load_timetable(AMSTERDAM, THURSDAY, THURSDAY))
    assert thursday.since(Exemptions()) == ()
    assert not thursday.covers((DUTCH,), "B204", "", "youtube", at("09:00"))


def test_an_empty_timetable_has_no_exemptions() -> None:
    grant_school()
    nothing = store.load_exemptions(store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY))
    assert not nothing.covers((), "B204", "", "youtube", at("10:00"))


def test_an_exemption_stays_with_its_lesson_when_the_timetable_is_imported_again() -> None:
    take(DUTCH, MATHS)
    grant_dutch()
    moved = lesson(start="10:10", end="11:00", rooms=("B205",), status=Status.MOVED)
    take(moved, MATHS)
    timetable = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    exemptions = store.load_exemptions(timetable)
    there = timetable.at("B205", at("10:30"))
    assert exemptions.covers(there, "B205", "", "youtube", at("10:30"))


def test_a_revocation_ends_it_and_keeps_what_it_allowed() -> None:
    take(DUTCH)
    number = grant_dutch().number
    revoked = store.revoke(number, by=VAN_DALEN, is_leadership=False, now=at("09:00"))
    assert store.listing() == (store.Granted(revoked, DUTCH),)
    exemptions = store.load_exemptions(store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY))
    assert exemptions.covers((DUTCH,), "B204", "", "youtube", at("08:59"))
    assert not exemptions.covers((DUTCH,), "B204", "", "youtube", at("09:00"))


def test_the_rules_of_revoking_hold_in_the_store() -> None:
    take(DUTCH)
    number = grant_dutch().number
    with pytest.raises(NotAllowed) as refused:
        store.revoke(number, by=BAKKER, is_leadership=False, now=at("09:00"))
    assert refused.value.denial is Denial.NOT_OWN_LESSON
    assert store.listing()[0].exemption.revoked_at is None
    assert audited()[-1] == ("exemption.granted", VAN_DALEN)


def test_revoking_what_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="'99'"):
        store.revoke(99, by=YILDIZ, is_leadership=True, now=at("09:00"))


def test_the_listing_leaves_out_what_is_over_or_revoked_when_asked() -> None:
    take(DUTCH, MATHS)
    dutch, early, late = grant_dutch(), grant_school("09:00", "10:00"), grant_school()
    store.revoke(grant_school().number, by=YILDIZ, is_leadership=True, now=at("08:30"))

    def current(clock: str) -> list[int]:
        return [each.exemption.number for each in store.listing(ending_after=at(clock))]

    assert current("09:00") == [late.number, early.number, dutch.number]
    assert current("09:20") == [late.number, early.number]
    assert current("10:00") == [late.number]
    assert current("12:00") == []


def test_every_change_raises_the_version_and_is_audited() -> None:
    seen = [store.version()]
    take(DUTCH)
    seen.append(store.version())
    number = grant_dutch().number
    seen.append(store.version())
    store.revoke(number, by=YILDIZ, is_leadership=True, now=at("09:00"))
    seen.append(store.version())
    assert seen == sorted(set(seen))
    assert audited() == [
        ("timetable.imported", "beheer"),
        ("exemption.granted", VAN_DALEN),
        ("exemption.revoked", YILDIZ),
    ]
    granted = AuditEntry.objects.get(action="exemption.granted")
    assert granted.subject == f"exemption {number}"
    assert granted.at.timestamp() == at("08:50")


def order(start: str = "09:00", end: str = "12:00", reason: str = "open dag") -> Pause:
    return store.pause(Pause(start=at(start), end=at(end), by="ict", reason=reason))


def test_an_interruption_is_kept_audited_and_seen_by_its_version() -> None:
    before = store.version()
    made = order()
    assert store.version() == before + 1
    assert store.pauses(at("08:00")) == (made,)
    assert made.number == PauseRow.objects.get().pk
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by) == (Action.MEASURING_PAUSED, "ict")
    assert entry.subject == f"pause {made.number}"
    assert "open dag" not in str(vars(entry))


def test_interruptions_are_listed_from_a_moment_on_in_the_order_in_which_they_began() -> None:
    late, early = order("10:00", "11:00"), order("08:00", "09:00")
    assert store.pauses(at("08:30")) == (early, late)
    assert store.pauses(at("09:00")) == (late,)
    assert store.pauses(at("11:00")) == ()


def test_measuring_goes_on_before_the_end_and_what_was_interrupted_stays_known() -> None:
    order("08:00", "08:30")
    made = order()
    before = store.version()
    assert store.resume(by="yil", now=at("10:00"))
    assert store.version() == before + 1
    assert store.pauses(at("10:00")) == ()
    assert store.pauses(at("09:30")) == (replace(made, end=at("10:00")),)
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.by) == (Action.MEASURING_RESUMED, "yil")
    assert PauseRow.objects.count() == 2


def test_all_that_last_end_together() -> None:
    order("09:00", "12:00")
    order("09:10", "13:00")
    store.resume(by="yil", now=at("10:00"))
    assert {pause.end for pause in store.pauses(at("09:00"))} == {at("10:00")}


def test_where_nothing_is_interrupted_nothing_is_resumed_or_audited() -> None:
    order("08:00", "08:30")
    assert not store.resume(by="yil", now=at("10:00"))
    assert AuditEntry.objects.count() == 1


def test_it_is_known_when_something_last_changed() -> None:
    assert (store.changed_at(), store.imported_at()) == (0.0, None)
    take(DUTCH)
    assert store.changed_at() == store.imported_at() == at("07:00")
    order("09:00", "12:00")
    assert (store.changed_at(), store.imported_at()) == (at("09:00"), at("07:00"))
