"""Which names are read from datagrams, what is counted of them, and what only hides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import udp_flows
from addons.flows.udp_flows import (
    IDLE_TIMEOUT,
    NEW_CONNECTION_AFTER,
    UdpFlows,
)
from addons.names.quic import handshake
from addons.names.quic.sampling import (
    CLIENT_ONE_IN,
    FIRST_SERVER_AFTER,
    FIRST_SERVER_WEIGHT,
    MIN_CLIENT_SIZE,
    SERVER_ONE_IN,
)
from addons.packets.packet import Packet
from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.wire import (
    CLASSMATE,
    PORT,
    PUPIL,
    SITE,
    answered,
    datagram,
    reporter,
)
from tests.addons.hellos import HOSTNAME, with_extensions
from tests.addons.names import test_dtls
from tests.addons.names.quic import clients
from tests.addons.names.quic.initials import HELLO, SHUFFLED, crypto, initial, other
from tests.addons.names.test_vpn import IKE_INIT, OPENVPN_RESET, WIREGUARD
from tests.addons.sinks import RecordingSink

QUIC = (HOSTNAME, Evidence.QUIC)
WHOLE = initial(crypto(HELLO))
HALVES = [initial(crypto(SHUFFLED[:1_000])), initial(crypto(SHUFFLED[1_000:], 1_000), number=1)]
NAMELESS = initial(crypto(with_extensions((43, bytes(9)))))
SHORT_HEADER = 0x40


def short(last: int, size: int = 1_200) -> bytes:
    """Make a packet with a short header, in which the sampled byte is this."""
    return bytes((SHORT_HEADER,)) + b"\xff" * 22 + bytes((last,)) + bytes(size - 24)


class DatagramSensor:
    """Datagrams that go by, on their own time."""

    def __init__(self) -> None:
        self.core = RecordingSink()
        self._teller = reporter(self.core)
        self.datagrams = UdpFlows(self._teller)

    def take(self, *packets: Packet) -> None:
        for packet in packets:
            self.datagrams.receive_packet(packet)

    def says(self, *payloads: bytes) -> None:
        self.take(*map(datagram, payloads))

    def hears(self, *payloads: bytes) -> None:
        self.take(*(answered(datagram(b""), payload) for payload in payloads))

    def wait(self, seconds: float) -> None:
        self._teller.timestamp += seconds
        self.datagrams.forget_idle(self._teller.timestamp)

    def close(self) -> None:
        self.datagrams.close()
        self._teller.tracker.close()


@pytest.fixture
def sensor() -> DatagramSensor:
    return DatagramSensor()


class TestQuic:
    @pytest.mark.parametrize("version", [clients.VERSION_1, clients.VERSION_2])
    def test_real_client_is_told_once(self, sensor: DatagramSensor, version: int) -> None:
        sensor.says(*clients.sent(clients.client(version=version)))
        (seen,) = sensor.core.sightings
        assert (seen.client, seen.hostname, seen.evidence) == (PUPIL, *QUIC)

    @pytest.mark.parametrize("in_order", [True, False])
    def test_real_hello_over_several_datagrams(
        self, sensor: DatagramSensor, in_order: bool
    ) -> None:
        sent = clients.sent(clients.client(suites=1_200))
        assert len(sent) > 2
        sensor.says(*(sent if in_order else sent[::-1]))
        assert sensor.core.names == [QUIC]

    def test_name_is_told_when_the_second_datagram_brings_it(self, sensor: DatagramSensor) -> None:
        sensor.says(HALVES[0])
        assert sensor.core.sightings == []
        assert sensor.datagrams.incomplete == 1
        sensor.says(HALVES[1])
        assert sensor.core.names == [QUIC]
        assert sensor.datagrams.incomplete == 0

    def test_sent_again_is_the_same_connection(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, WHOLE, other(2), WHOLE)
        assert sensor.core.names == [QUIC]

    def test_without_a_name_is_hidden(self, sensor: DatagramSensor) -> None:
        sensor.says(NAMELESS)
        (seen,) = sensor.core.sightings
        assert (seen.hostname, seen.evidence, seen.hiding_method) == (
            "",
            Evidence.HIDDEN,
            HidingMethod.NAMELESS,
        )

    @pytest.mark.parametrize("ending", ["close", "silence"])
    def test_half_a_hello_is_told_as_nameless_when_it_ends(
        self, sensor: DatagramSensor, ending: str
    ) -> None:
        sensor.says(HALVES[0])
        if ending == "close":
            sensor.close()
        else:
            sensor.wait(IDLE_TIMEOUT + 1)
        assert sensor.core.names == [("", Evidence.HIDDEN)]

    def test_of_what_was_not_seen_to_begin_is_nothing(self, sensor: DatagramSensor) -> None:
        sensor.says(short(0), other(2), b"", b"x")
        sensor.hears(short(0), WHOLE)
        sensor.close()
        assert sensor.core.sightings == []
        assert len(sensor.datagrams) == 0

    def test_servers_first_answer_is_no_connection_of_its_own(self, sensor: DatagramSensor) -> None:
        """The client's first datagram was lost: its server's looks like one that begins."""
        assert handshake.may_begin_connection(WHOLE)
        sensor.hears(WHOLE)
        assert sensor.core.sightings == []

    def test_between_two_servers_there_is_a_client_too(self, sensor: DatagramSensor) -> None:
        sensor.take(datagram(WHOLE, port=443))
        assert sensor.core.names == [QUIC]

    def test_what_the_server_says_during_the_handshake_does_not_disturb(
        self, sensor: DatagramSensor
    ) -> None:
        sensor.says(HALVES[0])
        sensor.hears(other(2))
        sensor.says(HALVES[1])
        assert sensor.core.names == [QUIC]


class TestBytes:
    def test_of_both_sides_are_counted(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, other(2, size=100))
        up = len(other(2, size=100))
        sensor.hears(bytes((0xE0,)) + bytes(1_199))
        sensor.close()
        assert sensor.core.carried == (up, 1_200)

    @pytest.mark.parametrize("high_bits", [0x00, 0x20, 0xE0])
    def test_sampled_packet_stands_for_all_of_its_kind(
        self, sensor: DatagramSensor, high_bits: int
    ) -> None:
        sensor.says(WHOLE, short(high_bits, 350))
        sensor.hears(short(0), short(high_bits, 1_250))
        sensor.close()
        assert sensor.core.carried == (
            CLIENT_ONE_IN * 350,
            FIRST_SERVER_WEIGHT * 1_200 + SERVER_ONE_IN * 1_250,
        )

    def test_what_a_client_sends_is_sampled_more_often(self, sensor: DatagramSensor) -> None:
        """A photo has some hundreds of packets: one in 32 would tell little of it."""
        sensor.says(WHOLE, *(short(bits) for bits in range(256)))
        sensor.hears(*(short(bits) for bits in range(256)))
        sensor.close()
        assert sensor.core.carried == (
            256 * 1_200,
            (256 - SERVER_ONE_IN + FIRST_SERVER_WEIGHT) * 1_200,
        )
        assert CLIENT_ONE_IN < SERVER_ONE_IN

    def test_first_of_a_server_stands_for_few(self, sensor: DatagramSensor) -> None:
        """A poll has three packets or four: when one is looked at, it is not taken for 38 kB."""
        sensor.says(WHOLE)
        for _ in range(3):
            sensor.hears(*(short(bits) for bits in (0, 1, 2)))
            sensor.wait(FIRST_SERVER_AFTER + 1)
        sensor.close()
        assert sensor.core.carried == (0, 3 * FIRST_SERVER_WEIGHT * 1_200)
        assert FIRST_SERVER_WEIGHT < SERVER_ONE_IN

    def test_next_within_a_minute_stands_for_all(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE)
        for _ in range(4):
            sensor.hears(short(0))
            sensor.wait(FIRST_SERVER_AFTER)
        sensor.close()
        assert sensor.core.carried == (0, (FIRST_SERVER_WEIGHT + 3 * SERVER_ONE_IN) * 1_200)

    def test_packets_beside_the_sample_do_not_break_a_servers_silence(
        self, sensor: DatagramSensor
    ) -> None:
        """Outside a tunnel the filter does not let them through."""
        sensor.says(WHOLE)
        sensor.hears(short(0))
        sensor.wait(FIRST_SERVER_AFTER)
        sensor.hears(short(1), other(2))
        sensor.wait(1)
        sensor.hears(short(0))
        sensor.close()
        assert sensor.core.carried == (0, 2 * FIRST_SERVER_WEIGHT * 1_200 + len(other(2)))

    def test_each_connection_has_its_own_silence(self, sensor: DatagramSensor) -> None:
        for port in (PORT, PORT + 1):
            sensor.take(datagram(WHOLE, port=port))
            sensor.take(answered(datagram(b"", port=port), short(0)))
        sensor.close()
        assert sensor.core.carried == (0, 2 * FIRST_SERVER_WEIGHT * 1_200)

    def test_what_only_acknowledges_carries_nothing(self, sensor: DatagramSensor) -> None:
        """As with TCP, whose acknowledgements carry nothing either."""
        sensor.says(WHOLE, short(0, MIN_CLIENT_SIZE - 1))
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_least_that_carries_something(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, short(0, MIN_CLIENT_SIZE))
        sensor.hears(short(0, 40))
        sensor.close()
        assert sensor.core.carried == (CLIENT_ONE_IN * MIN_CLIENT_SIZE, FIRST_SERVER_WEIGHT * 40)

    def test_packets_beside_the_sample_stand_for_nothing(self, sensor: DatagramSensor) -> None:
        """The filter lets them through in a tunnel."""
        sensor.says(WHOLE, *(short(bits) for bits in range(1, CLIENT_ONE_IN)))
        sensor.hears(*(short(bits) for bits in range(1, SERVER_ONE_IN)))
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_packet_that_is_too_short_for_the_sample_stands_for_nothing(
        self, sensor: DatagramSensor
    ) -> None:
        sensor.says(WHOLE, short(0)[:23])
        sensor.close()
        assert sensor.core.carried == (0, 0)

    def test_size_on_the_wire_counts_and_not_what_the_capture_kept(
        self, sensor: DatagramSensor
    ) -> None:
        sensor.says(WHOLE)
        sensor.take(datagram(short(0)[:24], size=1_000))
        sensor.close()
        assert sensor.core.carried == (CLIENT_ONE_IN * 1_000, 0)

    @given(st.lists(st.integers(0, 255), max_size=400))
    def test_all_bits_alike_estimate_what_all_carry(self, lasts: list[int]) -> None:
        sensor = DatagramSensor()
        sensor.says(WHOLE, *(short(last, 1_000) for last in lasts))
        sensor.hears(*(short(last, 1_000) for last in lasts))
        sensor.close()
        up = sum(not last % CLIENT_ONE_IN for last in lasts) * CLIENT_ONE_IN
        heard = sum(not last % SERVER_ONE_IN for last in lasts)
        down = FIRST_SERVER_WEIGHT + (heard - 1) * SERVER_ONE_IN if heard else 0
        assert sensor.core.carried == (up * 1_000, down * 1_000)

    def test_of_no_platform_are_nobodys_business(self, sensor: DatagramSensor) -> None:
        (first,) = clients.sent(clients.client("www.voorbeeldschool.nl"))
        sensor.says(first, short(0))
        sensor.hears(short(0))
        sensor.close()
        assert [sighting.down for sighting in sensor.core.sightings] == [0]


class TestAnew:
    def test_initial_after_silence_is_another_connection(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, short(0, 300))
        sensor.wait(NEW_CONNECTION_AFTER + 1)
        sensor.says(initial(crypto(HELLO), connection=b"anotherone"))
        assert sensor.core.names == [QUIC, QUIC]
        assert sensor.core.carried == (CLIENT_ONE_IN * 300, 0)

    def test_initial_before_that_is_the_same_one(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE)
        sensor.wait(NEW_CONNECTION_AFTER)
        sensor.says(WHOLE)
        assert sensor.core.names == [QUIC]

    def test_what_is_no_initial_goes_on_after_silence(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE)
        sensor.wait(NEW_CONNECTION_AFTER + 1)
        sensor.says(short(0, 300))
        sensor.close()
        assert sensor.core.names == [QUIC]
        assert sensor.core.carried == (CLIENT_ONE_IN * 300, 0)

    def test_silence_ends_it(self, sensor: DatagramSensor) -> None:
        sensor.says(WHOLE, short(0, 300))
        sensor.wait(IDLE_TIMEOUT)
        assert len(sensor.datagrams) == 1
        sensor.wait(1)
        assert len(sensor.datagrams) == 0
        assert sensor.core.carried == (CLIENT_ONE_IN * 300, 0)

    def test_a_server_that_is_heard_is_no_silence(self, sensor: DatagramSensor) -> None:
        """Of a film's client nothing may be seen for minutes: it only acknowledges."""
        sensor.says(WHOLE)
        for _ in range(3):
            sensor.wait(IDLE_TIMEOUT)
            sensor.hears(short(0, 1_000))
        assert len(sensor.datagrams) == 1
        sensor.close()
        assert sensor.core.carried == (0, 3 * FIRST_SERVER_WEIGHT * 1_000)


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
