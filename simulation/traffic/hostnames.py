"""The hostnames that simulated devices contact, and what each is for.

They do not come from the catalogue: the simulation knows what it did, and the catalogue has to find
out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlatformHosts:
    """A platform's hostnames, and how popular it is."""

    platform: str
    popularity: float
    """Relative to the other platforms."""
    video_share: float
    """How often its use is watching rather than scrolling."""
    app: tuple[str, ...]
    media: tuple[str, ...]
    """The first two carry pictures and films."""
    background: tuple[str, ...] = ()
    """Push messages, telemetry, and the app's reports of what is done in it."""
    embed: tuple[str, ...] = ()
    """Hostnames that a page with one of its widgets contacts first."""


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
HOSTS_BY_PLATFORM = {hosts.platform: hosts for hosts in PLATFORMS}

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
"""They end in, or contain, a hostname of a platform."""
SHARED = (
    "youtubei.googleapis.com",
    "scontent-ams2-1.xx.fbcdn.net",
    "p16-sign-va.tiktokcdn.com",
    "rr4---sn-5hne6nzs.googlevideo.com",
)
"""Hostnames that other apps use too."""
SOFTWARE_KITS = ("graph.facebook.com", "web.facebook.com", "mon.musical.ly")
"""Hostnames that other apps contact because of software kits in them."""
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
"""Hostnames of no platform."""


def list_hostnames() -> tuple[str, ...]:
    """List every hostname once."""
    of_platforms = (
        name
        for hosts in PLATFORMS
        for name in (*hosts.app, *hosts.media, *hosts.background, *hosts.embed)
    )
    others = (*BACKGROUND, *EMBEDS, *SIGNING_IN, *LOOKALIKES, *UNRELATED, *SOFTWARE_KITS, *CAPCUT)
    return tuple(dict.fromkeys((*of_platforms, *others)))
