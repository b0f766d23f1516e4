"""The command `lesrust figures`: what has been released, in a terminal or as CSV."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import DAY, config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import describe_os_error, gettext

if TYPE_CHECKING:
    from dashboards.figures.row import FigureRow
    from monitor.configuration import Configuration
    from monitor.release.figures import Figure

STANDARD_OUTPUT = Path("-")


@click.command(cls=LocalisedCommand)
@config_option
@click.option(
    "--day",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="Only this day, and its week.",
)
@click.option(
    "--week",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="Only the week that this day is in.",
)
@click.option(
    "--csv",
    "export",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write every figure to this file instead, or to - for standard output.",
)
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw what would be shown into this file instead.",
)
@click.option(
    "--beside",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="What is true, from a simulation's truth.csv: it is put beside each figure.",
)
def figures(
    *,
    config: Path,
    day: date | None,
    week: date | None,
    export: Path | None,
    svg: Path | None,
    beside: Path | None,
) -> None:
    """Show released figures: the latest, or those of a day or a week.

    The columns of the CSV are table (R1 lesson hours, R2 platforms, R3 year layers, R4 year layers
    by platform, R5 use under an exemption, S1 staff, V1 what could be seen, B1 and B2 how far
    device-days go beyond the caps of R1 and R2, W1 and W2 totals of a week), day (of a week its
    Monday), period, layer, platform, evidence (of V1), beyond (of B1 and B2), figure (empty: no
    figure), low and high of its 95 % interval (an empty high: at least low), estimate, estimate_low
    and estimate_high of what is estimated from the school's own history, missing (how many of its
    parts had no figure, or of R4, R5, S1, V1, B1 and B2 how many days are not in it), parts, and
    the moment of its release.
    """
    if day and week:
        raise click.UsageError(gettext("Give --day or --week, not both."))
    from dashboards.figures.csv_text import write_csv
    from dashboards.figures.frame import figures_frame
    from dashboards.figures.row import figure_rows
    from dashboards.figures.selection import DateSelection
    from dashboards.figures.truth import load_truth, with_truth
    from monitor import store
    from monitor.configuration import load_configuration

    with exit_on_refusal():
        school = load_configuration(config)
        store.connect(school.database)
        figures = store.load_figures(since=date.min)
        rows = figure_rows(figures)
        if beside:
            rows = with_truth(rows, load_truth(beside))
        selection = DateSelection(day, week)
        rows = selection.select(rows)
        if export:
            _write(write_csv(figures_frame(rows, has_truth=bool(beside))), export)
        else:
            of_week = [figure for figure in figures if selection.has_cell(figure.cell)]
            _show(rows, school, svg, of_week, has_truth=bool(beside))


def _write(text: str, path: Path) -> None:
    if path == STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: {describe_os_error(error)}") from error


def _show(
    rows: "list[FigureRow]",
    school: "Configuration",
    svg: Path | None,
    figures: "list[Figure]",
    *,
    has_truth: bool,
) -> None:
    from rich.console import Console

    from dashboards.terminal import picture
    from dashboards.terminal.figures import TerminalFigures
    from dashboards.terminal.visibility import WeekVisibility

    console = Console(highlight=False)
    width = picture.WIDTH if svg else console.width
    shown = TerminalFigures(
        rows, has_truth, school, width, WeekVisibility.latest(figures)
    ).renderables()
    if svg:
        _write(picture.render_svg(shown, "lesrust figures"), svg)
        return
    for renderable in shown:
        console.print(renderable)
