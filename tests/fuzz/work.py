"""Counts the steps that our own code takes, and the ways that it goes: the same on any machine."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType

BASE, PER_BYTE = 5_000, 100
"""Lines of code that an input may take: so many, and so many more for each of its bytes."""

_ROOT = Path(__file__).parents[2]
_OURS = tuple(f"{_ROOT / room}/" for room in ("addons", "monitor", "schedules"))
_events = sys.monitoring.events

type Way = tuple[str, str, int, int]
"""A file, a function in it, and from where to where."""


def most_steps(data: bytes) -> int:
    return BASE + PER_BYTE * len(data)


def steps(run: Callable[[bytes], None], data: bytes) -> int:
    """Count the lines of our code that are run."""
    count = 0

    def line(code: CodeType, _number: int) -> object:
        nonlocal count
        if not code.co_filename.startswith(_OURS):
            return sys.monitoring.DISABLE
        count += 1
        return None

    with _monitored(_events.LINE, line):
        run(data)
    return count


def ways(run: Callable[[bytes], None], data: bytes) -> set[Way]:
    """Collect the branches of our code that are taken."""
    found: set[Way] = set()

    def branch(code: CodeType, start: int, end: int) -> object:
        if code.co_filename.startswith(_OURS):
            found.add((code.co_filename, code.co_qualname, start, end))
        return sys.monitoring.DISABLE

    with _monitored(_events.BRANCH, branch):
        run(data)
    return found


@contextmanager
def _monitored(event: int, callback: Callable[..., object]) -> Iterator[None]:
    tool = next(number for number in range(6) if sys.monitoring.get_tool(number) is None)
    sys.monitoring.use_tool_id(tool, "lesrust-fuzz")
    sys.monitoring.register_callback(tool, event, callback)
    sys.monitoring.restart_events()
    sys.monitoring.set_events(tool, event)
    try:
        yield
    finally:
        sys.monitoring.set_events(tool, 0)
        sys.monitoring.register_callback(tool, event, None)
        sys.monitoring.free_tool_id(tool)
