"""Shows the steps of a demonstration on the terminal, each with its progress."""

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

type ReportProgress = Callable[[float, str], None]
"""Called with the progress of a step, and a text to show beside it."""


@contextmanager
def show_steps(console: Console) -> Iterator["StepProgress"]:
    """Show steps on a console until the context ends."""
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
    """Shows one step below the other."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar

    @contextmanager
    def step(self, description: str, total: float = 1) -> Iterator[ReportProgress]:
        """Show one step, until the context ends.

        Args:
            description: the name of the step.
            total: the progress at its end.
        """
        task = self._bar.add_task(description, total=total, beside="")
        yield lambda done, beside: self._bar.update(task, completed=done, beside=beside)
        self._bar.update(task, completed=total)
