"""The command `lesrust report`: the figures of a week, a month or a term as PDF or CSV."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import DAY, config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import active, describe_os_error, gettext

if TYPE_CHECKING:
    from dashboards.report.document import Progress

STANDARD_OUTPUT = Path("-")


@click.command(cls=LocalisedCommand)
@click.argument("length", type=click.Choice(["week", "month", "term"]))
@click.option(
    "--of",
    "day",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="A day of it; else the newest whole week is in it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "csv"]),
    default="pdf",
    show_default=True,
    help="A tagged PDF to read, or the same figures as CSV.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Where to write it, or - for standard output; else it is named for what it is of.",
)
@config_option
def report(length: str, day: date | None, form: str, output: Path | None, config: Path) -> None:
    """Write a report of a week, a month or a term. A term is the weeks between two holidays.

    It has the figures of the directie's page, as they were released, with their intervals. A
    month is made of the weeks whose Monday is in it. A term ends where a week has no lessons.
    """
    try:
        for name in ("vl_convert", "weasyprint"):  # of the extra
            import_module(name)
    except (ImportError, OSError) as error:
        raise click.ClickException(_what_is_missing(error)) from error
    with exit_on_refusal():
        from dashboards.site import preparation
        from monitor.configuration import load_configuration

        preparation.prepare(config)
        settings = load_configuration(config)
    from dashboards.overview.loading import newest_week
    from dashboards.report.request import ReportFormat, ReportLength, ReportRequest
    from dashboards.school.profile import profile_of

    any_day = day or newest_week()
    request = ReportRequest(
        ReportLength(length), any_day, ReportFormat(form), active().value
    ).normalise()
    with _progress_bar(request.filename) as progress:
        content = request.render(profile_of(settings), progress)
    path = output or Path(request.filename)
    if path == STANDARD_OUTPUT:
        click.echo(content, nl=False)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path}: {describe_os_error(error)}") from error
    click.echo(f"{path}", err=True)


def _what_is_missing(error: Exception) -> str:
    if isinstance(error, ImportError):
        return gettext(
            "A report needs {name}, which is not installed: install lesrust[web].", name=error.name
        )
    return gettext(
        "A report needs Pango, which this machine does not have: {command}",
        command="apt install libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core",
    )


@contextmanager
def _progress_bar(title: str) -> Iterator["Progress"]:
    """Show on a terminal how far it is; elsewhere nothing."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(file=sys.stderr)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=100)
        yield lambda percent: bar.update(task, completed=percent)
