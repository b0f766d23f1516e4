"""The passive sensor: packets of every kind in, sightings out, and no error whatever they are."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.captures.files.capture_file import CaptureFile
from addons.captures.filters.packet_filter import name_and_size_filter
from addons.flows import tcp_flows, udp_flows
from addons.flows.tracker import TICKS_BETWEEN_REPORTS
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import PSH, TCP, UDP, Packet
from addons.packets.tunnel import Tunnel
from addons.passive import SWEEP_INTERVAL, PassiveSensor
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons.flows.wire import (
    CLASSMATE,
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
    answered,
    connect,
    datagram,
    flow_namer,
    request,
    told_by_dns,
)
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.names import test_dtls
from tests.addons.names.quic.initials import HELLO, SHUFFLED, crypto, initial
from tests.addons.names.test_vpn import IKE_INIT, OPENVPN_RESET, WIREGUARD
from tests.addons.sinks import RecordingSink

TRAFFIC = Path(__file__).parents[2] / ".." / "shared" / "traffic"
INITIAL = initial(crypto(HELLO))
HALF = initial(crypto(SHUFFLED[:1_000]))


class ClockedSensor:
    """A passive sensor on a clock of its own."""

    def __init__(self, *, counts_tcp: bool = True, every_name: bool = False) -> None:
        self.core = RecordingSink()
        self.passive = PassiveSensor(
            self.core, flow_namer(), counts_tcp=counts_tcp, reports_every_name=every_name
        )
        self.now = NOON

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.passive.receive_packet(packet, self.now)

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1
            self.passive.tick(self.now)

    def close(self) -> None:
        self.passive.close(self.now)


@pytest.fixture
def sensor() -> ClockedSensor:
    return ClockedSensor()


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


class TestTime:
    def test_long_video_is_told_twice_a_minute(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()))
        for _ in range(600):
            client.hears(100_000)
            sensor.take(client.says(b"\x17", size=40))
            sensor.wait(1)
        sensor.close()
        opened, *more = sensor.core.sightings
        assert opened.opens_connection
        assert not any(sighting.opens_connection for sighting in more)
        assert 20 <= len(more) <= 21
        assert sum(sighting.down for sighting in more) == 600 * 100_000
        assert sum(sighting.up for sighting in more) == 600 * 40

    def test_sightings_have_the_moment_of_the_tick_that_tells_them(
        self, sensor: ClockedSensor
    ) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()), client.says(b"\x17"))
        sensor.wait(TICKS_BETWEEN_REPORTS)
        assert [sighting.timestamp for sighting in sensor.core.sightings] == [
            NOON,
            NOON + TICKS_BETWEEN_REPORTS,
        ]

    def test_core_goes_on_each_second(self, sensor: ClockedSensor) -> None:
        sensor.wait(5)
        assert sensor.core.ticks == 5

    def test_silent_connections_are_told_and_forgotten(self, sensor: ClockedSensor) -> None:
        sensor.take(TcpClient().says(hello()[:60]), datagram(HALF))
        sensor.wait(int(max(tcp_flows.IDLE_TIMEOUT, udp_flows.IDLE_TIMEOUT) + SWEEP_INTERVAL + 1))
        assert sensor.core.names == [("", Evidence.HIDDEN)] * 2
        sensor.close()
        assert len(sensor.core.sightings) == 2

    def test_time_that_goes_back_is_borne(self, sensor: ClockedSensor) -> None:
        sensor.wait(120)
        sensor.now -= 100_000
        sensor.take(TcpClient().says(hello()))
        sensor.wait(2)
        sensor.close()
        assert sensor.core.names == [(HOSTNAME, Evidence.SNI)]
        assert sensor.core.errors == 0

    def test_what_is_silent_is_found_also_after_time_went_back(self, sensor: ClockedSensor) -> None:
        sensor.wait(120)
        sensor.now -= 100_000
        sensor.take(TcpClient().says(hello()[:60]))
        sensor.wait(int(tcp_flows.IDLE_TIMEOUT + 2 * SWEEP_INTERVAL))
        assert sensor.core.names == [("", Evidence.HIDDEN)]

    def test_nothing_is_told_after_the_end(self, sensor: ClockedSensor) -> None:
        client = TcpClient()
        sensor.take(client.says(hello()), client.says(b"\x17", size=70))
        sensor.close()
        assert sensor.core.carried == (70, 0)
        sensor.wait(TICKS_BETWEEN_REPORTS)
        sensor.close()
        assert len(sensor.core.sightings) == 2


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


class TestErrors:
    @pytest.mark.parametrize(
        "packet", [TcpClient().says(hello()), datagram(INITIAL), told_by_dns(HOSTNAME, SITE)]
    )
    def test_are_counted_and_the_next_packet_is_taken(
        self, packet: Packet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sensor = ClockedSensor(every_name=True)
        monkeypatch.setattr(sensor.core, "receive_sighting", fails)
        sensor.take(packet)
        assert sensor.core.errors == 1
        monkeypatch.undo()
        sensor.take(TcpClient(50_200).says(hello(SCHOOL)))
        assert sensor.core.names == [(SCHOOL, Evidence.SNI)]

    @pytest.mark.parametrize("ending", ["sweep", "close"])
    def test_at_the_end_of_one_connection_do_not_keep_the_others(
        self, sensor: ClockedSensor, ending: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for port in (1, 2):
            sensor.take(TcpClient(port).says(hello()[:60]), datagram(HALF, port=port))
        see, asked = sensor.core.receive_sighting, iter((True, False, True, False))

        def fails_at_times(sighting: Sighting) -> None:
            if next(asked):
                raise RuntimeError
            see(sighting)

        monkeypatch.setattr(sensor.core, "receive_sighting", fails_at_times)
        if ending == "sweep":
            sensor.wait(int(tcp_flows.IDLE_TIMEOUT + 2 * SWEEP_INTERVAL))
        else:
            sensor.close()
        assert sensor.core.errors == 2
        assert len(sensor.core.sightings) == 2


def fails(*_: object) -> None:
    raise RuntimeError


class TestFlood:
    def test_of_everything_at_once_takes_no_more_memory_in_the_end_than_at_first(
        self, sensor: ClockedSensor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (tcp_flows, udp_flows):
            monkeypatch.setattr(module, "MAX_FLOWS", 200)
            monkeypatch.setattr(module, "MAX_INCOMPLETE", 50)
        monkeypatch.setattr(sensor.core, "receive_sighting", lambda _: None)
        flood = iter(range(100_000_000))
        used = []
        tracemalloc.start()
        try:
            for _ in range(3):
                for number in (next(flood) for _ in range(1_500)):
                    sensor.take(*of_everything(number))
                sensor.wait(30)
                used.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
        assert used[2] < 1.1 * used[1]
        assert sensor.core.errors == 0


def of_everything(number: int) -> Iterator[Packet]:
    port, client = number % 60_000, bytes((10, 3, 101, number % 200))
    for start in (hello(), hello()[:60], connect(SCHOOL), b"\x17" + bytes(60)):
        port += 1
        yield TcpClient(port, client=client, sequence=number).says(start)
    yield datagram(HALF, client=client, port=port)
    yield datagram(WIREGUARD, client=client, port=port, to=51820)


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
