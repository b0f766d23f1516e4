"""What the core is told of names, by whom connections over TCP are counted."""

import pytest

from addons.flows.naming import FlowKey
from addons.names.parse_result import NO_NAME, ParseResult, ParseStatus
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons.flows.wire import (
    CLASSMATE,
    DNS,
    HTTPS,
    NOON,
    PORT,
    PUPIL,
    RESOLVER,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    answer,
    answered,
    datagram,
    reporter,
)
from tests.addons.hellos import HOSTNAME
from tests.addons.sinks import RecordingSink

ENDS: FlowKey = (PUPIL, PORT, SITE, HTTPS)
TO_PUPIL = answered(datagram(b"", server=RESOLVER, to=DNS), b"")
PHONE, LAPTOP = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")


def named(hostname: str) -> ParseResult:
    return ParseResult(ParseStatus.NAME, hostname)


@pytest.fixture
def core() -> RecordingSink:
    return RecordingSink()


def test_platforms_connection_is_told_and_its_bytes_are_counted(core: RecordingSink) -> None:
    telling = reporter(core)
    tally = telling.report_flow(ENDS, named(HOSTNAME), Evidence.SNI, is_tcp=True)
    assert core.sightings == [Sighting(NOON, PUPIL, HOSTNAME, Evidence.SNI)]
    assert tally is not None
    telling.timestamp += 5
    tally.add_bytes(10, 2_000)
    tally.finish()
    assert core.sightings[1:] == [
        Sighting(NOON + 5, PUPIL, HOSTNAME, Evidence.SNI, 10, 2_000, opens_connection=False)
    ]


def test_another_connection_is_told_and_its_bytes_are_nobodys_business(core: RecordingSink) -> None:
    assert reporter(core).report_flow(ENDS, named(SCHOOL), Evidence.QUIC, is_tcp=False) is None
    assert core.sightings == [Sighting(NOON, PUPIL, SCHOOL, Evidence.QUIC)]


class TestWhoWasTold:
    """The sink says whose answers are whose: by default, of the device that the frames name."""

    def name_after_answer(
        self, core: RecordingSink, told: bytes, hardware: bytes, client: bytes = PUPIL
    ) -> Evidence | None:
        telling = reporter(core)
        telling.learn_dns_answer(TO_PUPIL._replace(hardware=told), answer(HOSTNAME, SITE))
        ends = (client, PORT, SITE, HTTPS)
        telling.report_flow(ends, NO_NAME, Evidence.SNI, hardware, is_tcp=True)
        return core.sightings[-1].evidence

    def test_is_who_asks(self, core: RecordingSink) -> None:
        assert self.name_after_answer(core, PHONE, PHONE) is Evidence.ADDRESS

    def test_is_the_device_by_whichever_of_its_addresses(self, core: RecordingSink) -> None:
        assert self.name_after_answer(core, PHONE, PHONE, CLASSMATE) is Evidence.ADDRESS

    def test_is_not_who_has_its_address_next(self, core: RecordingSink) -> None:
        assert self.name_after_answer(core, PHONE, LAPTOP) is Evidence.HIDDEN

    def test_is_nobody_when_the_sink_names_nobody(self, core: RecordingSink) -> None:
        core.is_dns_unnamed = True
        assert self.name_after_answer(core, PHONE, PHONE) is Evidence.HIDDEN


def test_alias_goes_with_every_sighting(core: RecordingSink) -> None:
    telling = reporter(core)
    telling.learn_dns_answer(TO_PUPIL, answer(WEBLOG, SITE, through=WEBLOG_HOST))
    tally = telling.report_flow(ENDS, named(WEBLOG), Evidence.SNI, is_tcp=True)
    assert tally is not None
    tally.add_bytes(5)
    tally.finish()
    assert [sighting.cname for sighting in core.sightings] == [WEBLOG_HOST, WEBLOG_HOST]


def test_way_of_hiding_goes_with_a_connection_that_hides(core: RecordingSink) -> None:
    assert reporter(core).report_flow(ENDS, NO_NAME, Evidence.SNI, is_tcp=True) is None
    assert core.sightings == [
        Sighting(NOON, PUPIL, "", Evidence.HIDDEN, hiding_method=HidingMethod.NAMELESS)
    ]


def test_what_hides_others_is_told(core: RecordingSink) -> None:
    reporter(core).report_hidden(ENDS, HidingMethod.VPN)
    assert core.sightings == [
        Sighting(NOON, PUPIL, "", Evidence.HIDDEN, hiding_method=HidingMethod.VPN)
    ]


class TestBesideAGateway:
    """A gateway reads names over TCP itself; only what DNS alone gave is the sensor's."""

    @pytest.mark.parametrize("read", [named(HOSTNAME), named(SCHOOL), NO_NAME])
    def test_tcp_that_the_gateway_reads_is_not_told(
        self, core: RecordingSink, read: ParseResult
    ) -> None:
        telling = reporter(core, counts_tcp=False)
        assert telling.report_flow(ENDS, read, Evidence.SNI, is_tcp=True) is None
        assert core.sightings == []

    def test_alias_is_told(self, core: RecordingSink) -> None:
        telling = reporter(core, counts_tcp=False)
        telling.learn_dns_answer(TO_PUPIL, answer(WEBLOG, SITE, through=WEBLOG_HOST))
        assert telling.report_flow(ENDS, named(WEBLOG), Evidence.SNI, is_tcp=True) is not None
        assert [(sighting.hostname, sighting.cname) for sighting in core.sightings] == [
            (WEBLOG, WEBLOG_HOST)
        ]

    def test_address_is_told(self, core: RecordingSink) -> None:
        telling = reporter(core, counts_tcp=False)
        telling.learn_dns_answer(TO_PUPIL, answer(HOSTNAME, SITE))
        assert telling.report_flow(ENDS, NO_NAME, Evidence.SNI, is_tcp=True) is not None
        assert core.names == [(HOSTNAME, Evidence.ADDRESS)]

    @pytest.mark.parametrize("read", [named(HOSTNAME), named(SCHOOL), NO_NAME])
    def test_quic_is_told(self, core: RecordingSink, read: ParseResult) -> None:
        reporter(core, counts_tcp=False).report_flow(ENDS, read, Evidence.QUIC, is_tcp=False)
        assert len(core.sightings) == 1


class TestEveryName:
    def test_of_dns_and_of_a_proxy_is_told_where_it_is_wanted(self, core: RecordingSink) -> None:
        telling = reporter(core, every_name=True)
        telling.learn_dns_answer(TO_PUPIL, answer(WEBLOG, SITE, through=WEBLOG_HOST))
        telling.report_mention(PUPIL, SCHOOL, Evidence.HTTP)
        assert core.names == [
            (WEBLOG, Evidence.DNS),
            (WEBLOG_HOST, Evidence.DNS),
            (SCHOOL, Evidence.HTTP),
        ]

    def test_is_not_told_to_a_core(self, core: RecordingSink) -> None:
        telling = reporter(core)
        telling.learn_dns_answer(TO_PUPIL, answer(WEBLOG, SITE, through=WEBLOG_HOST))
        telling.report_mention(PUPIL, SCHOOL, Evidence.HTTP)
        assert core.sightings == []

    def test_answer_that_is_none_is_passed_over(self, core: RecordingSink) -> None:
        telling = reporter(core, every_name=True)
        for message in (b"", b"rubbish", answer(HOSTNAME, SITE)[:10]):
            telling.learn_dns_answer(TO_PUPIL, message)
        assert core.sightings == []
