"""The steps of a demonstration on the screen: what is happening, and how far it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

DONE = "[green]✓[/]"

type Advance = Callable[[float, str], None]
"""Told how far a step is, and what to say beside it."""


@contextmanager
def show_steps(console: Console) -> Iterator["StepProgress"]:
    """Show steps on a console, for as long as the context lasts."""
    columns = (
        SpinnerColumn(finished_text=DONE),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[beside]}"),
    )
    with Progress(*columns, console=console) as bar:
        yield StepProgress(bar)


class StepProgress:
    """One step below the other."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    @contextmanager
    def step(self, description: str, total: float = 1) -> Iterator[Advance]:
        """Show one step, until the context ends.

        Args:
            description: what is happening.
            total: what the step comes to.
        """
        task = self._bar.add_task(description, total=total, beside="")
        yield lambda done, beside: self._bar.update(task, completed=done, beside=beside)
        self._bar.update(task, completed=total)
