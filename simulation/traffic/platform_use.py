"""What using a platform looks like on the wire: ways of using it, and what each carries.

Sizes and rates of pictures, interfaces and pushes are those of the shared captures where these
have them (`instagram`, `pinterest_a`, `facebook`, `reddit`, `xz1_discord`, `youtube_quic`): a
picture is 20–95 kB, a page's interface 10–80 kB, a request 0.3–1.5 kB. None of them watches or
scrolls for minutes, so how long people look, how soon they go on and how much a film takes are
assumptions, drawn from wide log-normal distributions that overlap with what is no use:

| way | time between | carries each time |
|---|---|---|
| scrolling | 6 s (2–40), now and then a minute | 1–4 pictures of 60 kB (15–400); feed 10–150 kB |
| clips | 14 s (2–60) | a clip of 1.2 MB (0.15–8) |
| film | bursts 5–30 s apart, up to two minutes ahead at first | 25–500 kB a second of film |
| chat | 9 s (1.5–120) | 0.3–5 kB, and beside it 20 kB (5–200) in half a minute |
| reading | 70 s (15–240) | a page of 40–400 kB and its pictures, 50 kB–2 MB |
| a glance | – | what the app loads as it opens, closed within 40 s |

What chatting carries in half a minute is what it does in the captures: 5 kB (`KakaoTalk_chat`),
10 kB (`whatsapp_voice_and_message`), 20 kB (`viber`), 90 kB and more (`xz1_discord`, `telegram`).

An app that opens first loads its feed and what it shows: 20–300 kB and up to 6 MB of clips.
"""

from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import NamedTuple

from simulation.randomness import draw_lognormal, happens
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import PlatformHosts


class UsePattern(StrEnum):
    """A way of using a platform."""

    SCROLLING = "scrolling"
    CLIPS = "clips"
    FILM = "film"
    CHAT = "chat"
    READING = "reading"


PATTERNS = {
    "snapchat": (
        UsePattern.CHAT,
        UsePattern.CHAT,
        UsePattern.CLIPS,
        UsePattern.CLIPS,
        UsePattern.SCROLLING,
    ),
    "instagram": (
        UsePattern.SCROLLING,
        UsePattern.SCROLLING,
        UsePattern.CLIPS,
        UsePattern.CLIPS,
        UsePattern.CHAT,
    ),
    "tiktok": (UsePattern.CLIPS,) * 9 + (UsePattern.SCROLLING,),
    "youtube": (
        UsePattern.FILM,
        UsePattern.FILM,
        UsePattern.FILM,
        UsePattern.CLIPS,
        UsePattern.SCROLLING,
    ),
    "x": (UsePattern.SCROLLING, UsePattern.SCROLLING, UsePattern.SCROLLING, UsePattern.CLIPS),
    "pinterest": (UsePattern.SCROLLING,),
    "facebook": (UsePattern.SCROLLING, UsePattern.SCROLLING, UsePattern.CLIPS, UsePattern.CHAT),
    "weblogs": (UsePattern.READING,),
    "linkedin": (UsePattern.SCROLLING, UsePattern.READING),
}
QUIC_SHARES = {"youtube": 0.8, "instagram": 0.6, "facebook": 0.6, "snapchat": 0.3, "tiktok": 0.3}
"""How often a device reaches the platform over QUIC; the others 10 %."""
BY_PUSH = {"instagram": 0.85, "facebook": 0.85, "snapchat": 0.3}
"""The share of a chat's messages that goes over the connection for pushes."""
_SAID_OF_ITSELF = {"instagram": ("graph.instagram.com",), "facebook": ("graph.facebook.com",)}
"""Where an app reports that other apps' software kits report to as well."""
MEDIAN_DURATIONS = {"tiktok": 360, "youtube": 360, "snapchat": 180, "weblogs": 180, "linkedin": 180}
"""Seconds that half of the times last in which a platform is looked at; the others 300."""
KEPT_TO_ITSELF = {"youtube": "youtubei.googleapis.com", "facebook": "b-graph.facebook.com"}
"""What an app talks to in three of ten, and that is no `app` hostname: idle phones have it too."""


class UseSession(NamedTuple):
    """Somebody's device and a platform, while they look at it."""

    talk: Conversation
    hosts: PlatformHosts
    interface: str
    """The hostname that the app or the site talks to."""
    random: Random


def use_platform(looking: UseSession, way: UsePattern, begins: float, ends: float) -> None:
    """Use a platform from a moment to another."""
    open_app(looking, begins)
    _WAYS[way](looking, begins + looking.random.uniform(2, 8), ends)
    _tell_on(looking, begins, ends)


def glance_at(looking: UseSession, begins: float) -> None:
    """Open an app, look, and put it away."""
    open_app(looking, begins)
    random = looking.random
    lasts = draw_lognormal(random, 12, 0.7, 3, 40)
    way = random.choice(PATTERNS[looking.hosts.platform])
    if way is not UsePattern.READING:
        _WAYS[way](looking, begins + 3, begins + lasts)


def open_app(looking: UseSession, moment: float) -> None:
    """Load what an app shows as it opens; one that was open lately shows what it has."""
    talk, hosts, interface, random = looking
    talk.say(interface, moment, draw_lognormal(random, 3_000, 0.5, 900, 9_000), 0)
    for _ in range(random.randint(1, 4)):
        at = moment + random.uniform(0.3, 4)
        talk.say(
            interface, at, random.uniform(600, 2_500), draw_lognormal(random, 30_000, 0.9, 3e3, 3e5)
        )
    if happens(random, 0.7):
        most = 6e6 if UsePattern.CLIPS in PATTERNS[hosts.platform] else 1.5e6
        media = random.choice(hosts.media[:2])
        talk.burst(media, moment + 1, draw_lognormal(random, 4e5, 1.1, 2e4, most), 6, random)


