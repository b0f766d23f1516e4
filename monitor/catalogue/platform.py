"""What the catalogue says of a hostname: its platform, and its role there."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class HostnameRole(StrEnum):
    """What a platform's hostname is for."""

    APP = "app"
    """The site, and what its app talks to: people use it."""
    MEDIA = "media"
    """The content network."""
    EMBED = "embed"
    """Widgets, trackers and software kits on other sites and in other apps."""
    BACKGROUND = "background"
    """Push messages and telemetry: a phone in a pocket contacts it too."""
    AUTH = "auth"
    """Signing in, also elsewhere."""


class Platform(NamedTuple):
    """A social medium."""

    name: str
    title: str
    """Its name as people write it."""
    is_on: bool
    """Whether its hostnames are recognised: its file's default, or as the school switched it."""
    checked: date
    """When its hostnames were last held against their sources."""


@dataclass(frozen=True, slots=True)
class Match:
    """The platform and role of a hostname."""

    platform: str
    role: HostnameRole
    shared_with: tuple[str, ...] = field(default=(), compare=False)
    """Who else uses the hostname: platforms, and others that have no file here."""
    candidates: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """The platform, and those it is shared with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidates", (self.platform, *self.shared_with))
