"""Datagrams that go by, on their own time."""

import pytest

from addons.flows.udp_flows import UdpFlows
from addons.packets.packet import Packet
from monitor.evidence import Evidence
from tests.addons.flows.wire import answered, datagram, reporter
from tests.addons.hellos import HOSTNAME, with_extensions
from tests.addons.names.quic.initials import HELLO, SHUFFLED, crypto, initial
from tests.addons.sinks import RecordingSink

QUIC = (HOSTNAME, Evidence.QUIC)
WHOLE = initial(crypto(HELLO))
HALVES = [initial(crypto(SHUFFLED[:1_000])), initial(crypto(SHUFFLED[1_000:], 1_000), number=1)]
NAMELESS = initial(crypto(with_extensions((43, bytes(9)))))
SHORT_HEADER = 0x40


def short(last: int, size: int = 1_200) -> bytes:
    """Make a packet with a short header, in which the sampled byte is this."""
    return bytes((SHORT_HEADER,)) + b"\xff" * 22 + bytes((last,)) + bytes(size - 24)


class DatagramSensor:
    """Datagrams that go by, on their own time."""

    def __init__(self) -> None:
        self.core = RecordingSink()
        self._teller = reporter(self.core)
        self.datagrams = UdpFlows(self._teller)

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.datagrams.receive_packet(packet)

    def says(self, *payloads: bytes) -> None:
        self.take(*map(datagram, payloads))

    def hears(self, *payloads: bytes) -> None:
        self.take(*(answered(datagram(b""), payload) for payload in payloads))

    def wait(self, seconds: float) -> None:
        self._teller.timestamp += seconds
        self.datagrams.forget_idle(self._teller.timestamp)

    def close(self) -> None:
        self.datagrams.close()
        self._teller.tracker.close()


@pytest.fixture
def sensor() -> DatagramSensor:
    return DatagramSensor()