def choose_interface(hosts: PlatformHosts, random: Random) -> str:
    """Choose the hostname that somebody's app or browser talks to."""
    if hosts.platform in KEPT_TO_ITSELF and happens(random, 0.3):
        return KEPT_TO_ITSELF[hosts.platform]
    return random.choice(hosts.app[:2])


def _scroll(looking: UseSession, at: float, ends: float) -> None:
    talk, hosts, interface, random = looking
    media = random.choice(hosts.media[:2])
    if hosts.platform == "youtube":
        media = "i.ytimg.com"
    while at < ends:
        for _ in range(random.randint(1, 4)):
            talk.say(
                media, at, random.uniform(300, 1_200), draw_lognormal(random, 6e4, 0.7, 15e3, 4e5)
            )
        if happens(random, 0.2):
            down = draw_lognormal(random, 35_000, 0.8, 8_000, 150_000)
            talk.say(interface, at, random.uniform(900, 4_000), down)
        at += draw_lognormal(random, 6, 0.6, 2, 40)
        if happens(random, 0.04):
            at += random.uniform(20, 90)


def _clips(looking: UseSession, at: float, ends: float) -> None:
    talk, hosts, interface, random = looking
    size = draw_lognormal(random, 1.2e6, 0.5, 4e5, 3e6)
    while at < ends:
        down = draw_lognormal(random, size, 0.6, 15e4, 8e6)
        talk.burst(hosts.media[0], at, down, random.uniform(0.5, 6), random)
        talk.say(interface, at, random.uniform(700, 3_000), random.uniform(200, 900))
        if happens(random, 0.2):
            talk.say(interface, at, 2_500, draw_lognormal(random, 60_000, 0.7, 2e4, 3e5))
        at += draw_lognormal(random, 14, 0.7, 2, 60)


def _film(looking: UseSession, at: float, ends: float) -> None:
    talk, hosts, interface, random = looking
    talk.say(interface, at, 3_000, draw_lognormal(random, 250_000, 0.9, 30_000, 1.5e6))
    for _ in range(random.randint(2, 8)):
        talk.say(hosts.media[-1], at, 900, draw_lognormal(random, 15_000, 0.6, 3_000, 9e4))
    play_film(talk, hosts.media[0], at, ends, random)
    while at < ends:
        talk.say(interface, at, random.uniform(1_200, 2_600), random.uniform(200, 600))
        at += random.uniform(10, 40)


def play_film(talk: Conversation, hostname: str, at: float, ends: float, random: Random) -> None:
    """Play a film: some of it ahead at first, and then a burst at a time."""
    rate = draw_lognormal(random, 90_000, 0.6, 25_000, 500_000)
    ahead = random.uniform(10, min(120, max(11, ends - at)))
    talk.burst(hostname, at, rate * ahead, 8, random)
    at += random.uniform(5, 30)
    until = ends - ahead
    between = random.uniform(5, 30)
    while at < until:
        talk.burst(hostname, at, rate * between, 2, random)
        at += between * random.uniform(0.8, 1.2)


def _chat(looking: UseSession, at: float, ends: float) -> None:
    talk, hosts, interface, random = looking
    by_push = BY_PUSH.get(hosts.platform, 0)
    between = draw_lognormal(random, 9, 0.4, 4, 30)
    rate = draw_lognormal(random, 20_000, 0.8, 5_000, 200_000) / 30
    while at < ends:
        over = hosts.background[0] if happens(random, by_push) else interface
        talk.say(over, at, random.uniform(150, 2_500), random.uniform(150, 2_500))
        after = draw_lognormal(random, between, 0.9, 1.5, 120)
        if happens(random, 0.6):
            beside = random.choice((interface, interface, hosts.media[0]))
            talk.say(beside, at, random.uniform(600, 3_000), rate * after * random.expovariate(0.6))
        at += after


def _read(looking: UseSession, at: float, ends: float) -> None:
    talk, hosts, interface, random = looking
    while at < ends:
        talk.say(interface, at, 2_500, draw_lognormal(random, 120_000, 0.7, 4e4, 4e5))
        pictures = draw_lognormal(random, 3e5, 0.9, 5e4, 2e6)
        talk.burst(random.choice(hosts.media), at + 1, pictures, 4, random)
        at += draw_lognormal(random, 70, 0.7, 15, 240)


def _tell_on(looking: UseSession, at: float, ends: float) -> None:
    """What an app in use says of what is done in it."""
    talk, hosts, interface, random = looking
    while at < ends:
        at += draw_lognormal(random, 90, 0.6, 20, 400)
        over = random.choice(
            (interface, *hosts.background, *_SAID_OF_ITSELF.get(hosts.platform, ()))
        )
        talk.say(over, min(at, ends), draw_lognormal(random, 9_000, 1.0, 1_500, 150_000), 700)


type _Using = Callable[[UseSession, float, float], None]
_WAYS: dict[UsePattern, _Using] = {
    UsePattern.SCROLLING: _scroll,
    UsePattern.CLIPS: _clips,
    UsePattern.FILM: _film,
    UsePattern.CHAT: _chat,
    UsePattern.READING: _read,
}
