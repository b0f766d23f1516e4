"""Chance that can be had again: the same seed gives the same school, day after day."""

from random import Random


def chance(seed: int, *about: object) -> Random:
    """Give the chance that one thing is decided by, apart from all others."""
    # Nothing here protects anybody, and a simulation that cannot be repeated proves nothing.
    return Random("/".join(map(str, (seed, *about))))  # noqa: S311
