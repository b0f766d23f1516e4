"""Lists the catalogue as lines of text: what is recognised, as what, and why."""

import textwrap
from collections.abc import Iterable, Iterator

from monitor.catalogue import Catalogue, Platform
from monitor.catalogue.hiding import HidingList
from monitor.catalogue.overlay import OverlayChange
from schedules.language import gettext, writing

WIDTH = 98


def list_platform(platform: Platform, catalogue: Catalogue) -> Iterator[str]:
    """List a platform's hostnames, by role."""
    yield gettext(
        "{title} ({name}), {state}, checked on {day}",
        title=platform.title,
        name=platform.name,
        state=gettext("on") if platform.is_on else gettext("off"),
        day=writing.numeric_day(platform.checked),
    )
    groups = catalogue.groups[platform.name]
    for group in sorted(groups, key=lambda group: group.role):
        why = group.why
        if group.shared_with:
            shared = gettext("Also used by: {names}.", names=", ".join(group.shared_with))
            why = f"{why} {shared}"
        yield from _list_group(group.role, why, group.hostnames, group.sources)
    yield ""


def list_overlay(changes: Iterable[OverlayChange], platform: str | None) -> Iterator[str]:
    """List the changes of the overlay, for one platform or for all."""
    wanted = [
        change
        for change in changes
        if platform is None or change.match is None or change.match.platform == platform.lower()
    ]
    if wanted:
        yield gettext("Changed by the overlay")
    for change in wanted:
        match = change.match
        what = f"{match.platform} {match.role}" if match else gettext("no platform")
        yield f"  {change.pattern}: {what}"


def list_hiding(hiding: HidingList) -> list[str]:
    """List the services that hide hostnames, by the way in which they hide them."""
    checked = writing.numeric_day(hiding.checked)
    lines = [gettext("What hides where somebody goes, checked on {day}", day=checked)]
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
