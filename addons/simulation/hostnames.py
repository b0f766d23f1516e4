"""What the simulated devices contact: hostnames as they are on the wire, and what they are for.

They are written down here and not asked of the catalogue: the simulation knows what it did, and
the catalogue has to find out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlatformHosts:
    """A platform's hostnames, and how much the pupils like it."""

    platform: str
    liking: float
    video: float
    """How often using it is watching rather than scrolling."""
    app: tuple[str, ...]
    media: tuple[str, ...]


PLATFORMS = (
    PlatformHosts(
        "snapchat",
        30,
        0.1,
        ("app.snapchat.com", "gcp.api.snapchat.com", "www.snapchat.com"),
        ("cf-st.sc-cdn.net", "bolt-gcdn.sc-cdn.net"),
    ),
    PlatformHosts(
        "instagram",
        24,
        0.2,
        ("i.instagram.com", "www.instagram.com"),
        ("scontent-ams4-1.cdninstagram.com", "instagram.fams1-2.fna.fbcdn.net"),
    ),
    PlatformHosts(
        "tiktok",
        22,
        0.5,
        ("api16-normal-no1a.tiktokv.eu", "www.tiktok.com"),
        ("v16m-default.tiktokcdn-eu.com", "p16-sign-va.tiktokcdn.com"),
    ),
    PlatformHosts(
        "youtube",
        16,
        0.8,
        ("www.youtube.com", "m.youtube.com"),
        ("rr4---sn-5hne6nzs.googlevideo.com", "i.ytimg.com"),
    ),
    PlatformHosts("x", 3, 0.1, ("x.com", "api.x.com"), ("pbs.twimg.com", "video.twimg.com")),
    PlatformHosts("pinterest", 3, 0, ("nl.pinterest.com", "api.pinterest.com"), ("i.pinimg.com",)),
    PlatformHosts(
        "facebook",
        2,
        0.2,
        ("www.facebook.com", "m.facebook.com"),
        ("scontent-ams2-1.xx.fbcdn.net", "static.xx.fbcdn.net"),
    ),
    PlatformHosts(
        "weblogs",
        2,
        0,
        ("voorbeeld.wordpress.com", "voorbeeld.blogspot.com", "substack.com"),
        ("voorbeeld.files.wordpress.com", "1.bp.blogspot.com"),
    ),
    PlatformHosts("linkedin", 0.5, 0, ("www.linkedin.com",), ("media.licdn.com",)),
)

BACKGROUND = (
    "edge-mqtt.facebook.com",
    "gateway.instagram.com",
    "mon.tiktokv.com",
    "app-analytics-v2.snapchat.com",
    "duplex.snapchat.com",
)
"""Push messages and telemetry of a phone in a pocket."""
EMBEDS = (
    "connect.facebook.net",
    "www.youtube-nocookie.com",
    "platform.twitter.com",
    "graph.facebook.com",
    "assets.pinterest.com",
    "s0.wp.com",
)
"""Widgets, trackers and embedded videos on other sites."""
SIGNING_IN = ("accounts.snapchat.com", "accounts.youtube.com")
LOOKALIKES = ("www.netflix.com", "www.dropbox.com", "g.alicdn.com", "www.webex.com")
"""They end in, or contain, what a platform's hostname is."""
OTHERS = (
    "elo.voorbeeldschool.nl",
    "login.microsoftonline.com",
    "www.google.com",
    "nl.wikipedia.org",
    "mtalk.google.com",
    "play.googleapis.com",
    "gateway.icloud.com",
    "www.nu.nl",
)
"""Of no platform."""


def every_hostname() -> tuple[str, ...]:
    """List all of them."""
    of_platforms = (name for hosts in PLATFORMS for name in (*hosts.app, *hosts.media))
    return (*of_platforms, *BACKGROUND, *EMBEDS, *SIGNING_IN, *LOOKALIKES, *OTHERS)
