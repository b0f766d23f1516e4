"""What is remembered of DNS answers, for how long, and what is never guessed from them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import dns_memory as lookups
from addons.flows.dns_memory import (
    MAX_LIFETIME,
    MIN_ANSWERS,
    MIN_LIFETIME,
    PLATFORM_LIFETIME,
    SETTLING_TIME,
    DnsMemory,
)
from addons.names.dns import DnsAnswer
from monitor import catalogue
from tests.addons.names.test_dns_captured import TRAFFIC, CapturedUdpPacket, packets, rows

NOON = 1_790_000_000.0
ANNA, BRAM = ip_address("10.1.0.1").packed, ip_address("10.1.0.2").packed
SERVER, OTHER_SERVER = ip_address("192.0.2.7").packed, ip_address("192.0.2.8").packed
ELSEWHERE = ip_address("203.0.113.9").packed
SIX = ip_address("2001:db8::7").packed

INSTAGRAM, FACEBOOK = "www.instagram.com", "www.facebook.com"
PICTURES = "scontent.cdninstagram.com"
SCHOOL = "www.voorbeeldschool.nl"
WEBLOG, HOST = "www.mijnblog.nl", "lb.wordpress.com"

OURS = catalogue.load_catalogue()


def platform_of(hostname: str) -> str | None:
    match = OURS.recognise(hostname)
    return match.platform if match else None


def platform_of_alias(hostname: str) -> str | None:
    match = OURS.recognise_cname(hostname)
    return match.platform if match else None


@pytest.fixture
def memory() -> DnsMemory:
    return DnsMemory(platform_of, platform_of_alias)


def answer(asked: str, *addresses: bytes, ttl: int = 60, chain: tuple[str, ...] = ()) -> DnsAnswer:
    return DnsAnswer(asked, chain, tuple((address, ttl) for address in addresses), ())


class TestConnectionWithoutAName:
    def test_takes_the_name_that_dns_gave_for_its_address(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, OTHER_SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == INSTAGRAM
        assert memory.find_hostname(ANNA, OTHER_SERVER, NOON + 1) == INSTAGRAM
        assert memory.find_hostname(ANNA, ELSEWHERE, NOON + 1) == ""

    def test_takes_the_latest_of_one_platforms_names(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        memory.learn_answer(ANNA, answer(PICTURES, SERVER), NOON + 1)
        assert memory.find_hostname(ANNA, SERVER, NOON + 2) == PICTURES
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON + 3)
        assert memory.find_hostname(ANNA, SERVER, NOON + 4) == INSTAGRAM

    @pytest.mark.parametrize("other", [FACEBOOK, SCHOOL])
    def test_address_of_two_things_is_not_guessed(self, memory: DnsMemory, other: str) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        memory.learn_answer(ANNA, answer(other, SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == ""

    def test_name_of_no_platform_is_not_told(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(SCHOOL, SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == ""

    def test_weblog_is_known_by_where_it_points(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(WEBLOG, SERVER, chain=(HOST,)), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == WEBLOG

    def test_address_of_two_things_is_clear_to_a_client_that_was_told_of_one(
        self, memory: DnsMemory
    ) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        memory.learn_answer(BRAM, answer(SCHOOL, SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == INSTAGRAM
        assert memory.find_hostname(BRAM, SERVER, NOON + 1) == ""

    def test_translated_address_is_the_one_that_it_translates(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        for prefix in ("64:ff9b::192.0.2.7", "::ffff:192.0.2.7"):
            assert memory.find_hostname(ANNA, ip_address(prefix).packed, NOON + 1) == INSTAGRAM


class TestTime:
    @pytest.mark.parametrize(
        ("ttl", "kept"),
        [(0, MIN_LIFETIME), (20, MIN_LIFETIME), (1_800, 1_800), (86_400, MAX_LIFETIME)],
    )
    def test_answer_is_kept_for_its_time_within_bounds(
        self, memory: DnsMemory, ttl: int, kept: float
    ) -> None:
        memory.learn_answer(ANNA, answer(WEBLOG, SERVER, ttl=ttl, chain=(HOST,)), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + kept) == WEBLOG
        assert memory.find_cname(ANNA, WEBLOG, NOON + kept) == HOST
        assert memory.find_hostname(ANNA, SERVER, NOON + kept + 1) == ""
        assert memory.find_cname(ANNA, WEBLOG, NOON + kept + 1) == ""

    def test_later_answer_does_not_shorten_an_earlier_one(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=3_000), NOON)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=1), NOON + 10)
        memory.learn_answer(ANNA, answer(INSTAGRAM, OTHER_SERVER, ttl=1), NOON + 20)
        assert memory.find_hostname(ANNA, SERVER, NOON + 2_000) == INSTAGRAM

    def test_other_name_of_an_address_counts_until_it_is_over(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(SCHOOL, SERVER), NOON)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=1_800), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + MIN_LIFETIME) == ""
        assert memory.find_hostname(ANNA, SERVER, NOON + MIN_LIFETIME + 1) == INSTAGRAM


class TestAlias:
    def test_target_that_the_catalogue_knows(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(WEBLOG, SERVER, chain=("cdn.mijnblog.nl", HOST)), NOON)
        assert memory.find_cname(ANNA, WEBLOG, NOON + 1) == HOST
        assert memory.find_cname(ANNA, WEBLOG.upper() + ".", NOON + 1) == HOST

    def test_name_that_points_nowhere_that_is_known(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(SCHOOL, SERVER, chain=("cdn.voorbeeldschool.nl",)), NOON)
        assert memory.find_cname(ANNA, SCHOOL, NOON + 1) == ""
        assert memory.find_cname(ANNA, "never.asked.nl", NOON + 1) == ""

    def test_weblog_that_moved_away(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(WEBLOG, SERVER, chain=(HOST,)), NOON)
        memory.learn_answer(ANNA, answer(WEBLOG, OTHER_SERVER), NOON + 1)
        assert memory.find_cname(ANNA, WEBLOG, NOON + 2) == ""
        assert memory.find_hostname(ANNA, OTHER_SERVER, NOON + 2) == ""


def settled(memory: DnsMemory, client: bytes, answers: int = MIN_ANSWERS) -> float:
    """Let a client be told of the school's addresses for a while; returns the moment after it."""
    for number in range(answers):
        when = NOON + SETTLING_TIME * number / max(answers - 1, 1)
        memory.learn_answer(client, answer(f"{number}.voorbeeldschool.nl", OTHER_SERVER), when)
    return NOON + SETTLING_TIME


