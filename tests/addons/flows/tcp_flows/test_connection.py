"""When a connection ends, and what keeps it apart from others."""

import pytest

from addons.flows.tcp_flows import IDLE_TIMEOUT
from addons.packets.packet import ACK, FIN, PSH, RST, SYN
from tests.addons.flows.tcp_flows.conftest import FIXED, SNI, SegmentSensor
from tests.addons.flows.wire import CLASSMATE, OTHER_SITE, PORT, PUPIL, TcpClient
from tests.addons.hellos import hello


class TestEnd:
    @pytest.mark.parametrize("flags", [FIN | ACK, FIN | PSH | ACK, RST | ACK, RST])
    def test_makes_place_for_another_connection_from_the_same_port(
        self, sensor: SegmentSensor, client: TcpClient, flags: int
    ) -> None:
        sensor.take(client.says(hello()), client.ends(flags))
        assert len(sensor.segments) == 0
        sensor.take(client.says(hello()))
        assert sensor.core.names == [SNI, SNI]

    def test_segment_that_ends_it_may_carry_bytes(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(hello()), client.says(bytes(30), flags=FIN | ACK))
        assert sensor.core.carried == (30, 0)

    def test_hello_and_end_in_one_segment(self, sensor: SegmentSensor, client: TcpClient) -> None:
        sensor.take(client.says(hello(), flags=FIN | PSH | ACK))
        assert sensor.core.names == [SNI]
        assert len(sensor.segments) == 0

    def test_other_numbers_from_the_same_port_are_another_connection(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        """Of the first, the end was not seen: a phone left the room."""
        sensor.take(client.says(hello()), client.says(b"\x17", size=700))
        sensor.take(TcpClient(sequence=client.sequence + (1 << 30), acknowledged=9).says(hello()))
        sensor.close()
        assert sensor.core.names == [SNI, SNI]
        assert sensor.core.carried == (700, 0)

    def test_of_what_was_not_seen_to_begin_is_nothing(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"", flags=SYN), client.says(b"\x17\x03\x03xyz"), client.ends())
        sensor.close()
        assert sensor.core.sightings == []

    def test_silence_ends_it(self, sensor: SegmentSensor, client: TcpClient) -> None:
        sensor.take(client.says(hello()), client.says(b"\x17", size=700))
        sensor.wait(IDLE_TIMEOUT)
        assert len(sensor.segments) == 1
        sensor.take(client.says(b"\x17", size=1))
        sensor.wait(IDLE_TIMEOUT)
        assert len(sensor.segments) == 1
        sensor.wait(1)
        assert len(sensor.segments) == 0
        assert sensor.core.carried == (701, 0)

    def test_closing_tells_the_rest_of_all(self, sensor: SegmentSensor) -> None:
        for port in range(5):
            client = TcpClient(port)
            sensor.take(client.says(hello()), client.says(b"\x17", size=100))
        sensor.close()
        assert sensor.core.carried == (500, 0)
        assert len(sensor.segments) == 0


class TestClients:
    def test_are_kept_apart_by_address_port_and_server(self, sensor: SegmentSensor) -> None:
        first = TcpClient()
        others = [
            TcpClient(PORT + 1),
            TcpClient(client=CLASSMATE),
            TcpClient(server=OTHER_SITE),
            TcpClient(to=8443),
        ]
        (start, rest) = first.in_pieces(FIXED, 60)
        sensor.take(start, *(other.says(FIXED) for other in others), rest)
        assert [sighting.client for sighting in sensor.core.sightings] == [
            PUPIL,
            CLASSMATE,
            PUPIL,
            PUPIL,
            PUPIL,
        ]

    def test_pieces_are_not_mixed(self, sensor: SegmentSensor) -> None:
        one, other = TcpClient(), TcpClient(client=CLASSMATE)
        (first, _), (_, second) = one.in_pieces(FIXED, 60), other.in_pieces(FIXED, 60)
        sensor.take(second, first)
        assert sensor.core.sightings == []
