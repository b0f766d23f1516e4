"""Segments that go by, on their own time."""

import pytest
from hypothesis import strategies as st

from addons.flows.tcp_flows import TcpFlows
from addons.flows.tracker import TICKS_BETWEEN_REPORTS
from addons.packets.packet import Packet
from monitor.evidence import Evidence
from tests.addons.flows.wire import TcpClient, reporter
from tests.addons.hellos import HOSTNAME, key_share, record, server_name, with_extensions
from tests.addons.sinks import RecordingSink

SNI = (HOSTNAME, Evidence.SNI)
FACEBOOK = "www.facebook.com"
FIXED = record(with_extensions((43, bytes(60)), server_name(HOSTNAME.encode())))
"""Without random bytes, so that no piece of it looks like a beginning."""
POST_QUANTUM = record(with_extensions(key_share(1_216), server_name(HOSTNAME.encode())))
"""As a browser may send it: the name is beyond the first segment."""
MAX_SEGMENT_SIZE = 1_448


class SegmentSensor:
    """Segments that go by, on their own time."""

    def __init__(self, *, every_name: bool = False) -> None:
        self.core = RecordingSink()
        self._teller = reporter(self.core, every_name=every_name)
        self.segments = TcpFlows(self._teller)

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.segments.receive_packet(packet)

    def wait(self, seconds: float) -> None:
        """Let time pass, and with it the sweep of what was silent."""
        self._teller.timestamp += seconds
        self.segments.forget_idle(self._teller.timestamp)
        for _ in range(TICKS_BETWEEN_REPORTS):
            self._teller.tracker.tick()

    def close(self) -> None:
        self.segments.close()
        self._teller.tracker.close()


@pytest.fixture
def sensor() -> SegmentSensor:
    return SegmentSensor()


@pytest.fixture
def client() -> TcpClient:
    return TcpClient()


numbers = st.sampled_from([0, 1, 200, 2**31, 2**32 - 5]) | st.integers(0, 2**32 - 1)
