"""`lesrust gateway` or `watch`, with another clock, without noise and with exact health.

python -m tests.network.sensor COMMAND CONFIGURATION FAILS START SPEED MADE

Everything else is the command as an administrator runs it. There is no option that does this; it
takes a program like this one.
"""

import sys
from collections.abc import Sequence
from functools import partial

from addons.runtime import passive_process as watcher
from monitor.commands.cli import main
from monitor.core import Core
from monitor.release.tables import TableSpec
from monitor.runtime import service
from monitor.sighting import Sighting
from simulation.live.clock import AcceleratedClock
from tests.cast import ExactHealth, unmapped_at_once


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


def fail(_: Core, sighting: Sighting) -> None:
    """Fail as unluckily as can be: with all that is known of the client in the error."""
    raise ValueError(f"{'.'.join(map(str, sighting.client))} {sighting}")


if __name__ == "__main__":
    command, configuration, fails, *numbers = sys.argv[1:]
    start, speed, made = map(float, numbers)
    if fails == "fails":
        setattr(Core, "receive_sighting", fail)  # noqa: B010 (only a test changes a class)
    clock = AcceleratedClock(start, speed, made=made)
    setattr(service, "Health", ExactHealth)  # noqa: B010 (only a test has exact health)
    listed = unmapped_at_once()
    setattr(service, "UnmappedAttachments", lambda _: listed)  # noqa: B010 (nor one that waits)
    accelerated = partial(service.Service, clock=clock, mechanism=exact)
    service.Service = accelerated  # type: ignore[misc, assignment]
    watcher.CLOCK = clock
    main([command, "--config", configuration])
