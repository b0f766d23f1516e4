"""The catalogue in force: the platform files, the school's switches, and its overlay."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from monitor.catalogue.hostnames.lookup import HostnameLookup
from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.overlay import OverlayChange, apply_overlay, load_overlay
from monitor.catalogue.platform import HostnameRole, Match, Platform
from monitor.catalogue.platform_files import HostnameGroup, PlatformFile, load_platform_files
from monitor.catalogue.switches import switch_platforms
from schedules.problem import Refused


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which hostnames belong to which platform. Immutable: to change it, load another."""

    platforms: tuple[Platform, ...]
    """All that have a file, also those that are off."""
    groups: Mapping[str, tuple[HostnameGroup, ...]]
    """By platform, the groups of its file: hostnames with their reason and sources."""
    _hostnames: HostnameLookup[Match]
    _cname_targets: HostnameLookup[Match]

    def recognise(self, hostname: str, cname: str = "") -> Match | None:
        """Return the platform and role of a hostname, None unless it is of one that is on.

        Args:
            hostname: as it stood on the wire.
            cname: its CNAME target in DNS, where its own name may say nothing.
        """
        match = self._hostnames.find(hostname)
        if match is None and cname:
            return self._cname_targets.find(cname)
        return match

    def recognise_cname(self, target: str) -> Match | None:
        """Return the platform and role of a hostname whose CNAME is `target`.

        For a custom domain, such as that of a weblog, whose own name says nothing.
        """
        return self._cname_targets.find(target)


def load_catalogue(
    *,
    switched_on: Collection[str] = (),
    switched_off: Collection[str] = (),
    overlay: Path | None = None,
) -> Catalogue:
    """Load the platform files and the overlay.

    Args:
        switched_on: platforms that the school switches on, by name.
        switched_off: platforms that it switches off.
        overlay: its own hostnames.

    Raises:
        Refused: with everything that is wrong.
    """
    files, file_problems = load_platform_files()
    platforms, switch_problems = switch_platforms(
        [file.platform for file in files], switched_on, switched_off
    )
    names = [platform.name for platform in platforms]
    changes, line_problems = load_overlay(overlay, names) if overlay else ([], [])
    problems = [*file_problems, *switch_problems, *line_problems]
    if problems:
        raise Refused(problems)
    return _assemble(files, platforms, changes)


def _assemble(
    files: Iterable[PlatformFile], platforms: tuple[Platform, ...], changes: list[OverlayChange]
) -> Catalogue:
    on = {platform.name for platform in platforms if platform.is_on}
    ours = {
        pattern: Match(file.name, group.role, group.shared_with)
        for file in files
        for group in file.groups
        for pattern in group.hostnames
    }
    aliases = {
        pattern: Match(file.name, HostnameRole.APP)
        for file in files
        for targets in file.cname_targets
        for pattern in targets.hostnames
    }
    return Catalogue(
        platforms=platforms,
        groups=MappingProxyType({file.name: file.groups for file in files}),
        _hostnames=HostnameLookup(_of_those_on(apply_overlay(changes, ours), on)),
        _cname_targets=HostnameLookup(_of_those_on(aliases, on)),
    )


def _of_those_on(
    answers: Mapping[HostnamePattern, Match | None], on: Collection[str]
) -> dict[HostnamePattern, Match | None]:
    # The hostnames of a platform that is off stay in the lookup, so that they do not fall to the
    # platform of a less specific name.
    return {
        pattern: match if match and match.platform in on else None
        for pattern, match in answers.items()
    }
