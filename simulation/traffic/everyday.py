"""A school as hard to judge as a real one: pockets full of apps, pages with embeds, and use.

What is use is decided by what the person did, and not by what it looks like on the wire: looking
at a platform for two minutes or longer in a lesson, all together, or sending something, is use.
Less is a short look, a few seconds are a glance: neither is use, nor is anything that a device
does by itself or another page does. How long people look has no gap at the two minutes, and the
kinds overlap: a glance at clips carries more than a quarter of an hour of chatting.

Devices, habits and how often a platform is used are those of `simulation.traffic.behaviour`.
"""

from collections.abc import Iterator
from random import Random
from typing import override

from simulation.randomness import draw_lognormal, happens, seeded_random
from simulation.school.bells import BellSpan
from simulation.school.school import SimulatedDevice, SimulatedSchool
from simulation.traffic import platform_use
from simulation.traffic.background import choose_apps, make_background_traffic
from simulation.traffic.behaviour import (
    Behaviour,
    Decoy,
    PlatformUse,
    SpanActivity,
    UsageHabit,
    choose_platform,
    choose_platforms,
)
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import PlatformHosts
from simulation.traffic.page_visits import VISITS_PER_LESSON, PageVisit, make_visit
from simulation.traffic.platform_use import (
    MEDIAN_DURATIONS,
    PATTERNS,
    QUIC_SHARES,
    UseSession,
    choose_interface,
)
from simulation.traffic.uploads import UploadKind, choose_upload, upload

USE = 120.0
"""Seconds that somebody looks at a platform in a lesson, for it to be use."""
_GLANCES = 1.2
"""Times as often as use."""
_MOST_GLANCES = 0.5
_ONLY_SENDS = 0.4
_TIMES = (0.4, 0.3, 0.2, 0.1)
"""How often a platform is taken up once, twice, three or four times in a lesson."""


class EverydayBehaviour(Behaviour):
    """What the devices of such a school do."""

    def __init__(self, school: SimulatedSchool, seed: int) -> None:
        super().__init__(school, seed)
        self._apps = {d: choose_apps(seeded_random(seed, "apps", d.number)) for d in school.devices}

    @override
    def _live(
        self,
        device: SimulatedDevice,
        habit: UsageHabit,
        span: BellSpan,
        random: Random,
        done: SpanActivity,
    ) -> None:
        platforms = {hosts.platform: hosts for hosts in choose_platforms(habit, span, random)}
        for hosts in platforms.values():
            done.contacts += _look(device, hosts, span, random, done)
        if happens(random, min(_MOST_GLANCES, _GLANCES * habit.often)):
            hosts = choose_platform(habit, random)
            if hosts.platform not in platforms:
                done.contacts += _glances(device, hosts, span, random)
                done.noise.append(Decoy(device, hosts.platform, "glance"))
        for page, often in VISITS_PER_LESSON.items():
            if happens(random, often):
                done.contacts += _visit(device, page, span, random, done)
        done.contacts += make_background_traffic(device.address, self._apps[device], span, random)


def _look(
    device: SimulatedDevice,
    hosts: PlatformHosts,
    span: BellSpan,
    random: Random,
    done: SpanActivity,
) -> Iterator[SimulatedConnection]:
    """Look at a platform, once or a few times, and perhaps send something."""
    way = random.choice(PATTERNS[hosts.platform])
    sent = choose_upload(hosts.platform, random)
    talk = Conversation(
        device.address, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
    )
    if sent is not UploadKind.NOTHING and happens(random, _ONLY_SENDS):
        times = [random.uniform(15, 60)]
        doing = f"only sending a {sent}"
    else:
        times = list(_times(hosts, span, random))
        doing = way.value
    first = span.end
    for number, lasts in enumerate(times):
        begins = random.uniform(span.start, span.end - lasts - 10)
        looking = UseSession(talk, hosts, choose_interface(hosts, random), random)
        platform_use.use_platform(looking, way, begins, begins + lasts)
        if sent is not UploadKind.NOTHING and number == 0:
            upload(talk, hosts, sent, begins + random.uniform(0.1, 0.7) * lasts, random)
        first = min(first, begins)
    if sum(times) >= USE or sent is not UploadKind.NOTHING:
        done.acts.append(PlatformUse(first, device, hosts.platform, doing, sent.value))
    else:
        done.noise.append(Decoy(device, hosts.platform, "short look"))
    yield from talk.contacts()


def _times(hosts: PlatformHosts, span: BellSpan, random: Random) -> Iterator[float]:
    longest = (span.end - span.start) * 0.9
    for _ in range(random.choices((1, 2, 3, 4), _TIMES)[0]):
        yield draw_lognormal(random, MEDIAN_DURATIONS.get(hosts.platform, 300), 0.8, 10, longest)


def _glances(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    talk = Conversation(
        device.address, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
    )
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        looking = UseSession(talk, hosts, choose_interface(hosts, random), random)
        platform_use.glance_at(looking, random.uniform(span.start, span.end - 60))
    yield from talk.contacts()


def _visit(
    device: SimulatedDevice, page: PageVisit, span: BellSpan, random: Random, done: SpanActivity
) -> Iterator[SimulatedConnection]:
    talk = Conversation(device.address, span, quic=happens(random, 0.5))
    lasts = draw_lognormal(random, 300, 0.7, 45, (span.end - span.start) * 0.9)
    begins = random.uniform(span.start, span.end - lasts)
    platform = make_visit(talk, page, begins, begins + lasts, random)
    done.noise.append(Decoy(device, platform, page.value))
    yield from talk.contacts()
