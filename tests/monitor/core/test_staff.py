"""Staff have one weekly figure, where they consented and it is known which devices are theirs."""

from dataclasses import replace
from datetime import timedelta

from monitor.place import PersonRole, Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingSource, SessionUpdate
from monitor.release.tables import DRAWN, R1, R3, S1
from monitor.sighting import Sighting
from tests.cast import MONDAY, at, client, lessons, school_snapshot, use
from tests.monitor.core.living import NEXT_MONDAY, Day

COLLEAGUE = bytes((10, 1, 0, 1))


def week(*sightings: Sighting) -> Day:
    return Day(school_snapshot(counts_staff=True)).until(NEXT_MONDAY, *sightings)


def of_staff(*sightings: Sighting) -> int | None:
    return week(*sightings).counts(S1).get(("", "", ""), 0)


def test_it_counts_the_lesson_hours_in_which_their_devices_were_active() -> None:
    assert of_staff(*use(at(8, 40), COLLEAGUE), *use(at(9, 40), COLLEAGUE)) == 2
    assert of_staff(*use(at(8, 40), COLLEAGUE), *use(at(8, 40), bytes((10, 1, 0, 2)))) == 2


def test_pupils_are_not_in_it() -> None:
    day = week(*use(at(8, 40)), *use(at(8, 40), client("102")))
    assert (day.counts(R1), day.counts(S1)) == ({("1", "", ""): 2}, {})


def test_there_is_none_without_consent_or_where_nothing_tells_staff() -> None:
    staff = use(at(8, 40), COLLEAGUE)
    for held in (
        school_snapshot(),
        replace(school_snapshot(counts_staff=True), has_staff_figure=False),
        replace(school_snapshot(), has_staff_figure=True),
    ):
        day = Day(held).until(NEXT_MONDAY, *staff)
        assert not any(S1 in closed.counts for closed in day.closed)


def test_there_is_none_of_a_week_at_whose_end_the_consent_is_withdrawn_nor_after() -> None:
    """A configuration that is reloaded leaves the tables as they were at the start."""
    next_week = [MONDAY, MONDAY + timedelta(days=7)]
    held = school_snapshot(lessons(next_week), counts_staff=True)
    day = Day(held).until(at(18), *use(at(8, 40), COLLEAGUE))
    day.core.snapshot = replace(held, counts_staff=False, rules="without consent")
    day.until(NEXT_MONDAY + 7 * 86_400.0)
    assert not any(S1 in closed.counts for closed in day.closed)


def test_no_other_figure_changes_by_it() -> None:
    staff = use(at(8, 40), COLLEAGUE)
    with_figure = week(*staff)
    without = Day(replace(school_snapshot(counts_staff=True), has_staff_figure=False)).until(
        NEXT_MONDAY, *staff
    )
    assert all(with_figure.counts(table) == without.counts(table) for table in DRAWN)


def test_what_was_a_pupils_at_any_time_of_the_day_is_not_in_it() -> None:
    """It may be in the tables by layer, and would lose more than is promised."""
    phone = bytes((10, 99, 0, 1))
    staff, pupil = Place("101", role=PersonRole.STAFF), Place("101")
    for first, then, hours, of_layers in (
        (staff, staff, 2, 0),
        (staff, pupil, None, 1),
        (pupil, staff, None, 1),
    ):
        register, day = BindingTable(), Day(school_snapshot(counts_staff=True))
        for place, moment in ((first, at(8, 30)), (then, at(9, 25))):
            update = SessionUpdate(BindingSource.RADIUS, b"s", (phone,), place, moment, at(18))
            register.record(update)
            day.core.bindings = register.snapshot()
            day.until(moment + 900, *use(moment + 60, phone))
        day.until(NEXT_MONDAY)
        assert day.counts(S1).get(("", "", "")) == hours
        assert sum(count or 0 for count in day.counts(R3).values()) == of_layers


def test_who_is_a_pupil_and_staff_in_one_lesson_is_a_pupil() -> None:
    phone = bytes((10, 99, 0, 1))
    register, day = BindingTable(), Day(school_snapshot(counts_staff=True))
    for role, moment in ((PersonRole.STAFF, at(8, 30)), (PersonRole.PUPIL, at(8, 40))):
        place = Place("101", role=role)
        update = SessionUpdate(BindingSource.RADIUS, b"s", (phone,), place, moment, at(18))
        register.record(update)
        day.core.bindings = register.snapshot()
        day.until(moment + 500, *use(moment + 60, phone))
    assert day.until(NEXT_MONDAY).counts(S1) == {}
