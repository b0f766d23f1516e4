"""What the simulated devices do in a lesson hour or a break, and which of it is use.

This is the clear and small school, which is played live as well; `simulation.traffic.everyday` is
the one that is as hard to judge as a real one.

How often a device is used differs much: most pupils hardly look, a few nearly always do. What is
not use is there too, because that is what Lesrust has to tell apart: a glance, an app that asks
for news in a pocket, push messages, widgets, signing in, and hostnames that only look like one.
Each use is clear of the bounds in `monitor.activity.platform_traffic`, so that what is true is not
a matter of seconds, and so that it stays what it is when a live school runs late; and nothing of it
crosses a bell.
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
"""Of the devices, on average."""
_UNEVENNESS = 1.0
_MOST = 0.9
_PRESENT = 0.95
_IN_A_BREAK = 2.5
"""Times as often as in a lesson."""
_MORNING, _AN_HOUR_LATER = 0.8, 0.05
_OTHERS_LIKING = 0.8
_BETWEEN = 26.0
"""Seconds between two contacts of a device in use: no half minute is left out."""
_AFTER_THE_BELL = 60.0
_BEFORE_THE_BELL = 240.0
"""Seconds: what is simulated live may come late."""
_ONE_TWO_THREE = (0.72, 0.23, 0.05)
"""How often an active device uses one platform, two or three."""


class PlatformUse(NamedTuple):
    """A device's use of a platform, from a moment on."""

    moment: float
    device: SimulatedDevice
    platform: str
    way: str = ""
    sent: str = ""
    """What was sent: a photo, a film, a voice message; or nothing."""


class Decoy(NamedTuple):
    """What looks like a device's use of a platform, and is none."""

    device: SimulatedDevice
    platform: str
    """Empty when it could be taken for several."""
    what: str


