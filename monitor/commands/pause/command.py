"""`lesrust pause`: interrupt the measuring, see whether it is, and go on."""

import getpass
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.options import config_option, language_option
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
LONGEST_NAME = 100


@click.command(epilog=EXAMPLES)
@click.option(
    "--until", "end", default="", metavar="TIME", help="Such as 12:00, or '2026-10-06 17:00'."
)
@click.option("--reason", default="", help="One line; need not be given. No names, please.")
@click.option("--resume", is_flag=True, help="Go on measuring now.")
@click.option("--by", default="", help="Who does so, for the audit.  [default: this user]")
@language_option
@config_option
def pause(*, end: str, reason: str, resume: bool, by: str, config: Path) -> None:
    """Interrupt the measuring until a time; without options, say whether it is interrupted.

    Nothing is seen then, and traffic goes on as always. A lesson hour that falls in it gets no
    figure, and neither do its day and week by platform and year layer.
    """
    from monitor import store
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store

    moment = now()
    if resume and (end or reason):
        raise click.UsageError(_("--resume goes with neither --until nor --reason."))
    if reason and not end:
        raise click.UsageError(_("Give --until: an interruption has an end."))
    by = (by or f"{getpass.getuser()} (command line)")[:LONGEST_NAME]
    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        zone = settings.school.zone
        about = {"reason": reason, "by": by}
        order_pause = _ordered(end, **about, moment=moment, zone=zone) if end else None
        store.connect(settings.database)
        if resume:
            done = schedule_store.end_pauses(by=by, now=moment)
            click.echo(_("Measuring goes on.") if done else _not_paused())
            return
        if order_pause is not None:
            schedule_store.add_pause(order_pause)
        lasting = schedule_store.list_pauses(moment)
    _tell(lasting, zone)


def now() -> float:
    """Give the moment at which the command is given."""
    return time.time()


def _ordered(end: str, *, reason: str, by: str, moment: float, zone: "ZoneInfo") -> "Pause":
    from schedules.local_time import parse_datetime
    from schedules.pause import InvalidPause, explain_pause_denial, order_pause
    from schedules.problem import InvalidValue

    today = datetime.fromtimestamp(moment, zone).date()
    try:
        until = parse_datetime(end, today, zone).timestamp()
        return order_pause(now=moment, end=until, by=by, reason=reason)
    except InvalidValue:
        raise click.UsageError(
            _("'{found}' is no time; 09:00 is one, or 2026-09-01 09:00.", found=end)
        ) from None
    except InvalidPause as refused:
        raise click.UsageError(explain_pause_denial(refused.reason)) from None


def _tell(lasting: "tuple[Pause, ...]", zone: "ZoneInfo") -> None:
    from schedules.language import writing

    for pause in lasting:
        text = _(
            "Measuring is interrupted from {start} until {end}, by {by}.",
            start=writing.moment(pause.start, zone),
            end=writing.moment(pause.end, zone),
            by=pause.by,
        )
        why = _("Reason: {reason}.", reason=pause.reason)
        click.echo(f"{text} {why}" if pause.reason else text)
    click.echo(_("Lesson hours that fall in it get no figure.") if lasting else _not_paused())


def _not_paused() -> str:
    return _("Measuring is not interrupted.")
