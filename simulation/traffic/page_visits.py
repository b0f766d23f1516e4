"""Visits to pages and apps of others that embed parts of platforms: the platform is not used.

From the captures: a page with Pinterest's and Facebook's widgets (`pinterest_a`: 66 kB of
`connect.facebook.net`), one with X's and YouTube's (`reddit`: 7 kB of `platform.twitter.com`,
4 kB of `www.youtube.com`, 21 kB of pictures), newspapers in Chrome (`chrome-ubuntu`: 42 kB of
`www.facebook.com`). That a post or a film in a page loads 50–600 kB or plays for minutes is how
these pages work; the sizes are assumptions.

A film in a lesson's page is nearly always on `www.youtube-nocookie.com`, in two of five with the
script that controls it from `www.youtube.com` (1 kB and some 40 kB). One in ten is on
`www.youtube.com` itself, which no hostname distinguishes from YouTube's own site.
"""

from collections.abc import Callable
from enum import StrEnum
from random import Random

from simulation.randomness import draw_lognormal, happens
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import CAPCUT, HOSTS_BY_PLATFORM, SIGNING_IN
from simulation.traffic.platform_use import play_film


class PageVisit(StrEnum):
    """A page or app of others that embeds a platform."""

    NEWSPAPER = "newspaper with embeds"
    LESSON_FILM = "film in a lesson's page"
    PLAIN_FILM = "film in a page, from the platform's own site"
    PREVIEW = "link preview"
    SIGNING_IN = "signing in with"
    CAPCUT = "CapCut"


VISITS_PER_LESSON = {
    PageVisit.NEWSPAPER: 0.08,
    PageVisit.LESSON_FILM: 0.018,
    PageVisit.PLAIN_FILM: 0.001,
    PageVisit.PREVIEW: 0.05,
    PageVisit.SIGNING_IN: 0.03,
    PageVisit.CAPCUT: 0.004,
}
"""Share of the devices, in a lesson."""
_POST_PLATFORMS = ("x", "instagram", "facebook", "tiktok", "pinterest", "youtube")
_WIDGETS = ("connect.facebook.net", "platform.twitter.com", "assets.pinterest.com", "s0.wp.com")


def make_visit(
    conversation: Conversation, page: PageVisit, start: float, end: float, random: Random
) -> str:
    """Make the visit, and return the platform that it resembles; empty when it is several."""
    return _VISIT_FUNCTIONS[page](conversation, start, end, random)


def _visit_newspaper(
    conversation: Conversation, timestamp: float, end: float, random: Random
) -> str:
    post = random.choice(_POST_PLATFORMS)
    while timestamp < end:
        for widget in _WIDGETS:
            if happens(random, 0.4):
                conversation.exchange(
                    widget, timestamp, 1_200, draw_lognormal(random, 3e4, 0.8, 3e3, 1e5)
                )
        if happens(random, 0.15):
            conversation.exchange(
                "www.facebook.com", timestamp + 1, 4_000, draw_lognormal(random, 2e4, 0.7, 4e3, 9e4)
            )
        if happens(random, 0.35):
            _load_post(conversation, post, timestamp + random.uniform(1, 30), random)
        timestamp += draw_lognormal(random, 75, 0.6, 20, 240)
    return post


def _load_post(conversation: Conversation, platform: str, timestamp: float, random: Random) -> None:
    hosts = HOSTS_BY_PLATFORM[platform]
    conversation.exchange(
        hosts.embed[0], timestamp, 1_200, draw_lognormal(random, 3e4, 0.8, 4e3, 2e5)
    )
    if platform != "youtube":
        conversation.exchange(
            hosts.app[-1], timestamp + 0.5, 1_500, draw_lognormal(random, 4e4, 0.8, 4e3, 2e5)
        )
    pictures = draw_lognormal(random, 120_000, 0.9, 1e4, 8e5)
    conversation.download(random.choice(hosts.media), timestamp + 1, pictures, 3, random)


