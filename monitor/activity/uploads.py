"""Did a device send a photo, a film or a sound recording? Yes or no, in one place.

What goes up while somebody looks are requests, and what the app reports: some kilobytes each,
however many the lesson adds up to. What only a recording explains is a burst, in one minute: more
than `BURST` altogether, because a report is smaller; or more than `OF_MEDIA` to the content
network, because nothing reports there, and all else that goes up to it are requests.

Where nothing else tells of use, the app must have been opened at about that time, which loads
something: beside what an app in a pocket reports nothing comes down.

A voice message that does not go to the content network has some tens of kilobytes, as a report
has, and is not noticed.
"""

from collections.abc import Iterable, Mapping

from monitor.activity.usage import SLOTS, Use

BURST = 250
"""Kilobytes up in two successive half minutes."""
OF_MEDIA = 30
"""The same, of those to the content network alone."""
OPENED = 30
"""Kilobytes that come down as an app is opened."""
BEFORE, AFTER = 2, 4
"""Half minutes around the burst in which it is."""


def has_sent(use: Use, *, is_active: bool) -> bool:
    """Say whether only something made and sent explains what went up.

    Args:
        use: of one device, platform and lesson.
        is_active: whether it is active anyway.
    """
    app, media, down = use.sent
    for slot in {*app, *media}:
        minute = range(slot, slot + 2)
        to_media = _added_up(media, minute)
        if to_media >= OF_MEDIA:
            return True
        if to_media + _added_up(app, minute) >= BURST:
            around = range(slot - BEFORE, slot + AFTER + 1)
            if is_active or _added_up(down, around) >= OPENED:
                return True
    return False


def _added_up(kilobytes: Mapping[int, int], slots: Iterable[int]) -> int:
    """Add up some half minutes, of which the last borders on the first."""
    return sum(kilobytes.get(slot % SLOTS, 0) for slot in slots)
