"""The catalogue as lines for people: what is recognised, as what, and why."""

import textwrap
from collections.abc import Iterable, Iterator

from monitor.catalogue import Catalogue, Platform
from monitor.catalogue.hiding import HidingList
from monitor.catalogue.overlay import OverlayChange

WIDTH = 98


def platform_lines(platform: Platform, catalogue: Catalogue) -> Iterator[str]:
    """Give what our files say of a platform, by role."""
    state = "on" if platform.is_on else "off"
    yield f"{platform.title} ({platform.name}), {state}, checked on {platform.checked}"
    groups = catalogue.groups[platform.name]
    for group in sorted(groups, key=lambda group: group.role):
        shared = f" Also used by: {', '.join(group.shared_with)}." if group.shared_with else ""
        yield from _group(group.role, group.why + shared, group.hostnames, group.sources)
    yield ""


def overlay_lines(changes: Iterable[OverlayChange], platform: str | None) -> Iterator[str]:
    """Give what the overlay changes, of one platform or of all."""
    wanted = [
        change
        for change in changes
        if platform is None or change.match is None or change.match.platform == platform.lower()
    ]
    if wanted:
        yield "Changed by the overlay"
    for change in wanted:
        match = change.match
        yield f"  {change.pattern}: {f'{match.platform} {match.role}' if match else 'no platform'}"


def hiding_lines(hiding: HidingList) -> list[str]:
    """Give what hides where somebody goes, by how it hides."""
    lines = [f"What hides where somebody goes, checked on {hiding.checked}"]
    for group in sorted(hiding.groups, key=lambda group: group.method):
        entries = (*group.hostnames, *group.addresses)
        lines += _group(group.method, group.why, entries, group.sources)
    return lines


def _group(kind: str, why: str, entries: Iterable[object], sources: Iterable[str]) -> Iterator[str]:
    yield from textwrap.wrap(f"{kind}: {why}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield from _wrapped(", ".join(map(str, entries)))
    yield from _wrapped(f"({'; '.join(sources)})")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
