"""Did a device send a photo or a film? Yes or no, in one place.

What goes up while somebody looks are requests, acknowledgements and what the app reports: some
kilobytes each, however many the lesson adds up to. What only a recording explains is a burst: in
one minute `BURST` more than a share of what came down, from an app that somebody opened at about
that time, which loads something as it opens. What an app in a pocket reports is smaller, and
nothing comes down beside it. Where nothing else tells of use, it takes a larger burst, `ALONE`.

A voice message has some tens of kilobytes, as a report has: few of them are noticed.
"""

from collections.abc import Iterable, Mapping

from monitor.activity import SLOTS, Use

BURST = 230
"""Kilobytes up in two successive half minutes."""
ALONE = 300
"""The same, of a device that nothing else makes active."""
ASKED = 0.02
"""Of what comes down, the share that goes up to ask for it and to acknowledge it."""
OPENED = 40
"""Kilobytes that come down as an app is opened."""
BEFORE, AFTER = 2, 4
"""Half minutes around the burst in which it is."""


def has_sent(use: Use, *, is_active: bool) -> bool:
    """Say whether only something made and sent explains what went up.

    Args:
        use: of one device, platform and lesson.
        is_active: whether it is active anyway.
    """
    up, carried = use.sent
    enough = BURST if is_active else ALONE
    return any(_burst(up, carried, slot) >= enough and _is_opened(up, carried, slot) for slot in up)


def _burst(up: Mapping[int, int], carried: Mapping[int, int], slot: int) -> float:
    sent, down = _both_ways(up, carried, range(slot, slot + 2))
    return sent - ASKED * down


def _is_opened(up: Mapping[int, int], carried: Mapping[int, int], slot: int) -> bool:
    _, down = _both_ways(up, carried, range(slot - BEFORE, slot + AFTER + 1))
    return down >= OPENED


def _both_ways(
    up: Mapping[int, int], carried: Mapping[int, int], slots: Iterable[int]
) -> tuple[int, int]:
    """Add up some half minutes: kilobytes up and down."""
    within = [slot % SLOTS for slot in slots]
    sent = sum(up.get(slot, 0) for slot in within)
    return sent, sum(carried.get(slot, 0) for slot in within) - sent
