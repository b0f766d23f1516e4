"""Packets of every kind in any order, and real captures, are taken without an error."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.captures.files.capture_file import CaptureFile
from addons.captures.filters.packet_filter import name_and_size_filter
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.tunnel import Tunnel
from monitor.evidence import Evidence
from tests.addons.flows.wire import (
    CLASSMATE,
    DNS,
    PUPIL,
    RESOLVER,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    answer,
    answered,
    connect,
    request,
)
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.names import test_dtls
from tests.addons.names.test_vpn import IKE_INIT, OPENVPN_RESET, WIREGUARD
from tests.addons.passive.conftest import HALF, INITIAL, TRAFFIC, ClockedSensor

KNOWN = (
    *(hello(), hello(None), hello()[:60], hello()[60:], connect(SCHOOL), request(HOSTNAME)),
    *(INITIAL, HALF, WIREGUARD, IKE_INIT, OPENVPN_RESET, test_dtls.hello(), b"\x40" * 60),
    *(answer(HOSTNAME, SITE), answer(WEBLOG, SITE, through=WEBLOG_HOST)),
)
PORTS = st.sampled_from([DNS, 80, 443, 500, 853, 1194, 3128, 50_000, 50_001])
ADDRESSES = st.sampled_from([PUPIL, CLASSMATE, SITE, RESOLVER, bytes(16), bytes((8, 8, 8, 8))])
NUMBERS = st.sampled_from([0, 60, 1_000, 2**31, 2**32 - 20]) | st.integers(0, 2**32 - 1)


@st.composite
def packets(draw: st.DrawFn) -> Packet:
    payload = draw(st.sampled_from(KNOWN) | st.binary(max_size=80))
    at, end = draw(st.sampled_from([(0, None), (0, -1), (1, None), (0, 3)]))
    payload = payload[at:end]
    packet = Packet(
        draw(st.sampled_from([TCP, UDP])),
        draw(ADDRESSES),
        draw(PORTS),
        draw(ADDRESSES),
        draw(PORTS),
        payload,
        len(payload) + draw(st.sampled_from([0, 0, 1, 60_000])),
        draw(st.integers(0, 255)),
        draw(NUMBERS),
        draw(NUMBERS),
    )
    return answered(packet, payload) if draw(st.booleans()) else packet


@given(
    st.lists(st.tuples(packets(), st.floats(-100, 2_000)), max_size=30),
    st.booleans(),
    st.booleans(),
)
def test_any_packets_in_any_order_at_any_time_are_taken_without_an_error(
    sent: list[tuple[Packet, float]], counts_tcp: bool, every_name: bool
) -> None:
    sensor = ClockedSensor(counts_tcp=counts_tcp, every_name=every_name)
    for packet, later in sent:
        sensor.now += later
        sensor.take(packet)
        sensor.passive.tick(sensor.now)
    sensor.close()
    assert sensor.core.errors == 0
    for seen in sensor.core.sightings:
        assert seen.hostname or seen.evidence is Evidence.HIDDEN
        assert min(seen.up, seen.down) >= 0


@pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)
def test_real_captures_are_taken_without_an_error() -> None:
    names = 0
    for path in sorted((TRAFFIC / "captures").iterdir()):
        sensor = ClockedSensor(every_name=True)
        play(path, sensor)
        sensor.close()
        assert sensor.core.errors == 0, path.name
        names += len(sensor.core.names)
    assert names > 6_000


def play(path: Path, sensor: ClockedSensor) -> None:
    tunnels = tuple(Tunnel)
    with CaptureFile(path, lambda link_type: name_and_size_filter(link_type, tunnels)) as capture:
        frames = FrameParser(capture.link_type, tunnels)
        for moment, content, _ in capture:
            packet = frames.parse_frame(content, moment)
            if packet is not None:
                sensor.now = moment
                sensor.take(packet)
