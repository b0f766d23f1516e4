"""Whatever is answered, and how often, what is kept of it has bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.flows import dns_memory as lookups
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
    SIX,
    WEBLOG,
    answer,
    platform_of,
    platform_of_alias,
)


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
