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
    """The first two carry what is looked at."""
    background: tuple[str, ...] = ()
    """Push messages, telemetry, and what the app itself says of what is done in it."""
    embed: tuple[str, ...] = ()
    """What a page with one of its widgets contacts first."""


PLATFORMS = (
    PlatformHosts(
        "snapchat",
        30,
        0.1,
        ("gcp.api.snapchat.com", "app.snapchat.com", "www.snapchat.com"),
        ("bolt-gcdn.sc-cdn.net", "cf-st.sc-cdn.net"),
        ("duplex.snapchat.com", "app-analytics-v2.snapchat.com"),
    ),
    PlatformHosts(
        "instagram",
        24,
        0.2,
        ("i.instagram.com", "www.instagram.com"),
        ("scontent-ams4-1.cdninstagram.com", "instagram.fams1-2.fna.fbcdn.net"),
        ("gateway.instagram.com", "edge-chat.instagram.com"),
        ("platform.instagram.com", "graph.instagram.com"),
    ),
    PlatformHosts(
        "tiktok",
        22,
        0.5,
        ("api16-normal-no1a.tiktokv.eu", "www.tiktok.com"),
        ("v16m-default.tiktokcdn-eu.com", "p16-sign-va.tiktokcdn.com"),
        ("mon.tiktokv.com",),
        ("analytics.tiktok.com",),
    ),
    PlatformHosts(
        "youtube",
        16,
        0.8,
        ("www.youtube.com", "m.youtube.com"),
        ("rr4---sn-5hne6nzs.googlevideo.com", "i.ytimg.com"),
        ("youtubei.googleapis.com",),
        ("www.youtube-nocookie.com",),
    ),
    PlatformHosts(
        "x",
        3,
        0.1,
        ("api.x.com", "x.com"),
        ("pbs.twimg.com", "video.twimg.com"),
        embed=("platform.twitter.com", "syndication.twitter.com"),
    ),
    PlatformHosts(
        "pinterest",
        3,
        0,
        ("api.pinterest.com", "nl.pinterest.com"),
        ("i.pinimg.com",),
        embed=("assets.pinterest.com",),
    ),
    PlatformHosts(
        "facebook",
        2,
        0.2,
        ("www.facebook.com", "m.facebook.com"),
        ("scontent-ams2-1.xx.fbcdn.net", "static.xx.fbcdn.net"),
        ("edge-mqtt.facebook.com", "b-graph.facebook.com"),
        ("connect.facebook.net", "graph.facebook.com"),
    ),
    PlatformHosts(
        "weblogs",
        2,
        0,
        ("voorbeeld.wordpress.com", "voorbeeld.blogspot.com", "substack.com"),
        ("voorbeeld.files.wordpress.com", "1.bp.blogspot.com"),
        embed=("s0.wp.com",),
    ),
    PlatformHosts("linkedin", 0.5, 0, ("www.linkedin.com",), ("media.licdn.com",)),
)
OF_PLATFORM = {hosts.platform: hosts for hosts in PLATFORMS}

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
SHARED = (
    "youtubei.googleapis.com",
    "scontent-ams2-1.xx.fbcdn.net",
    "p16-sign-va.tiktokcdn.com",
    "rr4---sn-5hne6nzs.googlevideo.com",
)
"""Others use them too."""
SOFTWARE_KITS = ("graph.facebook.com", "web.facebook.com", "mon.musical.ly")
"""What other apps contact because of the software kits in them, whoever uses them."""
CAPCUT = ("p16-sign-va.tiktokcdn.com", "p16.ibyteimg.com", "editor-api.byteoversea.com")
UNRELATED = (
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


def list_hostnames() -> tuple[str, ...]:
    """List all of them."""
    of_platforms = (
        name
        for hosts in PLATFORMS
        for name in (*hosts.app, *hosts.media, *hosts.background, *hosts.embed)
    )
    others = (*BACKGROUND, *EMBEDS, *SIGNING_IN, *LOOKALIKES, *UNRELATED, *SOFTWARE_KITS, *CAPCUT)
    return tuple(dict.fromkeys((*of_platforms, *others)))
