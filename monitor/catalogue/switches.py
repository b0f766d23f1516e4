"""Which platforms are recognised: their files' default, or as the school switches them."""

from collections.abc import Collection, Iterator, Sequence

from monitor.catalogue.platform import Platform
from schedules.language import gettext
from schedules.problem import Problem


def switch_platforms(
    platforms: Sequence[Platform], on: Collection[str], off: Collection[str]
) -> tuple[tuple[Platform, ...], list[Problem]]:
    """Return the platforms as the school switches them, and the problems of its two lists."""
    names = [platform.name for platform in platforms]
    problems = [
        *_unknown("catalogue.switched_on", on, names),
        *_unknown("catalogue.switched_off", off, names),
        *(
            Problem(
                "catalogue.switched_off",
                name,
                gettext("a platform that is not switched on as well"),
            )
            for name in off
            if name in on
        ),
    ]
    switched = (
        platform._replace(
            is_on=platform.name in on or (platform.is_on and platform.name not in off)
        )
        for platform in platforms
    )
    return tuple(switched), problems


def describe_choices(found: str, names: Sequence[str]) -> str:
    """Say which names are allowed, and first which was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(found.lower(), names, n=1)
    choices = gettext("one of {names}", names=", ".join(names))
    if close:
        return gettext(
            "{close} (did you mean this?), or {choices}", close=close[0], choices=choices
        )
    return choices


def _unknown(key: str, switched: Collection[str], names: Sequence[str]) -> Iterator[Problem]:
    for name in switched:
        if name not in names:
            yield Problem(key, name, describe_choices(name, names))
