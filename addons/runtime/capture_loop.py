"""The loop of `lesrust watch`: what comes by on interfaces goes to the sensor."""

import selectors
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from addons.captures import filter as passing
from addons.captures.live import Interface
from addons.flows.sink import SensorHealth
from addons.packets.frames import Frames
from addons.packets.tunnel import Tunnel
from addons.passive import Passive

AT_ONCE = 1_024
"""Frames of one interface before another has its turn."""
EVERY = 1.0
"""Seconds between two ticks."""
LONGEST_WAIT = 0.2
"""Seconds until it is looked again whether it was ended."""

type Heard = Sequence[tuple[Interface, Frames]]
"""Interfaces, each with what reads its frames."""


@contextmanager
def heard(
    names: Collection[str], tunnels: Collection[Tunnel], *, promiscuous: bool
) -> Iterator[Heard]:
    """Listen to interfaces for as long as the context lasts.

    Raises:
        CaptureError: on entering, when one cannot be listened to.
    """

    def passes(link_type: int) -> str:
        return passing.names_and_sizes(link_type, tunnels)

    with ExitStack() as listening:
        found: list[tuple[Interface, Frames]] = []
        for name in names:
            interface = Interface(name, passes, promiscuous=promiscuous)
            listening.callback(interface.close)
            found.append((interface, Frames(interface.link_type, tunnels)))
        yield found


class Watching:
    """Reads interfaces into a passive sensor.

    Args:
        interfaces: are listened to.
        passive: takes packets.
        losses: is told of packets that came too fast.
        clock: gives seconds since 1970-01-01 UTC.
        every_second: called beside the sensor's tick.
    """

    def __init__(
        self,
        interfaces: Heard,
        passive: Passive,
        losses: SensorHealth,
        clock: Callable[[], float],
        every_second: Callable[[], None] = lambda: None,
    ) -> None:
        self._passive = passive
        self._losses = losses
        self._clock = clock
        self._every_second = every_second
        self._interfaces = interfaces
        self._due = clock()
        self.is_ended = False
        """Set it to end within `LONGEST_WAIT`."""

    def run(self) -> None:
        """Read until it is ended.

        Raises:
            InterfaceGone: when there is no more to read; what was read stands.
        """
        with selectors.DefaultSelector() as selector:
            for interface, frames in self._interfaces:
                selector.register(interface, selectors.EVENT_READ, (interface, frames))
            try:
                while not self.is_ended:
                    for key, _ in selector.select(LONGEST_WAIT):
                        self._read(*key.data)
                    self._go_on()
            finally:
                self._passive.close(self._clock())

    def _read(self, interface: Interface, frames: Frames) -> None:
        moment = self._clock()
        for _ in range(AT_ONCE):
            frame = interface.read()
            if frame is None:
                return
            packet = frames.read(frame.content, moment)
            if packet is not None:
                self._passive.take(packet, moment)

    def _go_on(self) -> None:
        now = self._clock()
        if now < self._due:
            return
        self._due = now + EVERY
        for interface, _ in self._interfaces:
            lost = interface.dropped()
            if lost:
                self._losses.count_dropped_packets(lost)
        self._passive.tick(now)
        self._every_second()
