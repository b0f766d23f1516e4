"""Behaviour as hard to judge as in a real school: background apps, embeds, glances and use.

Use is decided by what the person does, and not by its traffic: looking at a platform for two
minutes or longer in a lesson, in total, or uploading something, is use. Less is a short look, a few
seconds are a glance: neither is use, nor is anything that a device or another page does by itself.
The durations have no gap at two minutes, and the kinds overlap: a glance at clips carries more than
a quarter of an hour of chatting.

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
    SimulatedUse,
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

MIN_USE_DURATION = 120.0
"""Seconds of looking at a platform in a lesson from which it is use."""
_GLANCE_FACTOR = 1.2
"""How many times as often as use."""
_MAX_GLANCE_PROBABILITY = 0.5
_UPLOAD_ONLY_SHARE = 0.4
_LOOK_COUNT_WEIGHTS = (0.4, 0.3, 0.2, 0.1)
"""How often a platform is looked at once, twice, three or four times in a lesson."""


class EverydayBehaviour(Behaviour):
    """What the devices of such a school do, by person and by themselves."""

    def __init__(self, school: SimulatedSchool, seed: int) -> None:
        super().__init__(school, seed)
        self._apps = {
            device: choose_apps(seeded_random(seed, "apps", device.number))
            for device in school.devices
        }

    @override
    def _simulate_device(
        self,
        device: SimulatedDevice,
        habit: UsageHabit,
        span: BellSpan,
        random: Random,
        activity: SpanActivity,
    ) -> None:
        platforms = {hosts.platform: hosts for hosts in choose_platforms(habit, span, random)}
        for hosts in platforms.values():
            activity.connections += _look(device, hosts, span, random, activity)
        if happens(random, min(_MAX_GLANCE_PROBABILITY, _GLANCE_FACTOR * habit.frequency)):
            hosts = choose_platform(habit, random)
            if hosts.platform not in platforms:
                activity.connections += _glance(device, hosts, span, random)
                activity.decoys.append(Decoy(device, hosts.platform, "glance"))
        for page, frequency in VISITS_PER_LESSON.items():
            if happens(random, frequency):
                activity.connections += _visit(device, page, span, random, activity)
        activity.connections += make_background_traffic(
            device.address, self._apps[device], span, random
        )


def _look(
    device: SimulatedDevice,
    hosts: PlatformHosts,
    span: BellSpan,
    random: Random,
    activity: SpanActivity,
) -> Iterator[SimulatedConnection]:
    """Look at a platform, once or a few times, and perhaps upload something."""
    pattern = random.choice(PATTERNS[hosts.platform])
    kind = choose_upload(hosts.platform, random)
    conversation = Conversation(
        device.address, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
    )
    if kind is not UploadKind.NOTHING and happens(random, _UPLOAD_ONLY_SHARE):
        durations = [random.uniform(15, 60)]
        description = f"only sending a {kind}"
    else:
        durations = list(_draw_durations(hosts, span, random))
        description = pattern.value
    first = span.end
    for number, duration in enumerate(durations):
        start = random.uniform(span.start, span.end - duration - 10)
        session = UseSession(conversation, hosts, choose_interface(hosts, random), random)
        platform_use.use_platform(session, pattern, start, start + duration)
        if kind is not UploadKind.NOTHING and number == 0:
            upload(conversation, hosts, kind, start + random.uniform(0.1, 0.7) * duration, random)
        first = min(first, start)
    if sum(durations) >= MIN_USE_DURATION or kind is not UploadKind.NOTHING:
        activity.uses.append(SimulatedUse(first, device, hosts.platform, description, kind.value))
    else:
        activity.decoys.append(Decoy(device, hosts.platform, "short look"))
    yield from conversation.connections()


def _draw_durations(hosts: PlatformHosts, span: BellSpan, random: Random) -> Iterator[float]:
    longest = (span.end - span.start) * 0.9
    for _ in range(random.choices((1, 2, 3, 4), _LOOK_COUNT_WEIGHTS)[0]):
        yield draw_lognormal(random, MEDIAN_DURATIONS.get(hosts.platform, 300), 0.8, 10, longest)


def _glance(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    conversation = Conversation(
        device.address, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
    )
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        session = UseSession(conversation, hosts, choose_interface(hosts, random), random)
        platform_use.glance_at(session, random.uniform(span.start, span.end - 60))
    yield from conversation.connections()


def _visit(
    device: SimulatedDevice, page: PageVisit, span: BellSpan, random: Random, activity: SpanActivity
) -> Iterator[SimulatedConnection]:
    conversation = Conversation(device.address, span, quic=happens(random, 0.5))
    duration = draw_lognormal(random, 300, 0.7, 45, (span.end - span.start) * 0.9)
    start = random.uniform(span.start, span.end - duration)
    platform = make_visit(conversation, page, start, start + duration, random)
    activity.decoys.append(Decoy(device, platform, page.value))
    yield from conversation.connections()
