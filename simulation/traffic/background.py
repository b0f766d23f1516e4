"""A phone that nobody looks at, with its pocket full of apps: what they contact by themselves.

From the captures: a poll or a report is 0.6–5 kB up and 0.8–11 kB down in one short connection
(`KBKlic1`, `GoogleCalendarSync1`, the idle devices of `surfshark` and `EquaBank1`), a connection
for pushes begins with 2.6 kB up and 9 kB down and then carries tens of bytes (`mqtt`), software
kits in other apps send 3–5 kB and get 1–11 kB (`android71_*`), or up to 73 kB up and 195 kB down
over two minutes (`quic-mvfst-22`), and an idle Android asks for a thumbnail (3 kB up, 7 kB down).

How often is an assumption, and wide: an app of those that poll does it every 6 minutes (1–15,
log-normal, 20 % to and fro), over a new connection or an old one; one in four fetches pictures
once or twice a lesson (20–600 kB); a third reports up to 200 kB of what it measured; and a screen
that is lit to see the time (0.8 times a lesson) lets one app in three renew its feed likewise,
unless it did so in the last ten minutes. One device in thirty has a page of a platform open in a
tab that nobody sees.
"""

from collections.abc import Iterator
from random import Random

from simulation.randomness import draw_lognormal, happens
from simulation.school.bells import BellSpan
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import OF_PLATFORM, PLATFORMS, SOFTWARE_KITS, PlatformHosts
from simulation.traffic.platform_use import QUIC_SHARES

HAS_IT = {
    "snapchat": 0.8,
    "instagram": 0.75,
    "tiktok": 0.65,
    "youtube": 0.6,
    "x": 0.1,
    "pinterest": 0.15,
    "facebook": 0.12,
    "linkedin": 0.02,
}
"""How many phones have a platform's app."""
ANDROID = 0.6
_POLLS, _FETCHES, _REPORTS, _PUSHED = 0.4, 0.25, 0.33, 0.6
_ONCE = (1, 1, 1, 2)
_FRESH = 600.0
"""Seconds that an app takes what it fetched for new; Android lets it ask each 15 minutes."""
_LIT = 0.8
_RENEWS = 0.35
_TAB = 0.03
_TABS = ("x", "youtube", "facebook", "linkedin", "instagram")


def choose_apps(random: Random) -> tuple[PlatformHosts, ...]:
    """Choose the apps that a phone has."""
    return tuple(hosts for hosts in PLATFORMS if happens(random, HAS_IT.get(hosts.platform, 0.0)))


def make_background_traffic(
    client: bytes, installed: tuple[PlatformHosts, ...], span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """Give what a phone does by itself in a lesson hour or a break."""
    lit = [random.uniform(span.start, span.end) for _ in range(_times(random))]
    for hosts in installed:
        talk = Conversation(
            client, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
        )
        if happens(random, _POLLS):
            _poll(talk, hosts, draw_lognormal(random, 360, 0.8, 60, 900), span, random)
        for moment in _fetching(lit, span, random):
            _fetch(talk, hosts, moment, 6e5, random)
        if hosts.background:
            _behind(talk, hosts, span, random)
        yield from talk.contacts()
    yield from _of_others(client, span, random)


def _fetching(lit: list[float], span: BellSpan, random: Random) -> Iterator[float]:
    """Give when an app fetches something: by itself, or as the screen is lit."""
    moments = [at + random.uniform(0.5, 4) for at in lit if happens(random, _RENEWS)]
    if happens(random, _FETCHES):
        moments += [random.uniform(span.start, span.end) for _ in range(random.choice(_ONCE))]
    before = 0.0
    for moment in sorted(moments):
        if moment - before >= _FRESH:
            before = moment
            yield moment


def _times(random: Random) -> int:
    """Draw from Poisson's distribution with a mean of `_LIT`."""
    times, waited = 0, random.expovariate(_LIT)
    while waited < 1:
        times, waited = times + 1, waited + random.expovariate(_LIT)
    return times


def _poll(
    talk: Conversation, hosts: PlatformHosts, every: float, span: BellSpan, random: Random
) -> None:
    """Ask for news: the app, and often its content network in the same seconds."""
    hostname = random.choice(hosts.app[:2])
    with_media = happens(random, 0.4)
    at = span.start + random.uniform(0, every)
    while at < span.end:
        down = draw_lognormal(random, 2_500, 0.9, 300, 12_000)
        talk.say(hostname, at, draw_lognormal(random, 1_800, 0.5, 600, 5_000), down)
        if with_media:
            down = draw_lognormal(random, 4_000, 0.8, 400, 20_000)
            talk.say(random.choice(hosts.media), at + random.uniform(0.2, 3), 900, down)
        at += every * random.uniform(0.8, 1.2)


def _fetch(
    talk: Conversation, hosts: PlatformHosts, at: float, most: float, random: Random
) -> None:
    """Renew what the app will show when it is opened: a feed and some pictures."""
    talk.say(
        hosts.app[0], at, random.uniform(900, 4_000), draw_lognormal(random, 25e3, 0.8, 4e3, 15e4)
    )
    down = draw_lognormal(random, 150_000, 0.8, 20_000, most)
    talk.burst(random.choice(hosts.media[:2]), at + 1, down, random.uniform(1, 15), random)


def _behind(talk: Conversation, hosts: PlatformHosts, span: BellSpan, random: Random) -> None:
    """Wait for pushes all lesson, and report what was measured."""
    if happens(random, _PUSHED):
        at = span.start + random.uniform(0, 30)
        while at < span.end:
            is_message = happens(random, 0.2)
            size = random.uniform(300, 3_000) if is_message else random.uniform(40, 400)
            talk.say(hosts.background[0], at, random.uniform(40, 200), size)
            at += draw_lognormal(random, 120, 0.7, 30, 235)
    if happens(random, _REPORTS):
        for _ in range(random.randint(1, 3)):
            over = hosts.background[-1] if happens(random, 0.75) else hosts.app[0]
            at = random.uniform(span.start, span.end)
            talk.say(
                over, at, draw_lognormal(random, 15e3, 0.9, 3e3, 2e5), random.uniform(700, 5_000)
            )


def _of_others(client: bytes, span: BellSpan, random: Random) -> Iterator[SimulatedConnection]:
    talk = Conversation(client, span)
    if happens(random, 0.3):
        for _ in range(random.randint(1, 3)):
            at = random.uniform(span.start, span.end)
            _kit(talk, at, random)
    if happens(random, ANDROID):
        for _ in range(random.randint(0, 2)):
            at = random.uniform(span.start, span.end)
            talk.say("youtubei.googleapis.com", at, 2_400, 2_500)
            talk.say("i.ytimg.com", at + 0.2, 2_400, draw_lognormal(random, 2_500, 0.6, 800, 3e4))
    if happens(random, _TAB):
        _poll(talk, OF_PLATFORM[random.choice(_TABS)], random.uniform(60, 180), span, random)
    yield from talk.contacts()


def _kit(talk: Conversation, at: float, random: Random) -> None:
    talk.say(
        random.choice(SOFTWARE_KITS),
        at,
        random.uniform(3e3, 5e3),
        draw_lognormal(random, 4e3, 0.7, 300, 2e4),
    )
    if happens(random, 0.1):
        talk.say(
            "scontent-ams2-1.xx.fbcdn.net", at + 1, 700, draw_lognormal(random, 2e3, 1, 400, 4e4)
        )
    if happens(random, 0.03):
        talk.say(SOFTWARE_KITS[0], at + 60, 73_000, 195_000)
