"""What a demonstration shows at its end."""

from http.client import HTTPConnection, HTTPException

from rich.console import Console

from simulation.live.demonstration import DemonstrationOutcome
from simulation.live.processes.clients import ClientsProgress
from simulation.live.processes.tunnel import HostPort
from simulation.live.wording import Wording
from simulation.prepare import lesrust

MILLION = 1_000_000
GAUGE = "lesrust_lesson_hour_devices{"
OF_NOW = 'period="1"'


def print_outcome(
    outcome: DemonstrationOutcome, language: str, wording: Wording, console: Console
) -> None:
    """Show what the devices saw, the released figures, and where to look further."""
    console.print()
    for line in _devices(outcome.told, wording):
        console.print(line, highlight=False)
    lesrust(
        "figures",
        *("--config", str(outcome.configuration)),
        *("--beside", str(outcome.truth)),
        *("--lang", language),
    )
    console.print(wording.metrics.format(address=outcome.listening.metrics), highlight=False)
    for line in _gauges(outcome.listening.metrics):
        console.print(f"  [dim]{line}[/]", highlight=False)
    console.print(wording.health.format(address=outcome.listening.health), highlight=False)


def _devices(told: ClientsProgress, wording: Wording) -> list[str]:
    megabytes = told.carried // MILLION
    lines = [
        wording.connections.format(
            devices=told.devices, connections=told.connections, megabytes=megabytes
        ),
        wording.undecrypted.format(verified=told.verified),
    ]
    if told.failed:
        lines.append(f"[red]{wording.some_failed.format(failed=told.failed)}[/]")
    return lines


def _gauges(address: HostPort) -> list[str]:
    """Read the gauges of the lesson hour of now, as Prometheus would."""
    connection = HTTPConnection(*address, timeout=10)
    try:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    except (OSError, HTTPException):
        return []
    finally:
        connection.close()
    return [line for line in lines if line.startswith(GAUGE) and OF_NOW in line]


def print_links(
    outcome: DemonstrationOutcome, links: dict[str, str], wording: Wording, console: Console
) -> None:
    """Show where the pages are, with a link that signs in for each role."""
    console.print()
    console.print(wording.pages, highlight=False)
    for role, link in links.items():
        console.print(f"  {wording.roles[role]:<15}{link}", highlight=False, soft_wrap=True)
    everyone = next(iter(links.values())).partition("/demo/")[0]
    for name, address in (
        (wording.everyone, f"{everyone}/transparantie/"),
        (wording.device, f"http://{outcome.listening.device}/mijn-apparaat"),
    ):
        console.print(f"  {name:<15}{address}", highlight=False, soft_wrap=True)
    proxy = outcome.listening.http
    console.print(wording.own_traffic.format(proxy=proxy), highlight=False, soft_wrap=True)
