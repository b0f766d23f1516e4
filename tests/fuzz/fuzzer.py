"""Runs one target under atheris: python -m tests.fuzz.fuzzer TARGET [LIBFUZZER'S OPTION…].

A process of its own, because the parsers have to be imported anew with their branches counted, and
because libFuzzer ends the process when it is done.
"""

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.fuzz import work

OURS = ["addons", "monitor", "schedules"]
SLOW = 0.1
"""Seconds of processor time from which on an input's steps are counted."""


def main() -> None:
    name, *options = sys.argv[1:]
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=OURS):
        run = importlib.import_module("tests.fuzz.targets").TARGETS[name]
        run(b"")  # what is loaded once is not what an input costs
    atheris.Setup([sys.argv[0], *options], lambda data: bounded(run, data))
    atheris.Fuzz()


def bounded(run: Callable[[bytes], None], data: bytes) -> None:
    """Run an input, and hold its work against its size."""
    begun = time.thread_time()
    run(data)
    if time.thread_time() - begun > SLOW:
        assert work.steps(run, data) <= work.most_steps(data)


if __name__ == "__main__":
    main()
