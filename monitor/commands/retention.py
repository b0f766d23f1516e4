"""`lesrust retention`: delete what has been kept long enough. A timer runs it every night."""

from pathlib import Path

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext, gettext_lazy, ngettext, ngettext_lazy


@click.command(cls=LocalisedCommand)
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
@config_option
def retention(dry_run: bool, config: Path) -> None:
    """Delete what has been kept long enough. That is figures, the audit, exemptions and lessons.

    Figures of a lesson hour or a day are kept for eight weeks, those of a week until the end of
    the next school year, or as many weeks as the configuration says under [store]. The ledger
    stays, so that no figure is ever drawn twice.

    The audit is kept as long as the configuration says under [web], and a year at least. As long
    are kept exemptions and interruptions after they ended, lessons of the timetable after they were
    held, and imports that brought no later lesson.
    """
    from datetime import datetime

    from monitor import store
    from monitor.configuration import load_configuration
    from monitor.release.retention import first_audit_day_kept, first_days_kept
    from schedules import store as schedule_store
    from schedules.language import writing
    from schedules.local_time import start_of_day

    with exit_on_refusal():
        settings = load_configuration(config)
        store.connect(settings.database)
    today = datetime.now(settings.school.zone).date()
    for table, day in first_days_kept(today, settings.store.weeks_kept).items():
        count = (store.count_figures_before if dry_run else store.delete_figures_before)(table, day)
        _report(
            ngettext(
                "{table}: {count} figure of before {day}",
                "{table}: {count} figures of before {day}",
                count,
                table=table,
                day=writing.numeric_day(day),
            ),
            dry_run=dry_run,
        )
    since = first_audit_day_kept(today, settings.web.audit_years)
    first_kept = start_of_day(since, settings.school.zone).timestamp()
    # What refers to a lesson goes before it does, and what a lesson refers to after it.
    for text, count_before, delete_before in (
        (
            ngettext_lazy(
                "audit: {count} entry of before {day}", "audit: {count} entries of before {day}"
            ),
            schedule_store.count_audit_before,
            schedule_store.delete_audit_before,
        ),
        (
            gettext_lazy("exemptions: {count} of before {day}"),
            schedule_store.count_exemptions_before,
            schedule_store.delete_exemptions_before,
        ),
        (
            gettext_lazy("interruptions: {count} of before {day}"),
            schedule_store.count_pauses_before,
            schedule_store.delete_pauses_before,
        ),
        (
            gettext_lazy("lessons: {count} of before {day}"),
            schedule_store.count_lessons_before,
            schedule_store.delete_lessons_before,
        ),
        (
            gettext_lazy("imports: {count} of before {day}"),
            schedule_store.count_imports_before,
            schedule_store.delete_imports_before,
        ),
    ):
        count = (count_before if dry_run else delete_before)(first_kept)
        _report(text.format(count=count, day=writing.numeric_day(since)), dry_run=dry_run)


def _report(what: str, *, dry_run: bool) -> None:
    if dry_run:
        click.echo(gettext("{what} would be deleted", what=what))
    else:
        click.echo(gettext("{what} deleted", what=what))
