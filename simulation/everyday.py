"""A school as hard to judge as a real one: pockets full of apps, pages with embeds, and use.

What is use is decided by what the person did, and not by what it looks like on the wire: looking
at a platform for two minutes or longer in a lesson, all together, or sending something, is use.
Less is a short look, a few seconds are a glance: neither is use, nor is anything that a device
does by itself or another page does. How long people look has no gap at the two minutes, and the
kinds overlap: a glance at clips carries more than a quarter of an hour of chatting.

Devices, habits and how often a platform is used are those of `simulation.behaviour`.
"""

from collections.abc import Iterator
from random import Random
from typing import override

from simulation import using
from simulation.behaviour import Act, Behaviour, Doings, Habit, Noise, chosen, used
from simulation.bells import Span
from simulation.chance import about, chance, happens
from simulation.contact import Contact
from simulation.hostnames import PlatformHosts
from simulation.pages import OFTEN, Page, visit
from simulation.pocket import apps, pocket
from simulation.school import Device, School
from simulation.sending import Sent, send, to_send
from simulation.talk import Talk
from simulation.using import LASTS, QUIC, WAYS, Looking, interface_of

USE = 120.0
"""Seconds that somebody looks at a platform in a lesson, for it to be use."""
_GLANCES = 1.2
"""Times as often as use."""
_MOST_GLANCES = 0.5
_ONLY_SENDS = 0.4
_TIMES = (0.4, 0.3, 0.2, 0.1)
"""How often a platform is taken up once, twice, three or four times in a lesson."""


class Everyday(Behaviour):
    """What the devices of such a school do."""

    def __init__(self, school: School, seed: int) -> None:
        super().__init__(school, seed)
        self._apps = {d: apps(chance(seed, "apps", d.number)) for d in school.devices}

    @override
    def _live(self, device: Device, habit: Habit, span: Span, random: Random, done: Doings) -> None:
        platforms = {hosts.platform: hosts for hosts in used(habit, span, random)}
        for hosts in platforms.values():
            done.contacts += _look(device, hosts, span, random, done)
        if happens(random, min(_MOST_GLANCES, _GLANCES * habit.often)):
            hosts = chosen(habit, random)
            if hosts.platform not in platforms:
                done.contacts += _glances(device, hosts, span, random)
                done.noise.append(Noise(device, hosts.platform, "glance"))
        for page, often in OFTEN.items():
            if happens(random, often):
                done.contacts += _visit(device, page, span, random, done)
        done.contacts += pocket(device.address, self._apps[device], span, random)


def _look(
    device: Device, hosts: PlatformHosts, span: Span, random: Random, done: Doings
) -> Iterator[Contact]:
    """Look at a platform, once or a few times, and perhaps send something."""
    way = random.choice(WAYS[hosts.platform])
    sent = to_send(hosts.platform, random)
    talk = Talk(device.address, span, quic=happens(random, QUIC.get(hosts.platform, 0.1)))
    if sent is not Sent.NOTHING and happens(random, _ONLY_SENDS):
        times = [random.uniform(15, 60)]
        doing = f"only sending a {sent}"
    else:
        times = list(_times(hosts, span, random))
        doing = way.value
    first = span.end
    for number, lasts in enumerate(times):
        begins = random.uniform(span.start, span.end - lasts - 10)
        looking = Looking(talk, hosts, interface_of(hosts, random), random)
        using.use(looking, way, begins, begins + lasts)
        if sent is not Sent.NOTHING and number == 0:
            send(talk, hosts, sent, begins + random.uniform(0.1, 0.7) * lasts, random)
        first = min(first, begins)
    if sum(times) >= USE or sent is not Sent.NOTHING:
        done.acts.append(Act(first, device, hosts.platform, doing, sent.value))
    else:
        done.noise.append(Noise(device, hosts.platform, "short look"))
    yield from talk.contacts()


def _times(hosts: PlatformHosts, span: Span, random: Random) -> Iterator[float]:
    longest = (span.end - span.start) * 0.9
    for _ in range(random.choices((1, 2, 3, 4), _TIMES)[0]):
        yield about(random, LASTS.get(hosts.platform, 300), 0.8, 10, longest)


def _glances(device: Device, hosts: PlatformHosts, span: Span, random: Random) -> Iterator[Contact]:
    talk = Talk(device.address, span, quic=happens(random, QUIC.get(hosts.platform, 0.1)))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        looking = Looking(talk, hosts, interface_of(hosts, random), random)
        using.glance(looking, random.uniform(span.start, span.end - 60))
    yield from talk.contacts()


def _visit(
    device: Device, page: Page, span: Span, random: Random, done: Doings
) -> Iterator[Contact]:
    talk = Talk(device.address, span, quic=happens(random, 0.5))
    lasts = about(random, 300, 0.7, 45, (span.end - span.start) * 0.9)
    begins = random.uniform(span.start, span.end - lasts)
    platform = visit(talk, page, begins, begins + lasts, random)
    done.noise.append(Noise(device, platform, page.value))
    yield from talk.contacts()
