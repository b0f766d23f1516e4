"""The background traffic of a phone that nobody looks at: what its apps contact by themselves.

From the captures: a poll or a report is 0.6–5 kB up and 0.8–11 kB down in one short connection
(`KBKlic1`, `GoogleCalendarSync1`, the idle devices of `surfshark` and `EquaBank1`), a connection
for pushes begins with 2.6 kB up and 9 kB down and then carries tens of bytes (`mqtt`), software
kits in other apps send 3–5 kB and get 1–11 kB (`android71_*`), or up to 73 kB up and 195 kB down
over two minutes (`quic-mvfst-22`), and an idle Android asks for a thumbnail (3 kB up, 7 kB down).

How often this happens is a wide assumption: an app that polls does so every 6 minutes (1–15,
log-normal, ± 20 %), over a new connection or an old one; one in four fetches pictures
once or twice a lesson (20–600 kB); a third sends reports of up to 200 kB; and a screen that is lit
to see the time (0.8 times a lesson) makes one app in three refresh its feed too, unless it did so
in the last ten minutes. One device in thirty has a page of a platform open in a tab that nobody
sees.
"""

from collections.abc import Iterator
from random import Random

from simulation.randomness import draw_lognormal, happens
from simulation.school.bells import BellSpan
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import HOSTS_BY_PLATFORM, PLATFORMS, SOFTWARE_KITS, PlatformHosts
from simulation.traffic.platform_use import QUIC_SHARES

INSTALLED_SHARES = {
    "snapchat": 0.8,
    "instagram": 0.75,
    "tiktok": 0.65,
    "youtube": 0.6,
    "x": 0.1,
    "pinterest": 0.15,
    "facebook": 0.12,
    "linkedin": 0.02,
}
"""Share of the phones that have a platform's app."""
ANDROID_SHARE = 0.6
_POLLS, _FETCHES, _REPORTS, _PUSHED = 0.4, 0.25, 0.33, 0.6
_ONCE = (1, 1, 1, 2)
_FRESH_FOR = 600.0
"""Seconds for which an app keeps what it fetched; Android lets it fetch every 15 minutes."""
_LIT = 0.8
_RENEWS = 0.35
_TAB = 0.03
_TABS = ("x", "youtube", "facebook", "linkedin", "instagram")


def choose_apps(random: Random) -> tuple[PlatformHosts, ...]:
    """Choose the apps that a phone has."""
    return tuple(
        hosts for hosts in PLATFORMS if happens(random, INSTALLED_SHARES.get(hosts.platform, 0.0))
    )


def make_background_traffic(
    client: bytes, installed: tuple[PlatformHosts, ...], span: BellSpan, random: Random
) -> Iterator[SimulatedConnection]:
    """Make the traffic of a phone by itself in a lesson hour or a break."""
    lit = [random.uniform(span.start, span.end) for _ in range(_draw_lit_count(random))]
    for hosts in installed:
        conversation = Conversation(
            client, span, quic=happens(random, QUIC_SHARES.get(hosts.platform, 0.1))
        )
        if happens(random, _POLLS):
            _poll(conversation, hosts, draw_lognormal(random, 360, 0.8, 60, 900), span, random)
        for timestamp in _draw_fetches(lit, span, random):
            _fetch(conversation, hosts, timestamp, 6e5, random)
        if hosts.background:
            _push_and_report(conversation, hosts, span, random)
        yield from conversation.connections()
    yield from _contact_others(client, span, random)


def _draw_fetches(lit: list[float], span: BellSpan, random: Random) -> Iterator[float]:
    """Draw when an app fetches something: by itself, or when the screen is lit."""
    timestamps = [
        timestamp + random.uniform(0.5, 4) for timestamp in lit if happens(random, _RENEWS)
    ]
    if happens(random, _FETCHES):
        timestamps += [random.uniform(span.start, span.end) for _ in range(random.choice(_ONCE))]
    last = 0.0
    for timestamp in sorted(timestamps):
        if timestamp - last >= _FRESH_FOR:
            last = timestamp
            yield timestamp


def _draw_lit_count(random: Random) -> int:
    """Draw from a Poisson distribution with a mean of `_LIT`."""
    times, waited = 0, random.expovariate(_LIT)
    while waited < 1:
        times, waited = times + 1, waited + random.expovariate(_LIT)
    return times


