"""What the simulated devices do in a lesson hour or a break, and which of it is use.

This behaviour is easy to judge, and is also played live; `simulation.traffic.everyday` is as hard
to judge as a real school.

How often a device is used differs much: most pupils hardly look, a few nearly always do. There is
also traffic that is no use, because Lesrust has to tell the two apart: a glance, an app that polls
in a pocket, push messages, widgets, signing in, and hostnames that only look like a platform's.
Each use is well beyond the bounds in `monitor.activity.active_use`, so that the truth does
not depend on seconds, also when a live school runs late. No use crosses a bell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, cycle
from math import log
from random import Random
from typing import NamedTuple

from simulation.randomness import seeded_random
from simulation.school.bells import BellSpan
from simulation.school.school import SimulatedDevice, SimulatedSchool
from simulation.traffic import hostnames
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.hostnames import PLATFORMS, PlatformHosts

USED_IN_A_LESSON = 0.12
"""Share of the devices, on average."""
_SPREAD = 1.0
_MAX_FREQUENCY = 0.9
_PRESENT = 0.95
_BREAK_FACTOR = 2.5
"""How many times as often as in a lesson."""
_MORNING_FACTOR, _HOURLY_INCREASE = 0.8, 0.05
_LIKED_SHARE = 0.8
_INTERVAL = 26.0
"""Seconds between two connections of a device in use: every half minute has one."""
_AFTER_THE_BELL = 60.0
_BEFORE_THE_BELL = 240.0
"""Seconds, because live traffic may come late."""
_PLATFORM_COUNT_WEIGHTS = (0.72, 0.23, 0.05)
"""How often an active device uses one platform, two or three."""


class SimulatedUse(NamedTuple):
    """A device's use of a platform, from a timestamp on."""

    timestamp: float
    device: SimulatedDevice
    platform: str
    pattern: str = ""
    upload: str = ""
    """What was uploaded: a photo, a film, a voice message; or nothing."""


class Decoy(NamedTuple):
    """Traffic that looks like a device's use of a platform, and is none."""

    device: SimulatedDevice
    platform: str
    """Empty when it could be taken for several."""
    kind: str


