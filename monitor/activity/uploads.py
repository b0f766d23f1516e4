"""Did a device send a photo, a film or a sound recording? Yes or no, in one place.

What goes up while somebody looks are requests, and what the app reports: some kilobytes each,
however many the lesson adds up to. Only a recording explains a burst within one minute: more than
`BURST` altogether, because a report is smaller; or more than `MEDIA_BURST` to the content network,
because apps do not report there, and all else that goes up to it are requests.

Where nothing else shows use, the app must have been opened at about that time, which loads
something: beside the reports of an app in a pocket nothing comes down.

A voice message that does not go to the content network has some tens of kilobytes, as a report
has, and is not noticed.
"""

from collections.abc import Iterable, Mapping

from monitor.activity.platform_traffic import SLOTS, PlatformTraffic

BURST = 250
"""Kilobytes up in two successive half minutes."""
MEDIA_BURST = 30
"""Kilobytes up in two successive half minutes, to the content network alone."""
APP_OPENS = 30
"""Kilobytes that come down as an app is opened."""
SLOTS_BEFORE, SLOTS_AFTER = 2, 4
"""Half minutes around the burst in which the app is opened."""


def has_uploaded(traffic: PlatformTraffic, *, is_active: bool) -> bool:
    """Say whether only a photo, a film or a recording explains what went up.

    Args:
        traffic: of one device with one platform in one lesson.
        is_active: whether the device is active on the platform anyway.
    """
    app, media, down = traffic.uploads
    for slot in {*app, *media}:
        minute = range(slot, slot + 2)
        to_media = _sum_of(media, minute)
        if to_media >= MEDIA_BURST:
            return True
        if to_media + _sum_of(app, minute) >= BURST:
            around = range(slot - SLOTS_BEFORE, slot + SLOTS_AFTER + 1)
            if is_active or _sum_of(down, around) >= APP_OPENS:
                return True
    return False


def _sum_of(kilobytes: Mapping[int, int], slots: Iterable[int]) -> int:
    """Add up some half minutes, of which the last borders on the first."""
    return sum(kilobytes.get(slot % SLOTS, 0) for slot in slots)
