"""The platforms that the school counts, as the catalogue has them."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.conf import settings

from monitor import catalogue
from monitor.catalogue.platform import Platform


@cache
def platforms_in_use() -> Mapping[str, Platform]:
    """Return the platforms that are switched on, by name, in the order of their titles."""
    chosen = settings.LESRUST.catalogue
    loaded = catalogue.load_catalogue(
        switched_on=chosen.switched_on, switched_off=chosen.switched_off, overlay=chosen.overlay
    )
    platforms = sorted(
        (platform for platform in loaded.platforms if platform.is_on),
        key=lambda platform: platform.title,
    )
    return {platform.name: platform for platform in platforms}


def platform_titles(names: Iterable[str] | None) -> tuple[str, ...]:
    """Return the titles of some platforms; None, which is all of them, has no titles."""
    platforms = platforms_in_use()
    return tuple(
        platforms[name].title if name in platforms else name for name in sorted(names or ())
    )
