"""The declaration of a feed of places, and what a feed is opened with.

A module in a package of `monitor.places.feeds` declares its feed as `FEED`, a `FeedSpec`.
`registry` finds it there, and everything else follows from it: the service opens the feed when its
key is set, and counts, `lesrust check`, `lesrust doctor` and the diagnostics file go by its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from monitor.identity import NamingKey
from monitor.places.attachment_map import AttachmentMap
from monitor.places.bindings import BindingSource
from monitor.places.feeds.dhcp.leases import LeaseTranslator
from monitor.places.feeds.feed import Feed
from monitor.places.feeds.radius.sender import RadiusSender
from monitor.places.feeds.radius.sessions import AccountingTranslator
from monitor.places.feeds.unmapped import UnmappedAttachments


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContext:
    """What all feeds of one process are opened with."""

    zone: ZoneInfo
    """The school's time zone."""
    attachments: AttachmentMap
    """The place of each access point, VLAN and circuit."""
    unmapped: UnmappedAttachments
    """Records what the attachment map has no line for."""
    naming: NamingKey
    """Hashes what names a person or a device."""
    accounting: AccountingTranslator
    """Turns RADIUS accounting into events; all RADIUS feeds share it, and its sessions."""
    leases: LeaseTranslator
    """Turns leases into events; all DHCP feeds share it, and the places that it remembers."""
    load_senders: Callable[[], Sequence[RadiusSender]]
    """Loads who may send RADIUS accounting; raises `Refused` when a secret cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """One feed of places."""

    name: str
    """Labels its counts in metrics; it never changes."""
    source: BindingSource
    """Whose word its bindings are: RADIUS comes before DHCP."""
    section: str
    """The section of `lesrust.toml` with its setting."""
    key: str
    """The setting there that switches it on."""
    open: Callable[[Any, FeedContext], Feed]
    """Opens the feed with the setting's value; raises `Refused` when it cannot be used."""
    needs_senders: bool = False
    """Whether a `[[sender]]` must be configured for it."""
