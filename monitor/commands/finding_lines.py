"""Writes findings on the terminal, in lines that fit."""

import shutil
import sys
from typing import TYPE_CHECKING

import click

from schedules.language import gettext as _

if TYPE_CHECKING:
    from monitor.diagnostics.finding import Finding

MAX_WIDTH = 100
"""Characters in a line of a wide terminal."""


def echo_finding(finding: "Finding") -> None:
    """Write what was found, and what to do about it."""
    from monitor.diagnostics.formatting import MAX_NAMED, format_finding

    max_names = len(finding.about) if finding.is_named_whole else MAX_NAMED
    said = format_finding(finding, max_names)
    label, colour = (_("note"), "cyan") if finding.is_note else (_("WARNING"), "yellow")
    click.echo(f"{click.style(label, fg=colour, bold=True)}  {wrap(said.found, len(label))}")
    click.echo(f"{' ' * len(label)}  {wrap(said.remedy, len(label))}")


def wrap(text: str, label_width: int | None = None) -> str:
    """Wrap a text, beside its label where it has one, in a terminal; in a file it is a line."""
    if not sys.stdout.isatty():
        return text
    indent = "" if label_width is None else " " * (label_width + 2)
    width = min(MAX_WIDTH, shutil.get_terminal_size().columns)
    return click.wrap_text(text, width, indent, indent).lstrip()
