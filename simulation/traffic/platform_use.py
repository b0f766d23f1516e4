"""The traffic of platform use: ways of using a platform, and what each carries.

Sizes and rates of pictures, interfaces and pushes are those of the shared captures where these
have them (`instagram`, `pinterest_a`, `facebook`, `reddit`, `xz1_discord`, `youtube_quic`): a
picture is 20–95 kB, a page's interface 10–80 kB, a request 0.3–1.5 kB. In none of them does anybody
watch or scroll for minutes. So how long people look, how soon they go on and how much a film takes
are assumptions, drawn from wide log-normal distributions that overlap with traffic that is no use:

| pattern | time between | carries each time |
|---|---|---|
| scrolling | 6 s (2–40), now and then a minute | 1–4 pictures of 60 kB (15–400); feed 10–150 kB |
| clips | 14 s (2–60) | a clip of 1.2 MB (0.15–8) |
| film | bursts 5–30 s apart, up to two minutes ahead at first | 25–500 kB a second of film |
| chat | 9 s (1.5–120) | 0.3–5 kB, and beside it 20 kB (5–200) in half a minute |
| reading | 70 s (15–240) | a page of 40–400 kB and its pictures, 50 kB–2 MB |
| a glance | – | what the app loads as it opens, closed within 40 s |

What chatting carries in half a minute is as in the captures: 5 kB (`KakaoTalk_chat`),
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
PUSH_SHARES = {"instagram": 0.85, "facebook": 0.85, "snapchat": 0.3}
"""Share of a chat's messages that goes over the push connection."""
_REPORT_HOSTNAMES = {"instagram": ("graph.instagram.com",), "facebook": ("graph.facebook.com",)}
"""Hostnames that an app reports to, as other apps' software kits do."""
MEDIAN_DURATIONS = {"tiktok": 360, "youtube": 360, "snapchat": 180, "weblogs": 180, "linkedin": 180}
"""Median seconds of one look at a platform; 300 for the others."""
AMBIGUOUS_INTERFACES = {"youtube": "youtubei.googleapis.com", "facebook": "b-graph.facebook.com"}
"""Hostnames that an app uses in three of ten sessions, and that idle phones contact too."""


class UseSession(NamedTuple):
    """A device and a platform, while a person looks at it."""

    conversation: Conversation
    hosts: PlatformHosts
    interface: str
    """The hostname that the app or the site exchanges requests with."""
    random: Random


def use_platform(session: UseSession, pattern: UsePattern, start: float, end: float) -> None:
    """Use a platform from one timestamp to another."""
    open_app(session, start)
    _USE_FUNCTIONS[pattern](session, start + session.random.uniform(2, 8), end)
    _report_use(session, start, end)


def glance_at(session: UseSession, start: float) -> None:
    """Open an app, look, and close it."""
    open_app(session, start)
    random = session.random
    duration = draw_lognormal(random, 12, 0.7, 3, 40)
    pattern = random.choice(PATTERNS[session.hosts.platform])
    if pattern is not UsePattern.READING:
        _USE_FUNCTIONS[pattern](session, start + 3, start + duration)


def open_app(session: UseSession, timestamp: float) -> None:
    """Load what an app shows when it opens; an app that was open lately shows what it has."""
    conversation, hosts, interface, random = session
    conversation.exchange(interface, timestamp, draw_lognormal(random, 3_000, 0.5, 900, 9_000), 0)
    for _ in range(random.randint(1, 4)):
        request = timestamp + random.uniform(0.3, 4)
        conversation.exchange(
            interface,
            request,
            random.uniform(600, 2_500),
            draw_lognormal(random, 30_000, 0.9, 3e3, 3e5),
        )
    if happens(random, 0.7):
        most = 6e6 if UsePattern.CLIPS in PATTERNS[hosts.platform] else 1.5e6
        media = random.choice(hosts.media[:2])
        conversation.download(
            media, timestamp + 1, draw_lognormal(random, 4e5, 1.1, 2e4, most), 6, random
        )


def choose_interface(hosts: PlatformHosts, random: Random) -> str:
    """Choose the hostname that the app or browser exchanges requests with."""
    if hosts.platform in AMBIGUOUS_INTERFACES and happens(random, 0.3):
        return AMBIGUOUS_INTERFACES[hosts.platform]
    return random.choice(hosts.app[:2])


def _scroll(session: UseSession, timestamp: float, end: float) -> None:
    conversation, hosts, interface, random = session
    media = random.choice(hosts.media[:2])
    if hosts.platform == "youtube":
        media = "i.ytimg.com"
    while timestamp < end:
        for _ in range(random.randint(1, 4)):
            conversation.exchange(
                media,
                timestamp,
                random.uniform(300, 1_200),
                draw_lognormal(random, 6e4, 0.7, 15e3, 4e5),
            )
        if happens(random, 0.2):
            down = draw_lognormal(random, 35_000, 0.8, 8_000, 150_000)
            conversation.exchange(interface, timestamp, random.uniform(900, 4_000), down)
        timestamp += draw_lognormal(random, 6, 0.6, 2, 40)
        if happens(random, 0.04):
            timestamp += random.uniform(20, 90)


