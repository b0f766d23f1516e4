"""Bytes are counted of datagrams, of which the kernel passes on a sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
)
from tests.addons.flows.udp_flows.conftest import WHOLE, DatagramSensor, short
from tests.addons.flows.wire import PORT, answered, datagram
from tests.addons.names.quic import clients
from tests.addons.names.quic.initials import other


class TestBytes:
    def test_of_both_sides_are_counted(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, other(2, size=100))
        up = len(other(2, size=100))
        sensor.hears(bytes((0xE0,)) + bytes(1_199))
        sensor.close()
        assert sensor.core.carried == (up, 1_200)

    @pytest.mark.parametrize("high_bits", [0x00, 0x20, 0xE0])
    def test_sampled_packet_stands_for_all_of_its_kind(
        self, sensor: DatagramSensor, high_bits: int
    ) -> None:
        sensor.says(WHOLE, short(high_bits, 350))
        sensor.hears(short(0), short(high_bits, 1_250))
        sensor.close()
        assert sensor.core.carried == (
            CLIENT_ONE_IN * 350,
            FIRST_SERVER_WEIGHT * 1_200 + SERVER_ONE_IN * 1_250,
        )

    def test_what_a_client_sends_is_sampled_more_often(self, sensor: DatagramSensor) -> None:
        """A photo has some hundreds of packets: one in 32 would tell little of it."""
        sensor.says(WHOLE, *(short(bits) for bits in range(256)))
        sensor.hears(*(short(bits) for bits in range(256)))
        sensor.close()
        assert sensor.core.carried == (
            256 * 1_200,
            (256 - SERVER_ONE_IN + FIRST_SERVER_WEIGHT) * 1_200,
        )
        assert CLIENT_ONE_IN < SERVER_ONE_IN

    def test_first_of_a_server_stands_for_few(self, sensor: DatagramSensor) -> None:
        """A poll has three packets or four: when one is looked at, it is not taken for 38 kB."""
        sensor.says(WHOLE)
        for _ in range(3):
            sensor.hears(*(short(bits) for bits in (0, 1, 2)))
            sensor.wait(FIRST_SERVER_AFTER + 1)
        sensor.close()
        assert sensor.core.carried == (0, 3 * FIRST_SERVER_WEIGHT * 1_200)
        assert FIRST_SERVER_WEIGHT < SERVER_ONE_IN

    def test_next_within_a_minute_stands_for_all(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE)
        for _ in range(4):
            sensor.hears(short(0))
            sensor.wait(FIRST_SERVER_AFTER)
        sensor.close()
        assert sensor.core.carried == (0, (FIRST_SERVER_WEIGHT + 3 * SERVER_ONE_IN) * 1_200)

    def test_packets_beside_the_sample_do_not_break_a_servers_silence(
        self, sensor: DatagramSensor
    ) -> None:
        """Outside a tunnel the filter does not let them through."""
        sensor.says(WHOLE)
        sensor.hears(short(0))
        sensor.wait(FIRST_SERVER_AFTER)
        sensor.hears(short(1), other(2))
        sensor.wait(1)
        sensor.hears(short(0))
        sensor.close()
        assert sensor.core.carried == (0, 2 * FIRST_SERVER_WEIGHT * 1_200 + len(other(2)))

    def test_each_connection_has_its_own_silence(self, sensor: DatagramSensor) -> None:
        for port in (PORT, PORT + 1):
            sensor.take(datagram(WHOLE, port=port))
            sensor.take(answered(datagram(b"", port=port), short(0)))
        sensor.close()
        assert sensor.core.carried == (0, 2 * FIRST_SERVER_WEIGHT * 1_200)

    def test_what_only_acknowledges_carries_nothing(self, sensor: DatagramSensor) -> None:
        """As with TCP, whose acknowledgements carry nothing either."""
        sensor.says(WHOLE, short(0, MIN_CLIENT_SIZE - 1))
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_least_that_carries_something(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, short(0, MIN_CLIENT_SIZE))
        sensor.hears(short(0, 40))
        sensor.close()
        assert sensor.core.carried == (CLIENT_ONE_IN * MIN_CLIENT_SIZE, FIRST_SERVER_WEIGHT * 40)

    def test_packets_beside_the_sample_stand_for_nothing(self, sensor: DatagramSensor) -> None:
        """The filter lets them through in a tunnel."""
        sensor.says(WHOLE, *(short(bits) for bits in range(1, CLIENT_ONE_IN)))
        sensor.hears(*(short(bits) for bits in range(1, SERVER_ONE_IN)))
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_packet_that_is_too_short_for_the_sample_stands_for_nothing(
        self, sensor: DatagramSensor
    ) -> None:
        sensor.says(WHOLE, short(0)[:23])
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_size_on_the_wire_counts_and_not_what_the_capture_kept(
        self, sensor: DatagramSensor
    ) -> None:
        sensor.says(WHOLE)
        sensor.take(datagram(short(0)[:24], size=1_000))
        sensor.close()
        assert sensor.core.carried == (CLIENT_ONE_IN * 1_000, 0)

    @given(st.lists(st.integers(0, 255), max_size=400))
    def test_all_bits_alike_estimate_what_all_carry(self, lasts: list[int]) -> None:
        sensor = DatagramSensor()
        sensor.says(WHOLE, *(short(last, 1_000) for last in lasts))
        sensor.hears(*(short(last, 1_000) for last in lasts))
        sensor.close()
        up = sum(not last % CLIENT_ONE_IN for last in lasts) * CLIENT_ONE_IN
        heard = sum(not last % SERVER_ONE_IN for last in lasts)
        down = FIRST_SERVER_WEIGHT + (heard - 1) * SERVER_ONE_IN if heard else 0
        assert sensor.core.carried == (up * 1_000, down * 1_000)

    def test_of_no_platform_are_nobodys_business(self, sensor: DatagramSensor) -> None:
        (first,) = clients.sent(clients.client("www.voorbeeldschool.nl"))
        sensor.says(first, short(0))
        sensor.hears(short(0))
        sensor.close()
        assert [sighting.down for sighting in sensor.core.sightings] == [0]
