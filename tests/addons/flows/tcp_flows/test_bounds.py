"""Whatever comes, and however much, what is kept of it has bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import tcp_flows
from addons.flows.tcp_flows import MAX_EARLY_SEGMENTS, MAX_EARLY_SIZE
from monitor.evidence import Evidence
from tests.addons.flows.tcp_flows.conftest import FACEBOOK, FIXED, SNI, SegmentSensor, numbers
from tests.addons.flows.wire import SCHOOL, TcpClient, connect, request
from tests.addons.hellos import HOSTNAME, hello


class TestFlood:
    """Whoever sends what has no end makes the sensor forget, and no more."""

    def test_of_connections(self, sensor: SegmentSensor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tcp_flows, "MAX_FLOWS", 64)
        for port in range(1_000):
            sensor.take(TcpClient(port).says(hello(FACEBOOK)))
            assert len(sensor.segments) <= 64
        assert len(sensor.core.names) == 1_000

    def test_of_half_hellos(self, sensor: SegmentSensor) -> None:
        pieces = {}
        for port in range(tcp_flows.MAX_INCOMPLETE + 100):
            first, pieces[port] = TcpClient(port).in_pieces(FIXED, 60)
            sensor.take(first)
            assert sensor.segments.incomplete <= tcp_flows.MAX_INCOMPLETE
        assert sensor.core.names == [("", Evidence.HIDDEN)] * 100
        assert len(sensor.segments) == tcp_flows.MAX_INCOMPLETE
        sensor.take(pieces[port])
        assert sensor.core.names[-1] == SNI

    def test_of_half_hellos_that_grow(self, sensor: SegmentSensor, client: TcpClient) -> None:
        """One that is announced as long as can be, then bytes without end."""
        sensor.take(client.says(b"\x16\x03\x01\xff\xff\x01\x00\xff\xff"))
        for _ in range(200):
            sensor.take(client.says(bytes(1_000)))
        assert sensor.core.names == [("", Evidence.HIDDEN)]
        assert sensor.segments.incomplete == 0

    def test_of_pieces_that_come_before_the_first(self, sensor: SegmentSensor) -> None:
        for port in range(tcp_flows.MAX_EARLY * 2):
            client = TcpClient(port)
            sensor.take(*(client.says(b"\x17" + bytes(40)) for _ in range(MAX_EARLY_SEGMENTS * 3)))
            assert sensor.segments.early <= tcp_flows.MAX_EARLY
        assert len(sensor.segments) == 0
        sensor.wait(60)
        assert sensor.segments.early == 0

    def test_second_early_piece_of_one_connection_drives_out_no_other(
        self, sensor: SegmentSensor
    ) -> None:
        held = [TcpClient(port).in_pieces(FIXED, 40, 60) for port in range(tcp_flows.MAX_EARLY)]
        for _, second, _ in held:
            sensor.take(second)
        sensor.take(held[-1][2])
        sensor.take(held[0][0], held[0][2])
        assert sensor.core.names == [SNI]

    def test_of_early_pieces_as_large_as_joined_segments_keeps_none(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"\x17" + bytes(MAX_EARLY_SIZE)))
        assert sensor.segments.early == 0


@given(st.data())
def test_anything_in_any_order_keeps_within_bounds(data: st.DataObject) -> None:
    """No connection is told without a name or a reason, and nothing is kept once all is told."""
    sensor = SegmentSensor(every_name=True)
    starts = st.sampled_from([FIXED, hello(), hello(None), connect(SCHOOL), request(HOSTNAME)])
    payloads = st.binary(max_size=40) | starts.flatmap(
        lambda whole: st.integers(0, len(whole)).map(lambda at: whole[at:] or whole)
    )
    for _ in range(data.draw(st.integers(1, 25))):
        client = TcpClient(data.draw(st.integers(1, 3)), sequence=data.draw(numbers))
        segment = client.says(data.draw(payloads), flags=data.draw(st.integers(0, 255)))
        sensor.take(segment._replace(acknowledgement=data.draw(numbers)))
        if data.draw(st.booleans()):
            sensor.wait(data.draw(st.floats(-10, 1_000)))
    sensor.close()
    assert len(sensor.segments) == sensor.segments.incomplete == 0
    for seen in sensor.core.sightings:
        assert seen.hostname or seen.evidence is Evidence.HIDDEN
        assert min(seen.up, seen.down) >= 0
