"""A name is read behind what a proxy is asked, and from requests without TLS."""

from itertools import permutations

import pytest

from addons.flows.tcp_flows import IDLE_TIMEOUT
from monitor.evidence import Evidence
from tests.addons.flows.tcp_flows.conftest import FACEBOOK, FIXED, SNI, SegmentSensor
from tests.addons.flows.wire import HTTP, PROXY, SCHOOL, TcpClient, connect, request
from tests.addons.hellos import HOSTNAME, hello


class TestProxy:
    def test_name_behind_it_counts_and_is_told_once(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)), client.says(hello()), client.ends())
        assert sensor.core.names == [SNI]

    def test_name_that_was_asked_for_stands_in_for_one_that_is_not_shown(
        self, sensor: SegmentSensor
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(HOSTNAME)), client.says(hello(None)), client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    @pytest.mark.parametrize("ending", ["end", "silence", "close", "half a hello"])
    def test_name_that_was_asked_for_is_told_when_nothing_follows(
        self, sensor: SegmentSensor, ending: str
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(HOSTNAME)))
        if ending == "half a hello":
            sensor.take(client.says(FIXED[:60]))
        assert sensor.core.sightings == []
        if ending == "end":
            sensor.take(client.ends())
        elif ending == "silence":
            sensor.wait(IDLE_TIMEOUT + 1)
        else:
            sensor.close()
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_asked_for_an_address_is_told_once_with_the_name_behind_it(
        self, sensor: SegmentSensor
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect("192.0.2.7")), client.says(hello()), client.ends())
        assert sensor.core.names == [SNI]

    @pytest.mark.parametrize("behind", [b"", hello(None)], ids=["nothing", "a hello"])
    def test_asked_for_an_address_and_no_name_behind_it_is_hidden(
        self, sensor: SegmentSensor, behind: bytes
    ) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect("192.0.2.7")), client.says(behind), client.ends())
        assert sensor.core.names == [("", Evidence.HIDDEN)]

    @pytest.mark.parametrize("order", list(permutations(range(2))))
    def test_hello_behind_it_in_pieces(self, sensor: SegmentSensor, order: tuple[int, ...]) -> None:
        client = TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)))
        pieces = client.in_pieces(FIXED, 50)
        sensor.take(*(pieces[number] for number in order))
        assert sensor.core.names == [SNI]

    def test_asked_for_one_after_another(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=PROXY)
        for host in (HOSTNAME, FACEBOOK):
            sensor.take(client.says(request(host, f"http://{host}/")))
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP), (FACEBOOK, Evidence.HTTP)]

    def test_asked_is_mentioned_where_every_name_is_wanted(self) -> None:
        sensor, client = SegmentSensor(every_name=True), TcpClient(to=PROXY)
        sensor.take(client.says(connect(SCHOOL)), client.says(hello()))
        assert sensor.core.names == [(SCHOOL, Evidence.HTTP), SNI]


class TestRequests:
    def test_same_host_again_is_the_same_connection(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=HTTP)
        sensor.take(*(client.says(request(HOSTNAME)) for _ in range(5)), client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_another_host_is_told_anew(self, sensor: SegmentSensor) -> None:
        client = TcpClient(to=HTTP)
        sensor.take(client.says(request(HOSTNAME)), client.says(request(FACEBOOK)))
        sensor.take(client.ends())
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP), (FACEBOOK, Evidence.HTTP)]

    def test_host_in_the_second_segment(self, sensor: SegmentSensor) -> None:
        sensor.take(*TcpClient(to=HTTP).in_pieces(request(HOSTNAME), 20))
        assert sensor.core.names == [(HOSTNAME, Evidence.HTTP)]

    def test_what_only_looks_like_one_is_not_told(
        self, sensor: SegmentSensor, client: TcpClient
    ) -> None:
        sensor.take(client.says(b"GET\x00\x01\n\x02"), client.says(b"\x16\x04\x01"), client.ends())
        assert sensor.core.sightings == []
