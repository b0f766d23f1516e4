"""`lesrust retention`: delete what has been kept long enough. A timer runs it every night."""

from pathlib import Path

import click

from monitor.cli import config_option, refusals


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
@config_option
def retention(dry_run: bool, config: Path) -> None:
    """Delete released figures that have been kept long enough.

    Figures of a lesson hour or a day are kept for eight weeks, those of a week until the end of
    the next school year, with the visibility of each day. The ledger stays, so that no figure is
    ever drawn twice.
    """
    from datetime import datetime

    from monitor import configuration, store
    from monitor.retention import first_kept, first_visibility_kept

    with refusals():
        settings = configuration.read(config)
        store.connect(settings.database)
    today = datetime.now(settings.school.zone).date()
    done = "would be deleted" if dry_run else "deleted"
    for table, day in first_kept(today).items():
        count = (store.count_before if dry_run else store.delete_before)(table, day)
        click.echo(f"{table}: {count} figures of before {day} {done}")
    day = first_visibility_kept(today)
    count = (store.count_visibility_before if dry_run else store.delete_visibility_before)(day)
    click.echo(f"visibility: {count} days of before {day} {done}")
