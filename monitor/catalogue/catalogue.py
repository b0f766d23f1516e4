"""The catalogue in force: our files, as the school switches platforms, under its overlay."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from monitor.catalogue import files
from monitor.catalogue.files import Group, PlatformFile
from monitor.catalogue.lookup import Lookup
from monitor.catalogue.overlay import Change, lay_over
from monitor.catalogue.overlay import read as read_overlay
from monitor.catalogue.pattern import Pattern
from monitor.catalogue.platform import HostnameRole, Match, Platform
from monitor.catalogue.switches import switch
from schedules.problem import Refused


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which hostnames belong to which platform. It does not change; load another instead."""

    platforms: tuple[Platform, ...]
    """All that have a file, those that are off too."""
    groups: Mapping[str, tuple[Group, ...]]
    """By platform, what our files say: reasons, sources, and which hostnames are shared."""
    _hostnames: Lookup[Match]
    _cname_targets: Lookup[Match]

    def recognise(self, hostname: str, alias: str = "") -> Match | None:
        """Return what a hostname is of a platform that is on, else None; whatever is asked.

        Args:
            hostname: as it stood on the wire.
            alias: its CNAME target in DNS, where its own name may say nothing.
        """
        match = self._hostnames.find(hostname)
        if match is None and alias:
            return self._cname_targets.find(alias)
        return match

    def recognise_alias(self, target: str) -> Match | None:
        """Return what a hostname is whose CNAME names `target`.

        For a custom domain, such as that of a weblog, whose own name says nothing.
        """
        return self._cname_targets.find(target)


def load(
    *,
    switched_on: Collection[str] = (),
    switched_off: Collection[str] = (),
    overlay: Path | None = None,
) -> Catalogue:
    """Load our files and the overlay; raise `Refused` with everything that is wrong."""
    described, problems = files.read()
    platforms, wrong = switch([file.platform for file in described], switched_on, switched_off)
    names = [platform.name for platform in platforms]
    changes, wrong_lines = read_overlay(overlay, names) if overlay else ([], [])
    if problems or wrong or wrong_lines:
        raise Refused([*problems, *wrong, *wrong_lines])
    return _assemble(described, platforms, changes)


def _assemble(
    described: Iterable[PlatformFile], platforms: tuple[Platform, ...], changes: list[Change]
) -> Catalogue:
    on = {platform.name for platform in platforms if platform.on}
    ours = {
        pattern: Match(file.name, group.role, group.shared_with)
        for file in described
        for group in file.group
        for pattern in group.hostnames
    }
    aliases = {
        pattern: Match(file.name, HostnameRole.APP)
        for file in described
        for targets in file.cname_targets
        for pattern in targets.hostnames
    }
    return Catalogue(
        platforms=platforms,
        groups=MappingProxyType({file.name: file.group for file in described}),
        _hostnames=Lookup(_of_those_on(lay_over(changes, ours), on)),
        _cname_targets=Lookup(_of_those_on(aliases, on)),
    )


def _of_those_on(
    answers: Mapping[Pattern, Match | None], on: Collection[str]
) -> dict[Pattern, Match | None]:
    # A platform that is off keeps its place: its hostname under another's is not the other's.
    return {p: match if match and match.platform in on else None for p, match in answers.items()}
