"""`lesrust pause`: interrupt the measuring, see whether it is, and go on."""

import getpass
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.options import config_option
from monitor.commands.pause.wording import LANGUAGES, Wording
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal

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
@click.option(
    "--lang",
    type=click.Choice(list(LANGUAGES)),
    default="nl",
    show_default=True,
    help="The language of what is said.",
)
@config_option
def pause(*, end: str, reason: str, resume: bool, by: str, lang: str, config: Path) -> None:
    """Interrupt the measuring until a time; without options, say whether it is interrupted.

    Nothing is seen then, and traffic goes on as always. A lesson hour that falls in it gets no
    figure, and neither do its day and week by platform and year layer.
    """
    from monitor import store
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store

    words, moment = LANGUAGES[lang], now()
    if resume and (end or reason):
        raise click.UsageError(words.one_thing)
    if reason and not end:
        raise click.UsageError(words.until_needed)
    by = (by or f"{getpass.getuser()} (command line)")[:LONGEST_NAME]
    with exit_on_refusal(), exit_on_store_failure(words.store_fails):
        settings = load_configuration(config)
        zone = settings.school.zone
        about = {"reason": reason, "by": by}
        order_pause = _ordered(words, end, **about, moment=moment, zone=zone) if end else None
        store.connect(settings.database)
        if resume:
            done = schedule_store.end_pauses(by=by, now=moment)
            click.echo(words.resumed if done else words.nothing)
            return
        if order_pause is not None:
            schedule_store.add_pause(order_pause)
        lasting = schedule_store.list_pauses(moment)
    _tell(words, lasting, zone)


def now() -> float:
    """Give the moment at which the command is given."""
    return time.time()


def _ordered(
    words: Wording, end: str, *, reason: str, by: str, moment: float, zone: "ZoneInfo"
) -> "Pause":
    from schedules.local_time import parse_datetime
    from schedules.pause import InvalidPause, order_pause
    from schedules.problem import InvalidValue

    today = datetime.fromtimestamp(moment, zone).date()
    try:
        until = parse_datetime(end, today, zone).timestamp()
        return order_pause(now=moment, end=until, by=by, reason=reason)
    except InvalidValue:
        raise click.UsageError(words.no_moment.format(found=end)) from None
    except InvalidPause:
        raise click.UsageError(words.not_possible) from None


def _tell(words: Wording, lasting: "tuple[Pause, ...]", zone: "ZoneInfo") -> None:
    for each in lasting:
        start, end = (datetime.fromtimestamp(at, zone) for at in (each.start, each.end))
        text = words.paused.format(start=_written(start), end=_written(end), by=each.by)
        click.echo(f"{text} {words.reason.format(reason=each.reason)}" if each.reason else text)
    click.echo(words.follows if lasting else words.nothing)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
