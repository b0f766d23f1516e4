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

from collections.abc import Mapping
from typing import NamedTuple

from monitor.activity.platform_traffic import SLOTS, PlatformTraffic, sum_by_slot

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


def is_active_use(traffic: PlatformTraffic) -> bool:
    """Say whether traffic is active use, by the rule above; uploads are judged elsewhere.

    Args:
        traffic: of one device with one platform in one lesson.
    """
    app, content = _apart_from_embeds(traffic)
    pushes = traffic.background
    return (
        (bool(content) and overflows(sum_by_slot(content, pushes), ALL_TRAFFIC))
        or (bool(app) and overflows(sum_by_slot(app, pushes), APP_TRAFFIC))
        or (sum(content.values()) >= MIN_CONTENT and overflows(pushes, PUSH_TRAFFIC))
    )


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


def _apart_from_embeds(traffic: PlatformTraffic) -> tuple[dict[int, int], dict[int, int]]:
    """Return what no embedding page explains: kilobytes of `app`, and of `app` with `media`."""
    app, media = traffic.app, traffic.media
    if not traffic.embedded:
        return app, sum_by_slot(app, media)
    slots = _embedded_slots(traffic.embedded)
    app_apart = _without(app, slots)
    if sum(app_apart.values()) < MIN_APART:
        return app_apart, app_apart
    return app, sum_by_slot(app_apart, _without(media, slots))


def _embedded_slots(embedded: int) -> int:
    """Return one bit for each half minute that belongs to an embedding page."""
    slots = embedded
    for distance in range(1, EMBED_SLOTS + 1):
        slots |= embedded << distance | embedded >> SLOTS - distance
    return slots


def _without(carried: Mapping[int, int], slots: int) -> dict[int, int]:
    return {slot: kilobytes for slot, kilobytes in carried.items() if not slots >> slot & 1}
