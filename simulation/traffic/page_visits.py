"""Pages and apps of others, with pieces of platforms in them: nobody uses the platform.

From the captures: a page with Pinterest's and Facebook's widgets (`pinterest_a`: 66 kB of
`connect.facebook.net`), one with X's and YouTube's (`reddit`: 7 kB of `platform.twitter.com`,
4 kB of `www.youtube.com`, 21 kB of pictures), newspapers in Chrome (`chrome-ubuntu`: 42 kB of
`www.facebook.com`). That a post or a film in a page loads 50–600 kB or plays for minutes is how
these pages work, and how large it is an assumption.

A film in a lesson's page is nearly always on `www.youtube-nocookie.com`, in two of five with the
script that controls it from `www.youtube.com` (1 kB and some 40 kB). One in ten is on
`www.youtube.com` itself, which no name tells from YouTube's own site.
"""

from collections.abc import Callable
from enum import StrEnum
from random import Random

from simulation.randomness import draw_lognormal, happens
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import CAPCUT, OF_PLATFORM, SIGNING_IN
from simulation.traffic.platform_use import play_film


class PageVisit(StrEnum):
    """What somebody does that has a platform in it."""

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
"""Of the devices in a lesson."""
_POSTS = ("x", "instagram", "facebook", "tiktok", "pinterest", "youtube")
_WIDGETS = ("connect.facebook.net", "platform.twitter.com", "assets.pinterest.com", "s0.wp.com")


def make_visit(
    talk: Conversation, page: PageVisit, begins: float, ends: float, random: Random
) -> str:
    """Do it, and say which platform it could be taken for; empty when it is several."""
    return _PAGES[page](talk, begins, ends, random)


def _newspaper(talk: Conversation, at: float, ends: float, random: Random) -> str:
    post = random.choice(_POSTS)
    while at < ends:
        for widget in _WIDGETS:
            if happens(random, 0.4):
                talk.say(widget, at, 1_200, draw_lognormal(random, 3e4, 0.8, 3e3, 1e5))
        if happens(random, 0.15):
            talk.say("www.facebook.com", at + 1, 4_000, draw_lognormal(random, 2e4, 0.7, 4e3, 9e4))
        if happens(random, 0.35):
            _post(talk, post, at + random.uniform(1, 30), random)
        at += draw_lognormal(random, 75, 0.6, 20, 240)
    return post


def _post(talk: Conversation, platform: str, at: float, random: Random) -> None:
    hosts = OF_PLATFORM[platform]
    talk.say(hosts.embed[0], at, 1_200, draw_lognormal(random, 3e4, 0.8, 4e3, 2e5))
    if platform != "youtube":
        talk.say(hosts.app[-1], at + 0.5, 1_500, draw_lognormal(random, 4e4, 0.8, 4e3, 2e5))
    pictures = draw_lognormal(random, 120_000, 0.9, 1e4, 8e5)
    talk.burst(random.choice(hosts.media), at + 1, pictures, 3, random)


def _lesson_film(talk: Conversation, at: float, ends: float, random: Random) -> str:
    talk.say("www.youtube-nocookie.com", at, 2_500, draw_lognormal(random, 4e5, 0.8, 4e4, 1.5e6))
    if happens(random, 0.4):
        talk.say("www.youtube.com", at, 1_500, draw_lognormal(random, 42_000, 0.3, 4_000, 9e4))
    talk.say("i.ytimg.com", at + 0.5, 900, draw_lognormal(random, 4e4, 0.6, 1e4, 2e5))
    play_film(talk, "rr4---sn-5hne6nzs.googlevideo.com", at + 2, ends, random)
    _measure(talk, "www.youtube-nocookie.com", at, ends, random)
    return "youtube"


def _plain_film(talk: Conversation, at: float, ends: float, random: Random) -> str:
    talk.say("www.youtube.com", at, 2_500, draw_lognormal(random, 4e5, 0.8, 4e4, 1.5e6))
    talk.say("i.ytimg.com", at + 0.5, 900, draw_lognormal(random, 4e4, 0.6, 1e4, 2e5))
    play_film(talk, "rr4---sn-5hne6nzs.googlevideo.com", at + 2, ends, random)
    _measure(talk, "www.youtube.com", at, ends, random)
    return "youtube"


def _measure(talk: Conversation, hostname: str, at: float, ends: float, random: Random) -> None:
    while at < ends:
        talk.say(hostname, at, random.uniform(1_200, 2_600), random.uniform(200, 600))
        at += random.uniform(10, 40)


def _preview(talk: Conversation, at: float, ends: float, random: Random) -> str:
    hosts = OF_PLATFORM[random.choice(("youtube", "x", "instagram", "tiktok", "weblogs"))]
    for _ in range(random.randint(1, 6)):
        moment = random.uniform(at, ends)
        talk.say(hosts.media[-1], moment, 800, draw_lognormal(random, 3e4, 0.7, 5e3, 15e4))
    return hosts.platform


def _sign_in(talk: Conversation, at: float, _: float, random: Random) -> str:
    if happens(random, 0.6):
        talk.say(random.choice(SIGNING_IN), at, 3_000, draw_lognormal(random, 2e4, 0.8, 2e3, 2e5))
        return ""
    platform = random.choice(("facebook", "x", "tiktok"))
    for moment in (at, at + random.uniform(3, 40)):
        hostname = OF_PLATFORM[platform].app[-1]
        talk.say(hostname, moment, 4_000, draw_lognormal(random, 6e4, 0.8, 8e3, 3e5))
    return platform


def _capcut(talk: Conversation, at: float, ends: float, random: Random) -> str:
    while at < ends:
        talk.say(CAPCUT[2], at, 2_000, draw_lognormal(random, 5e3, 0.8, 800, 5e4))
        talk.burst(
            random.choice(CAPCUT[:2]), at, draw_lognormal(random, 6e5, 1, 3e4, 5e6), 4, random
        )
        at += draw_lognormal(random, 25, 0.7, 4, 120)
    return "tiktok"


_PAGES: dict[PageVisit, Callable[[Conversation, float, float, Random], str]] = {
    PageVisit.NEWSPAPER: _newspaper,
    PageVisit.LESSON_FILM: _lesson_film,
    PageVisit.PLAIN_FILM: _plain_film,
    PageVisit.PREVIEW: _preview,
    PageVisit.SIGNING_IN: _sign_in,
    PageVisit.CAPCUT: _capcut,
}
