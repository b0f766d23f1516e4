"""The command `lesrust privacy`: to be read before anything is switched on."""

from pathlib import Path

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import optional_config_option, require_configuration
from monitor.commands.privacy.attack import attack
from monitor.runtime.refusals import exit_on_refusal


@click.group(cls=LocalisedGroup, invoke_without_command=True)
@optional_config_option
@click.pass_context
def privacy(context: click.Context, config: Path | None) -> None:
    """Say what would be released, and what that says of one device.

    By the configuration alone: nothing has to run, and nothing is measured. It tells what counts
    once and how the network names it, which tables are released with which noise and what error to
    expect, which year layers have figures, and what somebody gains who knows everything else.
    """
    if context.invoked_subcommand is not None:
        if config is not None:
            context.default_map = {context.invoked_subcommand: {"config": config}}
        return
    from monitor.commands.privacy.report import print_report
    from monitor.configuration import load_configuration

    with exit_on_refusal():
        print_report(load_configuration(require_configuration(config)))


privacy.add_command(attack)
