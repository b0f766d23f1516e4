"""What reading captures costs: CPU and memory, beside what else reads names.

    python -m tests.benchmark.speed [--size MEGABYTES] [--rounds ROUNDS]

Each contender is a whole process, from its start to its end, on a capture that is built here
(`tests.benchmark.large_capture`); ours has every tunnel switched on. They take turns in rounds, so
that whatever else the machine does hits them alike; the figure is the median, and what counts is
the ratio. The capture is in the kernel's page cache. Two of them read a capture twice as large as
well: our memory is to be the same, and the difference is what every further gigabyte costs.

Python keeps the bytecode of what it imports, as it does where it is installed; each contender's
first round writes it, which the median leaves out.

nfstream runs where `.ci/bench-tools` has put it, with one metering process; the CPU of all its
processes counts.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from addons.names.http_host import is_ip_address
from tests.benchmark import large_capture, readers
from tests.benchmark.large_capture import MEGABYTE, MEGABYTES, described
from tests.benchmark.truth import plain

ROUNDS = 5
SPENT = Path(__file__).with_name("spent.py")
NFSTREAM_PYTHON = Path(__file__).parents[2] / ".bench" / "bin" / "python"
NFSTREAM = """
import sys
from nfstream import NFStreamer
if __name__ == "__main__":
    for flow in NFStreamer(source=sys.argv[1], n_meters=1, statistical_analysis=False):
        if flow.application_name.startswith(("TLS", "QUIC", "HTTP")):
            print(flow.requested_server_name)
"""
GIGABYTE = 1_000 * MEGABYTE
MAX_MEGABYTES = 60
AIMS = {"ndpiReader": "≤ 0.40", "nfstream": "≤ 0.06"}
"""What our CPU is to be beside theirs."""


class Spent(NamedTuple):
    """What a run cost."""

    cpu: float
    """Seconds."""
    memory: int
    """Bytes."""


class ParserContender(NamedTuple):
    """A program that reads names in a capture."""

    name: str
    command: Callable[[Path, Path], Sequence[str]]
    """Given the capture, and a folder to write in."""
    names: Callable[[Path, Path], set[str]]
    """The names that it read: given what it printed, and the folder."""
    rounds: int


class SpeedFigures(NamedTuple):
    """A contender's figures: medians of its rounds."""

    cpu: float
    memory: int
    names: set[str]
    spread: float
    """Of its CPU: the difference of its dearest and its cheapest round, as a share."""


def contenders(rounds: int) -> list[ParserContender]:
    """Give those that are installed; ours is the first."""
    ours = ParserContender("lesrust recognise", _lesrust, _of_lesrust, rounds)
    found = [ours]
    if shutil.which("ndpiReader"):
        found.append(ParserContender("ndpiReader", _ndpi, _of_ndpi, rounds))
    if NFSTREAM_PYTHON.exists():
        found.append(ParserContender("nfstream", _nfstream, _of_nfstream, min(rounds, 3)))
    if shutil.which("tshark"):
        found.append(ParserContender("tshark", _tshark, _of_tshark, 1))
    return found


def _lesrust(capture: Path, _: Path) -> Sequence[str]:
    return [sys.executable, "-m", "monitor", *readers.command([capture])]


def _ndpi(capture: Path, _: Path) -> Sequence[str]:
    return ["ndpiReader", "-q", "-i", str(capture)]


def _nfstream(capture: Path, folder: Path) -> Sequence[str]:
    script = folder / "names.py"
    script.write_text(NFSTREAM)
    return [str(NFSTREAM_PYTHON), str(script), str(capture)]


def _tshark(capture: Path, _: Path) -> Sequence[str]:
    return ["tshark", *readers.for_tshark(capture)]


def _of_lesrust(printed: Path, _: Path) -> set[str]:
    found = readers.recognised(printed.read_text().splitlines())
    return {read.hostname for reads in found.values() for read in reads if read.evidence != "dns"}


def _of_ndpi(_: Path, folder: Path) -> set[str]:
    """Run it once more, unmeasured: printing names costs it something."""
    capture, table = folder / "capture.pcap", folder / "flows.csv"
    command = ["ndpiReader", "-q", "-i", str(capture), "-C", str(table)]
    subprocess.run(command, check=True, capture_output=True)
    with table.open(errors="replace", newline="") as lines:
        return readers.names_in(csv.DictReader(lines))


def _of_nfstream(printed: Path, _: Path) -> set[str]:
    return {plain(line) for line in printed.read_text(errors="replace").splitlines()}


def _of_tshark(printed: Path, _: Path) -> set[str]:
    shown = readers.shown(printed.read_text(errors="replace").splitlines())
    return {name for name in shown.names if not is_ip_address(name)}


