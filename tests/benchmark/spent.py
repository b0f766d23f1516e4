"""Runs a program and writes down what it spent: its processes' CPU, and the memory of the largest.

    python tests/benchmark/spent.py FILE PROGRAM …

It stands between a benchmark and what is measured because a child's peak of memory begins with its
parent's, and this one is small.
"""

import json
import os
import sys
from resource import RUSAGE_CHILDREN, getrusage


def main() -> int:
    """Run it, and write seconds and bytes as JSON; give its exit code."""
    _, file, *command = sys.argv
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status = os.waitpid(child, 0)
    used = getrusage(RUSAGE_CHILDREN)
    with open(file, "w") as written:  # noqa: PTH123 (pathlib is larger than all of this)
        json.dump({"cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}, written)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
