"""Which role a hostname may have, judged by its labels alone: for a person to look at."""

from monitor.catalogue.platform import HostnameRole

_BY_WORD = {
    HostnameRole.AUTH: {"accounts", "auth", "login", "oauth", "passport", "signin", "sso"},
    HostnameRole.EMBED: {
        "ad", "ads", "adsapi", "analytics", "badges", "connect", "embed", "graph", "pixel",
        "platform", "plugins", "sdk", "syndication", "tr", "track", "tracker", "widget", "widgets",
    },
    HostnameRole.BACKGROUND: {
        "applog", "crash", "error", "errors", "gateway", "log", "logger", "logs", "mcs", "metric",
        "metrics", "mon", "mqtt", "perf", "push", "stats", "telemetry",
    },
    HostnameRole.MEDIA: {
        "cdn", "image", "images", "img", "media", "photo", "photos", "pic", "pics", "static",
        "thumbs", "video", "videos",
    },
}  # fmt: skip
"""Roles that are not counted as use come first: that is the safer mistake."""
_MEDIA_ENDINGS = ("cdn", "img", "static")


def suggest_role(hostname: str, *, is_advertising: bool = False) -> HostnameRole:
    """Return the role that a hostname's words suggest, else `app`."""
    if is_advertising:
        return HostnameRole.EMBED
    words = [word.strip("0123456789") for word in _words(hostname)]
    for suggested, telltales in _BY_WORD.items():
        if not telltales.isdisjoint(words):
            return suggested
    return (
        HostnameRole.MEDIA
        if any(word.endswith(_MEDIA_ENDINGS) for word in words)
        else HostnameRole.APP
    )


def _words(hostname: str) -> list[str]:
    """Split a name at its dots and hyphens; the top-level domain says nothing."""
    return hostname.rpartition(".")[0].replace("-", ".").split(".")
