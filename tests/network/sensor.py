"""`lesrust gateway`, with another clock and without noise: python -m tests.network.sensor …

Everything else is the command as an administrator runs it. There is no option that does this; it
takes a program like this one.
"""

import sys
from collections.abc import Sequence
from functools import partial

from addons.simulation.live.clock import AcceleratedClock
from monitor import service
from monitor.cli import main
from monitor.core import Core
from monitor.sighting import Sighting
from monitor.tables import Table


def exact(_: Table, counts: Sequence[int]) -> list[int]:
    return list(counts)


def fail(_: Core, sighting: Sighting) -> None:
    """Fail as unluckily as can be: with all that is known of the client in the error."""
    raise ValueError(f"{'.'.join(map(str, sighting.client))} {sighting}")


if __name__ == "__main__":
    configuration, fails, *clock = sys.argv[1:]
    start, speed, made = map(float, clock)
    if fails == "fails":
        setattr(Core, "see", fail)  # noqa: B010 (only a test changes a class)
    accelerated = partial(
        service.Service, clock=AcceleratedClock(start, speed, made=made), mechanism=exact
    )
    service.Service = accelerated  # type: ignore[misc, assignment]
    main(["gateway", "--config", configuration])
