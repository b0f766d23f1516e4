"""`make bench`: what Lesrust costs, beside what it is compared with, measured in one run."""

from rich.console import Console
from rich.table import Table

from tests.benchmark import core, gateway

console = Console()
table = Table("what", "figure", "beside", "aim", title="The core")
with console.status("Measuring the core …"):
    for row in core.rows():
        table.add_row(*map(str, row))
console.print(table)
gateway.main()
