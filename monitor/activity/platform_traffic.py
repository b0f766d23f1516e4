"""When is a device active on a platform? The one place that says so, with all its parameters.

A phone in a pocket polls its apps, fetches pictures ahead and waits for pushes. A page with an
embed contacts platforms that nobody opened. Use differs from these because it goes on: somebody
who looks makes a device carry something in one half minute after the other. So:

- Each half minute of a device on a platform has points, by the bytes that it carried: none below
  four kilobytes, three from there, and one more each time that they double, up to a maximum.
- Points go into a leaky bucket. A poll has leaked away before the next one comes; use makes it
  overflow. The device is active when one of three buckets overflows once: that of all traffic, that
  of the app's own hostnames apart from the content network, and that of pushes.

The first finds scrolling, clips and films, the others a conversation. Bytes are those of `app` and
`media` hostnames, and of the platform's own `background` where there is any `app` or `media`: an
app that is used tells it over its push connection too, but pushes alone make nobody active. What
`embed` hostnames carry does not count, nor what comes from the content network in the same half
minute and the next. A device whose `app` hostnames carry hardly anything apart from embeds was on
another site, whatever it loaded from the content network.

Whoever sends a photo, a film or a sound recording (`monitor.activity.uploads`) is active too.
`docs/developers/activity.md` says how the parameters were chosen.
"""

from array import array
from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from monitor.catalogue import HostnameRole

HALF_MINUTE = 30.0
"""Seconds."""
MIN_KILOBYTES = 4
"""Kilobytes in a half minute, below which it has no points."""


class LeakyBucket(NamedTuple):
    """The parameters of a bucket that points go into, and that leaks all the time."""

    capacity: float
    """Points at which it overflows."""
    leak: float
    """Points that it loses in a half minute."""
    max_points: int
    """Points that a half minute adds at most."""


ALL_TRAFFIC = LeakyBucket(capacity=20.5, leak=2.5, max_points=10)
"""All traffic; ten points are reached at 512 kB in a half minute."""
APP_TRAFFIC = LeakyBucket(capacity=14, leak=2, max_points=10)
"""Traffic of the app's own hostnames and its `background`, without the content network."""
PUSH_TRAFFIC = LeakyBucket(capacity=12, leak=1, max_points=4)
"""Traffic of `background`, where `app` and `media` carry `MIN_CONTENT` in the lesson."""
MIN_CONTENT = 20
"""Kilobytes: more than a poll or two in a pocket."""
EMBED_SLOTS = 1
"""Half minutes after an embed that also belong to the embedding page."""
MIN_APART = 120
"""Kilobytes of the app's hostnames apart from embeds, below which the app is not in use."""

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
        "_embedded",
        "_media",
        "_media_up",
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
        self._embedded = 0

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
            self._embedded |= 1 << slot
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

    def _add_upload(self, slot: int, role: HostnameRole, sent: int) -> None:
        if sent < _MIN_UPLOAD_BYTES:
            return
        if role is HostnameRole.APP:
            self._app_up = _add_to_slot(self._app_up, slot, sent // KILOBYTE)
        else:
            self._media_up = _add_to_slot(self._media_up, slot, sent // KILOBYTE)

    @property
    def own_kilobytes(self) -> dict[int, int]:
        """Kilobytes by half minute, of all roles but `embed`."""
        return _sum_by_slot(self._content, _by_slot(self._background))

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
        up = _sum_by_slot(app, media)
        down = {slot: carried - up.get(slot, 0) for slot, carried in self._content.items()}
        return Uploads(app, media, down)

    @property
    def _content(self) -> dict[int, int]:
        return _sum_by_slot(_by_slot(self._app), _by_slot(self._media))

    @property
    def is_active(self) -> bool:
        """Whether this is active use, by the rule above; uploads are judged elsewhere."""
        app, content = self._apart_from_embeds()
        pushes = _by_slot(self._background)
        return (
            (bool(content) and overflows(_sum_by_slot(content, pushes), ALL_TRAFFIC))
            or (bool(app) and overflows(_sum_by_slot(app, pushes), APP_TRAFFIC))
            or (sum(content.values()) >= MIN_CONTENT and overflows(pushes, PUSH_TRAFFIC))
        )

    def _apart_from_embeds(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return what no embedding page explains: kilobytes of `app`, and of `app` with `media`."""
        app, media = _by_slot(self._app), _by_slot(self._media)
        if not self._embedded:
            return app, _sum_by_slot(app, media)
        embedded = self._embedded_slots()
        app_apart = _without(app, embedded)
        if sum(app_apart.values()) < MIN_APART:
            return app_apart, app_apart
        return app, _sum_by_slot(app_apart, _without(media, embedded))

    def _embedded_slots(self) -> int:
        """Return one bit for each half minute that belongs to an embedding page."""
        embedded = self._embedded
        for distance in range(1, EMBED_SLOTS + 1):
            embedded |= self._embedded << distance | self._embedded >> SLOTS - distance
        return embedded


def overflows(carried: Mapping[int, int], bucket: LeakyBucket) -> bool:
    """Say whether the points of some half minutes make a bucket overflow.

    Args:
        carried: kilobytes by half minute; the last one borders on the first.
        bucket: when it overflows, and how fast it leaks.
    """
    points = sorted(
        (slot, min(bucket.max_points, kilobytes.bit_length()))
        for slot, kilobytes in carried.items()
        if kilobytes >= MIN_KILOBYTES
    )
    level, before = 0.0, -1
    for slot, added in (*points, *((slot + SLOTS, added) for slot, added in points)):
        level = max(0.0, level - bucket.leak * (slot - before - 1)) + added - bucket.leak
        before = slot
        if level >= bucket.capacity:
            return True
    return False


def _sum_by_slot(first: Mapping[int, int], second: Mapping[int, int]) -> dict[int, int]:
    total = dict(first)
    for slot, kilobytes in second.items():
        total[slot] = total.get(slot, 0) + kilobytes
    return total


def _without(carried: Mapping[int, int], slots: int) -> dict[int, int]:
    return {slot: kilobytes for slot, kilobytes in carried.items() if not slots >> slot & 1}


def _add_to_slot(carried: "array[int] | None", slot: int, kilobytes: int) -> "array[int]":
    if carried is None:
        carried = _EMPTY[:]
    carried[slot] = min(_MAX_KILOBYTES, carried[slot] + kilobytes)
    return carried


def _by_slot(carried: "array[int] | None") -> dict[int, int]:
    return {slot: kilobytes for slot, kilobytes in enumerate(carried or ()) if kilobytes}
