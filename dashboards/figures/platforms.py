"""The platforms that the school counts, as the catalogue has them."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings

from monitor import catalogue
from monitor.catalogue.platform import Platform


@cache
def switched_on() -> Mapping[str, Platform]:
    """Give the platforms that are on, by name, in the order of the alphabet."""
    chosen = settings.LESRUST.catalogue
    loaded = catalogue.load(
        switched_on=chosen.switched_on, switched_off=chosen.switched_off, overlay=chosen.overlay
    )
    found = sorted((each for each in loaded.platforms if each.on), key=lambda each: each.title)
    return {each.name: each for each in found}


def titles(names: Iterable[str] | None) -> tuple[str, ...]:
    """Write platforms as people do; None, all of them, is written as nothing."""
    known = switched_on()
    return tuple(known[name].title if name in known else name for name in sorted(names or ()))
