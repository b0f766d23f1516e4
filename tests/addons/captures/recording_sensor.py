"""A sensor that keeps what is played to it."""

from addons.packets.packet import Packet
from tests.addons.flows.wire import TcpClient, capture
from tests.addons.hellos import hello

type Event = tuple[str, float]


class RecordingSensor:
    """Remembers what happens to it, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.packets: list[Packet] = []

    def receive_packet(self, packet: Packet, moment: float) -> None:
        self.events.append(("packet", moment))
        self.packets.append(packet)

    def tick(self, moment: float) -> None:
        self.events.append(("tick", moment))


def packets_at(*moments: float) -> bytes:
    return capture((moment, TcpClient(port).says(hello())) for port, moment in enumerate(moments))
