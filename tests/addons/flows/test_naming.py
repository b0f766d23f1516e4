"""What a name is worth beside what DNS said: aliases, addresses, pretences, and what hides."""

import pytest

from addons.flows.dns_memory import MIN_ANSWERS, SETTLING_TIME
from addons.flows.naming import FlowKey, FlowName, FlowNamer
from addons.names import dns
from addons.names.dns import DnsAnswer
from addons.names.parse_result import NO_NAME, ParseResult, ParseStatus
from addons.packets.ports import DNS_OVER_TLS
from monitor.evidence import Evidence, HidingMethod
from tests.addons.flows.wire import (
    CLASSMATE,
    HTTPS,
    NOON,
    OTHER_SITE,
    PORT,
    PUPIL,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    answer,
    flow_namer,
)
from tests.addons.hellos import HOSTNAME

FACEBOOK = "www.facebook.com"
OUTER = "cloudflare-ech.com"
DOH, DOH_ADDRESS = "dns.google", bytes((8, 8, 8, 8))
RELAY = "mask.icloud.com"
VPN_ADDRESS = bytes((162, 159, 192, 1))
"""Of Cloudflare WARP."""


class Network:
    """One client, and what DNS told it and others."""

    def __init__(self) -> None:
        self.naming: FlowNamer = flow_namer()
        self.now = NOON

    def told(self, asked: str, *addresses: bytes, through: str = "", client: bytes = PUPIL) -> None:
        said = dns.parse_answer(answer(asked, *addresses, through=through, ttl=3_600))
        assert said is not None
        self.naming.dns_memory.learn_answer(client, said, self.now)

    def settle(self, client: bytes = PUPIL) -> None:
        """Have DNS tell so much that more would have been seen."""
        for number in range(MIN_ANSWERS + 1):
            self.told(f"www{number}.voorbeeldschool.nl", OTHER_SITE, client=client)
            self.now += SETTLING_TIME / MIN_ANSWERS

    def name(
        self,
        hostname: str = "",
        server: bytes = SITE,
        *,
        port: int = HTTPS,
        by: Evidence = Evidence.SNI,
        client: bytes = PUPIL,
        is_asked: bool = False,
    ) -> FlowName:
        ends: FlowKey = (client, PORT, server, port)
        read = ParseResult(ParseStatus.NAME, hostname) if hostname else NO_NAME
        return self.naming.name_flow(ends, read, by, self.now, client, is_proxied=is_asked)


@pytest.fixture
def network() -> Network:
    return Network()


class TestName:
    @pytest.mark.parametrize("by", [Evidence.SNI, Evidence.QUIC, Evidence.HTTP])
    def test_of_a_platform_is_followed(self, network: Network, by: Evidence) -> None:
        named = network.name(HOSTNAME, by=by)
        assert named == FlowName(HOSTNAME, by, is_tracked=True)
        assert named.is_tracked

    def test_of_no_platform_is_not_followed(self, network: Network) -> None:
        named = network.name(SCHOOL)
        assert named == FlowName(SCHOOL, Evidence.SNI)
        assert not named.is_tracked

    def test_that_looks_like_a_platforms_is_not_followed(self, network: Network) -> None:
        for lookalike in ("netflix.com", "alicdn.com", "notinstagram.com"):
            assert not network.name(lookalike).is_tracked


class TestAlias:
    def test_weblog_on_its_own_domain_is_known_by_where_it_points(self, network: Network) -> None:
        network.told(WEBLOG, SITE, through=WEBLOG_HOST)
        named = network.name(WEBLOG)
        assert named == FlowName(WEBLOG, Evidence.SNI, WEBLOG_HOST, is_tracked=True)
        assert named.is_tracked

    def test_what_points_nowhere_in_particular_is_not_followed(self, network: Network) -> None:
        network.told(SCHOOL, SITE, through="cdn.voorbeeld.example")
        assert network.name(SCHOOL) == FlowName(SCHOOL, Evidence.SNI)

    def test_of_a_connection_that_shows_no_name(self, network: Network) -> None:
        network.told(WEBLOG, SITE, through=WEBLOG_HOST)
        assert network.name() == FlowName(WEBLOG, Evidence.ADDRESS, WEBLOG_HOST, is_tracked=True)