def _watch_clips(session: UseSession, timestamp: float, end: float) -> None:
    conversation, hosts, interface, random = session
    size = draw_lognormal(random, 1.2e6, 0.5, 4e5, 3e6)
    while timestamp < end:
        down = draw_lognormal(random, size, 0.6, 15e4, 8e6)
        conversation.download(hosts.media[0], timestamp, down, random.uniform(0.5, 6), random)
        conversation.exchange(
            interface, timestamp, random.uniform(700, 3_000), random.uniform(200, 900)
        )
        if happens(random, 0.2):
            conversation.exchange(
                interface, timestamp, 2_500, draw_lognormal(random, 60_000, 0.7, 2e4, 3e5)
            )
        timestamp += draw_lognormal(random, 14, 0.7, 2, 60)


def _watch_film(session: UseSession, timestamp: float, end: float) -> None:
    conversation, hosts, interface, random = session
    conversation.exchange(
        interface, timestamp, 3_000, draw_lognormal(random, 250_000, 0.9, 30_000, 1.5e6)
    )
    for _ in range(random.randint(2, 8)):
        conversation.exchange(
            hosts.media[-1], timestamp, 900, draw_lognormal(random, 15_000, 0.6, 3_000, 9e4)
        )
    play_film(conversation, hosts.media[0], timestamp, end, random)
    while timestamp < end:
        conversation.exchange(
            interface, timestamp, random.uniform(1_200, 2_600), random.uniform(200, 600)
        )
        timestamp += random.uniform(10, 40)


def play_film(
    conversation: Conversation, hostname: str, timestamp: float, end: float, random: Random
) -> None:
    """Play a film: part of it is loaded ahead, the rest in bursts."""
    rate = draw_lognormal(random, 90_000, 0.6, 25_000, 500_000)
    ahead = random.uniform(10, min(120, max(11, end - timestamp)))
    conversation.download(hostname, timestamp, rate * ahead, 8, random)
    timestamp += random.uniform(5, 30)
    until = end - ahead
    between = random.uniform(5, 30)
    while timestamp < until:
        conversation.download(hostname, timestamp, rate * between, 2, random)
        timestamp += between * random.uniform(0.8, 1.2)


def _chat(session: UseSession, timestamp: float, end: float) -> None:
    conversation, hosts, interface, random = session
    push_share = PUSH_SHARES.get(hosts.platform, 0)
    between = draw_lognormal(random, 9, 0.4, 4, 30)
    rate = draw_lognormal(random, 20_000, 0.8, 5_000, 200_000) / 30
    while timestamp < end:
        over = hosts.background[0] if happens(random, push_share) else interface
        conversation.exchange(
            over, timestamp, random.uniform(150, 2_500), random.uniform(150, 2_500)
        )
        after = draw_lognormal(random, between, 0.9, 1.5, 120)
        if happens(random, 0.6):
            beside = random.choice((interface, interface, hosts.media[0]))
            conversation.exchange(
                beside,
                timestamp,
                random.uniform(600, 3_000),
                rate * after * random.expovariate(0.6),
            )
        timestamp += after


def _read(session: UseSession, timestamp: float, end: float) -> None:
    conversation, hosts, interface, random = session
    while timestamp < end:
        conversation.exchange(
            interface, timestamp, 2_500, draw_lognormal(random, 120_000, 0.7, 4e4, 4e5)
        )
        pictures = draw_lognormal(random, 3e5, 0.9, 5e4, 2e6)
        conversation.download(random.choice(hosts.media), timestamp + 1, pictures, 4, random)
        timestamp += draw_lognormal(random, 70, 0.7, 15, 240)


def _report_use(session: UseSession, timestamp: float, end: float) -> None:
    """Send an app's reports of what is done in it."""
    conversation, hosts, interface, random = session
    while timestamp < end:
        timestamp += draw_lognormal(random, 90, 0.6, 20, 400)
        over = random.choice(
            (interface, *hosts.background, *_REPORT_HOSTNAMES.get(hosts.platform, ()))
        )
        conversation.exchange(
            over, min(timestamp, end), draw_lognormal(random, 9_000, 1.0, 1_500, 150_000), 700
        )


type _UseFunction = Callable[[UseSession, float, float], None]
_USE_FUNCTIONS: dict[UsePattern, _UseFunction] = {
    UsePattern.SCROLLING: _scroll,
    UsePattern.CLIPS: _watch_clips,
    UsePattern.FILM: _watch_film,
    UsePattern.CHAT: _chat,
    UsePattern.READING: _read,
}
