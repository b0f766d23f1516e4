"""The loop that reads interfaces; these are queues of frames that stand in for interfaces."""

import os
from collections import deque
from collections.abc import Iterator
from typing import cast

import pytest

from addons.captures.frame import CapturedFrame
from addons.captures.interface import CaptureInterface, InterfaceGone
from addons.packets.frame_parser import FrameParser
from addons.packets.link_types import ETHERNET
from addons.passive import PassiveSensor
from addons.runtime.capture_loop import MAX_BURST, CaptureLoop
from tests.addons.flows.wire import flow_namer
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.packets.samples import frame, ip_4, tcp
from tests.addons.sinks import RecordingSink

OTHER = "www.tiktok.com"
HELLO = CapturedFrame(1.0, bytes(frame(ip_4(tcp(hello())))), 600)


class Queue:
    """Stands in for an interface: it is readable as long as there is something in it."""

    def __init__(self, *frames: CapturedFrame | Exception) -> None:
        self._frames = deque(frames)
        self._end, self._begin = os.pipe()
        os.write(self._begin, b"!")
        self.lost = 0

    def fileno(self) -> int:
        return self._end

    def read_frame(self) -> CapturedFrame | None:
        if not self._frames:
            return None
        following = self._frames.popleft()
        if isinstance(following, Exception):
            raise following
        return following

    def count_dropped(self) -> int:
        lost, self.lost = self.lost, 0
        return lost

    def close(self) -> None:
        os.close(self._end)
        os.close(self._begin)


class ClockedSink(RecordingSink):
    """Has a clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0

    def clock(self) -> float:
        self.now += 1.0
        return self.now


@pytest.fixture
def queues() -> Iterator[list[Queue]]:
    made: list[Queue] = []
    yield made
    for queue in made:
        queue.close()


def run(core: ClockedSink, queues: list[Queue], seconds: int = 3) -> None:
    """Run the loop until so many seconds have passed."""
    left = iter(range(seconds))

    def end_in_time() -> None:
        watching.is_ended = next(left, None) is None

    heard = [(cast("CaptureInterface", queue), FrameParser(ETHERNET)) for queue in queues]
    watching = CaptureLoop(heard, PassiveSensor(core, flow_namer()), core, core.clock, end_in_time)
    watching.run()


def test_frames_of_every_interface_come_to_the_sensor(queues: list[Queue]) -> None:
    core = ClockedSink()
    other = HELLO._replace(content=bytes(frame(ip_4(tcp(hello(OTHER), source=50_002)))))
    queues += [Queue(HELLO), Queue(other)]
    run(core, queues)
    assert {sighting.hostname for sighting in core.sightings} == {HOSTNAME, OTHER}
    assert not core.errors


def test_time_is_the_cores_and_not_the_frames(queues: list[Queue]) -> None:
    core = ClockedSink()
    queues.append(Queue(HELLO))
    run(core, queues)
    assert {sighting.timestamp > 1_000.0 for sighting in core.sightings} == {True}


def test_what_the_kernel_dropped_is_counted_once(queues: list[Queue]) -> None:
    core = ClockedSink()
    queues.append(Queue())
    queues[0].lost = 7
    run(core, queues)
    assert core.lost == 7


def test_one_busy_interface_does_not_keep_the_clock_from_going_on(queues: list[Queue]) -> None:
    core = ClockedSink()
    queues.append(Queue(*[HELLO] * (3 * MAX_BURST)))
    run(core, queues, seconds=2)
    assert core.ticks >= 2


def test_an_interface_that_is_gone_ends_it_and_what_was_read_is_told(queues: list[Queue]) -> None:
    core = ClockedSink()
    queues.append(Queue(HELLO, InterfaceGone("mirror0")))
    with pytest.raises(InterfaceGone, match="mirror0"):
        run(core, queues)
    assert [sighting.hostname for sighting in core.sightings] == [HOSTNAME]