class TestPretence:
    def test_platforms_name_at_an_address_that_dns_never_gave(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)
        assert memory.is_spoofed(ANNA, INSTAGRAM.upper(), ip_address("fd00::1").packed, now)

    def test_no_test_where_the_clients_dns_is_not_seen(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(BRAM, INSTAGRAM, ELSEWHERE, now)

    def test_no_test_before_older_answers_must_be_over(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now - 1)

    def test_no_test_after_few_answers(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA, MIN_ANSWERS - 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)

    def test_no_test_after_a_silence(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + SETTLING_TIME)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + SETTLING_TIME + 1)

    def test_address_may_be_anothers_after_an_hour_of_silence(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA) + MAX_LIFETIME + 1
        memory.learn_answer(ANNA, answer(SCHOOL, OTHER_SERVER), now)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + 1)

    def test_no_test_for_a_client_that_asks_elsewhere_too(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        memory.mark_resolver_hidden(ANNA, now)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), now + 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + 2)

    def test_client_that_was_told_this_very_name(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + 1)
        assert not memory.is_spoofed(ANNA, FACEBOOK, ELSEWHERE, NOON + 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + MIN_LIFETIME + 1)

    def test_ipv4_answer_says_nothing_of_an_ipv6_address(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SIX, NOON + 1)
        memory.learn_answer(ANNA, answer(INSTAGRAM, ip_address("2001:db8::8").packed), NOON)
        assert memory.is_spoofed(ANNA, INSTAGRAM, SIX, NOON + 1)

    def test_answer_without_an_address_says_nothing(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, chain=("z-p42.instagram.com",)), NOON)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + 1)

    @pytest.mark.parametrize("told", [INSTAGRAM, PICTURES, FACEBOOK])
    def test_address_that_it_was_told_for_any_platform_is_no_pretence(
        self, memory: DnsMemory, told: str
    ) -> None:
        now = settled(memory, ANNA)
        memory.learn_answer(ANNA, answer(told, SERVER), now)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SERVER, now)

    def test_address_is_a_platforms_long_after_its_answer(self, memory: DnsMemory) -> None:
        told_at = NOON - PLATFORM_LIFETIME + SETTLING_TIME
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=1), told_at)
        for hours in (1, 2, 3):
            memory.learn_answer(ANNA, answer(SCHOOL, OTHER_SERVER), told_at + hours * MAX_LIFETIME)
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SERVER, now)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)

    def test_only_platforms_names_are_tested(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, SCHOOL, ELSEWHERE, now)


