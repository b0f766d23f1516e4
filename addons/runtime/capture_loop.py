"""The loop of `lesrust watch`: frames of interfaces go to the sensor."""

import selectors
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from addons.captures.filters.packet_filter import name_and_size_filter
from addons.captures.interface import CaptureInterface
from addons.flows.sink import SensorHealth
from addons.packets.frame_parser import FrameParser
from addons.packets.tunnel import Tunnel
from addons.passive import PassiveSensor

MAX_BURST = 1_024
"""Frames of one interface before the next one has its turn."""
TICK_INTERVAL = 1.0
"""Seconds between two ticks."""
MAX_WAIT = 0.2
"""Seconds between two checks whether the loop was ended."""

type OpenInterfaces = Sequence[tuple[CaptureInterface, FrameParser]]
"""Interfaces, each with the parser of its frames."""


@contextmanager
def open_interfaces(
    names: Collection[str], tunnels: Collection[Tunnel], *, promiscuous: bool
) -> Iterator[OpenInterfaces]:
    """Capture interfaces for as long as the context lasts.

    Raises:
        CaptureError: on entering, when one cannot be captured.
    """

    def make_filter(link_type: int) -> str:
        return name_and_size_filter(link_type, tunnels)

    with ExitStack() as stack:
        opened: list[tuple[CaptureInterface, FrameParser]] = []
        for name in names:
            interface = CaptureInterface(name, make_filter, promiscuous=promiscuous)
            stack.callback(interface.close)
            opened.append((interface, FrameParser(interface.link_type, tunnels)))
        yield opened


class CaptureLoop:
    """Passes the frames of interfaces to a passive sensor.

    Args:
        interfaces: with their parsers.
        sensor: receives the packets.
        health: counts packets that came too fast.
        clock: returns seconds since 1970-01-01 UTC.
        every_second: called beside the sensor's tick.
    """

    def __init__(
        self,
        interfaces: OpenInterfaces,
        sensor: PassiveSensor,
        health: SensorHealth,
        clock: Callable[[], float],
        every_second: Callable[[], None] = lambda: None,
    ) -> None:
        self._sensor = sensor
        self._health = health
        self._clock = clock
        self._every_second = every_second
        self._interfaces = interfaces
        self._next_tick = clock()
        self.is_ended = False
        """Set it to end the loop within `MAX_WAIT`."""

    def run(self) -> None:
        """Run until it is ended.

        Raises:
            InterfaceGone: when an interface goes away; what was read is reported.
        """
        with selectors.DefaultSelector() as selector:
            for interface, frames in self._interfaces:
                selector.register(interface, selectors.EVENT_READ, (interface, frames))
            try:
                while not self.is_ended:
                    for key, _ in selector.select(MAX_WAIT):
                        self._receive_frames(*key.data)
                    self._tick()
            finally:
                self._sensor.close(self._clock())

    def _receive_frames(self, interface: CaptureInterface, frames: FrameParser) -> None:
        timestamp = self._clock()
        for _ in range(MAX_BURST):
            frame = interface.read_frame()
            if frame is None:
                return
            packet = frames.parse_frame(frame.content, timestamp)
            if packet is not None:
                self._sensor.receive_packet(packet, timestamp)

    def _tick(self) -> None:
        now = self._clock()
        if now < self._next_tick:
            return
        self._next_tick = now + TICK_INTERVAL
        for interface, _ in self._interfaces:
            lost = interface.count_dropped()
            if lost:
                self._health.count_dropped_packets(lost)
        self._sensor.tick(now)
        self._every_second()
