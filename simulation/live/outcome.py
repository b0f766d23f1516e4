"""Prints the result of a demonstration, and where to look further."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException

from rich.console import Console

from monitor.configuration import load_configuration
from schedules.language import Message, gettext_lazy
from schedules.language import gettext as _
from simulation.live.demonstration import DemonstrationOutcome
from simulation.live.processes.clients import ClientsProgress
from simulation.live.processes.tunnel import HostPort
from simulation.prepare import RunCommand

MILLION = 1_000_000
GAUGE = "lesrust_lesson_hour_devices{"
LABEL_OF_NOW = 'period="1"'
ROLES: Mapping[str, Message] = {
    "teacher": gettext_lazy("teacher"),
    "leadership": gettext_lazy("leadership"),
    "directie": gettext_lazy("directie"),
    "it": gettext_lazy("IT"),
}


def print_outcome(outcome: DemonstrationOutcome, console: Console, run_command: RunCommand) -> None:
    """Print what the devices saw, the released figures, and the addresses of the endpoints.

    Args:
        outcome: the result of the demonstration.
        console: prints it.
        run_command: prints the figures.
    """
    console.print()
    for line in _describe_devices(outcome.progress):
        console.print(line, highlight=False)
    run_command(
        "figures",
        *("--config", str(outcome.configuration)),
        *("--beside", str(outcome.truth)),
    )
    console.print(
        _(
            "The released figures, for Prometheus: http://{address}/metrics",
            address=outcome.addresses.metrics,
        ),
        highlight=False,
    )
    for line in _fetch_gauges(outcome.addresses.metrics):
        console.print(f"  [dim]{line}[/]", highlight=False)
    console.print(
        _(
            "How Lesrust itself is (for the administrator): http://{address}/metrics, with the "
            "token in {file}",
            address=outcome.addresses.health,
            file=load_configuration(outcome.configuration).health_token,
        ),
        highlight=False,
    )


def _describe_devices(progress: ClientsProgress) -> list[str]:
    megabytes = progress.bytes_carried // MILLION
    lines = [
        _(
            "In lesson hour 1, {devices} devices made {connections} real TLS connections through "
            "the gateway ({megabytes} MB).",
            devices=progress.devices,
            connections=progress.connections,
            megabytes=megabytes,
        ),
        _(
            "{verified} of them were shown the server's own certificate: nothing is decrypted.",
            verified=progress.verified,
        ),
    ]
    if progress.failed:
        failed = _(
            "{failed} connections failed: this computer was too busy.", failed=progress.failed
        )
        lines.append(f"[red]{failed}[/]")
    return lines


def _fetch_gauges(address: HostPort) -> list[str]:
    """Fetch the gauges of the current lesson hour, as Prometheus would."""
    connection = HTTPConnection(*address, timeout=10)
    try:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    except (OSError, HTTPException):
        return []
    finally:
        connection.close()
    return [line for line in lines if line.startswith(GAUGE) and LABEL_OF_NOW in line]


def print_links(outcome: DemonstrationOutcome, links: dict[str, str], console: Console) -> None:
    """Print the addresses of the pages, with a link that signs in for each role."""
    console.print()
    console.print(
        _("The web application. Each link signs in, and only a demonstration has such links:"),
        highlight=False,
    )
    for role, link in links.items():
        console.print(f"  {ROLES[role]!s:<15}{link}", highlight=False, soft_wrap=True)
    everyone = next(iter(links.values())).partition("/demo/")[0]
    for name, address in (
        (_("everyone"), f"{everyone}/transparantie/"),
        (_("my own device"), f"http://{outcome.addresses.device}/mijn-apparaat"),
    ):
        console.print(f"  {name:<15}{address}", highlight=False, soft_wrap=True)
    proxy = outcome.addresses.http
    own_traffic = _(
        "Set http://{proxy} as a browser's proxy, and 'my own device' shows what Lesrust "
        "recognises of that browser.",
        proxy=proxy,
    )
    console.print(own_traffic, highlight=False, soft_wrap=True)
