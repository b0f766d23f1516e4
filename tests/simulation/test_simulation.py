"""What is counted as true, and that the simulated days hold what has to be left out."""

from collections import Counter

from monitor.release.tables import R1, R2
from schedules.calendar import monday
from simulation.school.bells import BellSpan, bell_spans
from simulation.school.lessons import CANCELLED, MOVED, list_lessons
from simulation.school.school import PupilGroup
from simulation.simulation import list_school_days
from simulation.traffic.behaviour import Behaviour, SimulatedUse
from tests.simulation.cast import MONDAY, USUAL

FIRST_HOUR = bell_spans(MONDAY)[0]
BEHAVIOUR = Behaviour(USUAL.school, USUAL.seed)


def acts(span: BellSpan = FIRST_HOUR) -> list[SimulatedUse]:
    return BEHAVIOUR.simulate_span(span).uses


def counted(span: BellSpan = FIRST_HOUR) -> set[SimulatedUse]:
    return set(USUAL.select_counted(span, acts(span)))


def groups(status: str) -> list[PupilGroup]:
    lessons = list_lessons(USUAL.school, FIRST_HOUR, USUAL.seed)
    return [lesson.group for lesson in lessons if lesson.status == status]


def test_use_by_staff_and_in_unknown_places_does_not_count() -> None:
    week = [span for day in list_school_days(MONDAY, 5) for span in bell_spans(day)]
    others = [act for span in week for act in acts(span) if act.device.group is None]
    assert others
    assert not [act for span in week for act in counted(span) if act.device.group is None]


def test_use_in_a_break_does_not_count() -> None:
    span = next(span for span in bell_spans(MONDAY) if not span.hour)
    assert acts(span)
    assert not counted(span)


def test_use_without_a_lesson_does_not_count() -> None:
    """A free hour, or a lesson that is cancelled."""
    with_lesson = {lesson.group for lesson in list_lessons(USUAL.school, FIRST_HOUR, USUAL.seed)}
    free = [act for act in acts() if act.device.group not in with_lesson]
    assert free
    assert not counted() & set(free)
    assert not [act for act in counted() if act.device.group in groups(CANCELLED)]


def test_use_in_a_moved_lesson_counts_where_it_is_now() -> None:
    moved = [act for act in acts() if act.device.group in groups(MOVED)]
    assert moved
    assert set(moved) <= counted()


def test_what_is_allowed_does_not_count() -> None:
    layer = USUAL.list_exemptions((MONDAY,))[1].layer
    allowed = [act for act in acts() if act.device.group and act.device.group.layer == layer]
    assert allowed
    assert not counted() & set(allowed)


def test_some_devices_reach_the_bounds_of_a_day() -> None:
    hours, platforms = Counter[int](), dict[int, set[str]]()
    for span in bell_spans(MONDAY):
        found = counted(span)
        hours.update({act.device.number for act in found})
        for act in found:
            platforms.setdefault(act.device.number, set()).add(act.platform)
    assert max(hours.values()) > R1.cap
    assert max(map(len, platforms.values())) > R2.cap


def test_days_and_weeks() -> None:
    assert [day.isoformat() for day in list_school_days(MONDAY, 6)][-1] == "2026-11-30"
    assert monday(list_school_days(MONDAY, 5)[-1]) == MONDAY
