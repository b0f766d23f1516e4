"""When is a device active? The one place that says so, with all its parameters.

A phone in a pocket polls its apps, fetches pictures ahead and waits for pushes; a page with an
embed contacts platforms that nobody opened. What tells use from these is that it goes on: somebody
who looks makes a device carry something in one half minute after the other. So

- each half minute of a device on a platform has points, by the bytes that it carried: none below
  four kilobytes, three from there, and one more each time that they double, up to a most;
- points fill a tank that leaks all the time: a poll leaks away before the next one comes, use fills
  it. The device is active when one of three tanks is full once: that of `ALL` that is carried, that
  of what is `SAID` apart from the content network, and that of what is `PUSHED`.

The first finds scrolling, clips and films, the others a conversation. Bytes are those of `app` and
`media` hostnames, and of the platform's own `background` where there is any `app` or `media`: an
app that is used says so over its push connection; alone that makes nobody active. What `embed`
hostnames carry does not count, nor what comes from the content network in their half minute and the
next; and a device whose `app` hostnames carry hardly anything apart from embeds was on another
site, whatever it loaded from the content network.

Whoever sends a photo, a film or a sound recording (`monitor.activity.uploads`) is active too. How
the figures were chosen stands in `docs/developers/activity.md`.
"""

from array import array
from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from monitor.catalogue import HostnameRole

HALF_MINUTE = 30.0
"""Seconds."""
LEAST = 4
"""Kilobytes in a half minute, below which it has no points."""


class Tank(NamedTuple):
    """What is filled by points, and leaks."""

    level: float
    """Points that it holds when it is full."""
    leak: float
    """Points that it loses in a half minute."""
    most: int
    """Points that a half minute adds at most."""


ALL = Tank(level=20.5, leak=2.5, most=10)
"""Of all that is carried; ten points are reached at 512 kB in a half minute."""
SAID = Tank(level=14, leak=2, most=10)
"""Of what is said to the app's own hostnames and its `background`, the content network apart."""
PUSHED = Tank(level=12, leak=1, most=4)
"""Of `background`, where `app` and `media` carry `OPENED` in the lesson."""
OPENED = 20
"""Kilobytes: more than a poll or two in a pocket."""
BESIDE = 1
"""Half minutes after an embed that are taken for the embedding page's, as its own is."""
APART = 120
"""Kilobytes that the app's hostnames carry apart from embeds, where the app itself is used."""

SLOTS = 240
"""Half minutes that are told apart: two hours, longer than a lesson, and a bound on memory."""
KILOBYTE = 1_000
ASKED = 50
"""Bytes down for which one goes up on the same connection, to ask for them."""
LEAST_SENT = 10
"""Kilobytes up in one sighting, apart from those that ask, below which they are requests as well,
whatever the lesson adds up to."""
_LEAST_SENT = LEAST_SENT * KILOBYTE
_MOST = 65_535
_EMPTY = array("H", bytes(2 * SLOTS))


class Shared(NamedTuple):
    """A half minute of hostnames that several use, in kilobytes."""

    slot: int
    carried: int
    app_up: int
    media_up: int


class Sent(NamedTuple):
    """Kilobytes by half minute of `app` and `media`: up, of what is no request, and the rest."""

    app: Mapping[int, int]
    media: Mapping[int, int]
    down: Mapping[int, int]


