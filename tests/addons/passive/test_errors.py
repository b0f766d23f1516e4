"""An error costs a packet, and a flood costs no memory."""

import tracemalloc

import pytest

from addons.flows import tcp_flows, udp_flows
from addons.packets.packet import Packet
from addons.passive import SWEEP_INTERVAL
from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.addons.flows.wire import SCHOOL, SITE, TcpClient, datagram, told_by_dns
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.passive.conftest import HALF, INITIAL, ClockedSensor, of_everything


class TestErrors:
    @pytest.mark.parametrize(
        "packet", [TcpClient().says(hello()), datagram(INITIAL), told_by_dns(HOSTNAME, SITE)]
    )
    def test_are_counted_and_the_next_packet_is_taken(
        self, packet: Packet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sensor = ClockedSensor(every_name=True)
        monkeypatch.setattr(sensor.core, "receive_sighting", fails)
        sensor.take(packet)
        assert sensor.core.errors == 1
        monkeypatch.undo()
        sensor.take(TcpClient(50_200).says(hello(SCHOOL)))
        assert sensor.core.names == [(SCHOOL, Evidence.SNI)]

    @pytest.mark.parametrize("ending", ["sweep", "close"])
    def test_at_the_end_of_one_connection_do_not_keep_the_others(
        self, sensor: ClockedSensor, ending: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for port in (1, 2):
            sensor.take(TcpClient(port).says(hello()[:60]), datagram(HALF, port=port))
        see, asked = sensor.core.receive_sighting, iter((True, False, True, False))

        def fails_at_times(sighting: Sighting) -> None:
            if next(asked):
                raise RuntimeError
            see(sighting)

        monkeypatch.setattr(sensor.core, "receive_sighting", fails_at_times)
        if ending == "sweep":
            sensor.wait(int(tcp_flows.IDLE_TIMEOUT + 2 * SWEEP_INTERVAL))
        else:
            sensor.close()
        assert sensor.core.errors == 2
        assert len(sensor.core.sightings) == 2


def fails(*_: object) -> None:
    raise RuntimeError


class TestFlood:
    def test_of_everything_at_once_takes_no_more_memory_in_the_end_than_at_first(
        self, sensor: ClockedSensor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (tcp_flows, udp_flows):
            monkeypatch.setattr(module, "MAX_FLOWS", 200)
            monkeypatch.setattr(module, "MAX_INCOMPLETE", 50)
        monkeypatch.setattr(sensor.core, "receive_sighting", lambda _: None)
        flood = iter(range(100_000_000))
        used = []
        tracemalloc.start()
        try:
            for _ in range(3):
                for number in (next(flood) for _ in range(1_500)):
                    sensor.take(*of_everything(number))
                sensor.wait(30)
                used.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
        assert used[2] < 1.1 * used[1]
        assert sensor.core.errors == 0
