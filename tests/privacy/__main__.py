"""`make privacy`: attacks on what Lesrust promises, each figure beside the gate that holds it.

`make privacy ARGS="packets --worlds 200"` runs one part, with more random worlds. The exit code is
1 when a gate is broken, or a mutant (a rule taken away) is not found.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import chain
from multiprocessing import get_context

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from monitor.attacks.outcome import AttackOutcome
from tests.privacy.attacks import (
    accuracy,
    by_difference,
    by_settings,
    by_tests,
    from_draws,
    from_figures,
    from_floods,
    from_packets,
    from_scrapes,
)
from tests.privacy.attacks.running import Attack, run_attack

WORLDS = 40
"""Random worlds of each kind of network."""
MUTANT = "mutant: "
WIDE = 160
"""Columns when the output is a file."""

type Part = Callable[[], Iterator[Attack]]


def main() -> int:
    """Run the attacks that are asked for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make privacy", description=__doc__)
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("parts", nargs="*", help="all without one")
    asked = parser.parse_args()
    parts = list_parts(asked.worlds)
    if wrong := [part for part in asked.parts if part not in parts]:
        parser.error(f"no such part: {', '.join(wrong)}; there are {', '.join(parts)}")
    chosen = [parts[name] for name in asked.parts or parts]
    return run([attack for part in chosen for attack in part()])


def list_parts(worlds: int) -> Mapping[str, Part]:
    """Return the attacks of each part."""
    return {
        "packets": lambda: from_packets.attacks(worlds),
        "floods": from_floods.attacks,
        "draws": from_draws.attacks,
        "figures": from_figures.attacks,
        "scrapes": from_scrapes.attacks,
        "settings": lambda: chain(by_settings.attacks(), by_difference.attacks()),
        "accuracy": accuracy.attacks,
        "processes": lambda: by_tests.attacks(by_tests.ON_PROCESSES),
        "tests": lambda: by_tests.attacks(by_tests.ON_PARTS),
    }


def run(attacks: Sequence[Attack]) -> int:
    """Run attacks, print what became of them, and return 1 when one is not held."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    began = time.monotonic()
    columns = TextColumn("attacking"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, TextColumn("{task.description}"), console=console) as progress:
        task = progress.add_task("", total=len(attacks))
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            waiting = [pool.submit(run_attack, attack) for attack in attacks]
            for done in as_completed(waiting):
                progress.update(task, advance=1, description=done.result()[-1].attack)
    outcomes = [outcome for done in waiting for outcome in done.result()]
    return print_outcomes(console, outcomes, time.monotonic() - began)


def print_outcomes(console: Console, outcomes: Sequence[AttackOutcome], seconds: float) -> int:
    """Print tables of attacks and of mutants, and return 1 when one is not held."""
    mutants = [outcome for outcome in outcomes if outcome.attack.startswith(MUTANT)]
    attacks = [outcome for outcome in outcomes if outcome not in mutants]
    for title, column, rows in (
        ("Attacks", "held", attacks),
        ("Mutants: a rule is taken away, and the attacks find it", "found", mutants),
    ):
        table = Table("attack", "figure", "gate", column, title=title)
        for attack, figure, gate, is_held in rows:
            held = Text("yes") if is_held else Text("NO", style="bold red")
            table.add_row(*map(Text, (attack.removeprefix(MUTANT), figure, gate)), held)
        if rows:
            console.print(table)
    broken = sum(not outcome.is_held for outcome in outcomes)
    minutes, rest = divmod(int(seconds), 60)
    console.print(
        f"{len(attacks)} attacks and {len(mutants)} mutants in {minutes} min {rest} s: "
        + (f"{broken} NOT within their gate." if broken else "all within their gates.")
    )
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
