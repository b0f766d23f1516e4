"""`lesrust catalogue`: list recognised hostnames, and compare them with other lists."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import optional_config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext

if TYPE_CHECKING:
    from monitor.catalogue import Catalogue
    from monitor.catalogue.comparison.compare import KnownHostnames, MissingHostname
    from monitor.catalogue.overlay import OverlayChange
    from schedules.problem import Problem

SOMETHING_MISSING = 1


@click.group(cls=LocalisedGroup)
def catalogue() -> None:
    """Look at the catalogue of hostnames, and compare lists with it."""


@catalogue.command()
@click.argument("lists", nargs=-1, metavar="[LIST]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each hostname.")
@optional_config_option
def check(lists: tuple[Path, ...], as_json: bool, config: Path | None) -> None:
    """Show by platform what lists have and the catalogue has not.

    A LIST is a file in v2fly's format (one that is called after a platform is about it), AdGuard's
    registry of services, filter rules (||voorbeeld.nl^) or a hosts file; the content tells which.
    A list that is about no platform only tells of hostnames under ours that may be for something
    else. The role that is suggested is judged by the name alone: look at it before you use it.

    Warns when the catalogue was checked more than a year ago. Nothing is fetched or changed.

    The exit code is 0 when nothing is missing, 1 when something is, and 2 when a file was refused,
    which is then named with its line.
    """
    from monitor.catalogue.comparison.compare import known_hostnames

    with exit_on_refusal():
        in_force, changes = _load_catalogue(config)
        decided = known_hostnames(in_force, changes)
        for warning in _warn_of_age(in_force):
            click.echo(f"lesrust: {warning}", err=True)
        missing = [(path.name, entry) for path in lists for entry in _compare(path, decided)]
    (_print_json if as_json else _print_table)(missing)
    if lists and not as_json:
        if missing:
            click.echo(gettext("{count} missing", count=len(missing)))
        else:
            click.echo(gettext("Nothing is missing."))
    raise click.exceptions.Exit(SOMETHING_MISSING if missing else 0)


@catalogue.command("list")
@click.argument("platform", required=False, metavar="[PLATFORM]")
@click.option("--hiding", is_flag=True, help="Show what hides where somebody goes instead.")
@optional_config_option
def show(platform: str | None, hiding: bool, config: Path | None) -> None:
    """Show the hostnames of a PLATFORM, or of all. They stand by role, with the reason for each."""
    from monitor.catalogue.hiding import load_hiding_list
    from monitor.catalogue.switches import describe_choices
    from monitor.commands.catalogue.listing import list_hiding, list_overlay, list_platform
    from schedules.problem import Problem, Refused

    with exit_on_refusal():
        if hiding:
            listed = list_hiding(load_hiding_list())
        else:
            in_force, changes = _load_catalogue(config)
            names = [known.name for known in in_force.platforms]
            if platform is not None and platform.lower() not in names:
                raise Refused([Problem("PLATFORM", platform, describe_choices(platform, names))])
            chosen = [
                known
                for known in in_force.platforms
                if platform is None or known.name == platform.lower()
            ]
            listed = [line for known in chosen for line in list_platform(known, in_force)]
            listed += list_overlay(changes, platform)
    for line in listed:
        click.echo(line)


def _load_catalogue(config: Path | None) -> "tuple[Catalogue, list[OverlayChange]]":
    """Load the catalogue with the configuration's changes; without a configuration, as it comes."""
    from monitor.catalogue import load_catalogue
    from monitor.catalogue.overlay import load_overlay
    from monitor.configuration import load_configuration

    if config is None:
        return load_catalogue(), []
    settings = load_configuration(config).catalogue
    loaded = load_catalogue(
        switched_on=settings.switched_on,
        switched_off=settings.switched_off,
        overlay=settings.overlay,
    )
    if settings.overlay is None:
        return loaded, []
    changes, _ = load_overlay(settings.overlay, [platform.name for platform in loaded.platforms])
    return loaded, changes


def _warn_of_age(in_force: "Catalogue") -> Iterator[str]:
    from datetime import UTC, datetime

    from monitor.catalogue.age import age_warnings
    from monitor.catalogue.hiding import load_hiding_list

    dates = {platform.title: platform.checked for platform in in_force.platforms}
    dates[gettext("The list of what hides")] = load_hiding_list().checked
    return age_warnings(dates, datetime.now(UTC).date())


def _compare(path: Path, known: "KnownHostnames") -> "Iterator[MissingHostname]":
    from monitor.catalogue.comparison.compare import compare_entries
    from monitor.catalogue.comparison.lists.entry import ListReading
    from monitor.catalogue.comparison.lists.files import load_list
    from schedules.problem import ProblemCollector

    reading = ListReading(ProblemCollector(str(path)))
    yield from compare_entries(load_list(path, reading), known)
    _report_skipped(path, reading.skipped, reading.mistakes.problems)


def _report_skipped(path: Path, passed_over: int, problems: "list[Problem]") -> None:
    for problem in problems:
        click.echo(gettext("lesrust: passed over: {problem}", problem=problem), err=True)
    if passed_over:
        click.echo(
            gettext(
                "lesrust: {path}: rules that cannot be compared: {count} (patterns, exceptions, "
                "whole top-level domains, lists that it includes and that do not lie beside it)",
                path=path,
                count=passed_over,
            ),
            err=True,
        )


def _print_json(missing: "list[tuple[str, MissingHostname]]") -> None:
    import json

    for name, entry in missing:
        row = {
            "list": name,
            "platform": entry.platform,
            "hostname": entry.hostname,
            "suggested": entry.suggested_role,
            "ours": entry.our_role,
        }
        click.echo(json.dumps(row))


def _print_table(missing: "list[tuple[str, MissingHostname]]") -> None:
    from monitor.commands.tables import print_table

    if missing:
        rows = sorted(
            (entry.platform, entry.hostname, entry.suggested_role, entry.our_role or "", name)
            for name, entry in missing
        )
        headers = (
            gettext("platform"),
            gettext("hostname"),
            gettext("suggested role"),
            gettext("ours"),
            gettext("list"),
        )
        print_table(headers, rows)
