"""`lesrust exempt`: grant, list and revoke exemptions."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal
from schedules.exemption_rules import ExemptionDenied, explain_denial
from schedules.language import gettext as _

EXAMPLES = """\b
Examples:
  lesrust exempt grant --teacher vda --room B204 --platform youtube
  lesrust exempt grant --leadership "mevrouw Yildiz" --school --all-platforms \\
      --from 09:00 --until "2026-10-06 12:00" --reason "open dag"
"""


@click.group(cls=LocalisedGroup)
def exempt() -> None:
    """Allow platforms in a lesson or a place, or revoke that."""


@exempt.command(epilog=EXAMPLES)
@click.option("--teacher", default="", metavar="CODE", help="Who allows it in a lesson of her own.")
@click.option("--leadership", default="", metavar="NAME", help="Who allows it for a place.")
@click.option("--lesson", default="", metavar="ID", help="The teacher's lesson.")
@click.option("--room", default="", help="For a teacher: the lesson held there now.")
@click.option("--layer", default="", help="A year layer.")
@click.option("--school", is_flag=True, help="The whole school.")
@click.option("--platform", "platforms", multiple=True, help="May be given more than once.")
@click.option("--all-platforms", is_flag=True, help="Every platform.")
@click.option("--from-now", is_flag=True, help="Not from the start of the lesson, but from now.")
@click.option("--from", "start", default="", metavar="TIME", help="Such as 09:00.  [default: now]")
@click.option("--until", "end", default="", metavar="TIME", help="Such as '2026-09-01 12:00'.")
@click.option("--reason", default="", help="The leadership always gives one.")
@config_option
def grant(config: Path, **options: Any) -> None:
    """Allow platforms.

    A teacher does so in a lesson of her own, the leadership for a place and a time.
    """
    from monitor import store
    from monitor.commands.exempt.listing import describe_grant
    from monitor.configuration import load_configuration
    from monitor.runtime.exemption_request import ExemptionGranter, ExemptionRequest
    from schedules import store as schedule_store

    with _report_failures():
        settings = load_configuration(config)
        store.connect(settings.database)
        exemption = schedule_store.add_exemption(
            ExemptionGranter(settings, now()).grant(ExemptionRequest(**options))
        )
        lesson = schedule_store.find_lesson(exemption.target)
    click.echo(describe_grant(exemption, lesson, settings.school.zone))


@exempt.command("list")
@click.option("--all", "everything", is_flag=True, help="Also what is over or revoked.")
@click.option("--json", "as_data", is_flag=True, help="For programs.")
@config_option
def list_(everything: bool, as_data: bool, config: Path) -> None:
    """List what is allowed now or later, the newest first."""
    from monitor import store
    from monitor.commands.exempt.listing import format_json, print_exemptions
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store

    timestamp = now()
    with _report_failures():
        settings = load_configuration(config)
        store.connect(settings.database)
        listed = schedule_store.list_exemptions(ending_after=None if everything else timestamp)
    zone = settings.school.zone
    if as_data:
        click.echo(format_json(listed, zone, timestamp))
    elif listed:
        print_exemptions(listed, zone, timestamp)
    else:
        click.echo(_("No exemption is in force or to come."))


@exempt.command()
@click.argument("number", type=int, metavar="NUMBER")
@click.option("--teacher", default="", metavar="CODE", help="Who revokes it in a lesson of hers.")
@click.option("--leadership", default="", metavar="NAME", help="Who revokes it for the leadership.")
@config_option
def revoke(number: int, teacher: str, leadership: str, config: Path) -> None:
    """Revoke exemption NUMBER. What it has allowed until now stays allowed."""
    from monitor import store
    from monitor.configuration import load_configuration
    from schedules import store as schedule_store

    if bool(teacher) == bool(leadership):
        raise click.UsageError(_("Give --teacher or --leadership, and not both."))
    with _report_failures():
        settings = load_configuration(config)
        store.connect(settings.database)
        schedule_store.revoke_exemption(
            number, by=teacher or leadership, is_leadership=bool(leadership), now=now()
        )
    click.echo(
        _(
            "Exemption {number} is revoked. What it has allowed until now stays allowed.",
            number=number,
        )
    )


def now() -> float:
    """Return the timestamp of the command."""
    return time.time()


@contextmanager
def _report_failures() -> Iterator[None]:
    """Report a denied exemption, refused input or a failing store."""
    with exit_on_refusal(), exit_on_store_failure():
        try:
            yield
        except ExemptionDenied as denied:
            raise click.ClickException(explain_denial(denied.reason)) from None
