"""The command `lesrust store`: move what is kept to another database."""

import time
from datetime import datetime
from pathlib import Path

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext


@click.group(cls=LocalisedGroup)
def store() -> None:
    """Move everything that is kept to another database."""


@store.command()
@click.argument("target", metavar="TARGET")
@config_option
def move(target: str, config: Path) -> None:
    """Move everything to the empty database TARGET. It is a path, or postgresql://USER@HOST/NAME.

    Figures, the ledger of what was drawn, timetable, exemptions, accounts and the audit all go
    along, and are compared row by row; when one differs, nothing has happened. Afterwards the
    configuration has to name the new database. The old file is renamed, so that nothing goes on
    with it by mistake.

    Stop the sensor and the web application first. Whoever was signed in signs in again.

    Exit code 2: another process has the store open, TARGET is not empty, or a row cannot be kept
    there.
    """
    from rich.progress import Progress

    from dashboards.site import preparation

    with exit_on_refusal():
        settings = preparation.prepare(config)
        from monitor.store import moving

        today = datetime.fromtimestamp(time.time(), settings.school.zone).date()
        with Progress(transient=True) as progress:
            task = progress.add_task(gettext("moving"), total=moving.count_rows())
            aside = moving.move_store(
                settings.database,
                target,
                today,
                lambda rows: progress.advance(task, rows),
            )
    click.echo(gettext("Everything is in the new database, compared row by row."))
    click.echo(gettext("Now write in {config}, under [store]:", config=config))
    click.echo(f'  database = "{target}"')
    if aside is not None:
        click.echo(
            gettext("The old file is called {path}; delete it when all is well.", path=aside)
        )
    else:
        click.echo(gettext("Nothing may go on with the old database: delete it when all is well."))
