"""Bytes are counted from the numbers of segments, whichever of them are seen."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.packets.packet import RST
from tests.addons.flows.tcp_flows.conftest import SegmentSensor
from tests.addons.flows.wire import TcpClient
from tests.addons.hellos import HOSTNAME, hello


class TestBytes:
    def test_come_from_the_numbers_of_the_segments_that_are_seen(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        """Between the two, a megabyte went down and a hundred kilobytes went up, unseen."""
        sensor.take(client.says(hello()))
        client.hears(1_000_000)
        client.says(b"", size=100_000)
        sensor.take(client.says(b"\x17", size=500))
        sensor.close()
        assert sensor.core.carried == (100_500, 1_000_000)

    def test_are_told_after_half_a_minute_and_at_the_end(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()), client.says(b"\x17", size=500))
        sensor.wait(30)
        client.hears(7_000)
        sensor.take(client.ends())
        assert [
            (sighting.up, sighting.down, sighting.opens_connection)
            for sighting in sensor.core.sightings
        ] == [
            (0, 0, True),
            (500, 0, False),
            (0, 7_000, False),
        ]
        assert {sighting.hostname for sighting in sensor.core.sightings} == {HOSTNAME}

    def test_go_on_over_the_end_of_the_numbers(self, sensor: SegmentSensor) -> None:
        client = TcpClient(sequence=(1 << 32) - 600, acknowledged=(1 << 32) - 5)
        sensor.take(client.says(hello()))
        for _ in range(3):
            client.hears(3_000)
            sensor.take(client.says(b"\x17", size=1_000))
        sensor.take(client.ends())
        assert sensor.core.carried == (3_000, 9_000)

    def test_late_and_duplicate_segments_carry_nothing_more(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        first = client.says(hello())
        segments = [client.says(b"\x17", size=1_000) for _ in range(4)]
        sensor.take(first, segments[3], segments[0], segments[3], segments[1], first)
        sensor.close()
        assert sensor.core.carried == (4_000, 0)

    def test_acknowledgement_that_goes_back_takes_nothing_away(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()))
        client.hears(5_000)
        late = client.says(b"\x17", size=10)._replace(acknowledgement=client.acknowledged - 4_000)
        sensor.take(client.says(b"\x17", size=10), late)
        sensor.close()
        assert sensor.core.carried == (20, 5_000)

    @pytest.mark.parametrize("garbage", [0, 77, (1 << 31) - 1])
    def test_number_without_the_flag_that_makes_it_one_is_not_looked_at(
        self, sensor: SegmentSensor, client: TcpClient, garbage: int
    ) -> None:
        sensor.take(client.says(hello()))
        sensor.take(client.ends(RST)._replace(acknowledgement=garbage))
        assert sensor.core.carried == (0, 0)
        assert len(sensor.segments) == 0

    @given(
        st.integers(0, (1 << 32) - 1),
        st.integers(0, (1 << 32) - 1),
        st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 900_000)), max_size=20),
        st.randoms(use_true_random=False),
    )
    def test_are_right_whatever_the_numbers_begin_with_and_which_segments_are_seen(
        self, sequence: int, acknowledged: int, sent: list[tuple[int, int]], random: Random
    ) -> None:
        sensor = SegmentSensor()
        client = TcpClient(sequence=sequence, acknowledged=acknowledged)
        sensor.take(client.says(hello()))
        for up, down in sent:
            client.hears(down)
            segment = client.says(b"\x17", size=up)
            if random.random() < 0.5:
                sensor.take(segment)
        sensor.take(client.ends())
        assert sensor.core.carried == (sum(up for up, _ in sent), sum(down for _, down in sent))