@dataclass(slots=True)
class SpanActivity:
    """What all devices do in a lesson hour or a break."""

    uses: list[SimulatedUse] = field(default_factory=list)
    connections: list[SimulatedConnection] = field(default_factory=list)
    decoys: list[Decoy] = field(default_factory=list)
    present: list[SimulatedDevice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UsageHabit:
    """How often a device is used, and for which platforms."""

    frequency: float
    """Probability of use in a lesson hour."""
    cumulative_weights: tuple[float, ...]
    """How much its pupil likes each platform, added up in the order of `PLATFORMS`."""


class Behaviour:
    """The devices' habits, and what the devices do.

    Args:
        school: the devices' school.
        seed: the same seed gives the same activity.
    """

    def __init__(self, school: SimulatedSchool, seed: int) -> None:
        self._school = school
        self._seed = seed
        self._habits = [
            _draw_habit(seeded_random(seed, "habit", device.number)) for device in school.devices
        ]

    def simulate_span(self, span: BellSpan) -> SpanActivity:
        """Simulate what the devices do in a lesson hour or a break."""
        activity = SpanActivity()
        random = seeded_random(self._seed, "span", span.start)
        present = seeded_random(self._seed, "present", span.day)
        for device, habit in zip(self._school.devices, self._habits, strict=True):
            if present.random() < _PRESENT:
                activity.present.append(device)
                self._simulate_device(device, habit, span, random, activity)
        activity.uses.sort(key=lambda use: (use.timestamp, use.device.number))
        return activity

    def _simulate_device(
        self,
        device: SimulatedDevice,
        habit: UsageHabit,
        span: BellSpan,
        random: Random,
        activity: SpanActivity,
    ) -> None:
        before = len(activity.uses)
        _use_platforms(device, habit, span, random, activity)
        is_used = len(activity.uses) > before
        activity.connections += _background_chatter(device, span, random, is_used=is_used)


def _draw_habit(random: Random) -> UsageHabit:
    mean = USED_IN_A_LESSON / _PRESENT
    frequency = random.lognormvariate(log(mean) - _SPREAD**2 / 2, _SPREAD)
    weights = (
        hosts.popularity * random.expovariate(1) if random.random() < _LIKED_SHARE else 0.01
        for hosts in PLATFORMS
    )
    return UsageHabit(min(_MAX_FREQUENCY, frequency), tuple(accumulate(weights)))


def choose_platforms(habit: UsageHabit, span: BellSpan, random: Random) -> list[PlatformHosts]:
    """Choose the platforms that a device uses in a span: mostly none, seldom two or three."""
    factor = _MORNING_FACTOR + _HOURLY_INCREASE * span.hour if span.hour else _BREAK_FACTOR
    if random.random() >= min(_MAX_FREQUENCY, habit.frequency * factor):
        return []
    times = random.choices((1, 2, 3), _PLATFORM_COUNT_WEIGHTS)[0]
    return [choose_platform(habit, random) for _ in range(times)]


def _use_platforms(
    device: SimulatedDevice,
    habit: UsageHabit,
    span: BellSpan,
    random: Random,
    activity: SpanActivity,
) -> None:
    platforms = choose_platforms(habit, span, random)
    if not platforms and random.random() < habit.frequency:
        activity.connections += _decoy(device, choose_platform(habit, random), span, random)
    for hosts in platforms:
        if any(
            use.device is device and use.platform == hosts.platform for use in activity.uses[-3:]
        ):
            continue
        watches = random.random() < hosts.video_share
        connections = list((_watch if watches else _scroll)(device, hosts, span, random))
        activity.uses.append(SimulatedUse(connections[0].timestamp, device, hosts.platform))
        activity.connections += connections


def choose_platform(habit: UsageHabit, random: Random) -> PlatformHosts:
    """Choose a platform, weighted by how much the device's pupil likes each."""
    return random.choices(PLATFORMS, cum_weights=habit.cumulative_weights)[0]


def _draw_start(span: BellSpan, duration: float, random: Random) -> float:
    return random.uniform(span.start + _AFTER_THE_BELL, span.end - _BEFORE_THE_BELL - duration)


def _scroll(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """Load a few pictures in every half minute, for some minutes."""
    names = cycle((hosts.app, hosts.media, hosts.app))
    for timestamp in _repeat(random.randint(13, 15), span, random):
        down = random.randint(130_000, 160_000)
        hostname = random.choice(next(names))
        yield SimulatedConnection(
            timestamp, device.address, hostname, 2_000, down, random.uniform(1, 6)
        )


def _watch(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """Load a clip in every half minute, small enough for a live school."""
    names = cycle((hosts.app[:1], hosts.media[:1], hosts.app[:1]))
    for timestamp in _repeat(random.randint(11, 13), span, random):
        down = random.randint(140_000, 240_000)
        hostname = random.choice(next(names))
        yield SimulatedConnection(
            timestamp, device.address, hostname, 3_000, down, random.uniform(3, 9)
        )


def _repeat(number: int, span: BellSpan, random: Random) -> Iterator[float]:
    start = _draw_start(span, number * _INTERVAL, random)
    for index in range(number):
        yield start + _INTERVAL * index + random.uniform(0, 4)


def _decoy(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """Make a glance, or an app's poll: one connection, and not a large one."""
    down = random.choice((400, random.randint(20_000, 200_000)))
    timestamp = _draw_start(span, 5, random)
    yield SimulatedConnection(timestamp, device.address, random.choice(hosts.app), 800, down, 2.0)


_CHATTER = (
    (0.8, hostnames.UNRELATED),
    (0.22, hostnames.BACKGROUND),
    (0.12, hostnames.EMBEDS),
    (0.08, hostnames.LOOKALIKES),
    (0.03, hostnames.SIGNING_IN),
    (0.02, ("",)),
)


def _background_chatter(
    device: SimulatedDevice, span: BellSpan, random: Random, *, is_used: bool
) -> Iterator[SimulatedConnection]:
    for frequency, names in _CHATTER:
        # Who looks at an app has no page with widgets open, or it would not be clear.
        if random.random() < frequency and not (is_used and names is hostnames.EMBEDS):
            timestamp = _draw_start(span, 5, random)
            down = random.randint(400, 12_000)
            yield SimulatedConnection(
                timestamp, device.address, random.choice(names), 900, down, 1.0
            )
