"""Whatever comes, and however much, what is kept of it has bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import udp_flows
from monitor.evidence import Evidence
from tests.addons.flows.udp_flows.conftest import (
    HALVES,
    NAMELESS,
    QUIC,
    WHOLE,
    DatagramSensor,
    short,
)
from tests.addons.flows.wire import CLASSMATE, PORT, PUPIL, SITE, answered, datagram
from tests.addons.names import test_dtls
from tests.addons.names.quic.initials import other
from tests.addons.names.test_vpn import IKE_INIT, WIREGUARD


class TestClients:
    def test_are_kept_apart(self, sensor: DatagramSensor) -> None:
        first, second = HALVES
        sensor.take(datagram(first), datagram(second, client=CLASSMATE))
        sensor.take(datagram(second, port=PORT + 1), datagram(second, server=bytes(4)))
        assert sensor.core.sightings == []
        sensor.take(datagram(second))
        assert sensor.core.names == [QUIC]
        assert sensor.core.sightings[0].client == PUPIL


class TestFlood:
    def test_of_connections(self, sensor: DatagramSensor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(udp_flows, "MAX_FLOWS", 16)
        for port in range(200):
            sensor.take(datagram(WHOLE, port=port))
            assert len(sensor.datagrams) <= 16
        assert sensor.core.names == [QUIC] * 200

    def test_of_half_hellos(self, sensor: DatagramSensor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(udp_flows, "MAX_INCOMPLETE", 16)
        for port in range(40):
            sensor.take(datagram(HALVES[0], port=port))
            assert sensor.datagrams.incomplete <= 16
        assert sensor.core.names == [("", Evidence.HIDDEN)] * 24
        assert len(sensor.datagrams) == 16
        sensor.take(datagram(HALVES[1], port=39))
        assert sensor.core.names[-1] == QUIC

    def test_of_initials_that_nobody_can_decrypt(self, sensor: DatagramSensor) -> None:
        spoilt = WHOLE[:-1] + bytes((WHOLE[-1] ^ 1,))
        sensor.says(*[spoilt] * 100)
        assert sensor.core.names == [("", Evidence.HIDDEN)]


@given(st.data())
def test_anything_in_any_order_keeps_within_bounds(data: st.DataObject) -> None:
    sensor = DatagramSensor()
    known = [WHOLE, *HALVES, NAMELESS, short(0), other(2), WIREGUARD, IKE_INIT, test_dtls.hello()]
    ports = st.sampled_from([PORT, 443, 500, 1194, 4500])
    for _ in range(data.draw(st.integers(1, 25))):
        payload = data.draw(st.sampled_from(known) | st.binary(max_size=60))
        payload = payload[: data.draw(st.integers(0, len(payload)) | st.just(len(payload)))]
        packet = datagram(payload, port=data.draw(ports), to=data.draw(ports))
        sensor.take(answered(packet, payload) if data.draw(st.booleans()) else packet)
        if data.draw(st.booleans()):
            sensor.wait(data.draw(st.floats(-10, 400)))
    sensor.close()
    assert len(sensor.datagrams) == sensor.datagrams.incomplete == 0
    for seen in sensor.core.sightings:
        assert seen.hostname or seen.evidence is Evidence.HIDDEN
        assert seen.client in (PUPIL, SITE)
