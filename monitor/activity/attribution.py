"""Which platform does the traffic of a shared hostname belong to?

A hostname of a content network may be shared: by two platforms of the catalogue, or by one of them
and an app that is not in it. Each half minute of its traffic goes to the platform whose own
hostnames carried the most around it: at least `LEAST_OWN`, and `CLEAR_FACTOR` times as much as
those of any other candidate. Otherwise it stays undecided, and counts for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from monitor.activity.platform_traffic import SLOTS, PlatformTraffic

SLOTS_AROUND = 6
"""Half minutes before and after."""
LEAST_OWN = 20
"""Kilobytes: more than a poll or two in a pocket."""
CLEAR_FACTOR = 2

type Candidates = tuple[str, ...]
"""The platforms that may use a hostname, its file's platform first; a single one if not shared."""


def attribute(traffic: Mapping[Candidates, PlatformTraffic]) -> dict[str, PlatformTraffic]:
    """Return each platform's traffic, with what it has of shared hostnames.

    The values of `traffic` are changed by it: attribute them once.
    """
    own = {names[0]: of_one for names, of_one in traffic.items() if len(names) == 1}
    shared = {names: of_several for names, of_several in traffic.items() if len(names) > 1}
    if not shared:
        return own
    sharing = {platform for candidates in shared for platform in candidates}
    around = {
        platform: _sum_around(of_one.own_kilobytes)
        for platform, of_one in own.items()
        if platform in sharing
    }
    for candidates, of_several in shared.items():
        for half_minute in of_several.shared_slots:
            platform = _platform_of(candidates, around, half_minute.slot)
            if platform:
                own[platform].add_shared(half_minute)
                own[platform].first_contact = min(
                    own[platform].first_contact, of_several.first_contact
                )
    return own


def _platform_of(candidates: Iterable[str], around: Mapping[str, Sequence[int]], slot: int) -> str:
    """Return the candidate that clearly carried the most around a half minute; empty for none."""
    most, platform, second = 0, "", 0
    for candidate in candidates:
        carried = around[candidate][slot] if candidate in around else 0
        if carried > most:
            most, platform, second = carried, candidate, most
        else:
            second = max(second, carried)
    return platform if most >= max(LEAST_OWN, CLEAR_FACTOR * second) else ""


def _sum_around(carried: Mapping[int, int]) -> list[int]:
    """Sum up, for each half minute, those around it."""
    around = [0] * SLOTS
    for slot, kilobytes in carried.items():
        for near in range(slot - SLOTS_AROUND, slot + SLOTS_AROUND + 1):
            around[near % SLOTS] += kilobytes
    return around
