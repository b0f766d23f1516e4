"""A passive sensor on a clock of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from addons.packets.packet import Packet
from addons.passive import PassiveSensor
from tests.addons.flows.wire import NOON, SCHOOL, TcpClient, connect, datagram, flow_namer
from tests.addons.hellos import hello
from tests.addons.names.quic.initials import HELLO, SHUFFLED, crypto, initial
from tests.addons.names.test_vpn import WIREGUARD
from tests.addons.sinks import RecordingSink

TRAFFIC = Path(__file__).parents[3] / ".." / "shared" / "traffic"
INITIAL = initial(crypto(HELLO))
HALF = initial(crypto(SHUFFLED[:1_000]))


class ClockedSensor:
    """A passive sensor on a clock of its own."""

    def __init__(self, *, counts_tcp: bool = True, every_name: bool = False) -> None:
        self.core = RecordingSink()
        self.passive = PassiveSensor(
            self.core, flow_namer(), counts_tcp=counts_tcp, reports_every_name=every_name
        )
        self.now = NOON

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.passive.receive_packet(packet, self.now)

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1
            self.passive.tick(self.now)

    def close(self) -> None:
        self.passive.close(self.now)


@pytest.fixture
def sensor() -> ClockedSensor:
    return ClockedSensor()


def of_everything(number: int) -> Iterator[Packet]:
    port, client = number % 60_000, bytes((10, 3, 101, number % 200))
    for start in (hello(), hello()[:60], connect(SCHOOL), b"\x17" + bytes(60)):
        port += 1
        yield TcpClient(port, client=client, sequence=number).says(start)
    yield datagram(HALF, client=client, port=port)
    yield datagram(WIREGUARD, client=client, port=port, to=51820)
