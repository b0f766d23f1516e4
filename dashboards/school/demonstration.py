"""What only a demonstration has: a clock that stands still, and a token to sign in by role."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from monitor.configuration import Role, WebSettings
from schedules.language import gettext
from schedules.problem import Problem, Refused


@dataclass(frozen=True, slots=True)
class WebDemonstration:
    """What the web application of one demonstration has of its own."""

    timestamp: float
    """What the school's clock shows, in seconds since 1970-01-01 UTC."""
    tokens: Mapping[str, str]
    """By role."""

    @classmethod
    def starting_at(cls, timestamp: float) -> "WebDemonstration":
        """Start one whose links are known to nobody yet."""
        return cls(timestamp, {role.value: secrets.token_urlsafe(16) for role in Role})

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield each role, and the path of its link."""
        for role, token in self.tokens.items():
            yield role, f"/demo/{token}/"


def require_loopback(web: WebSettings) -> None:
    """Refuse to have a link that signs in where others can reach it.

    Raises:
        Refused: when the pages listen on another address than loopback, or have a public one.
    """
    host, _ = web.listen_address
    if web.address or not _is_loopback(host):
        allowed = gettext("127.0.0.1 and no address, for a demonstration")
        raise Refused(
            [Problem(gettext("key {key}", key="web.listen"), web.address or web.listen, allowed)]
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
