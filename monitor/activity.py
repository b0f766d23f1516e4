"""When is a device active? The one place that says so.

A phone in a pocket contacts its apps too, and a page with a widget contacts platforms that nobody
opened. So a single contact is not use. What is counted here are `app` and `media` hostnames only,
and a device is active on a platform in a lesson when it does one of two things:

- it is seen again and again: in `HALF_MINUTES` different half minutes or more, spread over `SPREAD`
  seconds or more;
- it carries more than `BYTES` in the lesson, which a notification or a poll does not.

Half minutes are counted and not contacts, because one poll makes several: a connection is seen
when it opens and when it closes, and an app that wakes up opens many at once.

A connection that stays open is seen again every half minute in which it carries something. When
that something is less than `KEEP_ALIVE_BYTES` it is not a sighting: an idle HTTP/2 connection sends
pings of some tens of bytes, and a poll's answer is a few hundred.

The figures are chosen from what is known (see `docs/activity.md`), and are there to be tuned by
measuring.
"""

from math import inf

HALF_MINUTES = 3
SPREAD = 120.0
"""Seconds."""
BYTES = 1_000_000
"""Up and down together."""
KEEP_ALIVE_BYTES = 2_000

_SECONDS = 30
_TOLD_APART = 512
"""Half minutes that have a bit of their own: more than any lesson has, and a bound on memory."""


class Use:
    """What one device did on one platform in one lesson, in constant memory."""

    __slots__ = ("_half_minutes", "bytes", "first", "last", "layer")

    def __init__(self, layer: str) -> None:
        self.first = inf
        self.last = -inf
        self._half_minutes = 0
        self.bytes = 0
        self.layer = layer

    def see(self, moment: float, carried: int, *, opens: bool) -> None:
        """Add a sighting; the order in which they come does not matter.

        Args:
            moment: seconds since 1970-01-01 UTC.
            carried: bytes, up and down together.
            opens: whether this is the first sighting of its connection.
        """
        self.bytes += carried
        if not opens and carried < KEEP_ALIVE_BYTES:
            return
        self._half_minutes |= 1 << int(moment // _SECONDS) % _TOLD_APART
        self.first = min(self.first, moment)
        self.last = max(self.last, moment)

    @property
    def is_active(self) -> bool:
        """Whether this is use, by the rule above."""
        again = self._half_minutes.bit_count() >= HALF_MINUTES
        return (again and self.last - self.first >= SPREAD) or self.bytes > BYTES
