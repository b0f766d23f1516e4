"""Who shares an address is told apart by the frame, and who has several is one."""

import pytest

from addons.packets.packet import PSH, TCP, Packet
from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.wire import (
    DNS,
    NOON,
    OTHER_SITE,
    PUPIL,
    RESOLVER,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    TcpClient,
    answer,
    connect,
    datagram,
    told_by_dns,
)
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.names.test_vpn import WIREGUARD
from tests.addons.passive.conftest import INITIAL, ClockedSensor


class TestHardware:
    """What a frame says of whose it is goes with every sighting of its flow."""

    def test_goes_with_tcp_quic_and_what_hides(self, sensor: ClockedSensor) -> None:
        sent = (TcpClient().says(hello()), datagram(INITIAL), datagram(WIREGUARD, to=51820))
        sensor.take(*(packet._replace(hardware=b"phone1") for packet in sent))
        assert [seen.hardware for seen in sensor.core.sightings] == [b"phone1"] * 3

    def test_goes_with_what_a_flow_carries_later(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(client.says(hello())._replace(hardware=b"phone1"))
        sensor.take(client.says(b"", size=5_000)._replace(hardware=b"phone1"))
        sensor.close()
        _, later = sensor.core.sightings
        assert (later.up, later.hardware) == (5_000, b"phone1")
        assert not later.opens_connection

    @pytest.mark.parametrize("is_tcp", [True, False])
    def test_of_another_on_the_same_address_and_port_is_another_flow(
        self, sensor: ClockedSensor, is_tcp: bool
    ) -> None:
        start = TcpClient().says(hello()) if is_tcp else datagram(INITIAL)
        sensor.take(start._replace(hardware=b"phone1"))
        sensor.wait(20)
        sensor.take(start._replace(hardware=b"phone2"))
        assert [seen.hardware for seen in sensor.core.sightings] == [b"phone1", b"phone2"]

    def test_of_a_router_that_sends_a_copy_on_changes_nothing(self, sensor: ClockedSensor) -> None:
        """A mirror of several ports shows a packet before the router and after it."""
        for packet in TcpClient().in_pieces(hello(), 100):
            for station in (b"phone1", b"router"):
                sensor.take(packet._replace(hardware=station))
        assert [seen.hardware for seen in sensor.core.sightings] == [b"phone1"]


class TestOneDevice:
    """As a phone does it: DNS, then QUIC and TCP, then silence."""

    def test_is_told_each_connection_once_by_its_best_evidence(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(told_by_dns(HOSTNAME, SITE), datagram(INITIAL), client.says(hello()))
        sensor.take(TcpClient(50_200, server=OTHER_SITE).says(hello(SCHOOL)))
        sensor.take(datagram(WIREGUARD, to=51820))
        assert sensor.core.names == [
            (HOSTNAME, Evidence.QUIC),
            (HOSTNAME, Evidence.SNI),
            (SCHOOL, Evidence.SNI),
            ("", Evidence.HIDDEN),
        ]
        assert {sighting.timestamp for sighting in sensor.core.sightings} == {NOON}
        assert {sighting.client for sighting in sensor.core.sightings} == {PUPIL}

    def test_weblog_on_its_own_domain_is_followed(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(told_by_dns(WEBLOG, SITE, through=WEBLOG_HOST), client.says(hello(WEBLOG)))
        client.hears(80_000)
        sensor.take(client.ends())
        assert [
            (sighting.hostname, sighting.cname, sighting.down) for sighting in sensor.core.sightings
        ] == [
            (WEBLOG, WEBLOG_HOST, 0),
            (WEBLOG, WEBLOG_HOST, 80_000),
        ]

    def test_nameless_connection_takes_the_name_of_its_address(self, sensor: ClockedSensor) -> None:
        sensor.take(told_by_dns(HOSTNAME, SITE), TcpClient().says(hello(None)))
        assert sensor.core.names == [(HOSTNAME, Evidence.ADDRESS)]

    def test_answer_over_tcp_is_learned(self, sensor: ClockedSensor) -> None:
        message = answer(HOSTNAME, SITE)
        data = len(message).to_bytes(2) + message
        for at, piece in ((1, data[:30]), (31, data[30:])):
            sensor.take(Packet(TCP, RESOLVER, DNS, PUPIL, 5, piece, len(piece), PSH, at))
        sensor.take(TcpClient().says(hello(None)))
        assert sensor.core.names == [(HOSTNAME, Evidence.ADDRESS)]

    def test_proxy_with_a_clients_own_dns_is_no_pretence(self, sensor: ClockedSensor) -> None:
        for number in range(20):
            sensor.take(told_by_dns(f"www{number}.voorbeeldschool.nl", OTHER_SITE))
            sensor.wait(60)
        client = TcpClient(to=3128)
        sensor.take(client.says(connect(HOSTNAME)), client.says(hello()))
        assert sensor.core.names == [(HOSTNAME, Evidence.SNI)]
        sensor.take(TcpClient(50_200).says(hello()))
        assert sensor.core.sightings[-1].hiding_method is HidingMethod.SPOOFED
