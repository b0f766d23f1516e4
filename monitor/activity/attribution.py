"""Whose is what came from a hostname that several use? Settled by what else the device contacts.

A hostname of a content network may be shared: by two platforms of ours, or by one of ours and an
app that is none. Each half minute of it goes to the platform whose own hostnames carried the most
around it: at least `SPOKEN`, and `CLEARLY` times as much as those of any other that shares it.
Otherwise it stays undecided, and counts for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from monitor.activity.usage import SLOTS, Use

AROUND = 6
"""Half minutes before and after."""
SPOKEN = 20
"""Kilobytes: more than a poll or two in a pocket."""
CLEARLY = 2

type Claimants = tuple[str, ...]
"""Who may use a hostname, its file's platform first; of a hostname of one platform, that alone."""


def settle(uses: Mapping[Claimants, Use]) -> dict[str, Use]:
    """Give each platform's use with what it has of shared hostnames; `uses` is used up."""
    own = {claimants[0]: use for claimants, use in uses.items() if len(claimants) == 1}
    shared = {claimants: use for claimants, use in uses.items() if len(claimants) > 1}
    if not shared:
        return own
    named = {name for claimants in shared for name in claimants}
    spoken = {name: _around(use.own) for name, use in own.items() if name in named}
    for claimants, use in shared.items():
        for half_minute in use.shared:
            whose = _whose(claimants, spoken, half_minute.slot)
            if whose:
                own[whose].take(half_minute)
                own[whose].first = min(own[whose].first, use.first)
    return own


def _whose(claimants: Iterable[str], spoken: Mapping[str, Sequence[int]], slot: int) -> str:
    most, name, second = 0, "", 0
    for claimant in claimants:
        here = spoken[claimant][slot] if claimant in spoken else 0
        if here > most:
            most, name, second = here, claimant, most
        else:
            second = max(second, here)
    return name if most >= max(SPOKEN, CLEARLY * second) else ""


def _around(carried: Mapping[int, int]) -> list[int]:
    """Sum up, for each half minute, those around it."""
    around = [0] * SLOTS
    for slot, some in carried.items():
        for near in range(slot - AROUND, slot + AROUND + 1):
            around[near % SLOTS] += some
    return around
