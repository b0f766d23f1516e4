"""Who may send RADIUS accounting."""

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network


@dataclass(frozen=True, slots=True)
class RadiusSender:
    """A server or controller that may send, and the secret that is shared with it."""

    network: IPv4Network | IPv6Network
    secret: bytes = field(repr=False)
    needs_authenticator: bool = True
    """Whether what has no Message-Authenticator is dropped."""
