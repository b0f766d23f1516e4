"""`make privacy`: attacks on what Lesrust promises, each figure beside the gate that holds it.

`make privacy ARGS="--worlds 200"` plays more random worlds. The exit code is 1 when a gate is
broken, or a mutant (a rule taken away) is not found.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console
from rich.table import Table

from monitor.attacks.outcome import AttackOutcome
from tests.privacy.attacks import by_tests, from_draws, from_packets

WORLDS = 40
"""Random worlds of each kind of network."""

console = Console()


def main() -> int:
    """Run the attacks that are asked for, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make privacy", description=__doc__)
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("parts", nargs="*", help="packets, draws, tests; all without one")
    asked = parser.parse_args()
    parts: Mapping[str, Callable[[], Iterator[AttackOutcome]]] = {
        "packets": lambda: from_packets.outcomes(asked.worlds),
        "draws": from_draws.outcomes,
        "tests": by_tests.outcomes,
    }
    if wrong := [part for part in asked.parts if part not in parts]:
        parser.error(f"no such part: {', '.join(wrong)}; there are {', '.join(parts)}")
    return print_outcomes(outcome for part in asked.parts or parts for outcome in parts[part]())


def print_outcomes(outcomes: Iterator[AttackOutcome]) -> int:
    """Print a table of outcomes, and return 1 when one is not held."""
    table = Table("attack", "figure", "gate", "held", title="Privacy")
    broken = 0
    with console.status("Attacking …"):
        for outcome in outcomes:
            broken += not outcome.is_held
            held = "yes" if outcome.is_held else "[bold red]NO[/]"
            table.add_row(outcome.attack, outcome.figure, outcome.gate, held)
    console.print(table)
    if broken:
        console.print(f"{broken} of {table.row_count} are not held.")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