class TestOuterNames:
    def test_learned_from_service_bindings(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, DnsAnswer(SCHOOL, (), (), ("cloudflare-ech.com",)), NOON)
        assert memory.is_ech_outer_name(ANNA, "Cloudflare-ECH.com.", NOON + 1)
        assert not memory.is_ech_outer_name(ANNA, SCHOOL, NOON + 1)

    def test_nobody_can_have_a_platforms_name_taken_for_one(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, DnsAnswer("stiekem.nl", (), (), (INSTAGRAM,)), NOON)
        assert not memory.is_ech_outer_name(ANNA, INSTAGRAM, NOON + 1)


class TestWhatOthersWereTold:
    """It decides nothing: else one device's answers would move what is counted of others."""

    def test_gives_a_nameless_connection_no_name(self, memory: DnsMemory) -> None:
        memory.learn_answer(BRAM, answer(INSTAGRAM, SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == ""

    def test_says_not_where_a_name_points(self, memory: DnsMemory) -> None:
        memory.learn_answer(BRAM, answer(WEBLOG, SERVER, chain=(HOST,)), NOON)
        assert memory.find_cname(ANNA, WEBLOG, NOON + 1) == ""

    def test_takes_no_name_away(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(WEBLOG, SERVER, chain=(HOST,)), NOON)
        memory.learn_answer(BRAM, answer(WEBLOG, SERVER), NOON + 1)
        assert memory.find_cname(ANNA, WEBLOG, NOON + 2) == HOST

    def test_does_not_excuse_a_pretence(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        memory.learn_answer(BRAM, answer(INSTAGRAM, SERVER), now)
        assert memory.is_spoofed(ANNA, INSTAGRAM, SERVER, now)

    def test_makes_no_outer_name(self, memory: DnsMemory) -> None:
        memory.learn_answer(BRAM, DnsAnswer(SCHOOL, (), (), ("cloudflare-ech.com",)), NOON)
        assert not memory.is_ech_outer_name(ANNA, "cloudflare-ech.com", NOON + 1)

    def test_pushes_out_nothing_however_much_it_is(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=3_000), NOON)
        for number in range(20_000):
            memory.learn_answer(BRAM, answer(f"{number}.instagram.com", SERVER, ttl=3_000), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == INSTAGRAM

    @pytest.mark.parametrize("before", [0.0, MAX_LIFETIME / 2, MAX_LIFETIME])
    def test_does_not_set_the_clock_of_what_is_forgotten(
        self, memory: DnsMemory, before: float
    ) -> None:
        memory.learn_answer(BRAM, answer(SCHOOL, OTHER_SERVER), NOON - before)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=86_400), NOON)
        for later, is_known in ((MAX_LIFETIME, True), (MAX_LIFETIME + 1, False)):
            memory.learn_answer(BRAM, answer(SCHOOL, OTHER_SERVER), NOON + later)
            assert bool(memory.find_hostname(ANNA, SERVER, NOON + later)) is is_known


class TestBounds:
    def test_clients_that_were_told_longest_ago_go_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lookups, "MAX_CLIENTS", 8)
        memory = DnsMemory(platform_of, platform_of_alias)
        for number in range(20):
            told = answer(INSTAGRAM, SERVER, ttl=3_000)
            memory.learn_answer(bytes([10, 1, 0, number]), told, NOON + number)
        remembered = [
            bool(memory.find_hostname(bytes([10, 1, 0, number]), SERVER, NOON + 30))
            for number in range(20)
        ]
        assert remembered == sorted(remembered)
        assert 4 <= sum(remembered) <= 8

    @pytest.mark.parametrize("bound", ["MAX_ADDRESSES_PER_CLIENT", "MAX_PLATFORM_NAMES_PER_CLIENT"])
    def test_what_a_client_was_told_longest_ago_goes_first(
        self, bound: str, memory: DnsMemory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lookups, bound, 8)
        servers = [bytes([192, 0, 2, number]) for number in range(20)]
        for number, server in enumerate(servers):
            told = answer(f"{number}.instagram.com", server, ttl=3_000)
            memory.learn_answer(ANNA, told, NOON + number)
        remembered = [bool(memory.find_hostname(ANNA, server, NOON + 30)) for server in servers]
        assert remembered == [False] * 12 + [True] * 8

    def test_names_that_are_over_make_room_first(
        self, memory: DnsMemory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lookups, "MAX_PLATFORM_NAMES_PER_CLIENT", 2)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=3_000), NOON)
        memory.learn_answer(ANNA, answer(PICTURES, OTHER_SERVER, ttl=1), NOON)
        memory.learn_answer(ANNA, answer(FACEBOOK, ELSEWHERE), NOON + MIN_LIFETIME + 1)
        assert memory.find_hostname(ANNA, SERVER, NOON + MIN_LIFETIME + 2) == INSTAGRAM

    def test_names_of_an_address_and_of_a_client(self, memory: DnsMemory) -> None:
        for number in range(60):
            memory.learn_answer(ANNA, answer(f"{number}.instagram.com", SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == "59.instagram.com"
        for number in range(500):
            memory.learn_answer(ANNA, answer(f"{number}.instagram.com", SERVER), NOON)
        assert memory.find_hostname(ANNA, SERVER, NOON + 1) == "", "not all are held: not clear"
        assert memory.is_spoofed(ANNA, "499.instagram.com", ELSEWHERE, NOON + 1)
        assert not memory.is_spoofed(ANNA, "0.instagram.com", ELSEWHERE, NOON + 1)

    def test_what_is_not_heard_again_is_forgotten(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        for hours in (5, 10):
            memory.learn_answer(BRAM, answer(SCHOOL, OTHER_SERVER), NOON + hours * MAX_LIFETIME)
        assert memory._clients.get(ANNA) is None
        assert memory._clients.get(BRAM) is not None

    def test_names_of_no_platform_are_not_kept_as_text(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(SCHOOL, SERVER, chain=("cdn.voorbeeldschool.nl",)), NOON)
        asker = memory._clients.get(ANNA)
        assert asker is not None
        held = repr([getattr(asker, part) for part in asker.__slots__])
        assert "voorbeeldschool" not in held
        assert repr(SERVER) not in held


addresses = st.sampled_from([SERVER, OTHER_SERVER, ELSEWHERE, SIX])
names = st.sampled_from([INSTAGRAM, PICTURES, FACEBOOK, SCHOOL, WEBLOG])
clients = st.sampled_from([ANNA, BRAM])
seconds = st.integers(0, 8_000).map(lambda after: NOON + after)
ttls = st.integers(0, 90_000)
answers = st.builds(answer, names, addresses, addresses, ttl=ttls) | st.builds(
    answer, st.just(WEBLOG), addresses, ttl=ttls, chain=st.just((HOST,))
)


@given(st.lists(st.tuples(clients, answers, seconds), max_size=30), clients, addresses, seconds)
def test_no_order_of_answers_makes_it_guess_or_fail(
    told: list[tuple[bytes, DnsAnswer, float]], client: bytes, server: bytes, moment: float
) -> None:
    memory = DnsMemory(platform_of, platform_of_alias)
    for asker, given_, when in told:
        memory.learn_answer(asker, given_, when)
    name = memory.find_hostname(client, server, moment)
    given_for = {
        said.question
        for asker, said, _ in told
        if asker == client and server in dict(said.addresses)
    }
    assert name == "" or (name in given_for and name != SCHOOL)
    if memory.is_spoofed(client, INSTAGRAM, server, moment):
        assert given_for <= {SCHOOL, WEBLOG}


type Flow = frozenset[tuple[bytes, int]]
"""Its two ends, whichever began."""

NAMED = ("tls_sni", "quic_sni", "gquic_sni", "http_host")
CAPTURES = (
    "PcapPlusPlus__example.pcap",
    "PcapPlusPlus__many-protocols.pcap",
    "ja3s-fp__EquaBank1.pcapng",
    "ja3s-fp__GoogleCalendarSync1.pcapng",
    "ja3s-fp__KBKlic1.pcapng",
    "ja3s-fp__MobilniBanka1.pcapng",
    "mercury__capture2.pcap",
    "mercury__surfshark.pcap",
    "ndpi__instagram.pcap",
)


@pytest.mark.skipif(
    not TRAFFIC.is_dir(), reason="the captures, which are no part of the project, are not here"
)
class TestCaptures:
    def test_platforms_of_connections_without_a_name(self) -> None:
        """None that the truth does not infer.

        Of those that are missed, 14 are over IPv6, of a device that was told over IPv4; 6 were over
        before DNS was asked for their address where the sensor saw it.
        """
        outcomes: Counter[str] = Counter()
        for capture in CAPTURES:
            found = names_while_they_lasted(capture)
            for row in rows()[capture]:
                if "source" not in row and flow_of(row) in found:
                    outcomes[judged(found[flow_of(row)], row.get("platform_dns_inferred"))] += 1
        assert outcomes["wrong"] == 0
        assert outcomes["right"] == 9
        assert outcomes["missed"] == 20

    def test_real_use_is_no_pretence(self) -> None:
        outcomes: Counter[str] = Counter()
        for capture in CAPTURES:
            memory = DnsMemory(platform_of, platform_of_alias)
            named = defaultdict(list)
            for row in rows()[capture]:
                if row.get("platform") and row["source"] in NAMED:
                    named[row["frame"]].append(row)
            for packet in replayed(memory, capture):
                for row in named.get(packet.frame, ()):
                    outcomes[spoofed(memory, row, packet.moment)] += 1
        assert outcomes["pretence"] == 0
        assert outcomes["tested"] > 10

    def test_vpn_that_pretends_is_found_on_a_phone_whose_dns_is_seen(self) -> None:
        capture = "mercury__faketls_potatovpn.pcap"
        (row,) = (row for row in rows()[capture] if row.get("hostname") == INSTAGRAM)
        client, server = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
        memory = DnsMemory(platform_of, platform_of_alias)
        assert not memory.is_spoofed(client, INSTAGRAM, server, NOON)
        now = settled(memory, client)
        assert memory.is_spoofed(client, INSTAGRAM, server, now)


def replayed(memory: DnsMemory, capture: str) -> Iterator[CapturedUdpPacket]:
    """Give the packets of a capture, each when what DNS said before it is learned."""
    for packet in packets(capture):
        for said in packet.answers():
            memory.learn_answer(packet.target, said, packet.moment)
        yield packet


def names_while_they_lasted(capture: str) -> dict[Flow, str]:
    """Give each connection the last name that its server's address had."""
    memory = DnsMemory(platform_of, platform_of_alias)
    found: dict[Flow, str] = {}
    for packet in replayed(memory, capture):
        source, target = packet.source, packet.target
        flow = frozenset({(source, packet.source_port), (target, packet.target_port)})
        if packet.source_port < packet.target_port:
            source, target = target, source
        found[flow] = memory.find_hostname(source, target, packet.moment) or found.get(flow, "")
    return found


def flow_of(row: dict[str, Any]) -> Flow:
    source, target = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
    return frozenset({(source, row["sport"]), (target, row["dport"])})


def judged(name: str, platform: str | None) -> str:
    if platform_of(name) == platform:
        return "right" if platform else "none"
    return "wrong" if name else "missed"


def spoofed(memory: DnsMemory, row: dict[str, Any], moment: float) -> str:
    """Say how a connection with a platform's name is judged."""
    client, server = ip_address(row["src"]).packed, ip_address(row["dst"]).packed
    hostname = row["hostname"].partition(":")[0]
    if memory.is_spoofed(client, hostname, server, moment):
        return "pretence"
    can_be = memory.is_spoofed(client, hostname, ELSEWHERE, moment)
    return "tested" if can_be else "not tested"
