"""How much the sensor can watch: rates at which it first loses a handshake.

    python -m tests.benchmark.live

The loop of `lesrust watch` listens in a network namespace to what a sender puts on the other end of
a virtual cable, both processes of their own on this machine, so that they share its cores with
whatever else it does. Rates double until a handshake is lost, by the kernel's count of dropped
packets or because its name is missing when everything has been read, and are then halved in between
a few times. A rate is kept up with when of a step hardly anything is left to read at its end: above
that the kernel's buffer, 32 MB, bridges a burst. It needs root, for namespaces.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.conftest import why_no_network
from tests.network.street import Street

SECONDS = 3.0
"""Of sending at a rate."""
MAX_DURATION = 70.0
"""Seconds for one kind of traffic."""
REFINED = 3
"""Times that the rate between the last that held and the first that did not is tried."""
LEFT = 0.02
"""Share of a step's handshakes that may be left to read at its end."""
PATIENCE = 10.0
"""Seconds for what is left to be read."""
SLOWER = 0.9
"""Share of the rate asked for, below which it was the sender that could no more."""


class Kind(NamedTuple):
    """A kind of traffic."""

    command: str
    title: str
    first: float
    """Rate to begin with, a second."""
    most: float


KINDS = (
    Kind("connections", "new connections a second", 1_000, 64_000),
    Kind("packets", "packets a second", 20_000, 640_000),
)


class Step(NamedTuple):
    """What came of a rate."""

    rate: float
    """That was reached, a second."""
    is_reached: bool
    """Whether the sender could."""
    is_whole: bool
    """Whether no handshake was lost."""
    is_kept_up: bool
    cpu: float
    """The sensor's, as a share of one core while it was sent to."""


class Limits(NamedTuple):
    """What was found of a kind of traffic."""

    kind: Kind
    kept_up: Step | None
    whole: Step | None
    """The highest rate without a loss."""
    lost: Step | None
    """The lowest rate with one; None when the sender could no more before."""


class Talking:
    """A process that answers a line with a line of JSON."""

    def __init__(self, module: str, interface: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, interface],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def on_a_cable() -> Iterator[tuple[Talking, Talking]]:
    """Give a sensor and a sender, between which nobody else is."""
    street = Street("lesrust-bench")
    with street.built():
        with street.inside("gateway"):
            sensor = Talking("tests.benchmark.live_sensor", "pupils")
        with street.inside("pupils"):
            sender = Talking("tests.benchmark.live_sender", "eth0")
        try:
            sensor.answer()
            yield sensor, sender
        finally:
            sender.close()
            sensor.close()


def step(sensor: Talking, sender: Talking, kind: Kind, rate: float) -> Step:
    """Send at a rate, and see what comes of it."""
    before = sensor.ask("")
    sent = sender.ask(f"{kind.command} {rate} {SECONDS}")
    at_end = sensor.ask("")
    after = drained(sensor, before["names"] + sent["connections"])
    read = after["names"] - before["names"]
    left = sent["connections"] - (at_end["names"] - before["names"])
    reached = sent[kind.command] / sent["seconds"]
    return Step(
        reached,
        reached >= SLOWER * rate,
        read == sent["connections"] and after["lost"] == before["lost"],
        left <= LEFT * sent["connections"],
        (at_end["cpu"] - before["cpu"]) / sent["seconds"],
    )


def drained(sensor: Talking, names: int) -> dict[str, Any]:
    """Wait until everything has been read, and what was dropped has been counted."""
    end = time.monotonic() + PATIENCE
    said = sensor.ask("")
    while said["names"] < names and time.monotonic() < end:
        time.sleep(1.0)
        before, said = said, sensor.ask("")
        if said["names"] == before["names"] and said["lost"]:
            break
    time.sleep(1.2)  # it asks the kernel once a second
    return sensor.ask("")


def limits(kind: Kind, attempt: Callable[[float], Step]) -> Limits:
    """Look for the rates between which it begins to lose."""
    steps: list[Step] = []
    end = time.monotonic() + MAX_DURATION
    low, high = 0.0, kind.first
    while high <= kind.most and time.monotonic() < end:
        steps.append(attempt(high))
        if not (steps[-1].is_whole and steps[-1].is_reached):
            break
        low, high = high, 2 * high
    tries = 0 if all(outcome.is_whole for outcome in steps) else REFINED
    for _ in range(tries):
        middle = (low + high) / 2
        if time.monotonic() < end:
            steps.append(attempt(middle))
            low, high = (middle, high) if steps[-1].is_whole else (low, middle)
    return found(kind, steps)


def found(kind: Kind, steps: Sequence[Step]) -> Limits:
    """Say what the steps tell."""
    lost = min((outcome for outcome in steps if not outcome.is_whole), default=None)
    below = [outcome for outcome in steps if lost is None or outcome.rate < lost.rate]
    kept_up = [outcome for outcome in below if outcome.is_kept_up]
    return Limits(kind, max(kept_up, default=None), max(below, default=None), lost)


def measured() -> list[Limits]:
    """Measure every kind of traffic."""
    results = []
    for kind in track(KINDS, "Measuring how much can be watched …", transient=True):
        with on_a_cable() as (sensor, sender):
            results.append(limits(kind, partial(step, sensor, sender, kind)))
    return results


def rows(results: Sequence[Limits]) -> Iterator[Sequence[object]]:
    """Give what, kept up with, without loss, first loss."""
    for result in results:
        yield (result.kind.title, *map(_cell, (result.kept_up, result.whole, result.lost)))


def _cell(step: Step | None) -> str:
    return f"{step.rate:,.0f} ({step.cpu:.0%} of a core)" if step else "–"


def main() -> None:
    """Measure, and print the table."""
    console = Console()
    if reason := why_no_network():
        console.print(f"How much can be watched was not measured: {reason}.")
        return
    table = Table("", "kept up with", "without loss", "first loss", title="Watching live")
    for row in rows(measured()):
        table.add_row(*map(str, row))
    console.print(table)


if __name__ == "__main__":
    main()
