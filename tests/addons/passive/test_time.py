"""What is silent is forgotten, and what goes on is told in time."""

from addons.flows import tcp_flows, udp_flows
from addons.flows.tracker import TICKS_BETWEEN_REPORTS
from addons.passive import SWEEP_INTERVAL
from monitor.evidence import Evidence
from tests.addons.flows.wire import NOON, TcpClient, datagram
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.passive.conftest import HALF, ClockedSensor


class TestTime:
    def test_long_video_is_told_twice_a_minute(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()))
        for _ in range(600):
            client.hears(100_000)
            sensor.take(client.says(b"\x17", size=40))
            sensor.wait(1)
        sensor.close()
        opened, *more = sensor.core.sightings
        assert opened.opens_connection
        assert not any(sighting.opens_connection for sighting in more)
        assert 20 <= len(more) <= 21
        assert sum(sighting.down for sighting in more) == 600 * 100_000
        assert sum(sighting.up for sighting in more) == 600 * 40

    def test_sightings_have_the_moment_of_the_tick_that_tells_them(
        self, sensor: ClockedSensor
    ) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()), client.says(b"\x17"))
        sensor.wait(TICKS_BETWEEN_REPORTS)
        assert [sighting.timestamp for sighting in sensor.core.sightings] == [
            NOON,
            NOON + TICKS_BETWEEN_REPORTS,
        ]

    def test_core_goes_on_each_second(self, sensor: ClockedSensor) -> None:
        sensor.wait(5)
        assert sensor.core.ticks == 5

    def test_silent_connections_are_told_and_forgotten(self, sensor: ClockedSensor) -> None:
        sensor.take(TcpClient().says(hello()[:60]), datagram(HALF))
        sensor.wait(int(max(tcp_flows.IDLE_TIMEOUT, udp_flows.IDLE_TIMEOUT) + SWEEP_INTERVAL + 1))
        assert sensor.core.names == [("", Evidence.HIDDEN)] * 2
        sensor.close()
        assert len(sensor.core.sightings) == 2

    def test_time_that_goes_back_is_borne(self, sensor: ClockedSensor) -> None:
        sensor.wait(120)
        sensor.now -= 100_000
        sensor.take(TcpClient().says(hello()))
        sensor.wait(2)
        sensor.close()
        assert sensor.core.names == [(HOSTNAME, Evidence.SNI)]
        assert sensor.core.errors == 0

    def test_what_is_silent_is_found_also_after_time_went_back(self, sensor: ClockedSensor) -> None:
        sensor.wait(120)
        sensor.now -= 100_000
        sensor.take(TcpClient().says(hello()[:60]))
        sensor.wait(int(tcp_flows.IDLE_TIMEOUT + 2 * SWEEP_INTERVAL))
        assert sensor.core.names == [("", Evidence.HIDDEN)]

    def test_nothing_is_told_after_the_end(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()), client.says(b"\x17", size=70))
        sensor.close()
        assert sensor.core.carried == (70, 0)
        sensor.wait(TICKS_BETWEEN_REPORTS)
        sensor.close()
        assert len(sensor.core.sightings) == 2