@dataclass(slots=True)
class SpanActivity:
    """What all devices did in a lesson hour or a break."""

    acts: list[PlatformUse] = field(default_factory=list)
    contacts: list[SimulatedConnection] = field(default_factory=list)
    noise: list[Decoy] = field(default_factory=list)
    present: list[SimulatedDevice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UsageHabit:
    """How often a device is used, and what for."""

    often: float
    likings: tuple[float, ...]
    """Of each platform; they add up as they go."""


class Behaviour:
    """The devices' habits, and what comes of them.

    Args:
        school: whose devices.
        seed: the same seed, the same doings.
    """

    def __init__(self, school: SimulatedSchool, seed: int) -> None:
        self._school = school
        self._seed = seed
        self._habits = [_habit(seeded_random(seed, "habit", d.number)) for d in school.devices]

    def doings(self, span: BellSpan) -> SpanActivity:
        """Give what the devices do in a span."""
        done = SpanActivity()
        random = seeded_random(self._seed, "span", span.start)
        present = seeded_random(self._seed, "present", span.day)
        for device, habit in zip(self._school.devices, self._habits, strict=True):
            if present.random() < _PRESENT:
                done.present.append(device)
                self._live(device, habit, span, random, done)
        done.acts.sort(key=lambda act: (act.moment, act.device.number))
        return done

    def _live(
        self,
        device: SimulatedDevice,
        habit: UsageHabit,
        span: BellSpan,
        random: Random,
        done: SpanActivity,
    ) -> None:
        before = len(done.acts)
        _use(device, habit, span, random, done)
        is_used = len(done.acts) > before
        done.contacts += _chatter(device, span, random, is_used=is_used)


def _habit(random: Random) -> UsageHabit:
    mean = USED_IN_A_LESSON / _PRESENT
    often = random.lognormvariate(log(mean) - _UNEVENNESS**2 / 2, _UNEVENNESS)
    likings = (
        hosts.liking * random.expovariate(1) if random.random() < _OTHERS_LIKING else 0.01
        for hosts in PLATFORMS
    )
    return UsageHabit(min(_MOST, often), tuple(accumulate(likings)))


def choose_platforms(habit: UsageHabit, span: BellSpan, random: Random) -> list[PlatformHosts]:
    """Choose what a device is used for in a span: mostly nothing, seldom two or three platforms."""
    more = _MORNING + _AN_HOUR_LATER * span.hour if span.hour else _IN_A_BREAK
    if random.random() >= min(_MOST, habit.often * more):
        return []
    times = random.choices((1, 2, 3), _ONE_TWO_THREE)[0]
    return [choose_platform(habit, random) for _ in range(times)]


def _use(
    device: SimulatedDevice, habit: UsageHabit, span: BellSpan, random: Random, done: SpanActivity
) -> None:
    chosen_for = choose_platforms(habit, span, random)
    if not chosen_for and random.random() < habit.often:
        done.contacts += _no_use(device, choose_platform(habit, random), span, random)
    for hosts in chosen_for:
        if any(act.device is device and act.platform == hosts.platform for act in done.acts[-3:]):
            continue
        watches = random.random() < hosts.video
        contacts = list((_watching if watches else _scrolling)(device, hosts, span, random))
        done.acts.append(PlatformUse(contacts[0].moment, device, hosts.platform))
        done.contacts += contacts


def choose_platform(habit: UsageHabit, random: Random) -> PlatformHosts:
    """Choose a platform as the device's pupil likes it."""
    return random.choices(PLATFORMS, cum_weights=habit.likings)[0]


def _begins(span: BellSpan, lasts: float, random: Random) -> float:
    return random.uniform(span.start + _AFTER_THE_BELL, span.end - _BEFORE_THE_BELL - lasts)


def _scrolling(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """A few pictures in every half minute, for some minutes."""
    names = cycle((hosts.app, hosts.media, hosts.app))
    for moment in _again_and_again(random.randint(13, 15), span, random):
        down = random.randint(130_000, 160_000)
        hostname = random.choice(next(names))
        yield SimulatedConnection(
            moment, device.address, hostname, 2_000, down, random.uniform(1, 6)
        )


def _watching(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """A clip in every half minute: small for one, so that a live school can play it."""
    names = cycle((hosts.app[:1], hosts.media[:1], hosts.app[:1]))
    for moment in _again_and_again(random.randint(11, 13), span, random):
        down = random.randint(140_000, 240_000)
        hostname = random.choice(next(names))
        yield SimulatedConnection(
            moment, device.address, hostname, 3_000, down, random.uniform(3, 9)
        )


def _again_and_again(number: int, span: BellSpan, random: Random) -> Iterator[float]:
    begins = _begins(span, number * _BETWEEN, random)
    for passed in range(number):
        yield begins + _BETWEEN * passed + random.uniform(0, 4)


def _no_use(
    device: SimulatedDevice, hosts: PlatformHosts, span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """A glance, or an app that asks for news by itself: one contact, and not a large one."""
    down = random.choice((400, random.randint(20_000, 200_000)))
    moment = _begins(span, 5, random)
    yield SimulatedConnection(moment, device.address, random.choice(hosts.app), 800, down, 2.0)


_CHATTER = (
    (0.8, hostnames.UNRELATED),
    (0.22, hostnames.BACKGROUND),
    (0.12, hostnames.EMBEDS),
    (0.08, hostnames.LOOKALIKES),
    (0.03, hostnames.SIGNING_IN),
    (0.02, ("",)),
)


def _chatter(
    device: SimulatedDevice, span: BellSpan, random: Random, *, is_used: bool
) -> Iterator[SimulatedConnection]:
    for often, names in _CHATTER:
        # Who looks at an app has no page with widgets open, or it would not be clear.
        if random.random() < often and not (is_used and names is hostnames.EMBEDS):
            moment = _begins(span, 5, random)
            down = random.randint(400, 12_000)
            yield SimulatedConnection(moment, device.address, random.choice(names), 900, down, 1.0)
