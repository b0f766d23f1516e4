from monitor import catalogue
from monitor.activity.device_use import judge_sightings
from monitor.sighting import Sighting
from simulation.school.bells import bell_spans
from simulation.school.school import SimulatedSchool
from simulation.simulation import list_school_days
from simulation.traffic.behaviour import USED_IN_A_LESSON, Behaviour
from simulation.traffic.connection import make_sightings
from tests.simulation.cast import MONDAY, USUAL

BEHAVIOUR = Behaviour(USUAL.school, USUAL.seed)
FIRST_HOUR = bell_spans(MONDAY)[0]
BREAK = bell_spans(MONDAY)[3]


def test_the_same_seed_gives_the_same_doings_and_another_seed_gives_others() -> None:
    contacts = BEHAVIOUR.simulate_span(FIRST_HOUR).connections
    assert (
        Behaviour(SimulatedSchool(1_200), USUAL.seed).simulate_span(FIRST_HOUR).connections
        == contacts
    )
    assert (
        Behaviour(SimulatedSchool(1_200), USUAL.seed + 1).simulate_span(FIRST_HOUR).connections
        != contacts
    )


def test_nothing_crosses_a_bell() -> None:
    for span in (FIRST_HOUR, BREAK):
        seen = [s for c in BEHAVIOUR.simulate_span(span).connections for s in make_sightings(c)]
        assert all(span.start < s.timestamp < span.end for s in seen)


def test_about_one_device_in_eight_is_used_in_a_lesson_and_more_in_a_break() -> None:
    devices = len(USUAL.school.devices)
    week = [span for day in list_school_days(MONDAY, 5) for span in bell_spans(day)]
    used = {
        span: len({act.device for act in BEHAVIOUR.simulate_span(span).uses}) / devices
        for span in week
    }
    in_lessons = [share for span, share in used.items() if span.hour]
    assert abs(sum(in_lessons) / len(in_lessons) - USED_IN_A_LESSON) < 0.02
    assert used[BREAK] > max(in_lessons)


def test_a_few_devices_are_used_much_more_than_most() -> None:
    week = [span for day in list_school_days(MONDAY, 5) for span in bell_spans(day) if span.hour]
    hours = dict.fromkeys((device.number for device in USUAL.school.devices), 0)
    for span in week:
        for number in {act.device.number for act in BEHAVIOUR.simulate_span(span).uses}:
            hours[number] += 1
    most = sorted(hours.values(), reverse=True)
    assert sum(most[: len(most) // 10]) > 0.3 * sum(most)


def test_what_is_use_is_clear_of_the_bounds_and_what_is_not_is_too() -> None:
    """So what is true does not depend on seconds, or on how a sensor tells a connection."""
    known = catalogue.load_catalogue()
    doings = BEHAVIOUR.simulate_span(FIRST_HOUR)
    seen: dict[bytes, list[Sighting]] = {}
    for sighting in (s for contact in doings.connections for s in make_sightings(contact)):
        seen.setdefault(sighting.client, []).append(sighting)
    used = {
        (client, platform) for client in seen for platform in judge_sightings(seen[client], known)
    }
    assert used == {(act.device.address, act.platform) for act in doings.uses}
    assert len(used) < len(seen)


def test_a_live_school_can_play_it() -> None:
    """All that 1,200 devices carry in a lesson hour."""
    carried = sum(
        contact.up + contact.down for contact in BEHAVIOUR.simulate_span(FIRST_HOUR).connections
    )
    assert carried < 400_000_000
