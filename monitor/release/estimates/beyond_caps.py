"""What the caps cut away, worked out from how many devices went beyond them.

A figure is of what the caps let through. A histogram of device-days by how far they went beyond a
cap costs a device-day one vote, so its noise is small; which lesson hours it took away follows from
the order in which a day's hours fill the cap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb, hypot, sqrt
from typing import NamedTuple

from monitor.release.figures import NORMAL_95

UNEVENNESS = 0.35
"""By which part of itself what is cut away differs from what its history and today's use say."""
UNEVEN_WEEK = 0.45
"""The same of all lesson hours of a week: what is left when their noise averages out."""
UNFOLLOWED = 0.6
"""The same, where today's use is not known: where it falls by three tenths, what is cut away more
than halves."""
UNEVEN_PLATFORMS = 0.6
"""The same of a platform, where it is known for all of them together: what is used least comes last
in a day, and is cut away most."""
STEEPNESS = 2.0
"""What is cut away, as a share, grows with this power of use."""
MAX_CHANGE = 2.0
"""Use is taken to be at most so many times what it was, or so small a part of it."""
MEMORY = 0.85
"""How much less the week before weighs."""


class WeekBeyond(NamedTuple):
    """What a cap cut away in a week, and what it let through, as they were drawn."""

    beyond: float
    within: float
    use: float
    """What the cap cannot cut: how much use there was at all."""


@dataclass(frozen=True, slots=True)
class ShareBeyond:
    """What a cap cuts away, as a share of what it lets through."""

    value: float
    deviation: float
    """Standard deviation of the noise in it."""
    unevenness: float = UNEVENNESS
    """By which part of itself it may be another than it was."""

    def widen(self, drawn: float, half_width: float) -> tuple[float, float]:
        """Return the interval of the true count from a figure of what the cap let through.

        Args:
            drawn: the figure.
            half_width: of the interval that its noise gives.
        """
        within = max(0.0, drawn)
        centre = drawn + self.value * within
        width = hypot(half_width, NORMAL_95 * self.deviation * within)
        width += self.unevenness * self.value * within
        return max(0.0, centre - width), max(0.0, centre + width)


NOTHING_BEYOND = ShareBeyond(0.0, 0.0)


def weigh_hour(hour: int, *, hours: int, cap: int) -> list[float]:
    """Return the part of device-days that were active in an hour after their cap was full.

    One part for each number of hours beyond the cap, from 1: of devices that were active in so many
    hours of a day, each set of hours as likely as another.

    Args:
        hour: which of the day, from 1.
        hours: how many a day has.
        cap: how many count.
    """
    return [
        sum(
            comb(hour - 1, before) * comb(hours - hour, active - 1 - before)
            for before in range(cap, active)
        )
        / comb(hours, active)
        for active in range(cap + 1, hours + 1)
    ]


def weigh_total(*, hours: int, cap: int) -> list[float]:
    """Return how many lesson hours are cut away of a device-day that goes so far beyond a cap."""
    return [float(number) for number in range(1, hours - cap + 1)]


def add_up_beyond(histogram: Sequence[float], weights: Sequence[float]) -> float:
    """Return what was cut away, from the drawn histogram of device-days."""
    return sum(count * weight for count, weight in zip(histogram, weights, strict=True))


def estimate_share(
    weeks: Iterable[WeekBeyond],
    deviation: float,
    use: float | None = None,
    unevenness: float = UNEVENNESS,
) -> ShareBeyond:
    """Estimate what a cap cuts away from the released weeks, the last one first.

    Args:
        weeks: none when nothing was released yet: then nothing is known, and nothing added.
        deviation: of the noise in what was cut away in one week.
        use: how much use there is now, of a week; None when it is not known.
        unevenness: by which part of itself it may differ from that.
    """
    beyond = within = noise = 0.0
    weight = 1.0
    for week in weeks:
        change = 1.0
        if use is not None and week.use > 0:
            change = min(MAX_CHANGE, max(1 / MAX_CHANGE, use / week.use))
        beyond += weight * week.beyond
        within += weight * week.within / change**STEEPNESS
        noise += weight**2
        weight *= MEMORY
    if within <= 0:
        return NOTHING_BEYOND
    return ShareBeyond(
        max(0.0, beyond / within),
        deviation * sqrt(noise) / within,
        max(UNFOLLOWED, unevenness) if use is None else unevenness,
    )
