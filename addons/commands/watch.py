"""The command `lesrust watch`: the passive sensor, on a mirror port or beside a gateway."""

from pathlib import Path

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext

CANNOT_LISTEN = 1


@click.command(cls=LocalisedCommand)
@config_option
@click.option(
    "--interface",
    "interfaces",
    multiple=True,
    metavar="NAME",
    help="Listen here instead of where the configuration says; may be given several times.",
)
def watch(config: Path, interfaces: tuple[str, ...]) -> None:
    """Watch traffic go by, and count social media in lessons.

    On a mirror port it has a core of its own. On the machine of a gateway it hands what it sees to
    that gateway's core, which counts each device once: connections over TCP are then the gateway's,
    and QUIC and what DNS says are the sensor's. The configuration's [watch] section says which.

    The kernel lets through only packets that can carry a name, and some that tell how much is
    carried. Nothing about a client is logged. It needs the right to capture (CAP_NET_RAW).

    SIGHUP reads the configuration again: places, layers, catalogue and staff. SIGTERM and SIGINT
    end it.

    Exit code 1: an interface cannot be listened to, or went away. 2: the configuration or an
    option was refused.
    """
    # scapy and the core take a second to import, and --help does not need them.
    from addons.captures.error import CaptureError
    from addons.runtime import process
    from addons.runtime.passive_process import run_passive
    from monitor.configuration import load_configuration

    with exit_on_refusal():
        settings = load_configuration(config)
        interfaces = interfaces or settings.watch.interfaces
        if not interfaces:
            places = gettext("--interface, or watch.interfaces in {config}", config=config)
            raise click.UsageError(gettext("which interface? Give {places}.", places=places))
        process.protect_memory()
        try:
            run_passive(config, settings, interfaces)
        except CaptureError as error:
            click.echo(gettext("lesrust watch: {error}", error=error), err=True)
            raise click.exceptions.Exit(CANNOT_LISTEN) from None
