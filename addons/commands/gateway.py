"""The command `lesrust gateway`: mitmproxy, as small as it gets, with the classroom addon."""

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
    "--listen",
    "modes",
    multiple=True,
    metavar="MODE[@[ADDRESS:]PORT]",
    help="Listen here instead of where the configuration says; may be given several times. "
    "MODE is transparent (traffic that nftables redirects), regular (clients are set to use an "
    "HTTP proxy) or socks5; whoever reaches one of the last two can go anywhere through it. "
    "Example: --listen transparent@8080 --listen regular@10.0.0.1:8081.",
)
def gateway(config: Path, modes: tuple[str, ...]) -> None:
    """Pass traffic on without decrypting it. Social media in lessons are counted.

    Connections are passed on whatever they are; only the name in their first bytes is looked at.
    Nothing about a client is logged. The configuration's [gateway] section says where to listen.

    SIGHUP reads the configuration again: places, layers, catalogue and staff. SIGTERM and SIGINT
    end it.

    Exit code 1: it could not listen. 2: the configuration or an option was refused.
    """
    # mitmproxy and the core take a second to import, and --help does not need them.
    from mitmproxy.exceptions import OptionsError

    from addons.link.receiver import SocketUnavailable, receive_sightings
    from addons.proxy.destinations import DestinationPolicy
    from addons.proxy.mitmproxy_options import mode_problem
    from addons.runtime import process
    from addons.runtime.gateway_process import run_gateway
    from monitor.configuration import load_configuration
    from monitor.runtime.service import Service

    with exit_on_refusal():
        settings = load_configuration(config)
        where = "--listen" if modes else gettext("{config}, key gateway.listen", config=config)
        modes = modes or settings.gateway.listen
        for mode in modes:
            if problem := mode_problem(mode):
                raise click.UsageError(f"{where}: {problem}")
        process.protect_memory()
        process.raise_fd_limit()
        service = Service(settings)
        service.open()
    process.quiet_tracebacks()
    try:
        with receive_sightings(settings.watch.gateway, service) as receiver:
            destinations = DestinationPolicy(settings.gateway.inside, settings.gateway.forbidden)
            failures = run_gateway(config, modes, service, receiver, destinations)
    except SocketUnavailable as error:
        failures = [f"watch.gateway: {error}"]
    except OptionsError as error:
        raise click.UsageError(f"{where}: {error}") from None
    finally:
        service.close()
    for failure in failures:
        click.echo(gettext("lesrust gateway: cannot listen, {failure}", failure=failure), err=True)
    if failures:
        raise click.exceptions.Exit(CANNOT_LISTEN)
