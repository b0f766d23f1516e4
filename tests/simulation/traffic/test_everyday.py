"""The school of every day: what is true there is what people did."""

from collections import Counter
from functools import cache

from simulation.school.bells import bell_spans
from simulation.school.school import SimulatedSchool
from simulation.traffic.behaviour import SpanActivity
from simulation.traffic.connection import make_sightings
from simulation.traffic.everyday import EverydayBehaviour
from tests.simulation.cast import MONDAY, USUAL

HOUR, BREAK = bell_spans(MONDAY)[0], bell_spans(MONDAY)[3]


@cache
def doings() -> SpanActivity:
    return EverydayBehaviour(USUAL.school, USUAL.seed).simulate_span(HOUR)


def test_the_same_seed_gives_the_same_doings_and_another_seed_gives_others() -> None:
    again = EverydayBehaviour(SimulatedSchool(1_200), USUAL.seed).simulate_span(HOUR)
    assert (again.connections, len(again.uses)) == (doings().connections, len(doings().uses))
    assert (
        EverydayBehaviour(SimulatedSchool(1_200), USUAL.seed + 1).simulate_span(HOUR).connections
        != again.connections
    )


def test_nothing_crosses_a_bell() -> None:
    for span in (HOUR, BREAK):
        for contact in EverydayBehaviour(SimulatedSchool(48), 1).simulate_span(span).connections:
            assert all(span.start <= s.timestamp < span.end for s in make_sightings(contact))


def test_every_kind_of_use_and_of_noise_is_there() -> None:
    ways = {act.pattern for act in doings().uses}
    assert ways >= {"scrolling", "clips", "film", "chat", "reading", "only sending a photo"}
    assert {act.upload for act in doings().uses} >= {"", "photo", "film"}
    noise = Counter(decoy.kind for decoy in doings().decoys)
    assert noise.keys() >= {
        "glance",
        "short look",
        "newspaper with embeds",
        "film in a lesson's page",
        "link preview",
        "signing in with",
    }
    assert len({act.platform for act in doings().uses}) >= 7


def test_about_one_device_in_eight_is_used_and_nearly_all_contact_platforms() -> None:
    used = {act.device for act in doings().uses}
    assert 0.06 < len(used) / len(doings().present) < 0.2
    contacting = {contact.client for contact in doings().connections}
    assert len(contacting) / len(doings().present) > 0.9


def test_use_and_noise_overlap_in_what_they_carry() -> None:
    """A rule that only added up bytes would not do."""
    carried = Counter[bytes]()
    for contact in doings().connections:
        carried[contact.client] += contact.up + contact.down
    used = {act.device.address for act in doings().uses}
    glanced = {decoy.device.address for decoy in doings().decoys if decoy.kind == "glance"}
    assert max(carried[address] for address in glanced - used) > 10 * min(
        carried[address] for address in used
    )


def test_some_of_it_is_quic() -> None:
    quic = sum(contact.quic for contact in doings().connections)
    assert 0.1 < quic / len(doings().connections) < 0.6
