"""What floors do not hold against: one class left out for weeks, and in for weeks.

What the leadership allows counts in no figure. Whoever allows everything to one class in its own
room, day in day out, and then does not, sees the layer with the class and without it. Each figure
is of more than the floor, and nothing changes inside it. What is left are the noise, and that a
layer does not do the same every day. So this is measured, and said in `docs/privacy.md`.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from random import Random
from statistics import fmean

from monitor.attacks.outcome import AttackOutcome
from monitor.release.noise import draw_figures
from monitor.release.tables import R3
from tests.privacy.attacks.running import Attack

LAYER, CLASS = 250, 25
"""Pupils."""
SHARE = R3.typical
"""Of the pupils, who are active on a day."""
WEEKS = (8, 40)
SAID = {8: 0.8, 40: 0.99}
"""The advantages that `docs/privacy.md` says."""
ERROR = 0.06
"""Of an advantage that is estimated by so many trials."""
TRIALS = 1500
SCHOOL_DAYS = 5


def attacks() -> Iterator[Attack]:
    """Give every attack: over more and more weeks."""
    for weeks in WEEKS:
        yield partial(left_out, weeks)


def left_out(weeks: int) -> Iterator[AttackOutcome]:
    """Tell a class as active as others from one that is silent."""
    found = advantage(weeks)
    yield AttackOutcome(
        f"no floor: a class allowed everything for half of {weeks} weeks",
        f"{found:.2f}",
        f"as is said: {SAID[weeks]:.2f} ± {ERROR:.2f}",
        abs(found - SAID[weeks]) <= ERROR,
    )


def advantage(weeks: int, trials: int = TRIALS) -> float:
    """Return how much more often the attacker says 'active' of a class that is."""
    random = Random(weeks)
    days = weeks * SCHOOL_DAYS // 2
    threshold = CLASS * SHARE / 2
    told = [
        fmean(_difference(random, days, is_active=is_active) > threshold for _ in range(trials))
        for is_active in (True, False)
    ]
    return told[0] - told[1]


def _difference(random: Random, days: int, *, is_active: bool) -> float:
    """Return the mean figure of the days with the class less that of those without it."""
    without = [_active(random, LAYER - CLASS) for _ in range(days)]
    with_it = [
        _active(random, LAYER - CLASS) + (_active(random, CLASS) if is_active else 0)
        for _ in range(days)
    ]
    return fmean(_drawn(with_it)) - fmean(_drawn(without))


def _active(random: Random, pupils: int) -> int:
    return random.binomialvariate(pupils, SHARE)


def _drawn(counts: Sequence[int]) -> list[int]:
    return draw_figures(R3, counts)
