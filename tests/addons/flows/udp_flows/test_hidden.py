"""What is a VPN, and what only looks like one."""

import pytest

from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.udp_flows.conftest import DatagramSensor
from tests.addons.flows.wire import PUPIL, answered, datagram
from tests.addons.hellos import HOSTNAME
from tests.addons.names import test_dtls
from tests.addons.names.test_vpn import IKE_INIT, OPENVPN_RESET, WIREGUARD


class TestVpn:
    @pytest.mark.parametrize(
        ("payload", "to"),
        [
            (WIREGUARD, 51820),
            (WIREGUARD, 443),
            (OPENVPN_RESET, 1194),
            (IKE_INIT, 500),
            (bytes(4) + IKE_INIT, 4500),
        ],
        ids=["WireGuard", "WireGuard at 443", "OpenVPN", "IKE", "IKE behind NAT"],
    )
    def test_is_hidden_and_told_once(self, sensor: DatagramSensor, payload: bytes, to: int) -> None:
        first = datagram(payload, to=to)
        sensor.take(first, answered(first, bytes(92)), first, datagram(bytes(200), to=to))
        sensor.close()
        (seen,) = sensor.core.sightings
        assert (seen.client, seen.hostname) == (PUPIL, "")
        assert (seen.evidence, seen.hiding_method) == (Evidence.HIDDEN, HidingMethod.VPN)

    def test_server_that_shakes_hands_anew_is_no_client(self, sensor: DatagramSensor) -> None:
        """WireGuard's either side may begin again, after two minutes."""
        first = datagram(WIREGUARD, to=51820)
        sensor.take(first, answered(first, WIREGUARD))
        assert len(sensor.core.sightings) == 1


class TestDtls:
    def test_name_is_read(self, sensor: DatagramSensor) -> None:
        sensor.take(datagram(test_dtls.hello(), to=4433))
        assert sensor.core.names == [(HOSTNAME, Evidence.SNI)]

    def test_hello_that_is_sent_again_with_a_cookie_is_the_same_connection(
        self, sensor: DatagramSensor
    ) -> None:
        for cookie in (b"", b"cookie"):
            sensor.take(datagram(test_dtls.hello(cookie=cookie), to=4433))
        assert sensor.core.names == [(HOSTNAME, Evidence.SNI)]

    def test_call_without_a_name_is_not_told(self, sensor: DatagramSensor) -> None:
        sensor.take(datagram(test_dtls.hello(None), to=4433))
        assert sensor.core.sightings == []
        assert len(sensor.datagrams) == 0
