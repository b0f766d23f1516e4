"""The command `lesrust replay`: what captures would have released."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addons.commands.capture_options import files_argument, tunnel_option
from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext

if TYPE_CHECKING:
    from monitor.health import Health
    from monitor.release.figures import Figure


@click.command(cls=LocalisedCommand)
@files_argument
@tunnel_option
@config_option
def replay(*, files: tuple[str, ...], tunnels: tuple[str, ...], config: Path) -> None:
    """Replay captures with the timetable: what would be released?

    FILE is a capture (pcap or pcapng, also packed by gzip or zstd), or - for standard input; give
    several in the order of their time. They go through the same sensor and core as live traffic,
    with the places, timetable and exemptions of the configuration and its store. Nothing is
    released: the store is only read. The noise is drawn as in a release, so another replay gives
    other figures.

    A table that the captures do not cover whole, such as a day of which they have one lesson, has
    no figure ('geen cijfer').

    Exit code 1: a capture is cut off or damaged, and what stood before was replayed. 2: a file,
    an option or the configuration was refused.
    """
    from addons.captures.playback import Playback
    from addons.commands.capture_set import CaptureSet, progress_bar
    from addons.runtime.dry_run import DryRunFromFirstPacket
    from monitor.configuration import load_configuration

    with exit_on_refusal():
        settings = load_configuration(config)
        sensor = DryRunFromFirstPacket(settings)
        playback = Playback(sensor)
        with progress_bar(files) as progress:
            captures = CaptureSet(files, tunnels, sizes=True, progress=progress)
            for file in files:
                captures.play(file, playback)
        if sensor.dry_run is not None:
            figures = sensor.dry_run.finish(playback.timestamp)
            _print(figures, sensor.dry_run.health, is_on_trial=settings.is_on_trial)
        elif not captures.exit_code:
            click.echo(gettext("There is nothing in these captures that could be recognised."))
    raise click.exceptions.Exit(captures.exit_code)


def _print(figures: "Iterable[Figure]", health: "Health", *, is_on_trial: bool) -> None:
    from monitor.commands.tables import print_table
    from monitor.release.tables import MIN_GRANTERS, TABLES, TableName

    by_table: dict[str, list[Figure]] = {}
    for figure in figures:
        by_table.setdefault(figure.cell.table, []).append(figure)
    for table, spec in TABLES.items():
        if table in by_table:
            click.echo(f"{table}: {spec.words.line}")
            if any(figure.drawn is not None for figure in by_table[table]):
                print_table(
                    (gettext("day"), gettext("what"), gettext("figure"), gettext("95% interval")),
                    map(_row, by_table[table]),
                )
            else:
                click.echo(
                    gettext("no figure: the captures do not cover it whole")
                    if table is not TableName.EXEMPT
                    else gettext(
                        "no figure: fewer than {people} people granted something, or the captures "
                        "do not cover it whole",
                        people=MIN_GRANTERS,
                    )
                )
            click.echo()
    if is_on_trial:
        click.echo(
            gettext(
                "On trial: nothing is counted until [approval] names the DPIA and the decision of "
                "the medezeggenschapsraad."
            )
        )
    elif not by_table:
        click.echo(
            gettext("No table has closed: the timetable has no lesson in the days of the captures.")
        )
    health.publish()
    print_table(
        (gettext("what happened"), ""),
        ((name, str(count)) for name, count in health.counts.items() if count),
    )


def _row(figure: "Figure") -> tuple[str, ...]:
    cell, shown = figure.cell, figure.shown
    what = " ".join(
        part for part in (cell.period, cell.layer, cell.platform, cell.evidence) if part
    )
    if shown is None:
        return str(cell.day), what, gettext("no figure"), ""
    interval = f"{shown.low}–{shown.high}"
    if figure.missing:
        interval = gettext(
            "{interval}, without {missing} of {parts} parts",
            interval=interval,
            missing=figure.missing,
            parts=figure.parts + figure.missing,
        )
    return str(cell.day), what, shown.text, interval
