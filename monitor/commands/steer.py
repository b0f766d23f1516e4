"""`lesrust steer`: lead pupils' connections to the gateway, where the firewall says the same."""

from pathlib import Path

import click

from monitor.commands.finding_lines import echo_finding
from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from monitor.steering.outcome import FOLDER, SteeringOutcome
from schedules.language import gettext as _

RULES = Path("/etc/lesrust/steering.nft")


@click.command(cls=LocalisedCommand)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--keep", is_flag=True, help="Leave rules that steer already as they are.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, dir_okay=False),
    default=RULES,
    show_default=True,
    help="The file with the rules that steer.",
)
@click.option(
    "--outcome",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help="The folder in which it is written what came of it.",
)
@config_option
def steer(dry_run: bool, keep: bool, rules: Path, outcome: Path, config: Path) -> None:
    """Lead pupils to the gateway, if the firewall allows it.

    What is steered leaves from this machine itself, so the school's firewall holds it against its
    rules for output, and no longer against those for forward. Nothing is steered while the two say
    something different of what pupils may reach: connections then go as they went before. systemd
    runs this as root, when the gateway is ready and every minute from then on.

    The exit code is 0 when connections are steered, or would be, or the file steers none; 1 when
    they are not, and 2 when the configuration itself is wrong.
    """
    from monitor.configuration import load_configuration
    from monitor.diagnostics.checks.steering import describe_steering
    from monitor.steering import steering

    with exit_on_refusal():
        reviewed = load_configuration(config).steering.reviewed
    came = steering.steer(rules, reviewed, keeps=keep, loads=not dry_run)
    is_news = not keep or came != SteeringOutcome.load(outcome)
    if not dry_run:
        came.write(outcome)
    if is_news:
        for finding in describe_steering(came):
            echo_finding(finding)
        if came.is_steered and dry_run:
            click.echo(_("Connections of pupils can be steered."))
        elif came.is_steered:
            click.echo(_("Connections of pupils are steered."))
    if not came.is_as_asked:
        raise click.exceptions.Exit(1)
