"""Which platforms are looked for: those of the protocol, and as the school switches them."""

from collections.abc import Collection, Iterator, Sequence

from monitor.catalogue.platform import Platform
from schedules.problem import Problem


def switch(
    platforms: Sequence[Platform], on: Collection[str], off: Collection[str]
) -> tuple[tuple[Platform, ...], list[Problem]]:
    """Return the platforms, each on or off as it will be, and what was asked wrongly."""
    names = [platform.name for platform in platforms]
    problems = [
        *_unknown("catalogue.switched_on", on, names),
        *_unknown("catalogue.switched_off", off, names),
        *(
            Problem("catalogue.switched_off", name, "a platform that is not switched on as well")
            for name in off
            if name in on
        ),
    ]
    switched = (p._replace(on=p.name in on or (p.on and p.name not in off)) for p in platforms)
    return tuple(switched), problems


def one_of(found: str, names: Sequence[str]) -> str:
    """Say what is allowed, and first what was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(found.lower(), names, n=1)
    meant = f"{close[0]} (did you mean this?), or " if close else ""
    return f"{meant}one of {', '.join(names)}"


def _unknown(key: str, asked: Collection[str], names: Sequence[str]) -> Iterator[Problem]:
    for name in asked:
        if name not in names:
            yield Problem(key, name, one_of(name, names))
