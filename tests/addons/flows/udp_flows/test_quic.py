"""A name is read from QUIC's first packets, and anew when a connection begins again."""

import pytest

from addons.flows.udp_flows import IDLE_TIMEOUT, NEW_CONNECTION_AFTER
from addons.names.quic import handshake
from addons.names.quic.sampling import CLIENT_ONE_IN, FIRST_SERVER_WEIGHT
from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.udp_flows.conftest import (
    HALVES,
    NAMELESS,
    QUIC,
    WHOLE,
    DatagramSensor,
    short,
)
from tests.addons.flows.wire import PUPIL, datagram
from tests.addons.names.quic import clients
from tests.addons.names.quic.initials import HELLO, crypto, initial, other


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
