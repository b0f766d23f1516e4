"""What the gateway costs: CPU for each new TLS connection, beside what else could pass it on.

Each contender is a process of its own, loopback is the network, and every connection is a real
TLS handshake and 4 kB of an answer. They take turns in short rounds, so that whatever else the
machine does hits them alike; the figure is the median of the rounds, and what counts is the
ratio. Only the contender's own event loop counts, not clients, server or kernel threads.
"""

import asyncio
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.benchmark.gateway_load import MODES, load, make_certificate

ROUNDS = 12
CONNECTIONS = 100
CLASSROOM = Path(__file__).parents[2] / "addons" / "classroom.py"
MITMDUMP = "import sys; from mitmproxy.tools.main import mitmdump; sys.exit(mitmdump())"
NANOSECONDS = 1e9

CONFIGURATION = """
[school]
name = "College"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
unit = "address"
reused = false
[[layer]]
name = "3 havo"
pupils = 250
[[place]]
prefixes = ["127.0.0.0/8"]
room = "101"
[gateway]
inside = ["127.0.0.0/8"]
[metrics]
listen = "127.0.0.1:0"
[health]
listen = "127.0.0.1:0"
"""
LISTEN = [f"{mode}@127.0.0.{number}:0" for number, mode in enumerate(MODES, start=1)]


class RelayContender(NamedTuple):
    """A process that passes connections on, and what the gateway's CPU is to be beside its."""

    name: str
    command: tuple[str, ...]
    aim: str = ""


def contenders(folder: Path) -> list[RelayContender]:
    """Say how each is started; the gateway is the first."""
    beside = ("-m", "tests.benchmark.gateway_beside")
    folders = [folder / name for name in ("gateway", "mitmdump")]
    for subfolder in folders:
        subfolder.mkdir()
        (subfolder / "lesrust.toml").write_text(CONFIGURATION)
    gateway, mitmdump = (str(subfolder / "lesrust.toml") for subfolder in folders)
    listen = [option for mode in LISTEN for option in ("--listen", mode)]
    modes = [option for mode in LISTEN for option in ("--mode", mode)]
    options = ("--set", f"lesrust_config={mitmdump}", "--set", f"confdir={folder}")
    return [
        RelayContender(
            "lesrust gateway", ("-m", "monitor", "gateway", "--config", gateway, *listen)
        ),
        RelayContender("the small master without the addon", (*beside, "plain", *LISTEN), "≤ 1.05"),
        RelayContender("the gateway, not looking", (*beside, "unseeing", *LISTEN)),
        RelayContender(
            "stock mitmdump with the addon",
            ("-c", MITMDUMP, "-s", str(CLASSROOM), *modes, *options),
            "≤ 0.50",
        ),
        RelayContender("a bare asyncio relay", (*beside, "relay", *LISTEN)),
    ]


class RunningContender:
    """A contender that listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.ports = dict(zip(MODES, self._ports(), strict=True))

    def _ports(self) -> Iterator[int]:
        """Read where it listens, from what it says of each address."""
        assert self._process.stdout is not None
        said = ""
        for number in range(1, len(MODES) + 1):
            while not (found := re.search(rf"127\.0\.0\.{number}:(\d+)", said)):
                line = self._process.stdout.readline()
                if not line:
                    raise RuntimeError(f"it ended: {said}")
                said += line
            yield int(found[1])

    def cpu(self) -> float:
        """Give the seconds that its event loop has worked.

        The core's other threads work by the clock, whether there are connections or not.
        """
        first_thread = Path(f"/proc/{self._process.pid}/schedstat").read_text()
        return int(first_thread.split()[0]) / NANOSECONDS


@contextmanager
def started(command: tuple[str, ...]) -> Iterator[RunningContender]:
    """Run a contender."""
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield RunningContender(process)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def serving(certificate: Path) -> Iterator[int]:
    """Run the TLS server that all connections are to."""
    command = [sys.executable, "-m", "tests.benchmark.gateway_load", str(certificate)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def measured(folder: Path, field: Sequence[RelayContender]) -> dict[str, list[float]]:
    """Give each contender's milliseconds of CPU for a connection, by mode."""
    certificate = make_certificate(folder)
    context = ssl.create_default_context(cafile=certificate)
    with ExitStack() as stack:
        server = stack.enter_context(serving(certificate))
        running = {
            contender.name: stack.enter_context(started(contender.command)) for contender in field
        }
        rounds: dict[tuple[str, str], list[float]] = {}
        for number in track(range(ROUNDS + 1), "Measuring the gateway …", transient=True):
            for mode in MODES:
                for name, contender in turned(list(running.items()), number):
                    before = contender.cpu()
                    asyncio.run(load(mode, contender.ports[mode], server, context, CONNECTIONS))
                    spent = (contender.cpu() - before) / CONNECTIONS * 1_000
                    if number:  # the first is for warming up
                        rounds.setdefault((name, mode), []).append(spent)
    return {name: [median(rounds[name, mode]) for mode in MODES] for name in running}


def turned[T](items: Sequence[T], number: int) -> Sequence[T]:
    """Let another one begin in each round."""
    at = number % len(items)
    return [*items[at:], *items[:at]]


def main() -> None:
    """Measure, and print the table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        field = contenders(folder)
        figures = measured(folder, field)
    table = Table(title="The gateway: CPU for a new TLS connection")
    table.add_column("contender")
    for mode in MODES:
        table.add_column(f"{mode}, ms", justify="right")
        table.add_column("gateway is", justify="right")
    table.add_column("aim")
    ours = figures[field[0].name]
    for contender in field:
        cells = []
        for its, gateways in zip(figures[contender.name], ours, strict=True):
            cells += [f"{its:.2f}", f"{gateways / its:.2f} ×"]
        table.add_row(contender.name, *cells, contender.aim)
    Console().print(table)


if __name__ == "__main__":
    main()
