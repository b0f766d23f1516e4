"""`lesrust retention`: delete what has been kept long enough. A timer runs it every night."""

from pathlib import Path

import click

from monitor.cli import config_option, refusals


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
@config_option
def retention(dry_run: bool, config: Path) -> None:
    """Delete released figures and audit entries that have been kept long enough.

    Figures of a lesson hour or a day are kept for eight weeks, those of a week until the end of
    the next school year, with the visibility of each day. The ledger stays, so that no figure is
    ever drawn twice. The audit is kept as long as the configuration says under [web], and a year at
    least.
    """
    from datetime import datetime

    from monitor import configuration, store
    from monitor.retention import audit_kept_since, first_kept, first_visibility_kept
    from schedules import store as schedules
    from schedules.wall_time import midnight

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
    since = audit_kept_since(today, settings.web.audit_years)
    moment = midnight(since, settings.school.zone).timestamp()
    count = (schedules.count_audit_before if dry_run else schedules.delete_audit_before)(moment)
    click.echo(f"audit: {count} entries of before {since} {done}")
