"""A core that lives until after midnight, with keys that whoever started it knows.

python -m tests.privacy.aging_core DAYS: says how many keys were made, and waits.
"""

import sys
from hashlib import sha256
from itertools import count

from monitor import identity

_numbers = count()


def make_key(number: int) -> bytes:
    """Give the key that is made as the so-many-th of a process."""
    return sha256(f"key {number}".encode()).digest()


def main(days: int) -> None:
    setattr(identity, "token_bytes", lambda _: make_key(next(_numbers)))  # noqa: B010
    from monitor.core import Core
    from monitor.health import Health
    from tests.cast import at, school_snapshot, use

    core = Core(school_snapshot(), Health(), at(8))
    for day in range(days):
        if day:
            core.tick(at(8) + day * 86_400.0)
        for sighting in use(at(8, 40) + day * 86_400.0):
            core.receive_sighting(sighting)
    sys.stdout.write(f"{next(_numbers)}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]))
