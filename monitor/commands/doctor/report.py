"""How `lesrust doctor` shows what it found, in a terminal."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.diagnostics.condition import PartState
from monitor.diagnostics.formatting import (
    FormattedCondition,
    FormattedPart,
    FormattedReading,
    format_names,
)
from schedules.language import gettext as _

STYLES = {
    PartState.WELL: "green",
    PartState.WRONG: "yellow",
    PartState.UNKNOWN: "yellow",
    PartState.UNUSED: "dim",
}


def print_condition(condition: FormattedCondition, console: Console | None = None) -> None:
    """Print one line first, and then every part with what follows and what to do."""
    console = console or Console(highlight=False)
    colour = "green" if condition.is_well else "yellow"
    headline = (
        condition.headline
        if condition.first is None
        else f"{condition.headline}: {condition.first.found}"
    )
    console.print(Text(headline, style=f"bold {colour}"))
    for part in condition.parts:
        _print_part(part, console)


def _print_part(part: FormattedPart, console: Console) -> None:
    style = STYLES[part.state]
    heading = Text.assemble(
        "\n", (part.title, "bold"), "  ", (part.state_label, style), "  ", (part.last_seen, "dim")
    )
    console.print(heading)
    for finding in part.findings:
        found = Text(finding.found, style="" if finding.is_note else "yellow")
        console.print(Padding(found, (0, 0, 0, 2)))
        console.print(Padding(Text(finding.remedy), (0, 0, 0, 4)))
    if part.consequence:
        follows = _("What follows: {consequence}", consequence=part.consequence)
        console.print(Padding(Text(follows), (0, 0, 0, 2)))
    table = Table(box=None, show_header=False, padding=(0, 2))
    for reading in part.readings:
        table.add_row(Text(reading.label), Text(_value(reading)))
    if table.row_count:
        console.print(table)


def _value(reading: FormattedReading) -> str:
    if not reading.missing:
        return reading.value
    missing = _("Missing: {names}", names=format_names(reading.missing))
    return f"{reading.value} ({missing})"
