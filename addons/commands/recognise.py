"""The command `lesrust recognise`: what the names in captures are taken for."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addons.commands.capture_options import files_argument, tunnel_option
from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import optional_config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext

if TYPE_CHECKING:
    from addons.commands.capture_set import CaptureSet
    from addons.runtime.match_counter import NameMatch
    from monitor.catalogue import Catalogue


@click.command(cls=LocalisedCommand)
@files_argument
@click.option("--json", "as_json", is_flag=True, help="Print lines of JSON.")
@click.option(
    "--all-platforms", is_flag=True, help="Also recognise the platforms that are switched off."
)
@tunnel_option
@optional_config_option
def recognise(
    *,
    files: tuple[str, ...],
    as_json: bool,
    all_platforms: bool,
    tunnels: tuple[str, ...],
    config: Path | None,
) -> None:
    """Say what the names in captures are taken for.

    FILE is a capture (pcap or pcapng, also packed by gzip or zstd), or - for standard input. Each
    name is counted by how it was learned, its platform and its role; a name of no platform has
    neither. Names that DNS answered are there too, counted by answers. A connection that hides
    where it goes has the evidence "hidden", and for its role the way in which it hides. No client
    appears.

    With a configuration file, the switches and the overlay of its catalogue hold.

    Exit code 1: a capture is cut off or damaged, and what stood before was counted. 2: a file, an
    option or the configuration was refused.
    """
    from addons.commands.capture_set import CaptureSet, progress_bar

    with exit_on_refusal():
        catalogue = _load_catalogue(config, all_platforms=all_platforms)
        with progress_bar(files) as progress:
            captures = CaptureSet(files, tunnels, sizes=False, progress=progress)
            counted = _count_matches(captures, catalogue)
    (_print_json if as_json else _print)(counted)
    raise click.exceptions.Exit(captures.exit_code)


def _load_catalogue(config: Path | None, *, all_platforms: bool) -> "Catalogue":
    from monitor import catalogue

    every = (
        [platform.name for platform in catalogue.load_catalogue().platforms]
        if all_platforms
        else []
    )
    if config is None:
        return catalogue.load_catalogue(switched_on=every)
    from monitor.configuration import load_configuration

    settings = load_configuration(config).catalogue
    return catalogue.load_catalogue(
        switched_on=every or settings.switched_on,
        switched_off=() if every else settings.switched_off,
        overlay=settings.overlay,
    )


type _MatchesByCapture = Mapping[str, Mapping["NameMatch", int]]
"""By capture."""


def _count_matches(captures: "CaptureSet", catalogue: "Catalogue") -> _MatchesByCapture:
    from addons.captures.playback import Playback
    from addons.flows.naming import FlowNamer
    from addons.passive import PassiveSensor
    from addons.runtime.match_counter import MatchCounter
    from monitor.catalogue.hiding import bundled_hiding_list

    hiding_list = bundled_hiding_list()
    counted: dict[str, Mapping[NameMatch, int]] = {}
    for file in dict.fromkeys(captures.files):
        counter = MatchCounter(catalogue, hiding_list)
        sensor = PassiveSensor(
            counter, FlowNamer(lambda: catalogue, hiding_list), reports_every_name=True
        )
        playback = Playback(sensor)
        is_capture = captures.play(file, playback)
        sensor.close(playback.timestamp)
        if is_capture:
            counted[file] = counter.matches
    return counted


def _print_json(counted: _MatchesByCapture) -> None:
    import json

    for capture, recognised in counted.items():
        rows = (
            {"capture": capture, **name_match._asdict(), "connections": connections}
            for name_match, connections in sorted(recognised.items(), key=_order)
        )
        # Written at once: a line at a time is a system call each.
        click.echo("".join(f"{json.dumps(row)}\n" for row in rows), nl=False)


def _print(counted: _MatchesByCapture) -> None:
    from addons.runtime.match_counter import count_visibility
    from monitor.commands.tables import print_table

    for capture, recognised in counted.items():
        click.echo(f"{capture}:\n")
        headers = (
            gettext("hostname"),
            gettext("evidence"),
            gettext("platform"),
            gettext("role"),
            gettext("connections"),
        )
        rows = sorted(recognised.items(), key=_order)
        print_table(
            headers,
            [[*(part or "–" for part in name_match), str(count)] for name_match, count in rows],
        )
        click.echo("\n{}\n".format(gettext("How they were seen:")))
        print_table(
            ("", gettext("connections")),
            [(label, f"{count}") for label, count in count_visibility(recognised)],
        )
        click.echo()


def _order(entry: tuple["NameMatch", int]) -> tuple[object, ...]:
    """Platforms first, then what belongs to none."""
    name_match, _ = entry
    return (
        name_match.platform is None,
        name_match.platform or "",
        name_match.evidence,
        name_match.hostname,
    )
