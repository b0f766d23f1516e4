"""An address says which name a connection without one is for, while an answer lasts."""

from ipaddress import ip_address

import pytest

from addons.flows.dns_memory import MAX_LIFETIME, MIN_LIFETIME, DnsMemory
from addons.names.dns import DnsAnswer
from tests.addons.flows.dns_memory.conftest import (
    ANNA,
    BRAM,
    ELSEWHERE,
    FACEBOOK,
    HOST,
    INSTAGRAM,
    NOON,
    OTHER_SERVER,
    PICTURES,
    SCHOOL,
    SERVER,
    WEBLOG,
    answer,
    settled,
)


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