class TestAddress:
    def test_gives_a_nameless_connection_its_name(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        named = network.name()
        assert named == FlowName(HOSTNAME, Evidence.ADDRESS, is_tracked=True)
        assert named.is_tracked

    def test_gives_the_name_behind_an_outer_one(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        assert network.name(OUTER) == FlowName(HOSTNAME, Evidence.ADDRESS, is_tracked=True)

    def test_of_two_platforms_hides(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        network.told(FACEBOOK, SITE)
        assert network.name() == FlowName("", Evidence.HIDDEN, hiding_method=HidingMethod.NAMELESS)
        assert not network.name().is_tracked

    def test_of_a_platform_and_something_else_hides(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        network.told(SCHOOL, SITE)
        assert network.name().evidence is Evidence.HIDDEN

    def test_that_dns_never_gave_hides(self, network: Network) -> None:
        network.told(HOSTNAME, OTHER_SITE)
        assert network.name() == FlowName("", Evidence.HIDDEN, hiding_method=HidingMethod.NAMELESS)

    def test_does_not_change_a_name_that_is_shown(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        assert network.name(SCHOOL) == FlowName(SCHOOL, Evidence.SNI)


class TestEncryptedHello:
    def test_with_an_outer_name_on_the_list(self, network: Network) -> None:
        named = network.name(OUTER)
        assert named == FlowName(OUTER, Evidence.HIDDEN, hiding_method=HidingMethod.ENCRYPTED_HELLO)
        assert not named.is_tracked

    def test_with_an_outer_name_that_dns_told_of(self, network: Network) -> None:
        outer = "outer.voorbeeld.example"
        network.naming.dns_memory.learn_answer(
            PUPIL, DnsAnswer(SCHOOL, (), (), (outer,)), network.now
        )
        assert network.name(outer).hiding_method is HidingMethod.ENCRYPTED_HELLO


class TestPretence:
    def test_is_a_platforms_name_at_an_address_that_dns_never_gave(self, network: Network) -> None:
        network.settle()
        named = network.name(HOSTNAME)
        assert named == FlowName(HOSTNAME, Evidence.HIDDEN, hiding_method=HidingMethod.SPOOFED)
        assert not named.is_tracked

    def test_is_not_what_dns_gave(self, network: Network) -> None:
        network.told(HOSTNAME, SITE)
        network.settle()
        assert network.name(HOSTNAME) == FlowName(HOSTNAME, Evidence.SNI, is_tracked=True)

    def test_is_not_looked_for_where_the_clients_dns_is_not_seen(self, network: Network) -> None:
        network.settle(CLASSMATE)
        assert network.name(HOSTNAME) == FlowName(HOSTNAME, Evidence.SNI, is_tracked=True)

    def test_is_not_looked_for_behind_a_proxy(self, network: Network) -> None:
        network.settle()
        assert network.name(HOSTNAME, is_asked=True) == FlowName(
            HOSTNAME, Evidence.SNI, is_tracked=True
        )

    @pytest.mark.parametrize(
        ("hostname", "server", "port"),
        [
            ("", SITE, DNS_OVER_TLS),
            ("", DOH_ADDRESS, HTTPS),
            (DOH, SITE, HTTPS),
            ("dot.voorbeeldschool.nl", SITE, DNS_OVER_TLS),
            (RELAY, SITE, HTTPS),
        ],
        ids=["port 853", "address", "hostname", "unknown name at port 853", "relay"],
    )
    def test_is_not_looked_for_in_who_asks_dns_elsewhere(
        self, network: Network, hostname: str, server: bytes, port: int
    ) -> None:
        network.settle()
        network.name(hostname, server, port=port)
        assert network.name(HOSTNAME) == FlowName(HOSTNAME, Evidence.SNI, is_tracked=True)

    def test_is_looked_for_all_the_same_when_a_classmate_asks_elsewhere(
        self, network: Network
    ) -> None:
        network.settle()
        network.name(DOH, client=CLASSMATE)
        assert network.name(HOSTNAME).hiding_method is HidingMethod.SPOOFED

    def test_is_looked_for_in_who_asks_for_something_else(self, network: Network) -> None:
        network.settle()
        network.name(SCHOOL)
        network.name("", bytes((192, 0, 2, 99)))
        assert network.name(HOSTNAME).hiding_method is HidingMethod.SPOOFED


class TestHidden:
    @pytest.mark.parametrize(
        ("server", "port", "hidden"),
        [
            (SITE, HTTPS, HidingMethod.NAMELESS),
            (SITE, DNS_OVER_TLS, HidingMethod.RESOLVER),
            (DOH_ADDRESS, HTTPS, HidingMethod.RESOLVER),
            (VPN_ADDRESS, HTTPS, HidingMethod.VPN),
        ],
        ids=["no name", "port 853", "a resolver's address", "a VPN's address"],
    )
    def test_way_is_told_by_port_and_address(
        self, network: Network, server: bytes, port: int, hidden: HidingMethod
    ) -> None:
        named = network.name("", server, port=port)
        assert named == FlowName("", Evidence.HIDDEN, hiding_method=hidden)

    def test_resolver_with_a_name_is_a_name(self, network: Network) -> None:
        assert network.name(DOH) == FlowName(DOH, Evidence.SNI)