def spent(command: Sequence[str], folder: Path, printed: Path) -> Spent:
    """Run a program, and give what it cost.

    Raises:
        CalledProcessError: when it fails.
    """
    file = folder / "spent.json"
    measured = [sys.executable, "-I", "-S", str(SPENT), str(file), *command]
    with printed.open("wb") as output:
        subprocess.run(
            measured,
            check=True,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env=_as_installed(folder / "bytecode"),
        )
    return Spent(**json.loads(file.read_text()))


def _as_installed(bytecode: Path) -> dict[str, str]:
    """Give the surroundings of a program that is used, and not worked on."""
    development = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in development}
    return {**kept, "PYTHONPYCACHEPREFIX": str(bytecode)}


def measured(
    field: Sequence[ParserContender], capture: Path, folder: Path
) -> dict[str, SpeedFigures]:
    """Let them take turns."""
    runs: dict[str, list[Spent]] = {contender.name: [] for contender in field}
    names: dict[str, set[str]] = {}
    most = max(contender.rounds for contender in field)
    for number in track(range(most), "Measuring how fast captures are read …", transient=True):
        for contender in field:
            if number < contender.rounds:
                printed = folder / f"{contender.name}.txt"
                runs[contender.name].append(
                    spent(contender.command(capture, folder), folder, printed)
                )
    for contender in field:
        names[contender.name] = contender.names(folder / f"{contender.name}.txt", folder)
    return {name: _median(runs[name], names[name]) for name in runs}


def _median(runs: Sequence[Spent], names: set[str]) -> SpeedFigures:
    cpu = median(run.cpu for run in runs)
    spread = (max(run.cpu for run in runs) - min(run.cpu for run in runs)) / cpu
    return SpeedFigures(cpu, int(median(run.memory for run in runs)), names, spread)


class Outcome(NamedTuple):
    """Everything that was measured."""

    content: str
    size: int
    """Bytes of the capture's file."""
    figures: dict[str, SpeedFigures]
    larger: dict[str, SpeedFigures]
    """On a capture twice as large: ours, and ndpiReader."""


def outcome(size: int, rounds: int) -> Outcome:
    """Build the captures, and measure.

    Args:
        size: megabytes of the smaller capture.
        rounds: of the cheap contenders.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        capture = folder / "capture.pcap"
        field = contenders(rounds)
        doubled = large_capture.build(capture, 2 * size * MEGABYTE)
        larger = measured(
            [contender for contender in field if contender.rounds == rounds][:2], capture, folder
        )
        content = large_capture.build(capture, size * MEGABYTE)
        figures = measured(field, capture, folder)
        text = f"{described(content)} (and {described(doubled)})"
        return Outcome(text, content.size, figures, larger)


def rows(found: Outcome) -> Iterator[Sequence[object]]:
    """Give each contender's figures: who, CPU, ratio, memory, names, aim."""
    ours = next(iter(found.figures.values()))
    for name, figures in found.figures.items():
        yield (
            name,
            f"{figures.cpu * GIGABYTE / found.size:.2f}",
            f"± {figures.spread / 2:.0%}",
            f"{ours.cpu / figures.cpu:.3f}",
            AIMS.get(name, ""),
            f"{figures.memory / MEGABYTE:.0f}",
            f"{len(figures.names):,}",
        )
    yield from _further(found)


def _further(found: Outcome) -> Iterator[Sequence[object]]:
    """Give what each further gigabyte costs, without starting."""
    further = {
        name: (larger.cpu - found.figures[name].cpu) * GIGABYTE / found.size
        for name, larger in found.larger.items()
    }
    ours = next(iter(further.values()))
    for name, cpu in further.items():
        memory = f"{found.larger[name].memory / MEGABYTE:.0f}"
        ratio = f"{ours / cpu:.3f}" if cpu > 0 else "–"
        yield f"{name}, a further gigabyte", f"{cpu:.2f}", "", ratio, AIMS.get(name, ""), memory, ""


def print_tables(found: Outcome) -> None:
    """Print all of it."""
    console = Console()
    console.print(f"A capture of {found.content}")
    table = Table(title="Reading the names in a capture")
    for column in ("who", "CPU s/GB", "spread", "ours is", "aim", "memory, MB", "names"):
        table.add_column(column, justify="left" if column == "who" else "right")
    for row in rows(found):
        table.add_row(*map(str, row))
    console.print(table)
    ours, *_ = found.figures.values()
    for name, figures in list(found.figures.items())[1:]:
        missing = sorted(
            hostname for hostname in figures.names - ours.names if not is_ip_address(hostname)
        )
        shown = f": {', '.join(missing[:40])}" if missing else ""
        console.print(f"Names that {name} reads and lesrust does not: {len(missing)}{shown}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=MEGABYTES, metavar="MEGABYTES")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args(arguments)
    print_tables(outcome(chosen.size, chosen.rounds))


if __name__ == "__main__":
    main()
