"""`lesrust pause`: interrupt measuring, show whether it is interrupted, and resume it."""

import getpass
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext as _

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from schedules.pause import Pause

EXAMPLES = """\b
Examples:
  lesrust pause --until 12:00 --reason "open dag"
  lesrust pause --until "2026-10-06 17:00"
  lesrust pause --resume
"""
MAX_NAME_LENGTH = 100


@click.command(cls=LocalisedCommand, epilog=EXAMPLES)
@click.option(
    "--until", "end", default="", metavar="TIME", help="Such as 12:00, or '2026-10-06 17:00'."
)
@click.option("--reason", default="", help="One line; need not be given. No names, please.")
@click.option("--resume", is_flag=True, help="Go on measuring now.")
@click.option("--by", default="", help="Who does so, for the audit.  [default: this user]")
@config_option
def pause(*, end: str, reason: str, resume: bool, by: str, config: Path) -> None:
    """Interrupt measuring; without options: say if it is interrupted.

    Nothing is seen then, and traffic goes on as always. A lesson hour that falls in it gets no
    figure, and neither do its day and week by platform and year layer.
    """
    from monitor import store
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store

    timestamp = now()
    if resume and (end or reason):
        raise click.UsageError(_("--resume goes with neither --until nor --reason."))
    if reason and not end:
        raise click.UsageError(_("Give --until: an interruption has an end."))
    by = (by or f"{getpass.getuser()} (command line)")[:MAX_NAME_LENGTH]
    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        zone = settings.school.zone
        new_pause = _order(end, reason=reason, by=by, now=timestamp, zone=zone) if end else None
        store.connect(settings.database)
        if resume:
            done = schedule_store.end_pauses(by=by, now=timestamp)
            click.echo(_("Measuring goes on.") if done else _not_paused())
            return
        if new_pause is not None:
            schedule_store.add_pause(new_pause)
        pauses = schedule_store.list_pauses(timestamp)
    _report(pauses, zone)


def now() -> float:
    """Return the timestamp of the command."""
    return time.time()


def _order(end: str, *, reason: str, by: str, now: float, zone: "ZoneInfo") -> "Pause":
    from schedules.local_time import parse_datetime
    from schedules.pause import InvalidPause, explain_pause_denial, order_pause
    from schedules.problem import InvalidValue

    today = datetime.fromtimestamp(now, zone).date()
    try:
        until = parse_datetime(end, today, zone).timestamp()
        return order_pause(now=now, end=until, by=by, reason=reason)
    except InvalidValue:
        raise click.UsageError(
            _("'{found}' is no time; 09:00 is one, or 2026-09-01 09:00.", found=end)
        ) from None
    except InvalidPause as error:
        raise click.UsageError(explain_pause_denial(error.reason)) from None


def _report(pauses: "tuple[Pause, ...]", zone: "ZoneInfo") -> None:
    from schedules.language import writing

    for pause in pauses:
        text = _(
            "Measuring is interrupted from {start} until {end}, by {by}.",
            start=writing.numeric_day_and_time(pause.start, zone),
            end=writing.numeric_day_and_time(pause.end, zone),
            by=pause.by,
        )
        why = _("Reason: {reason}.", reason=pause.reason)
        click.echo(f"{text} {why}" if pause.reason else text)
    click.echo(_("Lesson hours that fall in it get no figure.") if pauses else _not_paused())


def _not_paused() -> str:
    return _("Measuring is not interrupted.")
