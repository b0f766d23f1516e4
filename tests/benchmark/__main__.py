"""`make bench`: what Lesrust costs and finds, beside what it is compared with.

`make bench ARGS="core use"` measures parts: core, places, timetables, gateway,
recognition, use, speed, live, web, figures. All of it
takes a quarter of an hour. tshark, ndpiReader and (`.ci/bench-tools`) nfstream are measured beside
it where they are installed.
"""

import sys
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.table import Table

from tests.benchmark import (
    core,
    figures,
    gateway,
    live,
    places,
    recognition,
    speed,
    timetables,
    use,
    web,
)

console = Console()


def print_table(title: str, rows: Iterable[Sequence[object]]) -> None:
    """Print figures as they are told: what, figure, beside, aim."""
    table = Table("what", "figure", "beside", "aim", title=title)
    with console.status(f"Measuring: {title} …"):
        for row in rows:
            table.add_row(*map(str, row))
    console.print(table)


PARTS: dict[str, Callable[[], None]] = {
    "core": lambda: print_table("The core", core.rows()),
    "places": lambda: print_table("Where an address is", places.rows()),
    "timetables": lambda: print_table("A year's timetable", timetables.rows()),
    "gateway": gateway.main,
    "recognition": lambda: recognition.main([]),
    "use": lambda: print_table("Use told from noise", use.rows()),
    "speed": lambda: speed.main([]),
    "live": live.main,
    "web": lambda: print_table("The pages", web.rows()),
    "figures": lambda: figures.main([]),
}

if __name__ == "__main__":
    asked = sys.argv[1:] or list(PARTS)
    if wrong := [part for part in asked if part not in PARTS]:
        sys.exit(f"no such part: {', '.join(wrong)}; there are {', '.join(PARTS)}")
    for part in asked:
        PARTS[part]()
