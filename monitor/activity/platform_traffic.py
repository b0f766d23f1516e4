"""The traffic of one device with one platform in one lesson: kilobytes by half minute.

Whether it is active use is said by `monitor.activity.active_use`, and whether something was sent by
`monitor.activity.uploads`.
"""

from array import array
from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from monitor.catalogue import HostnameRole

HALF_MINUTE = 30.0
"""Seconds."""

SLOTS = 240
"""Half minutes that are kept: two hours, longer than a lesson, and a bound on memory."""
KILOBYTE = 1_000
DOWN_PER_REQUEST = 50
"""Bytes down for each byte up on the same connection that only requests them."""
MIN_UPLOAD = 10
"""Kilobytes up in one sighting, without requests, below which they are no upload: however many
there are in a lesson."""
_MIN_UPLOAD_BYTES = MIN_UPLOAD * KILOBYTE
_MAX_KILOBYTES = 65_535
_EMPTY = array("H", bytes(2 * SLOTS))


class SharedSlot(NamedTuple):
    """The kilobytes of one half minute on a hostname that several platforms share."""

    slot: int
    carried: int
    app_up: int
    media_up: int


class Uploads(NamedTuple):
    """Kilobytes by half minute: uploads to `app` and to `media`, and what is no upload."""

    app: Mapping[int, int]
    media: Mapping[int, int]
    down: Mapping[int, int]


class PlatformTraffic:
    """The traffic of one device with one platform in one lesson, in constant memory.

    It keeps kilobytes by half minute, in one array for each hostname role that carried something.
    """

    __slots__ = (
        "_app",
        "_app_up",
        "_background",
        "_media",
        "_media_up",
        "embedded",
        "first_contact",
    )

    def __init__(self) -> None:
        self.first_contact = inf
        """When an `app` or `media` hostname was first contacted."""
        self._app: array[int] | None = None
        self._media: array[int] | None = None
        self._background: array[int] | None = None
        self._app_up: array[int] | None = None
        self._media_up: array[int] | None = None
        self.embedded = 0
        """One bit for each half minute in which an `embed` hostname was contacted."""

    def add(self, timestamp: float, role: HostnameRole, up: int, down: int) -> None:
        """Add a sighting; the order in which they come does not matter.

        Args:
            timestamp: seconds since 1970-01-01 UTC.
            role: of the hostname.
            up: bytes from the device.
            down: bytes to the device.
        """
        slot = int(timestamp // HALF_MINUTE) % SLOTS
        if role is HostnameRole.EMBED:
            self.embedded |= 1 << slot
            return
        carried = (up + down) // KILOBYTE
        if role is HostnameRole.BACKGROUND:
            if carried:
                self._background = _add_to_slot(self._background, slot, carried)
            return
        if timestamp < self.first_contact:  # noqa: PLR1730 (`min` costs four times as much)
            self.first_contact = timestamp
        if not carried:
            return
        if role is HostnameRole.APP:
            self._app = _add_to_slot(self._app, slot, carried)
        else:
            self._media = _add_to_slot(self._media, slot, carried)
        if up >= _MIN_UPLOAD_BYTES:
            self._add_upload(slot, role, up - down // DOWN_PER_REQUEST)

    def add_all(self, other: "PlatformTraffic") -> None:
        """Add all of the same device's traffic that was kept apart from it."""
        self.first_contact = min(self.first_contact, other.first_contact)
        self.embedded |= other.embedded
        self._app = _add_slots(self._app, other._app)
        self._media = _add_slots(self._media, other._media)
        self._background = _add_slots(self._background, other._background)
        self._app_up = _add_slots(self._app_up, other._app_up)
        self._media_up = _add_slots(self._media_up, other._media_up)

    def _add_upload(self, slot: int, role: HostnameRole, sent: int) -> None:
        if sent < _MIN_UPLOAD_BYTES:
            return
        if role is HostnameRole.APP:
            self._app_up = _add_to_slot(self._app_up, slot, sent // KILOBYTE)
        else:
            self._media_up = _add_to_slot(self._media_up, slot, sent // KILOBYTE)

    @property
    def app(self) -> dict[int, int]:
        """Kilobytes by half minute, of `app` hostnames."""
        return _by_slot(self._app)

    @property
    def media(self) -> dict[int, int]:
        """Kilobytes by half minute, of the content network."""
        return _by_slot(self._media)

    @property
    def background(self) -> dict[int, int]:
        """Kilobytes by half minute, of `background` hostnames."""
        return _by_slot(self._background)

    @property
    def own_kilobytes(self) -> dict[int, int]:
        """Kilobytes by half minute, of all roles but `embed`."""
        return sum_by_slot(self._content, self.background)

    @property
    def shared_slots(self) -> Iterator[SharedSlot]:
        """Yield the half minutes of a shared hostname, for `add_shared` of the platform it was."""
        app_up, media_up = self._app_up or _EMPTY, self._media_up or _EMPTY
        for slot, carried in self._content.items():
            yield SharedSlot(slot, carried, app_up[slot], media_up[slot])

    def add_shared(self, shared: SharedSlot) -> None:
        """Add a half minute of a shared hostname that turns out to be this platform's."""
        slot, carried, app_up, media_up = shared
        self._media = _add_to_slot(self._media, slot, carried)
        if app_up:
            self._app_up = _add_to_slot(self._app_up, slot, app_up)
        if media_up:
            self._media_up = _add_to_slot(self._media_up, slot, media_up)

    @property
    def uploads(self) -> Uploads:
        """Uploads, for `monitor.activity.uploads`."""
        app, media = _by_slot(self._app_up), _by_slot(self._media_up)
        up = sum_by_slot(app, media)
        down = {slot: carried - up.get(slot, 0) for slot, carried in self._content.items()}
        return Uploads(app, media, down)

    @property
    def _content(self) -> dict[int, int]:
        return sum_by_slot(self.app, self.media)


def sum_by_slot(first: Mapping[int, int], second: Mapping[int, int]) -> dict[int, int]:
    """Add up kilobytes by half minute."""
    total = dict(first)
    for slot, kilobytes in second.items():
        total[slot] = total.get(slot, 0) + kilobytes
    return total


def _add_to_slot(carried: "array[int] | None", slot: int, kilobytes: int) -> "array[int]":
    if carried is None:
        carried = _EMPTY[:]
    carried[slot] = min(_MAX_KILOBYTES, carried[slot] + kilobytes)
    return carried


def _add_slots(carried: "array[int] | None", other: "array[int] | None") -> "array[int] | None":
    for slot, kilobytes in _by_slot(other).items():
        carried = _add_to_slot(carried, slot, kilobytes)
    return carried


def _by_slot(carried: "array[int] | None") -> dict[int, int]:
    return {slot: kilobytes for slot, kilobytes in enumerate(carried or ()) if kilobytes}
