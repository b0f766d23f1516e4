"""Lists the catalogue as lines of text: what is recognised, as what, and why."""

import textwrap
from collections.abc import Iterable, Iterator

from monitor.catalogue import Catalogue, Platform
from monitor.catalogue.hiding import HidingList
from monitor.catalogue.overlay import OverlayChange

WIDTH = 98


def list_platform(platform: Platform, catalogue: Catalogue) -> Iterator[str]:
    """List a platform's hostnames, by role."""
    state = "on" if platform.is_on else "off"
    yield f"{platform.title} ({platform.name}), {state}, checked on {platform.checked}"
    groups = catalogue.groups[platform.name]
    for group in sorted(groups, key=lambda group: group.role):
        shared = f" Also used by: {', '.join(group.shared_with)}." if group.shared_with else ""
        yield from _list_group(group.role, group.why + shared, group.hostnames, group.sources)
    yield ""


def list_overlay(changes: Iterable[OverlayChange], platform: str | None) -> Iterator[str]:
    """List the changes of the overlay, for one platform or for all."""
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


def list_hiding(hiding: HidingList) -> list[str]:
    """List the services that hide hostnames, by the way in which they hide them."""
    lines = [f"What hides where somebody goes, checked on {hiding.checked}"]
    for group in sorted(hiding.groups, key=lambda group: group.method):
        entries = (*group.hostnames, *group.addresses)
        lines += _list_group(group.method, group.why, entries, group.sources)
    return lines


def _list_group(
    kind: str, why: str, entries: Iterable[object], sources: Iterable[str]
) -> Iterator[str]:
    yield from textwrap.wrap(f"{kind}: {why}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield from _wrap(", ".join(map(str, entries)))
    yield from _wrap(f"({'; '.join(sources)})")


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
