"""A school clock that runs faster than real time, the same in every process of the machine."""

import time
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class AcceleratedClock:
    """Returns the school's time when it is called.

    Args:
        start: its first time, in seconds since 1970-01-01 UTC.
        speed: its seconds per second.
        stops: the time at which it stops.
    """

    start: float
    speed: float
    stops: float = inf
    # The monotonic clock is the same in all processes of a machine, and nobody sets it.
    made: float = field(default_factory=time.monotonic)

    def __call__(self) -> float:
        """Return the school's time."""
        return min(self.stops, self.start + (time.monotonic() - self.made) * self.speed)

    def seconds_until(self, timestamp: float) -> float:
        """Return the real seconds until it shows a timestamp."""
        return max(0.0, (timestamp - self()) / self.speed)
