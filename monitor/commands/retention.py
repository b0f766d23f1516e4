"""`lesrust retention`: delete what has been kept long enough. A timer runs it every night."""

from pathlib import Path

import click

from monitor.commands.options import config_option, language_option
from monitor.runtime.refusals import exit_on_refusal


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
@language_option
@config_option
def retention(dry_run: bool, config: Path) -> None:
    """Delete what has been kept long enough: figures, the audit, exemptions and lessons.

    Figures of a lesson hour or a day are kept for eight weeks, those of a week until the end of
    the next school year, with the visibility of each day. The ledger stays, so that no figure is
    ever drawn twice.

    The audit is kept as long as the configuration says under [web], and a year at least. As long
    are kept exemptions and interruptions after they ended, lessons of the timetable after they were
    held, and imports that brought no later lesson.
    """
    from datetime import datetime

    from monitor import store
    from monitor.configuration import load_configuration
    from monitor.release.retention import (
        first_audit_day_kept,
        first_days_kept,
        first_visibility_day_kept,
    )
    from schedules import store as schedule_store
    from schedules.local_time import start_of_day

    with exit_on_refusal():
        settings = load_configuration(config)
        store.connect(settings.database)
    today = datetime.now(settings.school.zone).date()
    done = "would be deleted" if dry_run else "deleted"
    for table, day in first_days_kept(today).items():
        count = (store.count_figures_before if dry_run else store.delete_figures_before)(table, day)
        click.echo(f"{table}: {count} figures of before {day} {done}")
    day = first_visibility_day_kept(today)
    count = (store.count_visibility_before if dry_run else store.delete_visibility_before)(day)
    click.echo(f"visibility: {count} days of before {day} {done}")
    since = first_audit_day_kept(today, settings.web.audit_years)
    first_kept = start_of_day(since, settings.school.zone).timestamp()
    # What refers to a lesson goes before it does, and what a lesson refers to after it.
    for counted, count_before, delete_before in (
        (
            "audit: {} entries",
            schedule_store.count_audit_before,
            schedule_store.delete_audit_before,
        ),
        (
            "exemptions: {}",
            schedule_store.count_exemptions_before,
            schedule_store.delete_exemptions_before,
        ),
        (
            "interruptions: {}",
            schedule_store.count_pauses_before,
            schedule_store.delete_pauses_before,
        ),
        ("lessons: {}", schedule_store.count_lessons_before, schedule_store.delete_lessons_before),
        ("imports: {}", schedule_store.count_imports_before, schedule_store.delete_imports_before),
    ):
        count = (count_before if dry_run else delete_before)(first_kept)
        click.echo(f"{counted.format(count)} of before {since} {done}")