def _visit_lesson_film(
    conversation: Conversation, timestamp: float, end: float, random: Random
) -> str:
    conversation.exchange(
        "www.youtube-nocookie.com", timestamp, 2_500, draw_lognormal(random, 4e5, 0.8, 4e4, 1.5e6)
    )
    if happens(random, 0.4):
        conversation.exchange(
            "www.youtube.com", timestamp, 1_500, draw_lognormal(random, 42_000, 0.3, 4_000, 9e4)
        )
    conversation.exchange(
        "i.ytimg.com", timestamp + 0.5, 900, draw_lognormal(random, 4e4, 0.6, 1e4, 2e5)
    )
    play_film(conversation, "rr4---sn-5hne6nzs.googlevideo.com", timestamp + 2, end, random)
    _send_playback_reports(conversation, "www.youtube-nocookie.com", timestamp, end, random)
    return "youtube"


def _visit_plain_film(
    conversation: Conversation, timestamp: float, end: float, random: Random
) -> str:
    conversation.exchange(
        "www.youtube.com", timestamp, 2_500, draw_lognormal(random, 4e5, 0.8, 4e4, 1.5e6)
    )
    conversation.exchange(
        "i.ytimg.com", timestamp + 0.5, 900, draw_lognormal(random, 4e4, 0.6, 1e4, 2e5)
    )
    play_film(conversation, "rr4---sn-5hne6nzs.googlevideo.com", timestamp + 2, end, random)
    _send_playback_reports(conversation, "www.youtube.com", timestamp, end, random)
    return "youtube"


def _send_playback_reports(
    conversation: Conversation, hostname: str, timestamp: float, end: float, random: Random
) -> None:
    while timestamp < end:
        conversation.exchange(
            hostname, timestamp, random.uniform(1_200, 2_600), random.uniform(200, 600)
        )
        timestamp += random.uniform(10, 40)


def _load_previews(conversation: Conversation, timestamp: float, end: float, random: Random) -> str:
    hosts = HOSTS_BY_PLATFORM[random.choice(("youtube", "x", "instagram", "tiktok", "weblogs"))]
    for _ in range(random.randint(1, 6)):
        preview = random.uniform(timestamp, end)
        conversation.exchange(
            hosts.media[-1], preview, 800, draw_lognormal(random, 3e4, 0.7, 5e3, 15e4)
        )
    return hosts.platform


def _sign_in(conversation: Conversation, timestamp: float, _: float, random: Random) -> str:
    if happens(random, 0.6):
        conversation.exchange(
            random.choice(SIGNING_IN), timestamp, 3_000, draw_lognormal(random, 2e4, 0.8, 2e3, 2e5)
        )
        return ""
    platform = random.choice(("facebook", "x", "tiktok"))
    for request in (timestamp, timestamp + random.uniform(3, 40)):
        hostname = HOSTS_BY_PLATFORM[platform].app[-1]
        conversation.exchange(hostname, request, 4_000, draw_lognormal(random, 6e4, 0.8, 8e3, 3e5))
    return platform


def _use_capcut(conversation: Conversation, timestamp: float, end: float, random: Random) -> str:
    while timestamp < end:
        conversation.exchange(
            CAPCUT[2], timestamp, 2_000, draw_lognormal(random, 5e3, 0.8, 800, 5e4)
        )
        conversation.download(
            random.choice(CAPCUT[:2]),
            timestamp,
            draw_lognormal(random, 6e5, 1, 3e4, 5e6),
            4,
            random,
        )
        timestamp += draw_lognormal(random, 25, 0.7, 4, 120)
    return "tiktok"


_VISIT_FUNCTIONS: dict[PageVisit, Callable[[Conversation, float, float, Random], str]] = {
    PageVisit.NEWSPAPER: _visit_newspaper,
    PageVisit.LESSON_FILM: _visit_lesson_film,
    PageVisit.PLAIN_FILM: _visit_plain_film,
    PageVisit.PREVIEW: _load_previews,
    PageVisit.SIGNING_IN: _sign_in,
    PageVisit.CAPCUT: _use_capcut,
}
