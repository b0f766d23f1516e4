"""What is told where a gateway counts too, and where every name is wanted."""

from monitor.evidence import Evidence
from tests.addons.flows.wire import (
    OTHER_SITE,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    TcpClient,
    connect,
    datagram,
    told_by_dns,
)
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.passive.conftest import INITIAL, ClockedSensor


class TestBesideAGateway:
    def test_device_that_uses_tcp_and_quic_is_told_by_quic_only(self) -> None:
        sensor = ClockedSensor(counts_tcp=False)
        client = TcpClient()
        sensor.take(client.says(hello()), client.says(b"\x17", size=900), datagram(INITIAL))
        sensor.close()
        assert sensor.core.names == [(HOSTNAME, Evidence.QUIC)]
        assert sensor.core.carried == (0, 0)

    def test_what_dns_alone_names_is_told(self) -> None:
        sensor = ClockedSensor(counts_tcp=False)
        sensor.take(told_by_dns(WEBLOG, SITE, through=WEBLOG_HOST))
        sensor.take(told_by_dns(HOSTNAME, OTHER_SITE))
        sensor.take(TcpClient().says(hello(WEBLOG)), TcpClient(server=OTHER_SITE).says(hello(None)))
        assert sensor.core.names == [(WEBLOG, Evidence.SNI), (HOSTNAME, Evidence.ADDRESS)]


class TestEveryName:
    def test_of_dns_and_of_a_proxy(self) -> None:
        sensor = ClockedSensor(every_name=True)
        sensor.take(told_by_dns(SCHOOL, SITE), TcpClient().says(connect(HOSTNAME)))
        assert sensor.core.names == [(SCHOOL, Evidence.DNS), (HOSTNAME, Evidence.HTTP)]

    def test_is_not_told_to_a_core(self, sensor: ClockedSensor) -> None:
        sensor.take(told_by_dns(SCHOOL, SITE), TcpClient().says(connect(HOSTNAME)))
        assert sensor.core.sightings == []