def _poll(
    conversation: Conversation,
    hosts: PlatformHosts,
    interval: float,
    span: BellSpan,
    random: Random,
) -> None:
    """Poll for news: the app, and often its content network in the same seconds."""
    hostname = random.choice(hosts.app[:2])
    with_media = happens(random, 0.4)
    timestamp = span.start + random.uniform(0, interval)
    while timestamp < span.end:
        down = draw_lognormal(random, 2_500, 0.9, 300, 12_000)
        conversation.exchange(
            hostname, timestamp, draw_lognormal(random, 1_800, 0.5, 600, 5_000), down
        )
        if with_media:
            down = draw_lognormal(random, 4_000, 0.8, 400, 20_000)
            conversation.exchange(
                random.choice(hosts.media), timestamp + random.uniform(0.2, 3), 900, down
            )
        timestamp += interval * random.uniform(0.8, 1.2)


def _fetch(
    conversation: Conversation,
    hosts: PlatformHosts,
    timestamp: float,
    largest: float,
    random: Random,
) -> None:
    """Refresh what the app shows when it is opened: a feed and some pictures."""
    conversation.exchange(
        hosts.app[0],
        timestamp,
        random.uniform(900, 4_000),
        draw_lognormal(random, 25e3, 0.8, 4e3, 15e4),
    )
    down = draw_lognormal(random, 150_000, 0.8, 20_000, largest)
    conversation.download(
        random.choice(hosts.media[:2]), timestamp + 1, down, random.uniform(1, 15), random
    )


def _push_and_report(
    conversation: Conversation, hosts: PlatformHosts, span: BellSpan, random: Random
) -> None:
    """Wait for pushes all lesson, and send reports."""
    if happens(random, _PUSHED):
        timestamp = span.start + random.uniform(0, 30)
        while timestamp < span.end:
            is_message = happens(random, 0.2)
            size = random.uniform(300, 3_000) if is_message else random.uniform(40, 400)
            conversation.exchange(hosts.background[0], timestamp, random.uniform(40, 200), size)
            timestamp += draw_lognormal(random, 120, 0.7, 30, 235)
    if happens(random, _REPORTS):
        for _ in range(random.randint(1, 3)):
            over = hosts.background[-1] if happens(random, 0.75) else hosts.app[0]
            timestamp = random.uniform(span.start, span.end)
            conversation.exchange(
                over,
                timestamp,
                draw_lognormal(random, 15e3, 0.9, 3e3, 2e5),
                random.uniform(700, 5_000),
            )


def _contact_others(client: bytes, span: BellSpan, random: Random) -> Iterator[SimulatedConnection]:
    conversation = Conversation(client, span)
    if happens(random, 0.3):
        for _ in range(random.randint(1, 3)):
            timestamp = random.uniform(span.start, span.end)
            _contact_kit(conversation, timestamp, random)
    if happens(random, ANDROID_SHARE):
        for _ in range(random.randint(0, 2)):
            timestamp = random.uniform(span.start, span.end)
            conversation.exchange("youtubei.googleapis.com", timestamp, 2_400, 2_500)
            conversation.exchange(
                "i.ytimg.com", timestamp + 0.2, 2_400, draw_lognormal(random, 2_500, 0.6, 800, 3e4)
            )
    if happens(random, _TAB):
        _poll(
            conversation,
            HOSTS_BY_PLATFORM[random.choice(_TABS)],
            random.uniform(60, 180),
            span,
            random,
        )
    yield from conversation.connections()


def _contact_kit(conversation: Conversation, timestamp: float, random: Random) -> None:
    conversation.exchange(
        random.choice(SOFTWARE_KITS),
        timestamp,
        random.uniform(3e3, 5e3),
        draw_lognormal(random, 4e3, 0.7, 300, 2e4),
    )
    if happens(random, 0.1):
        conversation.exchange(
            "scontent-ams2-1.xx.fbcdn.net",
            timestamp + 1,
            700,
            draw_lognormal(random, 2e3, 1, 400, 4e4),
        )
    if happens(random, 0.03):
        conversation.exchange(SOFTWARE_KITS[0], timestamp + 60, 73_000, 195_000)
