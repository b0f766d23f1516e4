"""What the simulated devices do in a lesson hour or a break, and which of it is use.

How often a device is used differs much: most pupils hardly look, a few nearly always do. What is
not use is there too, because that is what Lesrust has to tell apart: a glance, an app that asks
for news in a pocket, push messages, widgets, signing in, and hostnames that only look like one.
Each use is clear of the bounds in `monitor.activity`, so that what is true is not a matter of
seconds; and nothing of it crosses a bell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from math import log
from random import Random
from typing import NamedTuple

from addons.simulation import hostnames
from addons.simulation.bells import Span
from addons.simulation.chance import chance
from addons.simulation.contact import Contact
from addons.simulation.hostnames import PLATFORMS, PlatformHosts
from addons.simulation.school import Device, School

USED_IN_A_LESSON = 0.12
"""Of the devices, on average."""
_UNEVENNESS = 1.0
_MOST = 0.9
_PRESENT = 0.95
_IN_A_BREAK = 2.5
"""Times as often as in a lesson."""
_MORNING, _AN_HOUR_LATER = 0.8, 0.05
_OTHERS_LIKING = 0.8
_AFTER_THE_BELL = 60.0
_BEFORE_THE_BELL = 240.0
"""Seconds: what is simulated live may come late."""
_ONE_TWO_THREE = (0.72, 0.23, 0.05)
"""How often an active device uses one platform, two or three."""


class Act(NamedTuple):
    """A device's use of a platform, from a moment on."""

    moment: float
    device: Device
    platform: str


@dataclass(slots=True)
class Doings:
    """What all devices did in a lesson hour or a break."""

    acts: list[Act] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Habit:
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

    def __init__(self, school: School, seed: int) -> None:
        self._school = school
        self._seed = seed
        self._habits = [_habit(chance(seed, "habit", d.number)) for d in school.devices]

    def doings(self, span: Span) -> Doings:
        """Give what the devices do in a span."""
        done = Doings()
        random = chance(self._seed, "span", span.start)
        present = chance(self._seed, "present", span.day)
        for device, habit in zip(self._school.devices, self._habits, strict=True):
            if present.random() < _PRESENT:
                _use(device, habit, span, random, done)
                done.contacts += _chatter(device, span, random)
        done.acts.sort(key=lambda act: (act.moment, act.device.number))
        return done


def _habit(random: Random) -> Habit:
    mean = USED_IN_A_LESSON / _PRESENT
    often = random.lognormvariate(log(mean) - _UNEVENNESS**2 / 2, _UNEVENNESS)
    likings = (
        hosts.liking * random.expovariate(1) if random.random() < _OTHERS_LIKING else 0.01
        for hosts in PLATFORMS
    )
    return Habit(min(_MOST, often), tuple(accumulate(likings)))


def _use(device: Device, habit: Habit, span: Span, random: Random, done: Doings) -> None:
    more = _MORNING + _AN_HOUR_LATER * span.hour if span.hour else _IN_A_BREAK
    if random.random() >= min(_MOST, habit.often * more):
        if random.random() < habit.often:
            done.contacts += _no_use(device, _chosen(habit, random), span, random)
        return
    for _ in range(random.choices((1, 2, 3), _ONE_TWO_THREE)[0]):
        hosts = _chosen(habit, random)
        if any(act.device is device and act.platform == hosts.platform for act in done.acts[-3:]):
            continue
        watches = random.random() < hosts.video
        contacts = list((_watching if watches else _scrolling)(device, hosts, span, random))
        done.acts.append(Act(contacts[0].moment, device, hosts.platform))
        done.contacts += contacts


def _chosen(habit: Habit, random: Random) -> PlatformHosts:
    return random.choices(PLATFORMS, cum_weights=habit.likings)[0]


def _begins(span: Span, lasts: float, random: Random) -> float:
    return random.uniform(span.start + _AFTER_THE_BELL, span.end - _BEFORE_THE_BELL - lasts)


def _scrolling(
    device: Device, hosts: PlatformHosts, span: Span, random: Random
) -> Iterator[Contact]:
    """Many small pictures over some minutes."""
    lasts = random.uniform(300, 540)
    begins = _begins(span, lasts, random)
    ends = begins + lasts
    between = sorted(random.uniform(begins + 60, ends - 60) for _ in range(random.randint(2, 5)))
    for moment in (begins, *between, ends):
        hostname = random.choice(random.choice((hosts.app, hosts.media)))
        down = random.randint(8_000, 90_000)
        yield Contact(moment, device.address, hostname, 2_000, down, random.uniform(1, 6))


def _watching(
    device: Device, hosts: PlatformHosts, span: Span, random: Random
) -> Iterator[Contact]:
    """One connection that carries a video: small for one, so that a live school can play it."""
    lasts = random.uniform(60, 300)
    begins = _begins(span, lasts + 3, random)
    app = random.choice(hosts.app)
    yield Contact(begins, device.address, app, 2_000, random.randint(8_000, 40_000), 2.0)
    down = random.randint(1_300_000, 2_600_000)
    yield Contact(begins + 3, device.address, hosts.media[0], 20_000, down, lasts)


def _no_use(device: Device, hosts: PlatformHosts, span: Span, random: Random) -> Iterator[Contact]:
    """A glance, or an app that asks for news by itself: one contact, and not a large one."""
    down = random.choice((400, random.randint(20_000, 200_000)))
    moment = _begins(span, 5, random)
    yield Contact(moment, device.address, random.choice(hosts.app), 800, down, 2.0)


_CHATTER = (
    (0.8, hostnames.OTHERS),
    (0.22, hostnames.BACKGROUND),
    (0.12, hostnames.EMBEDS),
    (0.08, hostnames.LOOKALIKES),
    (0.03, hostnames.SIGNING_IN),
    (0.02, ("",)),
)


def _chatter(device: Device, span: Span, random: Random) -> Iterator[Contact]:
    for often, names in _CHATTER:
        if random.random() < often:
            moment = _begins(span, 5, random)
            down = random.randint(400, 12_000)
            yield Contact(moment, device.address, random.choice(names), 900, down, 1.0)