class Use:
    """What one device did with one platform's hostnames in one lesson, in constant memory.

    Kilobytes by half minute, in as many arrays as there are roles that carried something.
    """

    __slots__ = ("_app", "_app_up", "_background", "_embedded", "_media", "_media_up", "first")

    def __init__(self) -> None:
        self.first = inf
        """When an `app` or `media` hostname was first contacted."""
        self._app: array[int] | None = None
        self._media: array[int] | None = None
        self._background: array[int] | None = None
        self._app_up: array[int] | None = None
        self._media_up: array[int] | None = None
        self._embedded = 0

    def see(self, moment: float, role: HostnameRole, up: int, down: int) -> None:
        """Add a sighting; the order in which they come does not matter.

        Args:
            moment: seconds since 1970-01-01 UTC.
            role: of the hostname.
            up: bytes.
            down: bytes.
        """
        slot = int(moment // HALF_MINUTE) % SLOTS
        if role is HostnameRole.EMBED:
            self._embedded |= 1 << slot
            return
        carried = (up + down) // KILOBYTE
        if role is HostnameRole.BACKGROUND:
            if carried:
                self._background = _added(self._background, slot, carried)
            return
        if moment < self.first:  # noqa: PLR1730 (`min` costs four times as much)
            self.first = moment
        if not carried:
            return
        if role is HostnameRole.APP:
            self._app = _added(self._app, slot, carried)
        else:
            self._media = _added(self._media, slot, carried)
        if up >= _LEAST_SENT:
            self._send(slot, role, up - down // ASKED)

    def _send(self, slot: int, role: HostnameRole, sent: int) -> None:
        if sent < _LEAST_SENT:
            return
        if role is HostnameRole.APP:
            self._app_up = _added(self._app_up, slot, sent // KILOBYTE)
        else:
            self._media_up = _added(self._media_up, slot, sent // KILOBYTE)

    @property
    def own(self) -> dict[int, int]:
        """Kilobytes by half minute, of all roles but `embed`."""
        return _added_up(self._content, _carried(self._background))

    @property
    def shared(self) -> Iterator[Shared]:
        """Give this, of hostnames that several use, by half minute, for `take`."""
        app_up, media_up = self._app_up or _EMPTY, self._media_up or _EMPTY
        for slot, carried in self._content.items():
            yield Shared(slot, carried, app_up[slot], media_up[slot])

    def take(self, shared: Shared) -> None:
        """Take over a half minute of hostnames that several use."""
        slot, carried, app_up, media_up = shared
        self._media = _added(self._media, slot, carried)
        if app_up:
            self._app_up = _added(self._app_up, slot, app_up)
        if media_up:
            self._media_up = _added(self._media_up, slot, media_up)

    @property
    def sent(self) -> Sent:
        """What goes up, for `monitor.activity.uploads`."""
        app, media = _carried(self._app_up), _carried(self._media_up)
        content = self._content
        up = _added_up(app, media)
        return Sent(app, media, {slot: some - up.get(slot, 0) for slot, some in content.items()})

    @property
    def _content(self) -> dict[int, int]:
        return _added_up(_carried(self._app), _carried(self._media))

    @property
    def is_active(self) -> bool:
        """Whether this is use, by the rule above; what is sent is judged elsewhere."""
        said, content = self._of_itself()
        pushed = _carried(self._background)
        return (
            (bool(content) and fills(_added_up(content, pushed), ALL))
            or (bool(said) and fills(_added_up(said, pushed), SAID))
            or (sum(content.values()) >= OPENED and fills(pushed, PUSHED))
        )

    def _of_itself(self) -> tuple[dict[int, int], dict[int, int]]:
        """Kilobytes by half minute that no embedding page explains: of `app`, and with `media`."""
        said, media = _carried(self._app), _carried(self._media)
        if not self._embedded:
            return said, _added_up(said, media)
        beside = self._beside_embeds()
        apart = {slot: some for slot, some in said.items() if not beside >> slot & 1}
        if sum(apart.values()) < APART:
            return apart, apart
        return said, _added_up(
            apart, {slot: some for slot, some in media.items() if not beside >> slot & 1}
        )

    def _beside_embeds(self) -> int:
        beside = self._embedded
        for after in range(1, BESIDE + 1):
            beside |= self._embedded << after | self._embedded >> SLOTS - after
        return beside


def fills(carried: Mapping[int, int], tank: Tank) -> bool:
    """Say whether the points of some half minutes fill a tank.

    Args:
        carried: kilobytes by half minute; the last one borders on the first.
        tank: how much it holds, and how fast it leaks.
    """
    points = sorted(
        (slot, min(tank.most, some.bit_length())) for slot, some in carried.items() if some >= LEAST
    )
    held, before = 0.0, -1
    for slot, some in (*points, *((slot + SLOTS, some) for slot, some in points)):
        held = max(0.0, held - tank.leak * (slot - before - 1)) + some - tank.leak
        before = slot
        if held >= tank.level:
            return True
    return False


def _added_up(some: Mapping[int, int], others: Mapping[int, int]) -> dict[int, int]:
    together = dict(some)
    for slot, carried in others.items():
        together[slot] = together.get(slot, 0) + carried
    return together


def _added(carried: "array[int] | None", slot: int, kilobytes: int) -> "array[int]":
    if carried is None:
        carried = _EMPTY[:]
    carried[slot] = min(_MOST, carried[slot] + kilobytes)
    return carried


def _carried(kilobytes: "array[int] | None") -> dict[int, int]:
    return {slot: some for slot, some in enumerate(kilobytes or ()) if some}
